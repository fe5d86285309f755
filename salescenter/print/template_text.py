"""Sets a filled template: every line as what it is, every named block by whoever can draw it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from salescenter.domain.papers.deal import Terms
from salescenter.domain.templates import Said
from salescenter.print.deal_blocks import boxes_block, buyers_block, schedule_block, signature_block
from salescenter.print.fonts import Face
from salescenter.print.page import Ink
from salescenter.print.sheet import Block
from salescenter.print.template_table import TAB, abreast, runs, table_block
from salescenter.print.text import ARTICLE, BODY, CHAPTER, TITLE, Style, paragraph

Maker = Callable[[float], Block]
"""Makes a block for a measure in points."""

_ANNEX = replace(CHAPTER, align="left", ink=Ink(Face.SANS_BOLD, 12), before=18, after=4)
_PLAIN_HEAD = replace(CHAPTER, ink=Ink(Face.SANS_BOLD, 13))
_NUMBER = "[一二三四五六七八九十百]+"
_WORDS = r"[^\s，。；：、《》（）()]"
_DEED = "(?:合同书?|契约|认购书|协议书?)"
_EDITION = "[（(](?:预售|现售|出售|示范文本)[）)]"
_LINES: tuple[tuple[re.Pattern[str], Style], ...] = (
    (re.compile(r"#\s*(?P<text>.+)"), TITLE),
    (re.compile(rf"(?P<text>第{_NUMBER}章.{{0,30}})"), CHAPTER),
    (re.compile(rf"(?P<text>第{_NUMBER}条(?:[^。；]{{0,30}}|[　 ]+[^，。；]{{1,24}}。))"), ARTICLE),
    (re.compile(rf"(?P<text>附件{_NUMBER}[　 ].{{0,60}})"), _ANNEX),
    (re.compile(rf"(?P<text>说\s*明|专业术语解释|{_EDITION})"), _PLAIN_HEAD),
    (re.compile(rf"(?P<text>{_WORDS}{{0,12}}商品房{_WORDS}{{0,6}}{_DEED}(?:{_EDITION})?)"), TITLE),
)
"""What a line of a template is, told by how it begins; everything else is text."""


def template_blocks(lines: Iterable[Said], makers: Mapping[str, Maker], measure: float,
                    body: Style = BODY) -> Iterator[Block]:
    """Set all lines of a filled template; 换页 begins a page, other blocks come from their makers.

    Nobody signs a page that says nothing: the text before the signatures goes with them.
    """
    turn, before = False, Block([])
    for rows in runs(lines):
        said = rows[0]
        if said.block == "换页":
            turn = True
            continue
        if len(rows) > 1:
            block: Block | None = table_block(rows, measure)
        else:
            block = makers[said.block](measure) if said.block else _line(said, measure, body)
        if block:
            yield replace(before, leads=True) if said.block == "签署" else before
            before, turn = replace(block, new_page=True) if turn else block, False
    yield before


def deal_makers(terms: Terms) -> dict[str, Maker]:
    """The blocks that any paper of a deal can draw."""
    price = terms.price
    return {
        "付款计划": lambda measure: schedule_block(terms.payment.schedule, price, measure),
        "签署": lambda measure: signature_block(terms, measure),
        "买受人表": lambda measure: buyers_block(terms.buyers, measure),
        "总价数位": lambda measure: boxes_block(price.places, price.boxes, measure),
        "定金数位": lambda measure: boxes_block(price.deposit_places, price.deposit_boxes, measure),
        "封面": lambda _: Block([]),
        "平面图": lambda _: Block([]),
    }


@lru_cache(maxsize=1024)
def _line(said: Said, measure: float, body: Style) -> Block | None:
    """Set a line; what one paper says another of its template mostly says too, so it is remembered as it was set."""
    if TAB in said.text:
        said = abreast(said, measure / body.ink.size - body.indent)
    first = said.marks[0][0] if said.marks else len(said.text)  # \u3000 within a mark is a blank to write on
    shift = min(len(said.text) - len(said.text.lstrip()), first)
    text = said.text[shift:].rstrip(" \t\r")
    if not text:
        return None
    for pattern, style in _LINES:
        found = pattern.fullmatch(text)
        if found:
            return paragraph(found["text"], style, measure)
    return paragraph(text, body, measure, tuple((start - shift, end - shift) for start, end in said.marks))
