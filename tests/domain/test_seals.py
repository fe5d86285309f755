"""Sealed history: the canonical text of a row, the chain, and every single change found."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.seals import (
    Block,
    Digested,
    Flaw,
    FlawKind,
    chain_flaws,
    code,
    code_begins,
    digest,
    row_flaws,
    sealed,
)

AT = 1_772_424_000_000


def row(number: int, **after: Any) -> tuple[int, tuple[Any, ...]]:
    columns = (1, AT + number, 3, "pc-a", "subscribe", "deal", number, 7, number, None, None)
    return number, (*columns, json.dumps({"number": number} | after))


def hashed(rows: Sequence[tuple[int, tuple[Any, ...]]]) -> list[Digested]:
    return [(number, digest(values)) for number, values in rows]


ROWS = [row(number) for number in (1, 2, 3, 5)]
BLOCK = sealed(None, 1, 5, AT, hashed(ROWS))
SECOND = sealed(BLOCK, 1, 7, AT + 1, hashed([row(6), row(7)]))

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))  # what PostgreSQL takes as text

documents = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text("abc水", max_size=3), inside, max_size=4),
    max_leaves=8,
)


def shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        names = list(value)
        chance.shuffle(names)
        return {name: shuffled(value[name], chance) for name in names}
    return [shuffled(one, chance) for one in value] if isinstance(value, list) else value


@given(documents, st.randoms(), st.booleans())
def test_a_row_says_the_same_whatever_the_order_of_its_keys(said: Any, chance: random.Random, plain: bool) -> None:
    _, (*columns, _) = row(1)
    other = json.dumps(shuffled(said, chance), ensure_ascii=plain, indent=1)
    assert digest((*columns, json.dumps(said))) == digest((*columns, other))


@given(documents, documents)
def test_rows_that_say_something_else_are_told_apart(one: Any, other: Any) -> None:
    _, (*columns, _) = row(1)
    same = repr(one) == repr(other) or json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (digest((*columns, json.dumps(one))) == digest((*columns, json.dumps(other)))) == same


@pytest.mark.parametrize("text", [
    None, "null", "[]", "1", "1.0", '"1"', "{", '"\\u0000"', '"\\ud83d"', '"\\ud83d\\ude00"', '"\\ude00\\ud83d"',
    '"\\\\u0000"', '"\\ud83dx\\ude00"', "0.50", "0.5", "[null]",
])  # fmt: skip
def test_what_is_no_document_or_no_text_still_counts(text: str | None) -> None:
    _, (*columns, _) = row(1)
    others = ["null", "[]", "1", "0.50", '"a"']
    assert digest((*columns, text)) == digest((*columns, text))
    assert digest((*columns, text)) not in {digest((*columns, one)) for one in others if one != text}


def test_a_value_only_a_hand_in_the_file_can_have_written_is_met_calmly() -> None:
    _, values = row(1)
    assert digest((values[0], b"\0\xff", *values[2:])) != digest(values)


def test_what_was_sealed_and_stayed_so_has_no_flaw() -> None:
    assert list(row_flaws(BLOCK, hashed(ROWS))) == []
    assert [*chain_flaws(None, BLOCK), *chain_flaws(BLOCK, SECOND)] == []
    assert (SECOND.number, SECOND.first, SECOND.previous) == (2, 6, BLOCK.hash)


@given(st.integers(0, 3), st.integers(0, 11), st.integers() | st.text() | st.none())
def test_any_single_change_of_a_row_is_found_and_the_row_named(at: int, column: int, value: Any) -> None:
    number, values = ROWS[at]
    if column > 9:  # a document
        value = json.dumps({"x": value})
    changed = [*ROWS]
    changed[at] = number, (*values[:column], value, *values[column + 1 :])
    named = [] if value == values[column] else [Flaw(FlawKind.CHANGED, number, AT)]
    assert list(row_flaws(BLOCK, hashed(changed))) == named


def test_missing_added_and_exchanged_rows_are_named() -> None:
    one, two, three, five = hashed(ROWS)
    assert list(row_flaws(BLOCK, [one, two, five])) == [Flaw(FlawKind.MISSING, 3, AT)]
    four = hashed([row(4)])[0]
    assert list(row_flaws(BLOCK, [one, two, three, four, five])) == [Flaw(FlawKind.ADDED, 4, AT)]
    assert list(row_flaws(BLOCK, [one, (2, three[1]), (3, two[1]), five])) == [
        Flaw(FlawKind.MOVED, 2, AT, 3), Flaw(FlawKind.MOVED, 3, AT, 2)
    ]  # fmt: skip


CHANGES: dict[str, Any] = {
    "number": 9, "form": 2, "first": 2, "last": 6, "count": 3, "at": AT + 7, "previous": "0" * 64, "marks": b"", "hash": "f" * 64,
}  # fmt: skip


@pytest.mark.parametrize("name", Block.__slots__)
def test_any_change_of_a_block_is_found(name: str) -> None:
    changed = replace(SECOND, **{name: CHANGES[name]})
    found = [*chain_flaws(BLOCK, changed), *row_flaws(changed, hashed([row(6), row(7)]))]
    assert {flaw.kind for flaw in found} & {FlawKind.BLOCK_CHANGED, FlawKind.BLOCK_MISSING}


def test_a_missing_block_is_named_whether_it_was_the_first_or_stood_between() -> None:
    third = sealed(SECOND, 1, 8, AT + 2, hashed([row(8)]))
    assert list(chain_flaws(BLOCK, third)) == [Flaw(FlawKind.BLOCK_MISSING, 2, AT + 2)]
    assert list(chain_flaws(None, SECOND)) == [Flaw(FlawKind.BLOCK_MISSING, 1, AT + 1)]


def test_a_code_on_paper_is_read_however_it_was_written_down() -> None:
    said = code(BLOCK.hash)
    assert len(said) == 14
    for written in (said, said.lower(), said.replace(" ", "-"), f" {said} "):
        assert BLOCK.hash.startswith(code_begins(written))
    assert [code_begins(one) for one in ("", "3F9A", "3F9A 12C4 77BZ", "%")] == [""] * 4
