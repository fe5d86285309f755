"""Quotations, slips, lists and the grid say all they were given, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salescenter.domain.money import Money
from salescenter.domain.papers.grid_sheet import GridBuilding, GridCell, GridFloor, GridStair
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.print.grid_sheet import grid_pdf
from salescenter.print.listing import listing_pdf
from salescenter.print.quotation import quotation_pdf
from salescenter.print.registration import registration_pdf
from tests.print import examples, reading


def test_a_quotation_shows_price_plan_both_ways_of_paying_back_and_costs_on_one_page() -> None:
    pdf = quotation_pdf(examples.quotation())
    assert len(reading.pages(pdf)) == 1
    said = "\n".join(reading.rows(pdf))
    for part in (
        "置业计划书", "原总价2,412,371.13", "按时签约99折-24,123.71", "折后总价折合每平方米¥21,747.652,340,482.47",
        "建筑面积107.62㎡套内面积85.77㎡", "等额本息4,370.344,370.34—543,324.58", "等额本金5,479.032,868.387.27472,533.96",
        "合计月供：等额本息6,772.38，等额本金首月8,445.70", "须提供不低于13,544.76元的月收入证明", "维修基金107.62㎡×90.00维修资金专户9,685.80",
        "合计31,238.12", "本次应交690,482.47", "以上数据仅供参考", "收入证明（不少于月供的2倍）",
    ):
        assert part in said, part


def test_an_english_quotation_is_english_and_on_one_page() -> None:
    pdf = quotation_pdf(examples.quotation("en"))
    said = reading.words(pdf)
    assert len(reading.pages(pdf)) == 1
    for part in ("Purchaseplan", "Finaltotal", "Level", "Falling", "Proofofamonthlyincomeofatleast13,544.76yuanisneeded."):
        assert part in said, part
    assert not any(word in said for word in ("总价", "月供", "建筑面积", "仅供参考"))


def test_the_loans_and_offices_whole_english_names_cost_no_second_page() -> None:
    paper = examples.quotation("en", discounts=(), paid=Money())
    loans = tuple(replace(one, name=f"{one.name} fund loan") for one in paper.loans)
    costs = tuple(replace(one, taken_by="maintenance fund office") for one in (*paper.costs, paper.costs[0]))
    bring = (*paper.bring, "Bank statements of the last six months", "Household register and marriage certificate")
    pdf = quotation_pdf(replace(paper, loans=loans, costs=costs, bring=bring))
    assert len(reading.pages(pdf)) == 1
    assert "2.60%,360months" in reading.words(pdf)


@pytest.mark.parametrize(("lang", "said"), [("zh_CN", "360期，占总价{share}"), ("en", "360months,{share}oftheprice")])
def test_a_quotation_says_each_loans_share_of_the_price(lang: str, said: str) -> None:
    paper = examples.quotation(lang=lang)
    pdf = quotation_pdf(paper)
    for loan in paper.loans:
        assert said.format(share=f"{loan.amount.fen / paper.total.fen:.2%}") in reading.words(pdf)
    assert reading.astray(pdf) == []


def test_a_cash_quotation_has_no_loan_and_no_empty_table() -> None:
    said = reading.words(quotation_pdf(examples.quotation(loans=(), costs=(), bring=(), discounts=())))
    assert "等额本息" not in said
    assert "购房费用" not in said
    assert "携带资料" not in said
    assert "折后总价" in said


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_slip_holds_every_answer_the_consent_and_a_place_to_sign(lang: str) -> None:
    paper = examples.registration(lang)
    pdf = registration_pdf(paper)
    said = reading.words(pdf)
    assert len(reading.pages(pdf)) == 1
    for answer in paper.answers:
        assert "".join((answer.label + answer.value).split()) in said
    assert "".join(paper.consent.split()) in said
    assert ("客户（签字）" if lang == "zh_CN" else "Customer(signature)") in said


@pytest.mark.parametrize("note", ["客户提前付清首付，余款以银行到账为准。" * 160, "\n".join(["改期"] * 90)], ids=["3,000 letters", "90 lines"])
def test_a_remark_longer_than_its_slip_goes_on_over_further_sheets_with_no_letter_lost(note: str) -> None:
    paper = examples.registration()
    remarked = replace(paper, answers=(*paper.answers[:-1], replace(paper.answers[-1], value=note)))
    pdf = registration_pdf(remarked)
    assert reading.astray(pdf) == []
    assert reading.words(pdf).count("改期" if "改期" in note else "到账") == (90 if "改期" in note else 160)


def test_a_list_repeats_its_head_and_keeps_its_total_and_every_row() -> None:
    paper = examples.listing(90)
    texts = reading.pages(listing_pdf(paper))
    assert len(texts) == 3
    assert all("滞纳金" in text for text in texts)
    said = "".join("".join(text.split()) for text in texts)
    assert all("".join(row.cells) in said for row in paper.rows)
    assert "合计62,147,475.004,095,000.0058,052,475.0012,981.15" in said
    assert "第3页共3页" in said


def test_a_list_too_wide_for_its_sheet_wraps_and_loses_nothing() -> None:
    columns = tuple(Column(f"第{at}列的名称") for at in range(14))
    cells = tuple(f"内容{at}" * 5 for at in range(14))
    paper = examples.listing(columns=columns, rows=(ListRow(cells),) * 3, totals=())
    pdf = listing_pdf(paper)
    assert reading.words(pdf).count("内") == 14 * 5 * 3
    assert reading.overlapping(list(reading.letters(pdf))) == []


def test_an_empty_list_still_says_what_it_is() -> None:
    said = reading.words(listing_pdf(examples.listing(rows=(), totals=())))
    assert "欠款明细" in said
    assert "应收日期" in said


def test_the_grid_prints_every_unit_with_number_letter_and_legend() -> None:
    paper = examples.grid(6)
    texts = reading.pages(grid_pdf(paper))
    assert len(texts) == 2
    said = "".join("".join(text.split()) for text in texts)
    for building in paper.buildings:
        assert building.name in said
        for floor in building.floors:
            for cell in floor.cells:
                assert cell.number in said
    assert all(all(entry.name in text for entry in paper.legend) for text in texts)


def test_a_building_is_not_split_over_pages_when_it_fits_on_one() -> None:
    texts = ["".join(text.split()) for text in reading.pages(grid_pdf(examples.grid(6)))]
    for at in range(1, 7):
        assert sum(f"{at}号楼" in text for text in texts) == 1


def test_a_building_larger_than_a_page_goes_on_with_its_name() -> None:
    cells = tuple(GridCell(column, f"{column}", "#BFE3C0", "#14532D", "售") for column in range(60))
    wide = GridBuilding("商业街", (GridStair("A区", 60),), tuple(GridFloor(str(at), cells) for at in range(90, 0, -1)))
    paper = replace(examples.grid(1), buildings=(wide,), size="A4")
    texts = ["".join(text.split()) for text in reading.pages(grid_pdf(paper))]
    assert len(texts) > 2
    assert all("商业街" in text for text in texts)
    assert all(any(str(column) in text for text in texts) for column in range(60))


def test_an_estate_without_buildings_is_one_page_with_its_title() -> None:
    texts = reading.pages(grid_pdf(replace(examples.grid(1), buildings=())))
    assert len(texts) == 1
    assert "销控表" in texts[0]
