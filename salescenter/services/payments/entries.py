"""Writing receipts: the number from the book, the row, the day's figure, and the dues that money pays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select, update

from salescenter.data import money as books
from salescenter.data import trips
from salescenter.data.deals import deal
from salescenter.data.estate import unit
from salescenter.data.payments import receipt
from salescenter.data.record import write_row
from salescenter.data.reports.money import COLLECTED
from salescenter.domain.deposits import deposit_parts
from salescenter.domain.money import ZERO, Money
from salescenter.domain.receipts import PRICE_KINDS, Method, MoneyKind
from salescenter.domain.refusals import BookExhausted, DayClosed, NoBook, NotFound
from salescenter.domain.schedules import allocate
from salescenter.domain.units import Step
from salescenter.services.owing import count_paid
from salescenter.services.work import Work

AS_DEPOSIT = (MoneyKind.DEPOSIT.value, MoneyKind.SMALL_DEPOSIT.value)
"""Money that carries the deposit's penalty once the buyer has subscribed."""

_D = deal.c
_DEAL = (
    select(
        _D.id, _D.project_id, _D.unit_id, _D.number, _D.living, _D.state, _D.subscribed, _D.signed, _D.total, _D.ending,
        unit.c.building_id,
    )
    .join(unit, unit.c.id == _D.unit_id)
    .where(_D.id == bindparam("deal"))
)  # fmt: skip
_UNIT_ALONE = (
    select(unit.c.id)
    .where(unit.c.id == select(deal.c.unit_id).where(deal.c.id == bindparam("deal")).scalar_subquery())
    .with_for_update(key_share=True)
)


def deal_row(work: Work, deal_id: int | None) -> Any:
    """Return what money needs of a deal, or refuse; no other desk touches its unit or money until this work ends.

    Columns: id, project_id, unit_id, number, living, state, subscribed, signed, total, ending, building_id.
    """
    if work.connection.dialect.name != "sqlite":  # SQLite has one writer anyway
        work.connection.execute(_UNIT_ALONE, {"deal": deal_id})
    row = work.connection.execute(_DEAL, {"deal": deal_id}).first()
    if row is None or row.project_id != work.project:
        raise NotFound(what="deal", sought=deal_id)
    return row


@dataclass(frozen=True, slots=True)
class FreshDue:
    """A line of a schedule written within this very work."""

    id: int
    amount: Money
    due: date | None
    loan: str
    position: int
    paid: Money = ZERO


@dataclass(frozen=True, slots=True)
class FreshDeal:
    """A deal opened, or taken further, within this very work, as money needs it: nobody else knows of it yet."""

    id: int
    unit_id: int
    number: str
    state: int
    building_id: int
    dues: tuple[FreshDue, ...] = ()  # the schedule, where their keys are known already
    living: bool = True
    signed: date | None = None


@dataclass(frozen=True, slots=True)
class Receipted:
    """A receipt was written."""

    receipt: int
    number: str
    amount: Money


def write(work: Work, row: Any, kind: MoneyKind, method: Method, amount: Money, payer: str, **more: Any) -> Receipted:
    """Write a receipt of a deal's row; `more` are further columns: note, slip, counters_id."""
    number = take_number(work)
    values = {
        "project_id": work.project, "deal_id": row.id, "unit_id": row.unit_id, "kind": kind.value,
        "method": method.value, "amount": amount, "payer": payer.strip(), "day": work.today, "at": work.now,
        "cashier_id": work.desk.who.id,
    }  # fmt: skip
    return Receipted(write_row(work.connection, receipt, number | values | more), number["number"], amount)


def take_number(work: Work) -> dict[str, Any]:
    """Take the next number of the cashier's book, as the receipt's columns; refuses on a closed day."""
    if books.is_closed(work.connection, work.project, work.today):
        raise DayClosed(day=work.today)
    me = work.desk.who
    if work.promising:
        work.queue_up()
        words = books.promise_number(work.connection, work.project, me.id)
        return dict(zip(("book_id", "serial", "number"), words, strict=True))
    taken = books.take_number(work.connection, work.project, me.id)
    if taken is None:
        book = books.book_for(work.connection, work.project, me.id)
        raise NoBook(cashier=me.name) if book is None else BookExhausted(book=book.name)
    return {
        "book_id": taken.id, "serial": taken.serial, "number": f"{taken.prefix}{taken.serial:0{taken.digits}d}",
    }  # fmt: skip


def count(work: Work, row: Any, kind: MoneyKind, method: Method, amount: Money, times: int = 1) -> None:
    """Count money in the day's figures: what comes in as received, what goes back as refunded, both above zero."""
    figure, fen = ("refunded", -amount.fen) if kind is MoneyKind.REFUND else ("received", amount.fen)
    work.count(figure, f"k:{kind}", f"m:{method}", f"b:{row.building_id}", count=times, fen=fen)
    if method is not Method.CARRIED and kind in (*PRICE_KINDS, MoneyKind.REFUND):
        work.count(COLLECTED, fen=amount.fen)


_TOUCH = (
    update(unit)
    .where(unit.c.id == bindparam("unit"), unit.c.deal_id == bindparam("deal"))
    .values(touched=bindparam("now"))
)


def touch(work: Work, row: Any) -> None:
    """Let every desk's card of this unit know: its money changed."""
    trips.later(work.connection, _TOUCH, {"unit": row.unit_id, "deal": row.id, "now": work.revision})


def lay_over_dues(work: Work, row: Any, receipt_id: int, amount: Money) -> None:
    """Allocate money of a deal that is already there; what the schedule cannot take stays free to be refunded."""
    lines = books.dues_of(work.connection, row.id)
    found, _ = allocate(lines, amount)
    pay(work, row, receipt_id, found, lines)


def pay(work: Work, row: Any, receipt_id: int, parts: Sequence[tuple[int, Money]], lines: Iterable[Any]) -> None:
    """Let a receipt of a deal pay its lines, and count it; what a deal that ended gives up was struck out with it."""
    books.allocate(work.connection, receipt_id, parts)
    if row.living:
        days = {line.id: line.due for line in lines}
        count_paid(work, row.signed, ((days[number], amount) for number, amount in parts))


def kept(row: Any, deposit: Money, cap: Decimal) -> Money:
    """What the house keeps of a deal that ended: the deposit of a forfeited subscription, else nothing.

    `deposit` is what was paid as one, kept up to `cap`, its share of the price (Civil Code arts. 586, 587).
    """
    if row.ending != Step.FORFEIT or row.subscribed is None:
        return ZERO
    return deposit_parts(max(deposit, ZERO), row.total, cap).effective
