"""A job of this PC survives whatever happens: crash, power cut, two windows; nothing is lost or printed twice unseen."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from salescenter.domain.papers.printing import (
    AT_THE_PRINTER,
    NEXT,
    BetweenTwo,
    Hitch,
    JobState,
    Move,
    NotNow,
    PrintingSilent,
    Way,
    after,
    hitch_of,
)
from salescenter.domain.refusals import CannotWrite, NotFound, PrinterAway
from salescenter.services.printing.jobs import HANDED, LOST_AFTER, PrintHouse, Rest
from salescenter.services.printing.queue import KEPT, PrintQueue
from salescenter.services.printing.spooler import HANDED_OVER, Standing
from tests.services.printing.conftest import NOW, PDF, a_job
from tests.ui.spooling import Spooled

KEY = "a" * 32
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def spooled() -> Spooled:
    return Spooled(("Contracts", "Receipts"), stands=Standing(JobState.PRINTING, 1))


@pytest.fixture
def pc(queue: PrintQueue, spooled: Spooled) -> PrintHouse:
    queue.put(a_job(), PDF, NOW)
    return PrintHouse(queue, spooled)


def after_a_crash(pc: PrintHouse) -> PrintHouse:
    """The same PC, started again."""
    return PrintHouse(PrintQueue(pc.queue.file), pc.spooler)


def test_a_job_is_on_the_disk_with_its_file_before_a_printer_hears_of_it(pc: PrintHouse) -> None:
    again = after_a_crash(pc)
    assert again.queue.jobs(1) == (replace(a_job(), changed=NOW),)
    assert again.queue.pdf(KEY) == PDF
    assert again.look(1, LATER) == (), "nobody asked for it to be printed now"


def test_a_job_cut_off_while_it_was_handed_over_says_so_and_asks(pc: PrintHouse) -> None:
    pc.queue.move(KEY, Move.SEND, NOW, tries=1)
    started = after_a_crash(pc)
    assert started.look(1, NOW + LOST_AFTER) == (), "the other window may be handing it over just now"
    (found,) = started.look(1, NOW + LOST_AFTER + timedelta(seconds=1))
    assert found.state is JobState.DOUBTFUL
    assert started.queue.pdf(KEY) == PDF
    assert started.came_out(KEY, LATER).state is JobState.PRINTED


def test_a_job_the_service_took_before_the_crash_is_found_and_not_printed_again(
    pc: PrintHouse, spooled: Spooled
) -> None:
    pc.queue.move(KEY, Move.SEND, NOW, tries=1)
    spooled.known[f"{KEY[:12]}-1"] = 77
    (found,) = after_a_crash(pc).look(1, NOW)
    assert (found.state, found.spool) == (JobState.QUEUED, 77)
    assert spooled.sent == []


def test_a_service_that_broke_off_leaves_the_job_doubtful(pc: PrintHouse, spooled: Spooled) -> None:
    spooled.away = BetweenTwo(printer="Contracts", why="reset")
    assert pc.send(KEY, NOW).state is JobState.DOUBTFUL
    spooled.away = None
    pc.again(KEY, Way("Receipts"), LATER)
    assert pc.send(KEY, LATER).tries == 2
    assert [one.mark for one in spooled.sent] == [f"{KEY[:12]}-2"]


def test_a_printer_that_is_away_loses_nothing(pc: PrintHouse, spooled: Spooled) -> None:
    spooled.away = PrinterAway(printer="Contracts", why="no-such-printer")
    with pytest.raises(PrinterAway):
        pc.send(KEY, NOW)
    assert (pc.queue.job(KEY).state, pc.queue.job(KEY).why) == (JobState.FAILED, "no-such-printer")
    assert pc.queue.pdf(KEY) == PDF


def test_of_two_windows_that_send_the_same_job_one_is_refused(pc: PrintHouse, spooled: Spooled) -> None:
    pc.send(KEY, NOW)
    with pytest.raises(NotNow):
        after_a_crash(pc).send(KEY, NOW)
    assert len(spooled.sent) == 1


def test_progress_and_trouble_are_heard_once(pc: PrintHouse, spooled: Spooled) -> None:
    pc.send(KEY, NOW)
    assert [job.state for job in pc.look(1, NOW)] == [JobState.PRINTING]
    assert pc.look(1, NOW) == ()
    spooled.stands = Standing(JobState.PRINTING, 3, Hitch.JAM, "卡纸")
    (jammed,) = pc.look(1, NOW)
    assert (jammed.sheets, jammed.hitch, jammed.why) == (3, Hitch.JAM, "卡纸")
    spooled.stands = Standing(JobState.PRINTED, 5)
    (done,) = pc.look(1, LATER)
    assert (done.state, done.sheets, done.hitch) == (JobState.PRINTED, 5, None)


def test_a_job_the_service_has_forgotten_is_doubtful(pc: PrintHouse, spooled: Spooled) -> None:
    pc.send(KEY, NOW)
    spooled.stands = None
    assert [job.state for job in pc.look(1, NOW)] == [JobState.DOUBTFUL]


def test_a_service_that_tells_nothing_counts_as_done_and_says_that(queue: PrintQueue) -> None:
    class Mute(Spooled):
        def take(self, parcel: object) -> int:
            return HANDED_OVER

    queue.put(a_job(), PDF, NOW)
    done = PrintHouse(queue, Mute()).send(KEY, NOW)
    assert (done.state, done.why) == (JobState.PRINTED, HANDED)


def test_what_came_out_meanwhile_is_not_taken_back(pc: PrintHouse, spooled: Spooled) -> None:
    pc.send(KEY, NOW)
    spooled.stands = Standing(JobState.PRINTED, 1)
    with pytest.raises(NotNow):
        pc.cancel(KEY, NOW)
    with pytest.raises(NotNow):
        pc.again(KEY, Way("Receipts"), NOW)
    assert spooled.cancelled == [1, 1]


def test_the_rest_of_a_run_is_printed_without_what_is_out(pc: PrintHouse, spooled: Spooled) -> None:
    pc.send(KEY, NOW)
    pc.cancel(KEY, NOW)
    pc.again(KEY, Way("Receipts"), NOW, Rest(b"%PDF rest", 3, (420.0, 595.0)))
    pc.send(KEY, NOW)
    assert (spooled.sent[1].pdf, spooled.sent[1].paper) == (b"%PDF rest", (420.0, 595.0))
    assert pc.queue.job(KEY).pages == 3


def test_a_printed_file_is_not_kept_a_second_time(pc: PrintHouse, spooled: Spooled) -> None:
    pc.send(KEY, NOW)
    spooled.stands = Standing(JobState.PRINTED, 1)
    pc.look(1, NOW)
    with pytest.raises(NotFound):
        pc.queue.pdf(KEY)
    assert PDF not in pc.queue.file.read_bytes()


def test_a_job_long_cancelled_has_no_file_and_cannot_be_printed(pc: PrintHouse) -> None:
    pc.cancel(KEY, NOW)
    pc.queue.put(a_job("b" * 32), PDF, NOW + timedelta(days=2))
    with pytest.raises(NotNow):
        pc.again(KEY, Way("Receipts"), NOW + timedelta(days=2))
    pc.queue.put(a_job("c" * 32), PDF, NOW + KEPT + timedelta(days=3))
    assert [job.key[0] for job in pc.queue.jobs(1)] == ["b", "c"]


def test_nobody_else_of_this_pc_may_read_the_jobs(pc: PrintHouse) -> None:
    if os.name != "nt":
        assert stat.S_IMODE(pc.queue.file.stat().st_mode) == 0o600


def test_another_project_has_jobs_of_its_own(pc: PrintHouse) -> None:
    assert pc.queue.jobs(2) == ()


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    (tmp_path / "pc").write_text("in the way")
    with pytest.raises(CannotWrite):
        PrintQueue(tmp_path / "pc" / "printing.db").put(a_job(), PDF, NOW)


def test_a_service_that_is_silent_lets_every_job_stand(pc: PrintHouse, spooled: Spooled) -> None:
    class Silent(Spooled):
        def standing(self, printer: str, number: int, mark: str) -> Standing | None:
            raise PrintingSilent(why="refused")

    pc.send(KEY, NOW)
    with pytest.raises(PrintingSilent):
        PrintHouse(pc.queue, Silent()).look(1, LATER)
    assert pc.queue.job(KEY).state is JobState.QUEUED


def test_every_state_that_is_not_over_can_be_left_by_a_person_or_by_itself() -> None:
    left = {state for state, _ in NEXT}
    assert left == set(JobState) - {JobState.PRINTED}
    assert {after(state, Move.LOSE) for state in AT_THE_PRINTER} == {JobState.DOUBTFUL}
    with pytest.raises(NotNow):
        after(JobState.PRINTED, Move.AGAIN, "收据")


@pytest.mark.parametrize(
    ("reasons", "hitch"),
    [
        (("none",), None), (("toner-low-warning",), None), (("media-empty-error", "media-jam"), Hitch.JAM),
        (("media-empty-report",), None), (("offline-report",), Hitch.OFFLINE), (("strange-error",), Hitch.OTHER),
        (("cover-open",), Hitch.OPEN), (("marker-supply-empty-error",), Hitch.INK), (("paused",), Hitch.STOPPED),
    ],
)  # fmt: skip
def test_what_holds_a_printer_up_is_read_from_its_reasons(reasons: tuple[str, ...], hitch: Hitch | None) -> None:
    assert hitch_of(reasons) is hitch
