"""The numbers behind each chart as a table, for the paper and for Excel: all three measures, not only the drawn one."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from salescenter.domain.figures import absorption
from salescenter.domain.papers.report import Entry, ReportTable, Share
from salescenter.domain.report_periods import Grain, Span
from salescenter.domain.units import UnitState
from salescenter.i18n import tr
from salescenter.services.reports.board import Board
from salescenter.services.reports.collection import MoneyBucket, Owed, money_buckets
from salescenter.services.reports.listings import Cell, Listing
from salescenter.services.reports.ranking import ranked_by
from salescenter.services.reports.sales import buckets
from salescenter.services.reports.stock import by_building
from salescenter.services.reports.values import Amounts, Measure, total
from salescenter.ui.kit import formats
from salescenter.ui.kit.terms import state_words, use_words
from salescenter.ui.reports import saying
from salescenter.ui.reports.list_view import said


def sales(board: Board, grain: Grain) -> ReportTable:
    """Each bucket beside the one it is compared with."""
    three = (tr("Unit count"), tr("Area ㎡"), tr("Amount"))
    rows = tuple(
        (_span(board, cut.span), *_three(cut.now), _span(board, cut.before), *_three(cut.then))
        for cut in buckets(board.sales, grain)
    )
    total_row = (tr("Sum"), *_three(board.sales.in_span), "", *_three(board.sales.in_before))
    return ReportTable((tr("Period"), *three, tr("Compared with"), *three), rows, total_row)


def funnel(board: Board) -> ReportTable:
    """The stages with their share of the stage above."""
    of = board.funnel
    shares = (None, *of.conversions)
    rows = tuple(
        (tr(saying.FUNNEL_STAGES[stage]), count, Share(share))
        for stage, count, share in zip(of.stages, of.counts, shares, strict=True)
    )
    return ReportTable((tr("Stage"), tr("Count"), tr("Of the stage above")), rows)


def collection(board: Board, grain: Grain) -> ReportTable:
    """What fell due, what was paid of it, what is owing, what came in."""
    of = board.collection
    parts = money_buckets(of, grain)
    rows = tuple(_money(board, part) for part in parts)
    last = _money(board, MoneyBucket(of.span, of.owed, of.received))
    columns = (tr("Period"), tr("Fell due"), tr("Paid"), tr("Still owing"), tr("Received"))
    return ReportTable(columns, rows, (tr("Sum"), *last[1:]))


def ranking(board: Board, measure: Measure) -> ReportTable:
    """Everybody, in the order of the chart."""
    people = ranked_by(board.ranking, measure)
    rows = tuple(
        (one.name, *_three(one.now), one.visits, Share(one.conversion), one.then.count, one.then.money)
        for one in people
    )
    columns = (
        tr("Consultant"), tr("Unit count"), tr("Area ㎡"), tr("Amount"), tr("Visits"), tr("Deals a visit"),
        tr("Sets before"), tr("Amount before"),
    )
    now, then = total(one.now for one in people), total(one.then for one in people)
    visits = sum(one.visits for one in people)
    return ReportTable(columns, rows, (tr("Sum"), *_three(now), visits, None, then.count, then.money))


def stock(board: Board) -> ReportTable:
    """Each type in each state."""
    found: dict[tuple[str, UnitState], Amounts] = {}
    for group in board.standing.groups:
        kind = board.standing.types.get(group.type, "") or use_words(group.use)
        found[kind, group.state] = found.get((kind, group.state), Amounts()) + group.amounts
    rows = tuple((kind, state_words(state), *_three(found[kind, state])) for kind, state in sorted(found))
    columns = (tr("Type"), tr("State"), tr("Unit count"), tr("Area ㎡"), tr("Amount"))
    return ReportTable(columns, rows, (tr("Sum"), "", *_three(total(found.values()))))


def buildings(board: Board) -> ReportTable:
    """Each building's absorption and prices."""
    rows = tuple(
        (
            point.name, point.sold.count, point.batch.count, Share(absorption(point.sold.count, point.batch.count)),
            point.sold.average, point.batch.average,
        )
        for point in by_building(board.standing)
    )
    columns = (
        tr("Building"), tr("Sold"), tr("Released"), tr("Absorption"), tr("Price of the sold"), tr("Price of the batch"),
    )
    return ReportTable(columns, rows)


def of_list(found: Listing) -> ReportTable:
    """A list behind a figure, as it is shown."""
    columns = tuple(tr(column.heading) for column in found.columns)
    rows = tuple(tuple(map(_entry, line.cells)) for line in found.lines)
    sums = tuple(_entry(cell) for cell in found.sums)
    return ReportTable(columns, rows, (tr("Sum"), *sums[1:]) if found.lines else ())


def _entry(cell: Cell) -> Entry:
    shown = said(cell)
    if isinstance(shown, UnitState):
        return state_words(shown)
    if isinstance(shown, datetime):
        return f"{shown:%Y-%m-%d %H:%M}"
    if isinstance(shown, StrEnum):
        return str(shown)
    return shown  # type: ignore[return-value]  # the rest of a cell's kinds are entries


def _three(amounts: Amounts) -> tuple[Entry, Entry, Entry]:
    return amounts.count, amounts.square_metres, amounts.money


def _money(board: Board, part: MoneyBucket) -> tuple[Entry, ...]:
    owed: Owed = part.owed
    return _span(board, part.span), owed.due, owed.paid, owed.arrears, part.received


def _span(board: Board, span: Span | None) -> str:
    today: date = board.now.date()
    if span is None:
        return formats.NOTHING
    return formats.day(span.first, today) if span.days == 1 else saying.period(span, today)
