"""The board as a paper: the same charts in the light colours, each with its table."""

from __future__ import annotations

from datetime import datetime

from salescenter.domain.papers.report import ReportFigure, ReportPaper, ReportSection, ReportTable
from salescenter.i18n import spoken, tr
from salescenter.services.reports.board import Board
from salescenter.services.reports.values import Measure
from salescenter.ui.kit.cell_colours import cell_colours, chosen
from salescenter.ui.kit.tokens import LIGHT
from salescenter.ui.reports import tables
from salescenter.ui.reports.board_view import BoardView
from salescenter.ui.reports.charts import Drawn, ink_of
from salescenter.ui.reports.figures import key_figures


def report_paper(view: BoardView, measure: Measure, made_by: str, made: datetime) -> ReportPaper:
    """Gather what the window shows into a paper, in its grains and measure."""
    board = view.board
    assert board is not None, "there is something to export only once it is shown"
    ink = ink_of(LIGHT, cell_colours(chosen().theme, dark=False, edited=chosen().edited))
    found = _tables(view, board, measure)
    return ReportPaper(
        tr("Sales report"),
        board.house,
        _period(board),
        made,
        made_by,
        tuple(
            ReportFigure(figure.name, f"{figure.value} {figure.unit}".strip(), figure.note, _rule(figure.formula))
            for figure in key_figures(board, measure)
        ),
        tuple(_section(drawn, found[key]) for key, drawn in view.drawn(ink).items()),
        spoken(),
    )


def _section(drawn: Drawn, table: ReportTable) -> ReportSection:
    empty = drawn.chart.is_empty
    return ReportSection(drawn.title, drawn.caption, drawn.chart, table, "; ".join(drawn.missing) if empty else "")


def _tables(view: BoardView, board: Board, measure: Measure) -> dict[str, ReportTable]:
    return {
        "sales": tables.sales(board, view.grain.value()[0]),
        "funnel": tables.funnel(board),
        "collection": tables.collection(board, view.money_grain.value()[0]),
        "ranking": tables.ranking(board, measure),
        "stock": tables.stock(board),
        "buildings": tables.buildings(board),
    }


def _period(board: Board) -> str:
    span, before = board.asked.span, board.sales.before
    days = {"first": span.first, "last": span.last, "from": before.first, "until": before.last}
    return tr("{first} to {last}, compared with {from} to {until}", **{k: v.isoformat() for k, v in days.items()})


def _rule(formula: str) -> str:
    """The formula without the hint how to open its list, which a paper cannot."""
    return formula.rpartition("\n")[0]


