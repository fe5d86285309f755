"""Facts in two columns: the label on the left, the value on the right in figures of one width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from salescenter.ui.kit import theme
from salescenter.ui.kit.fonts import numbers

_LINE, _STRONG_LINE, _GAP = 28, 34, 12


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: label, value; strong for the line that matters; tone accent, warning, danger or none."""

    label: str
    value: str
    strong: bool = False
    tone: str = ""
    tip: str = ""


class FactsTable(QWidget):
    """Facts below each other with hairlines between; painted in one piece, so it follows the arrow keys at once."""

    def __init__(self, facts: Sequence[Fact] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._facts: tuple[Fact, ...] = ()
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        self._facts = tuple(facts)
        self.setAccessibleName("; ".join(f"{fact.label}: {fact.value}" for fact in facts))
        self.updateGeometry()
        self.update()

    def facts(self) -> tuple[Fact, ...]:
        """Return what is shown."""
        return self._facts

    def sizeHint(self) -> QSize:
        return QSize(280, sum(map(_height, self._facts)))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            fact = self._at(event.pos().y())
            QToolTip.showText(event.globalPos(), fact.tip if fact else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = 0
        for fact in self._facts:
            self._paint(painter, fact, top)
            top += _height(fact)
        painter.end()

    def _paint(self, painter: QPainter, fact: Fact, top: int) -> None:
        box = QRectF(0, top, self.width(), _height(fact))
        font = _font(self.font(), strong=fact.strong)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if fact.strong else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fact.label)
        room = self.width() - QFontMetrics(font).horizontalAdvance(fact.label) - _GAP
        value = QFontMetrics(font).elidedText(fact.value, Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.colour(_TONES.get(fact.tone, "text")))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, value)
        painter.setPen(theme.colour("border"))
        painter.drawLine(0, top + _height(fact) - 1, self.width(), top + _height(fact) - 1)

    def _at(self, y: int) -> Fact | None:
        for fact in self._facts:
            y -= _height(fact)
            if y < 0:
                return fact
        return None


_TONES = {"accent": "accent_text", "warning": "warning", "danger": "danger", "muted": "muted"}


def _height(fact: Fact) -> int:
    return _STRONG_LINE if fact.strong else _LINE


def _font(base: QFont, *, strong: bool) -> QFont:
    font = numbers(base)
    if strong:
        font.setBold(True)
        font.setPixelSize(15)
    return font
