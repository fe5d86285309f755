"""What people without the right may see of a customer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.masks import mask_id, mask_name, mask_phone


@pytest.mark.parametrize(("name", "shown"), [
    ("陈晓明", "陈*"), ("陈明", "陈*"), ("欧阳娜娜", "欧阳*"), ("欧阳", "欧*"), ("李", "*"), ("", ""), (" 王五 ", "王*"), ("John", "J*"), ("𬭚某", "𬭚*"),
])
def test_a_name_shows_its_surname(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(("digits", "shown"), [
    ("13812345521", "138****5521"), ("075582345678", "075*****5678"), ("82345678", "******78"), ("12", "**"), ("", ""),
])
def test_a_phone_hides_its_middle(digits: str, shown: str) -> None:
    assert mask_phone(digits) == shown


@pytest.mark.parametrize(("number", "shown"), [
    ("11010519491231002X", "110105********002X"), ("110105491231002", "110105*****1002"), ("E12345678", "E1*****78"), ("12345", "12*45"), ("1234", "****"),
])
def test_an_id_number_keeps_its_ends(number: str, shown: str) -> None:
    assert mask_id(number) == shown


@given(st.text("0123456789", min_size=1, max_size=20))
def test_a_mask_keeps_the_length_and_hides_something(digits: str) -> None:
    for masked in (mask_phone(digits), mask_id(digits)):
        assert len(masked) == len(digits)
        assert "*" in masked
