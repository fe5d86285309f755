"""Rows fall on pages as a reader wants them: nothing cut, nothing left alone, heads again."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from salescenter.print.book import Book
from salescenter.print.page import Page
from salescenter.print.sheet import Block, Frame, Sheet
from salescenter.print.table import Cell, Grid, table
from salescenter.print.text import ARTICLE, BODY, paragraph

FRAME = Frame(400, 500, 40, 40, 50, 50)


@dataclass
class Brick:
    """A row that remembers where it was drawn."""

    height: float
    name: str = ""
    drawn: list[tuple[int, float]] = field(default_factory=list)
    book: Book | None = None

    def draw(self, page: Page, left: float, top: float) -> None:
        assert self.book is not None
        self.drawn.append((next(at for at, one in enumerate(self.book.pages) if one is page), top))


def _laid(blocks: list[Block]) -> Book:
    book = Book()
    for block in blocks:
        for row in block.rows:
            if isinstance(row, Brick):
                row.book = book
    Sheet(book, FRAME).lay(blocks)
    return book


def _page(row: object) -> int:
    assert isinstance(row, Brick)
    return row.drawn[0][0]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(5, 120), st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_every_row_is_drawn_once_in_order_and_inside_the_frame(sizes: list[tuple[int, bool, bool]]) -> None:
    blocks = [
        Block([Brick(height), Brick(height)], glued=frozenset({0}) if glue else frozenset(), leads=leads, before=4)
        for height, glue, leads in sizes
    ]
    _laid(blocks)
    rows = [row for block in blocks for row in block.rows if isinstance(row, Brick)]
    places = []
    for row in rows:
        ((page, top),) = row.drawn
        assert top <= 450.01
        assert top - row.height >= 49.98
        places.append((page, -top))
    assert places == sorted(places)


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    filler, heading, text = Block([Brick(360)]), Block([Brick(30)], leads=True), Block([Brick(30), Brick(30)])
    _laid([filler, heading, text])
    assert _page(heading.rows[0]) == _page(text.rows[0]) == 1


def test_glued_rows_go_over_together() -> None:
    filler, signatures = Block([Brick(330)]), Block([Brick(30) for _ in range(4)], glued=frozenset(range(3)))
    _laid([filler, signatures])
    assert {_page(row) for row in signatures.rows} == {1}


def test_glued_rows_taller_than_a_page_are_still_all_drawn() -> None:
    block = Block([Brick(100) for _ in range(9)], glued=frozenset(range(8)))
    book = _laid([block])
    assert len(book.pages) == 3
    assert all(isinstance(row, Brick) and len(row.drawn) == 1 for row in block.rows)


def test_the_head_of_a_table_comes_again_on_every_page_it_goes_on_to() -> None:
    block = Block([Brick(20, "head"), *(Brick(30) for _ in range(40))], head=1)
    book = _laid([block])
    (head, *_) = block.rows
    assert isinstance(head, Brick)
    assert [page for page, _ in head.drawn] == list(range(len(book.pages)))
    assert all(top == 450 for _, top in head.drawn[1:])


def test_a_head_never_stands_without_a_row() -> None:
    block = Block([Brick(20), *(Brick(30) for _ in range(3))], head=1)
    _laid([Block([Brick(360)]), block])
    assert _page(block.rows[0]) == _page(block.rows[1]) == 1


def test_a_block_that_asks_for_a_new_page_gets_one_but_no_empty_one() -> None:
    first, second = Block([Brick(30)], new_page=True), Block([Brick(30)], new_page=True)
    assert len(_laid([first, second]).pages) == 2


def test_a_paragraph_leaves_no_single_line_behind_or_ahead() -> None:
    lines = len(paragraph("字" * 400, BODY, FRAME.measure).rows)
    for filler in range(0, 400, 7):
        book = Book()
        Sheet(book, FRAME).lay([Block([_Blank(filler)]), paragraph("字" * 400, BODY, FRAME.measure)])
        on_first = book.pages[0].content().count("Tm")
        assert on_first in (0, *range(2, lines - 1), lines)


def test_an_article_heading_goes_with_two_lines_of_its_text() -> None:
    for filler in range(300, 400, 5):
        book = Book()
        blocks = [Block([_Blank(filler)]), paragraph("第一条", ARTICLE, FRAME.measure), paragraph("字" * 100, BODY, FRAME.measure)]
        Sheet(book, FRAME).lay(blocks)
        assert book.pages[0].content().count("Tm") != 1
        assert book.pages[0].content().count("Tm") != 2


def test_the_sum_of_a_table_is_not_alone_on_a_page() -> None:
    grid = Grid((160.0, 160.0))
    for rows in range(15, 25):
        block = table(grid, [["甲", "乙"]], [["一", "二"]] * rows + [[Cell("合计"), "三"]], foot=1)
        book = Book()
        Sheet(book, FRAME).lay([block])
        for page in book.pages[1:]:
            assert page.content().count("Tm") > 4


def test_no_cell_is_cut_by_the_edge_of_a_page() -> None:
    grid = Grid((160.0, 160.0))
    book = Book()
    Sheet(book, FRAME).lay([table(grid, [["甲", "乙"]], [["一" * at, "二"] for at in range(1, 60)])])
    for page in book.pages:
        for operator in page.under:
            if operator.endswith("re S"):
                bottom, height = (float(part) for part in operator.split()[-5:-2:2])
                assert bottom >= 49.9
                assert height > 0


def test_the_margins_know_the_last_page() -> None:
    said: list[tuple[int, int]] = []
    frame = Frame(400, 500, 40, 40, 50, 50, lambda page, at, of: said.append((at, of)))
    Sheet(Book(), frame).lay([Block([_Blank(100) for _ in range(9)])])
    assert said == [(1, 3), (2, 3), (3, 3)]


@dataclass(frozen=True)
class _Blank:
    height: float

    def draw(self, page: Page, left: float, top: float) -> None:
        """Nothing to see."""
