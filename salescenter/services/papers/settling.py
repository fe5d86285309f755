"""Gathering what is settled beside the price: area difference worksheet, settlement at handover, purchase expenses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from salescenter.data.payments import receipt
from salescenter.data.types import sum_of
from salescenter.domain.amounts_in_words import in_words
from salescenter.domain.area_difference import AreaPair, AreaRule, AreaSettlement, band_parts, settle_area
from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.fields import names, written
from salescenter.domain.papers.form import FormPaper, Section
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.domain.papers.quotation import CostLine
from salescenter.domain.policies import AREA_DIFFERENCE, cost_rates_on, in_force
from salescenter.domain.receipts import MoneyKind
from salescenter.domain.refusals import PaperNotNow
from salescenter.domain.taxes import Purchase, purchase_costs
from salescenter.domain.units import PriceBasis, Use
from salescenter.i18n import mark
from salescenter.services.papers.case import Case, account, contract_of, said
from salescenter.services.papers.letters import schedule_table
from salescenter.services.papers.quotations import cost_line


@dataclass(frozen=True, slots=True)
class _Measured:
    """A home that was measured: the area its price is counted on, the one beside it, and the outcome."""

    basis: AreaPair
    beside: AreaPair
    on: PriceBasis
    rule: AreaRule
    settled: AreaSettlement


_OWN = frozenset({"3", "4"})
"""Choices of the form's article on area that nothing can be reckoned from: by the unit, or as written in."""


def _measured(case: Case) -> _Measured | None:
    """Settle the area by the rule of the day of signing; none where unmeasured or the parties have their own."""
    row, unit = case.deal.deal, case.deal.unit
    on = PriceBasis(row.basis)
    own = on is PriceBasis.LUMP or case.deal.terms.clauses.get("面积差异序号") in _OWN
    if unit.measured_area is None or unit.measured_inner is None or own:
        return None
    gross, inner = AreaPair(row.area, unit.measured_area), AreaPair(row.inner, unit.measured_inner)
    basis, beside = (inner, gross) if on is PriceBasis.INNER else (gross, inner)
    rule = in_force(AREA_DIFFERENCE, row.signed or case.day)
    return _Measured(basis, beside, on, rule, settle_area(basis, row.unit_price, rule, beside))


def measuring(case: Case) -> FormPaper:
    """Gather the area difference worksheet (面积补差计算表); refuses a home that was not measured yet."""
    found = _measured(case)
    if found is None:
        raise PaperNotNow(why="not-measured" if case.deal.unit.measured_area is None else "own-agreement")
    row, settled = case.deal.deal, found.settled
    on = "套内建筑面积" if found.on is PriceBasis.INNER else "建筑面积"
    other = "建筑面积" if found.on is PriceBasis.INNER else "套内建筑面积"
    columns = (Column("面积"), Column("合同约定（㎡）", "right"), Column("实测（㎡）", "right"),
               Column("差（㎡）", "right"), Column("误差比", "right"))  # fmt: skip
    pairs = ListRow(_areas(f"{on}（计价）", found.basis)), ListRow(_areas(other, found.beside))
    steps = (Column("差额的部分（㎡）", "right"), Column("单价（元/㎡）", "right"), Column("倍数", "centre"),
             Column("金额（元）", "right"))  # fmt: skip
    parts = [
        ListRow((_size(part.area), str(row.unit_price), f"{part.times:f}",
                 str(row.unit_price.times(part.area * part.times))))
        for part in band_parts(found.basis, found.rule)
    ]  # fmt: skip
    who = "买受人补交" if settled.amount > ZERO else "出卖人返还" if settled.amount < ZERO else "互不补退"
    total = (f"{who}（一次取整到分）", "", "", str(abs_of(settled.amount)))
    return case.form([
        Section(answers=_home(case)),
        Section("一、面积", columns=columns, rows=pairs),
        Section("二、结算", columns=steps, rows=tuple(parts), totals=(total,), words=_rule(found)),
    ], amount=settled.amount, signers=("买受人", "计算", "复核"))  # fmt: skip


def _areas(name: str, pair: AreaPair) -> tuple[str, ...]:
    size = (f"{pair.contracted:.2f}", f"{pair.measured:.2f}", f"{pair.difference:+.2f}")
    return (name, *size, f"{pair.ratio * 100:+.4f}%")


def _rule(found: _Measured) -> tuple[str, ...]:
    told = _RULE if found.settled.may_rescind else _RULE[:-1]
    return tuple(line.format(most=f"{found.rule.tolerance * 100:f}".rstrip("0").rstrip(".") + "%") for line in told)


_RULE = (
    "误差比绝对值在{most}以内（含{most}）的，据实结算。",
    "超出{most}而买受人不解除合同的：面积增加时，超出部分由出卖人承担；面积减少时，超出部分双倍返还。",
    "依据：买卖合同面积差异条款、《商品房销售管理办法》第二十条。",
    "本套误差比超出{most}，买受人有权解除合同。",
)


def _size(area: Decimal) -> str:
    """Write a part of a difference with the two places areas have, or the further ones that 3% of an area brings."""
    said = f"{area:.4f}"
    return said[:-2] + said[-2:].rstrip("0")


_TO_PAY = mark("To be paid before the keys are handed over: {amount} yuan (in words {words})")
_TO_RETURN = mark("To be returned to the buyer: {amount} yuan (in words {words})")


def settlement(case: Case) -> FormPaper:
    """Gather the settlement at handover (结算清单): price, area difference, fees collected, what is left to pay.

    What was agreed beside the contract (协议款) no receipt tells apart; it is written in by hand.
    """
    stands, found, say = account(case), _measured(case), case.say
    difference = found.settled.amount if found else ZERO
    settled = _received_as(case, MoneyKind.AREA_DIFFERENCE)
    paid = Money.sum(line.paid for line in stands.dues)
    price = case.deal.deal.total
    columns = (Column(say("Item")), Column(say("Due (yuan)"), "right", 0.2), Column(say("Paid (yuan)"), "right", 0.2),
               Column(say("Left (yuan)"), "right", 0.2))  # fmt: skip
    lines = [(say("Price in the contract"), price, paid), (say("Area difference"), difference, settled)]
    rows = [ListRow((name, str(due), str(got), str(due - got))) for name, due, got in lines]
    due, got = price + difference, paid + settled
    left = due - got
    total = (say("Total"), str(due), str(got), str(left))
    size = abs_of(left)
    collected, beside = _received_as(case, MoneyKind.COLLECTED), say("Agreed beside the contract (yuan)")
    return case.form([
        Section(answers=_home(case) + said((beside, ""), wide=(beside,))),
        Section(columns=columns, rows=tuple(rows), totals=(total,), words=(
            say(_TO_RETURN if left < ZERO else _TO_PAY, amount=size, words=in_words(size)),
            say("Collected for others so far (deed tax, maintenance fund, fees): {amount} yuan", amount=collected))),
        _expenses(case, say("Paid beside the price, by the rates of the day")),
    ], amount=left, signers=(say("Buyer"), say("Accounts"), say("Handed over by")))  # fmt: skip


def _received_as(case: Case, kind: MoneyKind) -> Money:
    c = receipt.c
    return case.connection.scalar(select(sum_of(c.amount)).where(c.deal_id == case.about, c.kind == kind.value)) or ZERO


def _home(case: Case) -> Any:
    row, terms, unit, say = case.deal.deal, case.deal.terms, case.deal.unit, case.say
    measured = f"{written(unit.measured_area)} ㎡" if unit.measured_area is not None else say("not measured yet")
    ids = "、".join(filter(None, (one.id_number for one in terms.buyers)))
    return said(
        (say("Buyer"), names(terms.buyers)), (say("ID number"), ids), (say("Unit"), terms.home.room),
        (say("Contract no."), contract_of(case.deal)), (say("Contract area"), f"{written(row.area)} ㎡"),
        (say("Measured area"), measured), (say("Price a square metre (yuan)"), str(row.unit_price)),
        (say("Contract price (yuan)"), str(row.total)),
    )  # fmt: skip


def costs(case: Case) -> FormPaper:
    """Gather the purchase expenses (购房费用明细): the schedule, then taxes and fees with how each is reckoned."""
    say = case.say
    schedule = schedule_table(case, account(case))
    return case.form([
        Section(answers=_home(case)),
        Section(say("Payments for the home"), columns=schedule.columns, rows=schedule.rows, totals=schedule.totals),
        _expenses(case, say("Taxes and fees")),
        Section(words=(say("For a family's first home by the rates in force on that day; the offices named decide."),)),
    ], amount=case.deal.deal.total)  # fmt: skip


def _expenses(case: Case, title: str) -> Section:
    say, lines = case.say, expenses_of(case.deal.deal, case.deal.unit, case.day, case.lang)
    columns = (Column(say("Item")), Column(say("How it is reckoned")), Column(say("Collected by")),
               Column(say("Amount (yuan)"), "right"))  # fmt: skip
    rows = [ListRow((line.name, line.basis, line.taken_by, str(line.amount))) for line in lines]
    total = (say("Total"), "", "", str(Money.sum(line.amount for line in lines)))
    return Section(title, columns=columns, rows=tuple(rows), totals=(total,))


def expenses_of(row: Any, unit: Any, day: date, lang: str) -> tuple[CostLine, ...]:
    """Reckon what a deal's buyer pays beside the price, for a first home, by the rates of a day."""
    area: Decimal = unit.measured_area if unit.measured_area is not None else row.area
    lines = purchase_costs(Purchase(row.total, area, Use(unit.use)), cost_rates_on(day))
    return tuple(cost_line(line, lang) for line in lines)


def abs_of(amount: Money) -> Money:
    """The size of an amount without its sign."""
    return -amount if amount < ZERO else amount
