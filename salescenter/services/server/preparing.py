"""Preparing a server for a house: database, tables, guards, rights, first manager; done twice it is as done once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text
from sqlalchemy.engine import URL

from salescenter.data import versions
from salescenter.data.engine import open_engine, plain
from salescenter.data.estate import project
from salescenter.data.history import clock
from salescenter.data.migrations import upgrade
from salescenter.data.moved import MOVING
from salescenter.data.plain_order import make_database
from salescenter.data.record import new_id
from salescenter.data.server_clock import steady
from salescenter.data.server_rights import accounts, grants, standing
from salescenter.data.server_rights.server_log import keep_out
from salescenter.data.staff import person
from salescenter.data.weather import weather
from salescenter.domain.refusals import DatabaseTooNew, MoveUnfinished, NotFound, ServerUnfit, TargetTaken
from salescenter.domain.staff import Role
from salescenter.services.house import hashed
from salescenter.services.new_house import NewHouse
from salescenter.services.server.survey import MAINTENANCE, Grade, Survey, survey


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made, as codes in the order it was done; empty where everything stood already."""

    survey: Survey
    made: tuple[str, ...]


def prepare(url: URL, wanted: NewHouse | None, desks: int, now: datetime) -> Prepared:
    """Make what is missing; refuses with ServerUnfit, TargetTaken, MoveUnfinished, DatabaseTooNew."""
    began, found = steady(), survey(url, desks, now)
    if blocking := [f"server-{one.code}" for one in found.findings if one.grade is Grade.BLOCKING]:
        raise ServerUnfit(why=tuple(blocking))
    made: list[str] = []
    if not found.exists:
        _make_database(url)
        made.append("database")
    engine = open_engine(url)
    try:
        with weather(engine):
            if _quieted(engine, url):
                made.append("log")
            made += _furnish(engine, url, wanted)
    finally:
        engine.dispose()
    by_then = now + timedelta(seconds=steady() - began)
    return Prepared(survey(url, desks, by_then) if made else found, tuple(made))


def give_account(url: URL, login: str, password: str) -> None:
    """Let a person of the house log in to the server with a new password; refuses with NotFound."""
    engine = open_engine(url)
    try:
        with weather(engine), engine.begin() as line:
            number = line.scalar(select(person.c.id).where(person.c.login == login, person.c.active))
            if number is None:
                raise NotFound(what="person", sought=login)
            if line.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": login}):
                line.exec_driver_sql(f"GRANT {accounts.GROUP} TO {_quoted(engine, login)}")  # known before the house
            accounts.set_password(line, number, login, password, hashed(password))
    finally:
        engine.dispose()


def _make_database(url: URL) -> None:
    engine = open_engine(url.set(database=MAINTENANCE))
    try:
        make_database(engine, str(url.database))
    finally:
        engine.dispose()


def _quieted(engine: Engine, url: URL) -> bool:
    """Before anybody's name is written there; a session that was open already would go on as before."""
    with engine.begin() as line:
        changed = keep_out(line, str(url.database))
    engine.dispose()
    return changed


def _furnish(engine: Engine, url: URL, wanted: NewHouse | None) -> list[str]:
    made = []
    if _make_tables(engine, url):
        made.append("tables")
    with engine.begin() as line:
        if grants.make_groups(line):
            made.append("group")
        if standing.put_up_if_older(line):
            made.append("rights")
        grants.grant(line, str(url.database))
        accounts.refresh(line)
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
    manager = {"name": wanted.manager, "login": wanted.login, "role": Role.MANAGER.value}
    written = line.execute(insert(person).values(manager | {"password": hashed(wanted.password)}))
    accounts.keep(line, new_id(written), wanted.login, password=wanted.password)
    return True


def _quoted(engine: Engine, name: str) -> str:
    return engine.dialect.identifier_preparer.quote_identifier(name)
