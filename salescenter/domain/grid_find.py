"""Finding a unit by what a person types: `3-1201`, `3-1-1201`, `1201`, `3号楼1单元1201`."""

from __future__ import annotations

import re

from salescenter.domain.grid import Cells
from salescenter.domain.grid_figures import clean_text

_APART = re.compile(r"[\s\-/._号楼栋幢座单元室#＃弄]+")


def parts_of(text: str) -> tuple[str, ...]:
    """Cut a room number into its parts: `3号楼1单元1201室`, `3#-1-1201` and `3-1-1201` are the same."""
    return tuple(part for part in _APART.split(clean_text(text).casefold()) if part)


def find_rooms(text: str, cells: Cells, here: int = 0) -> list[int]:
    """Return the indexes of the units a typed room number can mean, best first.

    A whole code wins; then building and number with the stair left out; then the number alone, of which
    those in building `here` (its id) come first.
    """
    sought = parts_of(text)
    if not sought:
        return []
    ranked = [
        (rank, cells.building[i] != here, i)
        for i, code in enumerate(cells.code)
        if code.casefold().endswith(sought[-1]) and (rank := _rank(sought, parts_of(code), cells.number[i])) is not None
    ]
    return [i for _, _, i in sorted(ranked)]


def may_become(text: str, cells: Cells) -> bool:
    """Say whether a half-typed room number can still become one: its last part begins a unit's last part."""
    sought = parts_of(text)
    if not sought:
        return True
    open_end = clean_text(text)[-1:].isalnum()
    for code in cells.code:
        parts = parts_of(code)
        if not open_end:
            if len(sought) < len(parts) and _in_order(sought, parts):
                return True
        elif any(part.startswith(sought[-1]) for part in parts[len(sought) - 1 :]) and _in_order(sought[:-1], parts):
            return True
    return False


def _rank(sought: tuple[str, ...], code: tuple[str, ...], number: str) -> int | None:
    """0 the whole code, 1 building and number, 2 the number alone; None for something else."""
    if sought == code:
        return 0
    if len(sought) == 1:
        return 2 if sought[0] in (code[-1], number.casefold()) else None
    return 1 if sought[0] == code[0] and sought[-1] == code[-1] and _in_order(sought, code) else None


def _in_order(sought: tuple[str, ...], code: tuple[str, ...]) -> bool:
    """Whether the typed parts appear in the code in this order."""
    rest = iter(code)
    return all(part in rest for part in sought)
