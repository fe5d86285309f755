"""Looks for the rows of the table that fit the words around a blank, passing over those whose own words are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from salescenter.domain.papers.guess_rows import Guess
from salescenter.domain.papers.guess_table import GUESSES
from salescenter.domain.papers.guess_ways import CHOICES
from salescenter.domain.papers.needed_words import needed_words


class _Index:
    """Rows by their numbers, and which of them a letter or two neighbouring letters call for."""

    def __init__(self, rows: tuple[Guess, ...]) -> None:
        self.rows = rows
        self.always: set[int] = set()
        self.called: dict[str, set[int]] = defaultdict(set)
        for number, row in enumerate(rows):
            needed = needed_words(row.around.pattern)
            if not needed:
                self.always.add(number)
            for word in needed:
                self.called[word[:2]].add(number)

    def fitting(self, words: str) -> Iterator[int]:
        """Return the numbers of the rows that may fit these words."""
        letters = {*words, *map(add, words, words[1:])}
        return iter(self.always.union(*(self.called[one] for one in self.called.keys() & letters)))


_GUESSES, _CHOICES = _Index(GUESSES), _Index(CHOICES)


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table, by their numbers."""

    index: _Index
    numbers: frozenset[int]


@lru_cache(maxsize=256)
def guesses(article: str, party: str) -> Rows:
    """The rows that hold in an article and among a party's particulars: many blanks stand in the same ones."""
    return Rows(_GUESSES, frozenset(_holding(GUESSES, article, party)))


@lru_cache(maxsize=256)
def choices(article: str, party: str) -> Rows:
    """The same of the words behind marks."""
    return Rows(_CHOICES, frozenset(_holding(CHOICES, article, party)))


def matching(among: Rows, words: str) -> Iterator[tuple[str, int]]:
    """Return the fields of the rows that fit, in the table's order, with how sure they are."""
    for number in sorted(among.numbers.intersection(among.index.fitting(words))):
        row = among.index.rows[number]
        if row.around.search(words):
            yield row.tag, row.sure


def _holding(rows: Iterable[Guess], article: str, party: str) -> Iterator[int]:
    return (number for number, row in enumerate(rows) if row.party in ("", party) and row.article.search(article))
