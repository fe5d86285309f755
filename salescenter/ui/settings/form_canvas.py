"""The page of a pre-printed form: its scan, and over it the fields that mouse and arrow keys move by 0.1 mm."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from salescenter.domain.errors import Refusal
from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.overlay import FormField, OverlayForm, Type
from salescenter.domain.papers.run_on import pages_of
from salescenter.i18n import tr
from salescenter.print.fonts import CHAIN, FOLDER, Face
from salescenter.print.overlay import Piece, field_pieces
from salescenter.ui.kit import theme
from salescenter.ui.kit.form_words import source_words

ZOOMS = (0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.75, 1.0, 1.5, 2.0)
"""Pixels a tenth of a millimetre."""

_POINT = 25.4 / 7.2
"""Tenths of a millimetre in a point."""

_STEPS: dict[Qt.Key, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}
_TURNS: dict[Qt.Key, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_PAPER, _INK = QColor("#FFFFFF"), QColor("#1F2430")


@dataclass(frozen=True, slots=True)
class _Held:
    """A field under the mouse: where it was taken hold of, and where it stood then."""

    at: QPointF
    field: FormField


class FormCanvas(QWidget):
    """Paints a form and tells what is done to it.

    `picked(at)`: another field is chosen, -1 none; `moved(field)`: it is being moved; `dropped`: it stays where it
    is; `removed`: it is to go; `turned(by)`: so many pages on. Arrows move by 0.1 mm, with Shift by 1 mm; Page Up and
    Page Down go from field to field, with Ctrl from page to page.
    """

    picked = Signal(int)
    moved = Signal(object)
    dropped = Signal()
    removed = Signal()
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.form: OverlayForm | None = None
        self._said: tuple[Filling, ...] = ()  # what each page says
        self.chosen, self.page = -1, 1
        self.zoom, self._fitted = 0.35, True
        self._scan: tuple[bytes, QImage] = (b"", QImage())
        self._held: _Held | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Page of the form"))
        theme.changed.connect(self.update)

    def show_form(self, form: OverlayForm, said: Filling, chosen: int, page: int) -> None:
        """Show a page of a form with the words of a paper."""
        self.form, self._said, self.chosen, self.page = form, pages_of(form, said), chosen, page
        scan = form.scans[page - 1]
        if scan != self._scan[0]:
            self._scan = (scan, QImage.fromData(scan))
        self.setFixedSize(self.sizeHint())
        self.update()

    def zoom_by(self, step: int) -> None:
        """Go to the next larger (1) or smaller (-1) size."""
        at = ZOOMS.index(self.zoom) + step
        if self.form is not None and 0 <= at < len(ZOOMS):
            self.zoom, self._fitted = ZOOMS[at], False
            self.setFixedSize(self.sizeHint())
            self.update()

    def fit(self, room: int) -> None:
        """Take the largest size at which the page is no wider than so many pixels, until a size is chosen by hand."""
        if self._fitted and self.form is not None:
            wide = self.form.width
            self.zoom = max((zoom for zoom in ZOOMS if wide * zoom <= room), default=ZOOMS[0])
            self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        if self.form is None:
            return QSize(200, 100)
        return QSize(round(self.form.width * self.zoom), round(self.form.height * self.zoom))

    def place_of(self, field: FormField) -> QRectF:
        """Return where a field stands, in pixels: its first row, from the top of its letters to below them."""
        high = field.size / 10 * _POINT
        return QRectF(field.x * self.zoom, (field.y - high) * self.zoom, field.width * self.zoom,
                      (high * 1.25 + field.deep) * self.zoom)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position())
        self.picked.emit(under)
        if under >= 0 and self.form is not None:
            self._held = _Held(event.position(), self.form.fields[under])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            way = (event.position() - self._held.at) / self.zoom
            self.moved.emit(self._held.field.moved(round(way.x()), round(way.y())))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None
        self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, form = Qt.Key(event.key()), self.form
        if key in _TURNS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.turned.emit(_TURNS[key])
        elif form is None or not self._here():
            super().keyPressEvent(event)
        elif key in _TURNS:
            self._walk(_TURNS[key])
        elif key in _STEPS and self.chosen >= 0:
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            right, down = _STEPS[key]
            self.moved.emit(form.fields[self.chosen].moved(right * far, down * far))
            self.dropped.emit()
        elif key == Qt.Key.Key_Delete and self.chosen >= 0:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _here(self) -> tuple[int, ...]:
        """The fields of the page that is shown."""
        return self.form.on_page(self.page) if self.form is not None else ()

    def _walk(self, by: int) -> None:
        here = self._here()
        at = here.index(self.chosen) + by if self.chosen in here else 0
        self.picked.emit(here[at % len(here)])

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), _PAPER)
        if not self._scan[1].isNull():
            painter.drawImage(QRectF(self.rect()), self._scan[1])
        if self.form is not None:
            for at in self._here():
                self._paint_field(painter, at, self.form.fields[at])
        painter.end()

    def _paint_field(self, painter: QPainter, at: int, field: FormField) -> None:
        pieces = self._pieces(at, field)
        tint = theme.colour("danger" if pieces is None else "accent")
        chosen = at == self.chosen
        painter.setPen(QPen(tint, 2 if chosen else 1, Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DotLine))
        painter.drawRect(self.place_of(field))
        base = QPointF(field.x, field.y) * self.zoom
        painter.drawLine(base, base + QPointF(field.width * self.zoom, 0))
        painter.setPen(_INK if pieces is not None else tint)
        for piece in pieces or ():
            self._paint_piece(painter, field.type, piece)
        if not pieces:
            painter.setFont(_font(field.type, field.size / 10 * _POINT * self.zoom))
            painter.setPen(tint)
            painter.drawText(base, naming(field))

    def _paint_piece(self, painter: QPainter, kind: Type, piece: Piece) -> None:
        font = _font(kind, piece.ink.size * _POINT * self.zoom)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, piece.spacing * self.zoom)
        painter.setFont(font)
        painter.drawText(QPointF(piece.x, piece.y) * self.zoom, piece.text)

    def _pieces(self, at: int, field: FormField) -> tuple[Piece, ...] | None:
        """What the field says on the paper that is shown; none where it does not fit."""
        if not self._said:
            return ()
        try:
            return tuple(field_pieces(at, field, self._said[field.page - 1]))
        except Refusal:
            return None

    def _under(self, point: QPointF) -> int:
        fields = self.form.fields if self.form is not None else ()
        return next((at for at in reversed(self._here()) if self.place_of(fields[at]).contains(point)), -1)


class FormArea(QScrollArea):
    """Holds the page, as wide as there is room."""

    def __init__(self, canvas: FormCanvas) -> None:
        super().__init__()
        self._canvas = canvas
        self.setWidget(canvas)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self) -> None:
        """Make the page as large as the room allows."""
        self._canvas.fit(self.viewport().width())

    def follow(self) -> None:
        """Bring the chosen field into sight: a page may be longer than the window."""
        form, at = self._canvas.form, self._canvas.chosen
        if form is not None and 0 <= at < len(form.fields):
            place = self._canvas.place_of(form.fields[at]).toRect()
            self.ensureVisible(place.left(), place.bottom(), 8, 24)
            self.ensureVisible(place.left(), place.top(), 8, 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


def naming(field: FormField) -> str:
    """Name a field in the reader's language."""
    return field.words or source_words(field.source)


_FAMILIES: dict[str, str] = {}


def _font(kind: Type, high: float) -> QFont:
    """The very font papers are set in, so many pixels high."""
    file = CHAIN[Face(kind.value)][0]
    if file not in _FAMILIES:
        number = QFontDatabase.addApplicationFont(str(FOLDER / file))
        _FAMILIES[file] = next(iter(QFontDatabase.applicationFontFamilies(number)), "")
    font = QFont(_FAMILIES[file])
    font.setPixelSize(max(1, round(high)))
    font.setBold("bold" in kind.value)
    return font
