"""Sets a letter or agreement of the house from its template, with its own tables among the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from salescenter.domain.papers.fields import written
from salescenter.domain.papers.form import Section
from salescenter.domain.papers.letter import LetterPaper, sound_letter
from salescenter.domain.templates import fill
from salescenter.print.book import Book
from salescenter.print.house_sheet import house_frame
from salescenter.print.list_table import list_table
from salescenter.print.marks import words
from salescenter.print.page import MM
from salescenter.print.sheet import Block, Sheet
from salescenter.print.table import Cell, Grid, table
from salescenter.print.template_text import Maker, deal_makers, template_blocks
from salescenter.print.text import BODY, Style, sized

_SIDE = 25 * MM
_CHINESE = replace(sized(BODY, 10.5, 17.5), after=1.5)
_BODY: dict[str, Style] = {"zh_CN": _CHINESE, "en": replace(_CHINESE, indent=0, align="left", leading=16.5, after=4.5)}


def draw_letter(book: Book, paper: LetterPaper) -> None:
    """Add a letter to a book."""
    frame = house_frame(paper.head, _SIDE)
    said = fill(sound_letter(paper.template, paper.head.kind), paper.values())
    makers = deal_makers(paper.terms) | {name: _maker(table) for name, table in paper.tables.items()}
    makers["落款"] = lambda measure: _close(paper.head.house, paper.head.day, paper.head.lang, measure)
    Sheet(book, frame).lay(template_blocks(said, makers, frame.measure, _BODY[paper.head.lang]))


def _maker(section: Section) -> Maker:
    return lambda measure: list_table(section.columns, section.rows, section.totals, measure)


@lru_cache(maxsize=16)
def _close(house: str, day: date, lang: str, measure: float) -> Block:
    """Who writes, with room for the seal, and the day; at the right, never apart. The letters of a job share it."""
    seal = words(lang)("{house} (seal)", house=house)
    grid = Grid((measure * 0.45, measure * 0.55), size=11, thick=0, least=24, inset=0)
    lines: list[list[Cell | str]] = [["", Cell(text, "centre")] for text in (seal, written(day, lang))]
    return table(grid, [], lines, foot=1, before=14, after=10)
