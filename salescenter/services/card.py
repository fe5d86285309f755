"""The card of one unit: why it has its colour, what comes next, its price, money, history and papers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from salescenter.data import annexes, money, units
from salescenter.data.customers import customer
from salescenter.data.deals import deal_buyer, deal_consultant
from salescenter.data.deals import hold as holds
from salescenter.data.estate import building, permit, stair, unit, unit_type
from salescenter.data.history import history
from salescenter.data.papers import paper
from salescenter.data.payments import allocation, receipt
from salescenter.data.staff import person
from salescenter.domain.errors import Refusal
from salescenter.domain.masks import mask_name
from salescenter.domain.refusals import NotFound
from salescenter.domain.staff import demand, may
from salescenter.domain.units import Flag, PriceBasis, Step, UnitState, Use, after, steps_from
from salescenter.services.card_values import (
    BuyerView,
    Companion,
    DealView,
    DueView,
    Facts,
    HistoryLine,
    HoldView,
    Offer,
    PaperLine,
    UnitCard,
)
from salescenter.services.deals.annexes import check_offer
from salescenter.services.deals.attachments import ASKED, check_attachments
from salescenter.services.deals.claims import Claimed, state_of
from salescenter.services.deals.gates import check_flags, check_saleable
from salescenter.services.deals.pricing import agreed_lines
from salescenter.services.settings import rounding_of, rules_now
from salescenter.services.work import Desk, Work


def card(desk: Desk, unit_id: int, now: datetime) -> UnitCard:
    """Gather a unit's card; refuses with NotFound."""
    with desk.reading() as connection:
        row = units.by_id(connection, unit_id)
        if row is None or row.project_id != desk.project:
            raise NotFound(what="unit", sought=unit_id)
        work = Work(connection, desk, now, 0)  # the gates only read
        state = state_of(row, now)
        return UnitCard(
            row.id,
            row.code,
            row.revision,
            state,
            Flag(row.flags),
            row.since,
            row.until,
            _facts(desk, connection, row),
            _hold(desk, connection, row) if state is UnitState.HELD else None,
            deal_view(desk, connection, row),
            _offers(work, row, state),
            _history(connection, unit_id),
            _papers(connection, unit_id),
            *_companions(connection, row, now),
        )


_ORDER = (
    Step.SUBSCRIBE,
    Step.DRAFT,
    Step.SIGN,
    Step.FILE,
    Step.HAND_OVER,
    Step.RELEASE,
    Step.RESERVE,
    Step.HOLD,
    Step.EXTEND_HOLD,
    Step.QUOTE,
    Step.RECEIVE_MONEY,
    Step.EXTEND_SIGNING,
    Step.CHANGE_BUYER,
    Step.CHANGE_UNIT,
    Step.END_HOLD,
    Step.SET_PRICE,
    Step.SET_FLAG,
    Step.UNDO_DRAFT,
    Step.UNDO_FILING,
    Step.WITHDRAW,
    Step.GIVE_BACK,
    Step.CANCEL,
    Step.FORFEIT,
)
"""Forward steps first, endings last: the order of the buttons."""

_MONEY_STEPS = frozenset({Step.RESERVE, Step.SUBSCRIBE})
_ANNEX_STEPS = frozenset({Step.HOLD, Step.DRAFT, Step.SIGN})
"""Steps of an annex that only follow those of its home; who wants it is not known on the card."""


def _offers(work: Work, row: Any, state: UnitState) -> tuple[Offer, ...]:
    steps = set(steps_from(state))
    if state is not UnitState.NOT_RELEASED:
        steps.add(Step.QUOTE)
    if row.deal_id is not None:
        steps.add(Step.RECEIVE_MONEY)
    else:
        steps |= {Step.SET_PRICE}
    steps.add(Step.SET_FLAG)
    return tuple(Offer(step, _why_not(work, row, state, step)) for step in _ORDER if step in steps)


def _why_not(work: Work, row: Any, state: UnitState, step: Step) -> Refusal | None:
    try:
        demand(work.desk.who.role, step)
        if step is Step.HOLD:
            check_flags(row)
        if step in _ANNEX_STEPS:
            check_offer(work, row, after(state, step))
        if step in ASKED and row.deal_id is not None:
            check_attachments(work, row.deal_id, step)
        if step in _MONEY_STEPS:
            rules = rules_now(work)
            check_saleable(work, Claimed(row, state, after(state, step)), None, rules)
    except Refusal as refusal:
        return refusal
    return None


_PLACE = (
    select(
        building.c.name.label("building"), stair.c.name.label("stair"), unit_type.c.name.label("type"),
        unit_type.c.rooms, unit_type.c.halls, unit_type.c.baths, permit.c.number.label("permit"),
    )
    .select_from(building.join(stair, stair.c.id == bindparam("stair_id")))
    .outerjoin(unit_type, unit_type.c.id == bindparam("type_id"))
    .outerjoin(permit, permit.c.id == bindparam("permit_id"))
    .where(building.c.id == bindparam("building_id"))
)  # fmt: skip


def _facts(desk: Desk, connection: Connection, row: Any) -> Facts:
    keys = {name: getattr(row, name) for name in ("stair_id", "type_id", "permit_id", "building_id")}
    of = connection.execute(_PLACE, keys).one()
    return Facts(
        of.building, of.stair, row.number, row.floor_natural, row.floor_sale, Use(row.use), type=of.type or "",
        rooms=of.rooms or 0, halls=of.halls or 0, baths=of.baths or 0, facing=row.facing, area=row.area,
        inner=row.inner, shared=row.shared, basis=PriceBasis(row.basis), unit_price=row.unit_price,
        list_total=row.list_total, filed_total=row.filed_total,
        floor_total=row.floor_total if may(desk.who.role, Step.SEE_FLOOR_PRICE) else None,
        permit=of.permit or "", quoted=row.quoted, note=row.note,
    )  # fmt: skip


def _hold(desk: Desk, connection: Connection, row: Any) -> HoldView | None:
    approver, maker = person.alias("approver"), person.alias("maker")
    found = connection.execute(
        select(holds, maker.c.name.label("by"), approver.c.name.label("approver"), customer.c.name.label("customer"))
        .join(maker, maker.c.id == holds.c.by_id)
        .outerjoin(approver, approver.c.id == holds.c.approver_id)
        .outerjoin(customer, customer.c.id == holds.c.customer_id)
        .where(holds.c.unit_id == row.id, holds.c.ended.is_(None))
        .order_by(holds.c.id.desc())
    ).first()
    if found is None:
        return None
    name = _shown(desk, found.customer or "")
    return HoldView(found.by, found.approver or "", name, found.reason, found.at, found.until)


_BUYERS = (
    select(deal_buyer.c.customer_id, customer.c.name, deal_buyer.c.share)
    .join(customer, customer.c.id == deal_buyer.c.customer_id)
    .where(deal_buyer.c.deal_id == bindparam("deal"), deal_buyer.c.active)
    .order_by(deal_buyer.c.position)
)
_CONSULTANTS = (
    select(person.c.name, deal_consultant.c.share)
    .join(person, person.c.id == deal_consultant.c.person_id)
    .where(deal_consultant.c.deal_id == bindparam("deal"))
    .order_by(deal_consultant.c.id)
)


def deal_view(desk: Desk, connection: Connection, unit_row: Any) -> DealView | None:
    """Gather the living deal of a unit."""
    row = units.living_deal(connection, unit_row.id)
    if row is None:
        return None
    buyers = connection.execute(_BUYERS, {"deal": row.id})
    consultants = connection.execute(_CONSULTANTS, {"deal": row.id})
    return DealView(
        row.id, row.number, row.opened, row.subscribed, row.sign_by, row.drafted, row.signed, row.filed,
        row.contract_number, row.list_total, row.total, row.unit_price, row.deposit, row.plan,
        lines=agreed_lines(connection, row, rounding_of(connection, desk.project)),
        buyers=tuple(BuyerView(id_, _shown(desk, name), share) for id_, name, share in buyers),
        consultants=tuple((name, share) for name, share in consultants),
        dues=due_views(connection, row.id),
        received=money.received_for(connection, row.id),
    )  # fmt: skip


def due_views(connection: Connection, deal_id: int) -> tuple[DueView, ...]:
    """List a deal's schedule in its own order, each line with its receipts."""
    paid_by: dict[int, list[str]] = {}
    rows = money.dues_of(connection, deal_id)
    for due_id, number in connection.execute(
        select(allocation.c.due_id, receipt.c.number)
        .join(receipt, receipt.c.id == allocation.c.receipt_id)
        .where(allocation.c.due_id.in_([row.id for row in rows]))
        .order_by(receipt.c.id)
    ):
        paid_by.setdefault(due_id, []).append(number)
    return tuple(
        DueView(r.id, r.item, r.due, r.condition, r.loan, r.amount, r.paid, tuple(paid_by.get(r.id, ())))
        for r in sorted(rows, key=lambda r: r.position)
    )


def _history(connection: Connection, unit_id: int) -> tuple[HistoryLine, ...]:
    h = history.c
    rows = connection.execute(
        select(h.at, person.c.name, h.step, h.after)
        .join(person, person.c.id == h.person_id)
        .where(h.unit_id == unit_id)
        .order_by(h.id.desc())
        .limit(200)
    )
    return tuple(HistoryLine(row.at, row.name, row.step, row.after) for row in rows)


def _papers(connection: Connection, unit_id: int) -> tuple[PaperLine, ...]:
    p = paper.c
    rows = connection.execute(
        select(p.id, p.kind, p.number, p.copy, p.at).where(p.unit_id == unit_id).order_by(p.id.desc())
    )
    return tuple(PaperLine(row.id, row.kind, row.number, row.copy, row.at) for row in rows)


def _companions(connection: Connection, row: Any, now: datetime) -> tuple[Companion | None, tuple[Companion, ...]]:
    """The home that a unit goes with, and what goes with it."""
    home = annexes.home_of(connection, row.bound_to) if row.bound_to is not None else None
    found = annexes.annexes_of(connection, row.id) if row.use == Use.HOME else ()
    return _companion(home, now) if home else None, tuple(_companion(one, now) for one in found)


def _companion(row: Any, now: datetime) -> Companion:
    return Companion(row.id, row.code, Use(row.use), state_of(row, now))


def _shown(desk: Desk, name: str) -> str:
    return name if may(desk.who.role, Step.REVEAL) or not name else mask_name(name)


def unit_coded(desk: Desk, code: str) -> int:
    """Find a unit by its code, such as 3-1-1201; refuses with NotFound."""
    with desk.reading() as connection:
        found = connection.scalar(select(unit.c.id).where(unit.c.project_id == desk.project, unit.c.code == code))
    if found is None:
        raise NotFound(what="unit", sought=code)
    return int(found)
