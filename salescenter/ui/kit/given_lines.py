"""Papers a customer holds, as lines: what each is, its number and day, and what it is worth today."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from salescenter.i18n import mark, tr
from salescenter.services.papers.given import Given, Worth
from salescenter.services.papers.titles import duty_words, paper_words
from salescenter.ui.kit import formats
from salescenter.ui.kit.archived import archived
from salescenter.ui.kit.lines import Line
from salescenter.ui.kit.records import Mark
from salescenter.ui.kit.room import Room

WORTHS: dict[Worth, tuple[str, str]] = {
    Worth.BACK: (mark("to come back"), "danger"), Worth.VALID: (mark("valid"), "accent"),
    Worth.SUPERSEDED: (mark("superseded"), "warning"), Worth.VOID: (mark("void"), "neutral"),
}  # fmt: skip


def given_line(one: Given, now: datetime) -> Line:
    """Write one paper; what is to be done about one that is to come back stands in its tip."""
    words, tone = WORTHS[one.worth]
    copies = tr("printed {count}×", count=one.copies) if one.copies > 1 else ""
    detail = " · ".join(part for part in (one.number, formats.moment(one.at, now), copies) if part)
    tip = duty_words(one.duty, one.kind, one.number) if one.duty is not None else ""
    return Line(one.paper, paper_words(one.kind), badges=(Mark(tr(words), tone),), detail=detail, tip=tip,
                faint=one.worth is Worth.VOID)  # fmt: skip


def open_given(room: Room, one: Given, owner: QWidget) -> None:
    """Show the newest print of a paper as it was."""
    desk, now = room.desk, room.now()
    room.papers.run(lambda: archived(desk, one.paper, now), room.show_paper, owner=owner, refused=room.refuse)
