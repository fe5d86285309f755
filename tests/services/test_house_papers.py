"""Every letter, form, list and cover of the house, gathered from a small house and printed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from salescenter.data.customer_phones import first_phone
from salescenter.data.customers import customer
from salescenter.data.estate import project
from salescenter.domain.area_difference import AreaRule, Band
from salescenter.domain.errors import Refusal
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind, Verdict
from salescenter.domain.papers.form import FormPaper
from salescenter.domain.papers.head import number_for, read_number
from salescenter.domain.papers.letter import LETTERS, LetterPaper
from salescenter.domain.plans import STANDARD
from salescenter.domain.policies import AREA_DIFFERENCE, Policy
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import FieldMalformed, NotFound, NotYours, PaperNotNow
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import UnitState
from salescenter.i18n import speak
from salescenter.print.batch import house_pdf
from salescenter.services.deals import changing, holds, opening, signing
from salescenter.services.deals.holds import HoldRequest
from salescenter.services.deals.requests import Buyer, ChangeBuyersRequest, Loan, Payment, Terms
from salescenter.services.papers import settling
from salescenter.services.papers.checking import check_paper
from salescenter.services.papers.house import HOUSE, About, HousePaper, Wish, house_paper, offered, wished
from salescenter.services.papers.lists import AgreedLoan
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.template_versions import TemplateRequest, keep_template
from salescenter.services.payments import receipts
from salescenter.services.payments.lists import arrears
from salescenter.services.payments.receipts import ReceiveRequest
from tests.houses import DEPOSIT, Estate
from tests.print import reading
from tests.template_life import approved

NOT_YET = (PaperKind.CLEARED, PaperKind.CHECKLIST, PaperKind.LENDING, PaperKind.DESTRUCTION)
ANY_SIGNED = [kind for kind in HOUSE if kind not in NOT_YET]
"""What a contract can have that is neither paid up nor has a loan, in a house that destroys nothing."""

DEALS = tuple(kind for kind, form in HOUSE.items() if form.about is About.DEAL)


@pytest.fixture(autouse=True)
def chinese() -> None:
    speak("zh_CN")


def made(small: Estate, kind: PaperKind, code: str = "1-101", who: str = "boss", lang: str = "") -> HousePaper:
    of = HOUSE[kind].about
    about = 1 if of is About.PROJECT else small.unit(code).id if of is About.UNIT else small.deal(code).id
    return house_paper(small.desk(who), Wish(kind, about, small.today, lang), small.now)


def said(paper: HousePaper) -> str:
    return reading.words(house_pdf(paper))


@pytest.fixture
def signed(small: Estate) -> Estate:
    """A signed contract with a loan, 1-101; its down payment is a month overdue; the home was measured."""
    small.carried_to(UnitState.SIGNED, plan=PlanKind.INSTALMENTS)
    small.alter("1-101", measured_area=Decimal("97.00"), measured_inner=Decimal("78.00"))
    small.later(days=40)
    return small


def test_every_paper_is_gathered_and_printed_with_its_number_on_its_sheet(signed: Estate) -> None:
    signed.now = signed.now.replace(month=3, day=30)
    for kind in ANY_SIGNED:
        paper = made(signed, kind)
        about = signed.deal("1-101").id if HOUSE[kind].about is About.DEAL else paper.head.number.partition("-")[2]
        assert paper.head.number == number_for(kind, signed.today, int(about))
        printed = house_pdf(paper)
        words = reading.words(printed)
        assert "陈一帆" in words, kind
        assert reading.astray(printed) == [], kind
        assert kind is PaperKind.LABELS or paper.head.number in words
        if isinstance(paper, LetterPaper):
            assert paper.left_empty() == (), kind


def test_a_server_is_asked_the_same(small_on_server: Estate) -> None:
    small_on_server.carried_to(UnitState.SIGNED, plan=PlanKind.INSTALMENTS)
    small_on_server.alter("1-101", measured_area=Decimal("97.00"), measured_inner=Decimal("78.00"))
    small_on_server.later(days=25)
    for kind in ANY_SIGNED:
        assert "陈一帆" in said(made(small_on_server, kind)), kind


@pytest.mark.parametrize("kind", [kind for kind, form in HOUSE.items() if form.english and kind in (PaperKind.DUNNING, PaperKind.COSTS, PaperKind.SETTLEMENT)])
def test_what_the_customer_needs_speaks_english_too(signed: Estate, kind: PaperKind) -> None:
    paper = made(signed, kind, lang="en")
    assert paper.head.title.isascii()
    assert paper.head.lang == "en"


def test_what_stays_in_the_house_is_chinese_whatever_the_screen_speaks(signed: Estate) -> None:
    speak("en")
    assert made(signed, PaperKind.WITHDRAWAL).head.title == "退房审批表"


# --- reminders


def test_the_reminder_owes_what_the_arrears_list_says(signed: Estate) -> None:
    paper = made(signed, PaperKind.DUNNING)
    listed = arrears(signed.desk(), signed.today)
    assert isinstance(paper, LetterPaper)
    assert paper.said["欠款合计"] == str(Money.sum(row.owed for row in listed))
    assert paper.said["违约金"] == str(Money.sum(row.late_fee for row in listed))
    assert paper.head.amount == Money.sum(row.owed + row.late_fee for row in listed)
    assert "每日万分之1" in said(paper)


@pytest.mark.parametrize(
    ("kind", "rule", "name"),
    [
        (PaperKind.DUNNING, "dunning_days", "付款截止日期"),
        (PaperKind.STATEMENT, "statement_days", "回函期限"),
        (PaperKind.HANDOVER, "handover_days", "交房截止日期"),
    ],
)
def test_the_days_a_letter_gives_are_the_house_s_own(signed: Estate, kind: PaperKind, rule: str, name: str) -> None:
    def until() -> date:
        paper = made(signed, kind)
        assert isinstance(paper, LetterPaper)
        return date(*map(int, re.findall(r"\d+", str(paper.said[name]))))

    usual = until()
    signed.rule(rule, getattr(HouseRules(), rule) + 9)
    assert until() - usual == timedelta(days=9)


def test_nobody_is_reminded_who_owes_nothing(small: Estate) -> None:
    small.subscribe()
    with pytest.raises(PaperNotNow) as refused:
        made(small, PaperKind.DUNNING)
    assert refused.value.details["why"] == "nothing-overdue"


def test_the_house_words_its_letters_itself_from_a_day_on(signed: Estate) -> None:
    text = "# 温馨提示\n{{买受人姓名}}：{{欠款合计}}元，请于{{付款截止日期}}前付清。\n{{@欠款明细}}\n{{@落款}}\n"
    approved(signed.desk(), "dunning", text, signed.today, signed.later(seconds=1))
    words = said(made(signed, PaperKind.DUNNING))
    assert "温馨提示" in words
    assert "催款函" not in words
    with pytest.raises(FieldMalformed):
        keep_template(signed.desk(), TemplateRequest("cleared", "错", text), signed.later(seconds=1))


def test_a_receipt_names_the_phone_of_the_buyer_who_paid_and_of_nobody_else(small: Estate) -> None:
    small.subscribe()
    by_another = ReceiveRequest(small.deal("1-101").id, MoneyKind.PRICE, Method.CARD, Money.yuan(1_000), "外婆")
    receipts.receive(small.desk(), by_another, small.now)
    papers = [receipt_paper(small.desk(), number, small.now) for number, _, _ in small.receipts()]
    assert [(paper.payer, paper.phone) for paper in papers] == [("陈一帆", "13800138000"), ("外婆", "")]


def test_a_receipt_of_early_money_says_what_it_was_turned_into(small: Estate) -> None:
    small.reserve()
    before = receipt_paper(small.desk(), "A0000001", small.now)
    assert [line.note for line in before.lines] == [""]
    opening.subscribe(small.desk("a"), small.asked(paid=Payment(DEPOSIT - Money.yuan(5_000), Method.CARD, "陈一帆")),
                      small.later(seconds=1))  # fmt: skip
    after = receipt_paper(small.desk(), "A0000001", small.now)
    assert [line.note for line in after.lines] == ["转定金"]


# --- what a deal must have reached


def test_a_certificate_waits_until_the_last_fen_is_paid(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    with pytest.raises(PaperNotNow):
        made(small, PaperKind.CLEARED)
    small.receive(amount=980_000)
    assert "壹佰万元整" in said(made(small, PaperKind.CLEARED))


@pytest.mark.parametrize(("kind", "why"), [(PaperKind.MEASURING, "not-measured"), (PaperKind.CHECKLIST, "no-loan")])
def test_a_paper_says_what_the_deal_lacks(small: Estate, kind: PaperKind, why: str) -> None:
    small.carried_to(UnitState.SIGNED)
    with pytest.raises(PaperNotNow) as refused:
        made(small, kind)
    assert refused.value.details == {"why": why}


def test_a_home_that_is_only_subscribed_is_not_handed_over(small: Estate) -> None:
    small.subscribe()
    with pytest.raises(PaperNotNow):
        made(small, PaperKind.HANDOVER)


# --- figures


def test_three_square_metres_less_are_returned_and_count_in_the_settlement(signed: Estate) -> None:
    worksheet, settled = made(signed, PaperKind.MEASURING), made(signed, PaperKind.SETTLEMENT)
    assert isinstance(worksheet, FormPaper)
    assert worksheet.head.amount == -Money.yuan(30_000)
    assert "出卖人返还" in said(worksheet)
    assert "买受人有权解除合同" not in said(worksheet)
    assert "-30,000.00" in said(settled)


def test_beyond_three_percent_the_worksheet_tells_of_the_right_to_rescind(signed: Estate) -> None:
    signed.alter("1-101", measured_area=Decimal("95.00"))
    words = said(made(signed, PaperKind.MEASURING))
    assert "70,000.00" in words
    assert "买受人有权解除合同" in words


def test_the_area_is_settled_by_the_rule_of_the_day_the_contract_was_signed(
    signed: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = signed.deal("1-101").signed
    exact = AreaRule(Decimal("0.025"), larger=(Band(None, Decimal(1)),), smaller=(Band(None, Decimal(3)),), refund_days=15)
    for since, back in ((day + timedelta(days=1), 30_000), (day, 90_000)):
        monkeypatch.setattr(settling, "AREA_DIFFERENCE", (*AREA_DIFFERENCE, Policy(since, exact)))
        assert made(signed, PaperKind.MEASURING).head.amount == -Money.yuan(back)
    assert "超出2.5%，买受人有权解除合同" in said(made(signed, PaperKind.MEASURING))


def test_what_the_parties_agreed_on_themselves_is_not_reckoned(signed: Estate) -> None:
    clauses = {"clauses": {"面积差异序号": "4"}}
    signed.put(update(project).values(facts=clauses))
    with pytest.raises(PaperNotNow) as refused:
        made(signed, PaperKind.MEASURING)
    assert refused.value.details["why"] == "own-agreement"
    assert "面积补差0.00" in said(made(signed, PaperKind.SETTLEMENT))


def test_a_forfeiture_keeps_no_more_than_the_lawful_share(small: Estate) -> None:
    small.subscribe()
    small.later(days=30)
    words = said(made(small, PaperKind.FORFEITURE))
    assert "不予返还的定金20,000.00" in words
    assert "逾期天数" in words


def test_a_loan_is_listed_for_the_bank_until_it_is_paid_out(small: Estate) -> None:
    with pytest.raises(PaperNotNow):
        made(small, PaperKind.LENDING)
    loan = Loan(LoanKind.COMMERCIAL, Money.yuan(700_000), 30, Decimal("0.035"), "建设银行")
    small.subscribe(terms=Terms(plan=STANDARD[PlanKind.MORTGAGE], deposit=DEPOSIT, loans=(loan,)))
    small.step(signing.draft, who="office")
    small.sign()
    for kind in (PaperKind.LENDING, PaperKind.CHECKLIST):
        words = said(made(small, kind))
        assert "700,000.00" in words
        assert "建设银行" in words
        assert reading.astray(house_pdf(made(small, kind))) == []
    small.receive(amount=700_000, kind=MoneyKind.LOAN, method=Method.BANK_LOAN, payer="建设银行")
    with pytest.raises(PaperNotNow):
        made(small, PaperKind.LENDING)


@pytest.mark.parametrize(("rate", "years", "monthly", "first"), [
    ("0.049", 30, "5,307.27", "6,861.11"), ("0.0395", 30, "4,745.37", "6,069.44"), ("0.0305", 30, "4,243.05", "5,319.44"),
    ("0.026", 30, "4,003.40", "4,944.44"),
])  # fmt: skip
def test_the_bank_is_told_what_is_paid_a_month(rate: str, years: int, monthly: str, first: str) -> None:
    """The worked examples of a million lent over thirty years."""
    agreed = AgreedLoan("建设银行", years, Decimal(rate))
    assert agreed.monthly(Money.yuan(1_000_000)) == (monthly, first)
    assert AgreedLoan("建设银行", 10, Decimal(0)).monthly(Money.yuan(1_200_000)) == ("10,000.00", "10,000.00")


def test_what_is_paid_a_month_stays_blank_where_rate_or_years_are_not_known() -> None:
    for agreed in (AgreedLoan(), AgreedLoan("建设银行", 30), AgreedLoan("建设银行", 0, Decimal("0.03"))):
        assert agreed.monthly(Money.yuan(1_000_000)) == ("", "")


def test_a_combined_loan_tells_either_lender_its_own_amount_alone(small: Estate) -> None:
    loans = (Loan(LoanKind.PROVIDENT, Money.yuan(300_000), 25, Decimal("0.026"), "公积金中心"),
             Loan(LoanKind.COMMERCIAL, Money.yuan(400_000), 30, Decimal("0.035"), "建设银行"))  # fmt: skip
    small.subscribe(terms=Terms(plan=STANDARD[PlanKind.COMBINED], deposit=DEPOSIT, loans=loans))
    small.step(signing.draft, who="office")
    small.sign()
    paper = made(small, PaperKind.LENDING)
    assert isinstance(paper, FormPaper)
    listed = paper.sections[1].rows
    assert [(row.cells[0], *row.cells[6:12]) for row in listed] == [
        ("1", "公积金贷款", "300,000.00", "25", "1,361.01", "1,650.00", "公积金中心"),
        ("小计", "", "300,000.00", "", "", "", "公积金中心"),
        ("2", "商业贷款", "400,000.00", "30", "1,796.18", "2,277.78", "建设银行"),
        ("小计", "", "400,000.00", "", "", "", "建设银行"),
    ]
    assert paper.sections[1].totals[0][7] == "700,000.00"
    assert "份数2份" in said(paper)
    small.receive(amount=300_000, kind=MoneyKind.LOAN, method=Method.BANK_LOAN, payer="公积金中心")
    assert "公积金中心" not in said(made(small, PaperKind.LENDING))


@pytest.mark.parametrize(("buyers", "ticked"), [
    ((("李娜", 10_000),), "√更名"), ((("陈一帆", 5_000), ("李娜", 5_000)), "√增加买受人"),
])  # fmt: skip
def test_after_the_change_the_sheet_names_both_sides_the_reason_and_the_kind(
    small: Estate, buyers: tuple[tuple[str, int], ...], ticked: str
) -> None:
    small.subscribe()
    assert "□更名　□增加买受人　□减少买受人　□变更份额" in facts_of(made(small, PaperKind.RENAMING)).values()
    for parts in ((("李娜", 10_000),), (("陈一帆", 10_000),), buyers):
        change = ChangeBuyersRequest(*small.seen("1-101"), tuple(Buyer(small.customers[n], s) for n, s in parts), "改为女儿")
        changing.change_buyers(small.desk(), change, small.later(seconds=1))
    paper = made(small, PaperKind.RENAMING)
    assert isinstance(paper, FormPaper)
    before, now = (([(row.cells[0], row.cells[3]) for row in part.rows]) for part in paper.sections[1:3])
    assert (before, now) == ([("陈一帆", "100%")], [(name, f"{share // 100}%") for name, share in buyers])
    facts = facts_of(paper)
    assert facts["变更原因"] == "改为女儿"
    assert [one for one in facts["种类"].split("　") if one.startswith("√")] == [ticked]


def facts_of(paper: HousePaper) -> dict[str, str]:
    assert isinstance(paper, FormPaper)
    return {one.label: one.value for part in paper.sections for one in part.answers}


def test_a_choice_is_confirmed_to_whom_the_home_is_held_for_with_its_times_until_they_have_passed(small: Estate) -> None:
    until = small.now + timedelta(minutes=30)
    asked = HoldRequest(*small.seen("1-102"), until, "选房", small.customers["李娜"])
    holds.hold(small.desk("boss"), asked, small.now)
    facts = facts_of(made(small, PaperKind.SELECTION, "1-102"))
    assert (facts["客户"], facts["选房时间"], facts["有效至"]) == ("李娜", "2026年3月2日 12:00", "2026年3月2日 12:30")
    small.later(minutes=30)
    facts = facts_of(made(small, PaperKind.SELECTION, "1-102"))
    assert (facts["客户"], facts["选房时间"], facts["有效至"]) == ("", "", "")


def test_contracts_wait_for_filing_with_the_day_the_law_gives(signed: Estate) -> None:
    words = said(made(signed, PaperKind.FILING))
    assert "YX-1-101" in words
    assert str(signed.deal("1-101").signed + timedelta(days=30)) in words
    paper = made(signed, PaperKind.FILING)
    assert isinstance(paper, FormPaper)
    called = [column.name for column in paper.sections[1].columns]
    row = dict(zip(called, paper.sections[1].rows[0].cells, strict=True))
    phone = signed.read(select(first_phone).select_from(customer).where(customer.c.name == row["买受人"])).phone
    assert (row["电话"], row["状态"], row["备案日期"]) == (phone, "未送案", "")


# --- numbers, codes and roles


def test_a_number_is_read_again() -> None:
    number = number_for(PaperKind.DUNNING, date(2026, 3, 2), 118)
    assert number == "CK20260302-118"
    read = read_number(number.lower())
    assert read is not None
    assert (read.kind, read.day, read.about) == (PaperKind.DUNNING, date(2026, 3, 2), 118)
    assert read_number("CK20261302-118") is None
    assert read_number("XX20260302-1") is None


def test_a_paper_is_wished_by_its_number_a_deals_or_a_units(signed: Estate) -> None:
    desk, deal = signed.desk(), signed.deal("1-101")
    old = wished(desk, PaperKind.DUNNING, f"CK20260320-{deal.id}", signed.today)
    assert (old.about, old.day) == (deal.id, date(2026, 3, 20))
    assert wished(desk, PaperKind.COVER, "YX-1-101", signed.today).about == deal.id
    assert wished(desk, PaperKind.SELECTION, "1-102", signed.today).about == signed.unit("1-102").id
    assert wished(desk, PaperKind.FILING, "", signed.today).about == 1
    with pytest.raises(NotFound):
        wished(desk, PaperKind.DUNNING, "YX-9", signed.today)


def test_the_code_on_a_letter_is_known_as_genuine(signed: Estate) -> None:
    paper = made(signed, PaperKind.DUNNING)
    found = check_paper(signed.desk(), paper.head.code(), signed.now)
    assert (found.verdict, found.kind, found.number) == (Verdict.GENUINE, PaperKind.DUNNING, paper.head.number)


def test_a_receptionist_makes_no_reminder(signed: Estate) -> None:
    with pytest.raises(NotYours):
        made(signed, PaperKind.DUNNING, who="front")


def test_a_deal_offers_its_papers_from_the_state_they_need() -> None:
    reserved, signed_ones = offered(About.DEAL, UnitState.RESERVED), offered(About.DEAL, UnitState.SIGNED)
    assert PaperKind.SWAP in reserved
    assert PaperKind.CLEARED not in reserved
    assert set(signed_ones) == set(DEALS)


def test_every_letter_is_in_the_house_and_every_refusal_has_its_reason() -> None:
    assert set(LETTERS) <= set(HOUSE)
    assert issubclass(PaperNotNow, Refusal)
