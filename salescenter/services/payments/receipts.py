"""Taking money (收款): a number from the book, a receipt, and the dues it pays, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from salescenter.data import money as books
from salescenter.data.deals import deal
from salescenter.data.estate import unit
from salescenter.data.payments import allocation, receipt
from salescenter.data.record import new_id
from salescenter.data.staff import person
from salescenter.domain.money import ZERO, Money
from salescenter.domain.receipts import PRICE_KINDS, Method, MoneyKind
from salescenter.domain.refusals import (
    AlreadyVoid,
    AmountNotPositive,
    BookExhausted,
    DayClosed,
    FieldMissing,
    MoreThanDue,
    NoBook,
    NotFound,
    ReasonMissing,
    RefundTooLarge,
)
from salescenter.domain.units import Step, UnitState
from salescenter.services.work import Work, deed


@dataclass(frozen=True, slots=True)
class ReceiveRequest:
    """Money handed over for a deal; `due` names the schedule line it is meant for, else the oldest is paid first."""

    deal: int
    kind: MoneyKind
    method: Method
    amount: Money
    payer: str
    due: int | None = None
    note: str = ""
    slip: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class VoidRequest:
    """Void a receipt by a counter-entry; its number is never used again."""

    receipt: int
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Give money back on a deal."""

    deal: int
    amount: Money
    method: Method
    payee: str
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Receipted:
    """A receipt was written."""

    receipt: int
    number: str
    amount: Money


@deed(Step.RECEIVE_MONEY, Receipted)
def receive(work: Work, asked: ReceiveRequest) -> Receipted:
    """Take money for a deal."""
    return receive_within(work, asked)


def receive_within(work: Work, asked: ReceiveRequest) -> Receipted:
    """Take money inside a larger deed, such as the deposit of a subscription."""
    if asked.amount <= ZERO:
        raise AmountNotPositive(amount=asked.amount)
    if not asked.payer.strip():
        raise FieldMissing(field="payer")
    row = deal_row(work, asked.deal)
    written = _write(work, row, asked.kind, asked.method, asked.amount, asked.payer, note=asked.note, slip=asked.slip)
    if asked.kind in PRICE_KINDS and row.state != UnitState.RESERVED:
        pay_dues(work, asked.deal, written.receipt, asked.amount, asked)
    work.note(
        Step.RECEIVE_MONEY,
        "receipt",
        written.receipt,
        unit=row.unit_id,
        deal=row.id,
        after={"number": written.number, "kind": asked.kind.value, "fen": asked.amount.fen},
    )
    _count(work, "received", row, asked.kind, asked.method, asked.amount)
    _touch(work, row)
    return written


@deed(Step.VOID_RECEIPT, Receipted)
def void(work: Work, asked: VoidRequest) -> Receipted:
    """Counter a wrong receipt by one of the opposite amount; what it paid is due again."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.VOID_RECEIPT)
    wrong = work.connection.execute(select(receipt).where(receipt.c.id == asked.receipt)).first()
    if wrong is None:
        raise NotFound(what="receipt", sought=asked.receipt)
    if wrong.counters_id is not None or _countered(work, wrong.id):
        raise AlreadyVoid(number=wrong.number, by=_cashier(work, wrong.id))
    row = deal_row(work, wrong.deal_id)
    written = _write(
        work,
        row,
        MoneyKind(wrong.kind),
        Method(wrong.method),
        -wrong.amount,
        wrong.payer,
        note=asked.reason,
        counters=wrong.id,
    )
    paid = work.connection.execute(
        select(allocation.c.due_id, allocation.c.amount).where(allocation.c.receipt_id == wrong.id)
    )
    books.allocate(work.connection, written.receipt, [(due_id, -amount) for due_id, amount in paid])
    work.note(
        Step.VOID_RECEIPT,
        "receipt",
        wrong.id,
        unit=wrong.unit_id,
        deal=wrong.deal_id,
        before={"number": wrong.number, "fen": wrong.amount.fen},
        after={"number": written.number, "reason": asked.reason},
    )
    back = wrong.kind == MoneyKind.REFUND  # a refund was counted by what it gave back
    figure, amount = ("refunded", wrong.amount) if back else ("received", -wrong.amount)
    _count(work, figure, row, MoneyKind(wrong.kind), Method(wrong.method), amount, count=-1)
    _touch(work, row)
    return written


@deed(Step.REFUND, Receipted)
def refund(work: Work, asked: RefundRequest) -> Receipted:
    """Give money back on a closed deal, never more than was received."""
    if asked.amount <= ZERO:
        raise AmountNotPositive(amount=asked.amount)
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.REFUND)
    row = deal_row(work, asked.deal)
    received = books.received_for(work.connection, row.id)
    free = received if not row.living else received - _bound(work, row)
    if asked.amount > free:
        raise RefundTooLarge(amount=asked.amount, received=free)
    written = _write(work, row, MoneyKind.REFUND, asked.method, -asked.amount, asked.payee, note=asked.reason)
    work.note(
        Step.REFUND,
        "receipt",
        written.receipt,
        unit=row.unit_id,
        deal=row.id,
        after={"number": written.number, "fen": asked.amount.fen, "reason": asked.reason},
    )
    _count(work, "refunded", row, MoneyKind.REFUND, asked.method, asked.amount)
    return written


def convert_small_deposit(work: Work, deal_id: int) -> None:
    """Turn what a small deposit left unallocated into the first dues (转定), oldest due first."""
    kinds = [kind.value for kind in PRICE_KINDS]
    for receipt_id, left in books.unallocated(work.connection, deal_id, kinds):
        if left > ZERO:
            lay_over_dues(work, deal_id, receipt_id, left)


def pay_dues(work: Work, deal_id: int, receipt_id: int, amount: Money, asked: ReceiveRequest) -> None:
    """Allocate a receipt to the schedule; more than is due is refused."""
    parts, left = _parts(work, deal_id, amount, asked.due, loan=asked.kind is MoneyKind.LOAN)
    if left > ZERO:
        raise MoreThanDue(amount=amount, due=amount - left)
    books.allocate(work.connection, receipt_id, parts)


def lay_over_dues(work: Work, deal_id: int, receipt_id: int, amount: Money) -> None:
    """Allocate money that is already there; what the schedule cannot take stays free to be refunded."""
    parts, _ = _parts(work, deal_id, amount, None, loan=False)
    books.allocate(work.connection, receipt_id, parts)


def deal_row(work: Work, deal_id: int | None) -> Any:
    """Return a deal's row, or refuse."""
    row = work.connection.execute(select(deal).where(deal.c.id == deal_id)).first()
    if row is None or row.project_id != work.project:
        raise NotFound(what="deal", sought=deal_id)
    return row


def _parts(
    work: Work, deal_id: int, amount: Money, named: int | None, *, loan: bool
) -> tuple[Sequence[tuple[int, Money]], Money]:
    """Lay an amount over the dues: the named line, loan lines for bank money, then the oldest; and what is left."""
    rows = books.dues_of(work.connection, deal_id)
    ordered = sorted(rows, key=lambda row: (row.id != named, bool(row.loan) is not loan))
    parts: list[tuple[int, Money]] = []
    left = amount
    for row in ordered:
        part = min(left, row.amount - row.paid)
        if part > ZERO:
            parts.append((row.id, part))
            left -= part
    return parts, left


def carry_over(work: Work, old_deal: int, new_deal: int) -> Money:
    """Carry a deal's money to another one (换房): a counter-entry there and a receipt here for each kind of money."""
    old, new = deal_row(work, old_deal), deal_row(work, new_deal)
    payer = work.connection.scalar(select(receipt.c.payer).where(receipt.c.deal_id == old_deal).limit(1)) or ""
    paid = [(line.id, line.paid) for line in books.dues_of(work.connection, old_deal)]
    carried = []
    for kind in sorted(PRICE_KINDS):
        amount = books.received_for(work.connection, old_deal, [kind.value])
        if amount <= ZERO:
            continue
        out = _write(work, old, kind, Method.CARRIED, -amount, payer, note=new.number)
        books.allocate(work.connection, out.receipt, _unpay(paid, amount))
        _count(work, "received", old, kind, Method.CARRIED, -amount, count=0)
        _count(work, "received", new, kind, Method.CARRIED, amount, count=0)
        into = _write(work, new, kind, Method.CARRIED, amount, payer, note=old.number)
        if new.state != UnitState.RESERVED:
            lay_over_dues(work, new_deal, into.receipt, amount)
        carried.append(amount)
    return Money.sum(carried)


def _unpay(paid: list[tuple[int, Money]], amount: Money) -> list[tuple[int, Money]]:
    """Take an amount off what lines were paid, from the first line on; changes `paid` to what is left on each."""
    parts = []
    for i, (due_id, there) in enumerate(paid):
        part = min(there, amount)
        if part > ZERO:
            parts.append((due_id, -part))
            paid[i], amount = (due_id, there - part), amount - part
    return parts


def _write(  # noqa: PLR0913  a receipt has this many fields
    work: Work,
    row: Any,
    kind: MoneyKind,
    method: Method,
    amount: Money,
    payer: str,
    *,
    note: str = "",
    slip: str = "",
    counters: int | None = None,
) -> Receipted:
    if books.is_closed(work.connection, work.project, work.today):
        raise DayClosed(day=work.today)
    book = books.book_for(work.connection, work.project, work.desk.who.id)
    if book is None:
        raise NoBook(cashier=work.desk.who.name)
    serial = books.take_number(work.connection, book.id)
    if serial is None:
        raise BookExhausted(book=book.name)
    number = f"{book.prefix}{serial:0{book.digits}d}"
    written = work.connection.execute(
        insert(receipt).values(
            project_id=work.project,
            book_id=book.id,
            deal_id=row.id,
            unit_id=row.unit_id,
            serial=serial,
            number=number,
            kind=kind.value,
            method=method.value,
            amount=amount,
            payer=payer,
            day=work.today,
            at=work.now,
            cashier_id=work.desk.who.id,
            counters_id=counters,
            note=note,
            slip=slip,
        )
    )
    return Receipted(new_id(written), number, amount)


def _countered(work: Work, receipt_id: int) -> bool:
    return work.connection.scalar(select(receipt.c.id).where(receipt.c.counters_id == receipt_id)) is not None


def _cashier(work: Work, receipt_id: int) -> str:
    """Who wrote a receipt or its counter-entry."""
    who = select(person.c.name).join(receipt, receipt.c.cashier_id == person.c.id)
    return work.connection.scalar(who.where(receipt.c.counters_id == receipt_id)) or ""


def _bound(work: Work, row: Any) -> Money:
    """Money of a living deal that pays its schedule and cannot be given back."""
    return Money.sum(line.paid for line in books.dues_of(work.connection, row.id))


def _count(work: Work, figure: str, row: Any, kind: MoneyKind, method: Method, amount: Money, count: int = 1) -> None:
    building = work.connection.scalar(select(unit.c.building_id).where(unit.c.id == row.unit_id))
    work.count(figure, f"k:{kind}", f"m:{method}", f"b:{building}", count=count, fen=amount.fen)


def _touch(work: Work, row: Any) -> None:
    """Let every desk's card of this unit know: its money changed."""
    work.connection.execute(
        update(unit).where(unit.c.id == row.unit_id, unit.c.deal_id == row.id).values(touched=work.revision)
    )


def received(work: Work, deal_id: int) -> Money:
    """What a deal has received so far."""
    return books.received_for(work.connection, deal_id)


def owed(work: Work, deal_id: int) -> Sequence[Any]:
    """The schedule lines of a deal that are not fully paid, oldest due first."""
    return [row for row in books.dues_of(work.connection, deal_id) if row.paid < row.amount]
