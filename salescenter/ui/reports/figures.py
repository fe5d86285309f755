"""The key figures on top, each with its formula, the numbers put in, and the list it opens."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from salescenter.domain import figures as formula
from salescenter.domain.figures import Quantity
from salescenter.domain.money import Money
from salescenter.domain.units import Use
from salescenter.i18n import tr, trn
from salescenter.services.reports.board import Board
from salescenter.services.reports.claims import batch_of
from salescenter.services.reports.listings import ListAsked, ListKind
from salescenter.services.reports.sales import NetSigned
from salescenter.services.reports.stock import Absorption
from salescenter.services.reports.values import Measure, Stage
from salescenter.ui.kit import formats
from salescenter.ui.kit.terms import use_words
from salescenter.ui.reports import formulas, saying


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure as its card says it; tone of the note: accent when better than before, muted otherwise.

    formula: the rule on its first line, then the numbers; asked: the list behind it.
    """

    key: str
    name: str
    value: str
    unit: str
    note: str
    formula: str
    asked: ListAsked
    tone: str = "muted"


def key_figures(board: Board, measure: Measure) -> tuple[KeyFigure, ...]:
    """Return the figures in the order they are read."""
    return (net_signed(board, measure), absorption(board), average_price(board), collected(board), on_the_way(board))


def net_signed(board: Board, measure: Measure) -> KeyFigure:
    """净签约."""
    net = board.net_signed
    share = net.growth(measure)
    lines = [_netted(net, each) for each in Measure]
    rule = tr("Net signed = signed − cancelled − changed to another unit (which signs anew)")
    value, unit = _value_and_unit(net.net.by(measure))
    note = tr("{change} on {period}", change=saying.grown(share), period=_before(board))
    tone = "accent" if isinstance(share, Decimal) and share > 0 else "muted"
    return KeyFigure(
        "net-signed", tr("Net signed"), value, unit, note, _formula(rule, lines),
        ListAsked(ListKind.NET_SIGNED, board.asked.span), tone,
    )


def absorption(board: Board) -> KeyFigure:
    """去化率 of the main use; the other uses are named in the formula."""
    use = board.standing.main_use
    of = board.absorption[use]
    rule = tr(
        "Absorption = sold ÷ released batch; sold from subscription on; {use}, at the end of {day}",
        use=use_words(use), day=formats.day(board.cut_off, board.now.date()),
    )
    lines = [_absorbed(of, measure) for measure in Measure]
    others = [other for other in Use if other is not use and board.absorption[other].batch.count]
    lines += [
        f"{use_words(other)}: {formats.percent(_share(board.absorption[other]))}"
        f" ({board.absorption[other].sold.count} ÷ {board.absorption[other].batch.count})"
        for other in others
    ]
    note = tr("{sold} of {batch} sold", sold=formats.count(of.sold.count), batch=saying.sets(of.batch.count))
    return KeyFigure(
        "absorption", tr("Absorption · {use}", use=use_words(use)), formats.percent(_share(of)), "", note,
        _formula(rule, lines), batch_of(board.asked.span, use),
    )


def average_price(board: Board) -> KeyFigure:
    """均价 of the main use, of contracts signed in the period."""
    of = board.average
    use = use_words(of.use)
    rule = tr("Average price = sum of amounts ÷ sum of areas; {use}, contracts signed in the period", use=use)
    line = formulas.average(of.signed)
    now, before = of.signed.average, of.before.average
    share = formula.growth(now, before) if now and before else None
    return KeyFigure(
        "average", tr("Average price · {use}", use=use), formats.money(now).removesuffix(".00"),
        tr("yuan/㎡") if now else "", tr("{change} on {period}", change=saying.grown(share), period=_before(board)),
        _formula(rule, [line]), ListAsked(ListKind.DEALS, board.asked.span, Stage.SIGNED, f"u:{of.use}"),
    )


def collected(board: Board) -> KeyFigure:
    """回款率 of the contract total; the other two rates are named in the formula."""
    of = board.collection
    note = tr("of due {due} · of plan {plan}", due=formats.percent(of.of_due), plan=formats.percent(of.of_plan))
    return KeyFigure(
        "collected", tr("Collected of contracts"), formats.percent(of.of_contracts), "", note,
        _formula(tr("Three rates of collection, each named"), formulas.rates(of)),
        ListAsked(ListKind.CONTRACTS, board.asked.span),
    )


def on_the_way(board: Board) -> KeyFigure:
    """在途."""
    of = board.collection
    rule = tr("On the way = total of contracts signed and alive − paid on them")
    line = f"{formats.money(of.contract_total)} − {formats.money(of.contract_paid)} = {formats.money(of.on_the_way)}"
    share = formats.percent(formula.share_on_the_way(of.contract_total, of.contract_paid))
    contracts = trn("{count} contract, {share} of its total", "{count} contracts, {share} of their total",
                    count=of.contracts, share=share)  # fmt: skip
    return KeyFigure(
        "on-the-way", tr("On the way"), formats.money_short(of.on_the_way), "", contracts, _formula(rule, [line]),
        ListAsked(ListKind.CONTRACTS, board.asked.span),
    )


def _formula(rule: str, lines: list[str]) -> str:
    return "\n".join([rule, *lines, tr("Double-click or Enter: the list behind it")])


def _before(board: Board) -> str:
    return saying.period(board.sales.before, board.now.date())


def _share(of: Absorption, measure: Measure = Measure.COUNT) -> Decimal | None:
    return formula.absorption(of.sold.by(measure), of.batch.by(measure))


def _netted(of: NetSigned, measure: Measure) -> str:
    parts = " − ".join(_full(part.by(measure)) for part in (of.signed, of.cancelled, of.exchanged))
    return f"{tr(saying.MEASURES[measure])}: {parts} = {_full(of.net.by(measure))}"


def _absorbed(of: Absorption, measure: Measure) -> str:
    sold, batch = _full(of.sold.by(measure)), _full(of.batch.by(measure))
    return f"{tr(saying.MEASURES[measure])}: {sold} ÷ {batch} = {formats.percent(_share(of, measure))}"


def _full(value: Quantity) -> str:
    if isinstance(value, Money):
        return formats.money(value)
    return formats.area(value, unit=True) if isinstance(value, Decimal) else formats.count(value)


def _value_and_unit(value: Quantity) -> tuple[str, str]:
    if isinstance(value, Money):
        return formats.money_short(value), ""
    return (formats.area(value), "㎡") if isinstance(value, Decimal) else (formats.count(value), tr("units"))


