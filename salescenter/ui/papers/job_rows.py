"""What can stand in a job: receipts, agreements, contracts and letters, and how often each was printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.head import number_for
from salescenter.domain.units import UnitState
from salescenter.services.deals.register import DealRow, deals
from salescenter.services.papers.archive import printed_counts
from salescenter.services.payments.lists import ArrearRow, arrears, receipts
from salescenter.services.work import Desk
from salescenter.ui.kit.paper_job import Wanted

IN_JOBS = (
    PaperKind.RECEIPT, PaperKind.SUBSCRIPTION, PaperKind.CONTRACT, PaperKind.DUNNING, PaperKind.STATEMENT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class JobRow:
    """One paper that may be chosen."""

    wanted: Wanted
    day: date | None
    code: str
    name: str
    amount: Money
    printed: int


@dataclass(frozen=True, slots=True)
class JobSearch:
    """Which papers: of a kind, of some days (both included), only those never printed or all; today is a letter's day.

    The day of a reminder is when its oldest line fell due.
    """

    kind: PaperKind
    first: date
    last: date
    only_new: bool
    today: date


def job_rows(desk: Desk, sought: JobSearch) -> tuple[JobRow, ...]:
    """List them, oldest first."""
    printed = printed_counts(desk, sought.kind)
    found = _ROWS.get(sought.kind, _deals)(desk, sought, printed)
    return tuple(row for row in found if not (sought.only_new and row.printed))


def _receipts(desk: Desk, sought: JobSearch, printed: dict[str, int]) -> list[JobRow]:
    return [
        JobRow(
            Wanted(PaperKind.RECEIPT, one.number, one.unit, one.deal),
            one.day, one.code, one.payer, one.amount, printed.get(one.number, 0),
        )
        for one in receipts(desk, sought.first, sought.last)
    ]  # fmt: skip


def _deals(desk: Desk, sought: JobSearch, printed: dict[str, int]) -> list[JobRow]:
    rows = []
    for one in reversed(deals(desk, living_only=True)):
        if sought.kind is PaperKind.CONTRACT and one.state < UnitState.DRAFTED:
            continue
        day = one.subscribed if sought.kind is PaperKind.SUBSCRIPTION else one.signed or one.subscribed
        if day is not None and sought.first <= day <= sought.last:
            wanted = Wanted(sought.kind, _number(sought, one), one.unit, one.id)
            rows.append(JobRow(wanted, day, one.code, one.buyer, one.total, printed.get(wanted.number, 0)))
    return rows


def _number(sought: JobSearch, one: DealRow) -> str:
    if sought.kind is PaperKind.CONTRACT:
        return one.contract_number or one.number
    return one.number if sought.kind is PaperKind.SUBSCRIPTION else number_for(sought.kind, sought.today, one.id)


def _reminders(desk: Desk, sought: JobSearch, printed: dict[str, int]) -> list[JobRow]:
    """One reminder a deal with everything it owes, the longest overdue first."""
    owing: dict[int, list[ArrearRow]] = {}
    for line in arrears(desk, sought.today):
        owing.setdefault(line.deal, []).append(line)
    rows = []
    for deal, lines in owing.items():
        if sought.first <= lines[0].day <= sought.last:
            wanted = Wanted(PaperKind.DUNNING, number_for(PaperKind.DUNNING, sought.today, deal), lines[0].unit, deal)
            owed = Money.sum(line.owed for line in lines)
            count = printed.get(wanted.number, 0)
            rows.append(JobRow(wanted, lines[0].day, lines[0].code, lines[0].buyer, owed, count))
    return rows


_ROWS: dict[PaperKind, Callable[[Desk, JobSearch, dict[str, int]], list[JobRow]]] = {
    PaperKind.RECEIPT: _receipts, PaperKind.DUNNING: _reminders,
}
