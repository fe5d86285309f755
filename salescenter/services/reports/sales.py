"""Sales: what was subscribed and signed day by day, against the period before, and the net of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from salescenter.data.reports import tallies
from salescenter.domain.figures import Quantity, growth
from salescenter.domain.report_periods import Against, Grain, Span, compared, paired_buckets
from salescenter.services.reports.values import NONE, Amounts, Days, Measure, Stage, whole, within


@dataclass(frozen=True, slots=True)
class Sales:
    """Two periods of sales, day by day, counted by one stage."""

    stage: Stage
    span: Span
    before: Span
    now: Days
    then: Days

    @property
    def in_span(self) -> Amounts:
        """What the period sold."""
        return whole(self.now)

    @property
    def in_before(self) -> Amounts:
        """What the period compared with sold."""
        return whole(self.then)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One day, week or month of a chart, and the one it is compared with; either may be missing at the end."""

    span: Span | None
    before: Span | None
    now: Amounts
    then: Amounts


@dataclass(frozen=True, slots=True)
class NetSigned:
    """净签约 = signed - cancelled - changed to another unit (which signs anew), of a period and the one before."""

    signed: Amounts
    cancelled: Amounts
    exchanged: Amounts
    before: Amounts  # net of the period compared with

    @property
    def net(self) -> Amounts:
        """What is left."""
        return self.signed - self.cancelled - self.exchanged

    def growth(self, measure: Measure) -> Quantity | None:
        """Return how much more than before, as a share; None where there was nothing before."""
        return growth(self.net.by(measure), self.before.by(measure))


SIGNED, CANCELLED, EXCHANGED = "signed", "cancelled-signed", "changed-unit-signed"
NET_FIGURES = {SIGNED: 1, CANCELLED: -1, EXCHANGED: -1}
"""The daily figures that make up 净签约, and their signs."""


def sales(connection: Connection, project: int, span: Span, against: Against, stage: Stage) -> Sales:
    """Read two periods of sales from the roll-ups."""
    before = compared(span, against)
    now, then = (_by_day(connection, project, stage, part) for part in (span, before))
    return Sales(stage, span, before, now, then)


def buckets(of: Sales, grain: Grain) -> tuple[Bucket, ...]:
    """Cut two periods into days, weeks or months, first beside first; the bars add up to the periods' sums."""
    return tuple(
        Bucket(
            span,
            before,
            within(of.now, span) if span else NONE,
            within(of.then, before) if before else NONE,
        )
        for span, before in paired_buckets(of.span, of.before, grain)
    )


def net_signed(connection: Connection, project: int, span: Span, before: Span) -> NetSigned:
    """Read 净签约 from the roll-ups."""
    now = sums(connection, project, tuple(NET_FIGURES), span)
    then = sums(connection, project, tuple(NET_FIGURES), before)
    return NetSigned(now[SIGNED], now[CANCELLED], now[EXCHANGED], then[SIGNED] - then[CANCELLED] - then[EXCHANGED])


def sums(
    connection: Connection, project: int, figures: Sequence[str], span: Span, part: str = ""
) -> dict[str, Amounts]:
    """Read the sums of some figures over a span; what was never counted is nothing."""
    rows = tallies.totals(connection, project, figures, span, (part,))
    found = {figure: Amounts(int(count), int(fen), int(area)) for figure, _, count, fen, area in rows}
    return {figure: found.get(figure, NONE) for figure in figures}


def _by_day(connection: Connection, project: int, stage: Stage, span: Span) -> Days:
    return {day: (count, fen, area) for day, count, fen, area in tallies.by_day(connection, project, stage, span)}
