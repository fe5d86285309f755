"""Tables of the deal: holds, deals with buyers, splits, discounts and schedule, approvals, quotations."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Table, event, text

from salescenter.data.schema import key, link, metadata
from salescenter.data.types import Day, Fen, Moment, SquareMetres
from salescenter.domain.money import Money

hold = Table(
    "hold",
    metadata,  # 预留
    key(),
    link("unit_id", "unit", index=True),
    link("by_id", "person"),
    link("approver_id", "person", optional=True),
    link("customer_id", "customer", optional=True),
    Column("reason", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("ended", Moment),  # ended early, or used by a deal
)

deal = Table(
    "deal",
    metadata,
    key(),
    link("project_id", "project"),
    link("unit_id", "unit"),
    Column("number", String, nullable=False, unique=True),  # 认购书编号
    Column("living", Boolean, nullable=False, default=True),
    Column("state", Integer, nullable=False),  # UnitState while it lives, the last one after
    Column("opened", Day, nullable=False),  # the day it began (小订 or 认购)
    Column("reserved", Day),
    Column("subscribed", Day),
    Column("sign_by", Day),
    Column("drafted", Day),
    Column("signed", Day),
    Column("filed", Day),
    Column("handed_over", Day),
    Column("closed", Day),
    Column("ending", String, nullable=False, default=""),  # Step that closed it
    Column("reason", String, nullable=False, default=""),
    Column("contract_number", String, nullable=False, default=""),
    Column("basis", String, nullable=False),
    Column("area", SquareMetres, nullable=False),
    Column("inner", SquareMetres, nullable=False),
    Column("list_total", Fen, nullable=False),  # frozen at subscription
    Column("total", Fen, nullable=False),  # 成交总价, the truth
    Column("unit_price", Fen, nullable=False),  # derived back from the total
    Column("deposit", Fen, nullable=False, default=Money()),  # agreed 定金
    Column("plan", String, nullable=False, default=""),  # domain.schedules.PlanKind
    Column("terms", JSON, nullable=False, default=dict),  # what the papers cite beyond the columns
    link("after_id", "deal", optional=True),  # the deal this one continues (换房)
    Column("revision", BigInteger, nullable=False),
    Index("ux_deal_living_unit", "unit_id", unique=True),  # of the living alone, see below
    Index("ix_deal_signed", "project_id", "signed"),
    Index("ix_deal_subscribed", "project_id", "subscribed"),
    Index("ix_deal_sign_by", "project_id", "living", "sign_by"),
)


@event.listens_for(deal, "before_create")
def spell_out_the_last_guard(*_: object, **__: object) -> None:
    """Give the guard of 一房一户 its condition: said in the table, it would load the dialects of both databases."""
    guard = next(index for index in deal.indexes if index.name == "ux_deal_living_unit")
    guard.dialect_options.clear()  # whichever database was met first, they are told in one order
    guard.dialect_options["sqlite"]["where"] = text("living = 1")
    guard.dialect_options["postgresql"]["where"] = text("living")


BOUND = "template"
"""Where a deal's terms name the version its contract was drafted from."""

deal_buyer = Table(
    "deal_buyer",
    metadata,
    key(),
    link("deal_id", "deal", index=True),
    link("customer_id", "customer", index=True),
    Column("position", Integer, nullable=False),
    Column("share", Integer, nullable=False),  # hundredths of a percent; 10,000 is the whole
    Column("active", Boolean, nullable=False, default=True),  # an earlier buyer stays on record
)

deal_consultant = Table(
    "deal_consultant",
    metadata,
    key(),
    link("deal_id", "deal", index=True),
    link("person_id", "person", index=True),
    Column("share", Integer, nullable=False),
)

deal_discount = Table(
    "deal_discount",
    metadata,
    key(),
    link("deal_id", "deal", index=True),
    Column("position", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),  # domain.prices.DiscountKind
    Column("value", String, nullable=False),  # decimal text: a rate, or yuan
    link("approved_by", "person", optional=True),
)

due = Table(
    "due",
    metadata,  # 应收: the payment schedule of a deal
    key(),
    link("deal_id", "deal", index=True),
    Column("position", Integer, nullable=False),
    Column("item", String, nullable=False),  # domain.schedules item: deposit, down, instalment, loan
    Column("name", String, nullable=False, default=""),  # words of the line as signed
    Column("amount", Fen, nullable=False),
    Column("paid", Fen, nullable=False, default=Money()),  # kept by the deed that allocates money
    Column("due", Day),  # none while it waits for a condition
    Column("condition", String, nullable=False, default=""),
    Column("loan", String, nullable=False, default=""),  # commercial | provident | ""
    Index("ix_due_day", "due"),
)

approval = Table(
    "approval",
    metadata,
    key(),
    link("project_id", "project"),
    link("unit_id", "unit", optional=True),
    link("deal_id", "deal", optional=True),
    Column("step", String, nullable=False),
    Column("asked", JSON, nullable=False),
    link("asked_by", "person"),
    Column("asked_at", Moment, nullable=False),
    link("decided_by", "person", optional=True),
    Column("decided_at", Moment),
    Column("granted", Boolean),
    Column("note", String, nullable=False, default=""),
    Column("used", Boolean, nullable=False, default=False),
    Index("ix_approval_open", "project_id", "decided_at"),
)

quotation = Table(
    "quotation",
    metadata,  # 置业计划书
    key(),
    link("project_id", "project"),
    link("unit_id", "unit", index=True),
    link("customer_id", "customer", optional=True),
    link("by_id", "person"),
    Column("number", String, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    Column("total", Fen, nullable=False),
    Column("asked", JSON, nullable=False),  # the request, to show it again as it was
)
