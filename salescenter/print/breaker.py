"""Breaks a paragraph into lines by the rules of Chinese type: marks stay where they may, numbers stay whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from salescenter.print.fonts import CLOSERS, HALF, OPENERS, Face, Typeface, typeface

CANNOT_START = frozenset(CLOSERS + "…—%‰·,.;:!?)]}℃" + "".join(a for a, m in HALF.items() if m in CLOSERS))
CANNOT_END = frozenset(OPENERS + "￥¥$([{№" + "".join(a for a, m in HALF.items() if m in OPENERS))

_UNIT = "元角分米日天年月时号层幢栋座室期次个套份页条款项人户间倍㎡%％‰℃"
_PIECE = re.compile(
    rf"""\d{{2,4}}年\d{{1,2}}月(?:\d{{1,2}}日)?                                # a date
       | [¥￥$]?[+\-−]?[A-Za-z0-9]+(?:[-.,:/×@_+\#&'][A-Za-z0-9]+)*(?:[{_UNIT}])?  # number, ID, word, its unit
       | …+ | —+ | _+ | .""",
    re.VERBOSE | re.DOTALL,
)
_TIGHT = re.compile(rf"[{CLOSERS[:-1]}](?=[{CLOSERS[:-1]}{OPENERS}])|(?<=[{OPENERS}])[{OPENERS}]")
_NARROW = {mark: alias for alias, mark in HALF.items()}
_HALF_EM = 500


class Line(NamedTuple):
    """One line: its pieces, where they stand in the paragraph, and their width in thousandths of the size."""

    pieces: tuple[str, ...]
    start: int
    end: int
    width: int
    last: bool


@lru_cache(maxsize=4096)
def break_lines(text: str, face: Face, width: int, indent: int = 0) -> tuple[Line, ...]:
    """Break one paragraph (no line feeds) for a measure and a first-line indent in thousandths of the size.

    Follows the rules for where marks may stand (中文排版需求 3.1): none of `，。”` begins a line, none of `“（`
    ends one, neighbouring marks share a blank, a closing mark may leave its blank outside the measure. What a
    paper always says is broken once: the answer is remembered.
    """
    lines = list(_broken(_tightened(text), typeface(face), width, indent))
    if len(lines) > 1:
        lines[-2:] = _in_company(lines[-2], lines[-1], typeface(face))
    return tuple(lines)


def _tightened(text: str) -> str:
    return _TIGHT.sub(lambda found: _NARROW[found[0]], text)


def _broken(text: str, face: Typeface, width: int, indent: int) -> Iterator[Line]:
    pieces = _PIECE.findall(text)
    ends = _ends(pieces, face)
    first, at, room = 0, 0, width - indent
    while first < len(pieces):
        base = ends[first - 1] if first else 0
        stop = bisect_right(ends, base + room, first)
        if stop < len(pieces):
            stop = _legal(pieces, ends, first, stop, base + room)
        if stop <= first:  # one piece is wider than the line: it can only be cut
            pieces[first:first + 1] = pieces[first]
            ends = _ends(pieces, face)
            stop = max(first + 1, bisect_right(ends, base + room, first))
        line = pieces[first:stop]
        end = at + sum(map(len, line))
        yield _line(line, at, end, ends[stop - 1] - base, room, stop == len(pieces), face)
        while stop < len(pieces) and pieces[stop] == " ":
            stop, end = stop + 1, end + 1
        first, at, room = stop, end, width


def _in_company(before: Line, last: Line, face: Typeface) -> tuple[Line, Line]:
    """Give a letter that would stand alone in the last line (孤字) its neighbour for company."""
    letters = sum(piece[0] not in CANNOT_START for piece in last.pieces)
    *kept, moved = before.pieces
    movable = len(kept) > 8 and moved not in HALF and moved[0] not in CANNOT_START
    movable = movable and kept[-1] != " " and kept[-1][-1] not in CANNOT_END
    adjoining = last.start - before.start == sum(map(len, before.pieces))  # no blank fell away between them
    if letters > 1 or len("".join(last.pieces)) > 2 or not movable or not adjoining:
        return before, last
    start, wide = before.end - len(moved), face.widths[moved]
    return (
        Line(tuple(kept), before.start, start, before.width - wide, last=False),
        Line((moved, *last.pieces), start, last.end, last.width + wide, last=True),
    )


def _ends(pieces: list[str], face: Typeface) -> list[int]:
    return list(accumulate(map(face.widths.__getitem__, pieces)))


def _legal(pieces: list[str], ends: list[int], first: int, stop: int, limit: int) -> int:
    """Move a break to where it may stand: forward over closing marks that fit by half, else back."""
    ahead = stop
    while ahead < len(pieces) and pieces[ahead][0] in CANNOT_START:
        ahead += 1
    hangs = ahead > stop and pieces[ahead - 1] in CLOSERS and ends[ahead - 1] - _HALF_EM <= limit
    if hangs and _may_part(pieces, ahead):
        return ahead
    while stop > first and not _may_part(pieces, stop):
        stop -= 1
    return stop


def _may_part(pieces: list[str], at: int) -> bool:
    """Whether a line may end before this piece; blanks fall away at a break, so they are looked through."""
    after, before = at, at - 1
    while after < len(pieces) and pieces[after] == " ":
        after += 1
    while before > 0 and pieces[before] == " ":
        before -= 1
    starts_badly = after < len(pieces) and pieces[after][0] in CANNOT_START
    return not starts_badly and pieces[before][-1] not in CANNOT_END


def _line(line: list[str], at: int, end: int, wide: int, room: int, last: bool, face: Typeface) -> Line:
    while line and line[-1] == " ":
        wide -= face.widths[line.pop()]
    if wide > room and line and line[-1] in _NARROW:
        line[-1], wide = _NARROW[line[-1]], wide - _HALF_EM
    return Line(tuple(line), at, end, wide, last)
