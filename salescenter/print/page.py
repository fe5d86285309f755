"""One page as the drawing it will be: what lies under, and the text over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from salescenter.print.fonts import Face, typeface
from salescenter.print.typeset import Typeset, set_spread, set_tight

MM = 72 / 25.4
"""Points in a millimetre; every measure in this package is points, from the lower left corner."""

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
GREY: Colour = (0.42, 0.45, 0.5)
RED: Colour = (0.702, 0.149, 0.118)

Used = defaultdict[str, set[str]]
"""Font file to the texts drawn from it; the book embeds exactly their letters."""


def colour(hexadecimal: str) -> Colour:
    """Read a colour such as `#2F7D6B`."""
    red, green, blue = (int(hexadecimal[at:at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text is drawn: face, size in points, colour."""

    face: Face = Face.SERIF
    size: float = 10.5
    colour: Colour = BLACK


PLAIN_INK = Ink()


@dataclass(slots=True)
class Page:
    """Collects drawing; `content` gives the page's operators when all is on it."""

    width: float
    height: float
    used: Used
    under: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    _font: str = ""
    _colour: Colour = BLACK

    def text(self, x: float, y: float, text: str, ink: Ink = PLAIN_INK) -> None:
        """Draw a text from its lower left corner."""
        self.put(x, y, set_tight(text, typeface(ink.face), ink.size), ink.colour)

    def spread(self, x: float, y: float, pieces: Sequence[str], gap: float, ink: Ink) -> None:
        """Draw pieces with a gap (points) added between them, none inside a piece."""
        self.put(x, y, set_spread(pieces, gap, typeface(ink.face), ink.size), ink.colour)

    def put(self, x: float, y: float, line: Typeset, ink: Colour = BLACK) -> None:
        """Draw a line that is set, from its lower left corner."""
        over = self.over
        over.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm{line.spread}")
        self.said.append(line.said)
        if not line.drawn:
            return
        if ink != self._colour:
            self._colour = ink
            over.append(_fill(ink))
        if line.opens != self._font:
            over.append(line.opens)
        self._font = line.closes
        over += line.shown
        for file, letters in line.drawn:
            self.used[file].add(letters)

    def right(self, x: float, y: float, text: str, ink: Ink = PLAIN_INK) -> None:
        """Draw a text that ends at x."""
        self.text(x - wide(text, ink), y, text, ink)

    def centred(self, x: float, y: float, text: str, ink: Ink = PLAIN_INK) -> None:
        """Draw a text around x."""
        self.text(x - wide(text, ink) / 2, y, text, ink)

    def turned(self, x: float, y: float, text: str, ink: Ink) -> None:
        """Draw a text under all rules and letters, around a point, rising by 20 degrees: the mark of a void paper."""
        half, cos, sin = wide(text, ink) / 2, 0.93969, 0.34202
        line = set_tight(text, typeface(ink.face), ink.size)
        place = f"{cos} {sin} {-sin} {cos} {x - half * cos:.2f} {y - half * sin:.2f} Tm"
        first = next((at for at, drawn in enumerate(self.under) if drawn.endswith(" S")), len(self.under))
        self.under.insert(first, "\n".join(["BT", _fill(ink.colour), place, line.opens, *line.shown, "ET"]))
        for file, letters in line.drawn:
            self.used[file].add(letters)

    def line(self, x1: float, y1: float, x2: float, y2: float, thick: float = 0.5, ink: Colour = BLACK) -> None:
        """Draw a rule."""
        self.under.append(f"{_stroke(ink)} {thick:.2f} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, thick: float = 0.5, ink: Colour = BLACK) -> None:
        """Draw a frame."""
        self.under.append(f"{_stroke(ink)} {thick:.2f} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def fill(self, x: float, y: float, width: float, height: float, ink: Colour) -> None:
        """Draw a filled rectangle."""
        self.under.append(f"{_fill(ink)} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def hatch(self, x: float, y: float, width: float, height: float, ink: Colour) -> None:
        """Draw slanting lines across a rectangle, cut at its edges: what is not released."""
        lines = " ".join(
            f"{x + at:.1f} {y:.1f} m {x + at + height:.1f} {y + height:.1f} l"
            for at in range(-int(height), int(width), 5)
        )
        clip = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re W n"
        self.under.append(f"q {clip} {_stroke(ink)} 0.5 w {lines} S Q")

    def form(self, name: str) -> None:
        """Draw what many pages share, kept once in the book (`Book.form`)."""
        self.under.append(f"/{name} Do")

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture of the book (`Book.picture`) into a rectangle, under all else."""
        self.under.append(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{name} Do Q")

    def content(self) -> str:
        """Return the operators of the page: what lies under, then all text."""
        return "\n".join([*self.under, "BT 0 g", *self.over, "ET"])


def wide(text: str, ink: Ink) -> float:
    """Return how wide a text is in points."""
    return typeface(ink.face).width(text, ink.size)


@lru_cache(maxsize=64)
def _stroke(ink: Colour) -> str:
    return "{:.3g} {:.3g} {:.3g} RG".format(*ink)


@lru_cache(maxsize=64)
def _fill(ink: Colour) -> str:
    return "{:.3g} {:.3g} {:.3g} rg".format(*ink)
