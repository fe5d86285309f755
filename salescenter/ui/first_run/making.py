"""Making the databases of the first page: jobs for the lane, each returning the open house and where it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from salescenter.domain.refusals import CannotWrite
from salescenter.services.house import House, open_house
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.sample.make import make_sample
from salescenter.services.server.entering import join
from salescenter.ui.first_run.page import NewDatabase
from salescenter.ui.kit.lane import Ticket

Made = tuple[House | None, str]
Fresh = tuple[House, str]


class Stopped(Exception):  # noqa: N818
    """The user stopped the making; the answer is dropped with the ticket."""


def sample(where: Path, ticket: Ticket, now: datetime) -> Fresh:
    """Make the sample beside its place and move it there when it is whole."""
    fresh = where.with_name(f"making-{where.name}")
    _clear(fresh)
    make_sample(fresh, now, tell=_teller(ticket)).close()
    _clear(where)
    with _said(where):
        fresh.replace(where)
    return open_house(where), str(where)


def new_house(asked: NewDatabase) -> Fresh:
    """Make an empty house with its first manager."""
    wanted = NewHouse(asked.project, asked.manager, asked.login, asked.password, asked.developer, asked.rounding)
    return make_house(asked.where, wanted), asked.where


def other_house(where: str) -> Made:
    """Open a house that exists; of a server that asks who comes, the address alone."""
    return join(where)


def _teller(ticket: Ticket) -> Callable[[int, int], None]:
    def tell(done: int, whole: int) -> None:
        if ticket.cancelled:
            raise Stopped
        ticket.tell(done, whole)

    return tell


def _clear(file: Path) -> None:
    """Remove a database with the files SQLite keeps beside it."""
    with _said(file):
        for old in file.parent.glob(f"{file.name}*"):
            old.unlink()


@contextmanager
def _said(file: Path) -> Iterator[None]:
    """What keeps a file from being replaced is weather: another window has it open, or the folder is closed."""
    try:
        yield
    except OSError as trouble:
        raise CannotWrite(path=str(file), why=trouble.strerror or "") from trouble
