"""The work behind the import assistant, done in the lane: a file read, a sheet understood, its import planned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Event

from salescenter.domain.columns import Kind
from salescenter.domain.import_terms import BadRow
from salescenter.domain.refusals import NoHeader
from salescenter.import_words import stage_words
from salescenter.services.importing.assistant import columns_found, open_units, open_visits
from salescenter.services.importing.draft import Choice, Found
from salescenter.services.importing.plan import ImportPlan, plan
from salescenter.services.importing.reader import Book, read_book
from salescenter.services.importing.store import ImportResult, carry_out
from salescenter.services.importing.visit_store import VisitPlan, VisitResult, carry_out_visits, plan_visits
from salescenter.services.importing.watch import Watch
from salescenter.services.work import Desk
from salescenter.ui.kit.lane import Ticket

Plan = ImportPlan | VisitPlan
Result = ImportResult | VisitResult


@dataclass(frozen=True, slots=True)
class Asked:
    """What the assistant stands at: the book, the kind of list, and what the user chose."""

    book: Book
    kind: Kind
    choice: Choice


@dataclass(frozen=True, slots=True)
class Checked:
    """A sheet as it was understood; `plan` is None while columns are lacking or no header was found."""

    asked: Asked
    found: Found
    plan: Plan | None
    no_header: bool = False

    @property
    def bad(self) -> tuple[BadRow, ...]:
        """The rows that stop the import."""
        return self.plan.bad if self.plan else ()

    @property
    def flagged(self) -> tuple[BadRow, ...]:
        """The rows that are kept but want a look."""
        return self.plan.draft.flagged if self.plan else ()


def read(path: Path, ticket: Ticket) -> Book:
    """Read a file."""
    ticket.tell(0, 0, stage_words("read"))
    return read_book(path)


def check(desk: Desk, asked: Asked, now: datetime, ticket: Ticket) -> Checked:
    """Understand a sheet and plan its import; one without a header is taken as entries from its first row on."""
    watch = watching(ticket)
    choice, no_header = asked.choice, False
    try:
        found = columns_found(desk, asked.book, asked.kind, choice)
    except NoHeader:
        largest = max(asked.book.sheets, key=lambda sheet: len(sheet.rows))
        if not largest.rows:
            raise
        no_header = True
        choice = replace(choice, sheet=choice.sheet or largest.name, header_row=0)
        found = columns_found(desk, asked.book, asked.kind, choice)
    if found.mapping.lacking():
        return Checked(asked, found, None, no_header)
    if asked.kind is Kind.VISITS:
        visits = open_visits(desk, asked.book, now.date(), choice, watch)
        return Checked(asked, found, plan_visits(desk, visits))
    units = plan(desk, open_units(desk, asked.book, choice, watch))
    return Checked(asked, replace(found, mapping=units.draft.mapping), units)


@dataclass(frozen=True, slots=True)
class Order:
    """An import as it is to be carried out; `leave_out`: without its bad rows."""

    plan: Plan
    now: datetime
    leave_out: bool


def carry(desk: Desk, order: Order, ticket: Ticket, halt: Event) -> Result:
    """Carry a plan out; `halt` stops it with Stopped, as long as nothing of it stands yet."""
    watch = watching(ticket, halt)
    if isinstance(order.plan, VisitPlan):
        return carry_out_visits(desk, order.plan, order.now, watch, leave_out=order.leave_out)
    return carry_out(desk, order.plan, order.now, watch, leave_out=order.leave_out)


def watching(ticket: Ticket, halt: Event | None = None) -> Watch:
    """Let a job tell its stages through a ticket and stop when the ticket is cancelled, or at a halt."""
    return Watch(
        tell=lambda done, whole, stage: ticket.tell(done, whole, stage_words(stage)),
        cancelled=lambda: ticket.cancelled or (halt is not None and halt.is_set()),
    )
