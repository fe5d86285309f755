"""Years later on the tour: what is past its years is proposed to be destroyed, and its list printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from salescenter.app import Programme
from salescenter.domain.papers.check import PaperKind
from salescenter.i18n import tr
from salescenter.services.papers.retention import KindTerm
from salescenter.tour import papers
from salescenter.tour.album import Album
from salescenter.tour.lan_stops import open_section
from salescenter.tour.robot import Robot
from salescenter.tour.selling_stops import agree, sheet
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.settings.destroying import ProposeSheet
from salescenter.ui.settings.retention import RetentionSection

Act = Callable[[Robot, Album], None]
YEARS_ON = timedelta(days=3 * 366)
"""Until then the shortest term there is, one year from the end of this one, is over."""


class YearsOn(Programme):
    """The program, on the same house, years from now."""

    def _now(self) -> datetime:
        now: datetime = super()._now()
        return now + YEARS_ON


def set_a_term(robot: Robot, album: Album) -> None:
    """Say that quotations, which bind nobody, are kept for a year."""
    section = _section(robot)
    table: RecordTable[KindTerm] = section.kinds.table
    robot.until(table.rows, "the terms of all kinds")
    robot.bring_into_view(section.kinds.button)
    table.select_key(PaperKind.QUOTATION)
    robot.press(tr("Set the years …"))
    over = sheet(robot)
    robot.fill(tr("Kept for, years"), "1")
    album.see("term-of-a-kind")
    agree(robot, over, "the term to be kept")


def propose(robot: Robot, album: Album) -> None:
    """Propose to destroy what is past its years, and print the list that waits for a second person."""
    section = _section(robot)
    robot.until(section.propose.isEnabled, "papers past their years")
    robot.press(tr("Propose to destroy …"))
    robot.until(lambda: isinstance(robot.window(), ProposeSheet), "the sheet of what is past its years")
    over = robot.window()
    assert isinstance(over, ProposeSheet)
    robot.until(over.propose.isEnabled, "what may go")
    robot.fill(tr("Why they may go"), "保管期满，无未了结事项")
    album.see("propose-to-destroy")
    agree(robot, over, "the list to be proposed")
    robot.until(lambda: section.lists.rows() and section.show_list.isEnabled(), "the list")
    robot.bring_into_view(section.show_list)
    album.see("destruction-lists")
    robot.press(tr("Show the list"))
    papers.take(robot, album, PaperKind.DESTRUCTION.value)


def _section(robot: Robot) -> RetentionSection:
    open_section(robot, tr("Keeping of papers", context="settings"))
    return robot.the(RetentionSection, "the keeping of papers")


TERM: tuple[tuple[str, Act], ...] = (("say how long a kind is kept", set_a_term),)
"""Its part of the tour."""

LATER: tuple[tuple[str, Act], ...] = (("propose to destroy years later", propose),)
"""What comes years later, after a log-in of its own."""
