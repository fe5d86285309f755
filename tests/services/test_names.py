"""Names as people type them."""

from __future__ import annotations

import pytest

from salescenter.services.names import is_title_only, is_typed, may_be_same, spell, split_name, typed_form


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("仇和", "qiuhe"), ("单雄信", "shanxiongxin"), ("区志远", "ouzhiyuan"), ("曾国藩", "zengguofan"),
        ("解晓东", "xiexiaodong"), ("朴树", "piaoshu"), ("查良镛", "zhaliangyong"), ("翟天临", "zhaitianlin"),
        ("盖叫天", "gejiaotian"), ("乐嘉", "yuejia"), ("任静", "renjing"), ("缪杰", "miaojie"), ("覃海", "qinhai"),
        ("吕布", "lvbu"), ("华罗庚", "hualuogeng"), ("员外", "yunwai"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, pinyin: str) -> None:
    assert spell(name).pinyin == pinyin


@pytest.mark.parametrize(
    ("name", "initials"),
    [("欧阳娜娜", "oynn"), ("尉迟恭", "ycg"), ("长孙无忌", "zswj"), ("万俟卨", "mqx"), ("单于夜", "cyy"), ("澹台明", "ttm")],
)
def test_compound_surnames_are_read_whole(name: str, initials: str) -> None:
    assert spell(name).initials == initials


def test_a_name_of_two_characters_has_no_compound_surname() -> None:
    assert split_name("东方") == ("东", "方")
    assert split_name("东方红") == ("东方", "红")


def test_another_reading_is_kept_beside_the_usual_one() -> None:
    assert spell("王乐").pinyin == "wangle"
    assert {"wangyue", "wy"} <= set(spell("王乐").others)


def test_the_everyday_reading_of_a_surname_finds_it_too() -> None:
    assert {"danxiongxin", "dxx"} <= set(spell("单雄信").others)


def test_surname_in_full_with_initials_behind_is_kept() -> None:
    assert "chenyf" in spell("陈一凡").others


def test_a_phrase_does_not_decide_how_a_name_is_read() -> None:
    assert spell("李重阳").pinyin == "lichongyang"
    assert spell("张朝阳").pinyin == "zhangchaoyang"


def test_rare_characters_are_read() -> None:
    assert spell("陈𬭚").initials == "cc"
    assert spell("龚䶮").pinyin == "gongyan"


def test_foreign_names_keep_their_letters() -> None:
    assert (spell("John Smith").pinyin, spell("John Smith").initials) == ("johnsmith", "js")


def test_names_with_a_dot_are_read_through() -> None:
    assert spell("买买提·艾力").initials == "mmtal"


def test_nothing_is_spelt_as_nothing() -> None:
    assert spell("").pinyin == spell("").initials == ""


def test_no_name_keeps_more_spellings_than_it_may() -> None:
    assert len(spell("曾长乐行").others) <= 8


@pytest.mark.parametrize(("typed", "form"), [("Lü Bu", "lvbu"), ("lyubu", "lvbu"), ("an yu", "anyu"), ("Xi'an", "xian")])
def test_what_is_typed_is_brought_to_one_form(typed: str, form: str) -> None:
    assert is_typed(typed)
    assert typed_form(typed) == form


@pytest.mark.parametrize("text", ["陈", "138", "c1", ""])
def test_other_texts_are_not_taken_for_pinyin(text: str) -> None:
    assert not is_typed(text)


def test_a_form_of_address_gives_way_to_the_name() -> None:
    assert is_title_only("陈女士")
    assert not is_title_only("陈晓明")
    assert may_be_same("陈女士", "陈晓明")
    assert not may_be_same("陈女士", "王晓明")
    assert not may_be_same("陈晓明", "陈晓红")
