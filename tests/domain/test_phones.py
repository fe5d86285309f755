"""Phone numbers as they stand in real ledgers: cleaned, told apart, kept and flagged, never refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.phones import Phone, PhoneKind, clean_phone, clean_phones

K = PhoneKind


@pytest.mark.parametrize("typed", [
    "13812345521", "13812345521.0", "13812345521.", "1.3812345521E10", "1.3812345521e+10", "１３８１２３４５５２１",
    " 138 1234 5521 ", "138-1234-5521", "1381234-5521", "+8613812345521", "+86 138 1234 5521", "＋86-13812345521", "8613812345521",
    "008613812345521", "'13812345521", "138 1234\u00a05521", "13812345521\u200b", "(138)12345521",
])
def test_a_mobile_is_found_under_every_spelling(typed: str) -> None:
    assert clean_phone(typed) == Phone("13812345521", True, K.MOBILE)


@pytest.mark.parametrize(("typed", "digits", "kind", "extension"), [
    ("0755-12345678", "075512345678", K.UNKNOWN, ""),  # no local number begins with 1
    ("0755-82345678", "075582345678", K.LANDLINE, ""),
    ("（010）62345678", "01062345678", K.LANDLINE, ""),
    ("021 6234 5678", "02162345678", K.LANDLINE, ""),
    ("0731-2345678", "07312345678", K.LANDLINE, ""),
    ("82345678", "82345678", K.LANDLINE, ""),
    ("0755-82345678-801", "075582345678", K.LANDLINE, "801"),
    ("0755-82345678转8012", "075582345678", K.LANDLINE, "8012"),
    ("82345678 ext.12", "82345678", K.LANDLINE, "12"),
    ("+86 755 8234 5678", "75582345678", K.UNKNOWN, ""),
    ("400-888-1234", "4008881234", K.SERVICE, ""),
    ("800 810 1234", "8008101234", K.SERVICE, ""),
    ("+852 9123 4567", "85291234567", K.ABROAD, ""),
    ("001 212 555 0100", "12125550100", K.ABROAD, ""),
])
def test_other_numbers_are_told_apart(typed: str, digits: str, kind: PhoneKind, extension: str) -> None:
    assert clean_phone(typed) == Phone(digits, kind is not K.UNKNOWN, kind, extension)


@pytest.mark.parametrize(("typed", "digits"), [
    ("1381234552", "1381234552"), ("138123455211", "138123455211"), ("12812345521", "12812345521"), ("", ""), ("无", ""),
    ("138****5521", "1385521"), ("13812345521-1", "138123455211"),
])
def test_a_malformed_number_is_kept_and_flagged(typed: str, digits: str) -> None:
    assert clean_phone(typed) == Phone(digits, False, K.UNKNOWN)


@pytest.mark.parametrize(("typed", "well"), [
    ("+683 1234", True), ("+1-2-3-4-5-6", False), ("+123456789012345", True), ("+1234567890123456", False),
])
def test_a_number_abroad_has_seven_to_fifteen_digits(typed: str, well: bool) -> None:
    assert (clean_phone(typed).well_formed, clean_phone(typed).kind) == (well, K.ABROAD)


@given(st.text())
def test_nothing_is_ever_refused(typed: str) -> None:
    phone = clean_phone(typed)
    assert phone.digits == "".join(c for c in phone.digits if c in "0123456789")
    assert phone.well_formed or phone.kind in (K.UNKNOWN, K.ABROAD)


@given(st.text())
def test_cleaning_what_is_clean_changes_nothing(typed: str) -> None:
    phone = clean_phone(typed)
    if phone.kind in (K.MOBILE, K.LANDLINE, K.SERVICE):
        assert clean_phone(phone.digits) == Phone(phone.digits, True, phone.kind)


def test_a_cell_may_hold_several_numbers() -> None:
    assert [p.digits for p in clean_phones("13812345521/13912345522、0755-82345678，82345679\n")] == [
        "13812345521", "13912345522", "075582345678", "82345679",
    ]
    assert clean_phones("  ") == ()
