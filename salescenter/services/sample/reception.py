"""The sample's reception: a year of visits and calls, follow-ups, and today's rota with everybody signed in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from salescenter.data.types import CHINA
from salescenter.domain.rota import Away, Happening, RotaKind
from salescenter.domain.staff import Person, Role
from salescenter.services import rota, words
from salescenter.services.past_visits import PastFollowUp, PastVisit, record_past
from salescenter.services.reception_rules import Contact
from salescenter.services.sample.people import Someone, invent
from salescenter.services.work import Work

CONSENT = "本人同意为购房服务之目的收集、使用所登记的个人信息。"
ASKED = ("district", "job", "family", "purpose", "product", "area", "budget", "concern", "resistance", "payment")
OPEN_DAYS = 8
"""Follow-ups due in the last days may still wait."""

FLUSH_DAYS = 30
"""Visits are put on record a month at a time: fast, and each month's owners are known to the next."""


@dataclass
class Desk:
    """Who came so far, and what is not on record yet."""

    rng: Random
    dictionaries: dict[str, tuple[str, ...]]
    until: datetime  # nothing is on record later than this
    waiting: list[PastVisit] = field(default_factory=list)
    known: list[tuple[Someone, Person]] = field(default_factory=list)
    invented: int = 50_000  # buyers count from 0: nobody has another's telephone


def furnish(work: Work, rng: Random, until: datetime) -> Desk:
    """Write the house's own dictionaries in Chinese and open the reception."""
    words.write_defaults(work, "zh_CN")
    return Desk(rng, words.of_project(work.connection, work.project), until)


def live(desk: Desk, day: date, consultants: list[Person]) -> None:
    """Receive a day's visitors and callers: more at weekends, some come again, some are followed up."""
    busy = 1.6 if day.weekday() >= 5 else 1.0
    for _ in range(round(desk.rng.randint(4, 9) * busy)):
        owner = desk.rng.choice(consultants)
        if desk.known and desk.rng.random() < 0.28:
            one, owner = desk.rng.choice(desk.known[-400:])
        else:
            one = _newcomer(desk, day)
            desk.known.append((one, owner))
        desk.waiting.append(_visit(desk, one, owner, day))
    for _ in range(desk.rng.randint(2, 7)):
        desk.waiting.append(_call(desk, day, desk.rng.choice(consultants)))
    for one, owner in desk.rng.sample(desk.known, min(len(desk.known), desk.rng.randint(0, 3))):
        desk.waiting.append(_line(desk, one, owner, day, Contact.CALL_OUT))


def bought(desk: Desk, one: Someone, owner: Person, day: date) -> None:
    """Put a buyer's own visits on record: the first some days before, and today's."""
    before = day - timedelta(days=desk.rng.randint(2, 16))
    for visited in (before, day):
        desk.waiting.append(_visit(desk, one, owner, visited))


def flush(desk: Desk, work: Work) -> None:
    """Put what waits on record."""
    if desk.waiting:
        record_past(work, sorted(desk.waiting, key=lambda line: line.at))
        desk.waiting.clear()


def sign_in(desk: Desk, work: Work, day: date, people: dict[Role, list[Person]]) -> None:
    """Open today's rota: consultants sign in one after another, one is at lunch, one has the day off."""
    here, midnight = people[Role.CONSULTANT][:-1], datetime.combine(day, time(), CHINA)
    for minute, one in enumerate(here):
        soon = min(midnight + timedelta(hours=8, minutes=40 + minute), desk.until - timedelta(minutes=30 - minute))
        work.now = max(soon, midnight)  # a sample made just after midnight has its rota too
        for kind in RotaKind:
            rota.happen.within(work, rota.RotaRequest(one.id, Happening.SIGN_IN, kind))
    work.now = min(datetime.combine(day, time(9, 30), CHINA), desk.until)
    rota.happen.within(work, rota.RotaRequest(here[-1].id, Happening.AWAY, RotaKind.VISIT, Away.ERRAND))


def _newcomer(desk: Desk, day: date) -> Someone:
    desk.invented += 1
    return invent(desk.rng, desk.invented, day)


def _visit(desk: Desk, one: Someone, owner: Person, day: date) -> PastVisit:
    line = _line(desk, one, owner, day, Contact.VISIT)
    due = day + timedelta(days=desk.rng.randint(2, 12))
    left = (desk.until.date() - due).days  # what fell due lately may still be open, what is to come must be
    is_open = left < 0 or (left < OPEN_DAYS and desk.rng.random() < 0.3)
    done = None if is_open else min(datetime.combine(due, time(15, desk.rng.randint(0, 59)), CHINA), desk.until)
    outcome = desk.rng.choice(desk.dictionaries["follow-up"]) if done else ""
    later = PastFollowUp(due, desk.rng.choice(("约看样板房", "回复价格", "约家人复访", "确认贷款额度")), outcome, done)
    return line if desk.rng.random() < 0.4 else replace(line, follow_ups=(later,))


def _call(desk: Desk, day: date, consultant: Person) -> PastVisit:
    return _line(desk, _newcomer(desk, day), consultant, day, Contact.CALL_IN)


def _line(desk: Desk, one: Someone, owner: Person, day: date, kind: Contact) -> PastVisit:
    rng, offered = desk.rng, desk.dictionaries
    answers = tuple(
        (name, (rng.choice(offered[name]),)) for name in ASKED if kind is Contact.VISIT and rng.random() < 0.8
    )
    moment = datetime.combine(day, time(rng.randint(9, 17), rng.randint(0, 59)), CHINA)
    if moment > desk.until:
        moment = desk.until - timedelta(minutes=rng.randint(5, 240))
    return PastVisit(
        at=moment,
        kind=kind,
        name=one.name,
        phone=one.phone,
        sex=one.sex,
        consultant=owner.id,
        channel=rng.choice(offered["channel"]),
        party=rng.choice((1, 1, 2, 2, 3)),
        level=rng.choice(offered["level"]),
        answers=answers,
        consent=CONSENT if kind is Contact.VISIT else "",
    )
