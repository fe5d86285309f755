"""What the import assistant and the command line call: a file opened for a desk, with what the user taught before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from salescenter.domain.columns import Kind
from salescenter.services import words
from salescenter.services.importing.draft import FREE, Choice, Found, UnitDraft, find, units_of
from salescenter.services.importing.memory import taught
from salescenter.services.importing.reader import Book
from salescenter.services.importing.visit_draft import VisitDraft, visits_of
from salescenter.services.importing.watch import UNWATCHED, Watch
from salescenter.services.work import Desk


def open_units(desk: Desk, book: Book, choice: Choice = FREE, watch: Watch = UNWATCHED) -> UnitDraft:
    """Draft a unit list; columns the user corrected before, for these headers, are recalled."""
    found, choice = _recalled(desk, book, Kind.UNITS, choice, watch)
    return units_of(found, choice, watch)


def open_visits(
    desk: Desk, book: Book, today: date, choice: Choice = FREE, watch: Watch = UNWATCHED
) -> VisitDraft:
    """Draft a visit or call ledger with the house's dictionaries."""
    found, _ = _recalled(desk, book, Kind.VISITS, choice, watch)
    return visits_of(found, today, words.dictionaries(desk), watch)


def columns_found(desk: Desk, book: Book, kind: Kind, choice: Choice = FREE) -> Found:
    """Return the sheet, header and columns alone, also where a column that is needed was not found."""
    return _recalled(desk, book, kind, choice, UNWATCHED)[0]


def _recalled(desk: Desk, book: Book, kind: Kind, choice: Choice, watch: Watch) -> tuple[Found, Choice]:
    found = find(book, kind, choice, watch)
    if choice.taught or choice.by_hand:
        return found, choice
    known = taught(desk, found.mapping)
    return replace(found, mapping=found.mapping.recall(known)), replace(choice, taught=known)
