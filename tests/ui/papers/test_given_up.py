"""The print centre says who gave a job up that nobody cancelled here, and names every printer in full."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.printing import JobState, PrintJob, Way
from salescenter.services.printing.jobs import GIVEN_UP
from salescenter.services.printing.spooler import Standing
from salescenter.ui.kit.deal_papers import show_receipt
from salescenter.ui.kit.print_watch import speak_up
from salescenter.ui.kit.printing_words import trouble
from salescenter.ui.papers.centre_view import CentreView
from tests.ui.papers.conftest import previewed, spooled
from tests.ui.sampled import Sampled

LONG = "Canon_iR-ADV_C3520_财务室"


@pytest.fixture
def centre(here: Sampled, window: QWidget) -> CentreView:
    made = CentreView(here.room)
    made.setParent(window)
    made.resize(window.size())
    made.show()
    return made


def _a_job(here: Sampled) -> PrintJob:
    return PrintJob("k" * 32, here.desk.project, "dunning", "", "200 份单据", "冷月", here.room.now(), Way("前台"))


def test_a_job_somebody_cancelled_at_the_printer_is_said_everywhere_and_printed_again_by_one_press(
    qtbot: QtBot, here: Sampled, centre: CentreView
) -> None:
    said: list[tuple[str, str, str]] = []
    speak_up(here.room.printing(), lambda *words: said.append(words), lambda _: None)
    spooled(here).stands = Standing(JobState.CANCELLED)
    show_receipt(here.room, "0000001")
    shown = previewed(qtbot, here, here.asked.papers[-1])
    shown.print_it()
    centre.load()
    words = "打印机没有打印这份单据。（已在打印机上或本机打印设置中取消）"
    assert (shown._banner.text(), centre.card.banner.text()) == (words, words)
    assert said[-1][0] == f"收据 0000001：{words}"
    assert centre.status() == "1 个打印任务待处理。"
    spooled(here).stands = Standing(JobState.PRINTED, 1)
    centre.print_it()
    assert [(job.state, job.tries) for job in centre.table.rows()] == [(JobState.PRINTED, 2)]


def test_what_was_cancelled_there_in_the_middle_says_how_many_pages_are_out(here: Sampled) -> None:
    said = trouble(replace(_a_job(here), pages=200, sheets=60, state=JobState.FAILED, why=GIVEN_UP))
    assert said is not None
    assert said[0] == "共 200 页，只打出 60 页。（已在打印机上或本机打印设置中取消）"


def test_a_printer_of_a_long_name_is_read_whole(here: Sampled, centre: CentreView) -> None:
    queue = here.room.printing().house.queue
    queue.put(replace(_a_job(here), way=Way(LONG)), b"%PDF", here.room.now())
    centre.load()
    view = centre.table.view
    at = next(at for at, column in enumerate(centre.table.model.columns) if column.title == "打印机")
    assert not view.isColumnHidden(at)
    assert view.columnWidth(at) > QFontMetrics(view.font()).horizontalAdvance(LONG)
    facts = {fact.label: fact.value for fact in centre.card.facts.facts()}
    assert (facts["打印机"], facts["单双面"]) == (LONG, "单面")
