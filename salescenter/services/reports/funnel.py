"""The funnel: call, visit, hold, subscription, contract; by event or by cohort, and it says which."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Connection

from salescenter.data.reports import contacts
from salescenter.domain.figures import funnel as conversions
from salescenter.domain.figures import ratio
from salescenter.domain.report_periods import Span
from salescenter.services.reports.sales import sums


class FunnelBy(StrEnum):
    """How the stages are counted."""

    EVENT = "event"    # what happened in the period, whoever it happened to
    COHORT = "cohort"  # the customers first met in the period, and how far they have come since


EVENTS = ("call-in", "visit", "held", "subscribed", "signed")
"""The stages by event: the daily figures' names."""

COHORT = contacts.STAGES
"""The stages by cohort."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many reached each stage; by event a later stage may be larger than an earlier one."""

    by: FunnelBy
    stages: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def conversions(self) -> tuple[Decimal | None, ...]:
        """Each stage after the first, as a share of the one before it."""
        return conversions(self.counts)

    @property
    def whole(self) -> Decimal | None:
        """The last stage as a share of the first."""
        return ratio(self.counts[-1], self.counts[0])


def funnel_by_event(connection: Connection, project: int, span: Span) -> Funnel:
    """Read the events of a span from the roll-ups."""
    found = sums(connection, project, EVENTS, span)
    return Funnel(FunnelBy.EVENT, EVENTS, tuple(found[figure].count for figure in EVENTS))


def funnel_by_cohort(connection: Connection, project: int, span: Span) -> Funnel:
    """Count how far the customers first met in a span have come; read from the visits and deals themselves."""
    return Funnel(FunnelBy.COHORT, COHORT, contacts.cohort_counts(connection, project, span))
