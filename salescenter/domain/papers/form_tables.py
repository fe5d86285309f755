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
        return self.heads[len(_CELLS.findall(before))]


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
        table, heads = [], _heads(line)
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
    return tuple(_CELLS.split(line)) if is_head else ()


def _is_row(line: str, wide: int) -> bool:
    parted = len(_CELLS.findall(line))
    return BLANK in line and parted + 1 == wide and (parted >= _PARTED or not line.strip(BLANK + _APART))
