"""The painted pieces of the card: the sentence, what was paid of the schedule, lines of history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from salescenter.ui.floorplan.why import Why
from salescenter.ui.kit import theme
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.labels import restyle


class Sentence(QFrame):
    """The sentence the card begins with, on a ground that says how urgent it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "banner")
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 10, 9)
        layout.addWidget(self._words)

    def say(self, said: Why) -> None:
        """Show a sentence."""
        self._words.setText(said.rich)
        self.setAccessibleName(said.plain)
        self.setProperty("tone", said.tone)
        restyle(self)

    def text(self) -> str:
        """Return what is shown, as plain text."""
        return self.accessibleName()


@dataclass(frozen=True, slots=True)
class Line:
    """One painted line: muted words at the left, words or figures in columns after them.

    tone: of the last column: muted, accent, warning, danger or none.
    """

    cells: tuple[str, ...]
    tone: str = ""


class LinesTable(QWidget):
    """Lines in columns, painted in one piece; a column is as wide as its longest text, the last takes the rest.

    `figures` says which columns hold figures, aligned to the right.
    """

    HEIGHT = 24

    def __init__(self, figures: Sequence[int] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = frozenset(figures)
        self._lines: tuple[Line, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self._lines = tuple(lines)
        self.setAccessibleName("; ".join(" ".join(line.cells) for line in lines))
        self.updateGeometry()
        self.update()

    def lines(self) -> tuple[Line, ...]:
        """Return what is shown."""
        return self._lines

    def sizeHint(self) -> QSize:
        return QSize(280, self.HEIGHT * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show a line whole as its tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = event.pos().y() // self.HEIGHT
            said = "  ".join(self._lines[at].cells) if at < len(self._lines) else ""
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all lines."""
        painter = QPainter(self)
        font = numbers(self.font())
        painter.setFont(font)
        size = QFontMetrics(font)
        lefts = self._lefts(size)
        for at, line in enumerate(self._lines):
            for column, text in enumerate(line.cells):
                last = column == len(line.cells) - 1
                right = self.width() if last else lefts[column + 1] - 14
                box = QRectF(lefts[column], at * self.HEIGHT, right - lefts[column], self.HEIGHT)
                painter.setPen(theme.colour(self._ink(line, column, last)))
                side = Qt.AlignmentFlag.AlignRight if column in self._figures else Qt.AlignmentFlag.AlignLeft
                said = size.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
                painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, said)
        painter.end()

    def _lefts(self, size: QFontMetrics) -> list[int]:
        columns = max((len(line.cells) for line in self._lines), default=0)
        lefts = [0]
        for column in range(columns - 1):
            texts = (line.cells[column] for line in self._lines if column < len(line.cells))
            lefts.append(lefts[-1] + max(map(size.horizontalAdvance, texts)) + 14)
        return lefts

    def _ink(self, line: Line, column: int, last: bool) -> str:
        if last and line.tone:
            return _TONES[line.tone]
        return "muted" if column == 0 and len(line.cells) > 1 else "text"


_TONES = {"accent": "accent_text", "warning": "warning", "danger": "danger", "muted": "muted"}


class PaidBar(QWidget):
    """How much of the price was received, as a bar with its two figures below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._said = 0.0, ""
        self.setFixedHeight(30)

    def show_share(self, share: float, said: str) -> None:
        """Show a share (0..1) and its figures in words."""
        self._share, self._said = max(0.0, min(1.0, share)), said
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bar and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("grey_soft"))
        painter.drawRoundedRect(QRectF(0, 2, self.width(), 7), 3.5, 3.5)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(0, 2, self.width() * self._share, 7), 3.5, 3.5)
        font = QFont(self.font())
        font.setPixelSize(12)
        painter.setFont(numbers(font))
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRectF(0, 11, self.width(), 18), Qt.AlignmentFlag.AlignVCenter, self._said)
        painter.end()
