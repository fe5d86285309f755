"""What a request says must print: refused when it is saved, with its field, and not when the contract is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from salescenter.domain.printed_letters import check_keepable, check_printable

_NEVER_PRINTED = frozenset({"key", "password"})
_NONE: frozenset[str] = frozenset()


def check_request(asked: object, field: str = "", free: frozenset[str] = _NONE) -> None:
    """Refuse (NoGlyph) a text of a request, at any depth, that no font can print; the innermost name is its field.

    What a request names in `ON_SCREEN` reaches no paper, and takes every letter there is.
    """
    if isinstance(asked, str):
        (check_keepable if field in free else check_printable)(asked, field)
    elif isinstance(asked, Mapping):
        for name, value in asked.items():
            check_request(value, str(name), free)
    elif isinstance(asked, tuple | list):
        for value in asked:
            check_request(value, field, free)
    elif is_dataclass(asked):
        free = getattr(asked, "ON_SCREEN", _NONE)
        for one in fields(asked):
            if one.name not in _NEVER_PRINTED:
                check_request(getattr(asked, one.name), one.name, free)
