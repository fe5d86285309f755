"""Gathering a quotation into the value its paper is printed from."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection, bindparam, select

from salescenter.data import money, units
from salescenter.data.customers import customer
from salescenter.data.deals import deal_buyer
from salescenter.data.estate import project
from salescenter.domain.amounts_in_words import in_words
from salescenter.domain.money import ZERO, Money, average
from salescenter.domain.papers.deal import DueLine
from salescenter.domain.papers.quotation import CostLine, DiscountLine, LoanLine, QuotationPaper
from salescenter.domain.prices import Discount, DiscountKind
from salescenter.domain.refusals import NotFound
from salescenter.domain.taxes import Basis, Collector, Cost
from salescenter.domain.taxes import CostLine as Reckoned
from salescenter.i18n import mark, spoken, tr
from salescenter.money_words import item_words, plan_words
from salescenter.services.papers.terms import home
from salescenter.services.quotations import LoanQuote, Quote, QuoteRequest
from salescenter.services.work import Desk

VALID_DAYS = 3

_COSTS = {
    Cost.DEED_TAX: mark("Deed tax"),
    Cost.STAMP_DUTY: mark("Stamp duty"),
    Cost.MAINTENANCE: mark("Maintenance fund"),
    Cost.REGISTRATION: mark("Registration fee"),
}
_BASES = {
    Basis.RATE_OF_PRICE_WITHOUT_VAT: mark("price without VAT {0} × {1}"),
    Basis.RATE_OF_PRICE: mark("price {0} × {1}"),
    Basis.PER_SQUARE_METRE: mark("{0} m² × {1}"),
    Basis.FLAT: mark("per unit"),
    Basis.EXEMPT: mark("exempt"),
}
_COLLECTORS = {
    Collector.TAX_OFFICE: mark("tax office"),
    Collector.FUND: mark("maintenance fund office"),
    Collector.REGISTRY: mark("registry"),
}
_BRING = (
    mark("ID cards of all buyers, original and copies"),
    mark("Household register and marriage certificate"),
    mark("Proof of income of at least twice the monthly payment"),
    mark("Bank statements of the last six months"),
    mark("Deposit receipt and subscription agreement"),
)


def quotation_paper(
    desk: Desk, asked: QuoteRequest, said: Quote, number: str, now: datetime, *, lang: str = ""
) -> QuotationPaper:
    """Gather a quotation that was worked out; `number` is empty while it is only looked at."""
    lang, total = lang or spoken(), said.build_up.total
    with desk.reading() as connection:
        row = units.by_id(connection, asked.unit)
        if row is None:
            raise NotFound(what="unit", sought=asked.unit)
        of_project = connection.execute(select(project).where(project.c.id == desk.project)).one()
        of_home = home(connection, row)
        buyer = connection.execute(_BUYER, {"customer": asked.customer}).first()
        paid = _paid(connection, asked)
    return QuotationPaper(
        number, now.date(), now, of_project.developer, of_project.name, of_home, said.list_total, total,
        in_words(total), plan_words(asked.terms.plan.kind, lang), _dues(said, lang), _discounts(asked, said),
        unit_price=average(said.list_total, said.area) or Money(),
        inner_price=average(said.list_total, said.inner) or Money(),
        final_price=average(total, said.area) or Money(),
        loans=tuple(_loan(one, lang) for one in said.loans),
        costs=tuple(cost_line(one, lang) for one in said.costs),
        income=said.income,
        paid=paid,
        due_now=max(asked.terms.deposit - paid, ZERO),
        bring=tuple(tr(one, lang=lang) for one in _BRING),
        customer=buyer.name if buyer else "",
        phone=buyer.phone_shown if buyer else "",
        consultant=desk.who.name,
        valid_until=now.date() + timedelta(days=VALID_DAYS),
        lang=lang,
    )  # fmt: skip


_BUYER = select(customer.c.name, customer.c.phone_shown).where(customer.c.id == bindparam("customer"))


def _paid(connection: Connection, asked: QuoteRequest) -> Money:
    """What came so far (小订金) from the customer for whom the unit is kept; nothing of anybody else's."""
    row, b = units.living_deal(connection, asked.unit), deal_buyer.c
    if row is None:
        return ZERO
    theirs = select(b.id).where(b.deal_id == row.id, b.customer_id == asked.customer, b.active).limit(1)
    return ZERO if connection.scalar(theirs) is None else money.received_for(connection, row.id)


def _dues(said: Quote, lang: str) -> tuple[DueLine, ...]:
    return tuple(
        DueLine(item_words(d.item, lang), d.amount, d.due, _condition(d.loan is not None, d.condition, lang))
        for d in said.dues
    )


def _discounts(asked: QuoteRequest, said: Quote) -> tuple[DiscountLine, ...]:
    given = zip(asked.terms.discounts, said.build_up.lines, strict=True)
    return tuple(DiscountLine(one.name, _said(one), line.before - line.after) for one, line in given)


def _condition(lent: bool, condition: str, lang: str) -> str:
    return condition or (tr("Bank release", lang=lang) if lent else "")


def _said(discount: Discount) -> str:
    if discount.kind is DiscountKind.RATE:
        return f"{discount.value * 100:f}".rstrip("0").rstrip(".") + "%"
    return str(Money.yuan(Decimal(discount.value)))


def _loan(one: LoanQuote, lang: str) -> LoanLine:
    level, falling = one.equal_payment, one.equal_principal
    return LoanLine(
        item_words(f"loan-{one.loan.kind}", lang),
        one.loan.amount,
        f"{one.loan.rate * 100:.3f}".rstrip("0").rstrip(".") + "%",
        one.loan.years * 12,
        level.first,
        level.interest,
        falling.first,
        falling.last,
        falling.fall,
        falling.interest,
    )


def cost_line(one: Reckoned, lang: str) -> CostLine:
    """Write an expense out as papers do: how it is reckoned, and who collects it."""
    parts = [_figure(part) for part in one.parts]
    return CostLine(
        tr(_COSTS[one.name], lang=lang),
        one.amount,
        tr(_BASES[one.basis], lang=lang).format(*parts),
        tr(_COLLECTORS[one.collected_by], lang=lang),
    )


def _figure(part: Money | Decimal) -> str:
    """A rate below one is said in percent, an area with two places, money as money."""
    if isinstance(part, Money):
        return str(part)
    return f"{part * 100:f}".rstrip("0").rstrip(".") + "%" if part < 1 else f"{part:.2f}"
