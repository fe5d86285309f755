"""A real print service for the tests of printing, and a queue of jobs of a PC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import monotonic, sleep

import pytest

from salescenter.domain.papers.printing import JobState, PrintJob, Sides, Way
from salescenter.services.printing.cups import Cups
from salescenter.services.printing.jobs import PrintHouse, mark_of
from salescenter.services.printing.queue import PrintQueue
from tests import print_service
from tests.print_service import PrintService

NOW = datetime(2026, 6, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
A4 = (595.0, 842.0)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF\n"


@pytest.fixture(scope="module")
def service() -> Iterator[PrintService]:
    """CUPS on this PC, in a folder of its own; without it continuous integration fails, a PC skips."""
    if (cupsd := print_service.program()) is None:
        print_service.do_without()
    with print_service.printing(cupsd) as running:
        yield running


@pytest.fixture
def queue(tmp_path: Path) -> PrintQueue:
    return PrintQueue(tmp_path / "pc" / "printing.db")


@pytest.fixture
def house(service: PrintService, queue: PrintQueue) -> Iterator[PrintHouse]:
    """A PC whose jobs go to the real service; whatever a test leaves there is taken back."""
    cups = Cups(str(service.socket))
    made = PrintHouse(queue, cups)
    yield made
    for printer in print_service.PRINTERS:
        service.trouble(printer, "")
    for job in queue.jobs(1):
        if job.spool:
            cups.cancel(job.way.printer, job.spool, mark_of(job))


def a_job(key: str = "a" * 32, printer: str = "Contracts", tray: str = "", sides: Sides = Sides.ONE) -> PrintJob:
    return PrintJob(key, 1, "contract", "HT2026-0001", "买卖合同 HT2026-0001", "沈知行", NOW, Way(printer, tray, sides),
                    pages=1, paper=A4)  # fmt: skip


def until(true: Callable[[], bool]) -> None:
    """Wait for what another program does in its own time."""
    end = monotonic() + 60
    while not true():
        assert monotonic() < end, "it never came"
        sleep(0.02)


def becomes(house: PrintHouse, key: str, *states: JobState) -> PrintJob:
    """Look until a job is in one of these states."""
    def there() -> bool:
        house.look(1, NOW)
        return house.queue.job(key).state in states

    until(there)
    return house.queue.job(key)
