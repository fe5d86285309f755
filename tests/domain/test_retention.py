"""How long papers are kept: each kind on its shelf, terms from the end of the year, for good where nobody decided."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from salescenter.domain.house_rules import HouseRules
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.retention import (
    LEAST,
    MOST_YEARS,
    SHELF,
    KeptTooShort,
    Shelf,
    demand_lawful,
    kept_until,
    longest,
    years_kept,
)
from salescenter.domain.refusals import OutOfBounds
from salescenter.domain.rule_limits import LIMITS, demand_sound

USUAL = HouseRules()


def test_every_kind_stands_on_a_shelf_and_every_shelf_is_a_rule_within_limits() -> None:
    assert set(SHELF) == set(PaperKind)
    assert set(SHELF.values()) == set(Shelf)
    assert {shelf.value for shelf in Shelf} - {Shelf.GOOD.value} <= {f.name for f in fields(HouseRules)} & LIMITS.keys()


def test_vouchers_are_kept_as_long_as_the_law_says_and_what_nobody_decided_for_good() -> None:
    assert years_kept(PaperKind.RECEIPT, USUAL) == 30
    assert [years_kept(kind, USUAL) for kind in (PaperKind.CONTRACT, PaperKind.QUOTATION)] == [0, 0]


def test_a_list_of_what_was_destroyed_is_kept_for_good_whatever_the_house_decides() -> None:
    brief = replace(USUAL, keep_vouchers=30, keep_deals=1, keep_office=1)
    assert years_kept(PaperKind.DESTRUCTION, brief) == 0


def test_a_term_ends_with_a_year_and_what_is_kept_for_good_has_no_end() -> None:
    assert kept_until(2026, 30) == date(2056, 12, 31)
    assert kept_until(2026, 0) is None


def test_a_file_is_kept_as_long_as_what_in_it_is_kept_longest() -> None:
    file = (PaperKind.CONTRACT, PaperKind.RECEIPT)
    assert longest(file, USUAL) == 0
    assert [longest(file, replace(USUAL, keep_deals=years)) for years in (10, 50)] == [30, 50]


@pytest.mark.parametrize("years", [0, 29, 201])
def test_a_house_keeps_vouchers_no_shorter_than_the_law(years: int) -> None:
    with pytest.raises(OutOfBounds):
        demand_sound(replace(USUAL, keep_vouchers=years), {"keep_vouchers"})
    demand_sound(replace(USUAL, keep_vouchers=30), {"keep_vouchers"})


def test_a_kind_may_be_kept_for_other_years_than_its_like() -> None:
    own = replace(USUAL, keep_deals=20, keep_kinds={"dunning": 10, "contract": 0})
    kinds = (PaperKind.DUNNING, PaperKind.CONTRACT, PaperKind.STATEMENT)
    assert [years_kept(kind, own) for kind in kinds] == [10, 0, 20]


@pytest.mark.parametrize("shelf", [shelf for shelf, (least, _) in LEAST.items() if least])
def test_nothing_is_kept_for_fewer_years_than_the_law_asks(shelf: Shelf) -> None:
    least = LEAST[shelf][0]
    for years in (1, min(least - 1, MOST_YEARS)):
        with pytest.raises(KeptTooShort) as said:
            demand_lawful(shelf, years)
        assert said.value.details["least"] == least
    demand_lawful(shelf, 0)
    with pytest.raises(OutOfBounds):
        demand_lawful(shelf, MOST_YEARS + 1)


def test_the_law_holds_by_whatever_way_the_years_are_set() -> None:
    for rules, name in ((replace(USUAL, keep_deals=9), "keep_deals"),
                        (replace(USUAL, keep_kinds={"receipt": 29}), "keep_kinds")):  # fmt: skip
        with pytest.raises(KeptTooShort):
            demand_sound(rules, {name})
        demand_sound(rules, {"warn_days"})
    demand_sound(replace(USUAL, keep_deals=10, keep_kinds={"receipt": 30, "quotation": 1}), {"keep_deals", "keep_kinds"})
