"""Quotations (置业计划): price, schedule, loans by both methods and costs before anything is sold; kept under a number."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from salescenter.data.deals import quotation
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import ZERO
from salescenter.domain.plans import STANDARD
from salescenter.domain.price_refusals import DownPaymentTooSmall
from salescenter.domain.prices import Discount, DiscountKind
from salescenter.domain.refusals import NoArea, NoPrice, NotAllowedNow, NotFound, NotYours
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import Step, UnitState
from salescenter.i18n import speak
from salescenter.print.quotation import quotation_pdf
from salescenter.services import quotations
from salescenter.services.deals.requests import Loan, Terms
from salescenter.services.papers.quotations import quotation_paper
from salescenter.services.quotations import QuoteRequest, quote, usual_loans
from tests.houses import DEPOSIT, LIST, Estate, yuan
from tests.print import reading

LESS = (Discount("按时签约优惠", DiscountKind.RATE, Decimal("0.99")),)


def asked(estate: Estate, code: str = "1-101", **more: object) -> QuoteRequest:
    loans = (Loan(LoanKind.COMMERCIAL, yuan(700_000), 30, Decimal("0.0305"), "云栖银行"),)
    terms = Terms(LESS, STANDARD[PlanKind.MORTGAGE], loans, DEPOSIT)
    return QuoteRequest(estate.unit(code).id, terms, **more)  # type: ignore[arg-type]


def test_a_quotation_works_out_price_schedule_loans_and_costs(estate: Estate) -> None:
    said = quote(estate.desk("a"), asked(estate), estate.today)
    assert (said.list_total, said.build_up.total, said.lent, said.down) == (
        LIST, yuan(990_000), yuan(700_000), yuan(290_000),
    )  # fmt: skip
    assert sum(due.amount.fen for due in said.dues) == yuan(990_000).fen
    (loan,) = said.loans
    assert (str(loan.equal_payment.first), said.monthly) == ("2,970.14", loan.equal_payment.first)
    assert loan.equal_principal.first > loan.equal_payment.first
    assert said.income >= said.monthly.times(2)
    assert len(said.costs) >= 3
    assert estate.count(quotation) == 0


def test_a_kept_quotation_has_a_number_and_is_counted_on_its_unit(estate: Estate) -> None:
    first = quotations.keep(estate.desk("a"), asked(estate), estate.now)
    second = quotations.keep(estate.desk("b"), asked(estate, customer=estate.customers["李娜"]), estate.later(days=1))
    assert (first.number, second.number) == ("ZY2026030001", "ZY2026030002")
    assert estate.unit("1-101").quoted == 2
    row = estate.read(select(quotation).order_by(quotation.c.id.desc()))
    assert (row.by_id, row.customer_id, row.total) == (
        estate.people["b"].id, estate.customers["李娜"], yuan(990_000),
    )  # fmt: skip
    assert row.asked == {
        "plan": "mortgage", "home": 1, "deposit": 2_000_000,
        "discounts": [{"name": "按时签约优惠", "kind": "rate", "value": "0.99"}],
        "loans": [{"kind": "commercial", "fen": 70_000_000, "years": 30, "rate": "0.0305", "bank": "云栖银行"}],
    }  # fmt: skip
    assert len(estate.told(Step.QUOTE)) == 2
    later = quotations.keep(estate.desk("a"), asked(estate), estate.later(days=31))
    assert later.number == "ZY2026040001"
    assert estate.broken() == []


def test_the_sheet_takes_off_what_the_customer_paid_to_keep_the_unit(estate: Estate) -> None:
    speak("zh_CN")
    estate.reserve()
    for name, paid, due in (("陈一帆", 5_000, 15_000), ("李娜", 0, 20_000), ("", 0, 20_000)):
        wanted = asked(estate, customer=estate.customers.get(name))
        paper = quotation_paper(estate.desk(), wanted, quote(estate.desk(), wanted, estate.today), "ZY1", estate.now)
        assert (paper.paid, paper.due_now) == (yuan(paid), yuan(due)), name
        assert ("已交款5,000.00" in reading.words(quotation_pdf(paper))) is bool(paid)


def test_what_cannot_be_quoted(estate: Estate) -> None:
    with pytest.raises(NotFound) as unit:
        quote(estate.desk("a"), QuoteRequest(4711, Terms()), estate.today)
    assert unit.value.details == {"what": "unit", "sought": 4711}
    with pytest.raises(NoPrice):
        quote(estate.desk("a"), asked(estate, "1-302"), estate.today)
    estate.alter("1-102", area=Decimal(0))
    with pytest.raises(NoArea):
        quote(estate.desk("a"), asked(estate, "1-102"), estate.today)
    with pytest.raises(NotAllowedNow) as state:
        quotations.keep(estate.desk("a"), asked(estate, "1-301"), estate.now)
    assert state.value.details == {"state": UnitState.NOT_RELEASED, "step": Step.QUOTE}
    with pytest.raises(NotFound) as customer:
        quotations.keep(estate.desk("a"), asked(estate, customer=4711), estate.now)
    assert customer.value.details == {"what": "customer", "sought": 4711}
    with pytest.raises(NotYours):
        quotations.keep(estate.desk("cash"), asked(estate), estate.now)
    assert estate.count(quotation) == 0


def test_a_sold_unit_may_still_be_quoted_by_its_list_price(estate: Estate) -> None:
    estate.subscribe()
    assert quote(estate.desk("a"), asked(estate), estate.today + timedelta(days=1)).list_total == LIST


@pytest.mark.parametrize(
    ("plan", "lent"),
    [
        (PlanKind.ONE_OFF, []), (PlanKind.INSTALMENTS, []), (PlanKind.MORTGAGE, [850_000]),
        (PlanKind.PROVIDENT, [600_000]), (PlanKind.COMBINED, [600_000, 200_000]),
    ],
)  # fmt: skip
def test_the_usual_loans_are_the_largest_a_plan_allows_in_whole_ten_thousands(plan: PlanKind, lent: list[int]) -> None:
    day = date(2026, 3, 2)
    assert [loan.amount for loan in usual_loans(LIST, plan, day)] == [yuan(amount) for amount in lent]
    assert usual_loans(ZERO, plan, day) == ()


def test_the_fund_asks_more_for_a_second_home_and_the_bank_the_same() -> None:
    rates = [[loan.rate for loan in usual_loans(LIST, PlanKind.COMBINED, date(2026, 3, 2), home=home)] for home in (1, 2, 3)]
    bank, first, second = Decimal("0.035"), Decimal("0.026"), Decimal("0.03075")
    assert [set(each) for each in rates] == [{bank, first}, {bank, second}, {bank, second}]


def test_no_quotation_promises_a_loan_no_bank_gives(estate: Estate) -> None:
    terms = Terms(plan=STANDARD[PlanKind.MORTGAGE], loans=(Loan(LoanKind.COMMERCIAL, yuan(860_000), 30, Decimal("0.03")),))
    wanted = QuoteRequest(estate.unit("1-101").id, terms)
    with pytest.raises(DownPaymentTooSmall) as refused:
        quote(estate.desk("a"), wanted, estate.today)
    assert refused.value.details["most"] == yuan(850_000)
    with pytest.raises(DownPaymentTooSmall):
        quotations.keep(estate.desk("a"), wanted, estate.now)
    assert (estate.count(quotation), estate.unit("1-101").quoted) == (0, 0)
