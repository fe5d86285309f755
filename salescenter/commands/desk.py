"""A desk for commands: the database named, the project asked for, the house's first manager at it, and its clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select

from salescenter.data.staff import person
from salescenter.domain.refusals import NotFound
from salescenter.domain.staff import Person, Role
from salescenter.services.house import House, open_house
from salescenter.services.work import Desk

PC = "command line"


@contextmanager
def sitting(database: str, project: str = "") -> Iterator[tuple[Desk, datetime]]:
    """Open a database and sit down as its first manager; whoever can read the file has these rights anyway.

    Gives the moment on the house's clock, too: on a LAN the server's, whatever this PC's own clock says.
    """
    house = open_house(database)
    try:
        yield Desk(house.engine, _manager(house), _project(house, project), PC), house.now()
    finally:
        house.close()


def _project(house: House, name: str) -> int:
    found = house.projects()
    for one in found:
        if name in ("", one.name):
            return one.id
    raise NotFound(what="project", sought=name)


def _manager(house: House) -> Person:
    with house.engine.connect() as connection:
        row = connection.execute(
            select(person.c.id, person.c.name, person.c.role, person.c.team)
            .where(person.c.role == Role.MANAGER.value, person.c.active)
            .order_by(person.c.id)
        ).first()
    if row is None:
        raise NotFound(what="person", sought=Role.MANAGER.value)
    return Person(row.id, row.name, Role(row.role), row.team)
