"""Templates say what they are told, strike what they are not, and name each fault at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.refusals import TemplateFaulty
from salescenter.domain.templates import Fault, Value, faults_in, fill, left_empty, read_template


def _said(text: str, **values: Value) -> str:
    return "\n".join(said.text for said in fill(read_template(text), values))


def test_a_field_says_its_value_and_marks_it_to_be_underlined() -> None:
    (said,) = fill(read_template("买受人：{{姓名}}。"), {"姓名": "欧阳䶮"})
    assert said.text == "买受人：欧阳䶮。"
    assert [said.text[start:end] for start, end in said.marks] == ["欧阳䶮"]


@pytest.mark.parametrize("empty", ["", "  "])
def test_a_field_with_nothing_to_say_is_struck(empty: str) -> None:
    assert _said("邮编：{{邮编}}", 邮编=empty) == "邮编：×"
    assert _said("邮编：{{邮编}}") == "邮编：×"


def test_a_blank_of_the_form_is_struck_and_one_for_the_hand_stays_open() -> None:
    assert _said("其他：______。签字：{{~3}}") == "其他：×。签字：\u3000\u3000\u3000"


@pytest.mark.parametrize(
    ("form", "words", "said"),
    [
        ("人民币{{总价大写}}元整", "壹佰元整", "人民币壹佰元整"),
        ("人民币{{总价大写}}元整", "人民币壹佰元整", "人民币壹佰元整"),
        ("人民币{{总价大写}}元整", "壹佰元伍角整", "人民币壹佰元伍角整"),
        ("人民币{{总价大写}}元整", "壹佰元零伍分", "人民币壹佰元零伍分"),
        ("人民币{{总价大写}}圆整。", "壹佰元整", "人民币壹佰元整。"),
        ("人民币{{总价大写}}元", "壹佰元整", "人民币壹佰元整"),
        ("人民币{{总价大写}}整（小写", "壹佰元整", "人民币壹佰元整（小写"),
        ("每{{总价大写}}整改", "壹佰元整", "每壹佰元整整改"),
        ("人民币{{总价大写}}元整", "壹佰", "人民币壹佰元整"),
        ("绿地率{{总价大写}}%；", "35%", "绿地率35%；"), ("绿地率{{总价大写}}％；", "35", "绿地率35％；"),
        ("位于{{总价大写}}幢", "3号楼", "位于3幢"), ("位于{{总价大写}}号楼", "3号楼", "位于3号楼"),
        ("{{总价大写}}单元", "1单元", "1单元"), ("证{{总价大写}}号，", "建字 31 号", "证建字 31号，"),
        ("{{总价大写}}号码", "31 号", "31 号号码"), ("{{总价大写}}幢", "", "×幢"),
        ("人民币{{总价大写}}元整", "", "人民币×元整"),
        ("{{总价}}元", "1,234.00", "1,234.00元"),
        ("大写{{总价大写}}", "壹佰元整", "大写壹佰元整"),
    ],
)
def test_what_the_form_prints_already_is_not_said_again(form: str, words: str, said: str) -> None:
    assert _said(form, 总价大写=words, 总价=words) == said


def test_a_condition_says_one_branch_and_takes_its_lines_with_it() -> None:
    text = "甲\n{{#if 贷款}}\n向{{银行}}贷款\n{{#else}}\n一次付清\n{{/if}}\n乙"
    assert _said(text, 贷款=True, 银行="工行") == "甲\n向工行贷款\n乙"
    assert _said(text, 贷款=False) == "甲\n一次付清\n乙"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [("付款方式=分期", True), ("付款方式=贷款", False), ("!付款方式=贷款", True), ("付款方式", True), ("!付款方式", False), ("无", False)],
)
def test_conditions_ask_for_a_value_its_absence_or_any(condition: str, holds: bool) -> None:
    assert _said(f"{{{{#if {condition}}}}}是{{{{/if}}}}", 付款方式="分期") == ("是" if holds else "")
    assert _said(f"【{{{{?{condition}}}}}】", 付款方式="分期") == ("【√】" if holds else "【×】")


def test_a_list_is_said_once_for_each_entry_and_counted() -> None:
    buyers = ({"姓名": "甲", "代理人": ""}, {"姓名": "乙", "代理人": "丙"})
    text = "{{#each 买受人}}\n{{序号}}．{{姓名}}{{#if 代理人}}（代理人{{代理人}}，共{{总数}}人）{{/if}}\n{{/each}}\n完"
    assert _said(text, 买受人=buyers, 总数="2") == "1．甲\n2．乙（代理人丙，共2人）\n完"
    assert _said(text) == "完"


def test_a_block_stands_on_a_line_of_its_own() -> None:
    said = fill(read_template("前\n{{@付款计划}}\n后"), {})
    assert [(line.text, line.block) for line in said] == [("前", ""), ("", "付款计划"), ("后", "")]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("好\n{{#if 贷款}}\n不关", [Fault(2, 1, "not-closed", "if")]),
        ("a\nb{{/if}}", [Fault(2, 2, "closes-nothing", "/if")]),
        ("{{#each 买受人}}{{/if}}", [Fault(1, 14, "closes-nothing", "/if"), Fault(1, 1, "not-closed", "each")]),
        ("{{#else}}", [Fault(1, 1, "closes-nothing", "#else")]),
        ("{{1+1}}", [Fault(1, 1, "unreadable", "1+1")]),
        ('x {{__import__("os")}}', [Fault(1, 3, "unreadable", '__import__("os")')]),
        ("{{姓名.upper()}}", [Fault(1, 1, "unreadable", "姓名.upper()")]),
        ("{{#if a == b}}{{/if}}", [Fault(1, 1, "unreadable", "a == b")]),
    ],
)
def test_what_cannot_be_read_is_named_at_its_place(text: str, faults: list[Fault]) -> None:
    with pytest.raises(TemplateFaulty) as refused:
        read_template(text)
    assert refused.value.details["faults"] == tuple(faults)
    assert faults_in(text, {}, ()) == tuple(faults)


def test_a_field_that_is_not_known_is_named_at_its_line() -> None:
    text = "{{总价}}\n第二行 {{总介}}\n{{#each 买受人}}{{姓名}}{{性名}}{{/each}}\n{{@计划}}{{?无}}{{#if 没有}}{{/if}}{{#each 总价}}{{/each}}"
    fields = {"总价": (), "买受人": ("姓名",)}
    assert faults_in(text, fields, ("付款计划",)) == (
        Fault(2, 5, "unknown-field", "总介"), Fault(3, 20, "unknown-field", "性名"), Fault(4, 1, "unknown-block", "计划"),
        Fault(4, 8, "unknown-field", "无"), Fault(4, 14, "unknown-field", "没有"), Fault(4, 31, "not-a-list", "总价"),
    )


def test_a_needed_field_is_missed_only_where_the_paper_would_say_it() -> None:
    template = read_template("{{总价}}{{#if 贷款}}{{银行}}{{/if}}{{#each 买受人}}{{姓名}}{{证件}}{{/each}}")
    needed = ("总价", "银行", "姓名", "证件", "买受人", "从不说")
    assert left_empty(template, {}, needed) == ("总价", "买受人")
    one: Value = ({"姓名": "甲", "证件": ""},)
    assert left_empty(template, {"总价": "1", "贷款": True, "买受人": one}, needed) == ("银行", "证件")


@given(st.text(alphabet="{}#/@?~_if else each甲=!\n ", max_size=60))
def test_any_text_is_either_read_or_refused_with_its_places(text: str) -> None:
    try:
        said = fill(read_template(text), {"甲": "乙"})
    except TemplateFaulty as refused:
        faults = refused.details["faults"]
        assert isinstance(faults, tuple)
        assert all(1 <= fault.line <= text.count("\n") + 1 for fault in faults)
    else:
        assert all("\n" not in line.text for line in said)
        assert all(0 <= start <= end <= len(line.text) for line in said for start, end in line.marks)
