"""The watch over every test's papers sees each of the faults it is there for, and nothing where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from salescenter.print.book import Book
from salescenter.print.page import Ink, Page
from salescenter.print.sheet import Block, Frame, Sheet
from salescenter.print.table import Grid, row, table
from salescenter.print.text import BODY, paragraph
from tests import papers_watched
from tests.print import examples, reading

FRAME = Frame()


@pytest.fixture(autouse=True)
def forgiven() -> Iterator[None]:
    """Bad pages are made here on purpose."""
    yield
    papers_watched._made.clear()


def _seen(*draw: Callable[[Page], None], blocks: tuple[Block, ...] = ()) -> list[str]:
    papers_watched._seen.clear()
    book, sheet = Book(), None
    sheet = Sheet(book, FRAME)
    sheet.lay([paragraph("出卖人应当在约定期限内交付该商品房。", BODY, FRAME.measure), *blocks])
    for one in draw:
        one(book.pages[0])
    book.pdf("", "", examples.MADE)
    (made,) = papers_watched._made[-1:]
    return papers_watched.faults(made)


def test_a_sound_page_has_no_faults() -> None:
    assert _seen(blocks=(table(Grid((100.0, 120.0)), [["甲", "乙"]], [["一", "1,234.56"]] * 60),)) == []


@pytest.mark.parametrize(("x", "y"), [(-4, 400), (590, 400), (300, -4), (300, 838)])
def test_a_letter_off_the_sheet_is_seen(x: float, y: float) -> None:
    assert "王" in _seen(lambda page: page.text(x, y, "王"))


def test_a_line_longer_than_its_column_is_seen() -> None:
    long = paragraph("字" * 200, BODY, FRAME.measure + 12)
    assert "字" in _seen(blocks=(long,))


def test_a_letter_on_another_is_seen() -> None:
    assert "王李" in _seen(lambda page: page.text(200, 300, "王"), lambda page: page.text(202, 301, "李"))


def test_a_text_through_the_side_of_its_cell_is_seen() -> None:
    assert _seen(lambda page: page.box(200, 300, 40, 20), lambda page: page.text(225, 306, "长长", Ink())) == ["长"]


def test_a_row_taller_than_the_page_is_seen() -> None:
    tall = row(Grid((100.0,)), ["字" * 1500])
    assert "字" in _seen(blocks=(Block([tall]),))


def test_a_cell_of_a_table_longer_than_the_page_goes_on_over_pages_with_every_word() -> None:
    block = table(Grid((100.0, 80.0)), [["备注", "金额"]], [["字" * 1500, "1,234.56"], ["完", ""]])
    assert _seen(blocks=(block,)) == []
    book = Book()
    Sheet(book, FRAME).lay([block])
    said = reading.words(book.pdf("", "", examples.MADE))
    assert (said.count("字"), said.count("备注"), said.count("1,234.56")) == (1500, len(book.pages), 1)


def test_a_page_that_was_looked_at_is_not_looked_at_again() -> None:
    _seen()
    book = Book()
    Sheet(book, FRAME).lay([paragraph("出卖人应当在约定期限内交付该商品房。", BODY, FRAME.measure)])
    before = len(papers_watched._made)
    book.pdf("", "", examples.MADE)
    assert len(papers_watched._made) == before
