"""The texts of cells laid out once and painted often: one small cache for each kind of line at one zoom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QStaticText, QTransform

from salescenter.ui.floorplan.saying import area_text, price_text, rate_text
from salescenter.ui.floorplan.zoom import Metrics

K = TypeVar("K", int, str)

KEPT = 3000
"""Laid-out texts of one kind kept at most; a screen shows some hundreds, memory must not follow the estate."""


_PLAIN, _STRAIGHT = Qt.TextFormat.PlainText, QTransform()  # looked up and made once: a first paint lays out hundreds

NARROW = 76
"""Percent of its width a font is drawn in where a number has no room: narrower it would no longer be read."""


class Lines(dict[K, QStaticText], Generic[K]):
    """Texts of one font by what they say, laid out when first asked for; too long ones end in an ellipsis."""

    def __init__(self, font: QFont, say: Callable[[K], str], width: int = 0) -> None:
        super().__init__()
        self.font, self._width = font, width
        self._say: Callable[[K], str] = say
        self._metrics = QFontMetrics(font)
        self.ascent = self._metrics.ascent()  # from the top of a laid-out line to its baseline

    def __missing__(self, key: K) -> QStaticText:
        if len(self) >= KEPT:
            self.clear()
        said = self._say(key)
        if self._width:
            said = self._metrics.elidedText(said, Qt.TextElideMode.ElideRight, self._width)
        made = self[key] = laid_out(said, self.font)
        return made


class Numbers(dict[str, tuple[QStaticText, int]]):
    """Unit numbers, each in the first of some fonts it fits (the second value): never cut so that two read alike.

    A number too long even for the narrowest loses its beginning, which is the floor and stands in the margin too.
    """

    def __init__(self, fonts: Sequence[QFont], width: int) -> None:
        super().__init__()
        self.fonts, self._width = tuple(fonts), width
        self._metrics = [QFontMetrics(font) for font in fonts]
        self.ascents = [metrics.ascent() for metrics in self._metrics]

    def __missing__(self, number: str) -> tuple[QStaticText, int]:
        if len(self) >= KEPT:
            self.clear()
        last = len(self.fonts) - 1
        at = next((at for at in range(len(self.fonts)) if self._fits(number, at)), last)
        whole = self._fits(number, at)
        said = number if whole else self._metrics[last].elidedText(number, Qt.TextElideMode.ElideLeft, self._room(last))
        made = self[number] = laid_out(said, self.fonts[at]), at
        return made

    def _fits(self, number: str, at: int) -> bool:
        return self._metrics[at].horizontalAdvance(number) <= self._room(at)

    def _room(self, at: int) -> int:
        """Pixels for a number: the smaller fonts may come nearer to the edge and to the letter of the state."""
        return self._width + (3 if at else 0)


class Writing:
    """All kinds of text of a cell at one zoom."""

    def __init__(self, font: QFont, m: Metrics) -> None:
        small = _sized(font, m.small_px, bold=True)
        sizes = _sized(font, m.number_px, bold=True), small, _narrow(small)
        self.numbers = Numbers(sizes, m.cell_w - m.small_px - 9)
        inside = m.cell_w - 8
        plain, bold = _sized(font, m.small_px), _sized(font, m.small_px, bold=True)
        self.areas: Lines[int] = Lines(plain, area_text)
        self.prices: Lines[int] = Lines(bold, price_text)
        self.notes: Lines[str] = Lines(plain, str, inside)
        self.rates: Lines[int] = Lines(plain, rate_text)
        self.labels: Lines[str] = Lines(_sized(font, m.label_px), str, m.label_w)
        self.averages: Lines[int] = Lines(_sized(font, m.label_px), lambda fen: f"{(fen + 50) // 100:,}")
        self.headings: dict[tuple[str, int], QStaticText] = {}
        self.title, self.stair = _sized(font, m.title_px, bold=True), _sized(font, m.label_px)

    def heading(self, said: str, width: int, font: QFont) -> QStaticText:
        """Return a title or a stair's name, cut to a width in pixels."""
        key = (said, width if font is self.title else -width)
        if key not in self.headings:
            cut = QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, width)
            self.headings[key] = laid_out(cut, font)
        return self.headings[key]


def _sized(font: QFont, pixels: int, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPixelSize(pixels)
    made.setBold(bold)
    return made


def _narrow(font: QFont) -> QFont:
    made = QFont(font)
    made.setStretch(NARROW)
    return made


def laid_out(said: str, font: QFont) -> QStaticText:
    """Return a line of plain text laid out in a font."""
    text = QStaticText(said)
    text.setTextFormat(_PLAIN)
    text.prepare(_STRAIGHT, font)
    return text
