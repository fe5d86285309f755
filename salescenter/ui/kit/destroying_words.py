"""What is said when papers cannot be destroyed, or were; and why some of them stay."""

from __future__ import annotations

from salescenter.domain.papers.destruction import KeptByMark, ListState, NotApproved, NothingToDestroy, PaperDestroyed
from salescenter.domain.papers.retention import Held, KeptTooShort
from salescenter.i18n import mark, tr, trn

DESTROYING: dict[type[Exception], tuple[str, str]] = {
    PaperDestroyed: (
        mark("{number} was destroyed on {on} under list {listed}: its years were over."),
        mark("The list says what it was. Whoever has a copy can have its fingerprint compared under Check a paper.")),
    NothingToDestroy: (
        mark("Nothing of this may be destroyed today."),
        mark("Look at the list again: it says what stays, and why.")),
    KeptByMark: (
        mark("{number} is marked to be kept: {why}."),
        mark("Back office or a manager lifts the mark first, with a reason.")),
    KeptTooShort: (
        mark("{law} asks for {least} years at least."),
        mark("Enter {least} or more, or 0 to keep it for good.")),
    NotApproved: (
        mark("Nobody has approved list {number} yet."),
        mark("A manager who did not propose it approves it under To do.")),
}  # fmt: skip

_HELD: dict[Held, str] = {
    Held.DEAL: mark("the deal goes on"), Held.MONEY: mark("money is open"), Held.SEIZED: mark("the unit is seized"),
    Held.DAY: mark("its day was never closed"), Held.LATER: mark("a later print or scan is still kept"),
    Held.TERM: mark("its years are not over"), Held.LISTED: mark("it stands on another list"),
    Held.MARKED: mark("it is marked to be kept"),
}  # fmt: skip

STATES: dict[ListState, tuple[str, str]] = {
    ListState.WAITING: (mark("waits for approval"), "warning"),
    ListState.APPROVED: (mark("approved, to be carried out"), "accent"),
    ListState.DECLINED: (mark("declined"), "neutral"),
    ListState.DONE: (mark("destroyed"), "neutral"),
}
"""Where a list is, in words, and their tone."""


def held_words(held: Held) -> str:
    """Say why papers stay."""
    return tr(_HELD[held])


def amount_words(papers: int, prints: int, scans: int) -> str:
    """Count what a list names: 12 papers (14 prints, 3 scans)."""
    return tr(
        "{papers} ({prints}, {scans})", papers=trn("{count} paper", "{count} papers", count=papers),
        prints=trn("{count} print", "{count} prints", count=prints),
        scans=trn("{count} scan", "{count} scans", count=scans),
    )  # fmt: skip
