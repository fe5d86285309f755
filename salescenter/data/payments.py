"""Tables of money: receipt books, receipts, and which due each receipt paid."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from salescenter.data.schema import key, link, metadata
from salescenter.data.types import Day, Fen, Moment

receipt_book = Table(
    "receipt_book",
    metadata,
    key(),
    link("project_id", "project"),
    link("cashier_id", "person", optional=True),
    Column("name", String, nullable=False),
    Column("prefix", String, nullable=False, default=""),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("next", Integer, nullable=False),
    Column("digits", Integer, nullable=False, default=7),
    Column("form", String, nullable=False, default=""),  # the pre-printed form it is printed on; "" is plain paper
)

receipt = Table(
    "receipt",
    metadata,  # append-only: voided by a counter-entry, never changed
    key(),
    link("project_id", "project"),
    link("book_id", "receipt_book"),
    link("deal_id", "deal", optional=True, index=True),
    link("unit_id", "unit", optional=True),
    link("customer_id", "customer", optional=True),
    Column("serial", Integer, nullable=False),
    Column("number", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),  # domain.receipts.MoneyKind
    Column("method", String, nullable=False),  # domain.receipts.Method
    Column("amount", Fen, nullable=False),  # negative on a counter-entry or refund
    Column("payer", String, nullable=False),
    Column("day", Day, nullable=False),
    Column("at", Moment, nullable=False),
    link("cashier_id", "person"),
    link("counters_id", "receipt", optional=True),  # the receipt this one voids
    Column("note", String, nullable=False, default=""),
    Column("slip", String, nullable=False, default=""),  # bank slip or POS number
    UniqueConstraint("book_id", "serial"),
    UniqueConstraint("counters_id"),  # a receipt is voided at most once
    Index("ix_receipt_day", "project_id", "day"),
)

allocation = Table(
    "allocation",
    metadata,
    key(),
    link("receipt_id", "receipt", index=True),
    link("due_id", "due", index=True),
    Column("amount", Fen, nullable=False),
)

closed_day = Table(
    "closed_day",
    metadata,  # 日结
    key(),
    link("project_id", "project"),
    link("person_id", "person"),
    Column("day", Day, nullable=False),
    Column("at", Moment, nullable=False),
    Column("total", Fen, nullable=False),
    Column("count", Integer, nullable=False),
    UniqueConstraint("project_id", "day"),
)
