"""Paragraphs and headings as rows of type: justified, indented, underlined where a blank was filled in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, repeat
from typing import Literal

from salescenter.print.breaker import Line, break_lines
from salescenter.print.fonts import THIN, Face, Widths, typeface
from salescenter.print.page import BLACK, PLAIN_INK, Colour, Ink, Page
from salescenter.print.sheet import Block
from salescenter.print.typeset import Typeset, set_spread, set_tight

_THINS = re.compile(THIN)
Align = Literal["justify", "left", "centre", "right"]
_LOOSEST = 0.22
"""No gap is stretched beyond this part of the size; a line that would need more stays ragged."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set; measures in points, indents in ems of its size."""

    ink: Ink = PLAIN_INK
    leading: float = 18.0
    indent: float = 2.0
    hang: float = 0.0
    align: Align = "justify"
    before: float = 0.0
    after: float = 0.0
    leads: bool = False


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a paragraph, set and ready to draw; measures in points."""

    line: Typeset
    height: float
    across: float                                   # from the left edge to its beginning
    down: float                                     # from its upper edge to the base line
    colour: Colour
    rules: tuple[tuple[float, float], ...] = ()     # where what was filled in begins and ends, from its beginning

    def draw(self, page: Page, left: float, top: float) -> None:
        """Put the line on its base line, with a rule under what was filled in."""
        x, y = left + self.across, top - self.down
        page.put(x, y, self.line, self.colour)
        for begin, end in self.rules:
            page.line(x + begin, y - 2.2, x + end, y - 2.2, 0.4, self.colour)


Marks = tuple[tuple[int, int], ...]


def paragraph(text: str, style: Style, measure: float, marks: Marks = ()) -> Block:
    """Set one paragraph (no line feeds); `marks` are the (start, end) letters to underline.

    A page neither begins with the last line of a paragraph nor ends with its first.
    """
    size = style.ink.size
    hang = style.hang * size
    lines = break_lines(
        text, style.ink.face, round((measure - hang) / size * 1000), round((style.indent - style.hang) * 1000)
    )
    indents = chain([style.indent * size], repeat(hang))
    rows = tuple(_row(line, style, measure, indent, marks) for line, indent in zip(lines, indents, strict=False))
    glued = frozenset({0, len(rows) - 2}) if len(rows) > 1 else frozenset()
    return Block(rows, glued=glued, leads=style.leads, before=style.before, after=style.after)


def _row(line: Line, style: Style, measure: float, indent: float, marks: Marks) -> LineRow:
    """Set a line, spread over the measure where the style says so."""
    ink, face = style.ink, typeface(style.ink.face)
    spare = measure - indent - line.width * ink.size / 1000
    gap = _gap(line, style, spare)
    made = set_spread(line.pieces, gap, face, ink.size) if gap else set_tight("".join(line.pieces), face, ink.size)
    across = indent + (spare / 2 if style.align == "centre" else spare if style.align == "right" else 0.0)
    within = [(start, end) for start, end in marks if start < line.end and end > line.start]
    rules = tuple(_rules(line, face.widths, ink.size, gap, within)) if within else ()
    return LineRow(made, style.leading, across, (style.leading + ink.size * 0.76) / 2, ink.colour, rules)


def _gap(line: Line, style: Style, spare: float) -> float:
    joints = len(line.pieces) - 1
    if style.align != "justify" or line.last or joints < 1 or spare <= 0:
        return 0.0
    gap = spare / joints
    return gap if gap <= _LOOSEST * style.ink.size else 0.0


def _rules(line: Line, widths: Widths, size: float, gap: float, marks: Sequence[tuple[int, int]]
           ) -> Iterator[tuple[float, float]]:
    """Where each mark begins and ends, in points from the beginning of its line."""
    text = "".join(line.pieces)
    ends = list(accumulate(map(widths.__getitem__, text), initial=0))
    firsts = list(accumulate(map(len, line.pieces), initial=0))
    spaces = [found.start() - count for count, found in enumerate(_THINS.finditer(text))]  # the letters they precede
    count = len(text) - len(spaces)
    for start, end in marks:
        first, last = max(0, start - line.start), min(end - line.start, count) - 1
        if first <= last:
            begin, stop = (letter + bisect_right(spaces, letter) for letter in (first, last))
            yield (ends[begin] * size / 1000 + gap * (bisect_right(firsts, begin) - 1),
                   ends[stop + 1] * size / 1000 + gap * (bisect_right(firsts, stop) - 1))  # fmt: skip


BODY = Style()
TITLE = Style(Ink(Face.SANS_BOLD, 20), leading=32, indent=0, align="centre", before=6, after=10, leads=True)
CHAPTER = Style(Ink(Face.SANS_BOLD, 14), leading=24, indent=0, align="centre", before=14, after=6, leads=True)
ARTICLE = Style(Ink(Face.SERIF_BOLD, 11), leading=20, indent=2, align="left", before=5, leads=True)
NOTE = Style(Ink(Face.SERIF, 8.5, BLACK), leading=13, indent=0, align="left")


def sized(style: Style, size: float, leading: float) -> Style:
    """Return the same style in another size (points)."""
    return replace(style, ink=replace(style.ink, size=size), leading=leading)
