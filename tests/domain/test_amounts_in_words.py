"""Capital words as the rules write them, and nothing but them read back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.amounts_in_words import MOST, _forms, digit_boxes, in_words, read_words, without_yuan
from salescenter.domain.money import Money
from salescenter.domain.refusals import FieldMalformed

amounts = st.one_of(
    st.integers(0, MOST.fen),
    st.integers(0, 10**7),
    st.lists(st.sampled_from("0000123456789"), min_size=1, max_size=15).map(lambda d: int("".join(d))),  # many zeros
)


@pytest.mark.parametrize(("amount", "canonical", "also"), [
    ("1409.50", "壹仟肆佰零玖元伍角整", ["壹仟肆佰零玖元伍角"]),
    ("6007.14", "陆仟零柒元壹角肆分", []),
    ("1680.32", "壹仟陆佰捌拾元零叁角贰分", ["壹仟陆佰捌拾元叁角贰分"]),
    ("107000.53", "壹拾万柒仟元零伍角叁分", ["壹拾万零柒仟元伍角叁分", "壹拾万零柒仟元零伍角叁分", "壹拾万柒仟元伍角叁分"]),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分", []),
    ("325.04", "叁佰贰拾伍元零肆分", []),
    ("203000000", "贰亿零叁佰万元整", ["贰亿零叁佰万元正", "人民币贰亿零叁佰万圆整"]),
    ("100000", "壹拾万元整", []),
    ("0", "零元整", ["零元正"]),
    ("0.05", "伍分", []),
    ("0.50", "伍角整", ["伍角", "伍角正"]),
    ("0.55", "伍角伍分", []),
    ("10", "壹拾元整", []),
    ("10.05", "壹拾元零伍分", []),
    ("10.50", "壹拾元零伍角整", ["壹拾元伍角", "壹拾元零伍角"]),
    ("1000100", "壹佰万零壹佰元整", []),
    ("1010000", "壹佰零壹万元整", []),
    ("10100000", "壹仟零壹拾万元整", []),
    ("10010010.10", "壹仟零壹万零壹拾元零壹角整", ["壹仟零壹万零壹拾元壹角"]),
    ("10000", "壹万元整", []),
    ("100000000", "壹亿元整", []),
    ("100000001", "壹亿零壹元整", []),
    ("100001000", "壹亿零壹仟元整", ["壹亿壹仟元整"]),
    ("100010000", "壹亿零壹万元整", []),
    ("100005000", "壹亿零伍仟元整", ["壹亿伍仟元整"]),
    ("110000000", "壹亿壹仟万元整", []),
    ("1050000000", "壹拾亿零伍仟万元整", ["壹拾亿伍仟万元整"]),
    ("1001000000", "壹拾亿零壹佰万元整", []),
    ("1000000000000", "壹万亿元整", []),
    ("1000100000000", "壹万零壹亿元整", []),
    ("1000005000000", "壹万亿零伍佰万元整", []),
    ("9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分", []),
    ("735761.40", "柒拾叁万伍仟柒佰陆拾壹元肆角整", ["柒拾叁万伍仟柒佰陆拾壹元肆角"]),
])
def test_the_rules_examples_are_written_and_every_allowed_form_is_read(
    amount: str, canonical: str, also: list[str]
) -> None:
    money = Money.yuan(amount)
    assert in_words(money) == canonical
    assert [read_words(form) for form in (canonical, *also)] == [money] * (1 + len(also))
    assert read_words("人民币" + canonical) == money


@given(amounts)
def test_what_is_written_is_read_back(fen: int) -> None:
    fen = min(fen, MOST.fen)
    assert read_words(in_words(Money(fen))) == Money(fen)
    assert read_words(in_words(Money(-fen))) == Money(-fen)


@given(amounts)
def test_every_amount_obeys_the_rules_of_zeros_and_endings(fen: int) -> None:
    fen = min(fen, MOST.fen)
    words = in_words(Money(fen))
    assert "零零" not in words
    assert not re.search("零[拾佰仟万亿角分整]", words)
    assert ("零元" in words) == (fen == 0)
    assert words.endswith("整") == (fen % 10 == 0)
    assert not re.search("(^|[零万亿])[拾佰仟]", words)  # 壹 stands before 拾
    if fen % 100 // 10 == 0 and fen % 10 and fen > 100:
        assert re.search("元零.分$", words)


def test_traditional_shapes_and_blanks_of_any_width_are_read() -> None:
    assert read_words("人民幣　貳億參仟陸佰萬圓正") == Money.yuan(236_000_000)
    assert read_words("负 叄拾 参 元 整") == read_words("負人民幣叁拾叁圆正") == Money.yuan(-33)


@given(amounts, st.data())
def test_every_form_the_rules_allow_is_read_back_as_the_same_amount(fen: int, data: st.DataObject) -> None:
    fen = min(fen, MOST.fen)
    said = data.draw(st.sampled_from(_forms(fen)))
    said = said.replace("元", data.draw(st.sampled_from("元圆圓"))).replace("整", data.draw(st.sampled_from("整正")))
    said = said.translate(data.draw(st.sampled_from([{}, str.maketrans("贰叁陆万亿", "貳參陸萬億")])))
    assert read_words(data.draw(st.sampled_from(["", "人民币", "人民幣"])) + said) == Money(fen)
    assert read_words("负" + said) == Money(-fen)


def test_two_amounts_never_share_their_words() -> None:
    seen = {in_words(Money(fen)) for fen in (*range(30_000), *range(9_999_900, 10_030_000))}
    assert len(seen) == 30_000 + 30_100


def test_money_back_begins_with_its_sign() -> None:
    assert in_words(Money.yuan(-200)) == "负贰佰元整"
    assert read_words("人民币负贰佰元整") == Money.yuan(-200)
    assert read_words("负人民币贰佰元整") == Money.yuan(-200)


@pytest.mark.parametrize("words", [
    "", "人民币", "整", "元", "一百元整", "壹百元整", "壹千元整", "拾万元整", "壹佰元", "壹仟肆佰玖元伍角整", "壹元贰分", "壹元贰角叁分整",
    "陆仟零零柒元整", "壹佰元整整", "柒万亿亿元整", "伍角壹元", "壹佰零元整", "壹拾贰拾元整", "壹元整贰角", "100元整", "零伍分", "零元伍分",
    "玖拾玖万玖仟玖佰玖拾玖亿元整元整", "壹亿壹元整", "壹亿壹万元整", "壹亿玖佰元整", "壹佰元整吧", "壹佰元,整", "一佰元整", "壹拾亿壹佰万元整",
])
def test_anything_else_is_refused(words: str) -> None:
    with pytest.raises(FieldMalformed):
        read_words(words)


@given(st.text("零壹贰玖拾佰仟万亿元角分整正圆负", max_size=12))
def test_random_words_are_read_properly_or_refused(words: str) -> None:
    try:
        money = read_words(words)
    except FieldMalformed:
        return
    assert words.replace("零", "").replace("正", "整").replace("圆", "元").rstrip("整") == in_words(money).replace(
        "零", "").rstrip("整") or not money


def test_an_amount_too_large_for_words_is_refused() -> None:
    assert in_words(MOST)
    with pytest.raises(FieldMalformed) as refused:
        in_words(MOST + Money(1))
    assert refused.value.details["why"] == "too-large"


def test_where_yuan_is_printed_already_it_is_not_written_again() -> None:
    assert without_yuan("贰亿零叁佰万元整") == "贰亿零叁佰万"
    assert without_yuan("伍佰圆正") == "伍佰"
    for words in ("壹仟肆佰零玖元伍角整", "伍分", "叁佰贰拾伍元零肆分"):
        with pytest.raises(FieldMalformed):
            without_yuan(words)


def test_boxes_are_filled_with_a_stop_mark_before_the_top_digit() -> None:
    money = Money.yuan("60015.84")
    filled = ("¥", "陆", "零", "零", "壹", "伍", "捌", "肆")
    assert digit_boxes(money, 8) == digit_boxes(money, "拾万仟佰拾元角分") == filled
    assert digit_boxes(money, 10) == ("", "", *filled)
    assert digit_boxes(money, 7) == filled[1:]
    assert digit_boxes(money, 8, stop="⊗")[0] == "⊗"


def test_boxes_may_end_at_yuan() -> None:
    assert digit_boxes(Money.yuan(858_611), "亿仟佰拾万仟佰拾元") == ("", "", "¥", "捌", "伍", "捌", "陆", "壹", "壹")
    with pytest.raises(FieldMalformed):
        digit_boxes(Money.yuan("858611.50"), "亿仟佰拾万仟佰拾元")


def test_small_and_negative_amounts_in_boxes() -> None:
    assert digit_boxes(Money.yuan("0.50"), 5) == ("", "¥", "零", "伍", "零")
    assert digit_boxes(Money(), "佰拾元") == ("", "¥", "零")
    assert digit_boxes(Money.yuan(-20), 5) == ("负", "贰", "零", "零", "零")
    with pytest.raises(FieldMalformed):
        digit_boxes(Money.yuan(-200), 5)


@given(st.integers(0, 10**9), st.integers(3, 12))
def test_boxes_hold_every_digit_or_refuse(fen: int, places: int) -> None:
    if len(str(fen)) > places:
        with pytest.raises(FieldMalformed):
            digit_boxes(Money(fen), places)
        return
    boxes = digit_boxes(Money(fen), places)
    assert len(boxes) == places
    assert int("".join(str("零壹贰叁肆伍陆柒捌玖".index(box)) for box in boxes if box not in ("", "¥"))) == fen
