"""Reading the daily roll-ups: a figure day by day, in sum, and for every person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from salescenter.data.history import tally
from salescenter.data.record import MONTHLY
from salescenter.data.staff import person
from salescenter.domain.report_periods import Span, cut_at_months

_T = tally.c
_SUMS = (func.sum(_T.count), func.sum(type_coerce(_T.fen, BigInteger)), func.sum(type_coerce(_T.area, BigInteger)))
_PROJECT = _T.project_id == bindparam("project")
_FIGURES = _T.figure.in_(bindparam("figures", expanding=True))
_SPAN = _T.day.between(bindparam("first"), bindparam("last"))

_BY_DAY = select(_T.figure, type_coerce(_T.day, Integer), _T.count, _T.fen, _T.area).where(
    _PROJECT, _FIGURES, _T.part == bindparam("part"), _SPAN
)
_TOTALS = (
    select(_T.figure, _T.part, *_SUMS)
    .where(_PROJECT, _FIGURES, _T.part.in_(bindparam("parts", expanding=True)), _SPAN)
    .group_by(_T.figure, _T.part)
)


def by_day(
    connection: Connection, project: int, figures: Sequence[str], span: Span, part: str = ""
) -> Sequence[Any]:
    """Return (figure, day as ordinal, count, fen, area) for each day something was counted on, in no order."""
    asked = {"project": project, "figures": figures, "part": part, "first": span.first, "last": span.last}
    return connection.execute(_BY_DAY, asked).all()


def totals(
    connection: Connection, project: int, figures: Sequence[str], span: Span, parts: Sequence[str] = ("",)
) -> Sequence[Any]:
    """Return (figure, part, count, fen, area) summed over a span; what was never counted has no row."""
    asked = {"project": project, "figures": figures, "parts": parts, "first": span.first, "last": span.last}
    return connection.execute(_TOTALS, asked).all()


def by_person(connection: Connection, project: int, figures: Sequence[str], span: Span) -> Sequence[Any]:
    """Return (figure, person id, count, fen, area), several rows a person: add them up.

    Whole months come from the monthly sums, the days at both ends from the daily ones, so that three years of
    sixty people are two thousand rows and not sixty-five thousand.
    """
    cut = cut_at_months(span)
    pieces = [_of_people(project, figures, edge, "") for edge in cut.edges]
    if cut.months:
        pieces.append(_of_people(project, figures, cut.months, MONTHLY))
    return connection.execute(union_all(*pieces)).all()


def _of_people(project: int, figures: Iterable[str], span: Span, grain: str) -> Select[Any]:
    # Asking person by person makes every part a range of the key; a range over all parts would read every day.
    figure = func.substr(_T.figure, 1, func.length(_T.figure) - len(grain)) if grain else _T.figure
    return (
        select(figure, person.c.id, *_SUMS)
        .select_from(person.join(tally, _T.part == literal("p:").concat(cast(person.c.id, String))))
        .where(
            _T.project_id == project,
            _T.figure.in_([name + grain for name in figures]),
            _T.day.between(span.first, span.last),
        )
        .group_by(_T.figure, person.c.id)
    )


def first_day(connection: Connection, project: int, figures: Sequence[str]) -> date | None:
    """Return the first day any of the figures was counted on; None before anything was."""
    starts = [
        select(func.min(_T.day).label("day")).where(_T.project_id == project, _T.figure == figure, _T.part == "")
        for figure in figures
    ]
    either = union_all(*starts).subquery()
    found: date | None = connection.scalar(select(func.min(either.c.day)))
    return found
