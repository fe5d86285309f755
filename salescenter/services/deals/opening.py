"""Opening a deal: the small deposit (小订) and the subscription (认购)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from salescenter.data import money as books
from salescenter.data import record, trips, units
from salescenter.data.deals import approval, deal, deal_buyer, deal_consultant, deal_discount, due
from salescenter.data.payments import receipt
from salescenter.data.types import CHINA
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.money import ZERO, Money
from salescenter.domain.prices import check_price
from salescenter.domain.receipts import MoneyKind
from salescenter.domain.refusals import AnotherLivingDeal, DepositTooSmall, NotFound, SplitsNotWhole, TooLate
from salescenter.domain.shares import check_whole
from salescenter.domain.units import Step, UnitState
from salescenter.services import approvals, settings
from salescenter.services.deals.claims import Claimed, claim, end_of_day, late, look, parts, take, to_unit
from salescenter.services.deals.gates import (
    check_buyers,
    check_saleable,
    check_sellers,
    check_term,
    to_buyers,
    to_sellers,
)
from salescenter.services.deals.holds import end_holds
from salescenter.services.deals.pricing import Priced, price
from salescenter.services.deals.requests import (
    Buyer,
    Opened,
    Payment,
    ReserveRequest,
    Split,
    SubscribeRequest,
    Terms,
)
from salescenter.services.owing import count_dues
from salescenter.services.payments.entries import FreshDeal, FreshDue
from salescenter.services.payments.receipts import (
    Receipted,
    ReceiveRequest,
    convert_small_deposit,
    receive_for,
)
from salescenter.services.settings import rules_now
from salescenter.services.work import Desk, Work, deed

NO_RECEIPT = Receipted(0, "", ZERO)
DUES = 8
"""So many keys for lines of a schedule are taken before it is known how many there will be."""


@deed(Step.RESERVE, Opened)
def reserve(work: Work, asked: ReserveRequest) -> Opened:
    """Keep a unit for a few days against a small deposit, which is returned on demand."""
    unit = look(work, asked.unit, asked.seen, Step.RESERVE)
    rules = rules_now(work)
    buyers = check_parties(work, unit, asked.buyers, asked.consultants, rules)
    check_price(unit.row.list_total, unit.row.list_total, filed=unit.row.filed_total)
    if asked.paid.amount < rules.least_small_deposit:
        raise DepositTooSmall(received=asked.paid.amount, least=rules.least_small_deposit)
    until = end_of_day(work.now + timedelta(days=asked.days or rules.small_deposit_days))
    if until < work.now:
        raise TooLate(what="until", until=until)
    deal_id, number = open_deal(work, unit, asked.buyers, asked.consultants, reserved=work.today)
    took = take(work, unit, until=until, deal_id=deal_id, buyer=buyers[0].name, total=unit.row.list_total)
    receipt = _receive(work, unit, deal_id, number, asked.paid, MoneyKind.SMALL_DEPOSIT)
    _tell(work, Step.RESERVE, unit, deal_id, asked.consultants, unit.row.list_total, {"until": until.isoformat()})
    return Opened(deal_id, number, unit.id, took.revision, unit.row.list_total, receipt.receipt, receipt.number)


@deed(Step.SUBSCRIBE, Opened)
def subscribe(work: Work, asked: SubscribeRequest) -> Opened:
    """Bind a unit to its buyers against a deposit; a small deposit paid before becomes part of it."""
    unit = look(work, asked.unit, asked.seen, Step.SUBSCRIBE)
    rules = rules_now(work)
    buyers = check_parties(work, unit, asked.buyers, asked.consultants, rules)
    sign_by = day_to_sign(work, asked.terms, rules)
    check_term(buyers[0], asked.terms.loans, work.today, rules)
    priced = price(work, unit.row, asked.terms, sign_by, rules)
    deal_id, number, dues = _subscribed_deal(work, unit, asked, priced, sign_by)
    until = end_of_day(work.now + (sign_by - work.today))
    took = take(work, unit, until=until, deal_id=deal_id, buyer=buyers[0].name, total=priced.build_up.total)
    after: dict[str, Any] = {"number": number, "total": priced.build_up.total.fen, "sign_by": sign_by.isoformat()}
    if unit.state is UnitState.RESERVED:
        after["converted"] = convert_small_deposit(work, _fresh(unit, deal_id, number)).fen
    receipt = NO_RECEIPT
    if asked.paid:
        receipt = _receive(work, unit, deal_id, number, asked.paid, MoneyKind.DEPOSIT, dues)
    _tell(work, Step.SUBSCRIBE, unit, deal_id, asked.consultants, priced.build_up.total, after)
    return Opened(deal_id, number, unit.id, took.revision, priced.build_up.total, receipt.receipt, receipt.number)


def _asked_first(desk: Desk, asked: ReserveRequest | SubscribeRequest, now: datetime) -> Iterable[trips.Question]:
    """What opening a deal asks of the house before it takes a number; none of it can change while the unit is ours."""
    today = now.astimezone(CHINA).date()
    yield from to_unit(desk, asked, now)
    yield settings.to_values(desk.project, today)
    yield to_buyers([buyer.customer for buyer in asked.buyers])
    yield to_sellers([split.person for split in asked.consultants])
    yield _to_other(asked.unit)
    yield record.to_keys(deal)
    yield record.to_keys(due, DUES)
    if asked.paid:
        yield record.to_keys(receipt)
        yield from books.to_is_closed(desk.project, today)


reserve.asks(_asked_first, claim, late)
subscribe.asks(_asked_first, claim, late)


def check_parties(
    work: Work, unit: Claimed, buyers: tuple[Buyer, ...], consultants: tuple[Split, ...], rules: HouseRules
) -> tuple[Any, ...]:
    """Hold unit, buyers and consultants against every gate; returns the buyers' rows."""
    ids = [buyer.customer for buyer in buyers]
    rows = check_buyers(work, ids, rules)
    check_sellers(work, [split.person for split in consultants], rows, rules)
    check_whole([buyer.share for buyer in buyers])
    check_whole([split.share for split in consultants], SplitsNotWhole)
    check_saleable(work, unit, ids, rules)
    return rows


def day_to_sign(work: Work, terms: Terms, rules: HouseRules) -> date:
    """The day agreed to sign by, else the house's; a day that has passed is refused."""
    sign_by = terms.sign_by or work.today + timedelta(days=rules.days_to_sign)
    if sign_by < work.today:
        raise TooLate(what="sign_by", until=sign_by)
    return sign_by


def _subscribed_deal(
    work: Work, unit: Claimed, asked: SubscribeRequest, priced: Priced, sign_by: date
) -> tuple[int, str, tuple[FreshDue, ...]]:
    """Open the deal, or take the one a small deposit opened further."""
    columns = frozen(work, asked.terms, priced, sign_by)
    if unit.state is UnitState.RESERVED:
        deal_id, number = _reserved_deal(work, unit)
        work.connection.execute(_DEAL, {"deal": deal_id, **columns})
        for table in (deal_buyer, deal_consultant):
            work.connection.execute(delete(table).where(table.c.deal_id == deal_id))
        write_people(work, deal_id, asked.buyers, asked.consultants)
        write_terms(work, deal_id, asked.terms, priced)
        return deal_id, number, ()
    deal_id, number = open_deal(work, unit, asked.buyers, asked.consultants, **columns)
    return deal_id, number, write_terms(work, deal_id, asked.terms, priced)


def _reserved_deal(work: Work, unit: Claimed) -> tuple[int, str]:
    row = units.living_deal(work.connection, unit.id)
    if row is None:  # somebody else's, where a server shows everybody their own
        raise NotFound(what="deal", sought=unit.row.code)
    return int(row.id), str(row.number)


def open_deal(
    work: Work, unit: Claimed, buyers: tuple[Buyer, ...], consultants: tuple[Split, ...], **columns: Any
) -> tuple[int, str]:
    """Write a new deal with its people; the partial unique index is the last guard against a second one."""
    for other in trips.first_column(work.connection, *_to_other(unit.id)):
        raise AnotherLivingDeal(unit=unit.row.code, deal=other, by=unit.row.buyer)
    number = work.next_number(f"deal-{work.today:%Y}", f"RG{work.today:%Y}", 5)
    row = unit.row
    values = {
        "project_id": work.project, "unit_id": unit.id, "number": number, "living": True, "state": int(unit.then),
        "opened": work.today, "basis": row.basis, "area": row.area, "inner": row.inner, "list_total": row.list_total,
        "total": row.list_total, "unit_price": row.unit_price, "revision": work.revision, **columns,
    }  # fmt: skip
    deal_id = record.write_row(work.connection, deal, values)
    write_people(work, deal_id, buyers, consultants)
    if row.state == UnitState.HELD:
        end_holds(work, unit.id)
    return deal_id, number


def _to_other(unit: int) -> trips.Question:
    return _OTHER, {"unit": unit}


_OTHER = select(deal.c.number).where(deal.c.unit_id == bindparam("unit"), deal.c.living)


def leader(consultants: tuple[Split, ...]) -> int:
    """The consultant with the largest part, the first named where equal; figures count the deal to them."""
    return max(consultants, key=lambda split: split.share).person


def write_people(work: Work, deal_id: int, buyers: tuple[Buyer, ...], consultants: tuple[Split, ...]) -> None:
    """Write who buys with which share, and who sold with which part."""
    write_buyers(work, deal_id, buyers)
    rows = [{"deal_id": deal_id, "person_id": s.person, "share": s.share} for s in consultants]
    trips.later(work.connection, deal_consultant, rows)


def write_buyers(work: Work, deal_id: int, buyers: tuple[Buyer, ...]) -> None:
    """Write who buys with which share, in the order named."""
    rows = [
        {"deal_id": deal_id, "customer_id": b.customer, "position": i, "share": b.share} for i, b in enumerate(buyers)
    ]
    trips.later(work.connection, deal_buyer, rows)


_DEAL = update(deal).where(deal.c.id == bindparam("deal"))
_GRANT_USED = update(approval).where(approval.c.id == bindparam("approval")).values(used=True)


def frozen(work: Work, terms: Terms, priced: Priced, sign_by: date) -> dict[str, Any]:
    """The deal's columns as subscribed today: what was signed is stored, never worked out again."""
    return {
        "state": int(UnitState.SUBSCRIBED), "total": priced.build_up.total, "unit_price": priced.build_up.unit_price,
        "deposit": terms.deposit, "plan": terms.plan.kind.value, "sign_by": sign_by, "revision": work.revision,
        "terms": _terms_json(terms, priced.approval), "subscribed": work.today,
    }  # fmt: skip


def write_terms(work: Work, deal_id: int, terms: Terms, priced: Priced) -> tuple[FreshDue, ...]:
    """Write the lines of a deal's terms: discounts and schedule; a grant that opened the price is used up.

    Returns the schedule where its keys are known before it is read again.
    """
    _write_discounts(work, deal_id, terms)
    if priced.approval is not None:
        work.connection.execute(_GRANT_USED, {"approval": priced.approval})
    return _write_dues(work, deal_id, priced)


def _write_discounts(work: Work, deal_id: int, terms: Terms) -> None:
    if terms.discounts:
        work.connection.execute(
            insert(deal_discount),
            [
                {"deal_id": deal_id, "position": i, "name": d.name, "kind": d.kind.value, "value": str(d.value)}
                for i, d in enumerate(terms.discounts)
            ],
        )


def _write_dues(work: Work, deal_id: int, priced: Priced) -> tuple[FreshDue, ...]:
    rows: list[dict[str, Any]] = [
        {
            "deal_id": deal_id,
            "position": i,
            "item": line.item,
            "amount": line.amount,
            "due": line.due,
            "condition": line.condition,
            "loan": line.loan.value if line.loan else "",
        }
        for i, line in enumerate(priced.dues)
    ]
    keys = record.take_keys(work.connection, due, max(len(rows), DUES))
    for row, number in zip(rows, keys, strict=False):
        row["id"] = number
    trips.later(work.connection, due, rows)
    count_dues(work, priced.dues)
    return tuple(FreshDue(row["id"], row["amount"], row["due"], row["loan"], row["position"]) for row in rows if keys)


def _terms_json(terms: Terms, approval_used: int | None) -> dict[str, Any]:
    loans = [
        {"kind": x.kind.value, "fen": x.amount.fen, "years": x.years, "rate": str(x.rate), "bank": x.bank}
        for x in terms.loans
    ]
    return {"loans": loans, "approval": approval_used}


def _receive(
    work: Work, unit: Claimed, deal_id: int, number: str, paid: Payment, kind: MoneyKind,
    dues: tuple[FreshDue, ...] = (),
) -> Receipted:  # fmt: skip
    asked = ReceiveRequest(deal_id, kind, paid.method, paid.amount, paid.payer, slip=paid.slip)
    return receive_for(work, _fresh(unit, deal_id, number, dues), asked)


def _fresh(unit: Claimed, deal_id: int, number: str, dues: tuple[FreshDue, ...] = ()) -> FreshDeal:
    return FreshDeal(deal_id, unit.id, number, int(unit.then), unit.row.building_id, dues)


def _tell(
    work: Work, step: Step, unit: Claimed, deal_id: int, consultants: tuple[Split, ...], total: Money, after: object
) -> None:
    work.note(step, "deal", deal_id, unit=unit.id, deal=deal_id, before={"state": int(unit.state)}, after=after)
    figure = {Step.RESERVE: "reserved", Step.SUBSCRIBE: "subscribed"}[step]
    work.count(figure, *parts(unit, leader(consultants)), count=1, fen=total.fen, area=int(unit.row.area * 100))


def subscribe_with_approval(desk: Desk, asked: SubscribeRequest, now: datetime) -> Opened:
    """Subscribe; where a manager granted this total for the unit and the grant is unused, it is used."""
    return subscribe(desk, replace(asked, terms=with_grant(desk, asked.unit, asked.terms)), now)


def with_grant(desk: Desk, unit: int, terms: Terms) -> Terms:
    """Return terms with the newest grant of a price for a unit that nobody used yet, where there is one."""
    if terms.approval is not None:
        return terms
    granted = [one.id for one in approvals.waiting(desk, unit) if one.granted and one.step is Step.SUBSCRIBE]
    return replace(terms, approval=granted[-1]) if granted else terms
