"""The manager's window (报表): key figures, charts, the lists behind them, and their export."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room
from salescenter.ui.reports.plotting import Plots


def _build(room: Room) -> QWidget:
    from salescenter.ui.reports.page import ReportsPage  # services and database only when first opened

    return ReportsPage(room, _plots)


def _plots() -> Plots:
    from salescenter.ui.reports.plots import ColumnPlot, DotPlot  # pyqtgraph, only when it is wanted

    return Plots(ColumnPlot, DotPlot)


PAGE = Page("reports", mark("Reports"), "reports", _build, needs=Step.SEE_REPORTS, order=70, own_window=True)
