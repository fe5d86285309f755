"""The print centre says who gave a job up that nobody cancelled here, and names every printer in full."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.printing import JobState, NotNow, PrintingSilent, PrintJob, Way
from salescenter.domain.refusals import CannotWrite
from salescenter.services.printing.again import AgainRequest, print_again
from salescenter.services.printing.jobs import GIVEN_UP, UNKEPT
from salescenter.services.printing.spooler import Standing
from salescenter.ui.kit.deal_papers import show_receipt
from salescenter.ui.kit.keeping import HouseKeeper
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.print_watch import speak_up
from salescenter.ui.kit.printing_words import trouble
from salescenter.ui.papers.centre_view import CentreView
from tests.ui.papers.conftest import previewed, spooled
from tests.ui.sampled import Sampled
from tests.ui.spooling import Spooled

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


def test_the_job_is_on_the_disk_before_the_archive_keeps_its_paper_and_gone_where_it_does_not(
    qtbot: QtBot, here: Sampled, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue, project = here.room.printing().house.queue, here.desk.project
    seen: list[tuple[JobState, str]] = []
    keep = HouseKeeper.keep

    def watched(self: HouseKeeper, paper: Paper, key: str) -> None:
        seen.extend((job.state, job.why) for job in queue.jobs(project))
        if len(seen) == 1:
            raise CannotWrite(path="archive", why="full")
        keep(self, paper, key)

    monkeypatch.setattr(HouseKeeper, "keep", watched)
    show_receipt(here.room, "0000001")
    shown = previewed(qtbot, here, here.asked.papers[-1])
    shown.print_it()
    assert (seen, queue.jobs(project)) == ([(JobState.WAITING, UNKEPT)], ())
    shown.print_it()
    assert seen[1:] == [(JobState.WAITING, UNKEPT)]
    assert [(job.state, job.why) for job in queue.jobs(project)] == [(JobState.PRINTED, "")]
    assert len(spooled(here).sent) == 1


def test_a_job_the_program_left_while_the_archive_kept_its_paper_says_so_and_is_only_cancelled(
    here: Sampled, centre: CentreView
) -> None:
    house = here.room.printing().house
    house.queue.put(replace(_a_job(here), why=UNKEPT), b"%PDF", here.room.now())
    centre.load()
    assert centre.card.banner.text() == "这份单据没有交给打印机：归档时程序中断。"
    assert (centre.card.main.isHidden(), centre.card.again.isHidden(), centre.card.cancel.isHidden()) == (True, True, False)
    centre.print_it()
    with pytest.raises(NotNow):
        print_again(here.desk, house, AgainRequest("k" * 32, Way("前台")), here.room.now())
    assert spooled(here).sent == []
    centre.card.cancel_it()
    assert centre.table.rows()[0].state is JobState.CANCELLED


def test_a_print_service_that_falls_silent_with_jobs_is_said_once_until_it_answers(
    qtbot: QtBot, here: Sampled, centre: CentreView, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    healed: list[str] = []
    watch = here.room.printing()
    speak_up(watch, lambda sentence, *_: said.append(sentence), healed.append)
    spooled(here).stands = Standing(JobState.PRINTING, 3)
    show_receipt(here.room, "0000001")
    previewed(qtbot, here, here.asked.papers[-1]).print_it()

    def silent(*_: object) -> Standing:
        raise PrintingSilent(why="Connection refused")

    with monkeypatch.context() as stopped:
        stopped.setattr(Spooled, "standing", silent)
        for _ in range(3):
            watch.look()
        assert said == ["本机的打印服务没有回应：未启动。"]
        assert (centre.banner.isHidden(), healed) == (False, [])
    watch.look()
    assert (centre.banner.isHidden(), healed) == (True, said)


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
