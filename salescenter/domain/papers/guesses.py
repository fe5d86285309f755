"""Proposes what belongs in each blank of a contract form, from the words, party and article around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from salescenter.domain.papers.blanks import UNITS, Blank, Style, find_blanks, put_in
from salescenter.domain.papers.fields import FROM_BUYER, PLACES, SEATS
from salescenter.domain.papers.form_orders import GUESSED, in_order
from salescenter.domain.papers.guess_table import (
    AGENT,
    BUYER,
    CHOICES,
    DATES,
    DEPUTY,
    GUESSES,
    NEVER,
    NOBODY,
    PARTIES,
    SELLER,
    WHENS,
    Guess,
)

HIGH = 85
"""From this confidence (of 100) on, a proposal may be taken without reading it twice."""

UNSURE = 80
"""How sure it is that what a form asks of another way of pricing is struck: somebody looks at each."""

_HERE, _OTHER = "▮", "▁"
_BRACKETED = re.compile(rf"【([{_HERE}{_OTHER}])】")
"""Brackets around nothing but a blank are only how it is printed."""

_SEAT = re.compile(rf"^[ \t　]*(?:{PARTIES[BUYER]})[^\n：签盖]{{0,8}}：[\s　]*【?{_OTHER}", re.MULTILINE)
_PARTICULAR = re.compile(rf"(?:国籍|性别|证件|身份证|护照|电话|地址|住址|住所)[^\n]{{0,12}}：[\s　]*【?{_OTHER}")
"""Where a buyer may begin, and what makes it a buyer's seat: a cover has only the names."""

_FULL = str.maketrans("(),:;[]〔〕［］「」", "（），：；【】【】【】【】")
"""Signs that forms print one for another; each is one letter, so places stay."""
_BEFORE, _AFTER = 60, 24
_CHOICES = frozenset({Style.BRACKET, Style.NAMED, Style.TICK})
_TAG = re.compile(r"\{\{[^{}\n]*\}\}")
_HEADINGS = tuple(
    re.compile(rf"^[ \t　]*(?:{how}|附件[一二三四五六七八九十\d]+)[^\n。；]{{0,40}}", re.MULTILINE)
    for how in (r"第[一二三四五六七八九十百\d]+条", r"[一二三四五六七八九十]{1,3}[、.．]", r"\d{1,2}[、.．]")
)
"""What articles begin with: 第一条; in papers without these 一、; in those without any 1."""

_NUMBERED = re.compile(r"^[\s　]*(?:\d{1,2}[、.．]|（[一二三四五六七八九十]）)[^\n]*", re.MULTILINE)
_BARE = re.compile(rf"[\s　]*\d{{1,2}}[、.．][\s　]*[^\n。；，：{_HERE}{_OTHER}]{{2,12}}[：。；]?[\s　]*")
_PARTY = re.compile(
    rf"(?:^|(?<={_OTHER})(?=[^\n：{_OTHER}]{{1,18}}：))[ \t　]*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in PARTIES.items()) + ")", re.MULTILINE,
)  # fmt: skip
_SENTENCES = re.compile(r"[^。；\n]*(?:[。；]?\n?[\s　]*（?大写[^。；\n]*)?\Z")
"""The sentence something ends, with the one before where it only repeats an amount in capital words."""

_MONEY_NAMED = re.compile(
    r"(?P<定金>定金)|(?P<首付款>首[付期])|(?P<贷款额>贷款|除首[付期]款外[^。；]{0,6}余)|(?P<总价>总价|总金额|总房款|房?价款|成交价)|装修|[余剩]|利息|违约"
)
"""Amounts by their names; the last ones are none of the deal's."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may stand in a blank: a tag of the language without its braces, "" for nothing known; sure: 0 to 100.

    article: the heading of the article or annex it stands in.
    """

    blank: Blank
    tag: str
    sure: int
    others: tuple[str, ...] = ()
    article: str = ""

    @property
    def text(self) -> str:
        """Return what is written into the template for it."""
        return tagged(self.tag)


BY_HAND, STRUCK = "~8", "~0"
"""Tags of a blank that is left to the pen, and of one that is struck with ×."""

_NARROW, _WIDE = 4, 30
"""Letters that a line for the pen is wide at least, and at most or where nothing else stands beside it."""

_BESIDE = re.compile(r"[^\W\d_]")


def tagged(tag: str) -> str:
    """Write a tag as the language does."""
    return f"{{{{{tag}}}}}"


def by_hand(text: str, blank: Blank) -> str:
    """Return what leaves a blank to the pen, as wide as its form has it: a day keeps 年月日, a choice is a box."""
    match blank.style:
        case Style.NAMED | Style.TICK:
            return tagged("~□")
        case Style.DATE:
            return f"{tagged('~4')}年{tagged('~2')}月{tagged('~2')}日"
        case Style.BOX:
            return tagged("~2")
    line = text[text.rfind("\n", 0, blank.start) + 1:blank.start], text[blank.end:].partition("\n")[0]
    if not any(map(_BESIDE.search, line)):
        return tagged(f"~{_WIDE}")
    said = text[blank.start:blank.end]
    wide = sum(2 if one in "＿　─━" else 1 for one in said) // 2
    return tagged(f"~{min(max(wide, _NARROW), _WIDE)}" if len(said) > 2 else BY_HAND)


def propose(text: str) -> tuple[Proposal, ...]:
    """Find every blank of a text and propose what belongs there."""
    blanks = find_blanks(text)
    around = _Around(text, blanks)
    made = [_proposal(text, blank, around, count) for count, blank in enumerate(blanks)]
    return tuple(_doubted(made, [around.section(count) for count in range(len(made))]))


def _doubted(made: list[Proposal], sections: list[int]) -> Iterator[Proposal]:
    """What is asked of a party for the second time is perhaps asked of somebody else: its agent, its company."""
    seen: set[tuple[str, int]] = set()
    for one, section in zip(made, sections, strict=True):
        again = not one.article and one.blank.style not in _CHOICES and (one.tag, section) in seen
        seen.add((one.tag, section))
        yield replace(one, sure=min(one.sure, GUESSED)) if again else one


class _Around:
    """The text with every blank and every tag as one sign, so that words are found however far apart."""

    def __init__(self, text: str, blanks: tuple[Blank, ...]) -> None:
        answered = [Blank(*found.span(), Style.RULED) for found in _TAG.finditer(text)]
        gaps = sorted((*blanks, *answered), key=lambda gap: gap.start)
        self._text = put_in(text.translate(_FULL), [(gap, _OTHER) for gap in gaps])
        shift, self._places = 0, []
        asked = frozenset(blanks)
        for gap in gaps:
            if gap in asked:
                self._places.append(gap.start + shift)
            shift += 1 - (gap.end - gap.start)
        self._articles = _starts(_headings(self._text))
        self._parties = _starts(_PARTY.finditer(self._text))
        self._owners = [at for at, (_, name) in zip(*self._parties, strict=True) if name != AGENT]
        self._seats = [start for start, end in self._between() if _PARTICULAR.search(self._text, start, end)]

    def _between(self) -> Iterator[tuple[int, int]]:
        """Where a buyer's name is asked, and where the next party or the first article begins."""
        stops = sorted((*self._owners, *self._articles[0], len(self._text)))
        for found in _SEAT.finditer(self._text):
            yield found.end(), stops[bisect_right(stops, found.start())]

    def words(self, count: int) -> str:
        """Return the words before and after a blank, the blank itself as ▮."""
        at = self._places[count]
        around = f"{self._text[max(0, at - _BEFORE):at]}{_HERE}{self._text[at + 1:at + 1 + _AFTER]}"
        return _BRACKETED.sub(r"\1", around)

    def mark(self, count: int) -> str:
        """Return a mark and the words it stands for: those before it where a line ends with one."""
        at = self._places[count]
        start, end = self._text.rfind("\n", 0, at) + 1, self._text.find("\n", at)
        line = self._text[start:end if end >= 0 else len(self._text)].rstrip("；。，、 　")
        first = line.partition(_OTHER)[0]
        if not line.endswith(_OTHER) or not _BESIDE.search(first) or first.rstrip().endswith("："):
            return self.words(count)
        return f"{_HERE}{self._text[start:at].rpartition(_OTHER)[2].lstrip('0123456789（）、.． 　')}"

    def named(self, count: int) -> str:
        """Return what stands before the digit boxes a blank is one of, in their sentence."""
        at = self._places[count]
        while at > 1 and self._text[at - 1] in UNITS and self._text[at - 2] == _OTHER:
            at -= 2
        said = _SENTENCES.search(self._text, max(0, at - 2 * _BEFORE), at)
        return said[0] if said else ""

    def line(self, count: int) -> str:
        """Return what stands before a blank in its line, or the bare title of the item (1.一次性付款) it is part of."""
        at = self._places[count]
        start = self._text.rfind("\n", 0, at) + 1
        if _NUMBERED.match(self._text, start, at):
            return self._text[start:at]
        article = bisect_right(self._articles[0], at)
        above = _NUMBERED.findall(self._text, self._articles[0][article - 1] if article else 0, start)
        if above and (_BARE.fullmatch(above[-1]) or _goes_on(self._text, above[-1], start)):
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


def _proposal(text: str, blank: Blank, around: _Around, count: int) -> Proposal:
    if blank.style is Style.TOKEN:
        return _token(text, blank)
    article = around.article(count)
    if _is_other_choice(text, blank):
        return Proposal(blank, "", 0, article=article)
    when = "" if blank.style in _CHOICES else _when(around.line(count), article)
    if when == f"?{NEVER}":
        return Proposal(blank, STRUCK, UNSURE, article=article)
    likely = _all(blank, around, count, article)
    below = around.below(count)
    found = sorted((in_order(tag, sure, below) for tag, sure in likely), key=lambda one: -one[1])
    if not found or not found[0][0]:
        return Proposal(blank, "", 0, article=article)
    seat = around.seat(count) if around.party(count) in (BUYER, AGENT) else 0
    tag, *others = dict.fromkeys(f"{_of_one(tag, seat)}{'' if tag[0] in '@~' else when}" for tag, _ in found if tag)
    return Proposal(blank, tag, found[0][1], tuple(others), article)


def _is_other_choice(text: str, blank: Blank) -> bool:
    """The last of 【身份证】【护照】【　】 is for a word that none of the others is."""
    return text[blank.start - 2:blank.start] in ("】【", "〕〔", "］［") and blank.style is not Style.NAMED


def _token(text: str, blank: Blank) -> Proposal:
    """客户1, 客户2 as sales programs leave them; where there is but one of them it is all buyers."""
    said = text[blank.start:blank.end]
    if not said.startswith("客户") or not 1 <= int(said[2:]) <= SEATS:
        return Proposal(blank, "", 0)
    several = "客户2" in text
    return Proposal(blank, _of_one("买受人姓名", int(said[2:]) if several else 0), 90)


def _of_one(tag: str, seat: int) -> str:
    """The same field of one buyer, where a form asks them one by one."""
    name = tag.removeprefix("买受人")
    return f"买受人{seat}·{name}" if seat and tag.startswith("买受人") and name in FROM_BUYER else tag


def _when(line: str, article: str) -> str:
    for where, begins, condition in WHENS:
        if where.search(article) and begins.search(line):
            return f"?{condition}"
    return ""


def _all(blank: Blank, around: _Around, count: int, article: str) -> Iterator[tuple[str, int]]:
    """All that may stand there; of rows as sure as each other the first one of the table is taken."""
    party = around.party(count)
    if blank.style is Style.BOX:
        yield from _box(blank, around.named(count))
        return
    if blank.style in _CHOICES:
        said = around.mark(count) if blank.style is Style.TICK else around.words(count)
        yield from _matching(_choices(article, party), said)
    if blank.style not in (Style.NAMED, Style.TICK):
        for tag, sure in _matching(_guesses(article, party), around.words(count)):
            if blank.style is not Style.DATE or tag in DATES or tag == NOBODY:
                yield tag, sure


def _matching(rows: tuple[Guess, ...], words: str) -> Iterator[tuple[str, int]]:
    return ((row.tag, row.sure) for row in rows if row.around.search(words))


@lru_cache(maxsize=256)
def _guesses(article: str, party: str) -> tuple[Guess, ...]:
    """The rows that hold in an article and among a party's particulars: many blanks stand in the same ones."""
    return tuple(row for row in GUESSES if row.party in ("", party) and row.article.search(article))


@lru_cache(maxsize=256)
def _choices(article: str, party: str) -> tuple[Guess, ...]:
    return tuple(row for row in CHOICES if row.party in ("", party) and row.article.search(article))


def _box(blank: Blank, said: str) -> Iterator[tuple[str, int]]:
    """A digit box counts the money named last before it; some per cent of it is the first part, or unknown."""
    found = list(_MONEY_NAMED.finditer(said))
    if not found:
        return
    money = found[-1].lastgroup
    if re.search("[%％]", said[found[-1].end():]):
        money = "首付款" if any(one.lastgroup == "首付款" for one in found) else None
    if money:
        yield f"{money}·{blank.place}" if blank.place in PLACES else STRUCK, 90
