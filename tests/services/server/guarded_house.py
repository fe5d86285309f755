"""A house on a server that holds every person to its rules; each comes in with their own name and password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

import psycopg
import pytest
from sqlalchemy import URL, Engine

from salescenter.data.engine import address, open_engine
from salescenter.data.server_rights import accounts
from salescenter.data.types import CHINA
from salescenter.domain.units import Step
from salescenter.services.house import hashed, open_house
from salescenter.services.server.preparing import give_account, prepare
from salescenter.services.work import Desk
from tests.houses import NOON, PEOPLE, Estate, found
from tests.pair import Member, guarded

WORD = "open sesame"
HASH = hashed(WORD)


@pytest.fixture(scope="module")
def server() -> Iterator[Member]:
    """A server that asks everybody but its owner for a password."""
    with guarded() as one:
        one.let_in("host all all 127.0.0.1/32 scram-sha-256")
        yield one


@pytest.fixture(scope="module")
def house(server: Member) -> Iterator[Estate]:
    """The house on it, prepared, with an account for everybody; seen by the server's owner."""
    server.order("CREATE DATABASE house TEMPLATE template0")
    where = f"postgresql://sales@127.0.0.1:{server.port}/house"
    estate = found(where)
    estate.now = datetime.now(CHINA)
    prepare(address(where), None, 1, NOON)
    give_account(address(where), "boss", WORD)
    with estate.house.engine.begin() as line:
        for login, _, _ in PEOPLE[1:]:
            accounts.set_password(line, estate.people[login].id, login, WORD, HASH)
    estate.house.close()
    server.order("CREATE DATABASE life TEMPLATE house")
    yield estate
    estate.house.close()


@contextmanager
def desk_of(estate: Estate, login: str) -> Iterator[Desk]:
    """A desk whose connection is this person's own."""
    at = estate.house.url.set(username=login, password=WORD).render_as_string(hide_password=False)
    house = open_house(at)
    try:
        yield house.log_in(login, WORD)
    finally:
        house.close()


def psql(estate: Estate, login: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection from outside the program."""
    url = estate.house.url
    return psycopg.connect(host=url.host, port=url.port, dbname=url.database, user=login, password=WORD)


def opened(estate: Estate, login: str, step: Step) -> str:
    """The order that opens the door of a step to this person."""
    return f"SELECT doors.enter({estate.people[login].id}, '{step}')"


def refused(estate: Estate, login: str, *orders: str) -> None:
    """Each of them is refused to this person, said in one work with the others before it or alone."""
    with psql(estate, login) as line:
        for order in orders[:-1]:
            line.execute(order.encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            finish(line, orders[-1])
        line.rollback()


def finish(line: psycopg.Connection[tuple[object, ...]], order: str) -> None:
    line.execute(order.encode())
    line.commit()


def seen(estate: Estate, login: str, question: str) -> set[object]:
    with psql(estate, login) as line:
        return {row[0] for row in line.execute(question.encode())}




class EachAlone(Estate):
    """The same house, where everybody's desk has a connection of their own."""

    engines: ClassVar[dict[URL, Engine]] = {}

    def desk(self, who: str = "boss") -> Desk:
        url = self.house.url.set(username=who, password=WORD)
        return replace(Estate.desk(self, who), engine=self.engines.setdefault(url, open_engine(url)))
