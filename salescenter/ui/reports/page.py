"""The manager's window: one period above, the board below it, and the list behind whatever was opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salescenter.domain.errors import Weather
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.services.reports.board import Board, board
from salescenter.services.reports.listings import ListAsked
from salescenter.services.reports.lists import figure_list
from salescenter.ui.kit import late
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.frame import fit_screen
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import hold
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.waiting import LoadingOverlay
from salescenter.ui.reports.board_view import BoardView
from salescenter.ui.reports.controls import Controls
from salescenter.ui.reports.exporting import Exports
from salescenter.ui.reports.list_view import ListView
from salescenter.ui.reports.planning import PlanSheet
from salescenter.ui.reports.plotting import Plots

BEHIND_THE_PLOTS = ("numpy",)
"""What the plots stand on and knows nothing of Qt: imported in the lane."""

NEWS_AFTER = 1_200
"""Milliseconds news of the estate are gathered before the figures are read again."""


class ReportsPage(QWidget):
    """The manager's window; `settled` is sent each time a board was drawn."""

    settled = Signal()

    def __init__(self, room: Room, plots: Callable[[], Plots]) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setMinimumSize(760, 480)
        fit_screen(self, 1366, 768)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._room, self._load_plots = room, plots
        self._plots: Plots | None = None
        self.controls, self.view, self.list = Controls(room), BoardView(), ListView(room)
        self.banner = Banner(closable=True)
        self.stack = QStackedWidget()
        self._lay_out()
        self._loading = LoadingOverlay(self.view)
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_AFTER)
        self._news.timeout.connect(self.load)
        self.view.plan.setVisible(may(room.desk.who.role, Step.EDIT_SETTINGS))
        self.exports = Exports(room, self.view, self.controls, self.banner)
        self.exports.fill(self.export)
        self._connect()
        self._loading.begin()
        self.load()

    def load(self) -> None:
        """Read the figures of the period chosen; what is shown stays until they are here."""
        self.controls.follow_today()
        desk, now = self._room.desk, self._room.now()
        asked = self.controls.board_asked(self.view.funnel())

        def read() -> Board | Weather:
            late.load(BEHIND_THE_PLOTS)
            try:
                return board(desk, asked, now)
            except Weather as trouble:  # said in this window, not in the one behind it
                return trouble

        self._room.papers.run(read, self._show, owner=self, refused=self.banner.refuse)

    def open_list(self, asked: ListAsked) -> None:
        """Open the list behind a figure."""
        desk, now = self._room.desk, self._room.now()
        self._room.papers.run(
            lambda: figure_list(desk, asked, now), self._show_list, owner=self, refused=self.banner.refuse
        )

    def back(self) -> bool:
        """Esc: from the list to the charts."""
        if self.stack.currentWidget() is self.list:
            self.stack.setCurrentWidget(self._charts)
            self.view.setFocus()
            return True
        return False

    def print_page(self) -> None:
        """F8: the preview of the list that is shown, else of the report."""
        if self.stack.currentWidget() is self.list and self.list.listing is not None:
            self.exports.print_list(self.list.listing)
        else:
            self.exports.print_it()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.back():
            return
        if event.key() == Qt.Key.Key_F5:
            self.load()
        elif event.key() == Qt.Key.Key_F8:
            self.print_page()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.controls.quick.setFocus()
        self._news.start()  # while it was closed nothing was followed

    def _show(self, found: Board | Weather) -> None:
        self._loading.end()
        if isinstance(found, Weather):
            self.banner.not_loaded(found, self.load)
            return
        self._plots = self._plots or self._load_plots()
        if self.banner.is_weather:  # it cleared
            self.banner.hide()
        self.controls.know_opened(found.opened)
        self.view.show_board(found, self.controls.counted_in(), self._plots)
        self.settled.emit()

    def _show_list(self, found: object) -> None:
        self.list.show_list(found)  # type: ignore[arg-type]
        self.stack.setCurrentWidget(self.list)
        self.list.setFocus()

    def _plan(self) -> None:
        sheet = PlanSheet(self._room, self.controls.span().last.year)
        sheet.finished_with.connect(lambda _: self.load())
        sheet.stand_over(self)

    def _export_list(self) -> None:
        if self.list.listing is not None:
            self.exports.list_excel(self.list.listing)

    def _heard(self, _news: object) -> None:
        if self.isVisible() and not self._news.isActive():
            self._news.start()

    def _connect(self) -> None:
        self.controls.asked.connect(self.load)
        self.controls.redrawn.connect(lambda: self.view.count_in(self.controls.counted_in()))
        self.view.funnel_chosen.connect(self.load)
        self.view.opened.connect(self.open_list)
        self.view.planning.connect(self._plan)
        self.list.closed.connect(self.back)
        self.list.exported.connect(self._export_list)
        self.list.printed.connect(self.print_page)
        self._room.bulletin.arrived.connect(self._heard)

    def _lay_out(self) -> None:
        self.export = OutlinedButton(tr("Export"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 0)
        head.addWidget(self.controls, 1)
        head.addWidget(self.export, 0, Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(head)
        inside.addWidget(self.view, 1)
        self._charts = hold(inside)
        self.stack.addWidget(self._charts)
        self.stack.addWidget(self.list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.banner)
        outer.addWidget(self.stack, 1)
        self.banner.hide()
