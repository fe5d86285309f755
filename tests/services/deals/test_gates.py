"""The gates before a sale: what is refused about the unit and about the people."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from salescenter.data.customers import customer
from salescenter.data.deals import deal_buyer
from salescenter.data.estate import permit
from salescenter.data.history import history
from salescenter.data.visits import visit
from salescenter.domain.errors import Refusal
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import ZERO
from salescenter.domain.plans import STANDARD
from salescenter.domain.price_refusals import TooOldForLoan
from salescenter.domain.receipts import Method
from salescenter.domain.refusals import (
    AnotherLivingDeal,
    FieldMalformed,
    FieldMissing,
    IdMalformed,
    NoArea,
    NoConsent,
    NoFirstVisit,
    NoFloorPrice,
    NoPermit,
    NoPrice,
    NotAllowedNow,
    NotFound,
    NotYours,
    OwnedByAnother,
    PriceListExpired,
    SharesNotWhole,
    SoldAlone,
    SplitsNotWhole,
    TakenMeanwhile,
    UnderAge,
    UnitLocked,
    WrongWay,
)
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import Flag, Step, UnitState, Use
from salescenter.services import grid
from salescenter.services.deals import changing, opening
from salescenter.services.deals.requests import Buyer, ChangeUnitRequest, Loan, Payment, Split, Terms
from salescenter.services.estate import deeds
from salescenter.services.quotations import QuoteRequest, quote
from tests.houses import Estate, kept, yuan

# --- the unit


@pytest.mark.parametrize("deed", ["subscribe", "reserve"])
@pytest.mark.parametrize("flag", [f for f in Flag if f is not Flag.SHOW_FLAT])
def test_a_locked_unit_takes_no_money(small: Estate, deed: str, flag: Flag) -> None:
    small.alter("1-101", flags=int(flag | Flag.SHOW_FLAT))
    with pytest.raises(UnitLocked) as refused:
        getattr(small, deed)()
    assert refused.value.details == {"unit": "1-101", "flag": flag}


@pytest.mark.parametrize("deed", ["subscribe", "reserve"])
def test_no_money_before_the_permit(estate: Estate, deed: str) -> None:
    estate.alter("1-101", permit_id=None)
    with pytest.raises(NoPermit) as refused:
        getattr(estate, deed)()
    assert refused.value.details == {"unit": "1-101"}
    estate.put(permit.update().values(issued=estate.today + timedelta(days=1)))
    with pytest.raises(NoPermit):
        getattr(estate, deed)("1-102")


@pytest.mark.parametrize("deed", ["subscribe", "reserve"])
def test_a_unit_without_area_or_price_is_not_sold(estate: Estate, deed: str) -> None:
    estate.alter("1-101", area=Decimal(0))
    with pytest.raises(NoArea) as no_area:
        getattr(estate, deed)()
    assert no_area.value.details == {"unit": "1-101"}
    estate.alter("1-102", list_total=ZERO, total=ZERO)
    with pytest.raises(NoPrice) as no_price:
        getattr(estate, deed)("1-102")
    assert no_price.value.details == {"unit": "1-102"}


def test_an_expired_price_list_sells_nothing(estate: Estate) -> None:
    estate.rule("price_list_until", (estate.today - timedelta(days=1)).isoformat())
    with pytest.raises(PriceListExpired) as refused:
        estate.subscribe()
    assert refused.value.details == {"unit": "1-101", "until": date(2026, 3, 1)}


def test_the_last_day_of_a_price_list_still_counts(estate: Estate) -> None:
    estate.rule("price_list_until", estate.today.isoformat())
    assert estate.subscribe().deal


def test_a_house_may_demand_floor_prices(estate: Estate) -> None:
    estate.rule("need_floor_price", True)
    assert estate.subscribe().deal
    with pytest.raises(NoFloorPrice) as refused:
        estate.subscribe("P-001", terms=Terms(deposit=yuan(10_000)), paid=None)
    assert refused.value.details == {"unit": "P-001"}


def test_what_is_not_released_is_not_sold(estate: Estate) -> None:
    with pytest.raises(NotAllowedNow) as refused:
        estate.subscribe("1-301")
    assert refused.value.details == {"state": UnitState.NOT_RELEASED, "step": Step.SUBSCRIBE}


def test_a_sold_unit_is_not_sold_again(estate: Estate) -> None:
    estate.subscribe()
    with pytest.raises(NotAllowedNow):
        estate.subscribe(who="b")
    assert estate.count(deal_buyer) == 1


def test_a_deal_nobody_took_off_the_books_stands_in_the_way(estate: Estate) -> None:
    estate.subscribe()
    estate.alter("1-101", state=int(UnitState.FOR_SALE), deal_id=None)
    with pytest.raises(AnotherLivingDeal) as refused:
        estate.subscribe(who="b")
    assert refused.value.details == {"unit": "1-101", "deal": "RG202600001", "by": "陈一帆"}


def test_whoever_comes_second_is_told_who_was_faster_when_and_how(estate: Estate) -> None:
    asked = estate.asked(consultants=estate.seller("b"), buyers=estate.buyer("李娜"))
    estate.subscribe()
    at = estate.now
    estate.receive(amount=1_000)
    with pytest.raises(TakenMeanwhile) as refused:
        opening.subscribe(estate.desk("b"), asked, estate.later(seconds=1))
    assert refused.value.details == {
        "unit": "1-101", "by": "林晓", "at": at, "step": Step.SUBSCRIBE, "state": UnitState.SUBSCRIBED,
        "free": ("1-102", "1-103", "1-201"),
    }  # fmt: skip


def test_a_parking_space_is_sold_alone_unless_the_house_forbids_it(estate: Estate) -> None:
    estate.rule("annex_alone", False)
    small = Terms(deposit=yuan(10_000))
    with pytest.raises(SoldAlone) as refused:
        estate.subscribe("P-001", terms=small, paid=None)
    assert refused.value.details["unit"] == "P-001"
    estate.subscribe("1-101")
    assert estate.subscribe("P-001", terms=small, paid=None).deal
    assert estate.broken() == []


# --- the people


@pytest.mark.parametrize("deed", ["subscribe", "reserve"])
def test_a_buyer_without_consent_is_refused_by_name(estate: Estate, deed: str) -> None:
    with pytest.raises(NoConsent) as refused:
        getattr(estate, deed)(buyers=estate.buyer("赵不同意"))
    assert refused.value.details == {"customer": "赵不同意"}


def test_a_malformed_id_number_is_refused(estate: Estate) -> None:
    with pytest.raises(IdMalformed) as refused:
        estate.subscribe(buyers=estate.buyer("钱证错"))
    assert refused.value.details == {"value": "110105194912310021", "why": "check"}


def test_a_child_buys_only_through_a_guardian(estate: Estate) -> None:
    with pytest.raises(UnderAge) as refused:
        estate.subscribe(buyers=estate.buyer("王小明"))
    assert refused.value.details == {"name": "王小明", "birth": date(2012, 5, 1)}
    estate.put(customer.update().where(customer.c.name == "王小明").values(guardian="王大明"))
    assert estate.subscribe(buyers=estate.buyer("王小明")).deal


def test_a_childs_age_is_read_from_the_card_too(estate: Estate) -> None:
    card = {"id_kind": "resident", "id_number": "110105201205010012", "birth": None}
    estate.put(customer.update().where(customer.c.name == "李娜").values(**card))
    with pytest.raises(UnderAge) as refused:
        estate.subscribe(buyers=estate.buyer("李娜"))
    assert refused.value.details == {"name": "李娜", "birth": date(2012, 5, 1)}


def test_shares_and_splits_are_whole(estate: Estate) -> None:
    with pytest.raises(SharesNotWhole) as shares:
        estate.subscribe(buyers=(Buyer(estate.customers["李娜"], 9_999),))
    assert shares.value.details == {"total": 9_999}
    with pytest.raises(SplitsNotWhole) as splits:
        estate.subscribe(consultants=(Split(estate.people["a"].id, 10_001),))
    assert splits.value.details == {"total": 10_001}


def test_nobody_stands_twice_in_a_deal(estate: Estate) -> None:
    twice = (Buyer(estate.customers["李娜"], 5_000),) * 2
    with pytest.raises(FieldMalformed) as refused:
        estate.subscribe(buyers=twice)
    assert (refused.value.details["field"], refused.value.details["why"]) == ("buyers", "twice")
    with pytest.raises(FieldMalformed) as sellers:
        estate.subscribe(consultants=(Split(estate.people["a"].id, 5_000),) * 2)
    assert sellers.value.details["field"] == "consultants"


@pytest.mark.parametrize("field", ["buyers", "consultants"])
def test_a_deal_has_buyers_and_consultants(estate: Estate, field: str) -> None:
    nobody: dict[str, Any] = {field: ()}
    for deed in (estate.subscribe, estate.reserve):
        with pytest.raises(FieldMissing) as refused:
            deed(**nobody)
        assert refused.value.details == {"field": field}


def test_only_people_of_the_house_sell_and_only_its_customers_buy(estate: Estate) -> None:
    with pytest.raises(NotFound) as buyer:
        estate.subscribe(buyers=(Buyer(4711, 10_000),))
    assert buyer.value.details == {"what": "customer", "sought": 4711}
    with pytest.raises(NotFound) as seller:
        estate.subscribe(consultants=(Split(4711, 10_000),))
    assert seller.value.details == {"what": "person", "sought": 4711}


def test_a_protected_customer_is_sold_to_by_their_own_consultant(estate: Estate) -> None:
    owned = {"owner_id": estate.people["b"].id, "protected_until": estate.today}
    estate.put(customer.update().where(customer.c.name == "陈一帆").values(**owned))
    with pytest.raises(OwnedByAnother) as refused:
        estate.subscribe()
    assert refused.value.details == {"owner": "何雨", "until": estate.today}
    assert estate.subscribe(who="lead").deal  # a supervisor decides
    estate.later(days=1)
    assert estate.subscribe("1-102").deal  # no longer protected


def test_a_shared_deal_with_the_owner_is_in_order(estate: Estate) -> None:
    owned = {"owner_id": estate.people["b"].id, "protected_until": estate.today}
    estate.put(customer.update().where(customer.c.name == "陈一帆").values(**owned))
    shared = (Split(estate.people["a"].id, 5_000), Split(estate.people["b"].id, 5_000))
    assert estate.subscribe(consultants=shared).deal


def test_a_house_may_sell_only_to_who_was_there_before(estate: Estate) -> None:
    estate.rule("need_first_visit", True)
    with pytest.raises(NoFirstVisit) as refused:
        estate.subscribe()
    assert refused.value.details == {"customer": "陈一帆"}
    met = {
        "project_id": 1, "customer_id": estate.customers["陈一帆"], "kind": "visit", "at": estate.now,
        "day": estate.today, "first": True, "registered_by": 1,
    }  # fmt: skip
    estate.put(visit.insert().values(**met))
    assert estate.subscribe().deal


@pytest.mark.parametrize("who", ["front", "cash", "title", "plan", "guest"])
def test_who_does_not_sell_subscribes_nothing(small: Estate, who: str) -> None:
    for deed, step in ((small.subscribe, Step.SUBSCRIBE), (small.reserve, Step.RESERVE)):
        with pytest.raises(NotYours) as refused:
            deed(who=who)
        assert refused.value.details["step"] is step
        assert refused.value.details["role"] is small.people[who].role


def test_a_refused_subscription_leaves_no_trace(estate: Estate) -> None:
    before = estate.unit("1-101")
    asked: list[dict[str, Any]] = [
        {"terms": Terms(deposit=yuan(1))}, {"buyers": ()}, {"paid": Payment(yuan(2_000_000), Method.CASH, "陈一帆")},
        {"paid": Payment(ZERO, Method.CASH, "陈一帆")},
    ]  # fmt: skip
    for one in asked:
        with pytest.raises(Refusal):
            estate.subscribe(**one)
    assert estate.unit("1-101") == before
    assert estate.receipts() == []
    assert estate.told(Step.SUBSCRIBE) == []
    assert estate.broken() == []


# --- facts of the estate under a deal


def test_what_a_unit_is_for_stays_once_figures_count_it(estate: Estate) -> None:
    estate.subscribe()
    estate.close()
    with pytest.raises(WrongWay) as refused:
        deeds.keep_unit(estate.desk("plan"), kept(estate, "1-101", use=Use.SHOP), estate.later(seconds=1))
    assert refused.value.details["why"] == "has-history"
    assert deeds.keep_unit(estate.desk("plan"), kept(estate, "1-102", use=Use.SHOP), estate.later(seconds=1)).id
    assert estate.broken() == []


def test_a_new_permit_is_news_for_the_grid_and_takes_nobodys_form_away(estate: Estate) -> None:
    since, asked = grid.news(estate.desk(), 0).upto, estate.asked()
    wanted = deeds.PermitRequest("云房预字第 039 号", estate.today, buildings=(1,))
    deeds.keep_permit(estate.desk("plan"), wanted, estate.later(seconds=1))
    assert len(grid.news(estate.desk(), since).changes) == 11
    assert opening.subscribe(estate.desk("a"), asked, estate.later(seconds=1)).deal


# --- a borrower's age


def borrowing(years: int) -> Terms:
    lent = (Loan(LoanKind.COMMERCIAL, yuan(500_000), years, Decimal("0.03")),)
    return Terms(plan=STANDARD[PlanKind.MORTGAGE], loans=lent, deposit=yuan(20_000))


def test_a_loan_that_runs_beyond_the_age_is_refused_only_where_the_house_says_so(estate: Estate) -> None:
    estate.put(customer.update().where(customer.c.name == "李娜").values(birth=date(1980, 3, 3)))  # 45 until tomorrow
    buyers, long = estate.buyer("李娜"), borrowing(26)
    asked = QuoteRequest(estate.unit("1-101").id, long, estate.customers["李娜"])
    said = quote(estate.desk("a"), asked, estate.today).warning
    assert said is not None
    assert said.details == {"field": "years", "name": "李娜", "age": 45, "years": 26, "limit": 70, "longest": 25}
    assert estate.subscribe("1-102", buyers=buyers, terms=long).deal  # told, and done
    estate.rule("refuse_loan_age", True)
    before, told = estate.unit("1-101"), estate.count(history)
    with pytest.raises(TooOldForLoan):
        quote(estate.desk("a"), asked, estate.today)
    with pytest.raises(TooOldForLoan) as refused:
        estate.subscribe(buyers=buyers, terms=long)
    assert refused.value.details == said.details
    assert (estate.unit("1-101"), estate.count(history)) == (before, told)
    assert estate.subscribe(buyers=buyers, terms=borrowing(25)).deal
    move = ChangeUnitRequest(*estate.seen("1-101"), *estate.seen("1-103"), long, "换房")
    with pytest.raises(TooOldForLoan):
        changing.change_unit(estate.desk(), move, estate.later(seconds=1))
    assert estate.state("1-103") is UnitState.FOR_SALE
    assert estate.broken() == []


@pytest.mark.parametrize(("name", "limit", "longest"), [("陈一帆", 70, 0), ("陈一帆", 0, None), ("李娜", 70, None)])
def test_who_is_too_old_for_any_loan_is_told_and_nobody_whose_birth_is_unknown(
    estate: Estate, name: str, limit: int, longest: int | None
) -> None:
    estate.rule("loan_age", limit)
    asked = QuoteRequest(estate.unit("1-101").id, borrowing(5), estate.customers[name])
    said = quote(estate.desk("a"), asked, estate.today).warning
    assert (said and said.details["longest"]) == longest
