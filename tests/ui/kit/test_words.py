"""Every refusal is said as a sentence with its remedy, filled with what it knows, in both languages."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from salescenter.domain import refusals as no
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.money import Money
from salescenter.domain.staff import Role
from salescenter.domain.units import Flag, PriceBasis, Step, UnitState, Use
from salescenter.i18n import speak
from salescenter.ui.kit.codes import CODES
from salescenter.ui.kit.words import SAID, detail_words, refusal_words, state_letter
from tools.catalogues import places

SOURCE = Path(__file__).resolve().parents[3] / "salescenter"
KINDS = sorted(SAID, key=lambda kind: kind.__name__)
CODED = {"what", "why", "field", "instead"}


def codes_given() -> Iterator[tuple[str, str]]:
    """Each literal code given to a refusal below the screens, with its file."""
    for layer in ("domain", "data", "services", "print"):
        for file in sorted((SOURCE / layer).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(vars(no).get(getattr(node.func, "id", "")), type):
                    for word in node.keywords:
                        if word.arg in CODED and isinstance(word.value, ast.Constant) and word.value.value:
                            yield file.relative_to(SOURCE).as_posix(), str(word.value.value)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_a_refusal_without_any_detail_is_still_said(kind: type[Exception], language: str) -> None:
    speak(language)
    for words in refusal_words(kind()):
        assert words
        assert "{" not in words


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in (Refusal, Weather)], ids=lambda kind: str(kind.__name__))
def test_a_refusal_names_only_details_its_class_promises(kind: type[Exception]) -> None:
    promised = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"\(([^)]*)\)", kind.__doc__ or ""))))
    named = set().union(*(places(text) for text in SAID[kind]))
    assert named - promised - {"who"} == set()


def test_every_code_given_to_a_refusal_has_words() -> None:
    assert sorted({(file, code) for file, code in codes_given() if code not in CODES}) == []


def test_the_sentence_is_filled_in_the_readers_language() -> None:
    refusal = no.NotAllowedNow(state=UnitState.SIGNED, step=Step.SUBSCRIBE)
    assert refusal_words(refusal)[0] == "“网签”的房源不能“认购”。"
    speak("en")
    assert refusal_words(refusal)[0] == 'A unit that is "Signed" does not allow "Subscribe".'


def test_the_remedy_names_who_may() -> None:
    refusal = no.NotYours(step=Step.APPROVE, role=Role.CONSULTANT, who=(Role.MANAGER, Role.SUPERVISOR))
    assert refusal_words(refusal)[1] == "请找有权限的人：销售经理、销售主管。"


def test_shares_are_said_in_percent() -> None:
    assert "99.50%" in refusal_words(no.SharesNotWhole(total=9950))[0]


@pytest.mark.parametrize(("value", "said"), [
    (Money(2000000), "20,000.00"), (UnitState.FOR_SALE, "待售"), (Step.HOLD, "预留"), (Use.PARKING, "车位"),
    (Flag.MORTGAGED | Flag.SEIZED, "抵押、查封"), (Role.CASHIER, "收款员"), (PriceBasis.LUMP, "按套"),
    (date(2026, 3, 3), "2026-03-03"), (Decimal("0.97"), "97%"), (None, "—"), ("", "—"), ("unit", "房号"),
    ("3-1201", "3-1201"), (17, "17"), ((Role.MANAGER, Role.PLANNER), "销售经理、策划"),
])
def test_each_detail_is_written_as_the_trade_writes_it(value: object, said: str) -> None:
    assert detail_words(value) == said


def test_a_moment_is_written_to_the_minute_on_the_house_s_clock_wherever_the_pc_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    getattr(time, "tzset", lambda: None)()
    assert detail_words(datetime(2026, 3, 3, 19, 41, tzinfo=UTC)) == "2026-03-04 03:41"
    monkeypatch.undo()
    getattr(time, "tzset", lambda: None)()


def test_a_class_that_has_no_words_yet_speaks_as_its_parent() -> None:
    class New(Refusal):
        """Something new."""

    assert refusal_words(New()) == refusal_words(Refusal())


def test_letters_tell_states_apart_in_both_languages() -> None:
    for language in ("zh_CN", "en"):
        speak(language)
        assert len({state_letter(state) for state in UnitState}) == len(UnitState)
