"""Facts in two columns: the label left, the value right in figures of one width, below it where both do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from salescenter.ui.kit import theme
from salescenter.ui.kit.fonts import numbers

_LINE, _STRONG_LINE, _GAP = 28, 34, 12
_BELOW = 20
"""Pixels a value takes below its label; a sum is never cut."""


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
        self._lower: frozenset[int] = frozenset()
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        self._facts = tuple(facts)
        self._lower = self._too_long()
        self.setAccessibleName("; ".join(f"{fact.label}: {fact.value}" for fact in facts))
        self.updateGeometry()
        self.update()

    def facts(self) -> tuple[Fact, ...]:
        """Return what is shown."""
        return self._facts

    def sizeHint(self) -> QSize:
        return QSize(280, sum(map(self._height, range(len(self._facts)))))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (lower := self._too_long()) != self._lower:
            self._lower = lower
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            fact = self._at(event.pos().y())
            QToolTip.showText(event.globalPos(), fact.tip if fact else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = 0
        for at in range(len(self._facts)):
            self._paint(painter, at, top)
            top += self._height(at)
        painter.end()

    def _paint(self, painter: QPainter, at: int, top: int) -> None:
        fact, below = self._facts[at], _BELOW if at in self._lower else 0
        box = QRectF(0, top, self.width(), self._height(at) - below)
        font = _font(self.font(), strong=fact.strong)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if fact.strong else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fact.label)
        room = self.width() - (0 if below else QFontMetrics(font).horizontalAdvance(fact.label) + _GAP)
        value = QFontMetrics(font).elidedText(fact.value, Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.colour(_TONES.get(fact.tone, "text")))
        painter.drawText(box.translated(0, below), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, value)
        painter.setPen(theme.colour("border"))
        foot = top + self._height(at) - 1
        painter.drawLine(0, foot, self.width(), foot)

    def _at(self, y: int) -> Fact | None:
        for at, fact in enumerate(self._facts):
            y -= self._height(at)
            if y < 0:
                return fact
        return None

    def _height(self, at: int) -> int:
        return (_STRONG_LINE if self._facts[at].strong else _LINE) + (_BELOW if at in self._lower else 0)

    def _too_long(self) -> frozenset[int]:
        """The places of the facts whose value does not fit beside its label."""
        metrics = {strong: QFontMetrics(_font(self.font(), strong=strong)) for strong in (False, True)}

        def wide(fact: Fact) -> int:
            return sum(map(metrics[fact.strong].horizontalAdvance, (fact.label, fact.value)))

        return frozenset(at for at, fact in enumerate(self._facts) if wide(fact) + _GAP > self.width())


_TONES = {"accent": "accent_text", "warning": "warning", "danger": "danger", "muted": "muted"}


def _font(base: QFont, *, strong: bool) -> QFont:
    font = numbers(base)
    if strong:
        font.setBold(True)
        font.setPixelSize(15)
    return font
