"""Painting the estate: only what lies in the exposed rectangles, in passes that change font and pen seldom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QStaticText

from salescenter.domain.units import DEAL_STATES
from salescenter.ui.floorplan.drawing import Drawing, Placed, spans
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.grounds import Grounds
from salescenter.ui.floorplan.looks import Looks, colour_table
from salescenter.ui.floorplan.panels import Edges, Panels
from salescenter.ui.floorplan.plan import EMPTY
from salescenter.ui.floorplan.saying import area_text, days_text, joined
from salescenter.ui.floorplan.tiles import Tile, Tiles
from salescenter.ui.floorplan.writing import Lines, Writing
from salescenter.ui.floorplan.zoom import Level

Seen = tuple[int, int, int, Tile]  # index of a unit, left, top, its tile


@dataclass
class Painting:
    """Everything a picture of the estate at one zoom is made from."""

    estate: Estate
    looks: Looks
    drawing: Drawing
    grounds: Grounds
    font: QFont
    ratio: float
    averages: Mapping[tuple[int, int], int]
    today: int

    def __post_init__(self) -> None:
        m = self.drawing.metrics
        self._tiles = Tiles(self.grounds, m, self.font, self.ratio)
        self._writing = Writing(self.font, m)
        self._panels = Panels(self.grounds, m, self._writing, self.ratio)
        self._colours = colour_table(self.grounds)

    def paint(self, painter: QPainter, exposed: Sequence[QRect], corner: QPoint) -> None:
        """Paint the exposed rectangles of a picture whose upper left pixel is `corner` of the drawing.

        Each thing is painted once even where several rectangles touch it: text painted twice turns bold.
        """
        painter.translate(-corner)
        shown = [_edges(rect.translated(corner)) for rect in exposed]
        for left, top, right, bottom in shown:
            painter.fillRect(left, top, right - left + 1, bottom - top + 1, self._panels.page)
        near = list(self.drawing.within(*_around(shown)))
        seen: list[Seen] = []
        for on in near:
            if touching := [edges for edges in shown if _touches(on, edges)]:
                self._building(painter, on, touching, seen)
        if seen:
            self._write(painter, seen if len(shown) == 1 else list({one[0]: one for one in seen}.values()))

    def _building(self, painter: QPainter, on: Placed, shown: list[Edges], seen: list[Seen]) -> None:
        self._panels.paint(painter, on, shown, self.averages)
        if self.drawing.metrics.level == Level.COLOUR:
            self._map(painter, on, _around(shown))
        else:
            for edges in shown:
                self._cells(painter, on, edges, seen)

    def _map(self, painter: QPainter, on: Placed, edges: Edges) -> None:
        """Paint a building as one picture a stair, and the gaps between cells as lines over it."""
        m = self.drawing.metrics
        for slab, left in zip(on.block.slabs, on.lefts, strict=True):
            width = slab.columns * m.pitch_x
            if left > edges[2] or left + width < edges[0]:
                continue
            first, rows = on.top + slab.first * m.pitch_y, slab.last - slab.first
            painter.drawImage(QRect(left, first, width, rows * m.pitch_y), self.looks.map_of(slab, self._colours))
            if m.gap:
                self._panels.lattice(painter, left, first, slab.columns, rows)

    def _cells(self, painter: QPainter, on: Placed, edges: Edges, seen: list[Seen]) -> None:
        m, tiles, of, draw = self.drawing.metrics, self._tiles, self.looks.of, painter.drawPixmap
        low, high = spans(edges[1], edges[3], on.top, m.pitch_y, len(on.block.rows), m.gap)
        pitch, top = m.pitch_x, on.top + low * m.pitch_y
        for slab, first_x in zip(on.block.slabs, on.lefts, strict=True):
            start, stop = spans(edges[0], edges[2], first_x, pitch, slab.columns, m.gap)
            if start >= stop:
                continue
            y, left, slots, columns = top, first_x + start * pitch, slab.slots, slab.columns
            for base in range(low * columns, high * columns, columns):
                x = left
                for unit in slots[base + start : base + stop]:
                    if unit != EMPTY:
                        tile = tiles[of[unit]]
                        draw(x, y, tile.picture)
                        seen.append((unit, x, y, tile))
                    x += pitch
                y += m.pitch_y

    def _write(self, painter: QPainter, seen: list[Seen]) -> None:
        """Write the texts of the cells, one kind after the other."""
        m, writing, cells = self.drawing.metrics, self._writing, self.estate.cells
        if m.level < Level.NUMBER:
            return
        self._numbers(painter, seen)
        if m.level < Level.PRICE:
            return
        full = m.level == Level.FULL
        column(painter, seen, writing.prices, cells.total, m.lines[3 if full else 2])
        if full:
            self._notes(painter, seen)
            self._rates(painter, seen)
        else:
            column(painter, seen, writing.areas, cells.area, m.lines[1])

    def _numbers(self, painter: QPainter, seen: list[Seen]) -> None:
        numbers, said, base = self._writing.numbers, self.estate.cells.number, self.drawing.metrics.lines[0]
        painter.setFont(numbers.fonts[0])
        draw, pen, long = painter.drawStaticText, None, list[tuple[int, int, int, QPen, QStaticText]]()
        top = base - numbers.ascents[0]
        for unit, x, y, tile in seen:
            text, font = numbers[said[unit]]
            if font:
                long.append((font, x, y, tile.pen, text))
                continue
            if tile.pen is not pen:
                pen = tile.pen
                painter.setPen(pen)
            draw(x + 4, y + top, text)
        for font, x, y, ink, text in long:
            painter.setFont(numbers.fonts[font])
            painter.setPen(ink)
            draw(x + 3, y + base - numbers.ascents[font], text)

    def _notes(self, painter: QPainter, seen: list[Seen]) -> None:
        """Write type, area and facing, and who bought it since when, into large cells."""
        notes, cells, states, m = self._writing.notes, self.estate.cells, self.estate.states, self.drawing.metrics
        private, today = self.looks.showing.private, self.today
        first, second, last = (m.lines[line] - notes.ascent for line in (1, 2, 4))
        painter.setFont(notes.font)
        draw = painter.drawStaticText
        for unit, x, y, tile in seen:
            if not tile.faded:
                painter.setPen(tile.pen)
                draw(x + 4, y + first, notes[cells.type[unit]])
                draw(x + 4, y + second, notes[joined(area_text(cells.area[unit]), cells.facing[unit])])
                if not private:
                    buyer = cells.buyer[unit] if states[unit] in DEAL_STATES else ""
                    draw(x + 4, y + last, notes[joined(buyer, days_text(cells, states[unit], unit, today))])

    def _rates(self, painter: QPainter, seen: list[Seen]) -> None:
        """Write the price a square metre at the right of the price, where both have room."""
        rates, prices, cells, m = self._writing.rates, self._writing.prices, self.estate.cells, self.drawing.metrics
        painter.setFont(rates.font)
        for unit, x, y, tile in seen:
            text = rates[cells.unit_price[unit]]
            width = text.size().width()
            if not tile.faded and width + prices[cells.total[unit]].size().width() + 14 < m.cell_w:
                painter.setPen(tile.pen)
                painter.drawStaticText(round(x + m.cell_w - 4 - width), y + m.lines[3] - rates.ascent, text)

    def ring(self, painter: QPainter, unit: int, colour: str, width: float) -> None:
        """Paint a ring around a cell, in the gap beside it."""
        place = self.drawing.plan.place(unit)
        if place is None:
            return
        x, y, w, h = self.drawing.cell(place)
        m = self.drawing.metrics
        out = width / 2 if m.level > Level.COLOUR else width / 2 + 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRoundedRect(QRectF(x - out, y - out, w + 2 * out, h + 2 * out), m.radius + out, m.radius + out)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def column(painter: QPainter, seen: list[Seen], lines: Lines[int], values: Sequence[int], base: int) -> None:
    """Write one line of every cell that is not faded, at a baseline within the cell."""
    painter.setFont(lines.font)
    top = base - lines.ascent
    draw, pen = painter.drawStaticText, None
    for unit, x, y, tile in seen:
        if tile.faded:
            continue
        if tile.pen is not pen:
            pen = tile.pen
            painter.setPen(pen)
        draw(x + 4, y + top, lines[values[unit]])


def _edges(rect: QRect) -> Edges:
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def _around(shown: Sequence[Edges]) -> Edges:
    """Return the smallest rectangle around all of them."""
    lefts, tops, rights, bottoms = zip(*shown, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _touches(on: Placed, edges: Edges) -> bool:
    left, top, right, bottom = edges
    return on.x <= right and on.y <= bottom and on.x + on.w > left and on.y + on.h > top
