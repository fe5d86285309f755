"""Making a house's database: its tables, its guards, the project and the first manager.

Apart from opening one, as a log-in waits for that and needs nothing of what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, inspect

from salescenter.data import guards, versions
from salescenter.data.estate import project
from salescenter.data.history import clock
from salescenter.data.staff import person
from salescenter.data.tables import metadata
from salescenter.data.weather import weather
from salescenter.domain.money import Rounding
from salescenter.domain.refusals import CannotWrite, DatabaseAway
from salescenter.domain.staff import Role
from salescenter.services.house import House, hashed, house_at, is_file
from salescenter.services.printable import check_request, composed


@dataclass(frozen=True, slots=True)
class NewHouse:
    """What the first-run page asks: the project's name and the first manager."""

    project: str
    manager: str
    login: str
    password: str = ""
    developer: str = ""
    rounding: Rounding = Rounding.TO_FEN


def make_house(where: str | Path, asked: NewHouse) -> House:
    """Make a new database with one project and its first manager; an existing one is never overwritten."""
    asked = composed(asked)
    check_request(asked)
    house = house_at(where)
    if is_file(house.url):
        _demand_new_file(Path(house.url.database or ""))
    try:
        with weather(house.engine), house.engine.connect().execution_options(writes=True) as line, line.begin():
            _furnish(line, asked, str(house.url.database))
    except BaseException as trouble:
        house.close()
        if is_file(house.url):
            _remove(Path(house.url.database or ""))
        if isinstance(trouble, DatabaseAway) and is_file(house.url):
            raise CannotWrite(path=str(house.url.database), why=trouble.details["why"]) from trouble
        raise
    return house


def _furnish(line: Connection, asked: NewHouse, path: str) -> None:
    if inspect(line).has_table("project"):
        raise CannotWrite(path=path, why="exists")
    metadata.create_all(line)
    guards.put_up(line)
    versions.stamp(line)
    line.execute(insert(clock).values(id=1, revision=0))
    rounding = asked.rounding.value
    line.execute(
        insert(project).values(name=asked.project, developer=asked.developer, rounding=rounding, facts={})
    )
    manager = {"name": asked.manager, "login": asked.login, "role": Role.MANAGER.value}
    line.execute(insert(person).values(manager | {"password": hashed(asked.password)}))


def _demand_new_file(path: Path) -> None:
    if path.exists():
        raise CannotWrite(path=str(path), why="exists")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise CannotWrite(path=str(path), why=trouble.strerror or "") from trouble


def _remove(path: Path) -> None:
    """Take away what a making that failed left behind."""
    for tail in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
