"""Taking money (收款), countering a wrong receipt (作废), giving money back (退款), carrying it over (换房)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import bindparam, select

from salescenter.data import money as books
from salescenter.data.deals import due
from salescenter.data.payments import allocation, receipt
from salescenter.data.staff import person
from salescenter.domain.money import ZERO, Money
from salescenter.domain.receipts import PRICE_KINDS, Method, MoneyKind
from salescenter.domain.refusals import (
    AlreadyVoid,
    AmountNotPositive,
    FieldMalformed,
    FieldMissing,
    MoreThanDue,
    NeedsApproval,
    NotFound,
    ReasonMissing,
    RefundTooLarge,
    WrongWay,
)
from salescenter.domain.schedules import allocate
from salescenter.domain.staff import Role
from salescenter.domain.units import Step, UnitState
from salescenter.services.approvals import use_grant
from salescenter.services.payments.entries import (
    AS_DEPOSIT,
    Receipted,
    count,
    deal_row,
    kept,
    lay_over_dues,
    pay,
    touch,
    write,
)
from salescenter.services.settings import rules_now
from salescenter.services.work import Work, deed

__all__ = [
    "Receipted", "ReceiveRequest", "RefundRequest", "VoidRequest", "carry_over", "convert_small_deposit", "deal_row",
    "owed", "receive", "receive_for", "received", "refund", "void",
]  # fmt: skip


_ON_RECEIPTS = {"note": 150, "reason": 150}
"""A receipt has one line for its remark: so many letters are two small ones."""


@dataclass(frozen=True, slots=True)
class ReceiveRequest:
    """Money handed over for a deal; `due` names the schedule line it is meant for, else the oldest is paid first."""

    MOST_LETTERS: ClassVar = _ON_RECEIPTS

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

    MOST_LETTERS: ClassVar = _ON_RECEIPTS

    receipt: int
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Give money back on a deal."""

    MOST_LETTERS: ClassVar = _ON_RECEIPTS

    deal: int
    amount: Money
    method: Method
    payee: str
    reason: str
    key: str = ""


@deed(Step.RECEIVE_MONEY, Receipted)
def receive(work: Work, asked: ReceiveRequest) -> Receipted:
    """Take money for a deal."""
    row = deal_row(work, asked.deal)
    written = receive_for(work, row, asked)
    touch(work, row)
    return written


def receive_for(work: Work, row: Any, asked: ReceiveRequest) -> Receipted:
    """Take money for a deal whose row (or `FreshDeal`) is at hand."""
    if asked.amount <= ZERO:
        raise AmountNotPositive(amount=asked.amount)
    if not asked.payer.strip():
        raise FieldMissing(field="payer")
    if asked.kind is MoneyKind.REFUND or asked.method is Method.CARRIED:
        raise FieldMalformed(field="kind", value=asked.kind, why="not-receivable")
    if not row.living:
        raise WrongWay(step=Step.RECEIVE_MONEY, why="deal-ended", instead=Step.SUBSCRIBE)
    pays = asked.kind in PRICE_KINDS and row.state != UnitState.RESERVED
    lines = (getattr(row, "dues", ()) or books.dues_of(work.connection, asked.deal)) if pays else ()
    parts = _parts(asked, lines) if pays else []
    # nothing is asked from here on: the number of the book is taken with the message that ends the work
    written = write(work, row, asked.kind, asked.method, asked.amount, asked.payer, note=asked.note, slip=asked.slip)
    if pays:
        pay(work, row, written.receipt, parts, lines)
    after = {"number": written.number, "kind": asked.kind.value, "fen": asked.amount.fen}
    work.note(Step.RECEIVE_MONEY, "receipt", written.receipt, unit=row.unit_id, deal=row.id, after=after)
    count(work, row, asked.kind, asked.method, asked.amount)
    return written


def _parts(asked: ReceiveRequest, lines: Sequence[Any]) -> list[tuple[int, Money]]:
    """Lay money over the schedule: which line is paid how much; more than is due is refused."""
    found, left = allocate(lines, asked.amount, asked.due, lent=asked.kind is MoneyKind.LOAN)
    if left > ZERO:
        raise MoreThanDue(amount=asked.amount, due=asked.amount - left)
    return list(found)


# --- countering a wrong receipt


@deed(Step.VOID_RECEIPT, Receipted)
def void(work: Work, asked: VoidRequest) -> Receipted:
    """Counter a wrong receipt by one of the opposite amount; what it paid is due again."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.VOID_RECEIPT)
    wrong = work.connection.execute(_RECEIPT, {"receipt": asked.receipt}).first()
    if wrong is None or wrong.project_id != work.project:
        raise NotFound(what="receipt", sought=asked.receipt)
    row = deal_row(work, wrong.deal_id)
    _check_voidable(work, wrong, row)
    kind, method = MoneyKind(wrong.kind), Method(wrong.method)
    written = write(work, row, kind, method, -wrong.amount, wrong.payer, note=asked.reason, counters_id=wrong.id)
    lines = work.connection.execute(_PAID_BY, {"receipt": wrong.id}).all()
    pay(work, row, written.receipt, [(line.id, -line.amount) for line in lines], lines)
    _check_money_left(work, wrong, row)
    before, after = {"number": wrong.number, "fen": wrong.amount.fen}, {"number": written.number}
    work.note(
        Step.VOID_RECEIPT, "receipt", wrong.id, unit=wrong.unit_id, deal=wrong.deal_id, before=before,
        after=after | {"reason": asked.reason},
    )  # fmt: skip
    count(work, row, kind, method, -wrong.amount, -1)
    touch(work, row)
    return written


_RECEIPT = select(receipt).where(receipt.c.id == bindparam("receipt"))
_PAID_BY = (
    select(due.c.id, due.c.due, allocation.c.amount)
    .join(due, due.c.id == allocation.c.due_id)
    .where(allocation.c.receipt_id == bindparam("receipt"))
)


def _check_voidable(work: Work, wrong: Any, row: Any) -> None:
    if wrong.counters_id is not None:
        raise AlreadyVoid(number=wrong.number, by=_cashier(work, wrong.cashier_id))
    other = work.connection.execute(select(receipt).where(receipt.c.counters_id == wrong.id)).first()
    if other is not None:
        raise AlreadyVoid(number=wrong.number, by=_cashier(work, other.cashier_id))
    if wrong.method == Method.CARRIED or row.ending == Step.CHANGE_UNIT:
        raise WrongWay(step=Step.VOID_RECEIPT, why="carried-over", instead=Step.CHANGE_UNIT)
    if work.desk.who.role is Role.MANAGER or not books.is_closed(work.connection, work.project, wrong.day):
        return
    by = use_grant(work, Step.VOID_RECEIPT, wrong.unit_id, lambda granted: granted.get("receipt") == wrong.number)
    if by is None:
        raise NeedsApproval(step=Step.VOID_RECEIPT, approver=Role.MANAGER)


def _check_money_left(work: Work, wrong: Any, row: Any) -> None:
    """Refuse to take away what was given back already, or what the schedule counts as paid."""
    left = books.received_for(work.connection, row.id)
    if left < ZERO:
        raise RefundTooLarge(amount=wrong.amount, received=left + wrong.amount)
    if row.living and (free := _free(work, row)) < ZERO:
        raise RefundTooLarge(amount=wrong.amount, received=free + wrong.amount)


def _cashier(work: Work, person_id: int) -> str:
    return work.connection.scalar(select(person.c.name).where(person.c.id == person_id)) or ""


# --- giving money back


@deed(Step.REFUND, Receipted)
def refund(work: Work, asked: RefundRequest) -> Receipted:
    """Give money back: what a deal that ended has received, or what a living one does not need for its schedule.

    Of a forfeited deal the deposit is kept up to its legal cap (Civil Code arts. 586, 587).
    """
    if asked.amount <= ZERO:
        raise AmountNotPositive(amount=asked.amount)
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.REFUND)
    if not asked.payee.strip():
        raise FieldMissing(field="payer")
    row = deal_row(work, asked.deal)
    if row.living and row.state == UnitState.RESERVED:
        raise WrongWay(step=Step.REFUND, why="deal-lives", instead=Step.GIVE_BACK)
    free = _free(work, row) if row.living else books.received_for(work.connection, row.id) - _kept(work, row)
    if asked.amount > free:
        raise RefundTooLarge(amount=asked.amount, received=max(free, ZERO))
    approver = _leave_to_refund(work, row, asked.amount)
    written = write(work, row, MoneyKind.REFUND, asked.method, -asked.amount, asked.payee, note=asked.reason)
    after = {"number": written.number, "fen": asked.amount.fen, "reason": asked.reason, "approver": approver}
    work.note(Step.REFUND, "receipt", written.receipt, unit=row.unit_id, deal=row.id, after=after)
    count(work, row, MoneyKind.REFUND, asked.method, written.amount)
    touch(work, row)
    return written


def _leave_to_refund(work: Work, row: Any, amount: Money) -> int | None:
    """Return who gave leave for a refund beyond what the house lets a cashier give back alone (退款审批)."""
    most = rules_now(work).refund_alone
    if amount <= most or work.desk.who.role is Role.MANAGER:
        return None
    approver = use_grant(
        work, Step.REFUND, row.unit_id,
        lambda granted: granted.get("deal") == row.number and amount.fen <= granted.get("refund", 0),
    )  # fmt: skip
    if approver is None:
        raise NeedsApproval(step=Step.REFUND, approver=Role.MANAGER)
    return approver


_TOWARDS_PRICE = [kind.value for kind in sorted({*PRICE_KINDS, MoneyKind.REFUND})]


def _free(work: Work, row: Any) -> Money:
    """Money of a living deal that pays nothing of its schedule."""
    bound = Money.sum(line.paid for line in books.dues_of(work.connection, row.id))
    return books.received_for(work.connection, row.id, _TOWARDS_PRICE) - bound


def _kept(work: Work, row: Any) -> Money:
    paid = books.received_for(work.connection, row.id, AS_DEPOSIT)
    return kept(row, paid, rules_now(work).deposit_cap)


# --- money that is already there


def convert_small_deposit(work: Work, row: Any) -> Money:
    """Turn what a small deposit left unallocated into the first dues (转定), oldest due first; returns how much."""
    kinds = [kind.value for kind in PRICE_KINDS]
    waiting = [(number, left) for number, left in books.unallocated(work.connection, row.id, kinds) if left > ZERO]
    for receipt_id, left in waiting:
        lay_over_dues(work, row, receipt_id, left)
    return Money.sum(left for _, left in waiting)


def carry_over(work: Work, old_deal: int, new_deal: int) -> Money:
    """Carry a deal's money to another one (换房): a counter-entry there and a receipt here for each kind of money.

    What was given back already is not carried: it comes off the last kinds first.
    """
    old, new = deal_row(work, old_deal), deal_row(work, new_deal)
    payer = work.connection.scalar(select(receipt.c.payer).where(receipt.c.deal_id == old_deal).limit(1)) or ""
    paid = [(line.id, line.paid) for line in books.dues_of(work.connection, old_deal)]
    left = books.received_for(work.connection, old_deal, _TOWARDS_PRICE)
    carried = []
    for kind in sorted(PRICE_KINDS):
        amount = min(left, books.received_for(work.connection, old_deal, [kind.value]))
        if amount > ZERO:
            left -= amount
            _carry(work, (old, new), kind, amount, payer, paid)
            carried.append(amount)
    return Money.sum(carried)


def _carry(
    work: Work, ways: tuple[Any, Any], kind: MoneyKind, amount: Money, payer: str, paid: list[tuple[int, Money]]
) -> None:
    old, new = ways
    out = write(work, old, kind, Method.CARRIED, -amount, payer, note=new.number)
    pay(work, old, out.receipt, _unpay(paid, amount), ())
    into = write(work, new, kind, Method.CARRIED, amount, payer, note=old.number)
    lay_over_dues(work, new, into.receipt, amount)
    count(work, old, kind, Method.CARRIED, -amount, 0)
    count(work, new, kind, Method.CARRIED, amount, 0)


def _unpay(paid: list[tuple[int, Money]], amount: Money) -> list[tuple[int, Money]]:
    """Take an amount off what lines were paid, from the first line on; changes `paid` to what is left on each."""
    found = []
    for i, (due_id, there) in enumerate(paid):
        part = min(there, amount)
        if part > ZERO:
            found.append((due_id, -part))
            paid[i], amount = (due_id, there - part), amount - part
    return found


def received(work: Work, deal_id: int) -> Money:
    """What a deal has received so far."""
    return books.received_for(work.connection, deal_id)


def owed(work: Work, deal_id: int) -> Sequence[Any]:
    """The schedule lines of a deal that are not fully paid, oldest due first."""
    return [row for row in books.dues_of(work.connection, deal_id) if row.paid < row.amount]
