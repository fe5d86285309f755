"""Lines break where Chinese type allows it, on any text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescenter.print.breaker import CANNOT_END, CANNOT_START, Line, break_lines, entry
from salescenter.print.fonts import HALF, PLAIN, THIN, THIN_WIDTH, Face, typeface

SHOWN = str.maketrans({**HALF, THIN: ""})
"""Back to what was given, with what prints as nothing."""
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


WHOLE = ("2026年2月24日", "2月24日", "13800005521", "138 0000 5521", "0571-88886666", "3300 1616 7800 5300 1234", "浙A·12345",
         "浙AD12345", "-¥1,234.50", "±0.6%", "≤30%", "90个工作日", "12,345.67平方米", "3号楼", "240.5万元",
         "第一百二十条", "附件十一", "15:30", "9时30分", "V2.1-rc3", "HT2026-0123", "138****5521", "——", "……", "80周岁",
         "2026 年 2 月 24 日", "二〇二六年二月二十四日", "一九九〇年十二月", "十二月三十一日", "12,345.67 元", "128.56 ㎡", "93.3 mm", "128.56m²",
         "37.5°C", "US$1,234.00", "HK$1,234.00", "€1,234.00", "RMB 1,234.00", "＄12", "４５６７８９", "１，２３４．５６元", "2026/2/24",
         "第12条", "第 12 条", "第（三）项", "附件12", "3#楼", "+86 138 0000 5521", "(0571)8888-6666", "（0571）88886666", "〔2026〕12号",
         "91330100MA2H1ABC2", "a.b_c@mail.com", "O’Neil", "AT&T", "C++", "1\xa0000", "1\u202f234.5", '"ABC"', "---", "***", "////",
         "10:30-11:45", "A\xa0B")


@pytest.mark.parametrize("whole", WHOLE)
def test_what_belongs_together_is_never_cut(whole: str) -> None:
    text = f"自本合同签订之日起{whole}内由买受人书面通知出卖人办理{whole}手续并承担全部费用"
    for measure in range(14_000, 24_000, 500):
        lines = [_said(line) for line in break_lines(text, Face.SERIF, measure)]
        assert sum(line.count(whole.translate(PLAIN)) for line in lines) == 2


def test_chinese_and_latin_letters_keep_a_little_apart_but_not_at_the_edges() -> None:
    face = typeface(Face.SERIF)
    (line,) = break_lines("面积12层A栋", Face.SERIF, 20_000)
    plain = sum(face.widths[letter] for letter in "面积12层A栋")
    assert line.width == plain + 4 * THIN_WIDTH
    assert _said(line) == "面积12层A栋"
    first, second = break_lines("一二三四五六七八九ABCDEF", Face.SERIF, 9_100)
    assert (first.width, THIN in "".join(second.pieces)) == (9_000, False)


def test_an_opening_mark_begins_a_line_flush() -> None:
    _, second = break_lines("一二三四五六七八九（十一）二三四五", Face.SERIF, 9_000)
    assert _said(second) == "（十一）二三四五"
    assert second.width == sum(typeface(Face.SERIF).widths[letter] for letter in "（十一）二三四五") - 500


def test_a_line_begins_where_the_paragraph_goes_on_whatever_stands_between_its_letters() -> None:
    text = "于2026年2月24日前支付20,000元（大写贰万元整），逾期按0.5‰计收违约金，至HT2026-0123号合同终止。"
    lines = break_lines(text, Face.SERIF, 11_000, 2_000)
    assert [text[line.start:line.end] for line in lines] == [_said(line) for line in lines]


def test_the_unit_stays_with_its_number() -> None:
    text = "建筑面积与预测面积之差超过合同约定误差范围的部分按每平方米12,345.67元计算。"
    for measure in range(12_000, 40_000, 500):
        assert all(not _said(line).startswith("元") for line in break_lines(text, Face.SERIF, measure))


def test_a_word_wider_than_the_line_is_cut_and_not_lost() -> None:
    lines = break_lines("9" * 200, Face.SERIF, 20_000)
    assert "".join(map(_said, lines)) == "9" * 200
    assert all(line.width <= 20_000 for line in lines)


def test_an_address_wider_than_the_line_is_cut_behind_its_points_and_strokes() -> None:
    address = "zhang.san-2026@mail.example.com.cn/purchase"
    for measure in range(6_000, 14_000, 250):
        lines = [_said(line) for line in break_lines(f"请寄{address}，另行通知", Face.SERIF, measure)]
        assert "".join(lines) == f"请寄{address}，另行通知"
        assert all(one[-1] in "寄./-@，行通知另" or other[0] == "，" for one, other in pairwise(lines)), lines
        assert not any(line[0] in CANNOT_START for line in lines)


@pytest.mark.parametrize(("before", "behind"), ["（）", "“”", "【】", "《》", "()"])
@pytest.mark.parametrize("long", ["zhang.san-2026@mail.example.com.cn", "330106199003076631", "GF-2014-0171-HT2026-0123"])
def test_a_mark_beside_what_is_wider_than_the_line_stays_beside_it(before: str, behind: str, long: str) -> None:
    text = f"请寄{before}{long}{behind}，另行通知"
    for measure in range(4_000, 14_000, 250):
        lines = [_said(line) for line in break_lines(text, Face.SERIF, measure)]
        assert "".join(lines) == text
        assert not any(line[-1] in CANNOT_END for line in lines), lines
        assert not any(line[0] in CANNOT_START for line in lines[1:]), lines


def test_a_number_in_brackets_is_as_wide_as_both_where_a_cell_must_hold_it() -> None:
    number, marked = entry("330106199003076631", Face.SERIF), entry("身份证（330106199003076631），", Face.SERIF)
    assert marked.widest == number.widest + 2 * 1000 + 500 - 500  # ）， share a blank, and ， leaves its own outside
    (line,) = [one for one in break_lines("身份证（330106199003076631），", Face.SERIF, marked.widest) if "33" in _said(one)]
    assert _said(line) == "（330106199003076631），"
    assert entry("一二三四五", Face.SERIF).widest == 1000


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\xad", "\u200d\u200b"])
def test_what_prints_as_nothing_brings_no_mark_to_a_line_where_it_may_not_stand(unseen: str) -> None:
    text = f"出卖人{unseen}，应当（{unseen}在约定期限内{unseen}）交付{unseen}；“{unseen}该商品房{unseen}”{unseen}。" * 6
    for measure in range(6_000, 14_000, 250):
        lines = break_lines(text, Face.SERIF, measure)
        assert [text[line.start:line.end] for line in lines] == ["".join(line.pieces).translate(SHOWN) for line in lines]
        for before, after in pairwise(map(_said, lines)):
            assert after[0] not in CANNOT_START
            assert before[-1] not in CANNOT_END


def test_straight_quotation_marks_stay_with_what_they_stand_around() -> None:
    text = '出卖人（以下称"甲方"）与买受人（以下称"乙方"）订立本合同，"交付"指交房，"'
    for measure in range(6_000, 14_000, 250):
        lines = [_said(line) for line in break_lines(text, Face.SERIF, measure)]
        assert "".join(lines) == text
        assert not any((line.startswith('"') and line[1:2] in "）指，") or line.endswith(('称"', '，"')) for line in lines[:-1])


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


def test_a_line_for_the_pen_is_not_broken() -> None:
    blank = "\u3000" * 8
    lines = break_lines(f"出卖人承诺按照【{blank}】承担，另付{blank}元。", Face.SERIF, 14_000)
    assert sum(blank in "".join(line.pieces) for line in lines) == 2
