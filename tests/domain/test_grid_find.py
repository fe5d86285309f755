"""A room number as people type it leads to the unit they mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salescenter.domain.grid import Cells
from salescenter.domain.grid_find import find_rooms, may_become, parts_of
from salescenter.domain.units import UnitState
from tests.domain.test_grid_figures import few

CODES = ["3-1-1201", "3-2-1201", "5-1-1201", "3-1-201", "S6-101", "B1-P-012"]


def rooms() -> Cells:
    cells = few(*((UnitState.FOR_SALE, 1, 1) for _ in CODES))
    return replace(cells, code=CODES, number=[code.split("-")[-1] for code in CODES], building=[3, 3, 5, 3, 6, 7])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3-1-1201", ["3-1-1201"]),
        ("3-1201", ["3-1-1201", "3-2-1201"]),
        ("3－１２０１", ["3-1-1201", "3-2-1201"]),
        ("3号楼2单元1201室", ["3-2-1201"]),
        ("3#-2-1201", ["3-2-1201"]),
        ("s6-101", ["S6-101"]),
        ("S6#-101", ["S6-101"]),
        ("b1-012", ["B1-P-012"]),
        ("201", ["3-1-201"]),
        ("9-1201", []),
        ("01", []),
        ("", []),
        ("--", []),
    ],
)
def test_what_is_typed_leads_to_the_unit_meant(typed: str, meant: list[str]) -> None:
    assert [CODES[i] for i in find_rooms(typed, rooms())] == meant


@pytest.mark.parametrize(
    ("typed", "may"),
    [
        ("", True), ("3", True), ("3-", True), ("3-12", True), ("3-1-12", True), ("12", True), ("S6-1", True), ("b1", True),
        ("B1-P-", True), ("3-9", False), ("4", False), ("3-1201-", True), ("x", False),
    ],
)  # fmt: skip
def test_a_half_typed_number_may_still_become_one(typed: str, may: bool) -> None:
    assert may_become(typed, rooms()) is may


def test_a_bare_number_is_sought_in_this_building_first() -> None:
    assert CODES[find_rooms("1201", rooms(), here=5)[0]] == "5-1-1201"
    assert CODES[find_rooms("1201", rooms(), here=3)[0]] == "3-1-1201"


def test_ways_to_write_a_room_are_one() -> None:
    assert parts_of("3号楼 1单元 1201室") == parts_of("3#-1-1201") == parts_of("3/1/1201") == ("3", "1", "1201")
