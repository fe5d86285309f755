"""What stands around the cells: the panel of a building, its title, the names of stairs and floors, averages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLine, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QStaticText

from salescenter.i18n import tr
from salescenter.ui.floorplan.drawing import Placed, spans
from salescenter.ui.floorplan.grounds import Grounds
from salescenter.ui.floorplan.writing import Writing
from salescenter.ui.floorplan.zoom import Level, Metrics

Edges = tuple[int, int, int, int]  # left, top, right, bottom; the last two belong to it


class Panels:
    """Paints everything of a building but its cells, at one zoom."""

    def __init__(self, grounds: Grounds, metrics: Metrics, writing: Writing, ratio: float) -> None:
        self.page = QColor(grounds.page)
        self._panel, self._border = QColor(grounds.panel), QColor(grounds.border)
        self._text, self._muted = QPen(QColor(grounds.text)), QPen(QColor(grounds.muted))
        self._m, self._writing = metrics, writing
        self._round = 10 if metrics.level >= Level.NUMBER else 6 if metrics.level > Level.COLOUR else 3
        self._corners = _corners(grounds, self._round, ratio)
        self._ratio = ratio

    def paint(self, painter: QPainter, on: Placed, shown: Sequence[Edges],
              averages: Mapping[tuple[int, int], int]) -> None:  # fmt: skip
        """Paint the parts of a building's surroundings that lie within the rectangles shown."""
        if all(self._within(on, edges) for edges in shown):
            for left, top, right, bottom in shown:
                painter.fillRect(left, top, right - left + 1, bottom - top + 1, self._panel)
        else:
            self._frame(painter, on)
        if any(edges[1] < on.top for edges in shown):
            self._heading(painter, on)
        if self._m.stair_h and any(self._has_heading(on, edges) for edges in shown):
            self._stairs(painter, on, averages=bool(averages))
        if self._m.label_w:
            self._floors(painter, on, shown, averages)

    def _within(self, on: Placed, edges: Edges) -> bool:
        """Whether nothing but panel and cells is to be seen there."""
        r = self._round
        return (edges[0] > on.x + r and edges[2] < on.x + on.w - r
                and edges[1] > on.top and edges[3] < on.y + on.h - r)  # fmt: skip

    def _frame(self, painter: QPainter, on: Placed) -> None:
        x, y, w, h, r = on.x, on.y, on.w, on.h, self._round
        painter.fillRect(x, y, w, h, self._border)
        painter.fillRect(x + 1, y + 1, w - 2, h - 2, self._panel)
        if self._m.level == Level.COLOUR:
            return
        side = round(r * self._ratio)
        for dx, sx in ((0, 0), (w - r, side)):
            for dy, sy in ((0, 0), (h - r, side)):
                painter.drawPixmap(QRect(x + dx, y + dy, r, r), self._corners, QRect(sx, sy, side, side))

    def _heading(self, painter: QPainter, on: Placed) -> None:
        m, writing = self._m, self._writing
        painter.setPen(self._text)
        painter.setFont(writing.title)
        name = writing.heading(on.block.building.name, on.w - 2 * m.pad + 4, writing.title)
        painter.drawStaticText(on.x + m.pad, on.y + m.pad // 3 + (m.title_h - int(name.size().height())) // 2, name)

    def _has_heading(self, on: Placed, edges: Edges) -> bool:
        """Whether a line of stair names touches the edges."""
        tops = {on.top + slab.first * self._m.pitch_y for slab in on.block.slabs}
        return any(edges[1] < top and edges[3] >= top - self._m.stair_h - 1 for top in tops)

    def _stairs(self, painter: QPainter, on: Placed, *, averages: bool) -> None:
        m, writing = self._m, self._writing
        painter.setPen(self._muted)
        painter.setFont(writing.stair)
        places = [(slab.stair.name, left, slab.columns * m.pitch_x, on.top + slab.first * m.pitch_y) for slab, left in
                  zip(on.block.slabs, on.lefts, strict=True)]  # fmt: skip
        if on.block.two_floors and m.level >= Level.PRICE:
            places += [(tr("nat."), on.lefts[0] - 2 * m.label_w, m.label_w - 5, on.top),
                       (tr("sale"), on.lefts[0] - m.label_w, m.label_w - 5, on.top)]  # fmt: skip
        if averages and m.average_w and m.level >= Level.PRICE:
            wide = m.average_w - m.pad
            places.append((tr("avg. ㎡"), on.x + on.w - m.pad - wide, wide, on.top))
        for said, left, width, below in places:
            text = writing.heading(said, width, writing.stair)
            painter.drawStaticText(left + (width - int(text.size().width())) // 2, below - m.stair_h - 1, text)

    def _floors(self, painter: QPainter, on: Placed, shown: Sequence[Edges],
                averages: Mapping[tuple[int, int], int]) -> None:  # fmt: skip
        """Write the floors beside each stair, and their average prices in the margin; each once."""
        m = self._m
        columns = self._label_columns(on, bool(averages))
        wanted = {
            (right, kind, row)
            for left, top, far, bottom in shown
            for right, kind, width, first, last in columns
            if left < right and right - width <= far
            for row in range(*spans(top, bottom, on.top, m.pitch_y, len(on.block.rows)))
            if first <= row < last
        }
        if not wanted:
            return
        painter.setPen(self._muted)
        painter.setFont(self._writing.labels.font)
        for right, kind, row in wanted:
            text = self._label(on, kind, row, averages)
            if text is not None:
                size = text.size()
                middle = on.top + row * m.pitch_y + m.cell_h // 2
                painter.drawStaticText(right - int(size.width()), middle - int(size.height()) // 2, text)

    def _label_columns(self, on: Placed, averages: bool) -> list[tuple[int, str, int, int, int]]:
        """Right edge, kind, width, first row and row after the last of each column of labels."""
        m, all_rows = self._m, len(on.block.rows)
        columns = [(left - 5, "sale", m.label_w, slab.first, slab.last) for slab, left in
                   zip(on.block.slabs, on.lefts, strict=True)]  # fmt: skip
        if on.block.two_floors:
            columns.append((on.lefts[0] - m.label_w - 5, "natural", m.label_w, 0, all_rows))
        if averages and m.average_w:
            columns.append((on.x + on.w - m.pad, "average", m.average_w, 0, all_rows))
        return columns

    def _label(self, on: Placed, kind: str, row: int, averages: Mapping[tuple[int, int], int]) -> QStaticText | None:
        floor, part = on.block.rows[row].floor, on.block.rows[row].part
        if part:
            return None
        if kind == "average":
            price = averages.get((on.block.building.id, floor.order))
            return self._writing.averages[price] if price else None
        if kind == "natural" and floor.natural == floor.sale:
            return None
        return self._writing.labels[floor.sale if kind == "sale" else floor.natural]

    def lattice(self, painter: QPainter, left: int, top: int, columns: int, rows: int) -> None:
        """Paint the gaps between the cells of a stair that was painted as one picture."""
        m = self._m
        right, bottom = left + columns * m.pitch_x - 1, top + rows * m.pitch_y - 1
        painter.setPen(self._panel)
        lines = [QLine(x, top, x, bottom) for x in range(left + m.cell_w, right + 1, m.pitch_x)]
        lines += [QLine(left, y, right, y) for y in range(top + m.cell_h, bottom + 1, m.pitch_y)]
        painter.drawLines(lines)


def _corners(grounds: Grounds, radius: int, ratio: float) -> QPixmap:
    """Return a panel of nothing but its four rounded corners."""
    side = round(radius * ratio) * 2
    picture = QPixmap(side, side)
    picture.fill(QColor(grounds.page))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(grounds.border), ratio))
    painter.setBrush(QColor(grounds.panel))
    half = ratio / 2
    painter.drawRoundedRect(QRectF(half, half, side - ratio, side - ratio), side / 2 - half, side / 2 - half)
    painter.end()
    return picture
