"""Quotations (置业计划): price, schedule, loans by both methods and costs, worked out before anything is sold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select, update

from salescenter.data import units
from salescenter.data.customers import customer
from salescenter.data.deals import quotation
from salescenter.data.estate import unit
from salescenter.data.record import new_id
from salescenter.domain import loans
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import Money
from salescenter.domain.policies import PROVIDENT_CAP, cost_rates_on, in_force, least_down, loan_rates
from salescenter.domain.price_refusals import TooOldForLoan
from salescenter.domain.prices import BuildUp
from salescenter.domain.refusals import NoArea, NoPrice, NotAllowedNow, NotFound
from salescenter.domain.schedules import LENT_BY, Due, PlanKind, combined_loans, loan_and_down_payment
from salescenter.domain.taxes import CostLine, Purchase, purchase_costs
from salescenter.domain.units import Step, UnitState, Use
from salescenter.services.deals.gates import check_term, long_term, to_buyers
from salescenter.services.deals.pricing import build_up_of, dues_of
from salescenter.services.deals.requests import Loan, Terms
from salescenter.services.settings import house_rules, rounding_of
from salescenter.services.work import Desk, Work, deed


@dataclass(frozen=True, slots=True)
class LoanQuote:
    """One loan by both methods: 等额本息 and 等额本金."""

    loan: Loan
    equal_payment: loans.Quote
    equal_principal: loans.Quote


@dataclass(frozen=True, slots=True)
class Quote:
    """Everything a quotation says; `monthly` sums the first payments of all loans by 等额本息."""

    unit: int
    code: str
    area: Decimal
    inner: Decimal
    list_total: Money
    build_up: BuildUp
    dues: tuple[Due, ...]
    down: Money
    lent: Money
    loans: tuple[LoanQuote, ...]
    monthly: Money
    income: Money
    costs: tuple[CostLine, ...]
    warning: TooOldForLoan | None = None


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """What a quotation is made for; `home` is 1 for the family's first home, 2 for the second."""

    unit: int
    terms: Terms
    customer: int | None = None
    home: int = 1
    key: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quotation is kept under a number."""

    quotation: int
    number: str
    total: Money


def quote(desk: Desk, asked: QuoteRequest, today: date) -> Quote:
    """Work out a quotation without keeping it; refuses a unit without price or area."""
    with desk.reading() as connection:
        return _quote(connection, desk.project, asked, today)


def _quote(connection: Connection, project: int, asked: QuoteRequest, today: date) -> Quote:
    row = units.by_id(connection, asked.unit)
    if row is None or row.project_id != project:
        raise NotFound(what="unit", sought=asked.unit)
    how = rounding_of(connection, project)
    rules = house_rules(connection, project, today)
    if not row.list_total:
        raise NoPrice(unit=row.code)
    if not row.area:
        raise NoArea(unit=row.code)
    build_up = build_up_of(row, asked.terms, how)
    dues = dues_of(build_up.total, asked.terms, how, today, today + timedelta(days=rules.days_to_sign))
    warning = _long_term(connection, project, asked, today, rules)
    return replace(_said(row, asked, build_up, dues, today), warning=warning)


def _long_term(
    connection: Connection, project: int, asked: QuoteRequest, today: date, rules: HouseRules
) -> TooOldForLoan | None:
    """What to tell a borrower whose loan would run too long; raised where the house refuses it."""
    if asked.customer is None or not asked.terms.loans:
        return None
    row = connection.execute(*to_buyers([asked.customer])).first()
    if row is None or row.project_id != project:
        return None
    check_term(row, asked.terms.loans, today, rules)
    return long_term(row, asked.terms.loans, today, rules)


def _said(row: Any, asked: QuoteRequest, build_up: BuildUp, dues: tuple[Due, ...], today: date) -> Quote:
    each = tuple(_loan_quote(loan) for loan in asked.terms.loans)
    lent = Money.sum(loan.amount for loan in asked.terms.loans)
    monthly = Money.sum(one.equal_payment.first for one in each)
    purchase = Purchase(build_up.total, row.area, Use(row.use), asked.home)
    return Quote(
        row.id,
        row.code,
        row.area,
        row.inner,
        row.list_total,
        build_up,
        dues,
        build_up.total - lent,
        lent,
        each,
        monthly,
        loans.income_needed(monthly),
        purchase_costs(purchase, cost_rates_on(today)),
    )


def _loan_quote(loan: Loan) -> LoanQuote:
    asked = loans.Loan(loan.amount, loan.rate, loan.years * 12)
    return LoanQuote(
        loan, loans.quote(asked, loans.Method.EQUAL_PAYMENT), loans.quote(asked, loans.Method.EQUAL_PRINCIPAL)
    )


def usual_loans(
    total: Money, plan: PlanKind, today: date, years: int = 30, down: Decimal | None = None, *, home: int = 1
) -> tuple[Loan, ...]:
    """Propose the largest loans a plan allows today, in whole 万; rates and down payments by the dated policies."""
    rates, cap = loan_rates(today, home), in_force(PROVIDENT_CAP, today)
    share = max(least_down(LENT_BY[plan], today), down or Decimal(0))
    match plan:
        case PlanKind.MORTGAGE:
            amounts = {LoanKind.COMMERCIAL: loan_and_down_payment(total, share).loan}
        case PlanKind.PROVIDENT:
            amounts = {LoanKind.PROVIDENT: loan_and_down_payment(total, share, cap=cap).loan}
        case PlanKind.COMBINED:
            amounts = {part.kind: part.amount for part in combined_loans(total, share, cap)}
        case _:
            amounts = {}
    return tuple(Loan(kind, amount, years, rates[kind]) for kind, amount in amounts.items() if amount)


@deed(Step.QUOTE, Quoted)
def keep(work: Work, asked: QuoteRequest) -> Quoted:
    """Keep a quotation under a number and count it on the unit (被报价次数)."""
    _check(work, asked)
    said = _quote(work.connection, work.project, asked, work.today)
    number = work.next_number(f"quotation-{work.today:%Y%m}", f"ZY{work.today:%Y%m}", 4)
    written = work.connection.execute(
        insert(quotation).values(
            project_id=work.project,
            unit_id=asked.unit,
            customer_id=asked.customer,
            by_id=work.desk.who.id,
            number=number,
            at=work.now,
            total=said.build_up.total,
            asked=_asked_json(asked),
        )
    )
    work.connection.execute(
        update(unit).where(unit.c.id == asked.unit).values(quoted=unit.c.quoted + 1, touched=work.revision)
    )
    after = {"number": number, "fen": said.build_up.total.fen}
    work.note(Step.QUOTE, "quotation", new_id(written), unit=asked.unit, customer=asked.customer, after=after)
    return Quoted(new_id(written), number, said.build_up.total)


def _check(work: Work, asked: QuoteRequest) -> None:
    row = units.by_id(work.connection, asked.unit, alone=True)
    if row is not None and row.state == UnitState.NOT_RELEASED:
        raise NotAllowedNow(state=UnitState.NOT_RELEASED, step=Step.QUOTE)
    if asked.customer is not None:
        of = work.connection.scalar(select(customer.c.project_id).where(customer.c.id == asked.customer))
        if of != work.project:
            raise NotFound(what="customer", sought=asked.customer)


def _asked_json(asked: QuoteRequest) -> dict[str, Any]:
    terms = asked.terms
    return {
        "plan": terms.plan.kind.value,
        "home": asked.home,
        "discounts": [{"name": d.name, "kind": d.kind.value, "value": str(d.value)} for d in terms.discounts],
        "deposit": terms.deposit.fen,
        "loans": [
            {"kind": x.kind.value, "fen": x.amount.fen, "years": x.years, "rate": str(x.rate), "bank": x.bank}
            for x in terms.loans
        ],
    }
