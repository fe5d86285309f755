"""Preparing a server for a house: database, tables, guards, group, first manager; done twice it is as done once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text, update
from sqlalchemy.engine import URL

from salescenter.data import versions
from salescenter.data.engine import open_engine, plain
from salescenter.data.estate import project
from salescenter.data.guards import APPEND_ONLY
from salescenter.data.history import clock, seal
from salescenter.data.migrations import upgrade
from salescenter.data.moved import MOVING
from salescenter.data.staff import person
from salescenter.data.weather import weather
from salescenter.domain.refusals import DatabaseTooNew, MoveUnfinished, NotFound, ServerUnfit, TargetTaken
from salescenter.domain.staff import Role
from salescenter.services.house import NewHouse, hashed
from salescenter.services.server.survey import MAINTENANCE, Grade, Survey, survey

GROUP = "salescenter_desks"
"""The role whose members are the people at the desks; nobody logs in as the group itself."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made, as codes in the order it was done; empty where everything stood already."""

    survey: Survey
    made: tuple[str, ...]


def prepare(url: URL, wanted: NewHouse | None, desks: int, now: datetime) -> Prepared:
    """Make what is missing; refuses with ServerUnfit, TargetTaken, MoveUnfinished, DatabaseTooNew."""
    found = survey(url, desks, now)
    if blocking := [f"server-{one.code}" for one in found.findings if one.grade is Grade.BLOCKING]:
        raise ServerUnfit(why=tuple(blocking))
    made: list[str] = []
    if not found.exists:
        _make_database(url)
        made.append("database")
    engine = open_engine(url)
    try:
        with weather(engine):
            made += _furnish(engine, url, wanted)
    finally:
        engine.dispose()
    return Prepared(survey(url, desks, now) if made else found, tuple(made))


def give_account(url: URL, login: str, password: str) -> None:
    """Let a person of the house log in to the server with a new password; refuses with NotFound."""
    engine = open_engine(url)
    try:
        with weather(engine), engine.begin() as line:
            known = update(person).where(person.c.login == login, person.c.active).values(password=hashed(password))
            if not line.execute(known).rowcount:
                raise NotFound(what="person", sought=login)
            if not open_account(line, login, password):
                line.exec_driver_sql(f"ALTER ROLE {_quoted(engine, login)} LOGIN {_secret(line, login, password)}")
                line.exec_driver_sql(f"GRANT {GROUP} TO {_quoted(engine, login)}")
    finally:
        engine.dispose()


def _make_database(url: URL) -> None:
    """Every character has its place in plain order: names are found by ranges."""
    engine = open_engine(url.set(database=MAINTENANCE))
    try:
        with weather(engine), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
            name = _quoted(engine, str(url.database))
            line.exec_driver_sql(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
            )
    finally:
        engine.dispose()


def _furnish(engine: Engine, url: URL, wanted: NewHouse | None) -> list[str]:
    made = []
    if _make_tables(engine, url):
        made.append("tables")
    with engine.begin() as line:
        if _make_group(line):
            made.append("group")
        _grant(line, str(url.database))
        if wanted is not None and _make_house(line, url, wanted):
            made.append("house")
    return made


def _make_tables(engine: Engine, url: URL) -> bool:
    """By the migrations, as every later version will be; True where anything was to do."""
    with engine.connect() as line:
        if inspect(line).has_table(MOVING):
            raise MoveUnfinished(to=plain(url))
    before = versions.of(engine)
    if before and not versions.is_known(before):
        raise DatabaseTooNew(found=before, known=versions.NEWEST)
    if not before and inspect(engine).get_table_names():
        raise TargetTaken(to=plain(url))
    if before == versions.NEWEST:
        return False
    upgrade(engine)
    with engine.begin() as line:
        if not line.scalar(select(func.count()).select_from(clock)):
            line.execute(insert(clock).values(id=1, revision=0))
    return True


def open_account(line: Connection, login: str, password: str) -> bool:
    """Let somebody log in to the server as a member of the group; a name known there stays as it is.

    The password leaves this PC only as its SCRAM verifier, so that no log of the server can hold it.
    """
    if line.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": login}):
        return False
    name = _quoted(line.engine, login)
    line.exec_driver_sql(f"CREATE ROLE {name} LOGIN {_secret(line, login, password)} IN ROLE {GROUP}")
    return True


def _secret(line: Connection, login: str, password: str) -> str:
    raw: Any = line.connection.driver_connection
    if not password:
        return ""
    return f"PASSWORD '{raw.pgconn.encrypt_password(password.encode(), login.encode(), b'scram-sha-256').decode()}'"


def _make_group(line: Connection) -> bool:
    if line.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": GROUP}):
        return False
    line.exec_driver_sql(f"CREATE ROLE {GROUP} NOLOGIN")
    return True


def _grant(line: Connection, database: str) -> None:
    """Let the group work and nobody else look; what is only added to cannot be changed even by a mistake."""
    name, added = _quoted(line.engine, database), ", ".join(APPEND_ONLY)
    for order in (
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO {GROUP}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {GROUP}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {GROUP}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {added} FROM {GROUP}",
        f"REVOKE INSERT ON {seal.name} FROM {GROUP}",  # the server seals by itself
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {GROUP}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {GROUP}",
        # what later versions of the program add
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {GROUP}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {GROUP}",
    ):
        line.exec_driver_sql(order)


def _make_house(line: Connection, url: URL, wanted: NewHouse) -> bool:
    """The project and its first manager; a house of the same name is there already, another one stays untouched."""
    names = list(line.scalars(select(project.c.name)))
    if names:
        if wanted.project not in names:
            raise TargetTaken(to=plain(url))
        return False
    line.execute(
        insert(project).values(
            name=wanted.project, developer=wanted.developer, rounding=wanted.rounding.value, facts={}
        )
    )
    open_account(line, wanted.login, wanted.password)
    manager = {"name": wanted.manager, "login": wanted.login, "role": Role.MANAGER.value}
    line.execute(insert(person).values(manager | {"password": hashed(wanted.password)}))
    return True


def _quoted(engine: Engine, name: str) -> str:
    return engine.dialect.identifier_preparer.quote_identifier(name)
