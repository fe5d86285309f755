"""Opening a house's database, and letting its people in."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, Engine, func, literal, select
from sqlalchemy.engine import URL

from salescenter.data import moved, trips, versions
from salescenter.data.engine import address, open_engine, plain
from salescenter.data.estate import project
from salescenter.data.places import is_on_network
from salescenter.data.server_clock import Clock
from salescenter.data.server_rights.accounts import has_password, hash_of
from salescenter.data.staff import person
from salescenter.data.weather import weather
from salescenter.domain.log_in import UNKNOWN
from salescenter.domain.refusals import (
    DatabaseTooNew,
    DatabaseTooOld,
    MoveUnfinished,
    NoDatabaseFile,
    NotADatabase,
    NotFound,
    OnNetworkDrive,
    WrongPassword,
)
from salescenter.domain.staff import Person, Role
from salescenter.services.failed_log_ins import InHouse, wrong
from salescenter.services.work import Desk

_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a number and a name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class LoginName:
    """A person as the log-in page lists them."""

    login: str
    name: str
    role: Role
    has_password: bool


@dataclass(frozen=True, slots=True)
class House:
    """An open database."""

    engine: Engine
    url: URL
    clock: Clock

    def now(self) -> datetime:
        """This moment on the house's clock: the server's on a LAN, so that no desk's own clock decides anything."""
        return self.clock.now()

    def projects(self) -> tuple[Named, ...]:
        """All projects, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(select(project.c.id, project.c.name).order_by(project.c.id))
            return tuple(Named(*row) for row in rows)

    def people(self) -> tuple[LoginName, ...]:
        """Everybody who may log in, managers first."""
        with self._reading() as connection:
            rows = connection.execute(
                select(person.c.login, person.c.name, person.c.role, has_password(connection))
                .where(person.c.active)
                .order_by(person.c.role != Role.MANAGER, person.c.id)
            )
            return tuple(LoginName(login, name, Role(role), bool(has)) for login, name, role, has in rows)

    def log_in(self, login: str, password: str, project_id: int | None = None) -> Desk:
        """Let a person in; refuses with WrongPassword whether the name or the password is wrong.

        After several that failed the next try waits: LogInWaits. Whom a server let in under this name has told it
        the password already.
        """
        p = person.c
        by_whom = literal("") if is_file(self.url) else func.session_user()
        with self._reading() as connection:
            known = select(p.id, p.name, p.role, p.team, p.active, by_whom.label("by")).where(p.login == login)
            row = connection.execute(known).first()
            by = connection.scalar(select(by_whom)) if row is None else row.by
        vouched = not is_file(self.url) and by == login
        if vouched and (row is None or not row.active):
            raise WrongPassword(login=login)
        if not vouched:
            self._demand_password(login, password, row)
        assert row is not None, "whoever is not of the house was refused"
        return Desk(
            self.engine, Person(row.id, row.name, Role(row.role), row.team), project_id or self._first_project()
        )

    def _demand_password(self, login: str, password: str, row: Any) -> None:
        """Compare the password with the hash the house keeps; whoever left the house has none that fits."""
        who, now, kept = UNKNOWN if row is None else row.id, self.now(), InHouse(self.engine, platform.node())
        kept.demand_turn(who, now)
        if row is None or not row.active or not fits(self._hash_of(row.id), password):
            raise wrong(login, kept.note(who, now))
        kept.passed(who, now)

    def _hash_of(self, number: int) -> str:
        with self._reading() as connection:
            return hash_of(connection, number)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with weather(self.engine), self.engine.connect() as connection:
            yield trips.each_alone(connection)

    def _first_project(self) -> int:
        found = self.projects()
        if not found:
            raise NotFound(what="project", sought="")
        return found[0].id

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def hashed(password: str) -> str:
    """Hash a password with Argon2; an empty one stays empty (a house that set none yet)."""
    return _hasher.hash(password) if password else ""


def fits(kept: str, given: str) -> bool:
    """Say whether a password fits the hash that is kept; a house without passwords takes the empty one only."""
    if not kept or not given:
        return kept == given
    try:
        return _hasher.verify(kept, given)
    except VerifyMismatchError:
        return False


def open_house(where: str | Path) -> House:
    """Open an existing database; refuses what is not one, is damaged, or is of another version than this program."""
    house = house_at(where)
    path = Path(house.url.database or "")
    if is_file(house.url) and not path.is_file():
        raise NoDatabaseFile(path=str(path.absolute()))
    if is_file(house.url):
        moved.demand_here(path)
    try:
        with weather(house.engine):
            _check_version(house)
    except BaseException:
        house.close()
        raise
    return house


def house_at(where: str | Path) -> House:
    """Reach for a database without looking into it; refuses a file on a network drive."""
    url = address(where)
    if is_file(url) and is_on_network(Path(url.database or "")):
        raise OnNetworkDrive(path=str(url.database))
    engine = open_engine(url)
    return House(engine, url, Clock(engine))


def is_file(url: URL) -> bool:
    """Say whether an address is a file of this PC, not a server."""
    return url.get_backend_name() == "sqlite"


def _check_version(house: House) -> None:
    path, standing = str(house.url.database), versions.standing(house.engine)
    found = standing.version
    if not standing.ours:
        raise NotADatabase(path=path, why="no-tables")
    if not found:
        raise NotADatabase(path=path, why="no-version")
    if standing.moving:
        raise MoveUnfinished(to=plain(house.url))
    if not versions.is_known(found):
        raise DatabaseTooNew(found=found, known=versions.NEWEST)
    if found != versions.NEWEST:
        raise DatabaseTooOld(path=path, found=found, known=versions.NEWEST)
