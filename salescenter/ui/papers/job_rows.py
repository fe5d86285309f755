"""What can stand in a job: the receipts, agreements or contracts of some days, with how often each was printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.units import UnitState
from salescenter.services.deals.register import deals
from salescenter.services.papers.archive import printed_counts
from salescenter.services.payments.lists import receipts
from salescenter.services.work import Desk
from salescenter.ui.papers.job import Wanted

IN_JOBS = (PaperKind.RECEIPT, PaperKind.SUBSCRIPTION, PaperKind.CONTRACT)


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
    """Which papers: of a kind, of some days (both included), only those never printed or all."""

    kind: PaperKind
    first: date
    last: date
    only_new: bool


def job_rows(desk: Desk, sought: JobSearch) -> tuple[JobRow, ...]:
    """List them, oldest first."""
    printed = printed_counts(desk, sought.kind)
    found = _receipts(desk, sought, printed) if sought.kind is PaperKind.RECEIPT else _deals(desk, sought, printed)
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
        contract = sought.kind is PaperKind.CONTRACT
        if contract and one.state < UnitState.DRAFTED:
            continue
        number = (one.contract_number or one.number) if contract else one.number
        day = (one.signed or one.subscribed) if contract else one.subscribed
        if day is not None and sought.first <= day <= sought.last:
            wanted = Wanted(sought.kind, number, one.unit, one.id)
            rows.append(JobRow(wanted, day, one.code, one.buyer, one.total, printed.get(number, 0)))
    return rows
