"""The board: everything the manager's window shows for a period, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from salescenter.data.estate import project as estate
from salescenter.data.reports import tallies
from salescenter.data.types import CHINA
from salescenter.domain.report_periods import Against, Span, compared
from salescenter.domain.staff import demand
from salescenter.domain.units import Step, Use
from salescenter.services.reports.collection import Collection, collection
from salescenter.services.reports.funnel import Funnel, FunnelBy, funnel_by_cohort, funnel_by_event
from salescenter.services.reports.ranking import Ranked, ranking
from salescenter.services.reports.sales import NetSigned, Sales, net_signed, sales, sums
from salescenter.services.reports.stock import Absorption, Standing, absorption, standing
from salescenter.services.reports.values import Amounts, Stage
from salescenter.services.work import Desk

FIGURES = ("visit", "call-in", "call-out", "held", "reserved", "subscribed", "signed", "received")
"""The daily figures whose first day is the first day of the house's records."""


@dataclass(frozen=True, slots=True)
class AveragePrice:
    """均价 of the contracts of one use signed in the period, and of the period before."""

    use: Use
    signed: Amounts
    before: Amounts


@dataclass(frozen=True, slots=True)
class BoardAsked:
    """Which period, compared with what, by which stage sales are counted, and how the funnel is."""

    span: Span
    against: Against = Against.PREVIOUS
    stage: Stage = Stage.SIGNED
    funnel: FunnelBy = FunnelBy.EVENT


@dataclass(frozen=True, slots=True)
class Board:
    """All figures of a period. `opened` is the first day anything was recorded, None in a new house."""

    house: str  # the project's name
    asked: BoardAsked
    now: datetime
    opened: date | None
    sales: Sales
    net_signed: NetSigned
    average: AveragePrice
    standing: Standing
    absorption: Mapping[Use, Absorption]
    funnel: Funnel
    collection: Collection
    ranking: tuple[Ranked, ...]

    @property
    def cut_off(self) -> date:
        """The day the figures of a standing are of: the last of the period, today when that is still to come."""
        return min(self.asked.span.last, self.now.date())


def board(desk: Desk, asked: BoardAsked, now: datetime) -> Board:
    """Read all figures of a period in one transaction, so that no two of them disagree."""
    demand(desk.who.role, Step.SEE_REPORTS)
    with desk.reading() as connection:
        return read_board(connection, desk.project, asked, now.astimezone(CHINA))


def read_board(connection: Connection, project: int, asked: BoardAsked, now: datetime) -> Board:
    """Read all figures of a period; `now` on the house's clock."""
    span, before = asked.span, compared(asked.span, asked.against)
    units = standing(connection, project, span.last, now)
    return Board(
        connection.scalar(select(estate.c.name).where(estate.c.id == project)) or "",
        asked,
        now,
        tallies.first_day(connection, project, FIGURES),
        sales(connection, project, span, asked.against, asked.stage),
        net_signed(connection, project, span, before),
        average_price(connection, project, units.main_use, span, before),
        units,
        {use: absorption(units, use) for use in Use},
        FUNNELS[asked.funnel](connection, project, span),
        collection(connection, project, span, now.date()),
        ranking(connection, project, span, before, asked.stage),
    )


FUNNELS = {FunnelBy.EVENT: funnel_by_event, FunnelBy.COHORT: funnel_by_cohort}


def average_price(connection: Connection, project: int, use: Use, span: Span, before: Span) -> AveragePrice:
    """Read the two parts of 均价 from the roll-ups, of one use: a mean over homes and parking spaces says nothing."""
    now, then = (sums(connection, project, (Stage.SIGNED,), part, f"u:{use}")[Stage.SIGNED] for part in (span, before))
    return AveragePrice(use, now, then)
