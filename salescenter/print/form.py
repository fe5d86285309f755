"""Sets a form of the house (审批表, 结算清单, 交接单, ...): facts in frames, tables, opinions, places to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from salescenter.domain.papers.form import FormPaper, Section
from salescenter.print.answers import answers_block
from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.house_sheet import house_frame
from salescenter.print.list_table import list_table
from salescenter.print.page import MM, Ink
from salescenter.print.sheet import Block, Sheet
from salescenter.print.signing import opinions_block, signers_block
from salescenter.print.text import NOTE, TITLE, paragraph, sized

_SIDE = 17 * MM
_HEADLINE = replace(TITLE, ink=Ink(Face.SANS_BOLD, 11), leading=18, align="left", before=8, after=0)
_WORDS = replace(NOTE, ink=Ink(Face.SERIF, 9.5), leading=15, after=1)


def draw_form(book: Book, paper: FormPaper) -> None:
    """Add a form to a book."""
    frame = house_frame(paper.head, _SIDE, landscape=paper.landscape)
    Sheet(book, frame).lay(_blocks(paper, frame.measure))


def _blocks(paper: FormPaper, measure: float) -> Iterator[Block]:
    """Set everything in its order; nobody signs a page that holds no row of what is signed for."""
    said = [block for block in _said(paper, measure) if block.rows]
    if paper.signers:
        held = 1 if paper.opinions else 1 + len(paper.sections[-1].words)
        said[-held:] = [replace(block, leads=True) for block in said[-held:]]
        said.append(signers_block(paper.signers, measure, paper.head.lang))
    yield from said


def _said(paper: FormPaper, measure: float) -> Iterator[Block]:
    yield paragraph(paper.head.title, sized(TITLE, 17, 26), measure)
    across, label = (4, 0.085) if paper.landscape else (2, 0.16)
    for section in paper.sections:
        yield from section_blocks(section, measure, across, label)
    if paper.opinions:
        yield opinions_block(paper.opinions, measure)


def section_blocks(section: Section, measure: float, across: int = 2, label: float = 0.16) -> Iterator[Block]:
    """Set one part of a form: its heading, answers `across` on a line, table and sentences."""
    if section.title:
        yield paragraph(section.title, _HEADLINE, measure)
    if section.answers:
        yield answers_block(section.answers, measure, across, label)
    if section.columns:
        yield list_table(section.columns, section.rows, section.totals, measure)
    for said in section.words:
        yield paragraph(said, _WORDS, measure)
