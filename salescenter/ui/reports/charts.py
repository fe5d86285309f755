"""The board's figures as charts: values, words and colours, and the list behind each bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from salescenter.domain.figures import growth
from salescenter.domain.money import Money
from salescenter.domain.report_charts import Chart, ColumnChart, Dot, DotChart, RowChart, Series
from salescenter.domain.report_periods import Grain
from salescenter.domain.units import UnitState, Use
from salescenter.i18n import tr, trn
from salescenter.services.reports.board import Board
from salescenter.services.reports.claims import building_list, dues_list, stage_list
from salescenter.services.reports.collection import Collection, money_buckets
from salescenter.services.reports.funnel import FunnelBy
from salescenter.services.reports.listings import Chosen, ListAsked, ListKind
from salescenter.services.reports.ranking import ranked_by
from salescenter.services.reports.sales import Bucket, buckets
from salescenter.services.reports.stock import BuildingPoint, by_building
from salescenter.services.reports.values import Amounts, Measure, total
from salescenter.ui.kit import formats
from salescenter.ui.kit.cell_colours import CellColour
from salescenter.ui.kit.terms import state_letter, state_words, use_words
from salescenter.ui.kit.tokens import Tokens, mix
from salescenter.ui.reports import formulas, saying


@dataclass(frozen=True, slots=True)
class Ink:
    """What a chart is coloured with: the accent for this period, grey for the last, and the states' own colours."""

    accent: str
    grey: str
    text: str
    states: Mapping[UnitState, CellColour]


def ink_of(tokens: Tokens, states: Mapping[UnitState, CellColour]) -> Ink:
    """Take the colours of a theme."""
    return Ink(tokens.accent, mix(tokens.faint, tokens.panel, 0.5), tokens.muted, states)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart ready to be shown: its caption, what is missing where it is empty and what to do, the list behind it.

    `ask` takes (category, series) as counted in the chart and returns the list, None where there is none; `rule` is
    how the figures of the caption are reckoned.
    """

    title: str
    caption: str
    chart: Chart
    missing: tuple[str, str]
    ask: Callable[[int, int], ListAsked | None]
    rule: str = ""


# --- sales


def sales(board: Board, measure: Measure, grain: Grain, ink: Ink) -> Drawn:
    """Sales of the period beside the period before, a group a day, week or month."""
    cut = buckets(board.sales, grain)
    today = board.now.date()
    names = (saying.period(board.sales.span, today), saying.period(board.sales.before, today))
    sums = (saying.measured(board.sales.in_span, measure), saying.measured(board.sales.in_before, measure))
    now = replace(_run(cut, names[0], ink.accent, measure, lambda bucket: bucket.now), total=sums[0])
    then = replace(_run(cut, names[1], ink.grey, measure, lambda bucket: bucket.then), total=sums[1])
    stage = tr(saying.STAGES[board.asked.stage])
    summed = tr("{stage}: the sum of these days", stage=stage)
    unit = saying.axis_unit(measure)
    chart = ColumnChart(_labels(board, cut, grain), _names(board, cut), (then, now), unit, summed)
    change = saying.grown(growth(board.sales.in_span.by(measure), board.sales.in_before.by(measure)))
    caption = tr("{stage} {change} on the period compared with", stage=stage, change=change)
    missing = (tr("Nothing was {stage} in either period", stage=stage.lower()), tr("Choose a longer period above."))
    ask = lambda at, series: _deals(board, cut[at], before=series == 0)  # noqa: E731
    return Drawn(tr("Sales"), caption, chart, missing, ask, formulas.of_sales(board, measure))


def _run(
    cut: tuple[Bucket, ...], name: str, colour: str, measure: Measure, read: Callable[[Bucket], Amounts]
) -> Series:
    amounts = [read(bucket) for bucket in cut]
    values = tuple(saying.plotted(each.by(measure)) for each in amounts)
    return Series(name, colour, values, tuple(saying.measured(each, measure) for each in amounts))


def _labels(board: Board, cut: tuple[Bucket, ...], grain: Grain) -> tuple[str, ...]:
    return tuple(saying.bucket_label(b.span, grain, board.asked.span) if b.span else "" for b in cut)


def _names(board: Board, cut: tuple[Bucket, ...]) -> tuple[str, ...]:
    today = board.now.date()
    pairs = ((saying.period(b.span, today) if b.span else "", b.before) for b in cut)
    return tuple(f"{now}  ·  {saying.period(before, today)}" if before else now for now, before in pairs)


def _deals(board: Board, bucket: Bucket, *, before: bool) -> ListAsked | None:
    span = bucket.before if before else bucket.span
    return ListAsked(ListKind.DEALS, span, board.asked.stage) if span else None


# --- money


def collection(board: Board, grain: Grain, ink: Ink) -> Drawn:
    """What fell due as an outline, what came in as a filled bar."""
    of = board.collection
    cut = money_buckets(of, grain)
    due = _money_run(tr("Fell due"), ink.text, [part.owed.due for part in cut], of.owed.due, hollow=True)
    received = _money_run(tr("Received"), ink.accent, [part.received for part in cut], of.received)
    today = board.now.date()
    chart = ColumnChart(
        tuple(saying.bucket_label(part.span, grain, of.span) for part in cut),
        tuple(saying.period(part.span, today) for part in cut),
        (due, received),
        saying.money_unit(),
        tr("Fell due: instalments of deals alive. Received: receipts less what was given back."),
    )
    missing = (
        tr("Nothing fell due and no money came in"),
        tr("Schedules come with subscriptions, receipts from the cashier."),
    )
    asks = (lambda at: dues_list(cut[at].span, of.span), lambda at: ListAsked(ListKind.RECEIPTS, cut[at].span))
    rule = formulas.of_collection(of)
    return Drawn(tr("Collected against due"), _money_caption(of), chart, missing, lambda at, s: asks[s](at), rule)


def _money_caption(of: Collection) -> str:
    return tr(
        "Owing {arrears} · collected {contracts} of contracts, {due} of what is due, {plan} of plan",
        arrears=formats.money_short(of.owed.arrears), contracts=formats.percent(of.of_contracts),
        due=formats.percent(of.of_due), plan=formats.percent(of.of_plan),
    )


def _money_run(name: str, colour: str, amounts: list[Money], whole: Money, *, hollow: bool = False) -> Series:
    values = tuple(saying.plotted(amount) for amount in amounts)
    said = tuple(formats.money(amount) for amount in amounts)
    return Series(name, colour, values, said, hollow, total=formats.money_short(whole))


# --- stock


def stock(board: Board, measure: Measure, ink: Ink) -> Drawn:
    """Every type a row, its units end to end by state, in the states' own colours."""
    groups = board.standing.groups
    kinds = _kinds(board)
    states = [state for state in UnitState if any(group.state is state for group in groups)]
    cells = {
        (kind, state): total(g.amounts for g in groups if (g.use, g.type) == kind and g.state is state)
        for kind in kinds
        for state in states
    }
    series = tuple(_state_run(state, [cells[kind, state] for kind in kinds], measure, ink) for state in states)
    wholes = [total(cells[kind, state] for state in states) for kind in kinds]
    said = tuple(saying.measured(whole, measure) for whole in wholes)
    parts = tuple(
        formulas.of_parts([cells[kind, state] for state in states], whole, measure)
        for kind, whole in zip(kinds, wholes, strict=True)
    )
    chart = RowChart(tuple(kinds.values()), series, said, saying.axis_unit(measure), formulas=parts)
    missing = (tr("There are no units yet"), tr("Import the price list or make a building by rule."))
    rule = formulas.of_value(board.standing.value)

    def ask(row: int, at: int) -> ListAsked:
        use, type_ = list(kinds)[row]
        return ListAsked(ListKind.UNITS, board.asked.span, units=Chosen(states[at], type_, frozenset({use})))

    return Drawn(tr("Stock by state and type"), _stock_caption(board), chart, missing, ask, rule)


def _state_run(state: UnitState, amounts: list[Amounts], measure: Measure, ink: Ink) -> Series:
    values = tuple(saying.plotted(each.by(measure)) for each in amounts)
    said = tuple(saying.measured(each, measure) for each in amounts)
    return Series(state_words(state), ink.states[state].ground, values, said, letter=state_letter(state))


def _kinds(board: Board) -> dict[tuple[Use, int], str]:
    """Uses and types, by use, then name; a type stands by its name, units without one by their use's."""
    found = {(group.use, group.type) for group in board.standing.groups}
    names = board.standing.types
    said = {kind: names.get(kind[1], "") or use_words(kind[0]) for kind in found}
    uses = list(Use)
    return {kind: said[kind] for kind in sorted(found, key=lambda kind: (uses.index(kind[0]), said[kind]))}


def _stock_caption(board: Board) -> str:
    value = board.standing.value
    return tr(
        "Value {whole} = signed {signed} + subscribed {subscribed} + for sale {sale} + not released {rest}",
        whole=formats.money_short(value.whole), signed=formats.money_short(value.signed),
        subscribed=formats.money_short(value.subscribed), sale=formats.money_short(value.for_sale),
        rest=formats.money_short(value.not_released),
    )


# --- funnel


def funnel(board: Board, ink: Ink) -> Drawn:
    """The stages one below the other, each with its share of the one above."""
    of = board.funnel
    shares = ("", *map(formats.percent, of.conversions))
    said = tuple(f"{formats.count(count)}   {share}".strip() for count, share in zip(of.counts, shares, strict=True))
    names = tuple(tr(saying.FUNNEL_STAGES[stage]) for stage in of.stages)
    counts = tuple(map(Decimal, of.counts))
    bars = Series(tr("Count"), ink.accent, counts, tuple(map(formats.count, of.counts)))
    chart = RowChart(names, (bars,), said, "", formulas=formulas.of_stages(of.counts, of.conversions))
    captions = {
        FunnelBy.EVENT: tr("What happened in the period; each as a share of the stage above"),
        FunnelBy.COHORT: tr("Customers first met in the period, and how far they have come since"),
    }
    missing = (tr("Nobody called or came in this period"), tr("The reception page registers visits and calls."))
    ask = lambda row, _: stage_list(board.asked.span, of.by, of.stages[row])  # noqa: E731
    return Drawn(tr("Funnel"), captions[of.by], chart, missing, ask)


# --- people and buildings


def ranking(board: Board, measure: Measure, ink: Ink) -> Drawn:
    """Consultants by what they sold; the tick is what they sold in the period before."""
    people = ranked_by(board.ranking, measure)
    said = tuple(
        trn(
            "{sold} · {count} visit · {share}", "{sold} · {count} visits · {share}", count=one.visits,
            sold=saying.measured(one.now, measure), share=formats.percent(one.conversion, 0),
        )
        for one in people
    )
    values = tuple(saying.plotted(one.now.by(measure)) for one in people)
    bars = Series(tr("This period"), ink.accent, values, tuple(saying.measured(one.now, measure) for one in people))
    marks = tuple(saying.plotted(one.then.by(measure)) for one in people)
    before = saying.period(board.sales.before, board.now.date())
    names, ways = tuple(one.name for one in people), tuple(map(formulas.of_person, people))
    chart = RowChart(names, (bars,), said, saying.axis_unit(measure), marks, before, ways)
    caption = tr("{stage}, visits received, deals a visit", stage=tr(saying.STAGES[board.asked.stage]))
    missing = (tr("No consultant sold or received anybody"), tr("Choose a longer period above."))
    span, stage = board.asked.span, board.asked.stage
    ask = lambda row, _: ListAsked(ListKind.DEALS, span, stage, f"p:{people[row].person}")  # noqa: E731
    return Drawn(tr("Consultants"), caption, chart, missing, ask)


def _dot(point: BuildingPoint) -> Dot:
    price = (point.sold if point.sold.area else point.batch).average or Money()
    said = tr(
        "{sold} of {batch} sold, {price} a ㎡", sold=formats.count(point.sold.count),
        batch=saying.sets(point.batch.count), price=formats.money(price),
    )
    share = Decimal(point.sold.count) / point.batch.count
    hollow = not point.sold.area
    return Dot(point.name, share, Decimal(price.fen) / 100, said, hollow, formulas.of_building(point))


def buildings(board: Board, ink: Ink) -> Drawn:
    """Price against absorption, a dot a building; hollow where nothing is sold and the list price stands in."""
    points = [point for point in by_building(board.standing) if point.batch.average]
    dots = tuple(map(_dot, points))
    chart = DotChart(dots, tr("Absorption"), tr("Average price, yuan/㎡"), ink.accent)
    caption = tr("Homes and shops; price of what is sold, list price where nothing is (hollow)")
    missing = (tr("No building has been released for sale yet"), tr("Units are released on the grid."))
    ask = lambda at, _: building_list(board.asked.span, points[at].building)  # noqa: E731
    return Drawn(tr("Price against absorption"), caption, chart, missing, ask)
