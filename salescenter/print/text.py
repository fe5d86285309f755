"""Paragraphs and headings as rows of type: justified, indented, underlined where a blank was filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from salescenter.print.breaker import Line, break_lines, letters, reach
from salescenter.print.fonts import THIN, Face, typeface
from salescenter.print.page import BLACK, PLAIN_INK, Ink, Page
from salescenter.print.sheet import Block

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
    """One line of a paragraph, ready to draw."""

    line: Line
    style: Style
    measure: float
    indent: float
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def height(self) -> float:
        """The leading."""
        return self.style.leading

    def draw(self, page: Page, left: float, top: float) -> None:
        """Set the line on its base line, spread over the measure where the style says so."""
        ink = self.style.ink
        x, y = left + self.indent, top - (self.style.leading + ink.size * 0.76) / 2
        spare = self.measure - self.indent - self.line.width * ink.size / 1000
        if self.style.align in ("centre", "right"):
            x += spare / 2 if self.style.align == "centre" else spare
        gap = self._gap(spare)
        if gap:
            page.spread(x, y, self.line.pieces, gap, ink)
        else:
            page.text(x, y, "".join(self.line.pieces), ink)
        for start, end in self.marks:
            self._underline(page, x, y, gap, start, end)

    def _gap(self, spare: float) -> float:
        joints = len(self.line.pieces) - 1
        if self.style.align != "justify" or self.line.last or joints < 1 or spare <= 0:
            return 0.0
        gap = spare / joints
        return gap if gap <= _LOOSEST * self.style.ink.size else 0.0

    def _underline(self, page: Page, x: float, y: float, gap: float, start: int, end: int) -> None:
        widths, size = typeface(self.style.ink.face).widths, self.style.ink.size
        at, from_x, to_x = self.line.start, None, x
        for piece in self.line.pieces:
            step, own = widths[piece] * size / 1000, letters(piece)
            if at + own > start and at < end:
                skip = sum(widths[letter] for letter in reach(piece, start - at)) * size / 1000
                keep = sum(widths[letter] for letter in reach(piece, end - at).rstrip(THIN)) * size / 1000
                from_x = x + skip if from_x is None else from_x
                to_x = x + min(step, keep)
            x, at = x + step + gap, at + own
        if from_x is not None:
            page.line(from_x, y - 2.2, to_x, y - 2.2, 0.4, self.style.ink.colour)


def paragraph(text: str, style: Style, measure: float, marks: Sequence[tuple[int, int]] = ()) -> Block:
    """Set one paragraph (no line feeds); `marks` are the (start, end) letters to underline.

    A page neither begins with the last line of a paragraph nor ends with its first.
    """
    size = style.ink.size
    hang = style.hang * size
    lines = break_lines(
        text, style.ink.face, round((measure - hang) / size * 1000), round((style.indent - style.hang) * 1000)
    )
    rows = [
        LineRow(line, style, measure, style.indent * size if at == 0 else hang,
                tuple((s, e) for s, e in marks if s < line.end and e > line.start))
        for at, line in enumerate(lines)
    ]
    glued = frozenset({0, len(rows) - 2}) if len(rows) > 1 else frozenset()
    return Block(rows, glued=glued, leads=style.leads, before=style.before, after=style.after)


BODY = Style()
TITLE = Style(Ink(Face.SANS_BOLD, 20), leading=32, indent=0, align="centre", before=6, after=10, leads=True)
CHAPTER = Style(Ink(Face.SANS_BOLD, 14), leading=24, indent=0, align="centre", before=14, after=6, leads=True)
ARTICLE = Style(Ink(Face.SERIF_BOLD, 11), leading=20, indent=2, align="left", before=5, leads=True)
NOTE = Style(Ink(Face.SERIF, 8.5, BLACK), leading=13, indent=0, align="left")


def sized(style: Style, size: float, leading: float) -> Style:
    """Return the same style in another size (points)."""
    return replace(style, ink=replace(style.ink, size=size), leading=leading)
