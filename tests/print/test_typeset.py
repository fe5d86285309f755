"""A line is set once: wherever it stands it shows the same, and what a job's papers share is shared between them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from itertools import pairwise

import pytest

from salescenter.domain.refusals import NoGlyph
from salescenter.domain.templates import Said
from salescenter.print.batch import batch_pdf
from salescenter.print.book import Book
from salescenter.print.fonts import CHAIN, Face, font_file, typeface
from salescenter.print.page import GREY, Page
from salescenter.print.receipt import receipts_pdf
from salescenter.print.template_text import template_blocks
from salescenter.print.text import BODY, LineRow, paragraph
from salescenter.print.typeset import set_spread, set_tight
from tests.print import examples, reading

SERIF = typeface(Face.SERIF)
MEASURE = 400.0


def _page() -> Page:
    return Page(500, 500, defaultdict(set))


def test_a_line_shows_the_same_wherever_it_is_put() -> None:
    line, first, second = set_tight("编号HT2026", SERIF, 10.5), _page(), _page()
    first.put(10, 20, line)
    second.put(30, 40, line)
    assert first.over[1:] == second.over[1:]
    assert first.used == second.used
    assert first.over[0] != second.over[0]


def test_a_page_names_a_font_and_a_colour_only_where_they_change() -> None:
    page = _page()
    for ink in (GREY, GREY, (0.0, 0.0, 0.0)):
        page.put(0, 0, set_tight("甲", SERIF, 10), ink)
    assert [operator[-2:] for operator in page.over if operator.endswith((" Tf", " rg"))] == ["rg", "Tf", "rg"]


def test_a_line_begins_and_ends_in_the_fonts_of_its_own_letters() -> None:
    rare = min(font_file(CHAIN[Face.SERIF][1]).letters - SERIF.main.letters)
    line = set_tight(f"甲{rare}", SERIF, 10)
    assert line.opens != line.closes
    assert [letters for _, letters in line.drawn] == ["甲", rare]
    assert set_tight("", SERIF, 10).drawn == ()


@pytest.mark.parametrize("letter", ["\U0010fffe", "\x07"])
def test_what_no_font_draws_is_named_and_never_set(letter: str) -> None:
    with pytest.raises(NoGlyph):
        set_tight(f"甲{letter}", SERIF, 10)


def test_no_gap_opens_inside_a_number() -> None:
    shown = set_spread(("共", "12", "页"), 0.5, SERIF, 10).shown
    at = next(at for at, operator in enumerate(shown) if operator.endswith("]TJ") and "-50]" in operator)
    assert shown[at - 1:at + 2:2] == ("0 Tc", "0.500 Tc")


def _rows(text: str, *marks: tuple[int, int]) -> list[LineRow]:
    rows = paragraph(text, BODY, MEASURE, marks).rows
    assert all(isinstance(row, LineRow) for row in rows)
    return [row for row in rows if isinstance(row, LineRow)]


def test_a_rule_is_as_long_as_the_words_above_it() -> None:
    (row,) = _rows("单价为12345元整。", (3, 8))
    ((begin, end),) = row.rules
    size = BODY.ink.size
    assert begin == pytest.approx(SERIF.width("单价为", size) + 0.09 * size)  # the space before a Latin letter or figure
    assert end - begin == pytest.approx(SERIF.width("12345", size))


def test_a_mark_over_the_end_of_a_line_is_ruled_on_both_and_none_reaches_beyond_its_line() -> None:
    text = "甲方应当按照约定的时间支付价款并承担逾期付款的违约责任" * 4
    rows = _rows(text, (20, 60), (60, 64))
    assert [len(row.rules) for row in rows if row.rules][:2] == [1, 2]
    for row in rows:
        edges = [edge for rule in row.rules for edge in rule]
        assert edges == sorted(edges)
        assert all(0 <= edge <= MEASURE - row.across + 0.01 for edge in edges)


def test_what_papers_of_one_template_say_alike_is_set_once() -> None:
    same, mine, yours = Said("特此函告。"), Said("共1元", ((1, 2),)), Said("共2元", ((1, 2),))
    (first, one), (second, two) = (list(template_blocks([same, own], {}, MEASURE))[1:] for own in (mine, yours))
    assert first is second
    assert one is not two


def test_a_long_job_keeps_the_order_of_its_papers_and_is_the_same_bytes_again() -> None:
    numbers = [f"SJ{at:08}" for at in range(70)]
    papers = [examples.receipt(number) for number in numbers]
    job = receipts_pdf(papers)
    said = reading.pages(job)
    assert [number for number, page in zip(numbers, said, strict=True) if number not in page] == []
    assert job == receipts_pdf(papers)


def test_a_letter_reads_the_same_alone_and_in_a_job() -> None:
    letters = [examples.letter(), examples.letter(buyers=4)]
    made = datetime(2026, 2, 24)  # noqa: DTZ001
    job = reading.pages(batch_pdf(letters, "函", examples.HOUSE, made))
    alone = [page for letter in letters for page in reading.pages(batch_pdf([letter], "函", examples.HOUSE, made))]
    assert job == alone
    assert all(one != other for one, other in pairwise(job))


def test_a_book_embeds_the_letters_of_all_its_texts() -> None:
    book = Book()
    for text in ("甲乙", "乙丙"):
        book.page(100, 100).text(10, 10, text)
    assert set("".join(book.used[SERIF.main.name])) == set("甲乙丙")
