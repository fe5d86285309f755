"""Breaks a paragraph into lines by the rules of Chinese type: marks stay where they may, numbers stay whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from salescenter.domain.printed_letters import UNSEEN
from salescenter.print.fonts import CLOSERS, FIGURES, HALF, OPENERS, THIN, THIN_WIDTH, Face, Typeface, typeface
from salescenter.print.pieces import parted
from salescenter.print.pieces import pieces as cut_in_pieces

CANNOT_START = frozenset(
    CLOSERS + "…—－–～~/%‰·,.;:!?)]}℃\xa0\u202f" + "".join(alias for alias, mark in HALF.items() if mark in CLOSERS)
)
CANNOT_END = frozenset(OPENERS + "￥¥$＄€£([{№\xa0\u202f" + "".join(a for a, m in HALF.items() if m in OPENERS))

_CHINESE, _LATIN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f", "A-Za-z0-9"
_MEETING = re.compile(rf"(?<=[{_CHINESE}])(?=[{_LATIN}$]|¥[-+−±≤≥<>≈]?[{_LATIN}])|(?<=[{_LATIN}%])(?=[{_CHINESE}])")
"""Where Chinese and Latin letters meet."""
_TIGHT = re.compile(rf"[{CLOSERS[:-1]}](?=[{CLOSERS[:-1]}{OPENERS}])|(?<=[{OPENERS}])[{OPENERS}]")
_NARROW = {mark: alias for alias, mark in HALF.items()}
_HALF_EM = 500
_SHUT = frozenset("）)〕" + _NARROW["）"] + _NARROW["〕"])


class Line(NamedTuple):
    """One line: its pieces, where they stand in the paragraph, and their width in thousandths of the size."""

    pieces: tuple[str, ...]
    start: int
    end: int
    width: int
    last: bool


def break_lines(text: str, face: Face, width: int, indent: int = 0) -> tuple[Line, ...]:
    """Break one paragraph (no line feeds) for a measure and a first-line indent in thousandths of the size.

    Follows the rules for where marks may stand (中文排版需求 3.1): none of `，。”` begins a line, none of `“（`
    ends one, neighbouring marks share a blank, a closing mark may leave its blank outside the measure, an opening one
    always does. Chinese and Latin letters keep a little apart (3.2).
    """
    lines = list(_broken(_cut(text, face), typeface(face), width, indent))
    if len(lines) > 1:
        lines[-2:] = _in_company(lines[-2], lines[-1], typeface(face))
    return tuple(lines)


class Entry(NamedTuple):
    """A text as it reads in one line, with its widths in thousandths of the size."""

    line: str
    width: int
    figured: int        # its width with figures as wide as in a column of numbers
    widest: int = 0     # that of its widest part that may not be cut: a number, a word, with the marks beside it


@lru_cache(maxsize=1024)
def entry(text: str, face: Face) -> Entry:
    """Measure a text (no line feeds) for a table; what tables always say is measured once."""
    widths, (pieces, ends) = typeface(face).widths, _cut(text.rstrip(" "), face)
    figured = [widths[piece.translate(FIGURES)] for piece in pieces]
    return Entry("".join(pieces), ends[-1] if ends else 0, sum(figured), _widest(pieces, figured))


def _widest(pieces: Sequence[str], wide: Sequence[int]) -> int:
    """The width of the widest part no line may cut; a closing mark may leave its blank outside."""
    widest = max(wide, default=0)
    for at in (at for at, piece in enumerate(pieces) if len(piece) > 1):
        first, behind = at, at + 1
        while first > 0 and not _may_part(pieces, first):
            first -= 1
        while behind < len(pieces) and not _may_part(pieces, behind):
            behind += 1
        widest = max(widest, sum(wide[first:behind]) - (_HALF_EM if pieces[behind - 1] in CLOSERS else 0))
    return widest


class _Cut(NamedTuple):
    """What may not be parted in a text, piece by piece, and where each ends in thousandths of the size."""

    pieces: tuple[str, ...]
    ends: tuple[int, ...]


def _cut(text: str, face: Face) -> _Cut:
    return _measured(_aired(_tightened(text)), face)


def _measured(pieces: Sequence[str], face: Face) -> _Cut:
    return _Cut(tuple(pieces), tuple(accumulate(map(typeface(face).widths.__getitem__, pieces))))


def _tightened(text: str) -> str:
    return _TIGHT.sub(lambda found: _NARROW[found[0]], text)


def _broken(cut: _Cut, face: Typeface, width: int, indent: int) -> Iterator[Line]:
    pieces, ends = cut
    first, at, room = 0, 0, width - indent
    while first < len(pieces):
        base = _base(pieces, ends, first, at)
        stop = fits = bisect_right(ends, base + room, first)
        if stop < len(pieces):
            stop = _legal(pieces, ends, first, stop, base + room)
        while stop <= first and (long := _too_long(pieces, first, fits)) >= first:  # it can only be cut
            pieces, ends = _measured((*pieces[:long], *parted(pieces[long]), *pieces[long + 1:]), face.face)
            base = _base(pieces, ends, first, at)
            stop = fits = bisect_right(ends, base + room, first)
            stop = _legal(pieces, ends, first, stop, base + room) if first < stop < len(pieces) else stop
        stop = max(first + 1, stop)
        line = [_edged(pieces[first], at), *pieces[first + 1:stop]]
        end = at + _letters("".join(line))
        yield _line(line, at, end, ends[stop - 1] - base, room, stop == len(pieces), face)
        while stop < len(pieces) and pieces[stop] == " ":
            stop, end = stop + 1, end + 1
        first, at, room = stop, end, width


def _too_long(pieces: Sequence[str], first: int, fits: int) -> int:
    """The place of the piece that leaves a line no end it may have: where it is full, else before; below `first` none.

    What must stand beside it, as the bracket around a number, is no line of its own.
    """
    long = min(fits, len(pieces) - 1)
    while long >= first and len(pieces[long]) == 1:
        long -= 1
    return long


def _letters(text: str) -> int:
    """Count what a text has of its paragraph; the space between Chinese and Latin letters is ours."""
    return len(text) - text.count(THIN)


def _aired(text: str) -> list[str]:
    """Cut a text into pieces, with the space where Chinese and Latin letters meet, inside pieces and before them."""
    pieces = cut_in_pieces(text)
    meetings = [found.start() for found in _MEETING.finditer(text)]
    if meetings:
        begins = list(accumulate(map(len, pieces), initial=0))
        for place in reversed(meetings):
            at = bisect_right(begins, place) - 1
            within, piece = place - begins[at], pieces[at]
            pieces[at] = f"{piece[:within]}{THIN}{piece[within:]}"
    return pieces


def _base(pieces: Sequence[str], ends: Sequence[int], first: int, at: int) -> int:
    """Where the line that begins with a piece begins: what of it stands outside the line is left out."""
    outside = THIN_WIDTH if pieces[first][0] == THIN else _HALF_EM if at and pieces[first] in OPENERS else 0
    return (ends[first - 1] if first else 0) + outside


def _edged(piece: str, at: int) -> str:
    return piece[1:] if piece[0] == THIN else _NARROW[piece] if at and piece in OPENERS else piece


def _in_company(before: Line, last: Line, face: Typeface) -> tuple[Line, Line]:
    """Give a letter that would stand alone in the last line (孤字) its neighbour for company."""
    alone = sum(piece[0] not in CANNOT_START for piece in last.pieces) <= 1
    *kept, moved = before.pieces
    movable = len(kept) > 8 and moved[0] != THIN and moved not in HALF and moved[0] not in CANNOT_START
    movable = movable and kept[-1] != " " and kept[-1][-1] not in CANNOT_END
    adjoining = last.start - before.start == _letters("".join(before.pieces))  # no blank fell away between them
    if not alone or len("".join(last.pieces)) > 2 or not movable or not adjoining:
        return before, last
    start, wide = before.end - _letters(moved), face.widths[moved]
    return (
        Line(tuple(kept), before.start, start, before.width - wide, last=False),
        Line((moved, *last.pieces), start, last.end, last.width + wide, last=True),
    )


def _legal(pieces: Sequence[str], ends: Sequence[int], first: int, stop: int, limit: int) -> int:
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


def _may_part(pieces: Sequence[str], at: int) -> bool:
    """Whether a line may end before this piece; blanks fall away at a break, so they are looked through."""
    after, before = at, at - 1
    while after < len(pieces) and pieces[after] == " ":
        after += 1
    while before > 0 and pieces[before] == " ":
        before -= 1
    if after < len(pieces) and (pieces[after][0] in CANNOT_START or _is_dialled(pieces, before, after)):
        return False
    return pieces[before].rstrip(UNSEEN)[-1:] not in CANNOT_END


def _is_dialled(pieces: Sequence[str], before: int, after: int) -> bool:
    """Whether two pieces are a number and the one in brackets before it: (0571) 88886666, 〔2026〕12号."""
    return pieces[before] in _SHUT and pieces[before - 1].isdigit() and pieces[after][0].isdigit()


def _line(line: list[str], at: int, end: int, wide: int, room: int, last: bool, face: Typeface) -> Line:
    while line and line[-1] == " ":
        wide -= face.widths[line.pop()]
    if wide > room and line and line[-1] in _NARROW:
        line[-1], wide = _NARROW[line[-1]], wide - _HALF_EM
    return Line(tuple(line), at, end, wide, last)
