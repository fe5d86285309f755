"""Sets the cover of a deal's file (装订封面) with its contents (卷内目录), and sheets of labels (档案标签)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salescenter.domain.papers.cover import CoverPaper, Filed, Label, LabelsPaper
from salescenter.domain.papers.fields import written
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.print.book import A4, Book
from salescenter.print.fonts import Face
from salescenter.print.house_sheet import house_frame
from salescenter.print.list_table import list_table
from salescenter.print.marks import fitted
from salescenter.print.page import GREY, MM, Ink, Page
from salescenter.print.sheet import Block, Sheet
from salescenter.print.text import TITLE, paragraph, sized

_SIDE = 28 * MM                             # room to bind
_ACROSS, _DOWN = 3, 8
_WIDTH, _HEIGHT = 70 * MM, 37 * MM
_LABEL, _VALUE = Ink(Face.SERIF, 13), Ink(Face.SERIF_BOLD, 14)


def draw_cover(book: Book, paper: CoverPaper) -> None:
    """Add a cover and its contents to a book."""
    frame = house_frame(paper.head, _SIDE)
    contents = paragraph("卷内目录", sized(TITLE, 16, 26), frame.measure)
    Sheet(book, frame).lay([
        Block([_Front(paper, frame.measure, frame.depth)]), contents, _contents(paper.contents, frame.measure),
    ])  # fmt: skip


def _contents(papers: Sequence[Filed], measure: float) -> Block:
    columns = (Column("序号", "centre"), Column("文件名称"), Column("编号"), Column("日期", "centre"),
               Column("页次", "centre", 0.1), Column("备注", share=0.14))  # fmt: skip
    rows = [
        ListRow((str(at), one.name, one.number, written(one.day), one.page, one.note))
        for at, one in enumerate(papers, 1)
    ]
    return list_table(columns, rows, (), measure)


@dataclass(frozen=True, slots=True)
class _Front:
    """The front: a frame, the title, whose file it is, and how long it is kept."""

    paper: CoverPaper
    width: float
    height: float

    def draw(self, page: Page, left: float, top: float) -> None:
        page.box(left, top - self.height, self.width, self.height, 1.2)
        inner, width = left + 8 * MM, self.width - 16 * MM
        fitted(page, inner, top - 32 * MM, width, self.paper.head.house, Ink(Face.SANS, 15), "centre")
        fitted(page, inner, top - 50 * MM, width, self.paper.head.title, Ink(Face.SANS_BOLD, 30), "centre")
        facts = (("房号", self.paper.room), ("买受人", self.paper.buyers), ("合同编号", self.paper.contract),
                 *self.paper.facts)  # fmt: skip
        for at, (label, value) in enumerate(facts):
            y = top - (78 + 13.5 * at) * MM
            page.text(left + 18 * MM, y, f"{label}：", _LABEL)
            fitted(page, left + 48 * MM, y, self.width - 66 * MM, value, _VALUE)
            page.line(left + 47 * MM, y - 4, left + self.width - 18 * MM, y - 4, 0.5)


def draw_labels(book: Book, paper: LabelsPaper) -> None:
    """Add sheets of labels to a book: 24 on a sheet of A4, in the order of the binders."""
    a_sheet = _ACROSS * _DOWN
    for begin in range(0, len(paper.labels), a_sheet):
        page = book.page(*A4)
        for at, label in enumerate(paper.labels[begin:begin + a_sheet]):
            down, across = divmod(at, _ACROSS)
            _draw_label(page, paper, label, across * _WIDTH, page.height - down * _HEIGHT - 0.5 * MM)


def _draw_label(page: Page, paper: LabelsPaper, label: Label, left: float, top: float) -> None:
    x, width = left + 8.5 * MM, _WIDTH - 16.5 * MM
    page.box(left + 5 * MM, top - _HEIGHT + 3 * MM, _WIDTH - 9 * MM, _HEIGHT - 6 * MM, 0.3, GREY)
    fitted(page, x, top - 11 * MM, width, label.room, Ink(Face.SANS_BOLD, 14))
    fitted(page, x, top - 17.5 * MM, width, label.buyers, Ink(Face.SERIF, 11))
    fitted(page, x, top - 23 * MM, width, label.contract, Ink(Face.SANS, 9.5))
    fitted(page, x, top - 28 * MM, width, f"{paper.head.project}　{label.days}", Ink(Face.SANS, 7.5, GREY))
