"""Looks for the rows of the table that fit the words around a blank, passing over those whose own words are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from salescenter.domain.papers.guess_table import CHOICES, GUESSES, Guess

Rows = tuple[tuple[str, Guess], ...]
"""Rows, each with the words without which it cannot fit."""

_GROUP = re.compile(r"\((?:[^()\\]|\\.)*\)[?*]?(?:\{[^}]*\})?|\[(?:[^\]\\]|\\.)*\][?*+]?(?:\{[^}]*\})?")
_PERHAPS = re.compile(r".[?*]|.\{[^}]*\}|\\.")
_WORDS = re.compile(r"[\u4e00-\u9fff▮▁]+")


@lru_cache(maxsize=256)
def guesses(article: str, party: str) -> Rows:
    """The rows that hold in an article and among a party's particulars: many blanks stand in the same ones."""
    return _holding(GUESSES, article, party)


@lru_cache(maxsize=256)
def choices(article: str, party: str) -> Rows:
    """The same of the words behind marks."""
    return _holding(CHOICES, article, party)


def matching(rows: Rows, words: str) -> Iterator[tuple[str, int]]:
    """Return the fields of the rows that fit, with how sure they are."""
    return ((row.tag, row.sure) for needed, row in rows if needed in words and row.around.search(words))


def needed_words(pattern: str) -> str:
    """Return the longest words that everything a pattern matches must hold; "" where there are none of them."""
    before = ""
    while before != pattern:
        before, pattern = pattern, _GROUP.sub("\n", pattern)
    if "|" in pattern:
        return ""
    return max(_WORDS.findall(_PERHAPS.sub("\n", pattern)), key=len, default="")


def _holding(rows: tuple[Guess, ...], article: str, party: str) -> Rows:
    return tuple(
        (_NEEDED[row.around.pattern], row)
        for row in rows if row.party in ("", party) and row.article.search(article)
    )  # fmt: skip


_NEEDED = {row.around.pattern: needed_words(row.around.pattern) for row in (*GUESSES, *CHOICES)}
