"""How the charts' figures are reckoned, with the numbers put in: said when the mouse rests on them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from salescenter.domain.figures import Stock, growth
from salescenter.domain.money import Money
from salescenter.i18n import tr
from salescenter.services.reports.board import Board
from salescenter.services.reports.collection import Collection
from salescenter.services.reports.ranking import Ranked
from salescenter.services.reports.stock import BuildingPoint
from salescenter.services.reports.values import Amounts, Measure
from salescenter.ui.kit import formats
from salescenter.ui.reports import saying


def of_sales(board: Board, measure: Measure) -> str:
    """The growth over the period compared with."""
    now, then = board.sales.in_span, board.sales.in_before
    said, before = saying.measured(now, measure), saying.measured(then, measure)
    rule = tr("Growth = (this period − the one compared with) ÷ the one compared with")
    return f"{rule}\n({said} − {before}) ÷ {before} = {saying.grown(growth(now.by(measure), then.by(measure)))}"


def of_collection(of: Collection) -> str:
    """What is owing, and the three rates of collection."""
    owing = tr("Owing: fell due in the period − paid of it")
    owed = f"    {formats.money(of.owed.due)} − {formats.money(of.owed.paid)} = {formats.money(of.owed.arrears)}"
    return "\n".join([owing, owed, *rates(of)])


def rates(of: Collection) -> list[str]:
    """The three rates of collection (回款率), each with its name."""
    return [
        _ratio(tr("Of contracts: paid so far ÷ contracts alive"), of.contract_paid, of.contract_total, of.of_contracts),
        _ratio(tr("Of what is due: paid of it ÷ due by the last day"), of.so_far.paid, of.so_far.due, of.of_due),
        _ratio(tr("Of the plan: received in the period ÷ planned"), of.received, of.plan, of.of_plan),
    ]


def of_value(value: Stock) -> str:
    """The whole value of the stock (货值), its parts in full."""
    return tr(
        "Value {whole} = signed {signed} + subscribed {subscribed} + for sale {sale} + not released {rest}",
        whole=formats.money(value.whole), signed=formats.money(value.signed),
        subscribed=formats.money(value.subscribed), sale=formats.money(value.for_sale),
        rest=formats.money(value.not_released),
    )


def of_stages(counts: Sequence[int], shares: Sequence[Decimal | None]) -> tuple[str, ...]:
    """Each stage of the funnel as a share of the one above; the first has none."""
    said = [
        f"{formats.count(here)} ÷ {formats.count(above)} = {formats.percent(share)}"
        for above, here, share in zip(counts, counts[1:], shares, strict=False)
    ]
    return ("", *said)


def of_parts(parts: Sequence[Amounts], whole: Amounts, measure: Measure) -> str:
    """A row of the stock: its parts end to end."""
    there = [saying.measured(part, measure) for part in parts if part.count]
    return f"{' + '.join(there)} = {saying.measured(whole, measure)}" if len(there) > 1 else ""


def of_person(one: Ranked) -> str:
    """A consultant's deals a visit."""
    share = f"{one.now.count} ÷ {one.visits} = {formats.percent(one.conversion, 0)}"
    return tr("Deals a visit: {share}", share=share)


def of_building(point: BuildingPoint) -> str:
    """A building's absorption and its average price."""
    share = formats.percent(Decimal(point.sold.count) / point.batch.count)
    return "\n".join([
        tr("Absorption: {share}", share=f"{point.sold.count} ÷ {point.batch.count} = {share}"),
        average(point.sold if point.sold.area else point.batch),
    ])


def average(of: Amounts) -> str:
    """An average price, its amount and area put in."""
    return tr(
        "{amount} ÷ {area} = {price} a ㎡", amount=formats.money(of.money),
        area=formats.area(of.square_metres, unit=True), price=formats.money(of.average),
    )


def _ratio(name: str, part: Money, whole: Money | None, share: Decimal | None) -> str:
    if whole is None:
        return f"{name}\n    {tr('no plan for this period')}"
    return f"{name}\n    {formats.money(part)} ÷ {formats.money(whole)} = {formats.percent(share)}"
