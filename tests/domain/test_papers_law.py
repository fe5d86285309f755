"""What the law wants of a contract's text is found missing by name; digit boxes never lose a figure."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from salescenter.domain.money import Money
from salescenter.domain.papers.contract import filled
from salescenter.domain.papers.fields import field_values
from salescenter.domain.papers.needs import COMPLETED, NEEDS, PRESALE, SUBSCRIPTION, unmet
from salescenter.domain.papers.template_faults import BoxesTooFew
from salescenter.domain.templates import Value
from tests.print.examples import terms

TEXTS = Path(__file__).resolve().parents[2] / "resources" / "templates"
DEAL = terms()
VALUES: dict[str, Value] = {
    **field_values(DEAL, "HT1"), "现售登记证明": "示例", "住址": "示例", "出卖人地址": "示例", "土地取得方式": "出让",
    "预售许可证": "示例",
}  # fmt: skip


def shipped(kind: str) -> str:
    return (TEXTS / f"{kind}.txt").read_text("utf-8")


@pytest.mark.parametrize("need", [need for need in NEEDS if need.fields], ids=lambda need: need.code)
def test_a_text_without_the_field_is_told_which_law_wants_it(need: object) -> None:
    found = next(one for one in NEEDS if one is need)
    for kind in found.kinds:
        for group in found.fields:
            text = "\n".join(line for line in shipped(kind).splitlines()
                             if not any(name.removeprefix("@") in line for name in group))  # fmt: skip
            gaps = unmet(kind, _mended(text), [VALUES])
            assert (found.code, found.law, group[0]) in {(gap.code, gap.law, gap.field) for gap in gaps}


def _mended(text: str) -> str:
    """Without the tags of order, lines may go without leaving one half of a pair behind."""
    return "\n".join(line for line in text.splitlines() if "{{#" not in line and "{{/" not in line)


@pytest.mark.parametrize(
    ("said", "lacks"),
    [("甲方以出让方式取得该地块", False), ("甲方以划拨方式依法取得该地块", False), ("甲方以{{~8}}方式取得该地块", True),
     ("甲方以【{{~□}}出让】【{{~□}}划拨】方式取得该地块", True), ("甲方以{{土地取得方式}}方式取得该地块", False)],
)  # fmt: skip
def test_how_the_land_was_acquired_may_be_printed_but_not_left_to_the_pen(said: str, lacks: bool) -> None:
    assert ("land" in {gap.code for gap in unmet(PRESALE, f"买卖合同\n{said}\n", [VALUES])}) is lacks


@pytest.mark.parametrize("need", [need for need in NEEDS if need.says], ids=lambda need: need.code)
def test_a_text_that_does_not_say_it_is_told_so(need: object) -> None:
    found = next(one for one in NEEDS if one is need)
    for kind in found.kinds:
        assert found.code in {gap.code for gap in unmet(kind, "买卖合同\n", [VALUES])}


@pytest.mark.parametrize("kind", [PRESALE, COMPLETED, SUBSCRIPTION])
def test_a_shipped_text_on_a_whole_deal_lacks_nothing(kind: str) -> None:
    values = {**VALUES, "买受人": [{"姓名": "张三", "证件号码": "1", "住址": "示例"}]}
    assert [gap for gap in unmet(kind, shipped(kind), [values]) if gap.field != "现售登记证明"] == []


def test_days_in_three_parts_and_instalments_in_lines_are_places_too() -> None:
    split = shipped(PRESALE).replace("{{交付日期}}", "{{交付日期·年}}年{{交付日期·月}}月{{交付日期·日}}日")
    lined = re.sub(r"\{\{(?:付清日期|首付款日期|@付款计划|#each 付款期)[^{}]*\}\}", "{{付款期1·日期}}", split)
    assert not any(whole in lined for whole in ("交付日期}}", "付清日期"))
    values = VALUES | {"交付日期·年": "2027", "付款期1·日期": "2026年3月1日"}
    assert {"handover", "pay-when"}.isdisjoint(gap.code for gap in unmet(PRESALE, _mended(lined), [values]))
    empty = unmet(PRESALE, split, [VALUES | {"交付日期·年": ""}])
    assert ("handover", "交付日期", True) in {(gap.code, gap.field, gap.empty) for gap in empty}


def test_a_field_without_an_answer_would_be_empty_and_says_so_once() -> None:
    gaps = unmet(PRESALE, shipped(PRESALE), [{**VALUES, "逾期付款万分率": ""}] * 3)
    assert [(gap.code, gap.field, gap.empty) for gap in gaps if gap.code == "late-payment"] == [
        ("late-payment", "逾期付款万分率", True)
    ]


@pytest.mark.parametrize(
    ("yuan", "text", "fits"),
    [
        ("60015.84", "{{总价·拾万}}拾{{总价·万}}万{{总价·仟}}仟{{总价·佰}}佰{{总价·拾}}拾{{总价·元}}元{{总价·角}}角{{总价·分}}分", True),
        ("1060015.00", "{{总价·拾万}}拾{{总价·万}}万{{总价·仟}}仟{{总价·佰}}佰{{总价·拾}}拾{{总价·元}}元", False),
        ("60015.84", "{{总价·万}}万{{总价·仟}}仟{{总价·佰}}佰{{总价·拾}}拾{{总价·元}}元", False),
        ("999999999.99", "{{@总价数位}}", True),
        ("1000000000.00", "{{@总价数位}}", False),
        ("1000000000.00", "{{总价大写}}", True),
    ],
)
def test_boxes_that_would_lose_a_figure_are_refused(yuan: str, text: str, fits: bool) -> None:
    deal = replace(DEAL, price=replace(DEAL.price, total=Money.yuan(yuan)))
    if fits:
        assert filled(text, deal, "HT1")
    else:
        with pytest.raises(BoxesTooFew):
            filled(text, deal, "HT1")


def test_the_price_is_counted_in_whatever_order_the_form_lists_the_ways() -> None:
    text = shipped(PRESALE).replace("{{计价方式序号}}", "{{计价方式序号·建面先}}")
    assert text != shipped(PRESALE)
    assert "price-way" not in {gap.code for gap in unmet(PRESALE, text, [VALUES])}


@pytest.mark.parametrize("late", ["逾期", "迟延", "延期", "拖延"])
def test_a_form_may_call_late_what_its_city_does(late: str) -> None:
    text = shipped(PRESALE).replace("逾期", late)
    missed = {gap.code for gap in unmet(PRESALE, text, [VALUES])}
    assert missed.isdisjoint({"late-payment", "late-handover"})
