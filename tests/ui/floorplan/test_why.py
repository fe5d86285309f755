"""The sentence of the card: why this colour, what comes next, how urgent it is, and what a customer may hear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from salescenter.domain.units import Flag, UnitState
from salescenter.i18n import speak
from salescenter.services.card import card
from salescenter.services.card_values import UnitCard
from salescenter.services.deals import holds
from salescenter.services.deals.holds import HoldRequest
from salescenter.ui.floorplan.why import CALM, LATE, SOON, why
from tests.houses import Estate, small, sqlite_model

__all__ = ["small", "sqlite_model"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    speak("en")
    yield
    speak("zh_CN")


def read(house: Estate, code: str = "1-101") -> UnitCard:
    return card(house.desk(), house.seen(code)[0], house.now)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (UnitState.RESERVED, "Small deposit by 陈一帆"),
        (UnitState.SUBSCRIBED, "Subscribed by 陈一帆"),
        (UnitState.DRAFTED, "Contract drafted for 陈一帆"),
        (UnitState.SIGNED, "Signed by 陈一帆"),
        (UnitState.FILED, "for 陈一帆, contract YX-1-101"),
        (UnitState.HANDED_OVER, "Handed over to 陈一帆"),
    ],
)
def test_each_state_of_a_deal_names_the_buyer_and_what_was_received(
    small: Estate, state: UnitState, sentence: str
) -> None:
    small.carried_to(state)
    said = why(read(small), small.now)
    assert sentence in said.plain
    assert ("received" in said.plain) is (state is not UnitState.DRAFTED)


@pytest.mark.parametrize("state", list(UnitState)[3:])
def test_a_customer_hears_no_name_and_no_amount(small: Estate, state: UnitState) -> None:
    small.carried_to(state)
    said = why(read(small), small.now, private=True).plain
    assert said == ("Reserved for the moment." if state is UnitState.RESERVED else "Sold.")


def test_the_day_to_sign_by_grows_urgent_and_then_late(small: Estate) -> None:
    small.carried_to(UnitState.SUBSCRIBED)
    sign_by = read(small).deal
    assert sign_by is not None
    assert sign_by.sign_by is not None
    tones = []
    for left in (5, 2, -1):
        small.now += sign_by.sign_by - timedelta(days=left) - small.today
        tones.append(why(read(small), small.now).tone)
    assert tones == [CALM, SOON, LATE]


def test_a_hold_says_who_why_and_when_it_ends_by_itself(small: Estate) -> None:
    number, revision = small.seen("1-102")
    until = small.now + timedelta(hours=5)
    holds.hold(small.desk("a"), HoldRequest(number, revision, until, "等家人看房"), small.later(seconds=1))
    said = why(read(small, "1-102"), small.now)
    assert "Held by 林晓" in said.plain
    assert "等家人看房" in said.plain
    assert "4 h 59 min left" in said.plain
    small.now = until
    over = why(read(small, "1-102"), small.now)
    assert "The hold ended by itself" in over.plain
    assert "For sale since" in over.plain


def test_a_reason_typed_by_hand_cannot_break_the_text(small: Estate) -> None:
    number, revision = small.seen("1-102")
    until = small.now + timedelta(days=1)
    asked = HoldRequest(number, revision, until, "<b>A & B</b>")
    holds.hold(small.desk("a"), asked, small.later(seconds=1))
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in why(read(small, "1-102"), small.now).rich


@pytest.mark.parametrize(
    ("code", "said"),
    [("1-301", "it can be released"), ("1-302", "its price must"), ("1-303", "the presale permit must")],
)
def test_what_is_not_released_says_what_is_missing(small: Estate, code: str, said: str) -> None:
    assert said in why(read(small, code), small.now).plain


def test_a_locked_unit_says_so_and_is_urgent(small: Estate) -> None:
    small.alter("1-101", flags=int(Flag.MORTGAGED | Flag.SHOW_FLAT))
    said = why(read(small), small.now)
    assert "Cannot be sold now: Mortgaged" in said.plain
    assert "Show flat" not in said.plain
    assert said.tone == SOON
