"""A building is laid out by rule as it is meant, or the rule is refused naming the field."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.generate import (
    PATTERNS,
    Avoiding,
    BuildingRule,
    ColumnRule,
    StairRule,
    lay_out,
    read_numbers,
    sale_floors,
)
from salescenter.domain.money import Money
from salescenter.domain.refusals import FieldMalformed

TWO = StairRule("1单元", (ColumnRule("A", "南", Decimal("89.35"), Decimal("70.12")), ColumnRule("B")))


def rule(**other: object) -> BuildingRule:
    return replace(BuildingRule((TWO,), last=6), **other)  # type: ignore[arg-type]


def numbers(made: BuildingRule) -> list[str]:
    return [unit.number for unit in lay_out(made)]


def test_floors_and_doors_are_numbered_from_the_top() -> None:
    assert numbers(rule(last=3)) == ["301", "302", "201", "202", "101", "102"]


@pytest.mark.parametrize(
    ("pattern", "first"),
    list(zip(PATTERNS, ["201", "2A", "1-201", "1201", "01"], strict=True)),
)
def test_each_pattern_numbers_its_way(pattern: str, first: str) -> None:
    assert numbers(rule(pattern=pattern, first=2, last=2))[0] == first


@pytest.mark.parametrize(
    ("avoiding", "names"),
    [
        (Avoiding.LETTER, ["1", "2", "3", "3A", "5", "6"]),
        (Avoiding.NEXT, ["1", "2", "3", "5", "6", "7"]),
        (Avoiding.EMPTY, ["1", "2", "3", "5", "6"]),
    ],
)
def test_an_avoided_floor_is_sold_as_the_house_says(avoiding: Avoiding, names: list[str]) -> None:
    assert [name for _, name in sale_floors(rule(avoid=frozenset({4}), avoiding=avoiding))] == names


def test_two_avoided_floors_in_a_row_get_two_letters() -> None:
    found = sale_floors(rule(first=12, last=15, avoid=frozenset({13, 14})))
    assert found == [(12, "12"), (13, "12A"), (14, "12B"), (15, "15")]


def test_floors_that_hold_nothing_are_left_out_and_there_is_no_floor_zero() -> None:
    found = sale_floors(rule(first=-2, last=3, without=frozenset({1})))
    assert found == [(-2, "B2"), (-1, "B1"), (2, "2"), (3, "3")]


def test_doors_whose_number_is_avoided_are_left_out() -> None:
    wide = StairRule("", tuple(ColumnRule() for _ in range(5)))
    assert numbers(rule(stairs=(wide,), first=1, last=1, avoid_doors=frozenset({4}))) == [
        "101",
        "102",
        "103",
        "105",
        "106",
    ]


def test_prices_rise_by_the_floor() -> None:
    column = ColumnRule(unit_price=Money.yuan(9000), rise=Money.yuan(50))
    made = lay_out(rule(stairs=(StairRule("", (column,)),), last=3, without=frozenset({2})))
    assert [(unit.natural, unit.unit_price) for unit in made] == [("3", Money.yuan(9050)), ("1", Money.yuan(9000))]


def test_units_of_two_stairs_stand_side_by_side() -> None:
    made = lay_out(rule(stairs=(TWO, replace(TWO, name="2单元")), last=1))
    assert [(unit.stair, unit.place, unit.number) for unit in made] == [
        ("1单元", 0, "101"), ("1单元", 1, "102"), ("2单元", 0, "101"), ("2单元", 1, "102"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"pattern": "{floor}"}, "pattern"),
        ({"pattern": "{door}{what}"}, "pattern"),
        ({"pattern": "{door"}, "pattern"),
        ({"pattern": "{door}"}, "pattern"),  # the same door on every floor
        ({"first": 9}, "floors"),
        ({"last": 200}, "floors"),
        ({"stairs": ()}, "stairs"),
        ({"stairs": (TWO, TWO)}, "stairs"),
        ({"stairs": (StairRule("", tuple(ColumnRule() for _ in range(900))),)}, "floors"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused_naming_the_field(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(FieldMalformed) as refusal:
        lay_out(rule(**wrong))
    assert refusal.value.details["field"] == field


@given(
    first=st.integers(-3, 5),
    height=st.integers(0, 40),
    without=st.frozensets(st.integers(-3, 45)),
    avoid=st.frozensets(st.integers(1, 45), max_size=3),
    avoiding=st.sampled_from(Avoiding),
    doors=st.frozensets(st.integers(1, 9)),
)
def test_whatever_is_left_out_every_unit_has_a_door_of_its_own(
    first: int, height: int, without: frozenset[int], avoid: frozenset[int], avoiding: Avoiding, doors: frozenset[int]
) -> None:
    made = rule(
        first=first, last=first + height, without=without, avoid=avoid, avoiding=avoiding, avoid_doors=doors,
        pattern="{floor}-{door}",
    )  # fmt: skip
    units = lay_out(made)
    assert len({(unit.stair, unit.number) for unit in units}) == len(units)
    assert len({(unit.stair, unit.floor, unit.place) for unit in units}) == len(units)
    assert not any(unit.floor == 0 for unit in units)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4, 13-14、24", {4, 13, 14, 24}),
        ("", set()),
        (" 4；13 ", {4, 13}),
        ("-2--1", {-2, -1}),
        ("18~16", {16, 17, 18}),
    ],
)
def test_numbers_are_read_as_people_list_them(text: str, found: set[int]) -> None:
    assert read_numbers(text) == found


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(FieldMalformed):
        read_numbers("四")
