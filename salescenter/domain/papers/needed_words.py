"""Tells of a pattern the words without one of which nothing can match it, so that it need not be tried in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<look>\(\?<?[=!]) | (?P<group>\((?:\?:|\?P<\w+>)?) | (?P<close>\)) | (?P<other_way>\|)
      | (?P<often>[?*+]|\{\d*,?\d*\}) | (?P<sign>\\.|\[(?:\\.|[^\]\\])*\]|[.^$]) | (?P<letter>.)""",
    re.VERBOSE | re.DOTALL,
)
_ONCE = re.compile(r"\+|\{[1-9]")
_NOTHING: frozenset[str] = frozenset()
Token = tuple[str, str]


def needed_words(pattern: str) -> frozenset[str]:
    """Return words one of which is in everything that a pattern matches; none where that cannot be told."""
    return _ways(iter([(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(pattern)]))


def _ways(tokens: Iterator[Token]) -> frozenset[str]:
    """What one of the ways through a group needs, up to its end."""
    ways, parts = [], _Parts()
    for kind, said in tokens:
        if kind == "close":
            break
        if kind == "other_way":
            ways.append(parts.best())
            parts = _Parts()
        else:
            parts.take(kind, said, tokens)
    ways.append(parts.best())
    return frozenset[str]().union(*ways) if all(ways) else _NOTHING


class _Parts:
    """What stands one behind the other: words, groups, and what may be anything."""

    def __init__(self) -> None:
        self._needed: list[frozenset[str]] = [_NOTHING]
        self._word = ""

    def take(self, kind: str, said: str, tokens: Iterator[Token]) -> None:
        """Take the next token, a group to its end."""
        if kind == "letter":
            self._word += said
            return
        if kind == "often":
            self._repeated(bool(_ONCE.match(said)))
            return
        self._end_word()
        inside = _ways(tokens) if kind in ("look", "group") else _NOTHING
        self._needed.append(inside if kind == "group" else _NOTHING)

    def _repeated(self, once: bool) -> None:
        """What stands right before is there once at least, or perhaps not at all."""
        letter, self._word = self._word[-1:], self._word if once else self._word[:-1]
        self._end_word()
        if not once and not letter:
            self._needed[-1] = _NOTHING

    def _end_word(self) -> None:
        if self._word:
            self._needed.append(frozenset({self._word}))
        self._word = ""

    def best(self) -> frozenset[str]:
        """Return what is found quickest: long words, few of them."""
        self._end_word()
        return max(self._needed, key=lambda words: (min(map(len, words - {"▮"}), default=0), -len(words)))
