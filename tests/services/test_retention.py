"""Until when the archive is kept: by kind and the year it closed in, held while a deal goes on or money is open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from salescenter.data.archive import scan
from salescenter.data.deals import deal
from salescenter.data.estate import setting, unit
from salescenter.data.papers import paper
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.retention import Held, KeptTooShort
from salescenter.domain.refusals import NotYours
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.services.papers.retention import Term, TermRequest, set_term, terms, terms_by_kind
from tests.services.reception_house import Reception
from tests.services.test_archive import CONTRACT, printed, sold

__all__ = ["sold"]


def write(here: Reception, *statements: Any) -> None:
    with here.house.engine.connect().execution_options(writes=True) as line, line.begin():
        for one in statements:
            line.execute(one)


def listed(here: Reception) -> dict[PaperKind, Term]:
    return {one.kind: one for one in terms(here.desk("boss"), here.now)}


def closed(deal_id: int, day: date, ending: Step = Step.FORFEIT) -> Any:
    return update(deal).where(deal.c.id == deal_id).values(living=False, closed=day, ending=ending.value)


def test_papers_of_a_deal_that_goes_on_have_no_end(both: Reception, sold: dict[str, int]) -> None:
    printed(both)
    printed(both, "contract", CONTRACT)
    assert {kind: (one.held, one.until, one.papers) for kind, one in listed(both).items()} == {
        PaperKind.RECEIPT: (Held.DEAL, None, 1), PaperKind.CONTRACT: (Held.DEAL, None, 1),
    }


def test_the_term_runs_from_the_year_the_deal_ended_and_nothing_goes_before_it(
    both: Reception, sold: dict[str, int]
) -> None:
    printed(both)
    write(both, update(paper).values(at=both.now - timedelta(days=400)), closed(sold["deal"], both.now.date()))
    found = listed(both)[PaperKind.RECEIPT]
    assert (found.held, found.year, found.until) == (None, 2026, date(2056, 12, 31))
    assert [found.is_over(day) for day in (date(2056, 12, 31), date(2057, 1, 1))] == [False, True]


def test_what_no_deal_ended_closed_when_it_was_printed(both: Reception, sold: dict[str, int]) -> None:
    printed(both, "quotation", "ZY2026020001")
    write(
        both, update(paper).values(at=both.now - timedelta(days=400)),
        insert(setting).values(project_id=1, name="keep_office", since=date(2025, 1, 1), value=1),
    )  # fmt: skip
    found = listed(both)[PaperKind.QUOTATION]
    assert (found.year, found.until, found.is_over(both.now.date())) == (2025, date(2026, 12, 31), False)


def test_the_houses_own_years_hold_from_their_day(both: Reception, sold: dict[str, int]) -> None:
    printed(both, "contract", CONTRACT)
    write(both, closed(sold["deal"], both.now.date()))
    assert listed(both)[PaperKind.CONTRACT].until is None
    rule = {"project_id": 1, "name": "keep_deals", "value": 20}
    write(both, insert(setting).values(**rule, since=both.now.date() + timedelta(days=1)))
    assert listed(both)[PaperKind.CONTRACT].until is None
    write(both, insert(setting).values(**rule, since=both.now.date()))
    assert listed(both)[PaperKind.CONTRACT].until == date(2046, 12, 31)


@pytest.mark.parametrize(("ending", "held"), [(Step.CANCEL, Held.MONEY), (Step.FORFEIT, None)])
def test_a_cancelled_deal_that_keeps_money_is_not_settled(
    both: Reception, sold: dict[str, int], ending: Step, held: Held | None
) -> None:
    printed(both)
    write(both, closed(sold["deal"], both.now.date(), ending))
    assert listed(both)[PaperKind.RECEIPT].held is held


def test_a_home_that_was_handed_over_and_then_seized_keeps_its_papers(both: Reception, sold: dict[str, int]) -> None:
    printed(both)
    write(both, update(deal).where(deal.c.id == sold["deal"]).values(
        state=int(UnitState.HANDED_OVER), handed_over=both.now.date(), total=Money.yuan(20_000)))  # fmt: skip
    assert listed(both)[PaperKind.RECEIPT].held is None
    write(both, update(unit).where(unit.c.id == sold["unit"]).values(flags=int(Flag.SEIZED | Flag.SHOW_FLAT)))
    assert listed(both)[PaperKind.RECEIPT].held is Held.SEIZED


def test_scans_stand_with_their_papers_and_those_taken_out_do_not(both: Reception, sold: dict[str, int]) -> None:
    printed(both, "contract", CONTRACT)
    one = {
        "project_id": 1, "deal_id": sold["deal"], "kind": "contract", "number": CONTRACT, "name": "scan", "form": "pdf",
        "pages": 1, "size": 1, "sha256": "", "at": both.now, "by_id": 1,
    }  # fmt: skip
    write(both, insert(scan).values(one), insert(scan).values(**one, gone=both.now))
    assert [(row.papers, row.scans) for row in terms(both.desk("boss"), both.now)] == [(1, 1)]


def test_what_ends_first_stands_in_front(both: Reception, sold: dict[str, int]) -> None:
    printed(both)
    printed(both, "contract", CONTRACT)
    printed(both, "subscription", "RG202600002")
    write(both, closed(sold["deal"], both.now.date()))
    assert [(one.kind, one.held) for one in terms(both.desk("boss"), both.now)] == [
        (PaperKind.RECEIPT, None), (PaperKind.CONTRACT, None), (PaperKind.SUBSCRIPTION, Held.DEAL),
    ]


def test_an_empty_archive_has_no_terms_and_who_may_not_set_them_is_refused(both: Reception) -> None:
    assert terms(both.desk("boss"), both.now) == ()
    for login in ("a", "front"):
        with pytest.raises(NotYours):
            terms(both.desk(login), both.now)


@pytest.mark.parametrize("both", ["sqlite"], indirect=True)
def test_a_kind_is_given_its_own_years_and_its_likes_again(both: Reception) -> None:
    boss = both.desk("boss")

    def said() -> dict[PaperKind, tuple[int, bool]]:
        return {one.kind: (one.years, one.own) for one in terms_by_kind(boss, both.now)}

    assert (said()[PaperKind.RECEIPT], said()[PaperKind.DESTRUCTION]) == ((30, False), (0, False))
    set_term(boss, TermRequest(PaperKind.REGISTRATION, 3), both.now)
    set_term(boss, TermRequest(PaperKind.RECEIPT, 40), both.now)
    assert (said()[PaperKind.REGISTRATION], said()[PaperKind.RECEIPT]) == ((3, True), (40, True))
    set_term(boss, TermRequest(PaperKind.RECEIPT, None), both.now)
    assert (said()[PaperKind.REGISTRATION], said()[PaperKind.RECEIPT]) == ((3, True), (30, False))
    with pytest.raises(KeptTooShort):
        set_term(boss, TermRequest(PaperKind.RECEIPT, 29), both.now)
    with pytest.raises(NotYours):
        set_term(both.desk("lead"), TermRequest(PaperKind.REGISTRATION, 1), both.now)
    assert both.told(Step.EDIT_SETTINGS.value)[-1]["after"] == {"keep_kinds": {"registration": 3}}
