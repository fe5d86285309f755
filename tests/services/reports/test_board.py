"""The figures of the board, each against a number worked out by hand from the story."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salescenter.domain.money import Money
from salescenter.domain.refusals import NotYours
from salescenter.domain.report_periods import Against, Grain, Span
from salescenter.domain.staff import Role
from salescenter.domain.units import UnitState, Use
from salescenter.services.reports.board import Board, BoardAsked, board
from salescenter.services.reports.collection import PLAN, money_buckets, planned
from salescenter.services.reports.funnel import FunnelBy
from salescenter.services.reports.ranking import ranked_by
from salescenter.services.reports.sales import buckets
from salescenter.services.reports.stock import by_building
from salescenter.services.reports.values import Amounts, Measure, Stage, total
from salescenter.services.settings import SettingRequest, change
from tests.services.reports.story import NOW, OPENED, TODAY, Story, day

NOVEMBER = Span(day("11-01"), TODAY)
WAN = 10_000


def read(
    story: Story, span: Span = NOVEMBER, against: Against = Against.PREVIOUS, stage: Stage = Stage.SIGNED,
    by: FunnelBy = FunnelBy.EVENT,
) -> Board:
    return board(story.desk(), BoardAsked(span, against, stage, by), NOW)


def test_only_who_may_see_reports_sees_them(story: Story) -> None:
    with pytest.raises(NotYours):
        board(story.desk(Role.CONSULTANT), BoardAsked(NOVEMBER), NOW)


def test_net_signed_takes_off_the_cancelled_and_the_exchanged(story: Story) -> None:
    net = read(story).net_signed
    assert (net.signed.count, net.cancelled.count, net.exchanged.count, net.net.count) == (5, 1, 1, 3)
    assert net.net.money == Money.yuan((97 + 195 + 290 + 10 + 98 - 190 - 198) * WAN)
    assert net.net.square_metres == Decimal(300)
    assert net.before == Amounts(2, Money.yuan((190 + 198) * WAN).fen, 20_000)  # signed on 9 and 15 October


def test_the_previous_period_of_a_month_so_far_is_the_same_days_of_the_month_before(story: Story) -> None:
    found = read(story)
    assert found.sales.before == Span(day("10-01"), day("10-19"))
    assert found.sales.in_before.count == 2


def test_the_average_price_is_amount_over_area_of_homes_alone(story: Story) -> None:
    average = read(story).average
    assert average.use is Use.HOME
    assert average.signed.average == Money.yuan(Decimal((97 + 195 + 98) * WAN) / 300)


def test_absorption_counts_subscribed_as_sold_of_the_released_batch(story: Story) -> None:
    homes = read(story).absorption[Use.HOME]
    assert (homes.sold.count, homes.batch.count) == (6, 18)  # 1-1 1-2 1-4 1-9 2-1 2-4
    assert read(story).absorption[Use.SHOP].sold.count == 1


@pytest.mark.parametrize("grain", Grain)
@pytest.mark.parametrize("against", Against)
@pytest.mark.parametrize("stage", Stage)
def test_bars_add_up_to_the_periods(story: Story, grain: Grain, against: Against, stage: Stage) -> None:
    sales = read(story, against=against, stage=stage).sales
    cut = buckets(sales, grain)
    assert total(part.now for part in cut) == sales.in_span
    assert total(part.then for part in cut) == sales.in_before


def test_the_stock_is_counted_by_state_and_its_value_adds_up(story: Story) -> None:
    standing = read(story).standing
    assert standing.sum(lambda group: group.state is UnitState.SIGNED).count == 7
    assert standing.sum(lambda group: group.state is UnitState.SUBSCRIBED).count == 1
    assert standing.value.whole == standing.sum(lambda group: True).money
    assert standing.main_use is Use.HOME
    assert sorted(standing.types.values()) == sorted(["A", "B", "位", "铺"])


def test_buildings_show_how_far_they_sold_and_leave_parking_out(story: Story) -> None:
    points = {point.name: point for point in by_building(read(story).standing)}
    assert set(points) == {"1", "2", "S"}
    assert (points["1"].sold.count, points["1"].batch.count) == (4, 10)
    assert points["2"].sold.average == Money.yuan(Decimal((195 + 200) * WAN) / 200)


def test_the_funnel_by_event_counts_what_happened(story: Story) -> None:
    funnel = read(story).funnel
    assert dict(zip(funnel.stages, funnel.counts, strict=True)) == {
        "call-in": 6, "visit": 14, "held": 1, "subscribed": 6, "signed": 5,
    }
    assert funnel.conversions[0] == Decimal(14) / 6


def test_the_funnel_by_cohort_follows_the_customers_first_met(story: Story) -> None:
    funnel = read(story, by=FunnelBy.COHORT).funnel
    assert dict(zip(funnel.stages, funnel.counts, strict=True)) == {
        "met": 15, "visited": 13, "held": 1, "subscribed": 1, "signed": 1,
    }
    assert funnel.whole == Decimal(1) / 15


def test_money_received_is_net_of_voids_and_refunds(story: Story) -> None:
    assert read(story).collection.received == Money.yuan(300_000 - 20_000)


def test_what_fell_due_what_was_paid_of_it_and_the_arrears(story: Story) -> None:
    owed = read(story).collection.owed
    assert owed.due == Money.yuan(2 * 500_000 + 400_000)
    assert owed.paid == Money.yuan(300_000)
    assert owed.arrears == Money.yuan(1_100_000)
    so_far = read(story).collection.so_far
    assert so_far.due == owed.due + Money.yuan(990_000 + 985_000)


def test_the_three_collection_rates_are_three_figures(story: Story) -> None:
    found = read(story).collection
    contracts = Money.yuan((99 + 97 + 195 + 290 + 10 + 985 // 10 + 98) * WAN + 5_000)
    assert found.contract_total == contracts
    assert found.on_the_way == contracts - Money.yuan(1_290_000)
    assert found.of_contracts == Decimal(129_000_000) / contracts.fen
    assert found.of_due == Decimal(1_290_000) / Decimal(1_400_000 + 990_000 + 985_000)
    assert found.of_plan is None


def test_the_rate_of_the_plan_counts_a_month_cut_short_by_its_days(story: Story) -> None:
    change(story.desk(), SettingRequest(PLAN, {"2025-11": 60_000_000}, OPENED), NOW)
    found = read(story).collection
    assert found.plan == Money.yuan(380_000)  # 600,000 x 19 / 30
    assert found.of_plan == Decimal(280_000) / 380_000


def test_a_plan_is_none_only_where_no_month_has_one() -> None:
    plan = {"2025-10": 31_00}
    assert planned(plan, Span(date(2025, 10, 31), day("11-02"))) == Money(100)
    assert planned(plan, NOVEMBER) is None
    assert planned(None, NOVEMBER) is None


@pytest.mark.parametrize("grain", Grain)
def test_money_bars_add_up_to_the_period(story: Story, grain: Grain) -> None:
    found = read(story).collection
    parts = money_buckets(found, grain)
    assert Money.sum(part.received for part in parts) == found.received
    assert Money.sum(part.owed.due for part in parts) == found.owed.due


def test_the_ranking_follows_the_measure(story: Story) -> None:
    people = read(story).ranking
    assert [one.name for one in ranked_by(people, Measure.COUNT)] == ["李娜", "王芳", "张伟"]
    assert [one.name for one in ranked_by(people, Measure.AMOUNT)] == ["王芳", "李娜", "张伟"]
    first = ranked_by(people, Measure.COUNT)[0]
    assert (first.now.count, first.visits) == (3, 5)
    assert first.conversion == Decimal(3) / 5


def test_the_ranking_of_years_adds_whole_months_and_loose_days(story: Story) -> None:
    everything = read(story, Span(date(2023, 9, 14), TODAY))
    sold = {one.name: one.now.count for one in everything.ranking}
    assert sold == {"李娜": 4, "张伟": 3, "王芳": 2}
    assert sum(sold.values()) == everything.sales.in_span.count


def test_the_first_day_of_the_records_is_known(story: Story, nothing_yet: Story) -> None:
    assert read(story).opened == day("09-10")
    assert read(nothing_yet).opened is None


def test_a_new_house_has_figures_without_numbers(nothing_yet: Story) -> None:
    found = read(nothing_yet)
    assert found.net_signed.net == Amounts()
    assert found.net_signed.growth(Measure.COUNT) is None
    assert (found.collection.of_contracts, found.collection.of_due) == (None, None)
    assert found.average.signed.average is None
    assert found.ranking == ()
    assert by_building(found.standing) == ()
