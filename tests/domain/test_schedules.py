"""A schedule always adds up to the price, loans are whole, and money goes where it should."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.loans import LoanKind
from salescenter.domain.money import ZERO, Money, Rounding
from salescenter.domain.price_refusals import DownPaymentTooSmall
from salescenter.domain.refusals import (
    AmountNotPositive,
    DepositTooLarge,
    LoanNotWhole,
    NotFound,
    ScheduleNotWhole,
)
from salescenter.domain.schedules import (
    Due,
    DueBase,
    DueRule,
    LoanPart,
    Plan,
    PlanKind,
    PlanLine,
    allocate,
    check_down_payment,
    check_schedule,
    combined_loans,
    loan_and_down_payment,
    make_schedule,
    overdue,
)

yuan = Money.yuan
SUBSCRIBED, SIGNED = date(2025, 1, 24), date(2025, 1, 31)
AT_SIGNING = DueRule(DueBase.SIGNING)
BY_BANK = DueRule(DueBase.LOAN_RELEASE)
BANK, FUND = LoanKind.COMMERCIAL, LoanKind.PROVIDENT


def line(item: str, share: str | None, due: DueRule = AT_SIGNING, **more: object) -> PlanLine:
    return replace(PlanLine(item, None if share is None else Decimal(share), None, due), **more)  # type: ignore[arg-type]


def lay(plan: Plan, total: Money, *loans: LoanPart, how: Rounding = Rounding.TO_FEN, deposit: Money | None = None,
        ) -> tuple[Due, ...]:
    return make_schedule(plan, total, SUBSCRIBED, SIGNED, how, loans, deposit)


def amounts(dues: tuple[Due, ...]) -> list[str]:
    return [str(due.amount).replace(",", "") for due in dues]


THREE = Plan(PlanKind.INSTALMENTS, (
    line("首期", "0.3"), line("二期", "0.3", DueRule(DueBase.SIGNING, months=3)),
    line("尾款", "0.4", DueRule(DueBase.CONDITION, condition="交房前")),
))
MORTGAGE = Plan(PlanKind.MORTGAGE, (line("首付", "0.2"), line("按揭", None, BY_BANK, loan=BANK)))
COMBINED = Plan(PlanKind.COMBINED, (
    line("首付", None), line("公积金", None, BY_BANK, loan=FUND), line("商贷", None, BY_BANK, loan=BANK),
))


def test_the_residue_of_shares_goes_to_the_last_line() -> None:
    assert amounts(lay(THREE, yuan("735761.40"))) == ["220728.42", "220728.42", "294304.56"]


def test_three_equal_parts_add_up() -> None:
    third = str(Decimal(1) / 3)
    plan = Plan(PlanKind.INSTALMENTS, (line("1", third), line("2", third), line("3", third)))
    assert amounts(lay(plan, yuan("1000000.01"))) == ["333333.34", "333333.34", "333333.33"]


def test_a_mortgage_is_lent_in_whole_wan_and_the_down_payment_takes_the_rest() -> None:
    dues = lay(MORTGAGE, yuan(858_611))
    assert amounts(dues) == ["178611.00", "680000.00"]
    assert [due.loan for due in dues] == [None, BANK]
    least = yuan(858_611).times(Decimal("0.2"))
    assert (least, yuan(858_611) - least) == (yuan("171722.20"), yuan("686888.80"))


def test_a_smaller_loan_makes_a_larger_down_payment() -> None:
    assert amounts(lay(MORTGAGE, yuan(858_611), LoanPart(BANK, yuan(500_000)))) == ["358611.00", "500000.00"]


def test_a_loan_may_have_its_own_share() -> None:
    plan = Plan(PlanKind.MORTGAGE, (line("首付", None), line("按揭", "0.7", BY_BANK, loan=BANK)))
    assert amounts(lay(plan, yuan(1_234_567))) == ["374567.00", "860000.00"]


def test_lines_are_rounded_as_the_project_rounds() -> None:
    assert amounts(lay(THREE, yuan("735761.40"), how=Rounding.TO_YUAN)) == ["220728.00", "220728.00", "294305.40"]
    assert amounts(lay(THREE, yuan("735762"), how=Rounding.TO_YUAN)) == ["220729.00", "220729.00", "294304.00"]
    assert amounts(lay(THREE, yuan("735762"), how=Rounding.DOWN_TO_YUAN)) == ["220728.00", "220728.00", "294306.00"]


def test_due_days_are_counted_from_their_base() -> None:
    plan = Plan(PlanKind.INSTALMENTS, (
        line("a", "0.1", DueRule(DueBase.SUBSCRIPTION, days=7)), line("b", "0.2", DueRule(DueBase.SIGNING, months=1)),
        line("c", "0.3", DueRule(DueBase.FIXED_DATE, day=date(2025, 12, 31))),
        line("d", "0.2", DueRule(DueBase.CONDITION, condition="封顶")), line("e", "0.2", BY_BANK),
    ))
    dues = lay(plan, yuan(100))
    assert [due.due for due in dues] == [date(2025, 1, 31), date(2025, 2, 28), date(2025, 12, 31), None, None]
    assert [due.number for due in dues] == [1, 2, 3, 4, 5]
    assert dues[3].condition == "封顶"


def test_a_line_that_includes_the_deposit_is_reduced_by_it() -> None:
    plan = Plan(PlanKind.INSTALMENTS, (
        PlanLine("定金", None, yuan(20_000), DueRule(DueBase.SUBSCRIPTION), deposit=True),
        line("首期(含定金)", "0.3", includes_deposit=True), line("余款", "0.7"),
    ))
    assert amounts(lay(plan, yuan(1_000_000))) == ["20000.00", "280000.00", "700000.00"]
    assert amounts(lay(plan, yuan(1_000_000), deposit=yuan(50_000))) == ["50000.00", "250000.00", "700000.00"]
    assert amounts(lay(plan, yuan(1_000_000), deposit=yuan(300_000))) == ["300000.00", "700000.00"]
    assert amounts(lay(plan, yuan(1_000_000), deposit=ZERO)) == ["300000.00", "700000.00"]
    with pytest.raises(DepositTooLarge):
        lay(plan, yuan(1_000_000), deposit=yuan(300_001))


def test_the_line_that_takes_the_rest_may_include_the_deposit() -> None:
    plan = Plan(PlanKind.MORTGAGE, (
        PlanLine("定金", None, yuan(20_000), DueRule(DueBase.SUBSCRIPTION), deposit=True),
        line("首付(含定金)", None, includes_deposit=True), line("按揭", "0.8", BY_BANK, loan=BANK),
    ))
    assert amounts(lay(plan, yuan(858_611))) == ["20000.00", "158611.00", "680000.00"]


def test_a_loan_found_by_the_program_leaves_room_for_the_deposit() -> None:
    plan = Plan(PlanKind.MORTGAGE, (
        PlanLine("定金", None, yuan(20_000), DueRule(DueBase.SUBSCRIPTION), deposit=True),
        line("首付(不含定金)", "0.2"), line("按揭", None, BY_BANK, loan=BANK),
    ))
    assert amounts(lay(plan, yuan(1_000_000))) == ["20000.00", "200000.00", "780000.00"]


def test_two_lenders_need_both_their_amounts() -> None:
    parts = combined_loans(yuan(1_500_000), Decimal("0.2"), yuan(600_000))
    assert amounts(lay(COMBINED, yuan(1_500_000), *parts)) == ["300000.00", "600000.00", "600000.00"]
    with pytest.raises(LoanNotWhole) as refused:
        lay(COMBINED, yuan(1_500_000), LoanPart(FUND, yuan(600_000)))
    assert refused.value.details["why"] == "missing"


@pytest.mark.parametrize(("loan", "why"), [
    (LoanPart(BANK, yuan(685_000)), "not-whole"), (LoanPart(BANK, ZERO), "not-whole"),
    (LoanPart(BANK, yuan(690_000)), "too-large"), (LoanPart(FUND, yuan(680_000)), "not-in-plan"),
])
def test_a_loan_that_does_not_fit_is_refused(loan: LoanPart, why: str) -> None:
    with pytest.raises(LoanNotWhole) as refused:
        lay(MORTGAGE, yuan(858_611), loan)
    assert refused.value.details["why"] == why


def test_two_loans_of_one_kind_are_refused() -> None:
    twice = Plan(PlanKind.MORTGAGE, (*MORTGAGE.lines, line("按揭二", None, BY_BANK, loan=BANK)))
    with pytest.raises(LoanNotWhole) as refused:
        lay(twice, yuan(858_611))
    assert refused.value.details["why"] == "twice-of-one-kind"
    with pytest.raises(LoanNotWhole):
        lay(MORTGAGE, yuan(858_611), LoanPart(BANK, yuan(10_000)), LoanPart(BANK, yuan(20_000)))


def test_a_lender_the_plan_has_no_line_for_is_refused() -> None:
    plan = Plan(PlanKind.COMBINED, (line("首付", None), line("公积金", None, BY_BANK, loan=FUND)))
    with pytest.raises(LoanNotWhole) as refused:
        lay(plan, yuan(1_000_000), LoanPart(FUND, yuan(10_000)), LoanPart(BANK, yuan(10_000)))
    assert refused.value.details["why"] == "not-in-plan"


@pytest.mark.parametrize("lines", [
    (line("a", "0.3"), line("b", "0.3"), line("c", "0.3")),
    (line("a", "0.6"), line("b", "0.6")),
    (line("a", None), line("b", None)),
    (line("a", "1.1"), line("b", None)),
    (),
])
def test_a_plan_with_a_hole_is_refused(lines: tuple[PlanLine, ...]) -> None:
    with pytest.raises(ScheduleNotWhole):
        lay(Plan(PlanKind.INSTALMENTS, lines), yuan(1_000_000))


def fixed(*parts: str) -> Plan:
    return Plan(PlanKind.INSTALMENTS, tuple(PlanLine(part, None, yuan(part), AT_SIGNING) for part in parts))


def test_only_a_rounding_step_a_line_counts_as_residue() -> None:
    assert amounts(lay(fixed("300000", "699999.98"), yuan(1_000_000))) == ["300000.00", "700000.00"]
    assert amounts(lay(fixed("300000", "700000.02"), yuan(1_000_000))) == ["300000.00", "700000.00"]
    for last in ("699999.97", "700000.03"):
        with pytest.raises(ScheduleNotWhole) as refused:
            lay(fixed("300000", last), yuan(1_000_000))
        assert refused.value.details == {"total": yuan(300_000) + yuan(last), "price": yuan(1_000_000)}
    assert amounts(lay(fixed("300000", "699999"), yuan(1_000_000), how=Rounding.TO_YUAN)) == ["300000.00", "700000.00"]


def test_a_line_that_takes_the_rest_must_find_one() -> None:
    plan = Plan(PlanKind.INSTALMENTS, (line("a", "1.1"), line("b", None)))
    with pytest.raises(ScheduleNotWhole) as refused:
        lay(plan, yuan(1_000_000))
    assert refused.value.details == {"total": yuan(1_100_000), "price": yuan(1_000_000)}


def test_a_loan_may_be_too_large_by_no_more_than_rounding() -> None:
    loan = LoanPart(BANK, yuan(80_000))
    assert amounts(lay(MORTGAGE, yuan("99999.97"), loan)) == ["19999.97", "80000.00"]
    with pytest.raises(LoanNotWhole) as refused:
        lay(MORTGAGE, yuan("99999.96"), loan)
    assert refused.value.details == {"amount": yuan("0.03"), "why": "too-large"}


def test_a_schedule_typed_by_hand_is_checked() -> None:
    dues = lay(THREE, yuan("735761.40"))
    check_schedule(dues, yuan("735761.40"))
    with pytest.raises(ScheduleNotWhole):
        check_schedule(dues, yuan("735761.41"))
    with pytest.raises(AmountNotPositive):
        check_schedule((*dues, replace(dues[0], amount=ZERO)), yuan("735761.40"))


totals = st.integers(10_000_000, 10**11).map(Money)


@given(totals, st.lists(st.integers(1, 50), min_size=1, max_size=12), st.sampled_from(Rounding))
def test_every_schedule_adds_up_to_its_price(total: Money, weights: list[int], how: Rounding) -> None:
    lines = tuple(line(str(n), str(Decimal(w) / sum(weights))) for n, w in enumerate(weights))
    dues = lay(Plan(PlanKind.INSTALMENTS, lines), total, how=how)
    check_schedule(dues, total)
    for due, weight in zip(dues[:-1], weights, strict=False):
        assert abs(due.amount.fen * sum(weights) - total.fen * weight) <= 100 * sum(weights)


@given(totals, st.integers(15, 60), st.sampled_from(Rounding))
def test_every_mortgage_adds_up_and_is_whole(total: Money, percent: int, how: Rounding) -> None:
    plan = replace(MORTGAGE, lines=(line("首付", str(Decimal(percent) / 100)), MORTGAGE.lines[1]))
    down, loan = lay(plan, total, how=how)
    check_schedule((down, loan), total)
    assert loan.amount.fen % 1_000_000 == 0
    assert down.amount.fen * 100 >= total.fen * percent - 10_000
    assert down.amount.fen * 100 < total.fen * percent + 100_010_000


@pytest.mark.parametrize(("total", "share", "loan", "down", "least", "percent"), [
    ("1234567", "0.15", "1040000", "194567", "185185.05", "15.76"),
    ("858611", "0.20", "680000", "178611", "171722.20", "20.80"),
    ("1000000", "0.20", "800000", "200000", "200000", "20.00"),
    ("9999", "0.15", "0", "9999", "1499.85", "100.00"),
])
def test_the_largest_loan_in_whole_wan(
    total: str, share: str, loan: str, down: str, least: str, percent: str
) -> None:
    found = loan_and_down_payment(yuan(total), Decimal(share))
    assert (found.loan, found.down_payment, found.least_down) == (yuan(loan), yuan(down), yuan(least))
    assert round(found.down_share * 100, 2) == Decimal(percent)


def test_a_loan_may_be_capped_and_lent_in_thousands() -> None:
    assert loan_and_down_payment(yuan(1_234_567), Decimal("0.15"), cap=yuan(605_000)).loan == yuan(600_000)
    assert loan_and_down_payment(yuan(1_234_567), Decimal("0.15"), yuan(1_000)).loan == yuan(1_049_000)
    assert loan_and_down_payment(ZERO, Decimal("0.15")).down_share == 1


@pytest.mark.parametrize(("total", "share", "cap", "parts"), [
    (1_500_000, "0.2", 600_000, [(FUND, 600_000), (BANK, 600_000)]),
    (2_000_000, "0.3", 1_000_000, [(FUND, 1_000_000), (BANK, 400_000)]),
    (500_000, "0.2", 600_000, [(FUND, 400_000)]),
])
def test_the_fund_lends_up_to_its_cap_and_the_bank_the_rest(
    total: int, share: str, cap: int, parts: list[tuple[LoanKind, int]]
) -> None:
    assert combined_loans(yuan(total), Decimal(share), yuan(cap)) == tuple(
        LoanPart(kind, yuan(amount)) for kind, amount in parts
    )


DUES = (
    Due(1, "首期", yuan(30), date(2025, 3, 1)), Due(2, "按揭", yuan(40), date(2025, 1, 1), loan=BANK),
    Due(3, "装修", yuan(10), None, condition="交房"), Due(4, "定金", yuan(20), date(2025, 2, 1)),
)
NONE = (ZERO,) * 4


@dataclass(frozen=True, slots=True)
class Stands:
    """A line of a schedule as it stands; amounts in yuan."""

    id: int
    amount: Money
    due: date | None = None
    loan: str = ""
    paid: Money = ZERO

    @property
    def position(self) -> int:
        return self.id


LINES = (
    Stands(1, yuan(30), date(2025, 3, 1)), Stands(2, yuan(40), date(2025, 1, 1), loan="commercial"),
    Stands(3, yuan(10)), Stands(4, yuan(20), date(2025, 2, 1)),
)


def test_the_oldest_due_is_paid_first_and_the_lenders_line_last() -> None:
    assert allocate(LINES, yuan(25)) == (((4, yuan(20)), (1, yuan(5))), ZERO)
    assert allocate(LINES, yuan(61)) == (((4, yuan(20)), (1, yuan(30)), (3, yuan(10)), (2, yuan(1))), ZERO)
    begun = (*LINES[:3], replace(LINES[3], paid=yuan(15)))
    assert allocate(begun, yuan(6)) == (((4, yuan(5)), (1, yuan(1))), ZERO)


def test_a_lenders_money_pays_the_lenders_line_first() -> None:
    assert allocate(LINES, yuan(45), lent=True) == (((2, yuan(40)), (4, yuan(5))), ZERO)


def test_the_line_the_cashier_names_comes_first_and_the_oldest_after_it() -> None:
    assert allocate(LINES, yuan(10), 3) == (((3, yuan(10)),), ZERO)
    assert allocate(LINES, yuan(45), 2) == (((2, yuan(40)), (4, yuan(5))), ZERO)
    with pytest.raises(NotFound) as refused:
        allocate(LINES, yuan(1), 7)
    assert refused.value.details == {"what": "schedule-line", "sought": 7}


def test_what_no_line_can_take_is_left_over() -> None:
    assert allocate(LINES, yuan(101))[1] == yuan(1)
    assert allocate((), yuan(1)) == ((), yuan(1))
    with pytest.raises(AmountNotPositive):
        allocate(LINES, ZERO)


@given(st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 1000), st.none() | st.dates()), min_size=1, max_size=8),
       st.integers(1, 9000))
def test_money_received_is_put_somewhere_to_the_last_fen(rows: list[tuple[int, int, date | None]], fen: int) -> None:
    lines = [Stands(n, Money(amount), day, paid=Money(min(amount, had))) for n, (amount, had, day) in enumerate(rows)]
    room = Money.sum(line.amount - line.paid for line in lines)
    found, left = allocate(lines, Money(fen))
    assert left == max(ZERO, Money(fen) - room)
    assert Money.sum(part for _, part in found) + left == Money(fen)
    gets = dict(found)
    after = {line.id: line.amount - line.paid - gets.get(line.id, ZERO) for line in lines}
    assert min(after.values()) >= ZERO
    served = [line.due or date.max for line in lines if line.id in gets]
    waiting = [line.due or date.max for line in lines if after[line.id]]
    assert not served or not waiting or max(served) <= min(waiting)


def test_what_fell_due_before_today_and_is_unpaid_is_overdue() -> None:
    paid = (yuan(10), yuan(40), ZERO, yuan(20))
    assert overdue(DUES, paid, date(2025, 3, 1)) == ZERO
    assert overdue(DUES, paid, date(2025, 3, 2)) == yuan(20)
    assert overdue(DUES, NONE, date(2025, 3, 2)) == yuan(90)


@pytest.mark.parametrize(("lent", "share", "field", "most"), [
    ((LoanPart(BANK, yuan(1_050_000)),), "0.15", "commercial", 1_040_000),
    ((LoanPart(FUND, yuan(990_000)),), "0.20", "provident", 980_000),
    ((LoanPart(FUND, yuan(600_000)), LoanPart(BANK, yuan(390_000))), "0.20", "commercial", 380_000),
    ((LoanPart(FUND, yuan(980_000)), LoanPart(BANK, yuan(10_000))), "0.20", "provident", 970_000),
])
def test_a_loan_that_leaves_too_little_to_pay_down_names_the_largest_that_is_possible(
    lent: tuple[LoanPart, ...], share: str, field: str, most: int
) -> None:
    price = yuan(1_234_567)
    with pytest.raises(DownPaymentTooSmall) as refused:
        check_down_payment(price, lent, Decimal(share))
    said, whole = refused.value.details, Money.sum(loan.amount for loan in lent)
    assert (said["field"], said["most"], said["down"]) == (field, yuan(most), price - whole)
    assert said["least"] == price.times(Decimal(share))
    possible = tuple(LoanPart(loan.kind, yuan(most) if loan.kind == field else loan.amount) for loan in lent)
    check_down_payment(price, possible, Decimal(share))


def test_the_least_down_payment_holds_to_the_fen_and_nobody_who_lends_nothing_is_asked_for_it() -> None:
    loans = (LoanPart(BANK, yuan(850_000)),)
    check_down_payment(yuan(1_000_000), loans, Decimal("0.15"))
    with pytest.raises(DownPaymentTooSmall) as refused:
        check_down_payment(yuan("999999.99"), loans, Decimal("0.15"))
    assert refused.value.details["most"] == yuan(840_000)
    check_down_payment(yuan(1_000_000), (), Decimal(0))
