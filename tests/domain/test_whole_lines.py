"""A text copied from pages gets its sentences back; what was written line by line stays so."""

from __future__ import annotations

import pytest

from salescenter.domain.papers.form_tables import tables_parted
from salescenter.domain.papers.whole_lines import whole_lines
from tests.domain.city_forms.reading import lined_up, on_pages
from tests.domain.newcomer_form import newcomer_form

BROKEN = "买受人应当在约定的日期之前把全部房价款付入监管账\n户，逾期的按日支付违约金。\n" * 5


def test_a_sentence_that_the_page_broke_is_one_line_again() -> None:
    assert whole_lines(BROKEN).splitlines() == ["买受人应当在约定的日期之前把全部房价款付入监管账户，逾期的按日支付违约金。"] * 5


@pytest.mark.parametrize("below", ["第二条　付款", "1.一次付清", "（二）分期", "电话：____", "附件一　平面图", "□出让", "", "　　另起一段"])
def test_what_begins_anew_stays_a_line_of_its_own(below: str) -> None:
    above = "买受人应当在约定的日期之前把全部房价款付入监管账"
    assert f"{above}\n{below}\n" in whole_lines(f"{BROKEN}{above}\n{below}\n")


def test_latin_words_broken_by_the_page_stay_two_words() -> None:
    text = "the buyer pays the whole price in time\nand nobody waits for it.\n" * 5
    assert whole_lines(text) == "the buyer pays the whole price in time and nobody waits for it.\n" * 5


@pytest.mark.parametrize("text", [lined_up()[0], lined_up("linjiang")[0], newcomer_form()[0], "短行\n" * 20, ""])
def test_a_text_in_lines_of_its_own_is_left_alone(text: str) -> None:
    assert whole_lines(text) == text


def test_the_rows_of_a_table_stay_rows() -> None:
    rows = "一二三四五六七八九十一二三四五\t一二三四五六七八九十\n" * 9
    assert whole_lines(rows) == rows


def test_a_form_of_pages_has_each_article_in_one_line() -> None:
    lines = whole_lines(on_pages()[0]).splitlines()
    assert sum(line.startswith("第") and line.endswith("。") for line in lines) == 17
    assert not any(line.endswith("，") for line in lines)


def test_a_table_copied_from_pages_gets_its_cells_parted() -> None:
    copied = "附件一 装修\n部位 标准 备注\n外墙 ＿＿＿　____\n电梯  八人  ______\n完。"
    assert tables_parted(copied) == "附件一 装修\n部位\t标准\t备注\n外墙\t＿＿＿\t____\n电梯\t八人\t______\n完。"


def test_what_is_no_table_keeps_its_gaps() -> None:
    for text in (
        "第三条　计价　方式\n第四条　付款　方式",             # headings: nothing to fill in
        "甲方　____　乙方\n日期　____　日期",                 # no head: blanks from the first line on
        "姓名　电话\n______　______",                         # two cells may be anything
        "一 二 三\n出卖人：___ 买受人：___ 日期：___",         # labels
    ):
        assert tables_parted(text) == text
