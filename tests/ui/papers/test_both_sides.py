"""A run of papers printed on both sides of its sheets: no paper ever stands on the back of another customer's."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.printing import Sides, Way
from salescenter.ui.kit.lane import Ticket
from salescenter.ui.kit.paper_job import Job, Wanted, compose
from salescenter.ui.kit.ways import keep_way
from tests.print.reading import pages
from tests.ui.papers.conftest import previewed, spooled
from tests.ui.sampled import NOW, Sampled

NUMBERS = ("0000001", "0000002", "0000003")


@pytest.mark.parametrize(("sides", "on"), [
    (Sides.ONE, ["0000001", "0000002", "0000003"]), (Sides.LONG, ["0000001", "", "0000002", "", "0000003"]),
    (Sides.SHORT, ["0000001", "", "0000002", "", "0000003"]),
])  # fmt: skip
def test_each_paper_of_a_run_begins_on_a_sheet_of_its_own(
    qtbot: QtBot, here: Sampled, sides: Sides, on: list[str]
) -> None:
    wanted = [Wanted(PaperKind.RECEIPT, number, None, None) for number in NUMBERS]
    keep_way(here.room.drafts, "receipt", Way("前台", "", sides))
    shown = previewed(qtbot, here, compose(here.desk, Job(wanted), NOW, Ticket()))
    shown.print_it()
    (sent,) = spooled(here).sent
    assert sent.way.sides is sides
    found = pages(sent.pdf)
    assert len(found) == len(on)
    assert all(number in text if number else not text.strip() for number, text in zip(on, found, strict=True))
    (job,) = here.room.printing().house.queue.jobs(here.desk.project)
    assert job.pages == len(on)
