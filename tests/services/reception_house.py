"""A small house for the tests of reception: one manager, one receptionist, four consultants, on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from salescenter.data.history import history, tally
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.domain.rota import Happening, RotaKind
from salescenter.domain.staff import Person, Role
from salescenter.services import rota
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.house import House
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import Registered, VisitRequest, register
from salescenter.services.work import Desk, Work

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
"""A Monday morning, when the doors open."""

NEEDS = (("product", ("三室",)), ("area", ("90–110 m²",)))


@dataclass(slots=True)
class Reception:
    """The house, its people, and a clock that the test moves."""

    house: House
    people: dict[str, Person]
    now: datetime = NINE

    def desk(self, who: str = "front") -> Desk:
        return Desk(self.house.engine, self.people[who], 1, pc="front-1")

    def later(self, **how: int) -> datetime:
        self.now += timedelta(**how)
        return self.now

    def sign_in(self, *names: str) -> None:
        for name in names:
            self.happen(name, Happening.SIGN_IN)

    def happen(self, name: str, what: Happening, **more: object) -> None:
        asked = rota.RotaRequest(self.people[name].id, what, **more)  # type: ignore[arg-type]
        rota.happen(self.desk(), asked, self.later(seconds=1))

    def next(self, kind: RotaKind = RotaKind.VISIT) -> str:
        turn = rota.board(self.desk(), self.now, kind).next
        return turn.name if turn else ""

    def visit(self, name: str = "", phone: str = "", by: str = "front", **more: object) -> Registered:
        """Register a visitor with all six fields; anything may be said otherwise."""
        facts = CustomerFacts(name=name, phones=(phone,) if phone else (), sex="female")
        said: dict[str, object] = {"kind": Contact.VISIT, "channel": "路过", "answers": NEEDS, "facts": facts} | more
        return register(self.desk(by), VisitRequest(**said), self.later(seconds=1))  # type: ignore[arg-type]

    @contextmanager
    def working(self, who: str = "boss") -> Iterator[Work]:
        with self.desk(who).working(self.now) as work:
            yield work

    def figure(self, figure: str, part: str = "") -> int:
        with self.house.engine.connect() as connection:
            found = select(tally.c.count).where(
                tally.c.figure == figure, tally.c.part == part, tally.c.day == self.now.date()
            )
            return connection.scalar(found) or 0

    def told(self, step: str) -> list[dict[str, object]]:
        with self.house.engine.connect() as connection:
            rows = connection.execute(select(history).where(history.c.step == step).order_by(history.c.id))
            return [dict(row._mapping) for row in rows]


STAFF = (
    ("front", "前台", Role.RECEPTIONIST), ("a", "顾问甲", Role.CONSULTANT), ("b", "顾问乙", Role.CONSULTANT),
    ("c", "顾问丙", Role.CONSULTANT), ("d", "顾问丁", Role.CONSULTANT), ("lead", "主管", Role.SUPERVISOR),
)


def open_reception(where: str | Path) -> Reception:
    """Make the house in a file or at a database's URL."""
    house = make_house(where, NewHouse("云栖花园", "经理", "boss"))
    people = {"boss": Person(1, "经理", Role.MANAGER)}
    with house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        for login, name, role in STAFF:
            made = insert(person).values(name=name, login=login, role=role.value).returning(person.c.id)
            people[login] = Person(int(connection.scalar(made) or 0), name, role)
    return Reception(house, people)


@pytest.fixture
def reception(tmp_path: Path) -> Iterator[Reception]:
    """The small house on SQLite."""
    found = open_reception(tmp_path / "house.db")
    yield found
    found.house.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Reception]:
    """The small house on each engine in turn."""
    where = tmp_path / "house.db" if request.param == "sqlite" else None
    url = where or request.getfixturevalue("pg_url").render_as_string(hide_password=False)
    found = open_reception(url)
    yield found
    found.house.close()
