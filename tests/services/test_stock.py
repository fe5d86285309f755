"""The stock kept in sum is what the units themselves add up to, whichever door they were changed by."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from salescenter.domain.generate import BuildingRule, ColumnRule, StairRule
from salescenter.domain.money import Money
from salescenter.domain.units import Flag, UnitState, Use
from salescenter.services import release
from salescenter.services.deals import holds
from salescenter.services.deals.holds import HoldRequest
from salescenter.services.estate.deeds import RemoveBuilding, remove_building
from salescenter.services.estate.generating import GenerateRequest, generate
from salescenter.services.importing.store import carry_out
from salescenter.services.release import FlagRequest, NewPrice, PriceRequest, ReleaseRequest, Seen
from salescenter.services.reports.agreement import figures_agree, stock_agrees
from salescenter.services.reports.stock import Standing, standing
from salescenter.services.work import Desk
from tests.houses import Estate
from tests.services.importing.estates import imported, planned
from tests.services.importing.estates import unit as row


def stood(estate: Estate) -> Standing:
    """How the units stand by the sums, which agree with the units."""
    with estate.house.engine.connect() as connection:
        assert stock_agrees(connection, 1) == []
        return standing(connection, 1, estate.today, estate.now)


def in_state(found: Standing, state: UnitState) -> int:
    return found.sum(lambda group: group.state is state).count


def seen(estate: Estate, *codes: str) -> tuple[Seen, ...]:
    return tuple(Seen(*estate.seen(code)) for code in codes)


def test_units_put_on_sale_priced_flagged_and_withdrawn_move_in_the_stock(estate: Estate) -> None:
    before, boss = stood(estate), estate.desk()
    release.set_prices(boss, PriceRequest((NewPrice(*estate.seen("1-101"), Money.yuan(10_100)),), "调价"), estate.now)
    release.set_flag(boss, FlagRequest(seen(estate, "1-102"), Flag.SHOW_FLAT, on=True, reason="样板"), estate.now)
    release.withdraw(boss, ReleaseRequest(seen(estate, "1-103", "1-201"), "保留"), estate.now)
    after = stood(estate)
    assert in_state(after, UnitState.FOR_SALE) == in_state(before, UnitState.FOR_SALE) - 2
    assert after.sum(lambda group: True).money - before.sum(lambda group: True).money == Money.yuan(10_000)
    assert after.sum(lambda group: group.in_batch) == after.sum(lambda group: True) - before.sum(
        lambda group: not group.in_batch
    )


def test_units_released_on_a_day_when_nothing_was_sold_are_in_the_batch_and_in_its_list(estate: Estate) -> None:
    estate.subscribe("1-101")
    estate.now += timedelta(days=3)
    priced = NewPrice(*estate.seen("1-302"), Money.yuan(10_000))
    release.set_prices(estate.desk(), PriceRequest((priced,), "定价"), estate.now)
    release.release(estate.desk(), ReleaseRequest(seen(estate, "1-302"), "加推"), estate.now)
    with estate.house.engine.connect() as connection:
        assert figures_agree(connection, 1) == []


def test_a_unit_whose_hold_ran_out_is_for_sale_in_the_stock_with_nothing_written(estate: Estate) -> None:
    before = in_state(stood(estate), UnitState.FOR_SALE)
    until = estate.now + timedelta(hours=2)
    holds.hold(estate.desk("a"), HoldRequest(*estate.seen("1-101"), until, "看房"), estate.now)
    assert (in_state(stood(estate), UnitState.FOR_SALE), in_state(stood(estate), UnitState.HELD)) == (before - 1, 1)
    estate.now = until
    assert (in_state(stood(estate), UnitState.FOR_SALE), in_state(stood(estate), UnitState.HELD)) == (before, 0)


def test_a_building_made_and_taken_away_comes_and_goes_in_the_stock(estate: Estate) -> None:
    before = set(stood(estate).groups)
    columns = (ColumnRule("A", "南", Decimal(100), Decimal(80)),)
    rule = BuildingRule((StairRule("一单元", columns),), last=3)
    made = generate(estate.desk(), GenerateRequest("9号楼", rule), estate.now)
    assert stood(estate).sum(lambda group: group.building == made.building).count == made.units
    remove_building(estate.desk(), RemoveBuilding(made.building), estate.now)
    assert set(stood(estate).groups) == before


def test_what_an_import_makes_and_changes_is_in_the_stock(estate: Estate) -> None:
    desk: Desk = estate.desk()
    imported(desk, [row("1201"), row("1202")])
    homes = stood(estate)
    carry_out(desk, planned(desk, [row("1201", 9_100.0), row("1202")]), estate.now)
    changed = stood(estate)
    assert changed.sum(lambda group: group.use is Use.HOME).money > homes.sum(lambda group: group.use is Use.HOME).money
