"""A server's door: log-ins that failed before anybody was let in to write it down.

The server compares the passwords, so this PC keeps what failed in a file of its user, and whoever comes in next at
this PC tells it to the history.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from salescenter.data.staff import person
from salescenter.data.types import millis, moment_of
from salescenter.domain.log_in import UNKNOWN, Failures, sum_of, wait_of
from salescenter.domain.refusals import CannotWrite, WrongPassword
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.services.failed_log_ins import demand_turn, tell, wrong
from salescenter.services.files import write_file
from salescenter.services.work import Desk

FILE = "failed-log-ins.json"

Kept = Mapping[str, tuple[Failures, int]]
"""What failed under each name ("" for all names that are not known), and how many of them the history does not know."""


@dataclass(frozen=True, slots=True)
class OnThisPc:
    """Those of a server, in a file of this PC's user; of names only those that were offered on the log-in page.

    `now` is this PC's clock: the server tells nobody its time before they are in.
    """

    file: Path
    now: Callable[[], datetime]
    known: frozenset[str] = frozenset()

    @contextmanager
    def counting(self, login: str) -> Iterator[None]:
        """Count a try to come in: LogInWaits while a pause lasts; WrongPassword tells how long the next one waits."""
        demand_turn(self._wait(self._read(), login, self.now()))
        try:
            yield
        except WrongPassword as no:
            raise wrong(login, self._note(login, self.now())) from no

    def _note(self, login: str, now: datetime) -> int:
        kept = self._read()
        name = self._name(login)
        failed, untold = kept.get(name, (Failures(), 0))
        kept[name] = failed.one_more(now), untold + 1
        self._write(kept)
        return self._wait(kept, login, now)

    def passed(self, desk: Desk, login: str) -> None:
        """Tell the history of all that failed here since the last time, and forget what failed under this name.

        Whoever may change the settings lifts every pause of this PC by coming in.
        """
        kept = self._read()
        if not kept:
            return
        told = {name: Failures(untold, failed.last) for name, (failed, untold) in kept.items() if untold}
        _tell_all(desk, told, self.now())
        lifts = may(desk.who.role, Step.EDIT_SETTINGS)
        left = {} if lifts else {name: (failed, 0) for name, (failed, _) in kept.items() if not name or name != login}
        self._write(left)

    def _name(self, login: str) -> str:
        return login if login in self.known else ""

    def _wait(self, kept: Kept, login: str, now: datetime) -> int:
        own = kept[login][0] if login and login in kept else Failures()
        return wait_of(own.standing(now), sum_of(tuple(failed.standing(now) for failed, _ in kept.values())), now)

    def _read(self) -> dict[str, tuple[Failures, int]]:
        """A file that is missing or damaged counts as none."""
        try:
            found = json.loads(self.file.read_text("utf-8"))
            return {str(name): (Failures(int(count), moment_of(last)), int(untold))
                    for name, (count, untold, last) in found.items()}  # fmt: skip
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, kept: Kept) -> None:
        plain = {
            name: (failed.count, untold, millis(failed.last)) for name, (failed, untold) in kept.items() if failed.last
        }
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as trouble:
            raise CannotWrite(path=str(self.file), why=trouble.strerror or "") from trouble
        write_file(self.file, json.dumps(plain, ensure_ascii=False).encode())


def _tell_all(desk: Desk, failed: Mapping[str, Failures], now: datetime) -> None:
    if not failed:
        return
    with desk.working(now) as work:
        known = select(person.c.login, person.c.id).where(person.c.login.in_(list(failed)))
        ids = {login: number for login, number in work.connection.execute(known)}  # noqa: C416  rows are not pairs
        for name, one in failed.items():
            tell(work.connection, desk.who.id, desk.pc, now, ids.get(name, UNKNOWN), one)
