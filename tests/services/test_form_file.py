"""Opening the contract text of a city: Word files with their numbers, gaps and tables; text files in both encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescenter.domain.papers.blanks import Style, find_blanks
from salescenter.domain.refusals import FormUnreadable
from salescenter.services.papers import form_file, word_file
from salescenter.services.papers.form_file import open_form
from salescenter.services.papers.word_numbers import chinese
from salescenter.tour.city_form import city_form
from tests.services import word_files as w


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "form.docx"


def why(path: Path) -> object:
    with pytest.raises(FormUnreadable) as refused:
        open_form(path)
    return refused.value.details["why"]


def test_numbers_that_word_counts_are_written_out(file: Path) -> None:
    w.word_file(file, w.counted("当事人"), w.counted("甲方", 1), w.counted("乙方", 1), w.counted("价款"), w.counted("单价", 1))
    assert open_form(file) == "第一条　当事人\n1．甲方\n2．乙方\n第二条　价款\n1．单价\n"


def test_underlined_gaps_are_blanks_and_plain_ones_are_not(file: Path) -> None:
    w.word_file(file, w.paragraph(w.said("出卖人："), w.lined("      "), w.said(" 某 某 "), w.lined("  "), w.lined("　")))
    assert open_form(file) == "出卖人：______ 某 某 ____\n"


def test_words_typed_over_a_line_stay_words(file: Path) -> None:
    w.word_file(file, w.paragraph(w.lined("  云栖置业  ")))
    assert open_form(file) == "  云栖置业\n"
    w.word_file(file, w.paragraph(w.lined("    年  月  日")))
    assert open_form(file) == "____年___月___日\n"


def test_boxes_to_tick_are_found_whatever_font_draws_them(file: Path) -> None:
    box = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    w.word_file(file, w.paragraph(box, w.said("一次性付款")))
    assert [one.style for one in find_blanks(open_form(file))] == [Style.TICK]


def test_the_first_centred_line_is_the_title(file: Path) -> None:
    w.word_file(file, w.paragraph(w.said("买卖合同"), look='<w:jc w:val="center"/>'), w.paragraph(w.said("正文")))
    assert open_form(file) == "# 买卖合同\n正文\n"


def test_a_page_begins_where_word_begins_one(file: Path) -> None:
    w.word_file(file, w.paragraph(w.said("封面"), '<w:r><w:br w:type="page"/></w:r>'), w.paragraph(w.said("正文")))
    assert open_form(file) == "封面\n{{@换页}}\n正文\n"


def test_a_payment_schedule_becomes_the_block_and_another_table_its_rows(file: Path) -> None:
    w.word_file(file, w.table(("期次", "金额", "付款日期"), ("1", "", "")), w.table(("甲", "乙"), ("丙", "丁")))
    assert open_form(file) == "{{@付款计划}}\n甲　乙\n丙　丁\n"


def test_text_struck_by_a_reviewer_is_gone(file: Path) -> None:
    w.word_file(file, w.paragraph(w.said("甲"), f"<w:del>{w.said('乙')}</w:del>", f"<w:ins>{w.said('丙')}</w:ins>"))
    assert open_form(file) == "甲丙\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_text_file_is_read_in_the_encoding_it_has(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "form.txt"
    path.write_bytes("出卖人：____\r\n买受人：____\r\n".encode(encoding))
    assert open_form(path) == "出卖人：____\n买受人：____\n"


def test_what_cannot_be_a_form_is_refused_with_its_reason(tmp_path: Path, file: Path) -> None:
    plain = tmp_path / "a.txt"
    for data, reason in ((b"", "empty"), (b"\xff\xfeA", "encoding"), (b"\xd0\xcf\x11\xe0", "old-word"), (b"PK\x03\x04", "damaged")):
        plain.write_bytes(data)
        assert why(plain) == reason
    assert why(tmp_path / "none.docx") == "cannot-open"
    assert why(w.word_file(file, w.paragraph(w.said("甲")), extra={"word/vbaProject.bin": ""})) == "macros"
    assert why(w.word_file(file, head='<!DOCTYPE x [<!ENTITY a "a">]>')) == "damaged"


def test_a_part_that_unpacks_beyond_all_measure_is_not_read_to_its_end(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_file, "LARGEST_PART", 10_000)
    assert why(w.word_file(file, w.paragraph(w.said("甲" * 20_000)))) == "too-large"


def test_a_file_too_large_is_not_even_opened(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_file, "LARGEST", 10)
    assert why(w.word_file(file)) == "too-large"


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (103, "一百零三"), (110, "一百一十")])
def test_articles_are_counted_in_chinese(number: int, words: str) -> None:
    assert chinese(number) == words


def test_a_long_form_in_word_has_the_blanks_of_the_same_form_pasted_as_text(file: Path) -> None:
    form = city_form()
    w.word_file(file, *(w.paragraph(w.said(line)) for line in form.splitlines()))
    assert len(find_blanks(open_form(file))) == len(find_blanks(form)) > 330
