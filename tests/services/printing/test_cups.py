"""A real CUPS prints what it is given: the PDF itself, in its size, tray and sides; its troubles are heard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from salescenter.domain.papers.printing import BetweenTwo, Hitch, JobState, PrintingSilent, Sides, Size, Way
from salescenter.domain.refusals import PrinterAway
from salescenter.services.printing.cups import Cups
from salescenter.services.printing.ipp import Operation, Question, Tag, said, written
from salescenter.services.printing.jobs import PrintHouse, mark_of
from salescenter.services.printing.spooler import Parcel
from tests.print_service import PrintService
from tests.services.printing.conftest import A4, NOW, PDF, a_job, becomes, until


def test_the_printers_of_this_pc_are_named_with_their_trays_and_sides(house: PrintHouse) -> None:
    found = {one.name: one for one in house.spooler.printers()}
    assert set(found) == {"Contracts", "Receipts"}
    assert found["Contracts"].trays == ("top", "bottom")
    assert found["Contracts"].sides == (Sides.ONE, Sides.LONG, Sides.SHORT)
    assert found["Contracts"].hitch is None


def test_a_contract_comes_out_on_both_sides_from_its_tray_as_the_very_pdf(
    house: PrintHouse, service: PrintService
) -> None:
    house.queue.put(a_job(tray="bottom", sides=Sides.LONG), PDF, NOW)
    assert house.send("a" * 32, NOW).state is JobState.QUEUED
    done = becomes(house, "a" * 32, JobState.PRINTED)
    assert (done.sheets, done.tries) == (1, 1)
    assert service.sheets("Contracts")[-1] == PDF
    copies, options = service.options("Contracts")[-1]
    assert copies == 1
    assert {"PageSize=A4", "InputSlot=Lower", "Duplex=DuplexNoTumble", "print-scaling=none"} <= options


def test_a_continuous_form_keeps_its_own_size_and_is_never_scaled(house: PrintHouse, service: PrintService) -> None:
    job = replace(a_job("f" * 32, "Receipts"), paper=(683.15, 264.47))
    house.queue.put(job, PDF, NOW)
    house.send(job.key, NOW)
    becomes(house, job.key, JobState.PRINTED)
    _, options = service.options("Receipts")[-1]
    assert {"PageSize=Custom.683x264", "print-scaling=none", "Duplex=None"} <= options


def test_another_size_of_paper_is_filled(house: PrintHouse, service: PrintService) -> None:
    job = replace(a_job("5" * 32), way=Way("Contracts", size=Size.A5))
    house.queue.put(job, PDF, NOW)
    house.send(job.key, NOW)
    becomes(house, job.key, JobState.PRINTED)
    assert {"PageSize=A5", "print-scaling=fit"} <= service.options("Contracts")[-1][1]


@pytest.mark.parametrize(
    ("told", "hitch"),
    [("media-jam-error", Hitch.JAM), ("media-empty-error", Hitch.PAPER), ("offline-report", Hitch.OFFLINE)],
)
def test_a_printer_in_trouble_says_why_and_goes_on_by_itself(
    house: PrintHouse, service: PrintService, told: str, hitch: Hitch
) -> None:
    service.trouble("Contracts", told)
    before = len(service.sheets("Contracts"))
    key = told.ljust(32, "x")
    house.queue.put(a_job(key), PDF, NOW)
    house.send(key, NOW)
    until(lambda: bool(house.look(1, NOW)) and house.queue.job(key).hitch is hitch)
    assert house.queue.pdf(key) == PDF
    service.trouble("Contracts", "")
    assert becomes(house, key, JobState.PRINTED).hitch is None
    assert len(service.sheets("Contracts")) == before + 1


def test_a_stopped_queue_keeps_the_job_and_another_printer_takes_it(
    house: PrintHouse, service: PrintService
) -> None:
    cups = house.spooler
    assert isinstance(cups, Cups)
    pause(cups, "Contracts", Operation.PAUSE_PRINTER)
    before = len(service.sheets("Contracts"))
    house.queue.put(a_job("s" * 32), PDF, NOW)
    house.send("s" * 32, NOW)
    until(lambda: bool(house.look(1, NOW)) and house.queue.job("s" * 32).hitch is Hitch.STOPPED)
    assert {one.name: one.hitch for one in cups.printers()}["Contracts"] is Hitch.STOPPED
    house.again("s" * 32, Way("Receipts"), NOW)
    house.send("s" * 32, NOW)
    assert becomes(house, "s" * 32, JobState.PRINTED).way.printer == "Receipts"
    pause(cups, "Contracts", Operation.RESUME_PRINTER)
    assert len(service.sheets("Contracts")) == before, "what was taken back must not come out as well"


def test_a_cancelled_job_never_comes_out(house: PrintHouse, service: PrintService) -> None:
    service.trouble("Receipts", "media-empty-error")
    before = len(service.sheets("Receipts"))
    house.queue.put(a_job("c" * 32, "Receipts"), PDF, NOW)
    sent = house.send("c" * 32, NOW)
    assert house.cancel("c" * 32, NOW).state is JobState.CANCELLED
    service.trouble("Receipts", "")
    stands = house.spooler.standing("Receipts", sent.spool, mark_of(sent))
    assert stands is not None
    assert stands.state is JobState.CANCELLED
    assert len(service.sheets("Receipts")) == before


def test_a_job_half_handed_over_is_found_again_by_its_mark(house: PrintHouse) -> None:
    number = house.spooler.take(Parcel("abc-1", "收据", "沈知行", Way("Receipts"), PDF, A4))
    assert house.spooler.find("abc-1", "Receipts") == number
    assert house.spooler.find("abc-2", "Receipts") is None


def test_a_printer_that_is_not_there_does_not_take_the_paper(house: PrintHouse) -> None:
    with pytest.raises(PrinterAway) as refused:
        house.spooler.take(Parcel("m", "收据", "沈知行", Way("Nowhere"), PDF, A4))
    assert refused.value.details == {"printer": "Nowhere", "why": "no-such-printer"}


def test_a_service_that_is_not_running_is_the_weather(tmp_path: Path) -> None:
    silent = Cups(str(tmp_path / "nobody"))
    with pytest.raises(PrintingSilent):
        silent.printers()
    with pytest.raises(PrinterAway):
        silent.take(Parcel("m", "收据", "沈知行", Way("Receipts"), PDF, A4))


def test_a_service_that_breaks_off_leaves_it_open_whether_it_has_the_job() -> None:
    from socket import create_server

    with create_server(("127.0.0.1", 0)) as door:
        def hang_up() -> None:
            line, _ = door.accept()
            line.recv(100)
            line.close()

        rude = Thread(target=hang_up)
        rude.start()
        with pytest.raises(BetweenTwo):
            Cups(f"127.0.0.1:{door.getsockname()[1]}").take(Parcel("m", "收据", "沈知行", Way("Receipts"), PDF, A4))
        rude.join()


def pause(cups: Cups, printer: str, how: Operation) -> None:
    """Stop a queue, or let it go on, as somebody at the system's settings does."""
    question = Question(how, {**cups._queue(printer), "requesting-user-name": said(Tag.NAME, cups.user)})
    assert written(question)
    assert cups._ask(question, path=f"/printers/{printer}").good
