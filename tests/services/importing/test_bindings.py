"""A list says which home a parking space or storage room goes with (随房), by whatever the trade calls the column."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from salescenter.data.estate import unit
from salescenter.domain.columns import UnitField
from salescenter.domain.import_terms import Fact, Remedy
from salescenter.domain.refusals import BadRowsRemain
from salescenter.domain.sheet_values import Why
from salescenter.domain.units import Use
from salescenter.services.importing import taking_back
from salescenter.services.importing.store import carry_out
from salescenter.services.work import Desk
from tests.services.importing.estates import NOW, desk, drafted, imported, planned, small

__all__ = ["desk", "small"]

HEADER = ["楼栋", "单元", "楼层", "房号", "用途", "建筑面积", "总价", "所属房号"]
HOMES = [["3栋", "1单元", "12", "1201", "住宅", 100, 900_000, ""], ["3栋", "2单元", "12", "1201", "住宅", 100, 900_000, ""],
         ["3栋", "1单元", "11", "1101", "住宅", 100, 900_000, None]]  # fmt: skip


def space(home: Any, number: str = "B1-017", use: str = "车位", building: str = "P区") -> list[Any]:
    return [building, "", "B1", number, use, 13.25, 120_000, home]


def bound(desk: Desk) -> dict[str, str]:
    """What goes with which home, by their codes."""
    home = unit.alias("home")
    asked = select(unit.c.code, home.c.code).join(home, home.c.id == unit.c.bound_to)
    with desk.reading() as connection:
        return {annex: code for annex, code in connection.execute(asked)}  # noqa: C416


@pytest.mark.parametrize("name", ["随房", "所属房号", "绑定房号", "附属房号", "对应房号", "所属房源"])
def test_the_column_is_known_by_its_names_and_leaves_the_room_number_alone(name: str) -> None:
    mapping = drafted([*HOMES, space("3-1-1201")], [*HEADER[:-1], name]).mapping
    told = {column.header: column.field for column in mapping.columns}
    assert (told[name], told["房号"]) == (UnitField.BOUND_TO, UnitField.NUMBER)


def test_homes_of_the_same_list_and_of_the_estate_are_found_and_a_second_time_nothing_changes(desk: Desk) -> None:
    rows = [space("3-1-1201"), *HOMES, space("3栋1单元1101", "B1-018", "储藏室")]
    assert imported(desk, rows, HEADER).units == 5
    assert bound(desk) == {"P区-B1-017": "3-1-1201", "P区-B1-018": "3-1-1101"}
    again = planned(desk, rows, HEADER)
    assert (again.empty, again.unchanged, again.bad) == (True, 5, ())
    late = [space("3-1101", "B1-019")]
    imported(desk, late, HEADER)
    assert bound(desk)["P区-B1-019"] == "3-1-1101"


@pytest.mark.parametrize("said", ["3-2-1201", "3栋2单元1201", "3#-2单元-1201室", "３-2-1201"])
def test_a_home_is_named_in_any_of_the_trades_ways(small: Desk, said: str) -> None:
    found = planned(small, [*HOMES, space(said)], HEADER)
    assert found.bad == ()
    assert found.new[-1].row.bound_to == "3-2-1201"


def test_a_storage_room_of_the_same_building_names_its_home_by_the_number_alone(small: Desk) -> None:
    found = planned(small, [*HOMES, space("1101", "C01", "储藏室", "3栋")], HEADER)
    assert found.new[-1].row.bound_to == "3-1-1101"


@pytest.mark.parametrize("said", ["9-1-101", "3-1201", "3-9999"])
def test_a_home_that_is_not_there_or_may_be_two_stops_the_row_with_what_to_do(small: Desk, said: str) -> None:
    found = planned(small, [*HOMES, space(said)], HEADER)
    (bad,) = found.bad
    assert (bad.row, bad.header, bad.why, bad.remedy, bad.value) == (5, "所属房号", Why.NO_SUCH_HOME, Remedy.NAME_HOME, said)
    with pytest.raises(BadRowsRemain):
        carry_out(small, found, NOW)
    assert carry_out(small, found, NOW, leave_out=True).units == 3


def test_a_home_goes_with_no_home(small: Desk) -> None:
    found = planned(small, [*HOMES, ["3栋", "1单元", "9", "901", "住宅", 100, 900_000, "3-1-1201"]], HEADER)
    assert [bad.why for bad in found.bad] == [Why.NOT_AN_ANNEX]


def test_a_list_makes_no_shop_of_a_home_that_has_annexes(small: Desk) -> None:
    imported(small, [*HOMES, space("3-1-1201")], HEADER)
    found = planned(small, [["3栋", "1单元", "12", "1201", "商铺", 100, 900_000, ""]], HEADER)
    assert [bad.why for bad in found.bad] == [Why.HAS_ANNEXES]


def test_another_home_is_shown_as_a_change_and_taken_back_with_the_import(desk: Desk) -> None:
    imported(desk, [*HOMES, space("3-1-1201")], HEADER)
    moved = planned(desk, [space("3-1-1101")], HEADER)
    ((fact,),) = [change.facts for change in moved.changed]
    assert (fact.fact, fact.old, fact.new) == (Fact.BOUND_TO, "3-1-1201", "3-1-1101")
    done = carry_out(desk, moved, NOW + timedelta(hours=1))
    assert bound(desk) == {"P区-B1-017": "3-1-1101"}
    taking_back.take_back(desk, taking_back.TakeBack(done.revision), NOW + timedelta(hours=2))
    assert bound(desk) == {"P区-B1-017": "3-1-1201"}


def test_homes_that_go_with_their_import_let_their_annexes_go(small: Desk, tmp_path: Path) -> None:
    imported(small, [space("")], HEADER)
    homes = carry_out(small, planned(small, HOMES, HEADER), NOW + timedelta(hours=1))
    with small.working(NOW) as work:
        number = select(unit.c.id).where(unit.c.code == "3-1-1201").scalar_subquery()
        work.connection.execute(unit.update().where(unit.c.use == Use.PARKING.value).values(bound_to=number))
    taking_back.take_back(small, taking_back.TakeBack(homes.revision), NOW + timedelta(hours=2))
    with small.reading() as connection:
        assert list(connection.execute(select(unit.c.code, unit.c.bound_to))) == [("P区-B1-017", None)]
