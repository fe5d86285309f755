"""Reading the daily roll-ups: a figure day by day, in sum, and for every person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Connection,
    Executable,
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

_PARTS = _T.part.in_(bindparam("parts", expanding=True))

_BY_DAY = select(type_coerce(_T.day, Integer), _T.count, _T.fen, _T.area).where(_PROJECT, _FIGURES, _PARTS, _SPAN)
_TOTALS = (
    select(_T.figure, _T.part, *_SUMS)
    .where(_PROJECT, _FIGURES, _PARTS, _SPAN)
    .group_by(_T.figure, _T.part)
)


def by_day(
    connection: Connection, project: int, figure: str, span: Span, parts: Sequence[str] = ("",)
) -> Sequence[tuple[int, int, int, int]]:
    """Return (day as ordinal, count, fen, area) for each day and part something was counted on, in no order."""
    asked = {"project": project, "figures": (figure,), "parts": parts, "first": span.first, "last": span.last}
    return _plain(connection, _BY_DAY, asked)


def totals(
    connection: Connection, project: int, figures: Sequence[str], span: Span, parts: Sequence[str] = ("",)
) -> Sequence[Any]:
    """Return (figure, part, count, fen, area) summed over a span; what was never counted has no row."""
    asked = {"project": project, "figures": figures, "parts": parts, "first": span.first, "last": span.last}
    return connection.execute(_TOTALS, asked).all()


def by_person(
    connection: Connection, project: int, wanted: Sequence[tuple[Sequence[str], Span]]
) -> Sequence[tuple[int, str, int, str, int, int, int]]:
    """Return (which, figure, person id, name, count, fen, area), several rows a person: add them up.

    `wanted` are figures with the span they are summed over; `which` counts them from 0. Whole months come from
    the monthly sums, the days at both ends from the daily ones, so that three years of sixty people are two
    thousand rows and not sixty-five thousand.
    """
    pieces = [(which, *piece) for which, (figures, span) in enumerate(wanted) for piece in _pieces(figures, span)]
    asked: dict[str, Any] = {"project": project}
    for i, (which, figures, part) in enumerate(pieces):
        asked |= {f"which_{i}": which, f"figures_{i}": figures, f"first_{i}": part.first, f"last_{i}": part.last}
    rows = _plain(connection, _by_person(len(pieces)), asked)
    return [(which, figure.removesuffix(MONTHLY), *rest) for which, figure, *rest in rows]


def _pieces(figures: Sequence[str], span: Span) -> list[tuple[list[str], Span]]:
    cut = cut_at_months(span)
    months = [([figure + MONTHLY for figure in figures], cut.months)] if cut.months else []
    return [*months, *((list(figures), edge) for edge in cut.edges)]


@cache
def _by_person(pieces: int) -> CompoundSelect[Any]:
    """The statement for so many pieces of spans: made once, since making it takes longer than running it."""
    return union_all(*map(_of_people, range(pieces)))


def _of_people(piece: int) -> Select[Any]:
    # Asking person by person makes every part a range of the key; a range over all parts would read every day.
    return (
        select(bindparam(f"which_{piece}", type_=Integer), _T.figure, person.c.id, person.c.name, *_SUMS)
        .select_from(person.join(tally, _T.part == literal("p:").concat(cast(person.c.id, String))))
        .where(
            _PROJECT,
            _T.figure.in_(bindparam(f"figures_{piece}", expanding=True)),
            _T.day.between(bindparam(f"first_{piece}"), bindparam(f"last_{piece}")),
        )
        .group_by(_T.figure, person.c.id, person.c.name)
    )


def _plain(connection: Connection, statement: Executable, asked: dict[str, Any]) -> Sequence[Any]:
    """Fetch plain numbers straight from the driver: a thousand rows need no conversion."""
    result = connection.execute(statement, asked)
    return result.cursor.fetchall() if result.cursor else []


def first_day(connection: Connection, project: int, figures: Sequence[str]) -> date | None:
    """Return the first day any of the figures was counted on; None before anything was."""
    starts = [
        select(func.min(_T.day).label("day")).where(_T.project_id == project, _T.figure == figure, _T.part == "")
        for figure in figures
    ]
    either = union_all(*starts).subquery()
    found: date | None = connection.scalar(select(func.min(either.c.day)))
    return found
