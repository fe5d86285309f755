"""Every figure equals the list behind it, and every roll-up the rows it counts."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from sqlalchemy import Executable, delete, insert, update

from salescenter.data import guards
from salescenter.data.deals import deal
from salescenter.data.estate import stock, unit
from salescenter.data.history import tally
from salescenter.data.payments import receipt
from salescenter.data.record import MONTHLY
from salescenter.data.types import CHINA
from salescenter.domain.money import Money
from salescenter.domain.report_periods import Against, Span
from salescenter.domain.units import UnitState
from salescenter.services.reports.agreement import figures_agree, reports_agree
from salescenter.services.reports.board import BoardAsked, read_board
from salescenter.services.reports.claims import claims
from salescenter.services.reports.funnel import FunnelBy
from salescenter.services.reports.listings import Names
from salescenter.services.reports.lists import Reading, read_list
from salescenter.services.reports.values import Stage
from tests.services.reports.story import NOW, TODAY, Story, day

NOVEMBER = Span(day("11-01"), TODAY)
SPANS = (NOVEMBER, Span(day("10-01"), day("10-31")), Span(day("09-01"), TODAY), Span(TODAY, TODAY))


def test_a_house_where_nothing_happened_agrees(nothing_yet: Story) -> None:
    with nothing_yet.house.engine.connect() as connection:
        assert figures_agree(connection, 1) == []


def test_rollups_rows_and_lists_of_a_lively_house_agree(story: Story) -> None:
    with story.house.engine.connect() as connection:
        assert figures_agree(connection, 1) == []


def test_the_same_holds_on_postgresql(story_on_postgres: Story) -> None:
    with story_on_postgres.house.engine.connect() as connection:
        assert figures_agree(connection, 1) == []
        for span in SPANS:
            assert reports_agree(connection, 1, BoardAsked(span, funnel=FunnelBy.COHORT), NOW) == []


@pytest.mark.parametrize("span", SPANS, ids=lambda span: f"{span.first}..{span.last}")
@pytest.mark.parametrize(("funnel", "stage"), list(zip(FunnelBy, Stage, strict=True)))
def test_every_figure_of_any_period_is_the_sum_of_its_list(
    story: Story, span: Span, funnel: FunnelBy, stage: Stage
) -> None:
    with story.house.engine.connect() as connection:
        assert reports_agree(connection, 1, BoardAsked(span, stage=stage, funnel=funnel), NOW) == []


def test_no_figure_of_the_lively_house_is_proved_by_an_empty_list(story: Story) -> None:
    """Otherwise sum(list) == figure could hold because both are nothing."""
    with story.house.engine.connect() as connection:
        board = read_board(connection, 1, BoardAsked(NOVEMBER), NOW)
        empty = {
            name for name, _, wanted, _ in claims(board)
            if not read_list(Reading(connection, 1, wanted, Names(reveal=True), NOW)).lines
        }
    assert empty == {"absorption-storage"}


BREAKS: dict[str, Executable] = {
    "a roll-up lost a count": update(tally).where(tally.c.figure == "visit").values(count=tally.c.count - 1),
    "a roll-up row is gone": delete(tally).where(tally.c.figure == "signed", tally.c.part == "b:1"),
    "a month lost its sum": delete(tally).where(tally.c.figure == "signed" + MONTHLY),
    "a roll-up counts what never was": insert(tally).values(
        project_id=1, day=TODAY, figure="received", part="", count=1, fen=100, area=0
    ),
    "a deal's price was changed": update(deal).where(deal.c.signed.is_not(None)).values(total=Money(1)),
    "a unit left the stock": update(stock).where(stock.c.state == UnitState.FOR_SALE).values(count=stock.c["count"] - 1),
    "a unit was sold past the stock": update(unit).where(unit.c.code == "2-5").values(state=int(UnitState.SIGNED)),
    "what is owed was forgotten": delete(tally).where(tally.c.figure == "due"),
    "a receipt was written past the figures": update(receipt).where(receipt.c.id == 1).values(amount=Money(7)),
}


@pytest.mark.parametrize("what", BREAKS)
def test_the_check_sees_that(story: Story, what: str) -> None:
    with story.house.engine.begin() as connection:
        guards.take_down(connection)
        connection.execute(BREAKS[what])
        assert figures_agree(connection, 1)


def test_a_past_day_is_shown_as_it_stood_then(story: Story) -> None:
    """What was cancelled in November still counted as sold, and as owing, on the last day of October."""
    october = Span(date(2025, 10, 1), date(2025, 10, 31))
    then = datetime.combine(date(2025, 10, 31), time(23, 59), CHINA)
    with story.house.engine.connect() as connection:
        now = read_board(connection, 1, BoardAsked(october, Against.PREVIOUS), NOW)
    assert now.collection.contracts == 4  # 1-1, 2-2, 2-3, 1-4
    assert now.collection.contract_paid == Money.yuan(990_000 + 20_000)
    assert now.absorption[now.average.use].sold.count == 5  # and 1-2, subscribed on 30 October
    assert now.cut_off == then.date()
