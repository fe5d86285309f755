"""Every kind of paper that a form can be made for answers, as the house gathers it, just what its form may ask."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import select

from salescenter.data.history import history
from salescenter.data.payments import receipt
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.form import FormPaper
from salescenter.domain.papers.form_fields import CATALOGUES, filling_of
from salescenter.domain.papers.house_fields import LAYOUTS
from salescenter.domain.papers.letter import LETTERS, LetterPaper
from salescenter.domain.papers.starting_form import starting_form
from salescenter.domain.plans import STANDARD
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import UnitState
from salescenter.i18n import speak
from salescenter.print.overlay import overlay_pdf
from salescenter.services.deals import signing
from salescenter.services.deals.requests import Loan, Terms
from salescenter.services.papers.contracts import contract_paper, subscription_paper
from salescenter.services.papers.form_examples import example
from salescenter.services.papers.house import HOUSE, About, Wish, house_paper
from salescenter.services.papers.receipts import receipt_paper
from tests.houses import DEPOSIT, Estate
from tests.print import reading

OF_HOUSE = tuple(kind for kind in CATALOGUES if kind in HOUSE)


@pytest.fixture(autouse=True)
def chinese() -> None:
    speak("zh_CN")


@pytest.fixture
def lent(small: Estate) -> Estate:
    """A signed contract with a loan, 1-101; part of it is overdue; the home was measured."""
    loan = Loan(LoanKind.COMMERCIAL, Money.yuan(700_000), 30, Decimal("0.035"), "建设银行")
    small.subscribe(terms=Terms(plan=STANDARD[PlanKind.MORTGAGE], deposit=DEPOSIT, loans=(loan,)))
    small.step(signing.draft, who="office")
    small.sign()
    small.alter("1-101", measured_area=Decimal("97.00"), measured_inner=Decimal("78.00"))
    small.later(days=40)
    return small


def gathered(house: Estate, kind: PaperKind, lang: str = "zh_CN") -> object:
    desk, deal = house.desk("boss"), house.deal("1-101").id
    if kind in HOUSE and HOUSE[kind].about is About.PROJECT:
        return house_paper(desk, Wish(kind, desk.project, house.today, lang), house.now)
    if kind is PaperKind.RECEIPT:
        return receipt_paper(desk, house.read(select(receipt.c.number)).number, house.now)
    if kind in HOUSE:
        about = house.unit("1-101").id if HOUSE[kind].about is About.UNIT else deal
        return house_paper(desk, Wish(kind, about, house.today, lang), house.now)
    return (contract_paper if kind is PaperKind.CONTRACT else subscription_paper)(desk, deal, house.now)


def in_both_languages(house: Estate) -> Iterator[tuple[PaperKind, Filling]]:
    for kind in CATALOGUES:
        if kind is PaperKind.CLEARED:
            continue  # nothing may be left to pay: its own test
        for lang in ("zh_CN", "en"):
            found = filling_of(gathered(house, kind, lang))
            assert found is not None
            yield kind, found


def demand_answers(kind: PaperKind, found: Filling) -> None:
    offered = CATALOGUES[kind]
    for part, answered in ((offered.fields, found.fields), (offered.rows, found.rows), (offered.boxes, found.amounts)):
        assert [name for names in part.values() for name in names if name not in answered] == [], kind
    assert found.kind is kind
    assert found.number in reading.words(overlay_pdf(starting_form("x", kind=kind), found)), kind


def test_every_paper_answers_all_that_its_form_may_ask_in_either_language(lent: Estate) -> None:
    kinds = set()
    for kind, found in in_both_languages(lent):
        demand_answers(kind, found)
        kinds.add(kind)
    assert {*CATALOGUES} - kinds == {PaperKind.CLEARED}


def test_a_certificate_answers_once_all_is_paid(small: Estate) -> None:
    small.carried_to(UnitState.SIGNED)
    small.receive(amount=980_000)
    found = filling_of(gathered(small, PaperKind.CLEARED))
    assert found is not None
    demand_answers(PaperKind.CLEARED, found)


def called(name: str) -> str:
    """A name on a paper without its unit, its heading and its little words: 单价（元/㎡） is 单价."""
    return name.partition("（")[0].removeprefix("一、").removeprefix("二、")


SAME = {
    "理由": "申请理由", "银行": "贷款机构", "贷款": "贷款额", "文件": "资料名称", "认购": "认购日期", "草签": "草签日期",
    "按揭": "按揭日期", "放款": "放款日期", "办证": "办证日期", "网签": "签订日期", "备案": "备案日期", "交付": "实际交付日期", "合同约定交付": "交付日期", "应付日": "应付日期",
    "应付额": "应付", "实付日": "实付日期", "实付额": "实付", "收据": "收据编号", "差": "面积差", "": "栏目",
}
"""What a paper calls shorter than a form does, because its heading says the rest."""


def test_what_a_form_calls_an_answer_is_what_the_paper_calls_it(lent: Estate) -> None:
    for kind, layout in LAYOUTS.items():
        paper = gathered(lent, kind)
        assert isinstance(paper, FormPaper)
        labels = [called(one.label) for section in paper.sections for one in section.answers]
        assert [(kind, SAME.get(label, label)) for label, name in zip(labels, layout.answers, strict=True) if name] == [
            (kind, name) for name in layout.answers if name
        ]
        tables = [section.columns for section in paper.sections if section.columns]
        for columns, fields in zip(tables, layout.tables.values(), strict=True):
            pairs = [(called(one.name), name) for one, name in zip(columns, fields, strict=True) if name]
            assert [(kind, SAME.get(label, label)) for label, _ in pairs] == [(kind, name) for _, name in pairs]


def test_what_a_form_calls_a_column_of_a_letter_is_what_the_letter_calls_it(lent: Estate) -> None:
    for kind in LETTERS.keys() - {PaperKind.CLEARED}:
        paper = gathered(lent, kind)
        assert isinstance(paper, LetterPaper)
        printed = [f"{table}·{called(one.name)}" for table, of in paper.tables.items() for one in of.columns]
        offered = [name for table in paper.tables for name in CATALOGUES[kind].rows[table]]
        assert offered == printed


def test_a_form_of_every_paper_is_tried_on_an_example_that_is_nobodys(small: Estate) -> None:
    told = small.count(history)
    for kind in CATALOGUES:
        demand_answers(kind, example(small.desk("boss"), kind, small.now))
    assert small.count(history) == told, "nobody's ID number was looked at"
