"""The text of a form around its blanks: whose particulars are asked, in which article, in which sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from salescenter.domain.papers.blanks import UNITS, Blank, Style, put_in
from salescenter.domain.papers.fields import SEATS
from salescenter.domain.papers.form_tables import ABOVE, Row, rows_of
from salescenter.domain.papers.guess_rows import AGENT, BUYER, DEPUTY, PARTIES, SELLER
from salescenter.domain.papers.guess_subjects import subject

_HERE, _OTHER = "▮", "▁"
_WORD = re.compile(r"[^\W\d_]")
_BRACKETED = re.compile(rf"【([{_HERE}{_OTHER}])】")
"""Brackets around nothing but a blank are only how it is printed."""

_SEAT = re.compile(rf"^[ \t　]*(?:{PARTIES[BUYER]})[^\n：签盖]{{0,8}}：[\s　]*【?{_OTHER}", re.MULTILINE)
_PARTICULAR = re.compile(rf"(?:国籍|性别|证件|身份证|护照|电话|地址|住址|住所)[^\n]{{0,12}}：[\s　]*【?{_OTHER}")
"""Where a buyer may begin, and what makes it a buyer's seat: a cover has only the names."""

_FULL = str.maketrans(f"(),:;[]〔〕［］「」{ABOVE}", "（），：；【】【】【】【】　")
"""Signs that forms print one for another, and what says nothing; each is one letter, so places stay."""
_BEFORE, _AFTER, _PIECES = 60, 24, 14
_TAG = re.compile(r"\{\{[^{}\n]*\}\}")
_CURRENCY = re.compile(rf"（币种[：\s　]*{_OTHER}）")
_HEADINGS = tuple(
    re.compile(rf"^[ \t　]*(?:{how}|附件[一二三四五六七八九十\d]+)[^\n。；]{{0,40}}", re.MULTILINE)
    for how in (r"第[一二三四五六七八九十百\d]+条", r"[一二三四五六七八九十]{1,3}[、.．]", r"\d{1,2}[、.．]")
)
"""What articles begin with: 第一条; in papers without these 一、; in those without any 1."""

_NUMBERED = re.compile(r"^[\s　]*(?:(?:\d{1,2}|[A-D])[、.．]|（[一二三四五六七八九十]）)[^\n]*", re.MULTILINE)
_BARE = re.compile(rf"[\s　]*(?:\d{{1,2}}|[A-D])[、.．][\s　]*[^\n。；，：{_HERE}{_OTHER}]{{2,12}}[：。；]?[\s　]*")
_INSTALMENT = re.compile(r"[\s　]*第[\s　]*[一二三四五六七八九十\d]{1,3}[\s　]*期")
_PARTY = re.compile(
    rf"(?:^|(?<={_OTHER})(?=[^\n：{_OTHER}]{{1,18}}：))[ \t　]*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in PARTIES.items()) + ")", re.MULTILINE,
)  # fmt: skip
_AGAIN = re.compile(
    rf"{_OTHER}[\s　]*元?[整正]?[。，、\s]*(?:即|共?计|折合)?[，（\s　]*"
    rf"(?:大写[）：（\s　]*(?:人民币)?{_HERE}|(?:人民币)?{_HERE}[\s　]*元?(?:人民币)?[整正]?（大写)"
)
"""Where a form asks in capital words for the amount of which it asked the figures right before."""

_SENTENCES = re.compile(r"[^。；\n]*(?:[。；]?\n?[\s　]*（?大写[^。；\n]*)?\Z")
"""The sentence something ends, with the one before where it only repeats an amount in capital words."""


_PART_LINE = re.compile(
    r"[\s　]*(?:(?:首|[一二三四五六七八九十]{1,2})[期次笔]|（[\d一二三四五六七八九十]{1,2}）|[①-⑨])?"
    rf"[^{_OTHER}余尾清]{{0,6}}"
    rf"{_OTHER}[^{_OTHER}]{{0,8}}[前内][^{_OTHER}余尾清]{{0,12}}{_OTHER}元[^{_OTHER}余尾清]{{0,12}}"
)
_IN_PARTS, _REACH = re.compile(rf"分[\s　]*{_OTHER}?[\s　]*[期次](?!工程|开发)"), 600
"""A line of one instalment that says no number, what stands above the first one, letters they reach up to at most."""

_LABEL, _ROWS = re.compile(r"^(?!第|合计|总计)[^\W\d_]{2}"), 2
"""What a row begins with that tells what it asks, and how many such rows a table has at least."""

_ANSWER = re.compile("标准|证号|编号|内容|做法|材料|情况|约定|说明|填写")
"""Heads of a column that holds what is asked by the words its rows begin with."""

_EDGES = " 　\t\n"
_SPLIT = re.compile(r"【?([▮▁])】?[\s　]*年[\s　]*【?([▮▁])】?[\s　]*月(?:[\s　]*【?([▮▁])】?[\s　]*日)?")
"""A day whose parts are blanks of their own: 【▁】年【▁】月【▁】日."""


class Around:
    """The text with every blank and every tag as one sign, so that words are found however far apart."""

    def __init__(self, text: str, blanks: tuple[Blank, ...]) -> None:
        answered = [Blank(*found.span(), Style.RULED) for found in _TAG.finditer(text)]
        gaps = sorted((*blanks, *answered), key=lambda gap: gap.start)
        self._source, self._gaps = text, gaps
        self._parted = put_in(text.translate(_FULL), [(gap, _OTHER) for gap in gaps])
        self._text = self._parted.replace("\t", "\u3000")
        shift, self._places, self._all = 0, [], list[int]()
        asked = frozenset(blanks)
        for gap in gaps:
            self._all.append(gap.start + shift)
            if gap in asked:
                self._places.append(gap.start + shift)
            shift += 1 - (gap.end - gap.start)
        self._articles = _starts(_headings(self._text))
        self._parties = _starts(_PARTY.finditer(self._text))
        self._owners = [at for at, (_, name) in zip(*self._parties, strict=True) if name != AGENT]
        self._rows = rows_of(self._parted)
        self._seats = [start for start, end in self._between() if _PARTICULAR.search(self._text, start, end)]

    def _between(self) -> Iterator[tuple[int, int]]:
        """Where a buyer's name is asked, and where the next party or the first article begins."""
        stops = sorted((*self._owners, *self._articles[0], len(self._text)))
        for found in _SEAT.finditer(self._text):
            yield found.end() - 1, stops[bisect_right(stops, found.start())]

    def words(self, count: int) -> str:
        """Return the words before and after a blank, the blank itself as ▮; in a table those at its column's head.

        A day in parts is one ▮ or ▁.
        """
        at = self._places[count]
        is_edge = not at or self._text[at - 1] in _EDGES
        if is_edge and (found := self._beside(at) or self._labelled(at) or self._column(at)):
            return f"{found}：{_HERE}"
        around = f"{self._text[max(0, at - _BEFORE):at]}{_HERE}{self._text[at + 1:at + 1 + _AFTER]}"
        whole = _SPLIT.sub(lambda day: _HERE if _HERE in day[0] else _OTHER, around)
        return _BRACKETED.sub(r"\1", _CURRENCY.sub(f"{_OTHER}（币种）", whole))

    def piece(self, count: int) -> str:
        """Return 年, 月 or 日 where a blank is but that part of a day; "" where it is none."""
        at = self._places[count]
        if self._text[at + 1:at + 3].lstrip("】 　")[:1] not in ("年", "月", "日"):
            return ""
        around = f"{self._text[max(0, at - _PIECES):at]}{_HERE}{self._text[at + 1:at + _PIECES]}"
        day = next((day for day in _SPLIT.finditer(around) if _HERE in day[0]), None)
        return "年月日"[day.groups().index(_HERE)] if day else ""

    def row(self, count: int) -> tuple[Row, str] | None:
        """Return the row of a table that a blank is a cell of, and the head of its column; None where it is none."""
        at = self._places[count]
        start = self._text.rfind("\n", 0, at) + 1
        row = self._rows.get(start)
        if row is None or self._text[at + 1:at + 2].strip(_EDGES):
            return None
        return row, row.head(self._parted[start:at])

    def _column(self, at: int) -> str:
        """Return the head of the column of a table whose first row a blank is a cell of, or "" where it is in none."""
        start = self._text.rfind("\n", 0, at) + 1
        row = self._rows.get(start)
        is_cell = row is not None and row.number == 1 and not self._text[at + 1:at + 2].strip(_EDGES)
        return row.head(self._parted[start:at]) if row is not None and is_cell else ""

    def _beside(self, at: int) -> str:
        """Return the words of the cell beside the last one of a row (1　外墙　▁), or "" where that is no such cell."""
        start = self._text.rfind("\n", 0, at) + 1
        before = self._text[start:at].split()
        row = self._rows.get(start)
        is_last = row is not None and row.of > 1 and self._text[at + 1:at + 2] in ("\n", "")
        return before[-1] if is_last and before and _OTHER not in "".join(before) else ""

    def _labelled(self, at: int) -> str:
        """Return what a cell asks in a row that begins with words: those and its column's head; "" where it is none.

        Below a head that only says what kind of answer it is (证号　预售许可证) the words come last, else it does.
        """
        start = self._text.rfind("\n", 0, at) + 1
        row, cells = self._rows.get(start), self._text[start:at].split()
        label = next((cell for cell in cells if _LABEL.search(cell)), "")
        if row is None or row.of < _ROWS or not label or self._text[at + 1:at + 2].strip(_EDGES):
            return ""
        head = row.head(self._parted[start:at])
        return f"{head}　{label}" if _ANSWER.search(head) and _OTHER not in cells else f"{label}{head}"

    def asked(self, count: int) -> str:
        """Return what stands in the article up to a blank, the blank as the last ▁."""
        at = self._places[count]
        article = bisect_right(self._articles[0], at)
        return self._text[self._articles[0][article - 1] if article else 0:at + 1]

    def instalment(self, count: int) -> int:
        """Return which of the lines below 分期付款 that each ask a day and an amount a blank is in; 0 where of none."""
        at = self._places[count]
        start = self._text.rfind("\n", 0, at) + 1
        above = self._text[max(0, start - _REACH):start].split("\n")[:-1]
        line, below = f"{self._text[start:start + _REACH]}\n\n".split("\n")[:2]
        if not _PART_LINE.fullmatch(line):
            return 0
        alike = next((n for n, one in enumerate(reversed(above)) if not _PART_LINE.fullmatch(one)), len(above))
        begins = alike < len(above) and _IN_PARTS.search(above[-alike - 1])
        return alike + 1 if begins and (alike or _PART_LINE.fullmatch(below)) else 0

    def so_far(self, count: int) -> str:
        """Return what stands before a blank in its line."""
        at = self._places[count]
        return self._text[self._text.rfind("\n", 0, at) + 1:at]

    def mark(self, count: int) -> str:
        """Return a mark and the words it stands for: those before it where a line ends with one."""
        at = self._places[count]
        start, end = self._text.rfind("\n", 0, at) + 1, self._text.find("\n", at)
        line = self._text[start:end if end >= 0 else len(self._text)].rstrip("；。，、 　")
        first = line.partition(_OTHER)[0]
        last = self._gaps[bisect_right(self._all, start + len(line)) - 1]
        is_last = line.endswith(_OTHER) and last.style is Style.TICK
        if not is_last or not _WORD.search(first) or first.rstrip().endswith("："):
            return self.words(count)
        return f"{_HERE}{self._text[start:at].rpartition(_OTHER)[2].lstrip('0123456789（）、.． 　')}"

    def figures(self, count: int) -> Blank | None:
        """Return what asks or tells the figures of the amount that a blank asks in capital words."""
        at = self._first(count)
        around = f"{self._text[max(0, at - _BEFORE):at]}{_HERE}{self._text[at + 1:at + 1 + _AFTER]}"
        before = bisect_left(self._all, at)
        return self._gaps[before - 1] if before and _AGAIN.search(around) else None

    def answer(self, told: Blank) -> str:
        """Return the tag that stands where a blank was."""
        return self._source[told.start:told.end].strip("{}")

    def is_beside(self, count: int) -> bool:
        """Whether the parties stood side by side, so that what is asked below them may be of either."""
        names = bisect_right(self._owners, self._places[count])
        if names < 2 or self.article(count):
            return False
        between = self._text[self._owners[names - 2]:self._owners[names - 1]]
        return "\n" not in between and "\n" in self._text[self._owners[names - 1]:self._places[count]].lstrip()

    def _first(self, count: int) -> int:
        """Where the row of digit boxes begins that a blank is one of."""
        at = self._places[count]
        while at > 1 and self._text[at - 1] in UNITS and self._text[at - 2] == _OTHER:
            at -= 2
        return at

    def named(self, count: int) -> str:
        """Return what stands before the digit boxes a blank is one of, in their sentence."""
        at = self._first(count)
        said = _SENTENCES.search(self._text, max(0, at - 2 * _BEFORE), at)
        return said.group() if said else ""

    def line(self, count: int) -> str:
        """Return what stands before a blank in its line, or the item (1.一次性付款, 2.分期付款：) it is part of."""
        at = self._places[count]
        start = self._text.rfind("\n", 0, at) + 1
        if _NUMBERED.match(self._text, start, at):
            return self._text[start:at]
        article = bisect_right(self._articles[0], at)
        above: list[str] = _NUMBERED.findall(self._text, self._articles[0][article - 1] if article else 0, start)
        belongs = _INSTALMENT.match(self._text, start)
        if above and (belongs or _BARE.fullmatch(above[-1]) or _goes_on(self._text, above[-1], start)):
            return above[-1]
        return self._text[start:at]

    def below(self, count: int) -> str:
        """Return what stands behind a blank up to the next article."""
        at = self._places[count]
        later = bisect_right(self._articles[0], at)
        return self._text[at + 1:self._articles[0][later] if later < len(self._articles[0]) else len(self._text)]

    def article(self, count: int) -> str:
        """Return the heading of the article or annex the blank stands in; "" before the first one."""
        return self._last(self._articles, count)[0]

    def subject(self, count: int) -> str:
        """Return the heading with what the article is about, where the heading itself says that in everyday words."""
        heading = self.article(count)
        return subject(heading, f"{self.asked(count)}{self.below(count)}") if heading else ""

    def party(self, count: int) -> str:
        """Return whose particulars are being asked: only the part before the first article asks any."""
        if self.article(count):
            return ""
        at = bisect_right(self._parties[0], self._places[count])
        named = [name for _, name in self._parties[1][:at]]
        owner = next((name for name in reversed(named) if name != AGENT), "")
        return DEPUTY if owner == SELLER and named[-1] == AGENT else named[-1] if named else ""

    def section(self, count: int) -> int:
        """Return how many parties have been named before a blank, their agents not counted."""
        return bisect_right(self._owners, self._places[count])

    def seat(self, count: int) -> int:
        """Return which buyer's particulars are asked, from 1; 0 where the form asks those of all in one place."""
        at = bisect_right(self._seats, self._places[count])
        return at if 1 < len(self._seats) <= SEATS and at else 0

    def _last(self, starts: tuple[list[int], list[tuple[str, str]]], count: int) -> tuple[str, str]:
        at = bisect_right(starts[0], self._places[count])
        return starts[1][at - 1] if at else ("", "")


def _goes_on(text: str, above: str, start: int) -> bool:
    """Whether the line that starts there goes on with a sentence of the one right above it."""
    return above[-1] not in "。；：" and text.startswith(f"{above}\n", start - len(above) - 1)


def _headings(text: str) -> list[re.Match[str]]:
    """The articles of a text and its annexes: a paper without 第一条 has 一、 or 1. instead."""
    for heading in _HEADINGS:
        found = list(heading.finditer(text))
        if any(not one[0].lstrip().startswith("附件") for one in found):
            return found
    return list(_HEADINGS[0].finditer(text))


def _starts(found: Iterable[re.Match[str]]) -> tuple[list[int], list[tuple[str, str]]]:
    hits = list(found)
    return [hit.start() for hit in hits], [(hit[0], hit.lastgroup or "") for hit in hits]
