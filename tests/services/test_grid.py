"""The control grid's data: visual order, what changed since, and how it stood at any past moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from salescenter.domain.grid import Cells
from salescenter.domain.units import UnitState
from salescenter.services import grid, quotations, release
from salescenter.services.deals import opening, signing
from salescenter.services.deals.requests import Terms
from salescenter.services.work import Desk
from tests.houses import DEPOSIT, LIST, NOON, Estate, yuan


def column(cells: Cells, name: str) -> dict[str, Any]:
    return dict(zip(cells.code, getattr(cells, name), strict=True))


def test_units_come_in_visual_order_from_the_top(estate: Estate) -> None:
    cells = grid.cells(estate.desk())
    assert cells.code == (
        "1-301", "1-302", "1-303", "1-201", "1-202", "1-203", "1-101", "1-102", "1-103", "1-S1", "P-001",
    )  # fmt: skip
    assert cells.area[0] == 100_00
    assert cells.total[0] == LIST.fen
    assert {type(value) for row in (cells.id, cells.state, cells.since, cells.until, cells.total) for value in row} == {int}


def test_the_layout_says_floors_from_the_top_and_stairs_side_by_side(estate: Estate) -> None:
    (block,) = grid.layout(estate.desk()).buildings
    assert (block.name, [stair.columns for stair in block.stairs]) == ("1号楼", [3])
    assert [row.order for row in block.floors] == [30, 20, 10, 5, -10]


def test_news_name_what_changed_and_nothing_else(estate: Estate) -> None:
    since = grid.news(estate.desk(), 0).upto
    assert grid.news(estate.desk(), since).changes == ()
    estate.subscribe("1-101")
    first = grid.news(estate.desk(), since)
    (changed,) = first.changes
    assert (changed.id, changed.state, changed.total) == (estate.unit("1-101").id, UnitState.SUBSCRIBED, LIST.fen)
    estate.receive("1-101", 1_000)
    estate.step(signing.draft)
    later = grid.news(estate.desk(), first.upto)
    assert {one.id for one in later.changes} == {changed.id}
    assert later.changes[0].state == UnitState.DRAFTED


def test_a_quotation_is_news_but_binds_nobody(estate: Estate) -> None:
    since, asked = grid.news(estate.desk(), 0).upto, estate.asked("1-101")
    quotations.keep(estate.desk("a"), quotations.QuoteRequest(asked.unit, Terms(deposit=DEPOSIT)), estate.now)
    (changed,) = grid.news(estate.desk(), since).changes
    assert changed.quoted == 1
    assert opening.subscribe(estate.desk("a"), asked, estate.later(seconds=1)).deal


def test_any_past_moment_can_be_shown(estate: Estate) -> None:
    moments = {"open": estate.now}
    estate.subscribe("1-101")
    moments["subscribed"] = estate.later(hours=1)
    estate.step(signing.draft)
    moments["drafted"] = estate.later(days=1)
    estate.close()
    moments["cancelled"] = estate.later(hours=1)
    new = release.NewPrice(*estate.seen("1-102"), unit_price=yuan(10_300))
    release.set_prices(estate.desk("plan"), release.PriceRequest((new,), "调价"), estate.later(hours=1))
    stood = {name: grid.cells_at(estate.desk(), at) for name, at in moments.items()}
    assert {name: column(cells, "state")["1-101"] for name, cells in stood.items()} == {
        "open": UnitState.FOR_SALE, "subscribed": UnitState.SUBSCRIBED, "drafted": UnitState.DRAFTED,
        "cancelled": UnitState.FOR_SALE,
    }  # fmt: skip
    assert column(stood["drafted"], "buyer")["1-101"] == "陈一帆"
    assert column(stood["cancelled"], "total")["1-102"] == LIST.fen
    assert column(grid.cells_at(estate.desk(), estate.now), "total")["1-102"] == yuan(1_030_000).fen
    now, then = grid.cells(estate.desk()), grid.cells_at(estate.desk(), estate.now)
    for name in ("id", "code", "state", "flags", "unit_price", "total", "buyer", "until"):
        assert getattr(now, name) == getattr(then, name), name


def test_before_the_first_moment_nothing_was_on_sale(estate: Estate) -> None:
    assert grid.first_moment(estate.desk()) == NOON - timedelta(days=11)
    cells = grid.cells_at(estate.desk(), NOON - timedelta(days=12))
    assert set(cells.state) == {UnitState.NOT_RELEASED}
    assert set(cells.total) == {0}
    released = grid.cells_at(estate.desk(), NOON - timedelta(days=10))
    assert sorted({*released.state}) == [UnitState.NOT_RELEASED, UnitState.FOR_SALE]


@pytest.mark.parametrize("who", ["a", "boss"])
def test_an_empty_project_has_an_empty_grid(small: Estate, who: str) -> None:
    desk = Desk(small.house.engine, small.people[who], 4711)
    assert (len(grid.cells(desk)), grid.layout(desk).buildings, grid.first_moment(desk)) == (0, (), None)
