"""The consultants' ranking (业绩排名): what each sold, and how many they received."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from salescenter.data.reports import tallies
from salescenter.domain.figures import conversion
from salescenter.domain.report_periods import Span
from salescenter.services.reports.values import Amounts, Measure, Stage

VISITS = "visit"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One consultant's period, beside the period before; a shared deal counts to whoever has the largest part."""

    person: int
    name: str
    now: Amounts
    then: Amounts
    visits: int

    @property
    def conversion(self) -> Decimal | None:
        """Deals / visits received; by event, so it may pass one."""
        return conversion(self.now.count, self.visits)


def ranking(connection: Connection, project: int, span: Span, before: Span, stage: Stage) -> tuple[Ranked, ...]:
    """Read everybody who sold or received anybody in either period, from the roll-ups; in no order."""
    sums: dict[tuple[int, str, int], tuple[int, int, int]] = {}
    wanted = (((stage.value, VISITS), span), ((stage.value,), before))
    for which, figure, who, count, fen, area in tallies.by_person(connection, project, wanted):
        was = sums.get((which, figure, who), _NOTHING)
        sums[which, figure, who] = (was[0] + int(count), was[1] + int(fen), was[2] + int(area))
    names, sold = tallies.names(connection), stage.value
    return tuple(
        Ranked(
            who,
            names[who],
            Amounts(*sums.get((0, sold, who), _NOTHING)),
            Amounts(*sums.get((1, sold, who), _NOTHING)),
            sums.get((0, VISITS, who), _NOTHING)[0],
        )
        for who in sorted({who for _, _, who in sums})
    )


_NOTHING = (0, 0, 0)


def ranked_by(people: tuple[Ranked, ...], measure: Measure) -> tuple[Ranked, ...]:
    """Order by what they sold, most first, equals by amount, then name; leave out who neither sold nor received."""
    present = [one for one in people if one.now or one.then or one.visits]
    key = {Measure.COUNT: "count", Measure.AREA: "area", Measure.AMOUNT: "fen"}[measure]
    return tuple(sorted(present, key=lambda one: (-getattr(one.now, key), -one.now.fen, one.name)))

