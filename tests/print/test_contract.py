"""A contract is its template filled: every article there, blanks struck, choices ticked, schedule equal to the price."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from salescenter.domain.amounts_in_words import in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.deal import Terms
from salescenter.domain.templates import Said
from salescenter.domain.units import PriceBasis
from salescenter.print.contract import contract_pdf
from salescenter.print.page import MM
from salescenter.print.subscription import subscription_pdf
from salescenter.print.template_text import template_blocks
from salescenter.print.text import ARTICLE, BODY, TITLE, paragraph
from tests.print import examples, reading

NUMBERS = "一二三四五六七八九十"


def _said(about: Terms | None = None, template: str = "contract_presale") -> str:
    return reading.words(contract_pdf(examples.contract(about=about, template=examples.template(template))))


@pytest.mark.parametrize(("template", "chapters", "articles"), [("contract_presale", 10, 29), ("contract_completed", 8, 26)])
def test_all_chapters_articles_and_annexes_are_there_in_order(template: str, chapters: int, articles: int) -> None:
    lines = [line.strip() for text in reading.pages(
        contract_pdf(examples.contract(template=examples.template(template)))) for line in text.splitlines()]
    assert len([line for line in lines if re.fullmatch(rf"第[{NUMBERS}]+章　?.{{2,30}}", line)]) == chapters
    found = [line for line in lines if re.fullmatch(rf"第[{NUMBERS}]+条　.{{2,30}}", line)]
    assert len(found) == articles
    assert len([line for line in lines if re.match(rf"附件[{NUMBERS}]+　", line)]) == 11


def test_a_contract_is_about_fifteen_pages_that_know_their_number() -> None:
    texts = ["".join(text.split()) for text in reading.pages(contract_pdf(examples.contract()))]
    assert 14 <= len(texts) <= 17
    for at, text in enumerate(texts[1:], start=2):
        assert text.endswith(f"第{at}页共{len(texts)}页")
        assert "合同编号：HT2026-0123" in text


def test_the_law_cited_is_the_civil_code() -> None:
    for template in ("contract_presale", "contract_completed"):
        said = _said(template=template)
        assert "中华人民共和国民法典" in said
        assert not re.search("合同法|物权法", said)


def test_the_facts_of_the_deal_are_filled_in() -> None:
    said = _said()
    for part in (
        "出卖人：云栖置业有限公司", "买受人（1）：欧阳䶮", "买受人（2）：𬭚小明", "证件号码：33010119900307663X",
        "预售许可证号为临房预许字（2025）第018号", "预测建筑面积共107.62平方米", "总价款为2,340,482.00元",
        "大写人民币贰佰叁拾肆万零肆佰捌拾贰元整", "买受人应当于2026年3月3日之前支付首期房价款710,482.00元", "交付的最后期限是2027年6月30日",
    ):
        assert part in said, part


def test_choices_are_ticked_and_what_was_not_chosen_is_struck() -> None:
    said = _said()
    assert "【√】贷款方式付款：【×】公积金贷款【√】商业贷款【×】组合贷款" in said
    assert "【×】一次性付款。买受人应当在×之前支付" in said
    assert "4．其他方式：×。" in said
    assert "______" not in said
    assert "{{" not in said


def test_the_schedule_is_a_table_whose_sum_is_the_price() -> None:
    said = _said()
    assert "期次款项金额（元）应付日期或条件说明" in said
    assert "1定金20,000.002026年2月24日签约时抵作房款" in said
    assert "3商业贷款1,630,000.00银行放款工商银行" in said
    assert "合计2,340,482.00大写人民币贰佰叁拾肆万零肆佰捌拾贰元整" in said


def test_yuan_that_the_form_prints_is_not_said_twice() -> None:
    total = Money.yuan("2340482.05")
    base = examples.terms()
    text = "# 约定\n总价大写人民币{{总价大写}}元整。\n定金大写{{定金大写}}元。"
    about = replace(base, price=replace(base.price, total=total, words=in_words(total)))
    said = reading.words(contract_pdf(examples.contract(about=about, template=text)))
    assert "总价大写人民币贰佰叁拾肆万零肆佰捌拾贰元零伍分。" in said
    assert "定金大写贰万元整。" in said


@pytest.mark.parametrize(("basis", "choice"), [(PriceBasis.INNER, "1"), (PriceBasis.GROSS, "2"), (PriceBasis.LUMP, "3")])
def test_the_pricing_basis_chooses_its_line_and_the_rule_for_the_area(basis: PriceBasis, choice: str) -> None:
    base = examples.terms()
    said = _said(replace(base, price=replace(base.price, basis=basis)))
    assert f"按照下列第{choice}种方式计算该商品房的价款" in said
    assert f"按照下列第{choice}种办法处理" in said
    assert said.count("总价款为2,340,482.00元") == 1


def test_four_buyers_are_named_and_each_has_a_place_to_sign() -> None:
    said = _said(examples.terms(4))
    for at, buyer in enumerate(examples.BUYERS, start=1):
        assert f"买受人（{at}）：{buyer.name}" in said
        assert f"买受人（签字或盖章）：（{at}）" in said
    assert "委托代理人或者法定代理人：欧阳䶮" in said


def test_the_places_to_sign_stand_together_on_one_page() -> None:
    for buyers in (1, 2, 4):
        texts = ["".join(text.split()) for text in reading.pages(contract_pdf(examples.contract(about=examples.terms(buyers))))]
        (page,) = [text for text in texts if "法定代表人（签字或盖章）" in text]
        assert page.count("签订时间") == 2
        assert page.count("买受人（签字或盖章）") == buyers


@pytest.mark.parametrize("lines", range(0, 60, 4))
def test_nobody_signs_a_page_that_says_nothing(lines: int) -> None:
    text = "说了话。\n" * lines + "字" * 300 + "\n{{@签署}}"
    paper = examples.contract(about=examples.terms(4), template=text)
    (page,) = [page for page in reading.pages(contract_pdf(paper)) if "签订时间" in page]
    assert "字字字" in page


def test_the_text_keeps_the_margins_of_the_page() -> None:
    pdf = contract_pdf(examples.contract())
    width, _ = reading.size(pdf)
    for page in range(1, len(reading.pages(pdf))):
        for letter in reading.letters(pdf, page):
            assert letter.left > 28 * MM - 1, (page, letter)
            assert letter.right < width - 26 * MM + 1, (page, letter)


def test_a_draft_is_marked_on_each_page() -> None:
    texts = reading.pages(contract_pdf(examples.contract(draft=True)))
    assert all("草签" in "".join(text.split()) for text in texts)


def test_a_field_the_law_needs_is_reported_when_it_is_empty() -> None:
    whole = examples.contract()
    assert whole.left_empty() == ()
    terms = examples.terms()
    poor = replace(terms, buyers=(replace(terms.buyers[0], id_number=""),), estate=replace(terms.estate, presale_permit=""))
    assert examples.contract(about=poor).left_empty() == ("证件号码", "预售许可证")


def test_a_subscription_tells_its_story_in_words_and_boxes() -> None:
    said = reading.words(subscription_pdf(examples.subscription(about=examples.terms(4))))
    for part in (
        "商品房认购书", "编号：RG2026-0123", "第四百九十五条", "欧阳䶮", "囍囡", "阿卜杜拉·买买提", "3号楼1单元1201",
        "总价款为2,340,482.00元", "大写人民币贰佰叁拾肆万零肆佰捌拾贰元整", "亿¥仟贰佰叁拾肆万零仟肆佰捌拾贰元零角零分",
        "佰¥拾贰万零仟零佰零拾零元零角零分", "即在2026年3月3日之前", "双倍返还定金", "置业顾问：王小明", "认购人共4人",
    ):
        assert part in said, part


def test_a_line_for_the_pen_is_kept_where_nothing_else_stands_in_its_line() -> None:
    plain, lined = (contract_pdf(examples.contract(template=text)) for text in ("甲\n乙", "甲\n{{~9}}\n{{~9}}。\n乙"))
    assert reading.drawn(lined).count("path") == reading.drawn(plain).count("path") + 2


def test_the_mark_of_a_draft_covers_no_line_to_write_on() -> None:
    paper = examples.contract(template="{{~9}}\n", draft=True)
    assert reading.drawn(contract_pdf(paper))[:2] == ["text", "path"]


def test_the_day_of_signing_is_left_to_the_pen_until_somebody_signed() -> None:
    about = replace(examples.contract().terms, signed=None)
    said = reading.words(contract_pdf(examples.contract(about=about, template="签于{{签订日期}}，正本{{合同份数}}份")))
    assert said.startswith("签于年月日，正本4份")


def test_a_pasted_title_and_an_article_that_ends_with_a_stop_are_set_as_such() -> None:
    lines = ("江城市商品房买卖合同（预售）", "第三条　铺面的朝向。", "第三条规定的铺面不朝北。")
    made = list(template_blocks(map(Said, lines), {}, 400, BODY))[1:]
    assert made == [paragraph(line, style, 400) for line, style in zip(lines, (TITLE, ARTICLE, BODY), strict=True)]


@pytest.mark.parametrize("title", ["临江市商品房预售合同书", "商品房买卖合同（预售）", "云州市商品房认购协议"])
def test_a_forms_own_name_stands_as_its_title(title: str) -> None:
    assert list(template_blocks([Said(title)], {}, 400, BODY))[1] == paragraph(title, TITLE, 400)
