"""What a request says must print: refused when it is saved, with its field, and not when the contract is due."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, NamedTuple, TypeVar
from unicodedata import is_normalized, normalize

from salescenter.domain.printed_letters import RADICALS, check_keepable, check_printable
from salescenter.domain.typed_refusals import TextTooLong

_NEVER_PRINTED = frozenset({"key", "password"})
_NONE: frozenset[str] = frozenset()

MOST_LETTERS: dict[str, int] = {
    "name": 60, "guardian": 60, "developer": 60, "payer": 80, "payee": 80, "bank": 60, "address": 200,
    "contract_number": 40, "id_number": 40, "slip": 40, "reason": 300, "note": 1_000,
}  # fmt: skip
"""How many letters papers have room for, at sizes that are read: of a field of that name in whatever is asked.

A request whose papers have less room says so itself in `MOST_LETTERS`. The longest name in a register of residents has
25 letters, the longest of a company some 50.
"""


class _Held(NamedTuple):
    """What a request says of its own fields: which reach no paper, how long they may be."""

    free: frozenset[str] = _NONE
    most: Mapping[str, int] = MOST_LETTERS


_ANY = _Held()
T = TypeVar("T")


def check_request(asked: object, field: str = "", held: _Held = _ANY) -> None:
    """Refuse a text of a request, at any depth, that cannot be printed; the innermost name is its field.

    Raises NoGlyph for a letter that no font has, TextTooLong for more letters than papers have room for. What a request
    names in `ON_SCREEN` reaches no paper, and takes every letter there is.
    """
    kind: Any = type(asked)
    if isinstance(asked, str):
        _check_text(asked, field, held)
    elif isinstance(asked, Mapping):
        for name, value in asked.items():
            check_request(value, str(name), held)
    elif isinstance(asked, tuple | list):
        for value in asked:
            check_request(value, field, held)
    elif parts := _parts(kind):
        for name in parts:
            check_request(getattr(asked, name), name, _held(kind))


@cache
def _held(kind: type) -> _Held:
    return _Held(getattr(kind, "ON_SCREEN", _NONE), MOST_LETTERS | getattr(kind, "MOST_LETTERS", {}))


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that may reach paper; of whatever else none."""
    return tuple(one.name for one in fields(kind) if one.name not in _NEVER_PRINTED) if is_dataclass(kind) else ()


@cache
def _given(kind: type) -> tuple[str, ...]:
    """Those of them that are said as one is made."""
    return tuple(one.name for one in fields(kind) if one.init and one.name in _parts(kind)) if _parts(kind) else ()


def _check_text(text: str, field: str, held: _Held) -> None:
    (check_keepable if field in held.free else check_printable)(text, field)
    most, letters = held.most.get(field), len(text.strip())
    if most is not None and letters > most:
        raise TextTooLong(field=field, letters=letters, most=most)


def composed(asked: T) -> T:
    """Return a request with every letter whole that came in parts, as some systems write names (é as e and an accent).

    What is whole already stays the same object. Characters that Unicode would exchange for another of the same look
    (compatibility ideographs, which stand on identity cards) stay as they were typed, but for the radicals that only
    text copied out of a PDF has in a letter's stead: nobody would find that name again.
    """
    made: Any = asked
    kind: Any = type(asked)
    if isinstance(asked, str):
        said = asked if asked.isascii() else asked.translate(_LETTERS)
        whole = said.isascii() or is_normalized("NFC", said)
        made = said if whole else _IN_PARTS.sub(lambda found: normalize("NFC", found[0]), said)
    elif isinstance(asked, dict):
        made = {name: composed(value) for name, value in asked.items()}
    elif kind in (tuple, list):
        made = kind(composed(value) for value in made)
    elif told := _given(kind):
        values = {name: (getattr(asked, name), composed(getattr(asked, name))) for name in told}
        changed = {name: whole for name, (said, whole) in values.items() if whole is not said}
        made = replace(made, **changed) if changed else asked
    return asked if made is asked or made == asked else made


_LETTERS = str.maketrans(RADICALS)
_IN_PARTS = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]+")
"""A letter with the accents that follow it (Japanese voicing marks among them), or the parts of a Korean syllable."""
