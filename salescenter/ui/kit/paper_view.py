"""The pages of a paper below each other, as they will print; only those in sight are drawn, words found are marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

import pypdfium2
from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from salescenter.i18n import tr
from salescenter.ui.kit import theme
from salescenter.ui.kit.paper_search import Found
from salescenter.ui.kit.pdfium import LOCK
from salescenter.ui.kit.printing import page_image

_MARGIN = 18
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_SCREEN_DPI = 96


class PaperView(QAbstractScrollArea):
    """Pages below each other; only those in sight are drawn."""

    turned = Signal()

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # every paint covers all of it
        self._zoom, self._fitted = 1.0, True
        self._found: Sequence[Found] = ()
        self._at = -1  # the one of those found that is shown
        self._image = lru_cache(maxsize=6)(self._draw)
        self._open(pdf)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.turned.emit())
        self.setAccessibleName(tr("Preview"))

    def show_document(self, pdf: bytes) -> None:
        """Show another file in the place of this one."""
        self.close_document()
        self.mark_found((), -1)
        self._open(pdf)
        self._set_bars()
        self.viewport().update()
        self.turned.emit()

    def pages(self) -> int:
        """Return how many pages there are."""
        return len(self._sizes)

    def page(self) -> int:
        """Return the page that fills most of the window, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max((number for number, top in enumerate(self._tops()) if top <= middle), default=0)

    def show_page(self, number: int) -> None:
        """Turn to a page."""
        self.verticalScrollBar().setValue(self._tops()[max(0, min(number, self.pages() - 1))] - _MARGIN // 2)

    def turn(self, by: int) -> None:
        """Turn some pages on or back."""
        self.show_page(self.page() + by)

    def zoom(self, step: int) -> None:
        """Go to the next larger (1) or smaller (-1) size."""
        sizes = [size for size in _ZOOMS if (size > self._zoom + 0.01 if step > 0 else size < self._zoom - 0.01)]
        if sizes:
            self._fitted = False
            self._set_zoom(sizes[0] if step > 0 else sizes[-1])

    def fit_width(self) -> None:
        """Make the widest page fill the window."""
        self._fitted = True
        widest = max(wide for wide, _ in self._sizes) * _SCREEN_DPI / 72
        self._set_zoom(min(2.0, (self.viewport().width() - 2 * _MARGIN) / widest))

    def mark_found(self, found: Sequence[Found], at: int) -> None:
        """Mark the places of words, and bring one of them into sight (-1 none)."""
        self._found, self._at = found, at
        if 0 <= at < len(found):
            self._bring(found[at])
        self.viewport().update()

    def enlarge(self, least: float) -> None:
        """Show it no smaller than this: 1 is life-size."""
        if self._zoom < least:
            self._fitted = False
            self._set_zoom(least)

    def close_document(self) -> None:
        """Let go of the file."""
        self._image.cache_clear()
        with LOCK:
            self._document.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit_width()
        self._set_bars()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()  # the window turns whole pages
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("grey_soft"))
        scroll_x, scroll_y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for number, top in enumerate(self._tops()):
            wide, high = self._pixels(number)
            left = max(_MARGIN, (self.viewport().width() - wide) // 2) - scroll_x
            box = QRect(left, top - scroll_y, wide, high)
            if box.intersects(self.viewport().rect()):
                painter.drawImage(box, self._image(number, self._zoom, self.devicePixelRatioF()))
                painter.setPen(theme.colour("edge"))
                painter.drawRect(box.adjusted(-1, -1, 0, 0))
                self._mark(painter, number, box)
        painter.end()

    def _mark(self, painter: QPainter, page: int, box: QRect) -> None:
        """Lay colour over the words found on a page, stronger over the one that is shown."""
        for at, one in enumerate(self._found):
            if one.page == page:
                colour = theme.colour("warning" if at == self._at else "accent")
                colour.setAlpha(110 if at == self._at else 60)
                for left, top, width, height in one.boxes:
                    painter.fillRect(QRectF(box.x() + left * self._scale, box.y() + top * self._scale,
                                            width * self._scale, height * self._scale), colour)

    def _bring(self, found: Found) -> None:
        """Scroll down only where the words are not in sight; across so far that much of what stands before them is."""
        bar = self.verticalScrollBar()
        top = self._tops()[found.page] + round(found.boxes[0][1] * self._scale)
        if not bar.value() <= top <= bar.value() + self.viewport().height() - 3 * _MARGIN:
            bar.setValue(top - self.viewport().height() // 3)
        across, left = self.horizontalScrollBar(), _MARGIN + round(found.boxes[0][0] * self._scale)
        across.setValue(max(0, left - self.viewport().width() * 3 // 4))

    @property
    def _scale(self) -> float:
        """Pixels a point takes."""
        return self._zoom * _SCREEN_DPI / 72

    def _open(self, pdf: bytes) -> None:
        with LOCK:
            self._document = pypdfium2.PdfDocument(pdf)
            self._sizes = [self._document.get_page_size(number) for number in range(len(self._document))]  # points

    def _draw(self, number: int, zoom: float, ratio: float) -> QImage:
        with LOCK:
            return page_image(self._document[number], zoom * ratio * _SCREEN_DPI / 72)

    def _set_zoom(self, zoom: float) -> None:
        here = self.page()
        self._zoom = zoom
        self._set_bars()
        self.show_page(here)
        self.viewport().update()

    def _pixels(self, number: int) -> tuple[int, int]:
        wide, high = self._sizes[number]
        return ceil(wide * self._scale), ceil(high * self._scale)  # as many as the picture has

    def _tops(self) -> list[int]:
        tops, down = [], _MARGIN
        for number in range(self.pages()):
            tops.append(down)
            down += self._pixels(number)[1] + _MARGIN
        return tops

    def _set_bars(self) -> None:
        last = self.pages() - 1
        whole = self._tops()[last] + self._pixels(last)[1] + _MARGIN
        widest = max(self._pixels(number)[0] for number in range(self.pages())) + 2 * _MARGIN
        for bar, length, seen in ((self.verticalScrollBar(), whole, self.viewport().height()),
                                  (self.horizontalScrollBar(), widest, self.viewport().width())):
            bar.setRange(0, max(0, length - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(40)
