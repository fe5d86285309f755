"""Every figure of the board, with the list behind it: what opens on a double-click, and what `check` adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from salescenter.data.reports import contacts
from salescenter.domain.figures import Quantity
from salescenter.domain.report_periods import Grain, Span
from salescenter.domain.units import Use
from salescenter.services.reports.board import Board
from salescenter.services.reports.collection import money_buckets
from salescenter.services.reports.funnel import COHORT, FunnelBy
from salescenter.services.reports.listings import Chosen, ListAsked, Listing, ListKind
from salescenter.services.reports.stock import PRICED, by_building
from salescenter.services.reports.values import Amounts, Stage, total

Claim = tuple[str, tuple[Any, ...], ListAsked, Callable[[Listing], Iterable[Any]]]
"""A figure's name, what is shown of it, the list behind it, and how the list is added up to the same."""

_DEAL = ("count", "area", "amount")


def claims(board: Board) -> Iterator[Claim]:
    """Name every figure the board shows with the list that proves it."""
    span = board.asked.span
    net = board.net_signed.net
    yield "net-signed", _three(net), ListAsked(ListKind.NET_SIGNED, span), _sums(*_DEAL)
    average = board.average
    homes = ListAsked(ListKind.DEALS, span, Stage.SIGNED, f"u:{average.use}")
    yield "average", _three(average.signed), homes, _sums(*_DEAL)
    for use in Use:
        yield f"absorption-{use}", _absorbed(board, use), batch_of(span, use), _sums(*_DEAL, *_SOLD)
    yield from _sales_claims(board)
    yield from _money_claims(board)
    yield from _stock_claims(board)
    yield from _funnel_claims(board)


_SOLD = ("sold", "sold_area", "sold_amount")


def batch_of(span: Span, use: Use) -> ListAsked:
    """The list behind 去化率 of a use."""
    return ListAsked(ListKind.BATCH, span, units=Chosen(uses=frozenset({use}), in_batch=True))


def building_list(span: Span, building: int) -> ListAsked:
    """The list behind a building's absorption and price."""
    return ListAsked(ListKind.BATCH, span, units=Chosen(uses=PRICED, building=building, in_batch=True))


def _absorbed(board: Board, use: Use) -> tuple[Quantity, ...]:
    of = board.absorption[use]
    return (*_three(of.batch), *_three(of.sold))


def _sales_claims(board: Board) -> Iterator[Claim]:
    span, stage = board.asked.span, board.asked.stage
    yield f"sales-{stage}", _three(board.sales.in_span), ListAsked(ListKind.DEALS, span, stage), _sums(*_DEAL)
    for one in board.ranking:
        wanted = ListAsked(ListKind.DEALS, span, stage, f"p:{one.person}")
        yield f"ranking-{stage}-{one.person}", _three(one.now), wanted, _sums(*_DEAL)


def _money_claims(board: Board) -> Iterator[Claim]:
    span, of = board.asked.span, board.collection
    yield "received", (of.received,), ListAsked(ListKind.RECEIPTS, span), _sums("amount")
    owed, so_far = of.owed, of.so_far
    yield "due", (owed.due, owed.paid, owed.arrears), ListAsked(ListKind.DUES, span), _sums("amount", "paid", "open")
    for part in money_buckets(of, Grain.MONTH):
        shown, wanted = part.owed, dues_list(part.span, span)
        yield f"due-{part.span.first}", (shown.due, shown.paid, shown.arrears), wanted, _sums("amount", "paid", "open")
    yield "due-so-far", (so_far.due, so_far.paid), ListAsked(ListKind.DUES_SO_FAR, span), _sums("amount", "paid")
    yield "arrears", (so_far.arrears,), ListAsked(ListKind.ARREARS, span), _sums("open")
    contracts = (of.contracts, of.contract_total, of.contract_paid, of.on_the_way)
    yield "contracts", contracts, ListAsked(ListKind.CONTRACTS, span), _sums("count", "amount", "paid", "open")


def dues_list(part: Span, whole: Span) -> ListAsked:
    """The list behind a bar of what fell due: a deal that ended later within the whole period is in neither."""
    return ListAsked(ListKind.DUES, part, until=whole.last)


def _stock_claims(board: Board) -> Iterator[Claim]:
    span, standing = board.asked.span, board.standing
    for state in sorted({group.state for group in standing.groups}):
        shown = standing.sum(lambda group, state=state: group.state is state)  # type: ignore[misc]
        yield f"stock-{state}", _three(shown), ListAsked(ListKind.UNITS, span, units=Chosen(state=state)), _sums(*_DEAL)
    for point in by_building(standing):
        wanted = building_list(span, point.building)
        yield f"building-{point.building}", (*_three(point.batch), *_three(point.sold)), wanted, _sums(*_DEAL, *_SOLD)
    whole = total(group.amounts for group in standing.groups)
    yield "stock", _three(whole), ListAsked(ListKind.UNITS, span), _sums(*_DEAL)


def _funnel_claims(board: Board) -> Iterator[Claim]:
    of = board.funnel
    for stage, count in zip(of.stages, of.counts, strict=True):
        yield f"funnel-{of.by}-{stage}", (count,), stage_list(board.asked.span, of.by, stage), _sums("count")


def stage_list(span: Span, by: FunnelBy, stage: str) -> ListAsked:
    """The list behind a stage of the funnel."""
    if by is FunnelBy.COHORT:
        return ListAsked(ListKind.COHORT, span, stage if stage != COHORT[0] else "")
    if stage == "held":
        return ListAsked(ListKind.HOLDS, span)
    kind = ListKind.CONTACTS if stage in contacts.FIGURES else ListKind.DEALS
    return ListAsked(kind, span, stage)


def _three(amounts: Amounts) -> tuple[Any, ...]:
    return amounts.count, amounts.square_metres, amounts.money


def _sums(*keys: str) -> Callable[[Listing], Iterable[Any]]:
    return lambda found: [found.sum(key) for key in keys]
