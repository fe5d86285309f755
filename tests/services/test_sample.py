"""The sample: a year that obeys every rule, the same from the same seed, alive on every page; and the sample in large."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import URL

from salescenter.data.customer_phones import first_phone
from salescenter.data.customers import customer
from salescenter.data.deals import approval, deal, deal_buyer, quotation
from salescenter.data.estate import building, unit
from salescenter.data.history import history
from salescenter.data.payments import receipt
from salescenter.data.tables import metadata
from salescenter.data.types import CHINA
from salescenter.data.visits import follow_up, visit
from salescenter.domain.units import Flag, UnitState
from salescenter.services import customers, rota, todo
from salescenter.services.check import check
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import NewCustomer, keep
from salescenter.services.house import House, open_house
from salescenter.services.reports.agreement import figures_agree
from salescenter.services.sample import blueprint
from salescenter.services.sample.large import LargeSize, make_large
from salescenter.services.sample.make import Size, make_sample
from tests.once import once

NOW = datetime(2026, 2, 24, 10, 30, tzinfo=CHINA)
SMALL = Size(homes=420, shops=20, parking=40, days=120)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Four months of most of the estate."""
    made = once(tmp_path_factory, "four-months.db", lambda file: make_sample(file, NOW, SMALL).close())
    house = open_house(shutil.copyfile(made, tmp_path_factory.mktemp("sample") / "house.db"))
    yield house
    house.close()


def number(house: House, question: Any) -> int:
    with house.engine.connect() as connection:
        return int(connection.scalar(question) or 0)


def count(house: House, table: Any, *where: Any) -> int:
    return number(house, select(func.count()).select_from(table).where(*where))


# --- the estate


def test_the_estate_has_six_ragged_buildings_shops_and_parking() -> None:
    size = Size()
    homes, shops, parking = (
        list(blueprint.homes(size.homes)), list(blueprint.shops(size.shops)), list(blueprint.parking(size.parking)),
    )  # fmt: skip
    assert (len(homes), len(shops), len(parking)) == (600, 60, 200)
    assert len({home.building for home in homes}) == 6
    floors = {(h.building, h.stair, h.floor) for h in homes}
    widths = {len([h for h in homes if (h.building, h.stair, h.floor) == floor]) for floor in floors}
    assert len(widths) > 2  # no full rectangle
    assert {home.sale for home in homes} >= {"3A", "12B"}
    assert "夹层" in {shop.natural for shop in shops}


def test_some_spaces_go_with_homes_sold_and_with_homes_for_sale(sample: House) -> None:
    home = unit.alias("home")
    asked = select(home.c.state).join(unit, unit.c.bound_to == home.c.id).where(unit.c.state == UnitState.FOR_SALE)
    with sample.engine.connect() as connection:
        assert {UnitState.SUBSCRIBED, UnitState.FOR_SALE} == {UnitState(state) for state in connection.scalars(asked)}


def test_a_large_estate_goes_on_with_towers() -> None:
    homes = list(blueprint.homes(2_000))
    assert len({(h.building, h.stair, h.number) for h in homes}) == len(homes) == 2_000
    assert "10号楼" in {home.building for home in homes}


# --- the year


def test_every_law_holds_in_the_sample(sample: House) -> None:
    assert check(sample.log_in("manager", ""), figures_agree) == []


def test_the_same_seed_makes_the_same_house(tmp_path: Path) -> None:
    size = Size(homes=60, shops=6, parking=8, days=40)
    made = [fingerprint(make_sample(tmp_path / name, NOW, size)) for name in ("one.db", "two.db")]
    other = fingerprint(make_sample(tmp_path / "three.db", NOW, Size(homes=60, shops=6, parking=8, days=40, seed=7)))
    assert made[0] == made[1]
    assert other != made[0]


def test_a_sample_made_just_after_midnight_has_its_rota(tmp_path: Path) -> None:
    late = NOW.replace(hour=0, minute=6)
    house = make_sample(tmp_path / "late.db", late, Size(homes=60, shops=6, parking=8, days=3))
    assert rota.board(house.log_in("manager", ""), late).next is not None
    house.close()


def fingerprint(house: House) -> str:
    """Everything in the house but what depends on the PC and on chance: passwords, secrets."""
    whole = hashlib.sha256()
    with house.engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(select(*(c for c in table.c if c.name not in ("pc", "password"))))
            whole.update(repr((table.name, sorted(map(repr, rows)))).encode())
    house.close()
    return whole.hexdigest()


def test_nothing_in_the_sample_happens_later_than_now(sample: House) -> None:
    moments = [
        (table.name, column.name) for table in metadata.sorted_tables for column in table.c
        if column.name in ("at", "created", "last_seen", "done_at", "asked_at", "decided_at")
    ]  # fmt: skip
    late = NOW.timestamp() * 1000
    with sample.engine.connect() as connection:
        found = {
            f"{table}.{column}": connection.scalar(text(f'SELECT count(*) FROM "{table}" WHERE "{column}" > {late}'))
            for table, column in moments
        }
    assert {name: times for name, times in found.items() if times} == {}


def test_receipts_are_numbered_as_the_day_goes_on(sample: House) -> None:
    with sample.engine.connect() as connection:
        written = connection.execute(select(receipt.c.number, receipt.c.at).order_by(receipt.c.number)).all()
    moments = [row.at for row in written]
    assert len(moments) > 50
    assert moments == sorted(moments)


def test_units_stand_in_every_state_a_morning_shows(sample: House) -> None:
    with sample.engine.connect() as connection:
        states = set(connection.scalars(select(unit.c.state)))
        flags = set(connection.scalars(select(unit.c.flags)))
    assert states >= set(UnitState) - {UnitState.HANDED_OVER}
    assert flags & {int(Flag.MORTGAGED), int(Flag.SHOW_FLAT)}
    assert count(sample, deal, ~deal.c.living) > 5
    assert set(_all(sample, select(deal.c.ending))) >= {"", "cancel", "forfeit", "give-back"}


def _all(house: House, question: Any) -> list[Any]:
    with house.engine.connect() as connection:
        return list(connection.scalars(question))


def test_the_reception_is_alive(sample: House) -> None:
    kinds = {kind: count(sample, visit, visit.c.kind == kind) for kind in ("visit", "call-in", "call-out")}
    assert kinds["visit"] > 9 * SMALL.days
    assert kinds["call-in"] > 3 * SMALL.days
    assert kinds["call-out"] > SMALL.days // 2
    today = count(sample, visit, visit.c.day == NOW.date(), visit.c.kind == "visit")
    assert 4 <= today <= 20
    board = rota.board(sample.log_in("manager", ""), NOW)
    assert len(board.lines) >= 6
    assert board.next is not None


def test_customers_are_owned_free_again_or_nobodys(sample: House) -> None:
    c = customer.c
    assert count(sample, customer, c.owner_id.is_(None)) > 50
    assert count(sample, customer, c.owner_id.is_not(None), c.protected_until < NOW.date()) > 50
    assert count(sample, customer, c.owner_id.is_not(None), c.protected_until >= NOW.date()) > 20


def test_whoever_bought_had_been_there_before(sample: House) -> None:
    met = select(visit.c.id).where(visit.c.customer_id == deal_buyer.c.customer_id).exists()
    assert count(sample, deal_buyer, ~met) == 0


def test_there_is_something_to_do_this_morning(sample: House) -> None:
    waiting = {one.kind for one in todo.todos(sample.log_in("manager", ""), NOW)}
    assert waiting >= {
        todo.TodoKind.APPROVAL, todo.TodoKind.SIGN_SOON, todo.TodoKind.HOLD_ENDS, todo.TodoKind.FOLLOW_UP,
        todo.TodoKind.ARREARS, todo.TodoKind.RESERVE_ENDS,
    }  # fmt: skip
    assert count(sample, approval, approval.c.decided_at.is_not(None)) > 2
    assert count(sample, quotation) > SMALL.days // 2
    assert count(sample, follow_up, follow_up.c.done_at.is_not(None)) > SMALL.days
    assert count(sample, unit, unit.c.quoted > 0) > 50


def test_a_price_given_back_is_approved_again_within_days(sample: House) -> None:
    waiting = select(unit.c.since).where(unit.c.flags == int(Flag.PRICE_REVIEW), unit.c.state == UnitState.FOR_SALE)
    assert all(NOW.date() - day <= timedelta(days=3) for day in _all(sample, waiting))


def test_the_history_knows_who_did_what(sample: House) -> None:
    steps = set(_all(sample, select(history.c.step)))
    assert steps >= {"release", "hold", "reserve", "subscribe", "draft", "sign", "file", "cancel", "quote", "set-price"}
    assert len(set(_all(sample, select(history.c.person_id)))) > 8


# --- in large


@pytest.fixture(params=["sqlite", "postgresql"])
def large(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    where: str | Path = tmp_path / "large.db"
    if request.param == "postgresql":
        url: URL = request.getfixturevalue("pg_url")
        where = url.render_as_string(hide_password=False)
    house = make_large(where, NOW, LargeSize(homes=900, customers=400))
    yield house
    house.close()


def test_a_large_house_is_a_whole_one(large: House) -> None:
    desk = large.log_in("manager", "")
    assert (count(large, unit), count(large, customer)) == (900, 400)
    assert count(large, unit, unit.c.state == UnitState.FOR_SALE) == 900
    assert count(large, building) == 8
    assert check(desk, figures_agree) == []
    with large.engine.connect() as connection:
        one = connection.execute(select(customer, first_phone).where(customer.c.id == 123)).one()
    for typed in (one.phone[2:9], one.phone[-6:], one.name, one.initials):
        assert one.id in {hit.id for hit in customers.find(desk, typed, 50)}, typed


def test_a_large_house_takes_further_customers(large: House) -> None:
    asked = NewCustomer(CustomerFacts(name="新客户", phones=("13700000001",), sex="female"))
    with large.log_in("manager", "").working(NOW) as work:
        assert keep(work, asked).id == 401
