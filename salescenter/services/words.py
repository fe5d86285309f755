"""The house's own dictionaries: the words its registration sheets choose from, with the trade's as a start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from salescenter.data.record import upsert
from salescenter.data.visits import word
from salescenter.domain.refusals import FieldMissing
from salescenter.domain.units import Step
from salescenter.i18n import LANGUAGES, mark, tr
from salescenter.services.work import Desk, Work, deed

DEFAULTS: dict[str, tuple[str, ...]] = {
    "channel": (  # 认知渠道
        mark("Passed by"), mark("Friend's advice"), mark("Owner's referral"), mark("Short video"),
        mark("Property site"), mark("WeChat"), mark("Outdoor board"), mark("Agency"), mark("Leaflet"),
        mark("Fair"), mark("Cold call"), mark("Other"),
    ),
    "age": (  # 年龄
        mark("Under 25"), mark("25–30"), mark("31–40"), mark("41–50"), mark("51–60"), mark("Over 60"),
    ),
    "district": (  # 居住区域
        mark("East town"), mark("West town"), mark("South town"), mark("North town"), mark("Old town"),
        mark("High-tech zone"), mark("County towns"), mark("Another city"),
    ),
    "job": (  # 职业
        mark("Employee"), mark("Own business"), mark("Civil servant"), mark("Teacher"), mark("Health care"),
        mark("IT"), mark("Finance"), mark("Manager of a firm"), mark("Freelance"), mark("Retired"), mark("Other"),
    ),
    "family": (  # 家庭结构
        mark("Single"), mark("Couple"), mark("Couple, one child"), mark("Couple, two children"),
        mark("Three generations"), mark("Elderly couple"),
    ),
    "purpose": (  # 置业目的
        mark("First home"), mark("Better home"), mark("Marriage"), mark("School place"), mark("For the parents"),
        mark("Investment"), mark("Own shop or office"),
    ),
    "product": (  # 需求户型
        mark("One room"), mark("Two rooms"), mark("Three rooms"), mark("Four rooms"), mark("Duplex"),
        mark("Shop"), mark("Parking space"),
    ),
    "area": (  # 面积段
        mark("Under 70 m²"), mark("70–90 m²"), mark("90–110 m²"), mark("110–130 m²"), mark("130–150 m²"),
        mark("Over 150 m²"),
    ),
    "budget": (  # 意向价格
        mark("Under 1 m"), mark("1–1.5 m"), mark("1.5–2 m"), mark("2–2.5 m"), mark("2.5–3 m"), mark("Over 3 m"),
    ),
    "floor": (mark("Low floor"), mark("Middle floor"), mark("High floor"), mark("Any floor")),  # 意向楼层
    "concern": (  # 关注点
        mark("School"), mark("Place"), mark("Price"), mark("Property care"), mark("Usable share"),
        mark("Handover date"), mark("Layout"), mark("Transport"),
    ),
    "resistance": (  # 抗拒点
        mark("Too dear"), mark("Too far"), mark("Late handover"), mark("Layout poor"), mark("Wrong floor"),
        mark("Comparing"), mark("Old home unsold"),
    ),
    "payment": (  # 付款方式
        mark("One payment"), mark("Instalments"), mark("Bank mortgage"), mark("Provident fund"),
        mark("Combined loan"),
    ),
    "level": (  # 意向级别
        mark("A · within 3 days"), mark("B · within 2 weeks"), mark("C · within 2 months"), mark("D · none yet"),
    ),
    "asked": (  # 询问内容
        mark("Price"), mark("Units left"), mark("Layout"), mark("Place"), mark("Handover date"),
        mark("Loans"), mark("Discounts"), mark("School"),
    ),
    "follow-up": (  # 跟进结果
        mark("Will come again"), mark("Needs time"), mark("Bought elsewhere"), mark("No answer"),
        mark("Power off"), mark("Wrong number"), mark("Not interested"),
    ),
}
"""Dictionary -> its words as marked English; said in the house's language until the house writes its own."""

NOT_EFFECTIVE = (mark("No answer"), mark("Power off"), mark("Wrong number"))
"""Outcomes that are no effective follow-up: nobody was reached."""


@dataclass(frozen=True, slots=True)
class NewWord:
    """A word to add at the end of a dictionary."""

    dictionary: str
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class WordList:
    """A dictionary as it shall be from now on, in this order; words left out are no longer offered."""

    dictionary: str
    words: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class WordsKept:
    """The dictionary was kept, with so many words offered."""

    dictionary: str
    count: int


def dictionaries(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Return every dictionary's words in their order: the house's own, else the trade's."""
    with desk.reading() as connection:
        return of_project(connection, desk.project)


def of_project(connection: Connection, project: int) -> dict[str, tuple[str, ...]]:
    """Return every dictionary's words within open work."""
    rows = connection.execute(
        select(word.c.dictionary, word.c.text)
        .where(word.c.project_id == project, word.c.active)
        .order_by(word.c.position, word.c.id)
    )
    own: dict[str, list[str]] = {}
    for dictionary, text in rows:
        own.setdefault(dictionary, []).append(text)
    return {name: tuple(own.get(name) or map(_said, words)) for name, words in DEFAULTS.items()}


def write_defaults(work: Work, language: str) -> None:
    """Write the trade's words as the house's own in one language, so that all its screens say the same."""
    for dictionary, words in DEFAULTS.items():
        put(work, dictionary, tuple(_said(each, language) for each in words))


@deed(Step.REGISTER_VISIT, WordsKept)
def add(work: Work, asked: NewWord) -> WordsKept:
    """Add a word while registering; one that is there already is only offered again."""
    text = asked.text.strip()
    if not text:
        raise FieldMissing(field=asked.dictionary)
    known = of_project(work.connection, work.project)[asked.dictionary]
    words = known if text in known else (*known, text)
    put(work, asked.dictionary, words)
    work.note(Step.EDIT_SETTINGS, "word", work.project, after={asked.dictionary: text})
    return WordsKept(asked.dictionary, len(words))


@deed(Step.EDIT_SETTINGS, WordsKept)
def arrange(work: Work, asked: WordList) -> WordsKept:
    """Write a dictionary anew: words added, put in order, or no longer offered. What was answered stays."""
    words = tuple(dict.fromkeys(text.strip() for text in asked.words if text.strip()))
    if not words:
        raise FieldMissing(field=asked.dictionary)
    before = of_project(work.connection, work.project)[asked.dictionary]
    put(work, asked.dictionary, words)
    work.note(
        Step.EDIT_SETTINGS, "word", work.project,
        before={asked.dictionary: list(before)}, after={asked.dictionary: list(words)},
    )
    return WordsKept(asked.dictionary, len(words))


def put(work: Work, dictionary: str, words: Sequence[str]) -> None:
    """Write the words of a dictionary in their order; others of it are kept but no longer offered."""
    mine = (word.c.project_id == work.project, word.c.dictionary == dictionary)
    work.connection.execute(update(word).where(*mine).values(active=False))
    stmt = upsert(work.connection, word)
    stmt = stmt.on_conflict_do_update(
        index_elements=["project_id", "dictionary", "text"],
        set_={"position": stmt.excluded.position, "active": True},
    )
    rows = [
        {"project_id": work.project, "dictionary": dictionary, "text": text, "position": at, "active": True}
        for at, text in enumerate(words)
    ]
    work.connection.execute(stmt, rows)


def is_effective(outcome: str) -> bool:
    """Say whether a follow-up reached the customer; no answer, power off and a wrong number did not."""
    return outcome not in {_said(word_, language) for word_ in NOT_EFFECTIVE for language in LANGUAGES}


def _said(word_: str, language: str | None = None) -> str:
    """Say a word of the trade; the context tells it from the same English word elsewhere."""
    return tr(word_, context="dictionary", lang=language)


def is_agency(channel: str) -> bool:
    """Say whether a channel is an agency's that brings its customers (渠道带看)."""
    return channel in {_said(mark("Agency"), language) for language in LANGUAGES}
