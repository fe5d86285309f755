"""Follow-ups: what is due, what counts, what is put off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from salescenter.domain.refusals import ChangedMeanwhile, FieldMissing, NotFound, TooLate
from salescenter.services import follow_ups
from salescenter.services.customer_card import card
from salescenter.services.follow_ups import FollowUpDone, PlanFollowUp, Postpone
from tests.services.reception_house import Reception


@pytest.fixture
def planned(reception: Reception) -> tuple[Reception, int, int]:
    """A customer of consultant a with a follow-up in three days: house, customer, follow-up."""
    reception.sign_in("a")
    who = reception.visit("陈一凡", "13800135521").customer
    asked = PlanFollowUp(who, reception.now.date() + timedelta(days=3), "约看 3-1803")
    return reception, who, follow_ups.plan(reception.desk(), asked, reception.later(seconds=1)).id


def protected(house: Reception, who: int) -> date | None:
    return card(house.desk(), who, house.now.date()).protected_until


def test_a_follow_up_is_whose_the_customer_is_and_shows_when_due(planned: tuple[Reception, int, int]) -> None:
    house, who, number = planned
    assert follow_ups.due_list(house.desk("a"), house.now.date()) == ()
    house.now += timedelta(days=4)
    due = follow_ups.due_list(house.desk("a"), house.now.date(), mine=True)
    assert [(one.id, one.customer, one.name, one.phone, one.person_name) for one in due] == [
        (number, who, "陈一凡", "138****5521", "顾问甲")
    ]
    assert [one.name for one in follow_ups.due_list(house.desk(), house.now.date())] == ["陈*"]
    assert follow_ups.due_list(house.desk("b"), house.now.date(), mine=True) == ()


def test_reaching_the_customer_renews_the_protection(planned: tuple[Reception, int, int]) -> None:
    house, who, number = planned
    assert protected(house, who) == date(2026, 3, 12)
    house.now += timedelta(days=3)
    kept = follow_ups.finish(house.desk("a"), FollowUpDone(number, "考虑中", "嫌贵", level="C"), house.now)
    assert kept.effective
    assert protected(house, who) == date(2026, 3, 15)
    shown = card(house.desk(), who, house.now.date())
    assert (shown.level, shown.follow_ups[0].outcome) == ("C", "考虑中：嫌贵")
    assert house.figure("follow-up", f"p:{house.people['a'].id}") == 1


@pytest.mark.parametrize("outcome", ["No answer", "无人接听", "Power off", "Wrong number"])
def test_nobody_reached_renews_nothing(planned: tuple[Reception, int, int], outcome: str) -> None:
    house, who, number = planned
    house.now += timedelta(days=3)
    assert not follow_ups.finish(house.desk("a"), FollowUpDone(number, outcome), house.now).effective
    assert protected(house, who) == date(2026, 3, 12)


def test_the_next_follow_up_is_planned_with_the_outcome(planned: tuple[Reception, int, int]) -> None:
    house, _, number = planned
    after = house.now.date() + timedelta(days=7)
    follow_ups.finish(house.desk("a"), FollowUpDone(number, "约复访", next_due=after, next_what="看样板房"), house.now)
    assert [one.what for one in follow_ups.due_list(house.desk("a"), after)] == ["看样板房"]


def test_one_that_is_still_to_do_is_shown_by_its_number(planned: tuple[Reception, int, int]) -> None:
    house, who, number = planned
    assert follow_ups.one(house.desk("a"), number).customer == who
    follow_ups.finish(house.desk("a"), FollowUpDone(number, "约复访"), house.now)
    with pytest.raises(NotFound):
        follow_ups.one(house.desk("a"), number)


def test_what_is_done_cannot_be_done_again(planned: tuple[Reception, int, int]) -> None:
    house, _, number = planned
    follow_ups.finish(house.desk("a"), FollowUpDone(number, "约复访"), house.now)
    with pytest.raises(ChangedMeanwhile):
        follow_ups.finish(house.desk("a"), FollowUpDone(number, "约复访"), house.now)
    with pytest.raises(ChangedMeanwhile):
        follow_ups.postpone(house.desk("a"), Postpone(number, house.now.date()), house.now)


def test_an_outcome_there_must_be(planned: tuple[Reception, int, int]) -> None:
    house, _, number = planned
    with pytest.raises(FieldMissing):
        follow_ups.finish(house.desk("a"), FollowUpDone(number, " "), house.now)


def test_putting_off_keeps_the_earlier_day_in_the_history(planned: tuple[Reception, int, int]) -> None:
    house, _, number = planned
    later = house.now.date() + timedelta(days=9)
    follow_ups.postpone(house.desk("a"), Postpone(number, later, "出差"), house.now)
    assert [one.due for one in follow_ups.due_list(house.desk("a"), later)] == [later]
    told = house.told("follow-up")[-1]
    assert (told["before"], told["after"]) == ({"due": "2026-03-05"}, {"due": later.isoformat(), "why": "出差"})
    with pytest.raises(TooLate):
        follow_ups.postpone(house.desk("a"), Postpone(number, house.now.date() - timedelta(days=1)), house.now)


def test_a_follow_up_that_is_not_there_is_not_found(reception: Reception) -> None:
    with pytest.raises(NotFound):
        follow_ups.finish(reception.desk(), FollowUpDone(99, "约复访"), reception.now)
