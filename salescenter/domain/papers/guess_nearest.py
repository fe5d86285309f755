"""Offers fields for a blank that nothing is proposed for: those whose words are most like the words around it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from math import log
from operator import add
from typing import Final

from salescenter.domain.papers.blanks import Blank, Style, find_blanks
from salescenter.domain.papers.fields import FIELDS, FROM_BUYER
from salescenter.domain.papers.form_text import Around
from salescenter.domain.papers.guess_bounds import counts, is_at_home
from salescenter.domain.papers.guess_rows import AGENCY, AGENT, BUYER, DATES, DEPUTY, SELLER
from salescenter.domain.papers.guess_table import GUESSES

_LETTERS = re.compile(r"[\u4e00-\u9fff]+")
_CLAUSE = re.compile(r"[^。；，、：（）\n▁▮]*[，：（]?[^。；，：（）\n▁▮]*▮[^。；，：（）\n▁]{0,8}")
"""What is said right around a blank: its clause, and the one before it."""

_HEADING = 0.5
"""How much a word of the article's heading counts beside one of the clause."""

_OF: Final = {
    SELLER: ("出卖人", "营业执照", "资质证书", "法定代表人"), DEPUTY: ("出卖人代理人",), AGENCY: ("经纪机构",),
    BUYER: ("买受人",), AGENT: ("买受人代理人",),
}  # fmt: skip
"""How the fields begin that tell of a party."""


def nearest(text: str, blank: Blank, most: int) -> tuple[str, ...]:
    """Return at most so many fields for a blank of a text, the likest first; none for a choice or a digit box.

    Nobody may take one unread: they are what a search for the words of the form would find.
    """
    blanks = find_blanks(text)
    if blank not in blanks or blank.style in (Style.NAMED, Style.TICK, Style.BRACKET, Style.BOX, Style.TOKEN):
        return ()
    around, count = Around(text, blanks), blanks.index(blank)
    words, subject = around.words(count), around.subject(count)
    found = _CLAUSE.search(words)
    near, head = _pairs(found[0] if found else words), _pairs(subject)
    marks = {
        name: sum(vocabulary.get(pair, 0) for pair in near) + _HEADING * sum(vocabulary.get(pair, 0) for pair in head)
        for name, vocabulary in _vocabularies().items()
        if _fits(name, blank, words) and is_at_home(name, subject) and _belongs(name, around.party(count))
    }
    likest = sorted((name for name, mark in marks.items() if mark), key=lambda name: -marks[name])
    return tuple(likest[:most])


def _fits(name: str, blank: Blank, words: str) -> bool:
    return (name in DATES) == (blank.style is Style.DATE) and counts(name, words)


def _belongs(name: str, party: str) -> bool:
    """Whether a field tells of the party whose particulars are asked; outside of them it tells of none."""
    if party:
        return name.startswith(_OF[party])
    return name.removeprefix("买受人") not in FROM_BUYER


def _pairs(words: str) -> set[str]:
    """Two letters each that stand side by side."""
    return {pair for run in _LETTERS.findall(words) for pair in map(add, run, run[1:])}


@lru_cache(maxsize=1)
def _vocabularies() -> dict[str, dict[str, float]]:
    """The pairs of letters in a field's name and in its rows of the table; one that few fields have counts more."""
    said: dict[str, set[str]] = defaultdict(set)
    for row in GUESSES:
        if row.tag in FIELDS:
            said[row.tag] |= _pairs(f"{row.tag} {row.around.pattern} {row.article.pattern.partition('.*)')[2]}")
    shared: dict[str, int] = defaultdict(int)
    for pairs in said.values():
        for pair in pairs:
            shared[pair] += 1
    return {name: {pair: log(1 + len(said) / shared[pair]) for pair in pairs} for name, pairs in said.items()}
