"""The texts of cells laid out once and painted often: one small cache for each kind of line at one zoom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QStaticText, QTransform

from salescenter.ui.floorplan.saying import area_text, price_text, rate_text
from salescenter.ui.floorplan.zoom import Metrics

K = TypeVar("K", int, str)

KEPT = 3000
"""Laid-out texts of one kind kept at most; a screen shows some hundreds, memory must not follow the estate."""


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


class Numbers(dict[str, tuple[QStaticText, bool]]):
    """Unit numbers: in the large font where they fit, else in the small one (second value True)."""

    def __init__(self, large: QFont, small: QFont, width: int) -> None:
        super().__init__()
        self.large, self.small, self._width = large, small, width
        self._large_metrics, self._small_metrics = QFontMetrics(large), QFontMetrics(small)
        self.ascents = self._large_metrics.ascent(), self._small_metrics.ascent()

    def __missing__(self, number: str) -> tuple[QStaticText, bool]:
        if len(self) >= KEPT:
            self.clear()
        long = self._large_metrics.horizontalAdvance(number) > self._width
        if long:
            said = self._small_metrics.elidedText(number, Qt.TextElideMode.ElideRight, self._width + 4)
            made = laid_out(said, self.small), True
        else:
            made = laid_out(number, self.large), False
        self[number] = made
        return made


class Writing:
    """All kinds of text of a cell at one zoom."""

    def __init__(self, font: QFont, m: Metrics) -> None:
        self.numbers = Numbers(_sized(font, m.number_px, bold=True), _sized(font, m.small_px, bold=True),
                               m.cell_w - m.small_px - 9)  # fmt: skip
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


def laid_out(said: str, font: QFont) -> QStaticText:
    """Return a line of plain text laid out in a font."""
    text = QStaticText(said)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.prepare(QTransform(), font)
    return text
