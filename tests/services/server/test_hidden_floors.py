"""Floor prices on a server: who may see them reads them, nobody else does from outside; selling goes on as in a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, insert, select

from salescenter.data.estate import setting
from salescenter.data.history import history
from salescenter.data.server_rights import floors
from salescenter.domain.errors import Refusal
from salescenter.domain.money import Money
from salescenter.domain.prices import FLOORS, Discount, DiscountKind, building_group
from salescenter.domain.refusals import BelowFloorPrice, NoFloorPrice
from salescenter.domain.staff import MAY
from salescenter.domain.units import Step, UnitState
from salescenter.services import card, settings
from salescenter.services.deals import opening
from salescenter.services.deals.requests import Terms
from salescenter.services.estate import views
from salescenter.services.work import Desk
from tests.houses import DEPOSIT, PEOPLE, Estate, yuan
from tests.services.server.guarded_house import desk_of, house, opened, psql, refused, seen, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

SEEING = [login for login, _, role in PEOPLE if not floors.SEES.isdisjoint(MAY[role])]
BLIND = [login for login, _, _ in PEOPLE if login not in SEEING]
FLOOR = yuan(900_000)
CODE = "1-303"
"""A unit nobody sells here."""
OUTSIDE = (
    "SELECT floor_total FROM unit", "SELECT * FROM unit", "SELECT u FROM unit AS u", "COPY unit TO STDOUT",
    "COPY unit (floor_total) TO STDOUT", "SELECT id FROM unit ORDER BY floor_total",
    "SELECT 1 FROM unit WHERE floor_total > 1", "UPDATE unit SET revision = revision RETURNING floor_total",
    "SELECT doors.least_price(u, 'fen', 'manager', true) FROM unit AS u",
)  # fmt: skip
KEPT = f"SELECT name FROM setting WHERE name IN ('floor_rate', '{FLOORS}')"
TOLD = "SELECT step FROM history WHERE (after ->> 'floor_rate') IS NOT NULL OR (after ->> 'floor_total') IS NOT NULL"


@pytest.fixture
def floored(house: Estate) -> Iterator[Estate]:
    """The house with every kind of floor, and lines of the history that tell of them."""
    kept = {row.id for row in house.all(select(setting.c.id))}
    house.rule("floor_rate", "0.5")
    house.rule(FLOORS, {building_group(1): "0.6"})
    line = {"project_id": 1, "at": house.now, "person_id": house.people["boss"].id, "pc": "", "subject_id": 1}
    for step, about, after in (
        (Step.EDIT_SETTINGS, "setting", {"floor_rate": "0.5"}),
        (Step.IMPORT, "floor-price", {"floor_total": "1.00"}),
    ):
        house.put(insert(history).values(**line, step=step.value, subject=about, after=after))
    yield house
    house.put(delete(setting).where(setting.c.id.not_in(kept)))


def test_planner_and_manager_see_floors_and_so_does_who_imports_price_lists() -> None:
    assert set(SEEING) == {"boss", "plan", "office"}
    assert {"a", "b", "lead", "cash", "front"} <= set(BLIND)


@pytest.mark.parametrize("login", BLIND)
def test_from_outside_nobody_else_reads_a_floor(floored: Estate, login: str) -> None:
    for reading in OUTSIDE:
        refused(floored, login, reading)
    assert seen(floored, login, "SELECT doors.floor_total(id) FROM unit") == {None}
    assert seen(floored, login, KEPT) == seen(floored, login, TOLD) == set()
    assert seen(floored, login, f"SELECT doors.kept(1, ARRAY['floor_rate', '{FLOORS}'])::text") == {None}


@pytest.mark.parametrize("login", BLIND)
def test_another_step_that_is_open_shows_no_floor(floored: Estate, login: str) -> None:
    role = floored.people[login].role
    for step in MAY[role] - floors.AGREES:
        with psql(floored, login) as line:
            line.execute(opened(floored, login, step).encode())
            assert line.execute(b"SELECT doors.sees_floors()").fetchone() == (False,), step
            line.rollback()


@pytest.mark.parametrize("login", SEEING)
def test_who_may_see_floors_reads_them(floored: Estate, login: str) -> None:
    number = floored.unit(CODE).id
    assert seen(floored, login, f"SELECT floor_total FROM unit WHERE id = {number}") == {FLOOR.fen}
    assert seen(floored, login, f"SELECT doors.floor_total({number})") == {FLOOR.fen}
    assert seen(floored, login, KEPT) == {"floor_rate", FLOORS}
    assert seen(floored, login, TOLD) >= {Step.EDIT_SETTINGS.value, Step.IMPORT.value}


def test_cards_and_estate_pages_show_floors_as_in_a_file(floored: Estate) -> None:
    number = floored.unit(CODE).id
    for login, _, _ in PEOPLE:
        with desk_of(floored, login) as desk:
            shown = card.card(desk, number, floored.now).facts.floor_total
            listed = {one.id: one.floor_total for one in views.units_of(desk, 1, floored.now)}[number]
        assert shown == listed == (FLOOR if login in ("plan", "boss") else None), login


def rate(share: str) -> Terms:
    return Terms((Discount("折扣", DiscountKind.RATE, Decimal(share)),), deposit=DEPOSIT)


KINDS: dict[str, dict[str, Any]] = {
    "unit": {"own": Money(995_000_00)},
    "project": {"floor_rate": "0.995"},
    "building": {FLOORS: {building_group(1): "0.995"}},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("login", ["a", "boss"])
def test_a_price_below_a_floor_is_refused_with_it_and_at_it_is_agreed_to(
    floored: Estate, login: str, kind: str
) -> None:
    said = dict(KINDS[kind])
    code = {"unit": "1-101", "project": "1-102", "building": "1-103"}[kind] if login == "a" else {
        "unit": "1-201", "project": "1-202", "building": "1-S1"}[kind]  # fmt: skip
    floored.alter(code, floor_total=said.pop("own", None))
    floored.put(delete(setting).where(setting.c.name.in_(floors.SETTINGS)))
    for name, value in said.items():
        floored.rule(name, value)
    with desk_of(floored, login) as desk:
        asked = {"consultants": floored.seller("a")}
        with pytest.raises(BelowFloorPrice) as no:
            opening.subscribe(desk, floored.asked(code, terms=rate("0.994"), **asked), floored.now)
        assert no.value.details["floor"] == yuan(995_000)
        assert no.value.details["price"] == yuan(994_000)
        sold = opening.subscribe(desk, floored.asked(code, terms=rate("0.995"), **asked), floored.now)
    assert sold.total == yuan(995_000)


def test_a_house_that_demands_floors_says_the_same_on_a_card_and_in_a_deed(floored: Estate) -> None:
    floored.rule("need_floor_price", True)
    number = floored.unit("1-203").id
    with desk_of(floored, "a") as desk:
        assert settings.rules_of(desk, floored.today).need_floor_price
        assert offered(desk, number, floored) is None
        floored.alter("1-203", floor_total=None)
        assert isinstance(offered(desk, number, floored), NoFloorPrice)
        with pytest.raises(NoFloorPrice):
            opening.subscribe(desk, floored.asked("1-203", consultants=floored.seller("a")), floored.now)
    assert floored.unit("1-203").state == UnitState.FOR_SALE


def offered(desk: Desk, number: int, estate: Estate) -> Refusal | None:
    """Why the card of a unit does not offer to subscribe it; None where it does."""
    offers = card.card(desk, number, estate.now).offers
    return next(one.refusal for one in offers if one.step is Step.SUBSCRIBE)
