"""What is proposed for a blank follows from how clauses are built, and what cannot be known is left open."""

from __future__ import annotations

import pytest

from salescenter.domain.papers.blanks import find_blanks
from salescenter.domain.papers.fields import FIELDS
from salescenter.domain.papers.guess_nearest import nearest
from salescenter.domain.papers.guess_table import GUESSES
from salescenter.domain.papers.guess_ways import CHOICES
from salescenter.domain.papers.guesses import HIGH, STRUCK, propose
from salescenter.domain.papers.needed_words import needed_words
from tests.domain.contract_form import FORM
from tests.domain.newcomer_form import newcomer_form

SMALL = ("拾万", "万", "仟", "佰", "拾", "元")
BOXES = "".join(f"__{place[0]}" for place in SMALL)


def tags(text: str) -> list[str]:
    return [one.tag for one in propose(text)]


def boxes(money: str) -> list[str]:
    return [f"{money}·{place}" for place in SMALL]


@pytest.mark.parametrize(
    "clause",
    [
        f"首批款于封顶时支付，为房价款的____%，计{BOXES}",
        f"第二期支付总价款的____%，金额____元（大写{BOXES}整）",
        f"接房时累计付到价款的____%，即{BOXES}",
        f"剩余款项为{BOXES}",
        f"逾期利息合计{BOXES}",
    ],
)
def test_a_part_of_the_price_is_never_taken_for_the_price(clause: str) -> None:
    assert {one for one in tags(f"第五条 付款\n{clause}。") if one.startswith(("总价", "定金", "贷款额"))} == set()


@pytest.mark.parametrize(
    ("clause", "right"),
    [
        (f"首付款为总价款的____%，即人民币____元（大写{BOXES}）", ["首付比例", "首付款", *boxes("首付款")]),
        (f"总价人民币____元。大写{BOXES}", ["总价", *boxes("总价")]),
        (f"除首付款外剩余房款____元（大写{BOXES}）", ["贷款额", *boxes("贷款额")]),
        ("房屋总价__佰__拾__亿__仟__佰__拾__万__元",
         [STRUCK, STRUCK, *(f"总价·{place}" for place in ("亿", "仟万", "佰万", "拾万", "万", "元"))]),
        ("总价为____元整（小写：____元）", ["总价大写", "总价"]),
        ("合计总价款____元人民币（大写）", ["总价大写"]),
        ("总价款为____元（大写：____）", ["总价", "总价大写"]),
        ("另付车库单价____元", [""]),
        ("单价（含装修价格）____元（大写：____）", ["单价", ""]),
        ("付定金____万元", [""]), ("付定金____美元", [""]),
    ],
)
def test_an_amount_is_told_by_its_name_and_by_what_stands_behind(clause: str, right: list[str]) -> None:
    assert tags(f"第五条 房款\n{clause}。") == right
    assert {one.partition("?")[0] for one in right} <= {*FIELDS, STRUCK, ""}


def test_an_amount_in_words_follows_the_figures_that_were_answered_before() -> None:
    assert tags(f"第五条 房款\n共{{{{定金}}}}元（大写____，即{BOXES}）")[0] == "定金大写"
    assert tags(f"第五条 总价\n总价{{{{~8}}}}元（大写{BOXES}）") == [""] * len(SMALL)


def test_what_is_asked_below_two_parties_side_by_side_is_not_sure() -> None:
    made = propose("甲方：____　乙方：____\n联系电话：____　联系电话：____\n第一条 其他\n")
    assert [one.sure >= HIGH for one in made] == [True, True, False, False]


def test_what_stands_below_the_bare_title_of_a_way_counts_only_when_that_way_was_chosen() -> None:
    text = "第五条 付款方式\n1、一次性付款\n应于____年__月__日前付清。\n2、按揭付款\n首付款____元，其余\n____。\n"
    assert tags(text) == ["付清日期?付款方式=一次性", "首付款?付款方式=贷款", ""]


def test_a_sentence_that_goes_on_in_the_next_line_keeps_its_condition() -> None:
    text = "第五条 计价方式\n1、按建筑面积计价，单价____元\n总金额____元；\n双方另约定总金额____元。"
    assert tags(text) == ["单价?按建面计价", "总价?按建面计价", "总价"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("（1）一次性付款□\n（2）分期付款□\n（3）按揭付款□", ["一次性", "分期", "贷款"]),
        ("一次性付款□　分期付款□　按揭付款□", ["一次性", "分期", "贷款"]),
        ("□一次性付款　□分期付款　□按揭付款", ["一次性", "分期", "贷款"]),
        ("付款方式：□一次性付款　□分期付款　□____", ["一次性", "分期"]),
    ],
)
def test_a_mark_belongs_to_the_words_it_stands_beside(text: str, right: list[str]) -> None:
    assert [one for one in tags(text) if one] == [f"?付款方式={way}" for way in right]


def test_a_choice_is_told_by_the_whole_of_its_words() -> None:
    assert tags("以【出让】【划拨】方式") == ["?土地取得方式=出让", "?土地取得方式=划拨"]
    assert tags("【出让合同编号】【划拨文件编号】为____") == ["", "", ""]


def test_a_paper_without_articles_has_numbered_paragraphs_instead() -> None:
    spoken = "甲方：____\n电话：____\n一、房屋：____号楼____室\n二、付款方式：按下列第____种方式付款\n电话另告：____\n"
    assert tags(spoken)[2:] == ["幢号", "房间号", "付款方式序号", ""]
    assert tags(spoken.replace("一、", "1.").replace("二、", "2.")) == tags(spoken)


@pytest.mark.parametrize(
    ("head", "right"),
    [
        ("甲方：____　乙方：____\n证件号码：____", ["出卖人", "买受人姓名", "买受人证件号码"]),
        ("出卖方：____\n购买方：____\n住址：____", ["出卖人", "买受人姓名", "买受人住址"]),
        ("订购人：____　住址：____", ["买受人姓名", "买受人住址"]),
        ("甲方：____\n委托代理人：____　地址：____\n邮编：____　电话：____",
         ["出卖人", "出卖人代理人", "", "", "出卖人代理人电话"]),
        ("甲方：{{出卖人}}　委托代理人：____　电话：____", ["出卖人代理人", "出卖人代理人电话"]),
        ("出卖人：____\n买受人：____\n营业执照注册号：____", ["出卖人", "买受人姓名", ""]),
        ("甲方：____\n地 址：____　邮 码：____", ["出卖人", "出卖人地址", "出卖人邮编"]),
        ("丙方（经纪机构）：____\n地址：____", ["经纪机构", "经纪机构地址"]),
    ],
)  # fmt: skip
def test_particulars_are_asked_of_the_party_named_before_them(head: str, right: list[str]) -> None:
    assert tags(f"{head}\n第一条 其他\n") == right


def test_the_second_rate_is_the_one_that_may_not_be_lower() -> None:
    late = "逾期不超过____天，付万分之____；超过____天不解除的，付万分之____（该比率不低于前项）"
    assert tags(f"第七条 买方未按约定的时间付款\n{late}") == [
        "逾期付款日数", "逾期付款万分率", "逾期付款日数", "继续履行万分率",
    ]  # fmt: skip
    assert tags(f"第八条 卖方逾期交房\n{late}")[1::2] == ["逾期交付万分率", "逾期交付继续万分率"]


def test_a_penalty_is_one_of_ending_the_contract_only_where_it_ends() -> None:
    text = "第七条 逾期付款的处理\n1、解除合同，付总价的____%；\n2、付已付款的____%，合同继续履行。"
    assert [one.tag for one in propose(text) if one.sure >= HIGH] == ["解除违约金率"]


@pytest.mark.parametrize("text", ["该楼位于____区____路____号", "经____局同意", "该铺面位于____", "房款存入____银行的账号____", "卖方（签章）：____"])
def test_half_of_an_address_a_place_to_sign_and_an_unnamed_account_are_left_open(text: str) -> None:
    assert [one.tag for one in propose(f"第二条 其他\n{text}") if one.sure >= HIGH] == []


def test_the_day_below_the_signatures_is_the_day_of_signing() -> None:
    assert tags("第九条 其他\n甲方（签字）：　　　　乙方（签字）：\n____年__月__日　　　　____年__月__日\n") == ["签订日期"] * 2


def test_a_letter_of_subscription_has_its_own_copies_and_days() -> None:
    text = "一、签约\n乙方应自签署认购书之日起____日内签订合同。\n二、本认购书一式____份，甲方执____份，乙方执____份。"
    assert tags(text) == ["认购签约日数", "认购书份数", "认购书甲方份数", "认购书乙方份数"]
    assert tags("一、定金\n认购人在签订认购书之日起____日内支付定金____元") == ["", "定金"]


def test_of_a_whole_form_nobody_has_seen_nothing_sure_is_wrong_and_hardly_anything_is_missing() -> None:
    text, right = newcomer_form()
    made = propose(text)
    assert len(made) == len(right) > 350
    answered = [(one, tag) for one, tag in zip(made, right, strict=True) if tag]
    assert [(one.tag, tag) for one, tag in zip(made, right, strict=True) if one.sure >= HIGH and one.tag != tag] == []
    assert sum(one.tag == tag for one, tag in answered) / len(answered) > 0.97
    assert sum(one.sure >= HIGH for one, _ in answered) / len(answered) > 0.8


def test_a_cell_of_a_table_is_told_by_the_head_of_its_column_and_only_in_the_first_row() -> None:
    head = "第三条 房屋\n楼号　房号　建筑面积　总价　备注\n"
    assert tags(f"{head}____　____　____　____　____\n____　____　____　____　____\n") == [
        "幢号", "房号", "建筑面积", "总价", "", *[""] * 5,
    ]  # fmt: skip
    assert tags("第三条 房屋\n单价　总价\n____　____\n") == ["单价", "总价"]
    assert tags("第三条 房屋\n户型　三室\n朝向　____\n") == ["朝向"]  # a label and its blank are no table


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("第三条 房屋\n房号：\n套内建筑面积：\n户型：　　朝向：\n", ["房号", "套内面积", "户型", "朝向"]),
        ("第二条 依据\n商品房预售许可证号：\n土地使用权证号：\n", ["预售许可证", "土地证号"]),
        ("甲方：____\n法定代表人姓名：\n房地产开发资质证书编号：\n", ["出卖人", "法定代表人", "资质证书"]),
        ("第五条 付款方式：\n双方约定如下：\n", []),
    ],
)
def test_a_label_with_nothing_behind_it_is_asked_too(text: str, right: list[str]) -> None:
    assert tags(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "第四条 违约\n甲方付相当于总房价款____%的赔偿金。",
        "第四条 定金\n乙方于____年__月__日向甲方交付定金。",
        "第四条 配套设施\n物业用房建成后建筑面积____平方米。",
        "第四条 登记\n在交付之日起____日内完成首次登记。",
        "第四条 逾期交付\n解除合同的，甲方按年利率____%付息。",
        "第四条 价款\n甲、总价____元；\n乙、总价____元。",
        "第四条 该地块\n土地来自划拨，地上房屋用途为____。",
        "第四条 其他\n登记机关留存一份，贷款银行____份。",
    ],
)
def test_what_another_unit_counts_or_another_article_asks_is_never_sure(text: str) -> None:
    assert [one.tag for one in propose(text) if one.sure >= HIGH] == []


def test_a_way_begins_with_a_letter_as_with_a_number() -> None:
    text = "第4条 房价\n采用第____种计价：\nA. 按建筑面积，总价____元；\nB. 按套内面积，总价____元。"
    assert tags(text) == ["计价方式序号·建面先", "总价?按建面计价", "总价?按套内计价"]


def test_no_row_is_passed_over_that_would_fit() -> None:
    text = FORM + newcomer_form()[0]
    for row in (*GUESSES, *CHOICES):
        asked = text.replace("____", "▮")
        needed = needed_words(row.around.pattern)
        assert all(not needed or any(word in found[0] for word in needed) for found in row.around.finditer(asked))


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("总价[：\\s]*▮", {"总价"}), ("(?:建设)?规划(?:编?号码?)", {"规划"}), ("(?:定金|首付款)▮", {"定金", "首付款"}),
        ("付清+房款", {"付清", "房款"}), ("甲乙{0,2}丙丁", {"丙丁"}), ("(?<!套内)面积(?!差)", {"面积"}), ("▮(?:元)?", set()),
        ("单价|[总全]价", {"单价", "价"}), ("单价|▮", set()),
    ],
)  # fmt: skip
def test_a_row_is_tried_only_where_one_of_its_words_stands(pattern: str, needed: set[str]) -> None:
    assert needed_words(pattern) <= needed
    assert bool(needed_words(pattern)) is bool(needed)


def test_an_amount_asked_of_two_ways_nobody_understands_is_offered_and_not_proposed() -> None:
    made = propose("第三条 价款\n甲法：总价款____元；\n乙法：总价款____元。")
    assert [(one.tag, one.others) for one in made] == [("", ("总价",))] * 2


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("五、买方晚付钱怎么办\n每晚一日，付万分之____的违约金。\n", "逾期付款万分率"),
        ("七、卖方晚交房怎么办\n每晚一日，付万分之____的违约金。\n", "逾期交付万分率"),
        ("三、多少钱\n1．套内面积单价____元\n2．建筑面积单价每平方米8元\n", "单价?按套内计价"),
        ("九、其他\n每晚一日，付万分之____的违约金。\n", ""),
    ],
)
def test_an_article_headed_in_everyday_words_is_about_what_they_mean(text: str, right: str) -> None:
    assert propose(text)[0].tag == right


def test_nothing_is_offered_for_a_choice_and_nothing_of_another_party_or_unit() -> None:
    text = "乙方：____\n电话____\n【是】【否】\n第一条 土地\n土地面积____份\n____年__月__日使用到期\n"
    blanks = find_blanks(text)
    assert all(tag.startswith("买受人") for tag in nearest(text, blanks[1], 9))
    assert nearest(text, blanks[2], 9) == ()
    assert all(tag.endswith("份数") for tag in nearest(text, blanks[4], 9))
    assert "土地终止日期" in nearest(text, blanks[5], 9)


def test_a_party_is_whoever_the_form_says_it_calls_by_that_name() -> None:
    made = propose("权益出让者（以下称“甲方”）：____\n地址：____\n权益接手者（下称乙方）：____\n电话：____\n")
    assert [one.tag for one in made] == ["出卖人", "出卖人地址", "买受人姓名", "买受人电话"]
