"""The tables in the text of a form: which lines are rows, which row a blank is in, what its column's head says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

BLANK = "▁"
_APART = " 　\t"
_CELLS, _PARTED = re.compile(rf"[{_APART}]+"), 2
"""What parts the cells of a row, and how often at least where some hold words: once is a label and its blank."""

BESIDE = "←"
"""A cell that is one with the cell before it, as the wide cells of Word's tables."""

ABOVE = "↑"
"""A cell that is one with the cell above it, as the tall cells of Word's tables."""

_GOES_ON = ("", BESIDE, ABOVE)
"""What stands in a cell that only goes on with another."""

_LEAST = 3
"""Cells a row has at least that is told by its gaps: two may be a heading, or two things side by side."""

_SENTENCE = re.compile(r"[，。；：、？！{}]")
_RULED = re.compile(r"[_＿﹍﹎]{2,}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with blanks below a head: its number from 1, how many there are, the words of the head's cells."""

    number: int
    of: int
    heads: tuple[str, ...]

    def head(self, before: str) -> str:
        """Return the head of the column behind whose row's beginning something stands."""
        return self.heads[_gaps(before)]


def tables_parted(text: str) -> str:
    """Return a text copied from pages with the cells of its tables parted by tabs, as Word itself copies them.

    A table is a head and rows below it of as many cells, gaps between them, and underlined blanks in some.
    """
    lines: list[str] = []
    for count, found in groupby(text.split("\n"), _spaced_cells):
        rows = list(found)
        is_table = count >= _LEAST and len(rows) > 1 and not _RULED.search(rows[0]) and any(map(_RULED.search, rows))
        lines.extend(_CELLS.sub("\t", row.strip(_APART)) if is_table else row for row in rows)
    return "\n".join(lines)


def _spaced_cells(line: str) -> int:
    """How many cells a line has, told by its gaps; none where it says a sentence, or has tabs already."""
    return 0 if "\t" in line or _SENTENCE.search(line) else len(_CELLS.split(line.strip(_APART)))


def rows_of(text: str) -> dict[int, Row]:
    """Return the rows with blanks below a head, by where their line begins; a blank is the sign ▁."""
    found: dict[int, Row] = {}
    table: list[int] = []
    heads: tuple[str, ...] = ()
    for at, line in _lines(text):
        if heads and _is_row(line, len(heads)):
            table.append(at)
            continue
        found |= _numbered(table, heads)
        below = _heads(line)
        heads = below if table else _joined(heads, below)
        table = []
    return found | _numbered(table, heads)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _numbered(table: list[int], heads: tuple[str, ...]) -> dict[int, Row]:
    return {at: Row(count, len(table), heads) for count, at in enumerate(table, start=1)}


def _heads(line: str) -> tuple[str, ...]:
    is_head = line and BLANK not in line and "：" not in line and any(one in line for one in _APART)
    return tuple(line.split("\t") if "\t" in line else _CELLS.split(line)) if is_head else ()


def _gaps(line: str) -> int:
    """How many gaps there are between the cells of a line: each tab is one, or each run of spaces."""
    return line.count("\t") or len(_CELLS.findall(line))


def _joined(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    """The heads of two lines, one above the other; those of the lower one where it is no second line of the upper."""
    if len(above) != len(below) or not any(cell in _GOES_ON for cell in (*above, *below)):
        return below
    wide = [next(cell for cell in reversed(above[:at + 1]) if cell != BESIDE) for at in range(len(above))]
    return tuple(one if other in _GOES_ON else f"{one}{other}" for one, other in zip(wide, below, strict=True))


def _is_row(line: str, wide: int) -> bool:
    parted = _gaps(line)
    is_whole = BLANK in line and BESIDE not in line and parted + 1 == wide
    return is_whole and (parted >= _PARTED or not line.strip(BLANK + _APART))
