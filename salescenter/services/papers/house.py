"""Every letter, form, list and cover of the house: what each is about, when it may be made, and who gathers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Select, select

from salescenter.data.deals import deal
from salescenter.data.estate import unit
from salescenter.data.papers import destruction
from salescenter.domain.papers.access import demand_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.cover import CoverPaper, LabelsPaper
from salescenter.domain.papers.form import FormPaper
from salescenter.domain.papers.head import read_number
from salescenter.domain.papers.letter import LetterPaper
from salescenter.domain.refusals import NotFound
from salescenter.domain.units import UnitState
from salescenter.i18n import spoken
from salescenter.services.looks import tell_list
from salescenter.services.papers import archive, covers, destruction_list, forms, letters, lists, settling
from salescenter.services.papers.buyers import tell_buyers
from salescenter.services.papers.case import Case
from salescenter.services.papers.terms import gather
from salescenter.services.settings import house_rules
from salescenter.services.work import Desk

HousePaper = LetterPaper | FormPaper | CoverPaper | LabelsPaper


class About(Enum):
    """What a paper is about."""

    DEAL = "deal"
    UNIT = "unit"
    PROJECT = "project"
    LIST = "destruction"  # a list of papers to be destroyed


@dataclass(frozen=True, slots=True)
class HouseForm:
    """How a kind is made: by whom, about what, from which state of the deal on, whether it speaks English too.

    phones: a list that says customers' phones.
    """

    make: Callable[[Case], HousePaper]
    about: About = About.DEAL
    since: UnitState = UnitState.SUBSCRIBED
    english: bool = False
    phones: bool = False


_K, _S = PaperKind, UnitState
HOUSE: dict[PaperKind, HouseForm] = {
    _K.DUNNING: HouseForm(letters.dunning, english=True),
    _K.CLEARED: HouseForm(letters.cleared, since=_S.SIGNED, english=True),
    _K.STATEMENT: HouseForm(letters.statement, english=True),
    _K.COSTS: HouseForm(settling.costs, english=True),
    _K.SELECTION: HouseForm(forms.selection, About.UNIT, english=True),
    _K.CHECKLIST: HouseForm(lists.checklist, english=True),
    _K.DISCOUNT: HouseForm(forms.discount),
    _K.SWAP: HouseForm(forms.swap, since=_S.RESERVED),
    _K.RENAMING: HouseForm(forms.renaming, since=_S.RESERVED),
    _K.WITHDRAWAL: HouseForm(forms.withdrawal),
    _K.FORFEITURE: HouseForm(forms.forfeiture, since=_S.RESERVED),
    _K.RESCISSION: HouseForm(letters.rescission),
    _K.SUPPLEMENT: HouseForm(letters.supplement),
    _K.HANDOVER: HouseForm(letters.handover, since=_S.SIGNED, english=True),
    _K.SETTLEMENT: HouseForm(settling.settlement, since=_S.SIGNED, english=True),
    _K.MEASURING: HouseForm(settling.measuring, since=_S.SIGNED),
    _K.PERFORMANCE: HouseForm(lists.performance),
    _K.COVER: HouseForm(covers.cover),
    _K.FILING: HouseForm(lists.filing, About.PROJECT, phones=True),
    _K.LENDING: HouseForm(lists.lending, About.PROJECT),
    _K.LABELS: HouseForm(covers.labels, About.PROJECT),
    _K.DESTRUCTION: HouseForm(destruction_list.register, About.LIST),
}  # fmt: skip
"""The papers of the house in the order they are offered."""


def offered(about: About, state: UnitState | None = None) -> tuple[PaperKind, ...]:
    """Return the kinds that may be made about a deal in a state, a unit, or the project."""
    return tuple(
        kind for kind, form in HOUSE.items() if form.about is about and (state is None or state >= form.since)
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """Which paper: its kind, the id of what it is about, the day its figures stand as of, its language."""

    kind: PaperKind
    about: int
    day: date
    lang: str = ""


def house_paper(desk: Desk, wish: Wish, now: datetime) -> HousePaper:
    """Gather a paper; refuses a role that may not open its kind, and a deal that is not ready for it."""
    demand_open(desk.who.role, wish.kind)
    form, key = HOUSE[wish.kind], archive.secret(desk, now)
    lang = (wish.lang or spoken()) if form.english else "zh_CN"
    with desk.reading() as connection:
        _check_ours(connection, desk, form.about, wish.about)
    if form.about is About.DEAL:
        tell_buyers(desk, wish.about, now)
    elif form.phones and desk.engine.dialect.name != "sqlite":
        tell_list(desk, now, wish.kind.value)
    with desk.reading() as connection:
        found = gather(connection, wish.about) if form.about is About.DEAL else None
        rules = house_rules(connection, desk.project, wish.day)
        return form.make(Case(connection, wish.kind, wish.about, desk.project, now, wish.day, lang, key, rules, found))


def _check_ours(connection: Connection, desk: Desk, about: About, number: int) -> None:
    """Refuse what is not of this desk's project."""
    if about is About.PROJECT:
        whose: int | None = number
    else:
        table = {About.DEAL: deal, About.UNIT: unit, About.LIST: destruction}[about]
        whose = connection.scalar(select(table.c.project_id).where(table.c.id == number))
    if whose != desk.project:
        raise NotFound(what=about.value, sought=number)


def wished(desk: Desk, kind: PaperKind, number: str, today: date) -> Wish:
    """Say which paper a number means: its own, else a deal's, a contract's or a unit's; as of today then."""
    if (read := read_number(number)) is not None and read.kind is kind:
        return Wish(kind, read.about, read.day)
    about = HOUSE[kind].about
    if about is About.PROJECT:
        return Wish(kind, desk.project, today)
    if about is About.LIST:
        raise NotFound(what=about.value, sought=number)
    with desk.reading() as connection:
        found = connection.scalar(_named(desk, about, number))
    if found is None:
        raise NotFound(what=about.value, sought=number)
    return Wish(kind, int(found), today)


def _named(desk: Desk, about: About, number: str) -> Select[Any]:
    if about is About.UNIT:
        return select(unit.c.id).where(unit.c.project_id == desk.project, unit.c.code == number)
    called = (deal.c.number == number) | (deal.c.contract_number == number)
    return select(deal.c.id).where(deal.c.project_id == desk.project, called).order_by(deal.c.id.desc()).limit(1)
