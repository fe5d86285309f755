"""The wall view for the hall's screen: the grid full screen, fitted, no mouse needed, no names, no reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salescenter.domain.grid_figures import Tally
from salescenter.domain.units import UnitState
from salescenter.i18n import tr
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.looks import Showing
from salescenter.ui.kit import cell_colours, theme
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.frame import FOR_EVERYBODY
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.terms import state_letter, state_words

EACH = 12_000
"""Milliseconds each building stays while the view goes round."""

SHOWN = (UnitState.FOR_SALE, UnitState.HELD, UnitState.RESERVED, UnitState.SUBSCRIBED, UnitState.SIGNED)
"""What the hall is told: the last one stands for all that is signed or beyond."""


class HallLegend(QWidget):
    """Colours and counts, large enough to be read across the hall."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[UnitState, int] = {}
        self.setFixedHeight(44)

    def show_tallies(self, tallies: Mapping[UnitState, Tally]) -> None:
        """Show how many there are of each state; all signed ones together."""
        self._counts = {state: tallies[state].count for state in SHOWN}
        signed = (tally.count for state, tally in tallies.items() if state >= UnitState.SIGNED)
        self._counts[UnitState.SIGNED] = sum(signed)
        self.setAccessibleName("; ".join(f"{state_words(state)} {count}" for state, count in self._counts.items()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = numbers(self.font())
        font.setPixelSize(19)
        bold = QFont(font)
        bold.setBold(True)
        right = float(self.width())
        for state, count in reversed(self._counts.items()):
            if right < QFontMetrics(bold).horizontalAdvance(f"{state_words(state)} {count}") + 60:
                break
            right = self._paint(painter, state, str(count), right, (font, bold)) - 26
        painter.end()

    def _paint(
        self, painter: QPainter, state: UnitState, count: str, right: float, fonts: tuple[QFont, QFont]
    ) -> float:
        look = cell_colours.worn()[state]
        plain, bold = fonts
        name = state_words(state)
        wide = QFontMetrics(bold).horizontalAdvance(count), QFontMetrics(plain).horizontalAdvance(name)
        high = self.height()
        painter.setPen(theme.colour("text"))
        painter.setFont(bold)
        painter.drawText(QRectF(right - wide[0] - 1, 0, wide[0] + 2, high), Qt.AlignmentFlag.AlignVCenter, count)
        left = right - wide[0] - 10 - wide[1]
        painter.setFont(plain)
        painter.drawText(QRectF(left, 0, wide[1] + 2, high), Qt.AlignmentFlag.AlignVCenter, name)
        badge = QRectF(left - 38, high / 2 - 15, 30, 30)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.ground))
        painter.drawRoundedRect(badge, 7, 7)
        painter.setPen(QColor(look.ink))
        painter.setFont(bold)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, state_letter(state))
        return badge.left()


class WallView(QWidget):
    """A window of its own; Space lets it go round the buildings, arrows turn by hand, Esc or F11 closes it."""

    closed = Signal()

    def __init__(self, title: str, estate: Estate, now: Callable[[], datetime]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setProperty("look", "page")
        self.setProperty(FOR_EVERYBODY, True)
        self.setWindowTitle(title)
        self._now = now
        self.canvas = GridCanvas(estate, now().date().toordinal())
        self.canvas.centred = True
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.set_showing(Showing(private=True))
        for policy in (self.canvas.setHorizontalScrollBarPolicy, self.canvas.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.legend, self._where, self._clock = HallLegend(), Label("", "muted"), Label("")
        self._page = -1  # -1 shows everything
        self._round = QTimer(self)
        self._round.setInterval(EACH)
        self._round.timeout.connect(lambda: self.turn(1))
        self._minute = QTimer(self)
        self._minute.setInterval(1000)
        self._minute.timeout.connect(self._tell_time)
        self._lay_out(title)

    def show_tallies(self, tallies: Mapping[UnitState, Tally]) -> None:
        """Show fresh figures."""
        self.legend.show_tallies(tallies)

    def turn(self, by: int) -> None:
        """Go on to the next building; after the last, everything."""
        buildings = self.canvas.estate.layout.buildings
        self._page = (self._page + 1 + by) % (len(buildings) + 1) - 1
        shown = buildings[self._page] if self._page >= 0 else None
        self.canvas.show_buildings((shown.id,) if shown is not None else ())
        self._where.setText(shown.name if shown is not None else tr("All buildings"))
        self.canvas.fit()

    def go_round(self, on: bool) -> None:
        """Turn by itself, or stay."""
        self._round.start() if on else self._round.stop()

    def is_going_round(self) -> bool:
        """Say whether it turns by itself."""
        return self._round.isActive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything by keys."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        elif key == Qt.Key.Key_Space:
            self.go_round(not self.is_going_round())
        elif key in steps:
            self.turn(steps[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self.canvas, self.canvas.fit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the page."""
        self._round.stop()
        self._minute.stop()
        super().closeEvent(event)
        self.closed.emit()

    def _lay_out(self, title: str) -> None:
        name = Label(title)
        font = name.font()
        font.setPixelSize(30)
        font.setBold(True)
        name.setFont(font)
        for label in (self._where, self._clock):
            larger = numbers(label.font())
            larger.setPixelSize(22)
            label.setFont(larger)
        head = QHBoxLayout()
        head.setContentsMargins(28, 12, 28, 4)
        head.setSpacing(24)
        head.addWidget(name)
        head.addWidget(self._where)
        head.addWidget(self.legend, 1)
        head.addWidget(self._clock)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.canvas, 1)
        self._where.setText(tr("All buildings"))
        self._tell_time()
        self._minute.start()

    def _tell_time(self) -> None:
        self._clock.setText(f"{self._now():%H:%M}")
