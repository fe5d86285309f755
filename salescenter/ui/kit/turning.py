"""Two groups beside each other where there is room, else one below the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QWidget

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Turning(QWidget):
    """A head or a bar of filters: `first` at the left, `second` at the right, or below it when the words are long."""

    def __init__(self, first: QLayout, second: QLayout, gap: int = 8) -> None:
        super().__init__()
        self._parts, self._gap = (first, second), gap
        self._box = QBoxLayout(_BESIDE, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for part in self._parts:
            self._box.addLayout(part)
        self._box.insertStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def is_beside(self) -> bool:
        """Say whether both stand in one line."""
        return self._box.direction() == _BESIDE

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of both; as high as they are now."""
        wide = max(part.minimumSize().width() for part in self._parts)
        return QSize(wide, self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # the words changed
            self._turn()
        return done

    def _turn(self) -> None:
        room = self.width() - 2 * self._gap
        way = _BESIDE if sum(part.sizeHint().width() for part in self._parts) <= room else _BELOW
        if way != self._box.direction():
            self._box.setDirection(way)
            self._box.invalidate()
            self.updateGeometry()
