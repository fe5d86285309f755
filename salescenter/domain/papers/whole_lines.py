"""Joins the lines of a text that was copied from pages, where a line ends because the page did, not the sentence."""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import east_asian_width

LEAST = 5
"""Lines broken by the page from which on a text was copied from pages."""

_NARROWEST, _WIDEST = 30, 130
"""Columns of a page; a text with longer lines was written in paragraphs."""

_SLACK = 4
"""Columns a full line may be short of: a punctuation mark may not begin the next one."""

_ENDED = "。；：！？;:!?"
_COUNT = "一二三四五六七八九十"
_BEGINS = re.compile(
    rf"[\s　]*(?:#|第[{_COUNT}百\d]+[章节条期]|附件|附：|[{_COUNT}]{{1,3}}、|[（(][{_COUNT}\d]+[）)]"
    r"|[\dA-D]{1,2}[、.．](?!\d)|[①-⑨□☐]|(?!（?大写)[^，。；：:（）\n]{1,16}[：:]|\||\{\{|[　 ]{2})"
)
"""How a line of its own begins: a heading, an item, something asked, an indented paragraph."""

_PIECE = re.compile(r"[_＿﹍﹎]+|【[^】\n]*】|[A-Za-z0-9.]+|.")
_LATIN = re.compile(r"[A-Za-z]")


def whole_lines(text: str) -> str:
    """Return the text with each sentence in one line; as it is where hardly any line was broken by a page."""
    lines = text.split("\n")
    widest = max(map(_width, lines))
    broken = [_is_broken(line, below, widest) for line, below in pairwise(lines)]
    if not _NARROWEST <= widest <= _WIDEST or sum(broken) < LEAST:
        return text
    joined = [lines[0]]
    for is_broken, line in zip(broken, lines[1:], strict=True):
        if is_broken:
            joined[-1] += f"{_between(joined[-1], line)}{line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _is_broken(line: str, below: str, widest: int) -> bool:
    """Whether what begins the next line had no room left on this one, and goes on with what it says.

    The rows of a table end where they do.
    """
    if not line.strip() or line[-1] in _ENDED or "\t" in line + below or _BEGINS.match(below):
        return False
    piece = _PIECE.match(below)
    return piece is not None and _width(line) + _width(piece[0]) > widest - _SLACK


def _between(above: str, below: str) -> str:
    return " " if _LATIN.match(above[-1:]) and _LATIN.match(below) else ""


def _width(line: str) -> int:
    """Columns of a line: a Chinese letter is two wide."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in line)
