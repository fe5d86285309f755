"""Proposes what belongs in each blank of a contract form, from the words, party and article around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from salescenter.domain.papers.blanks import Blank, Style, find_blanks
from salescenter.domain.papers.fields import FIELDS, FROM_BUYER, PLACES, SEATS
from salescenter.domain.papers.form_orders import GUESSED, in_order
from salescenter.domain.papers.form_text import Around
from salescenter.domain.papers.guess_bounds import counts, is_at_home
from salescenter.domain.papers.guess_lines import in_alike_lines, in_lines, in_table, of_pledge
from salescenter.domain.papers.guess_rows import AGENT, BUYER, DATES, NOBODY
from salescenter.domain.papers.guess_search import choices, guesses, matching
from salescenter.domain.papers.guess_ways import NEVER, WHENS

HIGH = 85
"""From this confidence (of 100) on, a proposal may be taken without reading it twice."""

UNSURE = 80
"""How sure it is that what a form asks of another way of pricing is struck: somebody looks at each."""


_CHOICES = frozenset({Style.BRACKET, Style.NAMED, Style.TICK})

_MONEY_NAMED = re.compile(
    r"(?P<定金>定金)|(?P<首付款>首[付期])|(?P<贷款额>贷款|除首[付期]款外[^。；]{0,6}余)"
    r"|(?P<总价>总价|总金额|总房款|房?价款|房价|成交价)|装修|[余剩]|利息|违约"
)
"""Amounts by their names; the last ones are none of the deal's."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may stand in a blank: a tag of the language without its braces, "" for nothing known; sure: 0 to 100.

    article: the heading of the article or annex it stands in.
    when: the condition (?按套计价) under which anything that stands there counts; "" for always.
    """

    blank: Blank
    tag: str
    sure: int
    others: tuple[str, ...] = ()
    article: str = ""
    when: str = ""

    @property
    def text(self) -> str:
        """Return what is written into the template for it."""
        return tagged(self.tag)


_ONCE = frozenset(f"{money}{words}" for money in ("单价", "总价", "首付款", "贷款额") for words in ("", "大写"))
"""What an article asks once, unless it asks it of each way."""

_ONLY_DAY = {"?付款方式=一次性": "付清日期", "?付款方式=贷款": "首付款日期"}
"""The day that a way of paying has, where the words around tell none."""

BY_HAND, STRUCK = "~8", "~0"
"""Tags of a blank that is left to the pen, and of one that is struck with ×."""

_NARROW, _WIDE = 4, 30
"""Letters that a line for the pen is wide at least, and at most or where nothing else stands beside it."""

_ANSWER = re.compile(r"\{\{([^{}\n#/@][^{}\n]*)\}\}")
_BESIDE = re.compile(r"[^\W\d_]")
_HERE = "▮"
_CLOSE, _TOLD = (2, 3), 2
"""Letters before and behind a blank that tell its like, and how many of them must be letters of words."""



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


def close_words(text: str, blank: Blank) -> str:
    """Return the few letters right around a blank, which blanks that ask the same share; "" where hardly any stand."""
    before, behind = text[:blank.start].rpartition("\n")[2], text[blank.end:].partition("\n")[0]
    said = f"{before[-_CLOSE[0]:]}{_HERE}{behind[:_CLOSE[1]]}"
    return said if len(_BESIDE.findall(said)) >= _TOLD else ""


def propose(text: str) -> tuple[Proposal, ...]:
    """Find every blank of a text and propose what belongs there."""
    blanks = find_blanks(text)
    around = Around(text, blanks)
    made = [_proposal(text, blank, around, count) for count, blank in enumerate(blanks)]
    return tuple(_doubted(_agreed(made, around), around))


def asked_again(text: str, at: int) -> Proposal | None:
    """Return the answer {{…}} that stands at a place of a text as a blank, what else may stand there behind it."""
    found = next((one for one in _ANSWER.finditer(text) if one.start() < at < one.end()), None)
    if found is None:
        return None
    tag, gap = found[1], "□" if found[1].startswith(("?", "~□")) else "____年__月__日" if found[1] in DATES else "____"
    open_text = f"{text[:found.start()]}{gap}{text[found.end():]}"
    likely = next((one for one in propose(open_text) if one.blank.start == found.start()), None)
    blank = Blank(*found.span(), likely.blank.style if likely else Style.RULED)
    said = (likely.tag, *likely.others) if likely else ()
    others = tuple(one for one in said if one and one != tag)
    return Proposal(blank, tag, 0, others, likely.article if likely else "", likely.when if likely else "")


def _agreed(made: list[Proposal], around: Around) -> list[Proposal]:
    """An amount in words is the one whose figures stand before it: it has that one's name, or is left open with it."""
    told = {one.blank: one.tag for one in made}
    return [
        _in_words(one, told.get(figures, around.answer(figures)))
        if one.blank.style is not Style.DATE and (figures := around.figures(count)) else one
        for count, one in enumerate(made)
    ]  # fmt: skip


def _in_words(one: Proposal, figures: str) -> Proposal:
    name, mark, when = figures.partition("?")
    name = name.removesuffix("·金额") + "·" if name.endswith("·金额") else name
    if one.blank.place:
        fits = bool(name) and one.tag.startswith(f"{name}·")
        return one if fits or one.tag == STRUCK else replace(one, tag="", sure=0)
    if f"{name}大写" not in FIELDS:
        return one if figures == one.tag == STRUCK else replace(one, tag="", sure=0)
    return replace(one, tag=f"{name}大写{mark}{when}", sure=max(one.sure, UNSURE))


def _doubted(made: list[Proposal], around: Around) -> Iterator[Proposal]:
    """What is asked of a party for the second time is perhaps asked of somebody else: its agent, its company.

    So is everything asked below two parties that stand side by side. An amount that one article asks again, of another
    way of pricing or of paying whose beginning was not understood, is only offered: as it is it would be said of both.
    """
    seen: set[tuple[str, int]] = set()
    told = Counter((one.tag, one.article) for one in made)
    under = {(one.tag.partition("?")[0], one.article) for one in made if one.when}
    for count, one in enumerate(made):
        section = around.section(count)
        again = one.blank.style not in _CHOICES and ((one.tag, section) in seen or around.is_beside(count))
        seen.add((one.tag, section))
        twice = one.tag in _ONCE and told[one.tag, one.article] > 1
        if twice and not one.when:
            yield replace(one, tag="", sure=0, others=(one.tag, *one.others))
        else:
            is_beside = not one.when and one.tag in _ONCE and (one.tag, one.article) in under
            yield replace(one, sure=min(one.sure, GUESSED)) if is_beside or (again and not one.article) else one


def _proposal(text: str, blank: Blank, around: Around, count: int) -> Proposal:
    if blank.style is Style.TOKEN:
        return _token(text, blank)
    article, subject = around.article(count), around.subject(count)
    if _is_other_choice(text, blank):
        return Proposal(blank, "", 0, article=article)
    when = "" if blank.style in _CHOICES else _when(around.line(count), subject)
    if when == f"?{NEVER}":
        return Proposal(blank, STRUCK, UNSURE, article=article)
    piece = around.piece(count)
    whole = replace(blank, style=Style.DATE) if piece else blank
    own = _of_several(whole, around, count)
    likely = _all(whole, around, count, subject) if own is None else [own]
    below = around.below(count)
    if own is None and whole.style is Style.DATE and not (likely := list(likely)) and when in _ONLY_DAY:
        likely = [(_ONLY_DAY[when], UNSURE)]
    found = sorted((in_order(tag, sure, below) for tag, sure in likely), key=lambda one: -one[1])
    if not found or not found[0][0]:
        return Proposal(blank, "", 0, article=article, when=when)
    if piece:
        found = [(f"{tag}·{piece}", sure) for tag, sure in found]
    seat = around.seat(count) if around.party(count) in (BUYER, AGENT) else 0
    tag, *others = dict.fromkeys(f"{_of_one(tag, seat)}{'' if tag[0] in '@~' else when}" for tag, _ in found if tag)
    sure = found[0][1] if is_at_home(found[0][0], subject) else min(found[0][1], GUESSED)
    return Proposal(blank, tag, sure, tuple(others), article, when)


def _of_several(blank: Blank, around: Around, count: int) -> tuple[str, int] | None:
    """What is asked of one of several that have a line each; None where the blank is of no such line."""
    row = around.row(count)
    if row is not None and (cell := in_table(*row)) is not None:
        return cell
    if blank.style in (Style.NAMED, Style.TICK, Style.BOX, Style.TOKEN):
        return None
    article = around.subject(count)
    pledge = of_pledge(around.asked(count), around.below(count), article)
    numbered = pledge or in_lines(around.words(count), around.so_far(count), article, blank.style)
    return numbered or in_alike_lines(around.instalment(count), blank.style)


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
    """The same field of one buyer, or the same choice, where a form asks them one by one."""
    mark, name = ("?", tag[1:]) if tag.startswith("?") else ("", tag)
    field = name.removeprefix("买受人")
    is_asked = seat and name.startswith("买受人") and field.partition("=")[0] in FROM_BUYER
    return f"{mark}买受人{seat}·{field}" if is_asked else tag


def _when(line: str, article: str) -> str:
    for where, begins, condition in WHENS:
        if where.search(article) and begins.search(line):
            return f"?{condition}"
    return ""


def _all(blank: Blank, around: Around, count: int, article: str) -> Iterator[tuple[str, int]]:
    """All that may stand there; of rows as sure as each other the first one of the table is taken."""
    party = around.party(count)
    if blank.style is Style.BOX:
        yield from _box(blank, around.named(count))
        return
    if blank.style in _CHOICES:
        said = around.mark(count) if blank.style is Style.TICK else around.words(count)
        yield from matching(choices(article, party), said)
    if blank.style not in (Style.NAMED, Style.TICK):
        words = around.words(count)
        for tag, sure in matching(guesses(article, party), words):
            if tag == NOBODY or (tag in DATES if blank.style is Style.DATE else counts(tag, words)):
                yield tag, sure


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
