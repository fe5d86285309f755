"""Payment plans (付款方式) made into dated schedules whose sum is exactly the price; money put against them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from salescenter.domain.calendar import after
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import ZERO, Money, Rounding, round_fen
from salescenter.domain.price_refusals import DownPaymentTooSmall
from salescenter.domain.refusals import (
    AmountNotPositive,
    DepositTooLarge,
    LoanNotWhole,
    NotFound,
    ScheduleNotWhole,
)

WAN = Money.yuan(10_000)
"""One 万, the unit loans are lent in."""


class PlanKind(StrEnum):
    """How a buyer pays."""

    ONE_OFF = "one-off"          # 一次性
    INSTALMENTS = "instalments"  # 分期
    MORTGAGE = "mortgage"        # 商业按揭
    PROVIDENT = "provident"      # 公积金
    COMBINED = "combined"        # 组合


LENT_BY: dict[PlanKind, frozenset[LoanKind]] = {
    PlanKind.ONE_OFF: frozenset(),
    PlanKind.INSTALMENTS: frozenset(),
    PlanKind.MORTGAGE: frozenset({LoanKind.COMMERCIAL}),
    PlanKind.PROVIDENT: frozenset({LoanKind.PROVIDENT}),
    PlanKind.COMBINED: frozenset(LoanKind),
}
"""Which loans a kind of plan has."""


class DueBase(StrEnum):
    """What a due day is counted from."""

    FIXED_DATE = "fixed-date"      # 固定日期
    SUBSCRIPTION = "subscription"  # 认购日期 + m months + d days
    SIGNING = "signing"            # 签约日期 + m months + d days
    CONDITION = "condition"        # 按条件付款, e.g. 封顶: no day until it happens
    LOAN_RELEASE = "loan-release"  # 银行放款: no day until the bank pays


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a line is due; `day` only for a fixed date, `condition` only for a condition."""

    base: DueBase
    months: int = 0
    days: int = 0
    day: date | None = None
    condition: str = ""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a plan: a share of the price (0.3), or an amount, or neither: the line that takes the rest.

    A `deposit` line is the 定金 itself; a line that `includes_deposit` (含定金) is reduced by it. A line
    with a `loan` is paid by the lender and takes the loan's amount.
    """

    item: str
    share: Decimal | None
    amount: Money | None
    due: DueRule
    includes_deposit: bool = False
    deposit: bool = False
    loan: LoanKind | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to pay that the house offers; loans are lent in whole `loan_unit`."""

    kind: PlanKind
    lines: tuple[PlanLine, ...]
    name: str = ""
    loan_unit: Money = WAN


@dataclass(frozen=True, slots=True)
class LoanPart:
    """How much one lender gives."""

    kind: LoanKind
    amount: Money


@dataclass(frozen=True, slots=True)
class Due:
    """One line of a schedule; `due` is None until a condition happens or the bank pays."""

    number: int
    item: str
    amount: Money
    due: date | None
    condition: str = ""
    includes_deposit: bool = False
    deposit: bool = False
    loan: LoanKind | None = None


@dataclass(frozen=True, slots=True)
class LoanAndDown:
    """A loan in whole units and the down payment (首付) it leaves; `least_down` is the least allowed."""

    loan: Money
    down_payment: Money
    least_down: Money
    down_share: Decimal


def loan_and_down_payment(total: Money, least_share: Decimal, unit: Money = WAN,
                          cap: Money | None = None) -> LoanAndDown:
    """Find the largest loan in whole units (万) that leaves at least the minimum down payment."""
    most = total.fen - total.fen * least_share
    if cap is not None:
        most = min(most, Decimal(cap.fen))
    loan = Money(int(most // unit.fen) * unit.fen)
    down = total - loan
    share = Decimal(down.fen) / total.fen if total else Decimal(1)
    return LoanAndDown(loan, down, total.times(least_share), share)


def check_down_payment(total: Money, loans: Sequence[LoanPart], least_share: Decimal, unit: Money = WAN) -> None:
    """Refuse loans that leave less of a price than the least down payment: `DownPaymentTooSmall`.

    Each city's banks and fund set the share (dated rows in `policies`), lent in whole units (万).
    Of two loans the bank's gives way and takes what the fund leaves, unless the fund alone lends too much.
    """
    lent = {loan.kind: loan.amount for loan in loans}
    whole, possible = Money.sum(lent.values()), loan_and_down_payment(total, least_share, unit)
    if whole <= possible.loan:
        return
    kind = min(lent, key=lambda one: (possible.loan <= whole - lent[one], one is not LoanKind.COMMERCIAL))
    raise DownPaymentTooSmall(
        field=kind.value, amount=lent[kind], down=total - whole, least=possible.least_down, share=least_share,
        most=max(possible.loan - (whole - lent[kind]), ZERO),
    )


def combined_loans(total: Money, least_share: Decimal, provident_cap: Money,
                   unit: Money = WAN) -> tuple[LoanPart, ...]:
    """Split the largest loan: the provident fund up to its cap, a bank the rest; parts of zero are left out."""
    loan = loan_and_down_payment(total, least_share, unit).loan
    provident = loan_and_down_payment(loan, Decimal(0), unit, provident_cap).loan
    parts = LoanPart(LoanKind.PROVIDENT, provident), LoanPart(LoanKind.COMMERCIAL, loan - provident)
    return tuple(part for part in parts if part.amount)


def make_schedule(plan: Plan, total: Money, subscribed: date, signed: date, rounding: Rounding,
                  loans: Sequence[LoanPart] = (), deposit: Money | None = None) -> tuple[Due, ...]:
    """Make a plan's lines into amounts and days whose sum is exactly the price.

    Shares are rounded by the project's rule; what is left over goes to the line without share and amount,
    else to the last line no lender pays. Without `loans`, a lender's line lends its share, or the most the
    other lines leave, cut to whole units. `deposit` replaces the amount of the plan's deposit line, where it
    has one. Lines of zero are left out.
    Refuses with `ScheduleNotWhole`, `LoanNotWhole`, `DepositTooLarge`.
    """
    wanted = _lenders(plan)
    lent = _lent(plan, loans or _largest_loans(plan, total, rounding, deposit), wanted)
    amounts = _with_rest(plan, total, rounding, _amounts(plan, total, rounding, lent, deposit))
    kept = [(line, amount) for line, amount in zip(plan.lines, amounts, strict=True) if amount]
    return tuple(
        Due(number, line.item, amount, _day(line.due, subscribed, signed), line.due.condition,
            line.includes_deposit, line.deposit, line.loan)
        for number, (line, amount) in enumerate(kept, start=1)
    )


def check_schedule(dues: Sequence[Due], price: Money) -> None:
    """Refuse a schedule, typed or made, that does not add up to the price or has a line of nothing."""
    for due in dues:
        if due.amount <= ZERO:
            raise AmountNotPositive(amount=due.amount)
    if (total := Money.sum(due.amount for due in dues)) != price:
        raise ScheduleNotWhole(total=total, price=price)


class Line(Protocol):
    """One line of a schedule as it stands: `paid` is what it has had so far, `loan` is empty where the buyer pays."""

    @property
    def id(self) -> int: ...
    @property
    def amount(self) -> Money: ...
    @property
    def paid(self) -> Money: ...
    @property
    def due(self) -> date | None: ...
    @property
    def position(self) -> int: ...
    @property
    def loan(self) -> str | None: ...


def allocate(lines: Iterable[Line], amount: Money, named: int | None = None,
             *, lent: bool = False) -> tuple[tuple[tuple[int, Money], ...], Money]:
    """Put money received against a schedule: what each line gets, by its id, and what no line can take.

    The line the cashier names comes first, then a lender's money (`lent`) pays lenders' lines and the buyer's own the
    others; among these the oldest due, those without a day last. Refuses with `NotFound`, `AmountNotPositive`.
    """
    if amount <= ZERO:
        raise AmountNotPositive(amount=amount)
    ordered = sorted(lines, key=lambda line: (line.id != named, bool(line.loan) is not lent, *_age(line)))
    if named is not None and named not in {line.id for line in ordered}:
        raise NotFound(what="schedule-line", sought=named)
    found: list[tuple[int, Money]] = []
    left = amount
    for line in ordered:
        part = min(left, line.amount - line.paid)
        if part > ZERO:
            found.append((line.id, part))
            left -= part
    return tuple(found), left


def overdue(dues: Sequence[Due], paid: Sequence[Money], today: date) -> Money:
    """Return what should have been paid before today and was not (逾期欠款)."""
    return Money.sum(
        max(ZERO, due.amount - had) for due, had in zip(dues, paid, strict=True) if due.due and due.due < today
    )


def _age(line: Line) -> tuple[date, int]:
    return line.due or date.max, line.position


def _day(rule: DueRule, subscribed: date, signed: date) -> date | None:
    base = {DueBase.SUBSCRIPTION: subscribed, DueBase.SIGNING: signed, DueBase.FIXED_DATE: rule.day}.get(rule.base)
    return after(base, rule.months, rule.days) if base else None


def _lenders(plan: Plan) -> list[LoanKind]:
    wanted = [line.loan for line in plan.lines if line.loan]
    for n, kind in enumerate(wanted):
        if kind in wanted[:n]:
            raise LoanNotWhole(amount=ZERO, why="twice-of-one-kind", kind=kind)
    return wanted


def _lent(plan: Plan, loans: Sequence[LoanPart], wanted: Sequence[LoanKind]) -> dict[LoanKind, Money]:
    """Return what each lender gives, or refuse loans that do not fit the plan."""
    lent: dict[LoanKind, Money] = {}
    for loan in loans:
        lent[loan.kind] = _checked(loan, plan, lent)
    if missing := [kind for kind in wanted if kind not in lent]:
        raise LoanNotWhole(amount=ZERO, why="missing", kind=missing[0])
    if surplus := [kind for kind in lent if kind not in wanted]:
        raise LoanNotWhole(amount=lent[surplus[0]], why="not-in-plan", kind=surplus[0])
    return lent


def _checked(loan: LoanPart, plan: Plan, lent: dict[LoanKind, Money]) -> Money:
    if loan.kind not in LENT_BY[plan.kind]:
        raise LoanNotWhole(amount=loan.amount, why="not-in-plan", kind=loan.kind)
    if loan.kind in lent:
        raise LoanNotWhole(amount=loan.amount, why="twice-of-one-kind", kind=loan.kind)
    if loan.amount <= ZERO or loan.amount.fen % plan.loan_unit.fen:
        raise LoanNotWhole(amount=loan.amount, why="not-whole", unit=plan.loan_unit, field=loan.kind.value)
    return loan.amount


def _largest_loans(plan: Plan, total: Money, rounding: Rounding, deposit: Money | None) -> list[LoanPart]:
    """Return what each lender can give at most; nothing for a lender the plan leaves open."""
    lines = [line for line in plan.lines if line.loan]
    most = {line.loan: _asked(line, total, rounding) for line in lines if line.loan and not _silent(line)}
    if len(lines) == 1 and lines[0].loan and not most and not any(map(_takes_rest, plan.lines)):
        own = Money.sum(_amounts(plan, total, rounding, {lines[0].loan: ZERO}, deposit))
        most = {lines[0].loan: total - own}
    unit = plan.loan_unit
    return [LoanPart(kind, loan_and_down_payment(amount, Decimal(0), unit).loan) for kind, amount in most.items()]


def _asked(line: PlanLine, total: Money, rounding: Rounding) -> Money:
    if line.share is not None:
        return round_fen(total.fen * line.share, rounding)
    return line.amount or ZERO


def _amounts(plan: Plan, total: Money, rounding: Rounding, lent: dict[LoanKind, Money],
             deposit: Money | None) -> list[Money]:
    """Return each line's amount before the rest is placed."""
    amounts = [lent[line.loan] if line.loan else _asked(line, total, rounding) for line in plan.lines]
    if deposit is not None:
        amounts = [deposit if line.deposit else amount for line, amount in zip(plan.lines, amounts, strict=True)]
    had = Money.sum(amount for line, amount in zip(plan.lines, amounts, strict=True) if line.deposit)
    for n, line in enumerate(plan.lines):
        if line.includes_deposit:
            if had > amounts[n] and not _takes_rest(line):
                raise DepositTooLarge(received=had, most=amounts[n])
            amounts[n], had = amounts[n] - had, ZERO
    return amounts


def _silent(line: PlanLine) -> bool:
    return line.share is None and line.amount is None


def _takes_rest(line: PlanLine) -> bool:
    return _silent(line) and not line.loan and not line.deposit


def _with_rest(plan: Plan, total: Money, rounding: Rounding, amounts: list[Money]) -> list[Money]:
    """Place what the rounding and the loans left over, or refuse a plan that does not add up."""
    rest = total - Money.sum(amounts)
    taker = _rest_taker(plan, total, rest, len(amounts) * (1 if rounding is Rounding.TO_FEN else 100))
    placed = [amount + rest if n == taker else amount for n, amount in enumerate(amounts)]
    if any(amount < ZERO for amount in placed):
        raise ScheduleNotWhole(total=total - rest, price=total)
    return placed


def _rest_taker(plan: Plan, total: Money, rest: Money, residue: int) -> int:
    """Choose the line that takes the rest; without an open line it may be no more than a residue (fen).

    More than a rounding step a line is a hole in the plan, except that a loan may always be smaller.
    """
    open_lines = [n for n, line in enumerate(plan.lines) if _takes_rest(line)]
    own = [n for n, line in enumerate(plan.lines) if not line.loan and not line.deposit]
    lent = any(line.loan for line in plan.lines)
    if len(open_lines) == 1:
        return open_lines[0]
    if lent and rest.fen < -residue:
        raise LoanNotWhole(amount=-rest, why="too-large")  # by how much
    if open_lines or not own or not (lent or abs(rest.fen) <= residue):
        raise ScheduleNotWhole(total=total - rest, price=total)
    return own[-1]
