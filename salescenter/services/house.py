"""Opening and making a house's database, and letting its people in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Engine, insert, inspect, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from salescenter.data import versions
from salescenter.data.engine import address, open_engine
from salescenter.data.estate import project
from salescenter.data.history import clock
from salescenter.data.staff import person
from salescenter.data.tables import metadata
from salescenter.domain.money import Rounding
from salescenter.domain.refusals import CannotWrite, DatabaseTooNew, NotADatabase, NotFound, WrongPassword
from salescenter.domain.staff import Person, Role
from salescenter.services.work import Desk

_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True)
class NewHouse:
    """What the first-run page asks: the project's name and the first manager."""

    project: str
    manager: str
    login: str
    password: str = ""
    developer: str = ""
    rounding: Rounding = Rounding.TO_FEN


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

    def projects(self) -> tuple[Named, ...]:
        """All projects, oldest first."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(project.c.id, project.c.name).order_by(project.c.id))
            return tuple(Named(*row) for row in rows)

    def people(self) -> tuple[LoginName, ...]:
        """Everybody who may log in, managers first."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(person.c.login, person.c.name, person.c.role, person.c.password != "")
                .where(person.c.active)
                .order_by(person.c.role != Role.MANAGER, person.c.id)
            )
            return tuple(LoginName(login, name, Role(role), bool(has)) for login, name, role, has in rows)

    def log_in(self, login: str, password: str, project_id: int | None = None) -> Desk:
        """Let a person in; refuses with WrongPassword whether the name or the password is wrong."""
        with self.engine.connect() as connection:
            row = connection.execute(select(person).where(person.c.login == login, person.c.active)).first()
        if row is None or not _fits(row.password, password):
            raise WrongPassword(login=login)
        return Desk(
            self.engine, Person(row.id, row.name, Role(row.role), row.team), project_id or self._first_project()
        )

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


def _fits(kept: str, given: str) -> bool:
    if not kept or not given:
        return kept == given
    try:
        return _hasher.verify(kept, given)
    except VerifyMismatchError:
        return False


def open_house(where: str | Path) -> House:
    """Open an existing database; refuses what is not one, or is newer than this program."""
    url = address(where)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise NotFound(what="database", sought=str(url.database))
    engine = open_engine(url)
    try:
        known = inspect(engine).has_table("project")
        found = versions.of(engine)
    except DatabaseError as trouble:
        engine.dispose()
        if isinstance(trouble, OperationalError) and "readonly" in str(trouble.orig):
            raise CannotWrite(path=str(url.database), why=str(trouble.orig)) from trouble
        raise NotADatabase(path=str(url.database), why=str(trouble.orig)) from trouble
    if not known:
        engine.dispose()
        raise NotADatabase(path=str(url.database), why="no-tables")
    if not versions.is_known(found):
        engine.dispose()
        raise DatabaseTooNew(found=found, known=versions.NEWEST)
    return House(engine, url)


def make_house(where: str | Path, asked: NewHouse) -> House:
    """Make a new database with one project and its first manager; an existing file is never overwritten."""
    url = address(where)
    if url.get_backend_name() == "sqlite":
        _demand_new_file(Path(url.database or ""))
    engine = open_engine(url)
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            metadata.create_all(connection)
            versions.stamp(connection)
            connection.execute(insert(clock).values(id=1, revision=0))
            connection.execute(
                insert(project).values(
                    name=asked.project, developer=asked.developer, rounding=asked.rounding.value, facts={}
                )
            )
            connection.execute(
                insert(person).values(
                    name=asked.manager, login=asked.login, role=Role.MANAGER.value, password=hashed(asked.password)
                )
            )
    except OperationalError as trouble:
        engine.dispose()
        raise CannotWrite(path=str(url.database), why=str(trouble.orig)) from trouble
    return House(engine, url)


def _demand_new_file(path: Path) -> None:
    if path.exists():
        raise CannotWrite(path=str(path), why="exists")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise CannotWrite(path=str(path), why=trouble.strerror or "") from trouble
