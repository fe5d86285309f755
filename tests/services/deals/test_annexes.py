"""Parking spaces and stores bound to a home (随房): who may have them, when, and what happens when the home goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from salescenter.data.estate import building, stair, unit
from salescenter.domain.errors import Refusal
from salescenter.domain.receipts import Method
from salescenter.domain.refusals import NotFound, SoldAlone
from salescenter.domain.sale_refusals import AnnexBound, AnnexOfOthers, HasAnnexes, NotAnAnnex
from salescenter.domain.units import Step, UnitState, Use
from salescenter.services import card
from salescenter.services.card_values import Companion
from salescenter.services.deals import changing, closing, holds, signing
from salescenter.services.deals.claims import Took
from salescenter.services.deals.holds import HoldRequest
from salescenter.services.deals.requests import Buyer, ChangeBuyersRequest, ChangeUnitRequest, Payment, Terms
from salescenter.services.estate import deeds, views
from tests.houses import Estate, kept, yuan

SPACE = "P-001"
SMALL = Terms(deposit=yuan(10_000))
DOWN = Payment(yuan(10_000), Method.CARD, "陈一帆")
LI = "李娜"


def bind(estate: Estate, home: str = "1-101", annex: str = SPACE, **more: Any) -> None:
    deeds.keep_unit(estate.desk("plan"), kept(estate, annex, bound_to=home, **more), estate.later(seconds=1))


def buy_space(estate: Estate, **more: Any) -> Any:
    return estate.subscribe(SPACE, **({"terms": SMALL, "paid": None} | more))


def hold(estate: Estate, code: str, who: str = "a", customer: str = "") -> Took:
    of = estate.customers[customer] if customer else None
    until = estate.now + timedelta(hours=24)
    asked = HoldRequest(*estate.seen(code), until=until, reason="客户考虑中", customer=of)
    return holds.hold(estate.desk(who), asked, estate.later(seconds=1))


def new_buyers(estate: Estate, code: str, *names: str) -> Any:
    share = 10_000 // len(names)
    buyers = tuple(Buyer(estate.customers[name], share) for name in names)
    asked = ChangeBuyersRequest(*estate.seen(code), buyers, "更名")
    return changing.change_buyers(estate.desk(), asked, estate.later(seconds=1))


@pytest.mark.parametrize("deed", ["subscribe", "reserve"])
def test_a_bound_space_is_not_sold_before_its_home(small: Estate, deed: str) -> None:
    bind(small)
    with pytest.raises(AnnexBound) as refused:
        getattr(small, deed)(SPACE, **({"terms": SMALL, "paid": None} if deed == "subscribe" else {}))
    needed = UnitState.SUBSCRIBED if deed == "subscribe" else UnitState.RESERVED
    said = {"unit": SPACE, "home": "1-101", "state": UnitState.FOR_SALE, "needed": needed}
    assert refused.value.details == said


def test_a_bound_space_goes_to_the_buyers_of_its_home_and_to_nobody_else(estate: Estate) -> None:
    bind(estate)
    estate.subscribe("1-101")
    with pytest.raises(AnnexOfOthers) as refused:
        buy_space(estate, buyers=estate.buyer(LI))
    assert refused.value.details == {"unit": SPACE, "home": "1-101", "by": ("林晓",)}
    assert buy_space(estate).deal
    assert estate.broken() == []


def test_one_of_two_buyers_of_a_home_may_have_its_space_alone(small: Estate) -> None:
    bind(small)
    both = (Buyer(small.customers["陈一帆"], 5_000), Buyer(small.customers[LI], 5_000))
    small.subscribe("1-101", buyers=both)
    assert buy_space(small, buyers=small.buyer(LI)).deal


def test_two_buyers_of_a_space_must_both_have_the_home(small: Estate) -> None:
    bind(small)
    small.subscribe("1-101")
    both = (Buyer(small.customers["陈一帆"], 5_000), Buyer(small.customers[LI], 5_000))
    with pytest.raises(AnnexOfOthers):
        buy_space(small, buyers=both)


def test_a_home_kept_by_a_small_deposit_lets_its_space_be_kept_but_not_subscribed(small: Estate) -> None:
    bind(small)
    small.reserve("1-101")
    with pytest.raises(AnnexBound) as refused:
        buy_space(small)
    assert refused.value.details["state"] is UnitState.RESERVED
    assert small.reserve(SPACE).deal


def test_a_bound_space_is_held_for_whom_its_home_is_held(estate: Estate) -> None:
    bind(estate)
    with pytest.raises(AnnexBound) as refused:
        hold(estate, SPACE, customer=LI)
    assert refused.value.details["needed"] is UnitState.HELD
    hold(estate, "1-101", customer=LI)
    with pytest.raises(AnnexOfOthers) as others:
        hold(estate, SPACE, customer="陈一帆")
    assert others.value.details["by"] == ("林晓",)
    hold(estate, SPACE, customer=LI)
    assert estate.state(SPACE) is UnitState.HELD


def test_a_hold_for_nobody_named_takes_a_bound_space_from_no_buyer(small: Estate) -> None:
    bind(small)
    hold(small, "1-101")
    with pytest.raises(AnnexOfOthers):
        hold(small, SPACE, who="b")
    hold(small, SPACE)
    small.alter(SPACE, state=int(UnitState.FOR_SALE), until=None)
    small.alter("1-101", state=int(UnitState.FOR_SALE), until=None)
    small.subscribe("1-101")
    with pytest.raises(AnnexOfOthers):
        hold(small, SPACE, who="b")
    assert hold(small, SPACE, who="boss"), "a manager keeps it back as any unit"


def test_a_hold_on_a_bound_space_is_not_extended_once_its_home_is_free(small: Estate) -> None:
    bind(small)
    hold(small, "1-101", customer=LI)
    hold(small, SPACE, customer=LI)
    small.alter("1-101", until=small.now - timedelta(minutes=1))
    asked = HoldRequest(*small.seen(SPACE), until=small.now + timedelta(hours=48), reason="再想想")
    with pytest.raises(AnnexBound):
        holds.extend_hold(small.desk("lead"), asked, small.later(seconds=1))


@pytest.mark.parametrize("end", [closing.cancel, closing.forfeit])
def test_the_deal_of_a_space_stays_when_its_home_is_given_up_but_goes_no_further(estate: Estate, end: Any) -> None:
    bind(estate)
    estate.subscribe("1-101")
    buy_space(estate, paid=DOWN)
    estate.close(end)
    assert estate.deal(SPACE).living
    with pytest.raises(AnnexBound):
        estate.step(signing.draft, SPACE, "office")
    bind(estate, home="")
    assert estate.step(signing.draft, SPACE, "office").deal
    assert estate.broken() == []


def test_a_space_is_not_signed_once_its_home_is_sold_to_others(small: Estate) -> None:
    bind(small)
    small.subscribe("1-101")
    buy_space(small, paid=DOWN)
    small.step(signing.draft, SPACE, "office")
    small.rule("review_returned", False)
    small.close()
    small.subscribe("1-101", buyers=small.buyer(LI), paid=None)
    with pytest.raises(AnnexOfOthers):
        small.sign(SPACE)


def test_a_change_of_unit_does_not_lead_to_the_space_of_anothers_home(small: Estate) -> None:
    bind(small)
    small.subscribe("1-102")
    with pytest.raises(AnnexBound):
        changing.change_unit(
            small.desk(), ChangeUnitRequest(*small.seen("1-102"), *small.seen(SPACE), SMALL, "换车位"), small.later(seconds=1)
        )


def test_buyers_change_at_the_home_first_and_then_at_its_space(small: Estate) -> None:
    bind(small)
    small.subscribe("1-101")
    buy_space(small)
    with pytest.raises(AnnexOfOthers):
        new_buyers(small, SPACE, LI)
    new_buyers(small, "1-101", LI)
    assert new_buyers(small, SPACE, LI).deal
    assert small.broken() == []


def test_a_bound_space_needs_no_other_home_where_the_house_sells_none_alone(small: Estate) -> None:
    small.rule("annex_alone", False)
    small.subscribe("1-102")
    bind(small)
    with pytest.raises(AnnexBound):
        buy_space(small)
    bind(small, home="")
    assert buy_space(small).deal


# --- the estate


def test_only_a_space_or_store_is_bound_and_only_to_a_home_there_is(estate: Estate) -> None:
    for code, home, kind in (("1-S1", "1-101", NotAnAnnex), (SPACE, "1-S1", NotFound), (SPACE, "9-999", NotFound)):
        with pytest.raises(kind) as refused:
            bind(estate, home, code)
        assert refused.value.details["field"] == "bound_to"
    bind(estate)
    assert estate.unit(SPACE).bound_to == estate.unit("1-101").id


def test_a_home_with_annexes_stays_a_home(small: Estate) -> None:
    bind(small)
    with pytest.raises(HasAnnexes) as refused:
        deeds.keep_unit(small.desk(), kept(small, "1-101", use=Use.SHOP), small.now)
    assert refused.value.details == {"field": "use", "unit": "1-101", "annexes": (SPACE,)}


def test_a_sold_space_is_bound_only_to_the_home_of_its_buyers_and_unbound_at_any_time(small: Estate) -> None:
    buy_space(small)
    with pytest.raises(AnnexBound):
        bind(small)
    small.subscribe("1-101", buyers=small.buyer(LI))
    with pytest.raises(AnnexOfOthers):
        bind(small)
    small.subscribe("1-102")
    bind(small, "1-102")
    bind(small, "")
    assert small.unit(SPACE).bound_to is None


def test_a_building_that_is_taken_away_lets_its_annexes_go(estate: Estate) -> None:
    estate.put(insert(building).values(id=2, project_id=1, name="2号楼", short="2", position=1))
    estate.put(insert(stair).values(id=2, building_id=2, name="", position=0))
    home = estate.unit("1-301")._asdict() | {"id": 99, "building_id": 2, "stair_id": 2, "code": "2-101"}
    estate.put(insert(unit).values({column.name: home[column.name] for column in unit.c}))
    bind(estate, "2-101")
    (line,) = (one for one in views.units_of(estate.desk(), 1, estate.now) if one.code == SPACE)
    (other,) = views.units_of(estate.desk(), 2, estate.now)
    assert (line.bound_to, other.annexes) == ("2-101", (SPACE,))
    deeds.remove_building(estate.desk(), deeds.RemoveBuilding(2), estate.now)
    assert estate.unit(SPACE).bound_to is None
    assert estate.broken() == []


# --- the card


def test_the_cards_of_a_home_and_its_space_name_each_other(small: Estate) -> None:
    bind(small)
    home = card.card(small.desk("a"), small.unit("1-101").id, small.now)
    space = card.card(small.desk("a"), small.unit(SPACE).id, small.now)
    assert home.annexes == (Companion(space.id, SPACE, Use.PARKING, UnitState.FOR_SALE),)
    assert space.home == Companion(home.id, "1-101", Use.HOME, UnitState.FOR_SALE)
    assert (home.home, space.annexes) == (None, ())


def refused(estate: Estate, who: str = "a") -> dict[Step, Refusal | None]:
    shown = card.card(estate.desk(who), estate.unit(SPACE).id, estate.now)
    return {offer.step: offer.refusal for offer in shown.offers}


def test_the_card_of_a_space_says_what_its_home_lacks_and_opens_when_it_is_sold(small: Estate) -> None:
    bind(small)
    said = refused(small)
    for step in (Step.HOLD, Step.RESERVE, Step.SUBSCRIBE):
        assert isinstance(said[step], AnnexBound)
    assert refused(small, "boss")[Step.HOLD] is None
    small.subscribe("1-101")
    said = refused(small)
    assert [said[step] for step in (Step.HOLD, Step.RESERVE, Step.SUBSCRIBE)] == [None] * 3


def test_the_card_offers_a_space_that_needs_a_home_before_it_is_known_whose(small: Estate) -> None:
    small.rule("annex_alone", False)
    assert refused(small)[Step.SUBSCRIBE] is None
    with pytest.raises(SoldAlone):
        buy_space(small)
