"""Where a unit lies is read in every spelling the trade uses."""

from __future__ import annotations

import pytest

from salescenter.domain import addresses as a
from salescenter.domain.addresses import Door, Rooms
from salescenter.domain.sheet_values import Cell, Unreadable, Why
from salescenter.domain.units import Use


@pytest.mark.parametrize(
    ("cell", "level", "part", "top"),
    [
        ("12", 12, 0, 12),
        (12.0, 12, 0, 12),
        ("12F", 12, 0, 12),
        ("１２层", 12, 0, 12),
        ("第十二层", 12, 0, 12),
        ("F3", 3, 0, 3),
        ("31/33", 31, 0, 31),
        ("B1", -1, 0, -1),
        ("-1F", -1, 0, -1),
        ("负一层", -1, 0, -1),
        ("地下二层", -2, 0, -2),
        (-1.0, -1, 0, -1),
        ("12A", 12, 1, 12),
        ("1.5", 1, 5, 1),
        ("2F夹层", 2, 5, 2),
        ("夹层", 1, 5, 1),
        ("首层", 1, 0, 1),
        ("3F-4F", 3, 0, 4),
        ("3-4层", 3, 0, 4),
        ("3～4", 3, 0, 4),
    ],
)
def test_floors_are_read(cell: Cell, level: int, part: int, top: int) -> None:
    found = a.floor(cell)
    assert found is not None
    assert (found.level, found.part, found.top) == (level, part, top)


@pytest.mark.parametrize("cell", ["屋顶花园", "999", "A", "12层13室"])
def test_what_is_no_floor_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable) as trouble:
        a.floor(cell)
    assert trouble.value.why is Why.NOT_A_FLOOR


def test_floors_stand_in_their_natural_order_with_mezzanines_between() -> None:
    said = ["B2", "B1", "地下夹层", "1F", "夹层", "2F", "12", "12A", "13"]
    orders = [floor.order for floor in map(a.floor, said) if floor]
    assert orders == sorted(set(orders))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("1单元", "1单元"),
        ("一单元", "1单元"),
        (1.0, "1单元"),
        ("２", "2单元"),
        ("--", ""),
        ("", ""),
        ("A", "A单元"),
        ("东", "东单元"),
        ("一梯", "1单元"),
        ("裙楼", "裙楼"),
    ],
)
def test_stairs_come_in_one_spelling(cell: Cell, name: str) -> None:
    assert a.stair(cell) == name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("3栋", "3"),
        ("3#", "3"),
        ("3号楼", "3"),
        ("三号楼", "3"),
        ("3#楼", "3"),
        ("３幢", "3"),
        ("35A栋", "35A"),
        ("S6#", "S6"),
        ("A座", "A"),
        ("裙楼", "裙"),
    ],
)
def test_one_building_is_known_under_all_its_spellings(name: str, key: str) -> None:
    assert a.building_key(name) == key


def test_a_bare_building_number_becomes_a_name() -> None:
    assert a.building(42.0) == "42栋"
    assert a.building("云栖园3栋") == "云栖园3栋"


@pytest.mark.parametrize(
    ("names", "prefix"),
    [
        (["云栖花园3栋", "云栖花园7栋"], "云栖花园"),
        (["3栋", "7栋"], ""),
        (["云栖花园3栋", "听松苑7栋"], ""),
        (["云栖花园3栋"], "云栖花园"),
        ([], ""),
    ],
)
def test_the_estates_name_is_told_from_its_buildings(names: list[str], prefix: str) -> None:
    assert a.estate_prefix(names) == prefix


@pytest.mark.parametrize(
    ("cell", "door"),
    [
        ("01", Door("01")),
        (701.0, Door("701")),
        ("1A", Door("1A")),
        ("1201室", Door("1201")),
        ("1单元-901", Door("901", "1单元")),
        ("S6#-101", Door("101", "", "S6#")),
        ("3栋一单元1201", Door("1201", "1单元", "3栋")),
        ("3-1-1201", Door("1201", "1单元", "3栋")),
        ("3号楼2单元-602室", Door("602", "2单元", "3号楼")),
        ("B1-001", Door("B1-001")),
        ("3-1201", Door("1201", lead="3")),
        ("35A-101室", Door("101", lead="35A")),
    ],
)
def test_doors_are_read_with_the_building_and_stair_they_name(cell: Cell, door: Door) -> None:
    assert a.door(cell) == door


@pytest.mark.parametrize(("number", "floor"), [("1201", 12), ("301", 3), ("101A", 1), ("12B", 12), ("01", None), ("B101", None)])
def test_the_floor_is_told_from_a_full_door_number(number: str, floor: int | None) -> None:
    assert a.floor_of_number(number) == floor


@pytest.mark.parametrize(
    ("cell", "use"),
    [
        ("住宅", Use.HOME),
        ("高层住宅", Use.HOME),
        ("商铺", Use.SHOP),
        ("底商", Use.SHOP),
        ("地下车位", Use.PARKING),
        ("储藏室", Use.STORAGE),
        ("", None),
    ],
)
def test_uses_are_told_by_the_trades_words(cell: Cell, use: Use | None) -> None:
    assert a.use(cell) is use


def test_an_unknown_use_is_refused() -> None:
    with pytest.raises(Unreadable) as trouble:
        a.use("配套")
    assert trouble.value.why is Why.UNKNOWN_WORD


@pytest.mark.parametrize(
    ("cell", "rooms"),
    [
        ("三室两厅两卫", Rooms(3, 2, 2)),
        ("一房一厅", Rooms(1, 1, 0)),
        ("3房2厅2卫", Rooms(3, 2, 2)),
        ("4-2-2", Rooms(4, 2, 2)),
        ("A1", Rooms()),
    ],
)
def test_rooms_are_counted_from_the_unit_type(cell: Cell, rooms: Rooms) -> None:
    assert a.rooms(cell) == rooms


def test_an_orientation_loses_its_filler() -> None:
    assert [a.facing(said) for said in ("朝南", "南向", "东南", "--")] == ["南", "南", "东南", ""]
