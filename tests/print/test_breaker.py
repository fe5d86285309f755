"""Lines break where Chinese type allows it, on any text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescenter.print.breaker import CANNOT_END, CANNOT_START, Line, break_lines
from salescenter.print.fonts import PLAIN, Face, typeface

MARKS = "，。、；：！？）》」』】〕”’（《「『【〔“‘…—"
NUMBERS = ("1,234,567.89元", "2026年2月24日", "11010119900307663X", "128.56㎡", "90日", "GF-2014-0171", "138****5521",
           "¥60,015.84", "30％")
_text = st.lists(
    st.one_of(
        st.text("出卖人应当在约定期限内交付该商品房并出具证明文件", min_size=1, max_size=12),
        st.sampled_from(MARKS), st.sampled_from(NUMBERS).map("在{}内".format), st.sampled_from(["sales", " ", "centre", "䶮𬭚"]),
    ),
    min_size=1, max_size=60,
).map("".join)
_face = st.sampled_from(list(Face))
_measure = st.integers(16_000, 45_000)


def _said(line: Line) -> str:
    return "".join(line.pieces).translate(PLAIN)


@settings(deadline=None, max_examples=300)
@given(_text, _face, _measure, st.sampled_from([0, 2000]))
def test_no_line_begins_or_ends_with_a_mark_that_may_not(text: str, face: Face, measure: int, indent: int) -> None:
    lines = break_lines(text, face, measure, indent)
    for before, after in pairwise(lines):
        runs_of_marks = re.search(rf"[{MARKS}·,.;:!?￥¥$]{{8,}}", text)
        assert runs_of_marks or _said(after)[0] not in CANNOT_START
        assert runs_of_marks or _said(before)[-1] not in CANNOT_END


@settings(deadline=None, max_examples=300)
@given(_text, _face, _measure, st.sampled_from([0, 2000]))
def test_every_letter_is_printed_once_and_none_beyond_the_measure(text: str, face: Face, measure: int, indent: int) -> None:
    lines = break_lines(text, face, measure, indent)
    assert "".join(map(_said, lines)).replace(" ", "") == text.replace(" ", "")
    for at, line in enumerate(lines):
        assert line.width <= measure - (indent if at == 0 else 0)
        assert line.width == sum(typeface(face).widths[piece] for piece in line.pieces)
        assert text[line.start:line.end].rstrip(" ") == _said(line)


@settings(deadline=None, max_examples=200)
@given(_text, _face, _measure)
def test_numbers_dates_and_identity_numbers_stay_whole(text: str, face: Face, measure: int) -> None:
    for line in break_lines(text, face, measure):
        end = text[line.end - 1:line.end + 1]
        assert not (len(end) == 2 and end[0].isascii() and end[0].isdigit() and end[1].isascii() and end[1].isdigit())


def test_the_unit_stays_with_its_number() -> None:
    text = "建筑面积与预测面积之差超过合同约定误差范围的部分按每平方米12,345.67元计算。"
    for measure in range(12_000, 40_000, 500):
        assert all(not _said(line).startswith("元") for line in break_lines(text, Face.SERIF, measure))


def test_a_word_wider_than_the_line_is_cut_and_not_lost() -> None:
    lines = break_lines("9" * 200, Face.SERIF, 20_000)
    assert "".join(map(_said, lines)) == "9" * 200
    assert all(line.width <= 20_000 for line in lines)


def test_a_closing_mark_leaves_its_blank_outside_the_measure() -> None:
    (line, *_) = break_lines("一二三四五六七八九。二二三四五六七八九十", Face.SERIF, 9500)
    assert _said(line) == "一二三四五六七八九。"
    assert line.width == 9500


def test_neighbouring_marks_share_a_blank() -> None:
    face = typeface(Face.SERIF)
    (line,) = break_lines("《甲》（乙）。", Face.SERIF, 20_000)
    assert line.width == 7000 - 500 - 500
    assert sum(face.widths[letter] for letter in "《甲》（乙）。") == 7000


def test_no_letter_is_left_alone_in_the_last_line() -> None:
    lines = break_lines("一二三四五六七八九十" * 2 + "同。", Face.SERIF, 10_000)
    assert [_said(line) for line in lines][-1] == "十同。"


def test_an_empty_paragraph_has_no_lines() -> None:
    assert break_lines("", Face.SERIF, 10_000) == ()


@pytest.mark.parametrize("dash", ["——", "……"])
def test_a_dash_and_an_ellipsis_are_never_cut(dash: str) -> None:
    for measure in range(5_000, 14_000, 250):
        lines = [_said(line) for line in break_lines(f"一二三四五{dash}六七八九十", Face.SERIF, measure)]
        assert any(dash in line for line in lines)
