"""Bringing a city's contract form: its blanks are found in every style, and most are proposed for rightly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.papers.blanks import Style, find_blanks, put_in
from salescenter.domain.papers.contract import template_faults
from salescenter.domain.papers.fields import BLOCKS, FIELDS, field_values
from salescenter.domain.papers.guess_rows import NOBODY
from salescenter.domain.papers.guess_table import GUESSES
from salescenter.domain.papers.guess_ways import CHOICES, NEVER, WHENS
from salescenter.domain.papers.guesses import BY_HAND, HIGH, propose, tagged
from salescenter.domain.templates import fill, read_template
from salescenter.tour.city_form import city_form
from tests.domain.contract_form import FORM, RIGHT
from tests.print.examples import terms

PIECES = ("____", "＿＿＿", "_   _", "【　】", "【甲】【乙】", "□", "（　　）", "总价 ￥", "客户1", "A13佰", "    ", "\n", "年", "月",
          "日", "元整", "大写", "总价", "{{总价}}", "__亿__仟__佰__拾__万", "第五条　计价方式", "。", "买受人：", "─", "_", "〔甲〕〔乙〕", "附件四　付款方式", "按照 ")  # fmt: skip
LETTERS = st.text(st.characters(exclude_characters="\0"), max_size=4)
texts = st.lists(st.sampled_from(PIECES) | LETTERS, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "style", "spans"),
    [
        ("编号：____。", Style.RULED, [(3, 7)]),
        ("编号：＿＿＿＿。", Style.RULED, [(3, 7)]),
        ("编号：_　　　_。", Style.RULED, [(3, 8)]),
        ("于____年__月__日前", Style.DATE, [(1, 12)]),
        ("按下列第【　】种", Style.BRACKET, [(5, 6)]),
        ("以【出让】【划拨】方式", Style.NAMED, [(2, 4), (6, 8)]),
        ("□分期 □贷款", Style.TICK, [(0, 1), (4, 5)]),
        ("由（　　　）设计", Style.SPACED, [(2, 5)]),
        ("本合同一式      份，双方各执", Style.SPACED, [(5, 11)]),
        ("总价 ￥\n", Style.MONEY, [(4, 4)]),
        ("客户1 签名", Style.TOKEN, [(0, 3)]),
        ("A13佰", Style.TOKEN, [(0, 3)]),
        ("上浮─────个点", Style.RULED, [(2, 7)]),
        ("经办：_，复核：_", Style.RULED, [(3, 4), (8, 9)]),
        ("铺面是〔临街〕〔内院〕的", Style.NAMED, [(4, 6), (8, 10)]),
        ("请选［　］项", Style.BRACKET, [(3, 4)]),
        ("试用期自年月日起", Style.DATE, [(4, 7)]),
        ("定于 年 月 日开放", Style.DATE, [(2, 8)]),
        ("改按第 种办法", Style.SPACED, [(3, 4)]),
        ("补偿万分之 的差额", Style.SPACED, [(5, 6)]),
        ("折扣为百分之( )", Style.SPACED, [(7, 8)]),
        ("联系电话：\n", Style.LABEL, [(5, 5)]),
        ("邮编： 联系电话：\n", Style.LABEL, [(3, 3), (9, 9)]),
        ("（合同编号： ）", Style.LABEL, [(6, 6)]),
    ],
)
def test_each_style_of_blank_is_found_at_its_place(text: str, style: Style, spans: list[tuple[int, int]]) -> None:
    found = find_blanks(text)
    assert [one.style for one in found] == [style] * len(spans)
    if style is Style.NAMED:
        spans = [(start, start) for start, _ in spans]
    assert [(one.start, one.end) for one in found] == spans


@pytest.mark.parametrize("text", ["请写出生年月日", "见form_a.txt", "在【　】中选定的一项", "依〔2019〕7号文",
                                  "卖方（盖章）：　　　　　买方（盖章）：", "B-7　　　　　　合同页数：两页", "【重要提示】请先阅读", "说    明", "{{总价}}和【{{?抵押}}】", "A4纸打印", "2026年3月2日"])
def test_what_is_no_blank_is_left_alone(text: str) -> None:
    assert find_blanks(text) == ()


def test_each_digit_box_knows_its_place() -> None:
    found = find_blanks("__仟__佰__拾__亿__仟__佰__拾__万__千__百__十__圆__角__分")
    said = [one.place for one in found]
    assert said == ["仟亿", "佰亿", "拾亿", "亿", "仟万", "佰万", "拾万", "万", "仟", "佰", "拾", "元", "角", "分"]


@given(texts)
def test_filling_blanks_changes_no_other_letter(text: str) -> None:
    blanks = find_blanks(text)
    ends = (0, *(one.end for one in blanks))
    starts = (*(one.start for one in blanks), len(text))
    outside = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    assert put_in(text, [(one, "\0") for one in blanks]).split("\0") == outside
    assert put_in(text, [(one, text[one.start:one.end]) for one in blanks]) == text


@given(texts)
def test_a_text_with_all_proposals_in_it_is_a_template_that_can_be_read(text: str) -> None:
    if template_faults(text):
        return
    made = put_in(text, [(one.blank, one.text) for one in propose(text) if one.tag])
    assert template_faults(made) == ()


def test_four_fifths_of_a_form_are_proposed_rightly_and_none_wrongly_with_confidence() -> None:
    made = propose(FORM)
    assert {one.blank.style for one in made} == set(Style)
    assert len(made) == len(RIGHT)
    wrong = [(one, right) for one, right in zip(made, RIGHT, strict=True) if (one.tag or "-") != right]
    assert len(wrong) <= len(made) // 5
    assert [one for one, _ in wrong if one.sure >= HIGH] == []


def test_every_blank_of_a_form_of_many_is_found() -> None:
    assert len(propose(FORM * 3)) == 3 * len(RIGHT)


def test_the_table_names_only_fields_there_are() -> None:
    for guess in (*GUESSES, *CHOICES):
        assert guess.tag.lstrip("?!").partition("=")[0] in {*FIELDS, *(f"@{block}" for block in BLOCKS), NOBODY}
    assert {condition.partition("=")[0] for *_, condition in WHENS} <= {*FIELDS, NEVER}


def test_a_form_with_its_proposals_prints_the_deal() -> None:
    about = terms()
    made = put_in(FORM, [(one.blank, one.text) for one in propose(FORM) if one.tag])
    assert template_faults(made) == ()
    said = "\n".join(line.text for line in fill(read_template(made), field_values(about)))
    assert about.price.words in said
    assert "元整元整" not in said
    assert "分元整" not in said
    assert about.buyers[0].id_number in said


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("第六条 计价方式与价款\n总价款为____（币种）____元（大写____元整）", ["币种", "总价", "总价大写"]),
        ("本认购书一式____份，乙方____份", ["认购书份数", "认购书乙方份数"]),
        ("定金人民币__拾__万__仟__佰__拾__元整（小写：￥____元）",
         [*(f"定金·{one}" for one in ("拾万", "万", "仟", "佰", "拾", "元")), "定金"]),
        ("第八条 逾期付款责任\n不解除合同的，按日支付万分之____", ["继续履行万分率"]),
        ("出卖人：____\n买受人：____\n当事人的情况\n甲方（出卖人）：____\n买受人：____\n国籍：____ 联系电话：____",
         ["出卖人", "买受人姓名", "出卖人", "买受人姓名", "买受人国籍", "买受人电话"]),
        ("买受人：____\n国籍：____\n【法定代理人】【委托代理人】：____\n国籍：____　联系电话：____",
         ["买受人姓名", "买受人国籍", "", "", "买受人代理人", "", "买受人代理人电话"]),
        ("第六条 价款\n总价款（不含装修）为____（币种）____元（大写____元整）。装修总价____元（大写____元整）",
         ["币种", "总价", "总价大写", "装修价款", "装修价款大写"]),
        ("第六条 价款\n装修价格按每平方米____元计", [""]),
        ("第六条 计价方式\n5．按照____计算的，总价款为____元", ["~0", "~0"]),
        ("第六条 价款\n单价为（____币）每平方米____元", ["币名", "单价"]),
        ("第六条 价款\n总价款暂定为人民币____元。\n（大写）：____", ["总价", "总价大写"]),
        ("第五条 面积\n以〔建筑面积〕〔套内建筑面积〕为准", ["?按建面计价", "?按套内计价"]),
        ("合同各附件共____页，一式____份", ["", "合同份数"]),
        ("附件四　付款方式的约定\n____________\n____________", ["@付款计划", ""]),
        ("第三条 购买____的第____栋____座____号房，位于____层", ["项目名称", "幢号", "", "房间号", "层"]),
        ("第二条 《房地产预售许可证》号为____", ["预售许可证"]),
        ("第一条 用地\n该地块【____】为：____，土地使用面积为：____", ["", "土地证号", "土地面积"]),
        ("卖方：____\n代理人：____ 地址：____", ["出卖人", "出卖人代理人", ""]),
    ],
)
def test_forms_of_other_houses_are_understood(text: str, tags: list[str]) -> None:
    assert [one.tag for one in propose(text)] == tags


def test_answering_one_blank_after_the_other_comes_to_an_end() -> None:
    text = FORM
    for left in range(len(RIGHT), 0, -1):
        made = propose(text)
        assert len(made) == left
        text = put_in(text, [(made[0].blank, tagged(made[0].tag or BY_HAND))])
    assert propose(text) == ()
    assert template_faults(text) == ()


def test_half_of_a_long_form_is_proposed_and_each_buyer_has_a_place_of_their_own() -> None:
    made = propose(city_form())
    assert len(made) > 330
    known = [one for one in made if one.tag]
    assert len(known) > len(made) // 2
    assert {"买受人1·姓名", "买受人2·证件号码", "出卖人代理人电话", "总价·仟万"} <= {one.tag for one in known}


@pytest.mark.parametrize(
    "text", ["期次　　　金额　　　日期　　　备注\n", "四、合同中【　】内的事项供双方选择\n", "说　　　明\n"]
)
def test_the_head_of_a_table_and_words_about_blanks_are_none(text: str) -> None:
    assert find_blanks(text) == ()


@pytest.mark.parametrize(
    ("ways", "tag", "is_sure"),
    [
        ("1、按套内面积；\n2、按建筑面积", "计价方式序号", True),
        ("1、按建筑面积；\n2、按套内面积；\n3、按套", "计价方式序号·建面先", True),
        ("1、按套内面积：\n（1）含阳台；\n____。\n2、按建筑面积", "计价方式序号", True),
        ("（1）双方商定；\n（2）按比例结算", "", False),
        ("详见附件。", "计价方式序号", False),
    ],
)
def test_the_number_of_a_way_is_sure_only_in_the_order_the_form_lists_them(ways: str, tag: str, is_sure: bool) -> None:
    made = propose(f"第六条　计价方式\n按下列第____种方式计价：\n{ways}\n")[0]
    assert (made.tag, made.sure >= HIGH) == (tag, is_sure)


def test_a_form_that_begins_with_the_gross_area_and_arbitration_prints_its_own_numbers() -> None:
    about = terms()
    said = fill(read_template("{{计价方式序号}}{{计价方式序号·建面先}}{{争议方式序号·仲裁先}}"), field_values(about))[0].text
    assert said == {"套内建筑面积": "122", "建筑面积": "212", "套": "332"}[str(field_values(about)["计价基础"])]


def test_columns_that_stood_between_two_blanks_are_none_when_these_are_answered() -> None:
    text = "甲方：____　　　　乙方：____"
    assert len(find_blanks(text)) == 2
    assert find_blanks(put_in(text, [(one, "{{出卖人}}") for one in find_blanks(text)])) == ()
    assert len(find_blanks("{{出卖人}}　　　　乙方：____")) == 1


def test_what_a_party_is_asked_twice_is_not_sure_the_second_time() -> None:
    text = "卖方：____\n地址：____\n营业地址：____\n买方：____\n地址：____\n"
    assert [(one.tag, one.sure >= HIGH) for one in propose(text) if one.tag.endswith(("地址", "住址"))] == [
        ("出卖人地址", True), ("出卖人地址", False), ("买受人住址", True),
    ]  # fmt: skip
