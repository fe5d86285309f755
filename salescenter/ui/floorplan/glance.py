"""The estate at a glance, where the card stands while no unit is chosen: figures, and what is left of each type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from salescenter.domain.grid_figures import Tally, TypeLeft, share, whole
from salescenter.domain.money import Money
from salescenter.domain.units import SOLD_STATES, UnitState
from salescenter.i18n import tr, trn
from salescenter.ui.floorplan.card_widgets import Line, LinesTable
from salescenter.ui.floorplan.legend import ORDER
from salescenter.ui.kit import formats, theme
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.labels import ElidedLabel, MutedLabel, SectionLabel
from salescenter.ui.kit.panel import Card, column, hold, scrolled
from salescenter.ui.kit.terms import state_words

Tallies = Mapping[UnitState, Tally]


class TypesLeft(QWidget):
    """What is left of each type as a bar; a click looks for the type."""

    picked = Signal(str)
    HEIGHT = 40

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._types: tuple[TypeLeft, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_types(self, types: Sequence[TypeLeft]) -> None:
        """Show other types."""
        self._types = tuple(types)
        said = (tr("{type}: {left} of {whole} left", type=one.name, left=one.left, whole=one.whole) for one in types)
        self.setAccessibleName("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, self.HEIGHT * len(self._types))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look for the type under the mouse."""
        at = event.position().toPoint().y() // self.HEIGHT
        if at < len(self._types):
            self.picked.emit(self._types[at].name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all types."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, one in enumerate(self._types):
            self._paint(painter, one, at * self.HEIGHT)
        painter.end()

    def _paint(self, painter: QPainter, one: TypeLeft, top: int) -> None:
        font = numbers(self.font())
        painter.setFont(font)
        line = QRectF(0, top + 2, self.width(), 20)
        painter.setPen(theme.colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, one.name)
        bold = QFont(font)
        bold.setBold(True)
        painter.setFont(bold)
        figures = tr("{left} of {whole}", left=one.left, whole=one.whole)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, figures)
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, price_range(one))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("grey_soft"))
        painter.drawRoundedRect(QRectF(0, top + 25, self.width(), 5), 2.5, 2.5)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(0, top + 25, self.width() * one.left / max(1, one.whole), 5), 2.5, 2.5)


class Glance(Card):
    """Figures of what is shown, and the remaining units by type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title, self._facts, self.types = ElidedLabel("", "title"), FactsTable(), TypesLeft()
        self.states = LinesTable(figures=(1, 2, 3))
        hint = MutedLabel(tr("Choose a unit with the mouse or the arrow keys, or type its number."), wrap=True)
        self.body.setContentsMargins(0, 0, 0, 0)
        left = SectionLabel(tr("Left for sale, by type"))
        states = SectionLabel(tr("By state: units, ㎡, amount"))
        inside = column(self._title, hint, self._facts, left, self.types, states, self.states, None, gap=14)
        inside.setContentsMargins(16, 14, 16, 16)
        self.put(scrolled(hold(inside)))

    def show_figures(self, scope: str, tallies: Tallies, types: Sequence[TypeLeft], *, private: bool) -> None:
        """Show the figures of what the grid shows."""
        self._title.say(scope)
        self._facts.show_facts(figures(tallies, private=private))
        self.types.show_types(types)
        self.states.show_lines([_state_line(state, tallies[state]) for state in ORDER if tallies[state].count])


def _state_line(state: UnitState, tally: Tally) -> Line:
    amount = formats.money_short(Money(tally.amount))
    return Line((state_words(state), formats.count(tally.count), f"{tally.area / 100:,.2f}", amount))


def figures(tallies: Tallies, *, private: bool) -> list[Fact]:
    """Say the figures a manager reads of a grid; a customer sees what is for sale only."""
    free, everything = tallies[UnitState.FOR_SALE], whole(tallies)
    facts = [
        Fact(tr("Units shown"), formats.count(everything.count)),
        Fact(tr("For sale"), trn("{count} unit", "{count} units", count=free.count), strong=True),
        Fact(tr("Amount for sale"), formats.money_short(Money(free.amount))),
        Fact(tr("Average, for sale"), _rate(free), tip=tr("Sum of totals ÷ sum of construction areas")),
    ]
    if private:
        return facts
    sold = sold_tally(tallies)
    return [
        *facts,
        Fact(tr("Sold"), trn("{count} unit", "{count} units", count=sold.count), tip=tr("Subscribed and later")),
        Fact(tr("Amount sold"), formats.money_short(Money(sold.amount))),
        Fact(tr("Average, sold"), _rate(sold), tip=tr("Sum of totals ÷ sum of construction areas")),
        Fact(tr("Absorbed"), absorbed(tallies), strong=True, tip=tr("Sold ÷ all units shown, by number")),
        Fact(tr("Value of the estate"), formats.money_short(Money(everything.amount)),
             tip=tr("Sold at deal price, everything else at list price")),
    ]  # fmt: skip


def sold_tally(tallies: Tallies) -> Tally:
    """Add up what counts as sold."""
    return whole({state: tallies[state] for state in SOLD_STATES})


def absorbed(tallies: Tallies) -> str:
    """Write the share sold (去化率) by number of units."""
    tenths = share(sold_tally(tallies).count, whole(tallies).count)
    return formats.NOTHING if tenths is None else formats.percent(Decimal(tenths) / 1000)


def _rate(tally: Tally) -> str:
    average = tally.average
    return formats.NOTHING if average is None else tr("{price} yuan/㎡", price=f"{(average + 50) // 100:,}")


def price_range(one: TypeLeft) -> str:
    """Write the cheapest and dearest of what is left: `208.0–245.3万`."""
    if not one.left:
        return tr("sold out")
    low, high = (formats.money_short(Money(fen)) for fen in (one.lowest, one.highest))
    return low if low == high else f"{low} – {high}"
