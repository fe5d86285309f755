"""Finished grounds of cells, one small picture for each look a cell can have at the present zoom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from salescenter.domain.units import UnitState
from salescenter.ui.floorplan import saying
from salescenter.ui.floorplan.grounds import FLAG_GROUND, FLAG_INK, Grounds
from salescenter.ui.floorplan.zoom import Level, Metrics
from salescenter.ui.kit.cell_colours import CellColour
from salescenter.ui.kit.terms import state_letter

_STATE, _FLAGS, _FADED, _WAS = 5, 9, 16, 17


def look(ground: int, state: int, flags: int, faded: bool = False, was: int = -1) -> int:
    """Pack all that decides how a cell's ground is painted into one number.

    `was` is the state it had at an earlier moment, when two moments are compared.
    """
    return ground | state << _STATE | flags << _FLAGS | faded << _FADED | (was + 1) << _WAS


def plain_looks(states: Iterable[int], flags: Iterable[int]) -> list[int]:
    """Return the looks of units in the colours of their states; 20,000 in a millisecond."""
    both = 1 | 1 << _STATE  # the state is its own ground
    return [state * both | flag << _FLAGS for state, flag in zip(states, flags, strict=True)]


def faded_look(packed: int) -> int:
    """Return the same look, faded."""
    return packed | 1 << _FADED


def is_faded(packed: int) -> bool:
    """Say whether a look is faded."""
    return bool(packed >> _FADED & 1)


def ground_of(packed: int) -> int:
    """Return the number of a look's ground."""
    return packed & 31


@dataclass(frozen=True, slots=True)
class Tile:
    """A look painted: the picture, and the pen its text is written with."""

    picture: QPixmap
    pen: QPen
    faded: bool


class Tiles(dict[int, Tile]):
    """Tiles by look, painted when first asked for; made anew for each zoom, theme and language."""

    def __init__(self, grounds: Grounds, metrics: Metrics, font: QFont, ratio: float) -> None:
        super().__init__()
        self._grounds, self._m, self._ratio = grounds, metrics, ratio
        self._font = QFont(font)
        self._font.setPixelSize(_letter_px(metrics))

    def __missing__(self, packed: int) -> Tile:
        faded = is_faded(packed)
        colours = (self._grounds.faded if faded else self._grounds.cells)[ground_of(packed)]
        made = Tile(self._paint(packed, colours, faded), QPen(QColor(colours.ink)), faded)
        self[packed] = made
        return made

    def _paint(self, packed: int, colours: CellColour, faded: bool) -> QPixmap:
        m, ratio = self._m, self._ratio
        picture = QPixmap(round(m.cell_w * ratio), round(m.cell_h * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(self._grounds.panel))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, m.cell_w, m.cell_h)
        self._fill(painter, box, colours)
        if was := packed >> _WAS & 15:
            self._corner(painter, box, self._grounds.cells[was - 1])
        if m.level >= Level.LETTER and not faded:
            painter.setFont(self._font)
            self._flags(painter, box, packed >> _FLAGS & 127)
            self._letter(painter, box, packed >> _STATE & 15, colours)
        painter.end()
        return picture

    def _fill(self, painter: QPainter, box: QRectF, colours: CellColour) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ground))
        painter.drawRoundedRect(box, self._m.radius, self._m.radius)
        if not colours.hatched or box.width() < 13:
            return
        ink = QColor(colours.ink)
        ink.setAlphaF(0.16)
        painter.setPen(QPen(ink, 1))
        step = max(5, round(box.height() / 5))
        for start in range(-int(box.height()), int(box.width()), step):
            painter.drawLine(QPointF(start, box.height()), QPointF(start + box.height(), 0))

    def _corner(self, painter: QPainter, box: QRectF, colours: CellColour) -> None:
        """Show the earlier state as a triangle in the lower left corner."""
        side = box.height() * 0.62
        painter.setPen(QPen(QColor(self._grounds.panel), 1.5))
        painter.setBrush(QColor(colours.ground))
        low = box.height()
        painter.drawPolygon([QPointF(-2, low - side), QPointF(-2, low + 2), QPointF(side, low + 2)])

    def _letter(self, painter: QPainter, box: QRectF, state: int, colours: CellColour) -> None:
        painter.setPen(QColor(colours.ink))
        letter = state_letter(UnitState(state))
        if self._m.level == Level.LETTER:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
        elif self._m.level == Level.NUMBER:
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(0, 0, -3, 0), side, letter)
        else:
            painter.drawText(box.adjusted(0, 2, -4, 0), Qt.AlignmentFlag.AlignRight, letter)

    def _flags(self, painter: QPainter, box: QRectF, flags: int) -> None:
        letters = saying.flag_letters(flags)
        if letters and self._m.level <= Level.NUMBER:
            self._notch(painter, box)
        elif letters:
            right = box.right() - 3
            for letter in letters[:2]:
                right = pill(painter, letter, right, box.bottom() - 3, (FLAG_GROUND, FLAG_INK)) - 2

    def _notch(self, painter: QPainter, box: QRectF) -> None:
        """Say by a coloured corner that there is a flag, where its letter has no room."""
        side = box.height() * 0.42
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(FLAG_GROUND))
        painter.setClipPath(_rounded(box, self._m.radius))
        low, right = box.bottom(), box.right()
        painter.drawPolygon([QPointF(right, low - side), QPointF(right, low), QPointF(right - side, low)])
        painter.setClipping(False)


def _rounded(box: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    return path


def pill(
    painter: QPainter, text: str, right: float, bottom: float, colours: tuple[str, str], *, edge: bool = False
) -> float:
    """Paint a small badge that ends at a corner, with an edge in the colour of its ink or none; return its left."""
    size = QFontMetricsF(painter.font())
    width, height = size.horizontalAdvance(text) + 7, size.capHeight() + 6
    box = QRectF(right - width, bottom - height, width, height)
    painter.setPen(QPen(QColor(colours[1]), 1.5) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours[0]))
    painter.drawRoundedRect(box, height / 2.4, height / 2.4)
    painter.setPen(QColor(colours[1]))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return box.left()


def _letter_px(m: Metrics) -> int:
    if m.level == Level.LETTER:
        return max(9, min(18, m.cell_h * 2 // 3))
    return max(9, m.small_px)
