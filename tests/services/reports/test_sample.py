"""A year lived by the house's own deeds, with voids and refunds on top: every figure still agrees."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from salescenter.data.payments import receipt
from salescenter.data.types import CHINA
from salescenter.domain.receipts import MoneyKind
from salescenter.domain.report_periods import Quick, quick_span
from salescenter.services.house import House, open_house
from salescenter.services.payments.receipts import VoidRequest, void
from salescenter.services.reports.agreement import figures_agree, reports_agree
from salescenter.services.reports.board import BoardAsked, board
from salescenter.services.reports.funnel import FunnelBy
from salescenter.services.sample.make import Size, make_sample
from tests.once import once

NOW = datetime(2025, 11, 21, 15, 0, tzinfo=CHINA)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A small sample of four months."""
    size = Size(homes=120, shops=12, parking=20, days=120)
    original = once(tmp_path_factory, "figures.db", lambda file: make_sample(file, NOW, size).close())
    made = open_house(shutil.copyfile(original, tmp_path_factory.mktemp("sample") / "house.db"))
    yield made
    made.close()


def test_every_rollup_and_every_figure_of_a_lived_year_agrees(house: House) -> None:
    with house.engine.connect() as connection:
        assert figures_agree(connection, 1) == []


@pytest.mark.parametrize("choice", Quick)
def test_every_quick_choice_agrees_with_its_lists(house: House, choice: Quick) -> None:
    desk = house.log_in("manager", "")
    opened = board(desk, BoardAsked(quick_span(Quick.TODAY, NOW.date(), NOW.date())), NOW).opened
    assert opened is not None
    span = quick_span(choice, NOW.date(), opened)
    with house.engine.connect() as connection:
        assert reports_agree(connection, 1, BoardAsked(span, funnel=FunnelBy.COHORT), NOW) == []


def test_a_voided_receipt_and_a_voided_refund_are_taken_back_out_of_their_own_figures(house: House) -> None:
    desk, later = house.log_in("manager", ""), NOW + timedelta(minutes=5)
    r = receipt.c
    countered = select(r.counters_id).where(r.counters_id.is_not(None))
    with house.engine.connect() as connection:
        for kind in (MoneyKind.PRICE, MoneyKind.REFUND):
            wrong = select(r.id).where(r.kind == kind.value, r.counters_id.is_(None), r.id.not_in(countered))
            number = connection.scalar(wrong.order_by(r.id.desc()))
            assert number is not None
            void(desk, VoidRequest(number, "写错了"), later)
    with house.engine.connect() as connection:
        assert figures_agree(connection, 1) == []
