"""Reception where nobody can log in: a PC that began while its server was away goes on taking down who comes.

Whoever sits there is nobody the house knows yet: they see nothing of the house, and of what waits on this PC only what
was taken down since. Who logs in there next, and so brings the visits in, is on record as the one who took them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from sqlalchemy import create_engine

from salescenter.data.engine import address, plain
from salescenter.domain.refusals import DatabaseAway
from salescenter.domain.server_address import is_server
from salescenter.domain.staff import NOBODY, Person, Role
from salescenter.services.waiting.shelf import FOLDER, Shelf
from salescenter.services.waiting.visits import WaitingVisit
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class OpenShelf(Shelf):
    """The shelf as it is seen without a log-in: whoever comes may add to it, and see what they added."""

    added: set[str] = field(default_factory=set)

    def put(self, visit: WaitingVisit) -> None:
        """Write a visit down as every shelf does."""
        Shelf.put(self, visit)
        self.added.add(visit.key)

    def waiting(self) -> tuple[WaitingVisit, ...]:
        """Return what was added here."""
        return tuple(one for one in Shelf.waiting(self) if one.key in self.added)

    def unreadable(self) -> tuple[Path, ...]:
        """Tell nobody yet where other visits lie."""
        return ()


def open_shelf(where: str, data_folder: Path, project: str) -> OpenShelf | None:
    """Return the shelf of this PC's server (its address); None where this PC does not know the house's form yet."""
    if not is_server(where):
        return None
    shelf = OpenShelf(data_folder / FOLDER, plain(address(where), account=False), project)
    return shelf if shelf.known().words else None


def desk_of_nobody(name: str) -> Desk:
    """Return a desk that reaches no house: every question raises DatabaseAway. name: what is said in place of one."""
    return Desk(create_engine("postgresql+psycopg://", creator=_away), Person(NOBODY, name, Role.RECEPTIONIST), NOBODY)


def taken_by(desk: Desk, visits: Iterable[WaitingVisit]) -> tuple[WaitingVisit, ...]:
    """Let whoever brings visits in stand for those that nobody took."""
    who = desk.who
    return tuple(one if one.taker != NOBODY else replace(one, taker=who.id, taker_name=who.name) for one in visits)


def _away() -> NoReturn:
    raise DatabaseAway
