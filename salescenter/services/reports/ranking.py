"""The consultants' ranking (业绩排名): what each sold, and how many they received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from salescenter.data.reports import tallies
from salescenter.data.staff import person
from salescenter.domain.figures import conversion
from salescenter.domain.report_periods import Span
from salescenter.services.reports.values import NONE, Amounts, Measure, Stage

VISITS = "visit"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One consultant's period, beside the period before; a shared deal counts to whoever has the largest part."""

    person: int
    name: str
    now: Mapping[Stage, Amounts]
    then: Mapping[Stage, Amounts]
    visits: int

    def conversion(self, stage: Stage) -> Decimal | None:
        """Deals / visits received; by event, so it may pass one."""
        return conversion(self.now[stage].count, self.visits)


def ranking(connection: Connection, project: int, span: Span, before: Span) -> tuple[Ranked, ...]:
    """Read everybody who sold or received anybody in either period, from the roll-ups; in no order."""
    now = _people(connection, project, (*Stage, VISITS), span)
    then = _people(connection, project, tuple(Stage), before)
    names = {row.id: row.name for row in connection.execute(select(person.c.id, person.c.name))}
    return tuple(
        Ranked(
            who,
            names[who],
            {stage: now.get((stage, who), NONE) for stage in Stage},
            {stage: then.get((stage, who), NONE) for stage in Stage},
            now.get((VISITS, who), NONE).count,
        )
        for who in sorted({who for _, who in now} | {who for _, who in then})
    )


def ranked_by(people: tuple[Ranked, ...], stage: Stage, measure: Measure) -> tuple[Ranked, ...]:
    """Order by what they sold, most first, equals by amount, then name; leave out who neither sold nor received."""
    present = [one for one in people if one.now[stage] or one.then[stage] or one.visits]
    key = {Measure.COUNT: "count", Measure.AREA: "area", Measure.AMOUNT: "fen"}[measure]
    return tuple(sorted(present, key=lambda one: (-getattr(one.now[stage], key), -one.now[stage].fen, one.name)))


def _people(
    connection: Connection, project: int, figures: tuple[str, ...], span: Span
) -> dict[tuple[str, int], Amounts]:
    found: dict[tuple[str, int], Amounts] = {}
    for figure, who, count, fen, area in tallies.by_person(connection, project, figures, span):
        found[figure, who] = found.get((figure, who), NONE) + Amounts(int(count), int(fen), int(area))
    return found
