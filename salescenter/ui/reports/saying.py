"""How quantities, periods and choices of the reports are said."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from salescenter.domain.figures import Quantity
from salescenter.domain.money import Money
from salescenter.domain.report_periods import Against, Grain, Quick, Span
from salescenter.i18n import mark, spoken, tr, trn
from salescenter.services.reports.funnel import FunnelBy
from salescenter.services.reports.listings import ListAsked, ListKind
from salescenter.services.reports.values import Amounts, Measure, Stage
from salescenter.ui.kit import formats

QUICK = {
    Quick.TODAY: mark("Today"),
    Quick.THIS_WEEK: mark("This week"),
    Quick.THIS_MONTH: mark("This month"),
    Quick.LAST_MONTH: mark("Last month"),
    Quick.THIS_YEAR: mark("This year"),
    Quick.LAST_YEAR: mark("Last year"),
    Quick.EVERYTHING: mark("Everything"),
}
AGAINST = {Against.PREVIOUS: mark("Period before"), Against.LAST_YEAR: mark("Year before")}
GRAINS = {Grain.DAY: mark("By day"), Grain.WEEK: mark("By week"), Grain.MONTH: mark("By month")}
MEASURES = {Measure.COUNT: mark("Unit count"), Measure.AREA: mark("Area"), Measure.AMOUNT: mark("Amount")}
STAGES = {Stage.SUBSCRIBED: mark("Subscribed"), Stage.SIGNED: mark("Signed")}
FUNNELS = {FunnelBy.EVENT: mark("By event"), FunnelBy.COHORT: mark("By cohort")}
FUNNEL_STAGES = {
    "call-in": mark("Calls"),
    "visit": mark("Visits"),
    "held": mark("Holds"),
    "subscribed": mark("Subscriptions"),
    "signed": mark("Contracts"),
    "met": mark("First met"),
    "visited": mark("Came"),
}
DEAL_FIGURES = {
    "reserved": mark("Small deposits"),
    "subscribed": mark("Subscriptions"),
    "drafted": mark("Drafted contracts"),
    "signed": mark("Contracts signed"),
    "filed": mark("Contracts filed"),
    "cancelled": mark("Cancelled deals"),
    "forfeited": mark("Forfeited deals"),
    "given-back": mark("Deposits returned"),
    "changed-unit": mark("Changed units"),
}
LISTS = {
    ListKind.NET_SIGNED: mark("Net signed: signed and taken back"),
    ListKind.BATCH: mark("Absorption: the released batch"),
    ListKind.CONTRACTS: mark("Contracts alive: paid and on the way"),
    ListKind.DUES: mark("Fell due"),
    ListKind.DUES_SO_FAR: mark("Due by the last day"),
    ListKind.ARREARS: mark("Arrears"),
    ListKind.RECEIPTS: mark("Receipts of price money"),
    ListKind.UNITS: mark("Units in stock"),
    ListKind.HOLDS: mark("Holds"),
    ListKind.COHORT: mark("Customers first met in the period"),
}


def sets(number: int) -> str:
    """Say how many units: `12 套`."""
    return trn("{count} unit", "{count} units", count=number)


def quantity(value: Quantity) -> str:
    """Say a number of sets, an area, or an amount in short."""
    if isinstance(value, Money):
        return formats.money_short(value)
    return formats.area(value, unit=True) if isinstance(value, Decimal) else sets(value)


def measured(amounts: Amounts, measure: Measure) -> str:
    """Say one of the three measures."""
    return quantity(amounts.by(measure))


def plotted(value: Quantity) -> Decimal:
    """Return the number an axis shows: sets, square metres, or money in 万 (English: millions)."""
    if isinstance(value, Money):
        return Decimal(value.fen) / (_FEN_A_WAN if spoken() == "zh_CN" else _FEN_A_MILLION)
    return Decimal(value)


_FEN_A_WAN, _FEN_A_MILLION = 1_000_000, 100_000_000


def axis_unit(measure: Measure) -> str:
    """Say what an axis counts."""
    return {Measure.COUNT: tr("units"), Measure.AREA: "㎡", Measure.AMOUNT: money_unit()}[measure]


def money_unit() -> str:
    """Say what an axis of money counts in."""
    return "万元" if spoken() == "zh_CN" else tr("m yuan")


def period(span: Span, today: date) -> str:
    """Say a period: `11-01 – 11-19`, one day alone."""
    if span.first == span.last:
        return formats.day_full(span.first, today)
    return f"{formats.day(span.first, today)} – {formats.day(span.last, today)}"


def period_of(asked: ListAsked, today: date) -> str:
    """Say the period of a list, and the later day by whose end it is judged where there is one."""
    said = period(asked.span, today)
    if asked.until is None or asked.until == asked.span.last:
        return said
    return f"{said} · " + tr("as it stood on {day}", day=formats.day(asked.until, today))


def grown(share: Quantity | None) -> str:
    """Say by how much something changed: `+12.5%`; nothing to compare with is a dash."""
    if not isinstance(share, Decimal):
        return formats.NOTHING
    share = share.quantize(Decimal("0.001"), ROUND_HALF_UP) or Decimal(0)  # no minus before a zero
    return ("+" if share > 0 else "") + formats.percent(share)


def bucket_label(span: Span, grain: Grain, whole: Span) -> str:
    """Say a bucket under an axis, as short as it stays clear within its period."""
    if grain is Grain.MONTH:
        one_year = whole.first.year == whole.last.year
        return month_words(span.first.month) if one_year else span.first.strftime("%y-%m")
    one_month = (whole.first.year, whole.first.month) == (whole.last.year, whole.last.month)
    return str(span.first.day) if one_month else span.first.strftime("%m-%d")


def month_words(month: int) -> str:
    """Say a month (1 to 12)."""
    return tr(MONTH_NAMES[month - 1])


MONTH_NAMES = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"),
    mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)
