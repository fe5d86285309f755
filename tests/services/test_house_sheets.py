"""The story each approval sheet, list and cover tells of its deal: every figure by its label or its row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import update

from salescenter.data.deals import deal
from salescenter.data.estate import permit
from salescenter.domain.loans import LoanKind
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.cover import CoverPaper
from salescenter.domain.papers.form import FormPaper
from salescenter.domain.papers.letter import LetterPaper
from salescenter.domain.papers.received import Document
from salescenter.domain.papers.scan import ScanFile
from salescenter.domain.plans import STANDARD
from salescenter.domain.prices import Discount, DiscountKind
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import UnitState
from salescenter.i18n import speak
from salescenter.print.batch import house_pdf
from salescenter.print.contract import contract_pdf
from salescenter.services.deals import changing, closing, opening, signing
from salescenter.services.deals.requests import ChangeUnitRequest, Loan, Terms
from salescenter.services.papers.contracts import contract_paper
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.received import Bringing, bring
from salescenter.services.payments import receipts
from tests.domain.test_scans import PNG
from tests.houses import DEPOSIT, Estate, yuan
from tests.print import reading
from tests.services.test_house_papers import facts_of, made


@pytest.fixture(autouse=True)
def chinese() -> None:
    speak("zh_CN")


def form(small: Estate, kind: PaperKind, code: str = "1-101") -> FormPaper:
    paper = made(small, kind, code)
    assert isinstance(paper, FormPaper)
    return paper


def test_a_change_of_unit_shows_both_homes_and_what_is_more_or_less(small: Estate) -> None:
    small.alter("1-102", area=Decimal("89.87"), list_total=yuan(900_000))
    small.subscribe()
    asked = ChangeUnitRequest(*small.seen("1-101"), *small.seen("1-102"), Terms(deposit=DEPOSIT), "换楼层")
    changing.change_unit(small.desk(), asked, small.later(seconds=1))
    paper = form(small, PaperKind.SWAP, "1-102")
    old, new = (row.cells for row in paper.sections[1].rows)
    (more,) = paper.sections[1].totals
    assert old == ("原房", "1号楼101", "", "100.00", "10,000.00", "1,000,000.00")
    assert new == ("现房", "1号楼102", "", "89.87", "10,014.47", "900,000.00")
    assert more == ("增减", "", "", "-10.13", "14.47", "-100,000.00")
    assert facts_of(paper)["原因"] == "换楼层"


def test_at_the_list_price_the_discount_asked_for_is_written_in_by_hand(small: Estate) -> None:
    small.subscribe()
    paper = form(small, PaperKind.DISCOUNT)
    assert [row.cells for row in paper.sections[1].rows] == [
        ("售价表", "", "10,000.00", "1,000,000.00"), ("优惠：", "", "", ""), ("优惠后", "", "", ""),
    ]
    assert paper.sections[1].totals == (("差额", "", "", ""),)


def test_a_discount_is_told_step_by_step_from_the_list_to_what_is_left(small: Estate) -> None:
    terms = Terms(deposit=DEPOSIT, discounts=(Discount("按时签约", DiscountKind.RATE, Decimal("0.99")),))
    opening.subscribe(small.desk("boss"), small.asked(terms=terms), small.later(seconds=1))
    paper = form(small, PaperKind.DISCOUNT)
    rows = [row.cells for row in paper.sections[1].rows]
    assert rows == [
        ("售价表", "", "10,000.00", "1,000,000.00"), ("优惠：按时签约", "10,000.00", "9,900.00", "990,000.00"),
        ("优惠后", "", "9,900.00", "990,000.00"),
    ]
    assert paper.sections[1].totals == (("差额", "", "100.00", "10,000.00"),)
    assert paper.opinions == ("填表人", "部门经理", "营销总监", "总经理")


def test_a_contract_s_performance_tells_each_line_paid_and_late_and_the_days_of_its_life(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED, plan=PlanKind.INSTALMENTS)
    small.later(days=40)
    paper = form(small, PaperKind.PERFORMANCE)
    assert [(row.cells, row.alarm) for row in paper.sections[1].rows] == [
        (("1", "定金", "2026-03-02", "20,000.00", "2026-03-02", "20,000.00", "A0000001", "0.00", "", ""), False),
        (("2", "首期房款", "2026-03-09", "280,000.00", "", "0.00", "", "280,000.00", "33", "924.00"), True),
        (("3", "二期房款", "2026-06-09", "300,000.00", "", "0.00", "", "300,000.00", "", ""), False),
        (("4", "末期房款", "2026-09-09", "400,000.00", "", "0.00", "", "400,000.00", "", ""), False),
    ]
    assert paper.sections[1].totals == (("合计", "", "", "1,000,000.00", "", "20,000.00", "", "980,000.00", "", ""),)
    facts = facts_of(paper)
    assert (facts["按揭"], facts["放款"], facts["办证"]) == ("不贷款", "", "")
    assert (facts["合同编号"], facts["认购"], facts["网签"], facts["备案"]) == ("YX-1-101", "2026年3月2日", "2026年3月2日", "")


def test_a_performance_tells_the_days_of_mortgage_loan_and_title_as_they_come(estate: Estate) -> None:
    loans = (Loan(LoanKind.PROVIDENT, yuan(300_000), 25, Decimal("0.026"), "公积金中心"),
             Loan(LoanKind.COMMERCIAL, yuan(400_000), 30, Decimal("0.035"), "建设银行"))  # fmt: skip
    estate.subscribe(terms=Terms(plan=STANDARD[PlanKind.COMBINED], deposit=DEPOSIT, loans=loans))
    estate.step(signing.draft, who="office")
    estate.sign()

    def days() -> tuple[str, str, str]:
        facts = facts_of(made(estate, PaperKind.PERFORMANCE))
        return facts["按揭"], facts["放款"], facts["办证"]

    def lend(amount: int, bank: str) -> int:
        estate.later(days=1)
        lent = {"kind": MoneyKind.LOAN, "method": Method.BANK_LOAN, "payer": bank}
        return estate.receive(amount=amount, **lent).receipt

    def file(document: Document) -> None:
        copy = ScanFile("原件.png", PNG + document.value.encode())
        bring(estate.desk(), Bringing(estate.deal("1-101").id, document, None, (copy,)), estate.later(days=1))

    assert days() == ("", "", "")
    file(Document.LENDING)
    assert days() == ("2026年3月3日", "", "")
    first = lend(300_000, "公积金中心")
    assert days() == ("2026年3月3日", "2026年3月4日（未足额）", "")
    lend(400_000, "建设银行")
    assert days() == ("2026年3月3日", "2026年3月5日", "")
    file(Document.TITLE)
    assert days() == ("2026年3月3日", "2026年3月5日", "2026年3月6日")
    receipts.void(estate.desk(), receipts.VoidRequest(first, "退回"), estate.later(days=1))
    assert days() == ("2026年3月3日", "2026年3月5日（未足额）", "2026年3月6日")
    assert reading.astray(house_pdf(made(estate, PaperKind.PERFORMANCE))) == []


def test_a_cancellation_says_what_was_paid_when_and_why(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    small.later(days=10)
    small.close(closing.cancel, reason="客户放弃")
    facts = facts_of(form(small, PaperKind.WITHDRAWAL))
    assert (facts["已付款"], facts["签订日期"], facts["退定日期"]) == ("20,000.00", "2026年3月2日", "2026年3月12日")
    assert (facts["付款方式"], facts["成交总价"], facts["退房原因"]) == ("一次性付款", "1,000,000.00", "客户放弃")


def test_a_cover_names_the_file_its_days_and_how_many_papers_lie_in_it(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    small.later(days=10)
    small.receive(amount=1_000)
    paper = made(small, PaperKind.COVER)
    assert isinstance(paper, CoverPaper)
    assert (paper.room, paper.buyers, paper.contract) == ("1号楼101", "陈一帆", "YX-1-101")
    assert dict(paper.facts) == {
        "起止日期": "2026年3月2日 至 2026年3月12日", "件数": "4 件", "保管期限": "永久", "立卷人": "", "审核人": "",
    }
    assert [(one.name, one.number) for one in paper.contents] == [
        ("认购书", "RG202600001"), ("买卖合同", "YX-1-101"), ("收据", "A0000001"), ("收据", "A0000002"),
    ]


def test_a_statement_lists_what_is_due_and_every_receipt_and_they_add_up(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    small.receive(amount=1_000)
    paper = made(small, PaperKind.STATEMENT)
    assert isinstance(paper, LetterPaper)
    assert (paper.said["已收款"], paper.said["尚欠款"]) == ("21,000.00", "979,000.00")
    assert [row.cells for row in paper.tables["应收明细"].rows] == [
        ("1", "定金", "2026-03-02", "20,000.00", "20,000.00", "0.00"),
        ("2", "房款", "2026-03-16", "980,000.00", "1,000.00", "979,000.00"),
    ]
    assert [row.cells for row in paper.tables["收款明细"].rows] == [
        ("2026-03-02", "A0000001", "定金", "刷卡", "20,000.00"), ("2026-03-02", "A0000002", "房款", "转账", "1,000.00"),
    ]


def test_taxes_are_told_with_their_basis_and_add_up(small: Estate) -> None:
    small.subscribe()
    paper = form(small, PaperKind.COSTS)
    assert [row.cells for row in paper.sections[2].rows] == [
        ("契税", "不含增值税价 917,431.19 × 1%", "税务局", "9,174.31"), ("印花税", "免征", "税务局", "0.00"),
        ("住宅专项维修资金", "总价 1,000,000.00 × 2%", "维修资金管理部门", "20,000.00"),
        ("不动产登记费", "按套", "不动产登记中心", "80.00"),
    ]
    assert paper.sections[2].totals[0][-1] == "29,254.31"


def test_a_completed_home_is_sold_by_the_contract_for_completed_homes_and_says_so(small: Estate) -> None:
    small.put(update(permit).values(kind="completed"))
    small.carried_to(UnitState.SIGNED)
    paper = contract_paper(small.desk(), small.deal("1-101").id, small.now)
    words = reading.words(contract_pdf(paper))
    assert paper.edition == "（现售）"
    assert "商品房买卖合同（现售）" in words
    assert ("第二十六条" in words, "第二十九条" in words, "备案与房屋登记" in words) == (True, False, False)
    small.put(update(permit).values(kind="presale"))
    small.carried_to(UnitState.SIGNED, code="1-102")
    assert contract_paper(small.desk(), small.deal("1-102").id, small.now).edition == "（预售）"


@pytest.mark.parametrize(("kind", "name"), [
    (MoneyKind.PRICE, "房款"), (MoneyKind.COLLECTED, "代收费用"), (MoneyKind.LATE_FEE, "滞纳金"),
])  # fmt: skip
def test_a_receipt_is_named_after_the_kind_of_money_it_is_for(small: Estate, kind: MoneyKind, name: str) -> None:
    small.carried_to(UnitState.SIGNED)
    taken = small.receive(amount=1_000, kind=kind)
    (line,) = receipt_paper(small.desk(), taken.number, small.now).lines
    assert (line.name, str(line.amount)) == (name, "1,000.00")


def test_a_certificate_says_the_price_that_came_without_what_was_collected_for_others(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    small.receive(amount=980_000)
    small.receive(amount=18_600, kind=MoneyKind.COLLECTED)
    words = reading.words(house_pdf(made(small, PaperKind.CLEARED)))
    assert "我公司已收到人民币1,000,000.00元（大写人民币壹佰万元整）" in words
    assert "1,018,600.00" not in words


@pytest.mark.parametrize(("measured", "parts"), [
    ("97.00", ["3.00"]), ("95.00", ["3.00", "2.00"]), ("100.40", ["0.40"]), ("103.57", ["3.00", "0.57"]),
])  # fmt: skip
def test_the_worksheet_writes_areas_with_two_places(small: Estate, measured: str, parts: list[str]) -> None:
    small.carried_to(UnitState.SIGNED)
    small.alter("1-101", measured_area=Decimal(measured), measured_inner=Decimal("80.00"))
    assert [row.cells[0] for row in form(small, PaperKind.MEASURING).sections[2].rows] == parts


def test_the_worksheet_keeps_the_further_places_that_three_percent_of_an_area_has(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    small.put(update(deal).values(area=Decimal("99.37")))
    small.alter("1-101", measured_area=Decimal("95.00"), measured_inner=Decimal("80.00"))
    assert [row.cells[0] for row in form(small, PaperKind.MEASURING).sections[2].rows] == ["2.9811", "1.3889"]
