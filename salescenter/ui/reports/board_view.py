"""The board itself: key figures above, cards of charts below, in two columns where there is room."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from salescenter.domain.report_periods import Grain, Span, fitting_grain
from salescenter.i18n import tr
from salescenter.services.reports.board import Board
from salescenter.services.reports.funnel import FunnelBy
from salescenter.services.reports.listings import ListAsked, ListKind
from salescenter.services.reports.values import Measure
from salescenter.ui.kit import cell_colours, theme
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.panel import scrolled
from salescenter.ui.reports import charts, saying
from salescenter.ui.reports.cards import ChartCard, FigureCard
from salescenter.ui.reports.charts import Drawn
from salescenter.ui.reports.controls import switches
from salescenter.ui.reports.figures import key_figures
from salescenter.ui.reports.plotting import Plots
from salescenter.ui.reports.rows import RowPlot

WIDE = 1000
"""Pixels from which two cards stand side by side."""

FIGURES = 5

CARDS = (("sales", 7), ("funnel", 5), ("collection", 7), ("ranking", 5), ("stock", 7), ("buildings", 5))
"""The cards in reading order, each with its share of a line of twelve."""


class BoardView(QWidget):
    """Shows a board. `opened` carries the list behind what was opened, `funnel_chosen` asks for the other funnel.

    `planning` asks for the form of the collection plan.
    """

    opened = Signal(object)
    funnel_chosen = Signal()
    planning = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self._measure = Measure.COUNT
        self._plots: Plots | None = None
        self._cut: Span | None = None  # the period the grains were fitted to
        self.grain = switches(saying.GRAINS, Grain.DAY)
        self.money_grain = switches(saying.GRAINS, Grain.DAY)
        self.funnel_by = switches(saying.FUNNELS, FunnelBy.EVENT)
        self.arrears = LinkButton(tr("Arrears"), self._open_arrears)
        self.plan = LinkButton(tr("Plan …"), self.planning.emit)
        self.figures = [FigureCard() for _ in range(FIGURES)]
        self.cards = self._make_cards()
        self.sheet = QWidget()
        self._grid = QGridLayout()
        self._columns = 0
        self._lay_out()
        self.grain.edited.connect(self._draw)
        self.money_grain.edited.connect(self._draw)
        self.funnel_by.edited.connect(self.funnel_chosen)
        theme.changed.connect(self._draw)

    def show_board(self, board: Board, measure: Measure, plots: Plots) -> None:
        """Show other figures."""
        self.board, self._measure, self._plots = board, measure, plots
        if self._cut != board.asked.span:
            self._cut = board.asked.span
            for each in (self.grain, self.money_grain):
                each.put((fitting_grain(self._cut),))
        self._draw()

    def count_in(self, measure: Measure) -> None:
        """Count in another measure."""
        self._measure = measure
        self._draw()

    def funnel(self) -> FunnelBy:
        """Return how the funnel is counted."""
        chosen: FunnelBy = self.funnel_by.value()[0]
        return chosen

    def drawn(self, ink: charts.Ink) -> dict[str, Drawn]:
        """Return every chart as it is read now, in these colours."""
        board, measure = self.board, self._measure
        assert board is not None
        return {
            "sales": charts.sales(board, measure, self.grain.value()[0], ink),
            "funnel": charts.funnel(board, ink),
            "collection": charts.collection(board, self.money_grain.value()[0], ink),
            "ranking": charts.ranking(board, measure, ink),
            "stock": charts.stock(board, measure, ink),
            "buildings": charts.buildings(board, ink),
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= WIDE else 1)

    def _draw(self) -> None:
        if self.board is None:
            return
        for card, figure in zip(self.figures, key_figures(self.board, self._measure), strict=True):
            card.show_figure(figure)
        self._fit_notes()
        ink = charts.ink_of(theme.tokens(), cell_colours.worn())
        for key, drawn in self.drawn(ink).items():
            self.cards[key].show_chart(drawn)

    def _fit_notes(self) -> None:
        """The notes of the figures are read whole: in two lines where one of them is longer than its card."""
        lines = max(card.note_lines() for card in self.figures)
        for card in self.figures:
            card.stand_in(lines)

    def _open_arrears(self) -> None:
        if self.board is not None:
            self.opened.emit(ListAsked(ListKind.ARREARS, self.board.asked.span))

    def _make_cards(self) -> dict[str, ChartCard]:
        columns, dots = (lambda: self._ready().columns()), (lambda: self._ready().dots())
        made = {
            "sales": ChartCard(columns, self.grain),
            "funnel": ChartCard(RowPlot, self.funnel_by),
            "collection": ChartCard(columns, self.money_grain, (self.arrears, self.plan)),
            "ranking": ChartCard(RowPlot),
            "stock": ChartCard(RowPlot),
            "buildings": ChartCard(dots),
        }
        for figure in self.figures:
            figure.opened.connect(self.opened)
            figure.resized.connect(self._fit_notes)
        for card in made.values():
            card.opened.connect(self.opened)
        return made

    def _ready(self) -> Plots:
        assert self._plots is not None, "a plot is made only for a board"
        return self._plots

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        for card in self.figures:
            top.addWidget(card, 1)
        self._grid.setSpacing(12)
        inside = QVBoxLayout(self.sheet)
        inside.setContentsMargins(16, 4, 16, 16)
        inside.setSpacing(12)
        inside.addLayout(top)
        inside.addLayout(self._grid, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(self.sheet))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, (key, share) in enumerate(CARDS):
            line, left = divmod(place, 2)
            if columns == 2:
                self._grid.addWidget(self.cards[key], line, 0 if left == 0 else 7, 1, share)
            else:
                self._grid.addWidget(self.cards[key], place, 0, 1, 12)
        for at in range(12):
            self._grid.setColumnStretch(at, 1)
