"""Laws over everything registered: each state, step, role and refusal has words in both languages, and a test."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from pathlib import Path

import pytest

from salescenter.domain import led_out, price_refusals, refusals, sale_refusals, taking_back, typed_refusals, waiting
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.money import Rounding
from salescenter.domain.staff import Role
from salescenter.domain.units import NEXT, Flag, PriceBasis, Step, UnitState, Use
from salescenter.i18n import speak
from salescenter.ui.kit import terms
from salescenter.ui.kit.words import SAID
from tools.catalogues import places

ROOT = Path(__file__).resolve().parent.parent
KINDS = sorted(
    (kind for home in (refusals, led_out, price_refusals, sale_refusals, taking_back, typed_refusals, waiting)
     for kind in vars(home).values()
     if isinstance(kind, type) and issubclass(kind, (Refusal, Weather)) and kind.__module__ == home.__name__),
    key=lambda kind: kind.__name__,
)
WORDS: list[tuple[Iterable[Enum], Callable[..., str]]] = [
    (UnitState, terms.state_words), (Step, terms.step_words), (Flag, terms.flag_words), (Use, terms.use_words),
    (Role, terms.role_words), (PriceBasis, terms.basis_words), (Rounding, terms.rounding_words),
]


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")


def needed(kind: type[Exception]) -> set[str]:
    """The details its sentence and its remedy name."""
    return set().union(*(places(text) for text in SAID.get(kind, ())))


def raised(source: str) -> Iterator[tuple[str, int, set[str]]]:
    """Each refusal a file makes: its class, the line, and the details given; those that pass `**` on are left out."""
    names = {kind.__name__ for kind in KINDS}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            given = {word.arg for word in node.keywords}
            if name in names and None not in given:
                yield name, node.lineno, {word for word in given if word}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_every_refusal_has_a_sentence_and_a_remedy_of_its_own(kind: type[Exception]) -> None:
    sentence, remedy = SAID[kind]
    assert sentence.endswith((".", "?", "!"))
    assert remedy


def test_no_two_refusals_share_a_code() -> None:
    codes = [kind.code for kind in KINDS]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_whoever_refuses_gives_every_detail_the_sentence_needs() -> None:
    wanted = {kind.__name__: needed(kind) for kind in KINDS}
    lacking = [
        f"{file}:{line} {name} lacks {', '.join(sorted(wanted[name] - given))}"
        for file, source in sources("salescenter") for name, line, given in raised(source) if wanted[name] - given
    ]
    assert lacking == []


@pytest.mark.parametrize(("members", "say"), WORDS, ids=lambda value: getattr(value, "__name__", ""))
def test_every_word_of_the_trade_is_said_in_both_languages(members: Iterable[Enum], say: Callable[..., str]) -> None:
    said = {}
    for language in ("zh_CN", "en"):
        speak(language)
        said[language] = [say(member) for member in members]
        assert all(said[language])
    assert [word for word in said["zh_CN"] if word.isascii()] == []
    assert all(word.isascii() for word in said["en"])


def test_every_refusal_is_met_by_a_test() -> None:
    tests = "\n".join(text for name, text in sources("tests") if name != "tests/test_laws_registered.py")
    assert [kind.__name__ for kind in KINDS if kind.__name__ not in tests] == []


def test_every_step_is_taken_by_a_test() -> None:
    tests = "\n".join(text for name, text in sources("tests") if name != "tests/test_laws_registered.py")
    assert [step.name for step in Step if f"Step.{step.name}" not in tests and f"_T.{step.name}" not in tests] == []


def test_no_state_is_a_dead_end_but_the_last_and_none_is_out_of_reach() -> None:
    left = {before for before, _ in NEXT}
    reached = {after for (before, _), after in NEXT.items() if after != before}
    assert set(UnitState) - left == {UnitState.HANDED_OVER}
    assert set(UnitState) - reached == {UnitState.NOT_RELEASED} - reached


def test_a_refusal_short_of_a_detail_is_seen() -> None:
    source = "raise NoPrice()\nraise no.NotYours(step=1, role=2)\nraise NoArea(**details)\nraise ValueError(unit=1)"
    assert list(raised(source)) == [("NoPrice", 1, set()), ("NotYours", 2, {"step", "role"})]
