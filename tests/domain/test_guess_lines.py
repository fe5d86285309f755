"""What is asked line by line is proposed for the one in its line, and what only looks like it is not."""

from __future__ import annotations

import pytest

from salescenter.domain.papers.guesses import propose

PAY, PLEDGED = "第七条　付款方式\n", "第四条　抵押情况\n"


def tags(text: str) -> list[str]:
    return [one.tag for one in propose(text)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (PAY + "第一期____元（大写____），____年__月__日前付；第二期____元。\n",
         ["付款期1·金额", "付款期1·大写", "付款期1·日期", "付款期2·金额"]),
        (PAY + "第12期：应付金额____元，占____%\n", ["付款期12·金额", "付款期12·比例"]),
        (PAY + "第13期：应付金额____元\n", [""]),
        (PAY + "2.分期付款：\n第一期____元\n", ["付款期1·金额?付款方式=分期"]),
        (PAY + "第二次付款于【　】年【　】月前，计____元\n", ["付款期2·日期·年", "付款期2·日期·月", "付款期2·金额"]),
        (PAY + "第二期____元，尾款____元\n", ["付款期2·金额", ""]),
        ("第一条　项目依据\n本项目第一期工程建筑面积____平方米，第二期用地____平方米\n", ["建筑面积", ""]),
        (PLEDGED + "抵押权人：____，登记机构：____\n", ["抵押情况·抵押权人", "抵押情况·登记机构"]),
        (PLEDGED + "抵押权人：____\n抵押权人：____\n抵押权人：____\n", ["抵押情况1·抵押权人", "抵押情况2·抵押权人", ""]),
        ("第四条　担保\n抵押权人：____\n", [""]),
        ("第二条　共有\n买受人一占____，买受人二的份额为____\n", ["买受人1·份额", "买受人2·份额"]),
    ],
)  # fmt: skip
def test_a_line_is_of_the_one_it_names(text: str, right: list[str]) -> None:
    assert tags(text) == right


@pytest.mark.parametrize(
    ("table", "right"),
    [
        ("姓名　证件号码　份额\n____　____　____\n____　____　____\n",
         [f"买受人{seat}·{name}" for seat in (1, 2) for name in ("姓名", "证件号码", "份额")]),
        ("姓名　证件号码　份额\n____　____　____\n", ["买受人姓名", "买受人证件号码", "买受人份额"]),
        ("姓名　证件号码\n" + "____　____\n" * 5,
         [*(f"买受人{seat}·{name}" for seat in range(1, 5) for name in ("姓名", "证件号码")), "", ""]),
        ("期次　金额　备注\n一　____　____\n二　____　____\n", ["付款期1·金额", "", "付款期2·金额", ""]),
        ("设施　品牌　数量\n电梯　____　____\n水泵　____　____\n", [""] * 4),
        ("序号　部位　标准\n1　门窗　____\n2　电梯　____\n", ["门窗标准", "电梯标准"]),
    ],
)  # fmt: skip
def test_a_row_is_of_the_one_it_counts(table: str, right: list[str]) -> None:
    assert tags(f"附件三　装修标准和各方\n{table}") == right


def test_answers_given_on_the_way_do_not_shift_the_rows() -> None:
    table = PAY + "期次　日期　金额\n一　{{付款期1·日期}}　____\n二　____　{{付款期2·金额}}\n三　____　____\n"
    assert tags(table) == ["付款期1·金额", "付款期2·日期", "付款期3·日期", "付款期3·金额"]


PARTED = "第六条 付款方式\n2．分期付款：\n"


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        ("首期：____年__月__日前付____元；\n二期：____年__月__日前付____元；\n", [1, 1, 2, 2]),
        ("____年__月__日前付____元；\n____年__月__日前付____元；\n____年__月__日前付清余款____元。\n", [1, 1, 2, 2, 0, 0]),
        ("（1）____年__月__日前付____元；\n（2）____年__月__日前付____元\n", [1, 1, 2, 2]),
        ("____年__月__日前付____元。\n3．其他\n", [0, 0]),
    ],
)
def test_lines_alike_below_paying_in_parts_are_one_instalment_each(lines: str, right: list[int]) -> None:
    made = [one.tag.partition("?")[0] for one in propose(f"{PARTED}{lines}")]
    asked = [f"付款期{number}·{name}" if number else "" for number, name in zip(right, ("日期", "金额") * 3, strict=False)]
    assert made == asked
    assert {one.sure for one in propose(f"{PARTED}{lines}") if one.tag} <= {80}


def test_lines_alike_that_are_about_something_else_are_no_instalments() -> None:
    lines = "____年__月__日前付____元；\n" * 2
    assert [one.tag for one in propose(f"第六条 付款方式\n3．其他：\n{lines}")] == [""] * 4


def test_a_cell_that_goes_on_below_says_nothing_of_what_is_asked_beside_it() -> None:
    form = (
        "买受人\t姓名\t____\n↑\t证件号码\t____\n↑\t联系电话\t____\n第一条 项目\n"
        "附件三 付款\n期次\t付款\t←\n↑\t日期\t金额\n第一期\t____\t____\n第二期\t____\t____\n"
    )
    asked = ["买受人姓名", "买受人证件号码", "买受人电话", "付款期1·日期", "付款期1·金额", "付款期2·日期", "付款期2·金额"]
    assert tags(form) == asked
    assert tags(form.replace("↑", "")) == asked
