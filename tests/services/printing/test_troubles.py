"""A run of 200 letters on a real CUPS that fails in every way there is: it says so, loses nothing, prints nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from salescenter.domain.papers.printing import Hitch, JobState, NotNow, PrintingSilent, PrintJob, Sides, Way
from salescenter.domain.refusals import PrinterAway
from salescenter.services.printing.cups import Cups
from salescenter.services.printing.ipp import Operation, Question, Tag, said
from salescenter.services.printing.jobs import GIVEN_UP, LOST_AFTER, PrintHouse, Rest, mark_of
from salescenter.services.printing.queue import PrintQueue
from salescenter.services.printing.spooler import Parcel
from tests import print_service
from tests.print_service import PrintService
from tests.services.printing.conftest import NOW, a_job, becomes, until
from tests.services.printing.test_cups import pause

LETTERS = 200


@pytest.fixture
def service() -> Iterator[PrintService]:
    """A service that this test alone may stop and spoil."""
    if (cupsd := print_service.program()) is None:
        print_service.do_without()
    with print_service.printing(cupsd) as running:
        yield running


@pytest.fixture(scope="module")
def letters() -> bytes:
    made, file = PdfWriter(), BytesIO()
    for _ in range(LETTERS):
        made.add_blank_page(595, 842)
    made.write(file)
    return file.getvalue()


@pytest.fixture
def run(house: PrintHouse, letters: bytes) -> PrintJob:
    """The letters as a job that waits on this PC."""
    return house.queue.put(replace(a_job("e" * 32, sides=Sides.LONG), kind="dunning", pages=LETTERS), letters, NOW)


def came_out(service: PrintService, printer: str = "Contracts") -> list[int]:
    """How many pages each file has that a printer put out."""
    return [len(PdfReader(BytesIO(one)).pages) for one in service.sheets(printer)]


def under_way(house: PrintHouse, service: PrintService, key: str, out: int) -> None:
    """Hand a job over and let the printer stand still after so many pages."""
    service.trouble("Contracts", f"after {out}")
    house.send(key, NOW)
    until(lambda: bool(house.look(1, NOW)) and house.queue.job(key).sheets == out)


def test_a_service_that_ends_in_the_middle_is_said_and_prints_the_run_when_it_is_back(
    house: PrintHouse, service: PrintService, run: PrintJob, letters: bytes
) -> None:
    under_way(house, service, run.key, 3)
    service.down()
    with pytest.raises(PrintingSilent):
        house.look(1, NOW)
    assert house.queue.job(run.key).state is JobState.PRINTING
    assert house.queue.pdf(run.key) == letters
    other = house.queue.put(a_job("o" * 32), letters, NOW)
    with pytest.raises(PrinterAway):
        house.send(other.key, NOW)
    assert house.queue.job(other.key).state is JobState.FAILED
    service.trouble("Contracts", "")
    service.up()
    done = becomes(house, run.key, JobState.PRINTED)
    assert (done.tries, came_out(service)) == (1, [LETTERS])


def test_a_service_that_lost_its_jobs_in_a_power_cut_leaves_the_run_in_doubt_whoever_has_its_number_now(
    house: PrintHouse, service: PrintService, run: PrintJob, letters: bytes
) -> None:
    under_way(house, service, run.key, 3)
    service.down(lost=True)
    service.up()
    number = house.spooler.take(Parcel("stranger-1", "别的文件", "别人", Way("Receipts"), letters, (595, 842)))
    assert number == house.queue.job(run.key).spool, "it numbers from 1 again"
    until(lambda: bool(service.sheets("Receipts")))
    doubt = becomes(house, run.key, JobState.DOUBTFUL, JobState.PRINTED)
    assert (doubt.state, doubt.sheets, house.queue.pdf(run.key)) == (JobState.DOUBTFUL, 3, letters)
    assert came_out(service) == []


@pytest.mark.parametrize("deed", ["cancel", "again"])
def test_a_job_the_service_lost_is_neither_cancelled_nor_printed_again_unasked_nor_is_a_strangers(
    house: PrintHouse, service: PrintService, run: PrintJob, letters: bytes, deed: str
) -> None:
    under_way(house, service, run.key, 3)
    service.down(lost=True)
    service.trouble("Receipts", "media-empty-error")
    service.up()
    house.spooler.take(Parcel("stranger-1", "别的文件", "别人", Way("Receipts"), letters, (595, 842)))
    with pytest.raises(NotNow) as asks:
        house.cancel(run.key, NOW) if deed == "cancel" else house.again(run.key, run.way, NOW)
    assert (asks.value.details["state"], house.queue.job(run.key).state) == 2 * (JobState.DOUBTFUL,)
    service.trouble("Receipts", "")
    until(lambda: came_out(service, "Receipts") == [LETTERS])


def test_a_queue_deleted_while_a_job_waits_in_it_is_said_and_the_job_goes_elsewhere(
    house: PrintHouse, service: PrintService, run: PrintJob
) -> None:
    cups = house.spooler
    assert isinstance(cups, Cups)
    pause(cups, "Contracts", Operation.PAUSE_PRINTER)
    house.send(run.key, NOW)
    until(lambda: bool(house.look(1, NOW)) and house.queue.job(run.key).hitch is Hitch.STOPPED)
    about = {**cups._queue("Contracts"), "requesting-user-name": said(Tag.NAME, cups.user)}
    delete = Question(Operation.CUPS_DELETE_PRINTER, about)
    assert cups._ask(delete, path="/admin/").good
    gone = becomes(house, run.key, JobState.FAILED, JobState.DOUBTFUL)
    assert gone.state is JobState.DOUBTFUL, "nobody tells whether it began"
    house.again(run.key, Way("Receipts"), NOW)
    house.send(gone.key, NOW)
    becomes(house, run.key, JobState.PRINTED)
    assert (came_out(service), came_out(service, "Receipts")) == ([], [LETTERS])


def test_a_job_that_the_printer_gives_up_has_failed_and_is_not_taken_for_one_we_cancelled(
    house: PrintHouse, service: PrintService, run: PrintJob, letters: bytes
) -> None:
    service.trouble("Contracts", "give-up")
    house.send(run.key, NOW)
    failed = becomes(house, run.key, JobState.FAILED, JobState.CANCELLED)
    assert failed.state is JobState.FAILED
    assert house.queue.pdf(run.key) == letters
    service.trouble("Contracts", "")
    house.again(run.key, run.way, NOW)
    house.send(run.key, NOW)
    assert becomes(house, run.key, JobState.PRINTED).tries == 2
    assert came_out(service) == [LETTERS]


def test_a_job_cancelled_at_the_printer_by_somebody_else_is_said_with_what_is_out(
    house: PrintHouse, service: PrintService, run: PrintJob
) -> None:
    under_way(house, service, run.key, 7)
    house.spooler.cancel("Contracts", house.queue.job(run.key).spool, mark_of(house.queue.job(run.key)))
    failed = becomes(house, run.key, JobState.FAILED, JobState.CANCELLED)
    assert (failed.state, failed.sheets, failed.why, came_out(service)) == (JobState.FAILED, 7, GIVEN_UP, [])


def test_a_run_cancelled_in_the_middle_keeps_what_is_out_and_the_rest_is_printed_once(
    house: PrintHouse, service: PrintService, run: PrintJob, letters: bytes
) -> None:
    under_way(house, service, run.key, 60)
    cancelled = house.cancel(run.key, NOW)
    assert (cancelled.state, cancelled.sheets) == (JobState.CANCELLED, 60)
    service.trouble("Contracts", "")
    assert house.look(1, NOW) == ()
    rest, file = PdfWriter(), BytesIO()
    for page in PdfReader(BytesIO(letters)).pages[60:]:
        rest.add_page(page)
    rest.write(file)
    house.again(run.key, run.way, NOW, Rest(file.getvalue(), LETTERS - 60, (595, 842)))
    house.send(run.key, NOW)
    becomes(house, run.key, JobState.PRINTED)
    assert came_out(service) == [LETTERS - 60]


def test_a_printer_whose_driver_fails_stops_its_queue_and_says_so_and_goes_on_when_it_is_let(
    house: PrintHouse, service: PrintService, run: PrintJob
) -> None:
    cups = house.spooler
    assert isinstance(cups, Cups)
    service.trouble("Contracts", "fail")
    house.send(run.key, NOW)
    until(lambda: bool(house.look(1, NOW)) and house.queue.job(run.key).hitch is Hitch.STOPPED)
    service.trouble("Contracts", "")
    pause(cups, "Contracts", Operation.RESUME_PRINTER)
    assert becomes(house, run.key, JobState.PRINTED).tries == 1
    assert came_out(service) == [LETTERS]


_KILLED = """
import os, signal, sys
from dataclasses import dataclass
from pathlib import Path
from salescenter.services.printing.cups import Cups
from salescenter.services.printing.jobs import PrintHouse
from salescenter.services.printing.queue import PrintQueue
from tests.services.printing.conftest import NOW

class Deadly(Cups):
    def take(self, parcel):
        if sys.argv[3] == "after":
            super().take(parcel)
        os.kill(os.getpid(), signal.SIGKILL)

PrintHouse(PrintQueue(Path(sys.argv[1])), Deadly(sys.argv[2])).send(sys.argv[4], NOW)
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_program_killed_while_it_hands_a_run_over_prints_it_once_or_asks(
    house: PrintHouse, service: PrintService, run: PrintJob, letters: bytes, when: str
) -> None:
    command = [sys.executable, "-c", _KILLED, str(house.queue.file), str(service.socket), when, run.key]
    root = Path(__file__).parents[3]
    killed = subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    begun = PrintHouse(PrintQueue(house.queue.file), house.spooler)
    assert begun.queue.job(run.key).state is JobState.SENDING
    if when == "after":
        assert becomes(begun, run.key, JobState.PRINTED).tries == 1
        assert came_out(service) == [LETTERS]
        return
    (asks,) = begun.look(1, NOW + LOST_AFTER + timedelta(seconds=1))
    assert (asks.state, begun.queue.pdf(run.key)) == (JobState.DOUBTFUL, letters)
    assert came_out(service) == [], "only a person says that it goes once more"


def test_two_pcs_with_one_printer_keep_their_jobs_apart(
    house: PrintHouse, service: PrintService, run: PrintJob, letters: bytes, tmp_path: Path
) -> None:
    other = PrintHouse(PrintQueue(tmp_path / "other" / "printing.db"), Cups(str(service.socket), "other"))
    other.queue.put(replace(run, by="陆青禾"), letters, NOW)  # even with the same key: its number is not the same
    under_way(house, service, run.key, 2)
    other.send(run.key, NOW)
    assert house.queue.job(run.key).spool != other.queue.job(run.key).spool
    house.cancel(run.key, NOW)
    service.trouble("Contracts", "")
    assert becomes(other, run.key, JobState.PRINTED).by == "陆青禾"
    assert (house.look(1, NOW), came_out(service)) == ((), [LETTERS])
