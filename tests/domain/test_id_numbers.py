"""Identity numbers: every rule of GB 11643, and every spelling a desk meets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.id_numbers import (
    PROVINCES,
    IdFault,
    Sex,
    age_on,
    check_digit,
    lengthened,
    plausible_birth,
    read_id,
)
from salescenter.domain.refusals import IdMalformed

TODAY = date(2025, 3, 1)


def number(birth: date, order: int = 1, place: str = "440301") -> str:
    first = f"{place}{birth:%Y%m%d}{order:03}"
    return first + check_digit(first)


def why(text: str) -> object:
    with pytest.raises(IdMalformed) as refused:
        read_id(text, TODAY)
    return refused.value.details["why"]


def test_the_standards_own_example_is_right() -> None:
    card = read_id("11010519491231002X", TODAY)
    assert (card.birth, card.sex) == (date(1949, 12, 31), Sex.FEMALE)


@pytest.mark.parametrize("typed", [
    "11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ", "１１０１０５１９４９１２３１００２ｘ", "'11010519491231002X",
])
def test_lower_case_full_width_and_blanks_are_accepted(typed: str) -> None:
    assert read_id(typed, TODAY).number == "11010519491231002X"


def test_an_old_number_of_fifteen_digits_is_lengthened() -> None:
    card = read_id("110105491231002", TODAY)
    assert card.number == "11010519491231002X" == lengthened("110105491231002")


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(1, 999), st.sampled_from(sorted(PROVINCES)))
def test_every_proper_number_is_read_apart(birth: date, order: int, province: int) -> None:
    card = read_id(number(birth, order, f"{province}0101"), TODAY)
    assert card.birth == birth
    assert card.sex is (Sex.MALE if order % 2 else Sex.FEMALE)


@given(st.dates(date(1930, 1, 1), TODAY), st.integers(1, 999), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(birth: date, order: int, place: int, off: int) -> None:
    right = number(birth, order)
    digit = "0123456789X".index(right[place])
    wrong = right[:place] + str((digit + off) % 10 if digit < 10 else off) + right[place + 1:]
    with pytest.raises(IdMalformed):
        read_id(wrong, TODAY)


@given(st.dates(date(1930, 1, 1), TODAY), st.integers(1, 999), st.integers(0, 15))
def test_two_neighbours_swapped_are_always_found(birth: date, order: int, place: int) -> None:
    right = number(birth, order)
    if right[place] == right[place + 1]:
        return
    with pytest.raises(IdMalformed):
        read_id(right[:place] + right[place + 1] + right[place] + right[place + 2:], TODAY)


def test_each_fault_has_its_own_reason() -> None:
    assert why("") is IdFault.LENGTH
    assert why("1101051949123100") is IdFault.LENGTH
    assert why("1101051949123100A2") is IdFault.CHARACTERS
    assert why("X1010519491231002X") is IdFault.CHARACTERS
    assert why(number(date(1990, 1, 1), place="990101")) is IdFault.PROVINCE
    assert why("110105194913310020") is IdFault.DATE
    assert why("110105202302290020") is IdFault.DATE
    assert why(number(TODAY + timedelta(days=1))) is IdFault.FUTURE
    assert why("110105194912310020") is IdFault.CHECK


def test_someone_born_today_has_a_number() -> None:
    assert read_id(number(TODAY), TODAY).birth == TODAY


def test_age_grows_on_the_birthday() -> None:
    birth = date(2007, 3, 2)
    assert age_on(birth, date(2025, 3, 1)) == 17
    assert age_on(birth, date(2025, 3, 2)) == 18
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17


def test_nobody_is_born_tomorrow_or_a_hundred_and_fifty_years_ago() -> None:
    assert plausible_birth(TODAY, TODAY)
    assert not plausible_birth(TODAY + timedelta(days=1), TODAY)
    assert plausible_birth(date(1905, 1, 1), TODAY)
    assert not plausible_birth(date(1875, 1, 1), TODAY)
