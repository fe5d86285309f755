"""The legend that is the filter: one switch a state with its colour, letter, live count, amount and area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from salescenter.domain.grid_figures import Tally
from salescenter.domain.money import Money
from salescenter.domain.units import UnitState
from salescenter.i18n import tr, trn
from salescenter.ui.kit import cell_colours, formats, theme
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.terms import state_letter, state_words

ORDER = (*tuple(UnitState)[1:], UnitState.NOT_RELEASED)
"""For sale first, not released last."""

BADGE, PAD, GAP = 20, 5, 5
SHORT, NAMED, WHOLE = range(3)
"""How much an item says: letter and count; the name too; amount and area below."""


class LegendItem(QAbstractButton):
    """One state; checked means it is looked for."""

    def __init__(self, state: UnitState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state, self.detail = state, WHOLE
        self._tally = Tally()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_tally(Tally())

    def show_tally(self, tally: Tally) -> None:
        """Show how many there are, their area and amount."""
        self._tally = tally
        self.setText(f"{state_words(self.state)} {formats.count(tally.count)}")
        amount = formats.money(Money(tally.amount))
        whole = trn("{name}: {count} unit, {area} ㎡, {amount}", "{name}: {count} units, {area} ㎡, {amount}",
                    count=tally.count, name=state_words(self.state), area=_area(tally), amount=amount)  # fmt: skip
        self.setToolTip(tr("{figures}\nClick to look for these; Ctrl adds.", figures=whole))
        self.setAccessibleName(whole)
        self.updateGeometry()
        self.update()

    def width_for(self, detail: int) -> int:
        """Return how wide the item is when it says so much."""
        bold, small = QFontMetrics(self._bold()), QFontMetrics(self._small())
        wide = bold.horizontalAdvance(formats.count(self._tally.count))
        if detail > SHORT:
            wide += self.fontMetrics().horizontalAdvance(state_words(self.state)) + GAP
        if detail == WHOLE:
            wide = max(wide, small.horizontalAdvance(self._second()))
        return 2 * PAD + BADGE + GAP + wide

    def sizeHint(self) -> QSize:
        return QSize(self.width_for(self.detail), 40 if self.detail == WHOLE else 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, badge, and as much text as the detail says."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        look = cell_colours.worn()[self.state]
        badge = QRectF(PAD, (self.height() - BADGE) / 2, BADGE, BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.ground))
        painter.drawRoundedRect(badge, 5, 5)
        painter.setPen(QColor(look.ink))
        painter.setFont(self._bold())
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, state_letter(self.state))
        self._paint_words(painter, PAD + BADGE + GAP)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        if self.hasFocus() or self.isChecked() or self.underMouse():
            edge = "accent_text" if self.hasFocus() or self.isChecked() else "border"
            painter.setPen(QPen(theme.colour(edge), 2 if self.hasFocus() else 1))
            painter.setBrush(theme.colour("accent_soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        middle = self.height() / 2 - (9 if self.detail == WHOLE else 0)
        line = QRectF(left, middle - 10, self.width() - left, 20)
        if self.detail > SHORT:
            painter.setFont(self.font())
            painter.setPen(theme.colour("text"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, state_words(self.state))
            line.setLeft(left + self.fontMetrics().horizontalAdvance(state_words(self.state)) + GAP)
        painter.setFont(self._bold())
        painter.setPen(theme.colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, formats.count(self._tally.count))
        if self.detail == WHOLE:
            painter.setFont(self._small())
            painter.setPen(theme.colour("muted"))
            below = QRectF(left, self.height() / 2 + 1, self.width() - left, 16)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, self._second())

    def _second(self) -> str:
        if not self._tally.count:
            return formats.NOTHING
        return f"{formats.money_short(Money(self._tally.amount))} · {_area_short(self._tally)}"

    def _bold(self) -> QFont:
        font = numbers(self.font())
        font.setBold(True)
        return font

    def _small(self) -> QFont:
        font = numbers(self.font())
        font.setPixelSize(11)
        return font


class Legend(QWidget):
    """All states. A click looks for one state alone, again for all; with Ctrl it adds or takes away."""

    chosen = Signal(object)  # frozenset of states; empty for all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = {state: LegendItem(state, self) for state in ORDER}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        for item in self.items.values():
            item.clicked.connect(lambda _=False, item=item: self._clicked(item))
            self._row.addWidget(item)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(42)
        self.setAccessibleName(tr("States: legend and filter"))

    def show_tallies(self, tallies: Mapping[UnitState, Tally]) -> None:
        """Show the figures of every state."""
        for state, item in self.items.items():
            item.show_tally(tallies[state])
        self._fit()

    def value(self) -> frozenset[UnitState]:
        """Return the states looked for; none means all."""
        return frozenset(state for state, item in self.items.items() if item.isChecked())

    def put(self, states: Iterable[UnitState]) -> None:
        """Look for these states."""
        wanted = set(states)
        for state, item in self.items.items():
            item.setChecked(state in wanted)

    def sizeHint(self) -> QSize:
        """The least room: the filters beside come first, what is left over says more."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(sum(item.width_for(SHORT) + 2 for item in self.items.values()), 42)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk between the states with the arrow keys."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        items = list(self.items.values())
        at = next((n for n, item in enumerate(items) if item.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
        else:
            items[(at + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self, clicked: LegendItem) -> None:
        """Checked is already what the click made of it."""
        adding = _adding()
        if not adding:
            alone = not clicked.isChecked() and len(self.value()) == 0
            self.put(() if alone else (clicked.state,))
        self.chosen.emit(self.value())

    def _fit(self) -> None:
        """Say as much as there is room for, all items the same."""
        room = self.width() - 2 * len(self.items)
        details = (WHOLE, NAMED, SHORT)
        fitting = (one for one in details if sum(item.width_for(one) for item in self.items.values()) <= room)
        detail = next(fitting, SHORT)
        for item in self.items.values():
            item.detail = detail
            item.updateGeometry()
            item.update()


def _adding() -> bool:
    return bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)


def _area(tally: Tally) -> str:
    return formats.area(Decimal(tally.area) / 100)


def _area_short(tally: Tally) -> str:
    """Write an area for a summary: whole square metres, from ten thousand in 万 where the reader counts so."""
    metres = (tally.area + 50) // 100
    return f"{formats.count(metres)}㎡" if metres < 100_000 else f"{formats.money_short(Money(tally.area))}㎡"
