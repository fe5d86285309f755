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
_FEN_BY_DAY = select(type_coerce(_T.day, Integer), type_coerce(_T.fen, BigInteger)).where(
    _PROJECT, _T.figure == bindparam("figure"), _T.part == "", _SPAN
)
_TOTALS = (
    select(_T.figure, _T.part, *_SUMS)
    .where(_PROJECT, _FIGURES, _PARTS, _SPAN)
    .group_by(_T.figure, _T.part)
)


def by_day(
    connection: Connection, project: int, figure: str, span: Span, parts: Sequence[str] = ("",)
) -> Sequence[tuple[int, int, int, int]]:
    """Return (day as ordinal, count, fen, area) for each day and part something was counted on, in no order."""
    return _plain(connection, _BY_DAY, _asked(project, span) | {"figures": (figure,), "parts": parts})


def totals(
    connection: Connection, project: int, figures: Sequence[str], span: Span, parts: Sequence[str] = ("",)
) -> Sequence[Any]:
    """Return (figure, part, count, fen, area) summed over a span; what was never counted has no row."""
    return connection.execute(_TOTALS, _asked(project, span) | {"figures": figures, "parts": parts}).all()


def fen_by_day(connection: Connection, project: int, figure: str, span: Span) -> Sequence[tuple[int, int]]:
    """Return (day as ordinal, fen) of the whole of a figure, for each day something was counted on, in no order."""
    return _plain(connection, _FEN_BY_DAY, _asked(project, span) | {"figure": figure})


def by_person(
    connection: Connection, project: int, wanted: Sequence[tuple[Sequence[str], Span]]
) -> Sequence[tuple[int, str, int, int, int, int]]:
    """Return (which, figure, person id, count, fen, area), several rows a person: add them up.

    `wanted` are figures with the span they are summed over; `which` counts them from 0. Whole months come from
    the monthly sums, the days at both ends from the daily ones, so that three years of sixty people are two
    thousand rows and not sixty-five thousand.
    """
    pieces = [
        (which, figure, *piece) for which, (figures, span) in enumerate(wanted) for figure in figures
        for piece in _pieces(figure, span)
    ]  # fmt: skip
    asked: dict[str, Any] = {"project": project}
    for i, (_, _, kept, part) in enumerate(pieces):
        asked |= {f"piece_{i}": i, f"figure_{i}": kept, f"first_{i}": part.first, f"last_{i}": part.last}
    rows = _plain(connection, _by_person(tuple(kept == figure for _, figure, kept, _ in pieces)), asked)
    return [(*pieces[piece][:2], who, *sums) for piece, who, *sums in rows]


def _pieces(figure: str, span: Span) -> list[tuple[str, Span]]:
    cut = cut_at_months(span)
    return [*([(figure + MONTHLY, cut.months)] if cut.months else []), *((figure, edge) for edge in cut.edges)]


@cache
def _by_person(daily: tuple[bool, ...]) -> CompoundSelect[Any]:
    """The statement for such pieces, daily or monthly: made once, since making it takes longer than running it."""
    return union_all(*(_of_people(piece, each) for piece, each in enumerate(daily)))


def _of_people(piece: int, daily: bool) -> Select[Any]:
    # Of the days, asking person by person makes every part a range of the key; a range over all parts would read
    # every day. Of the months nothing but people is kept.
    whose = person.join(tally, _T.part == literal("p:").concat(cast(person.c.id, String))) if daily else tally
    who, each = (person.c.id, person.c.id) if daily else (cast(func.substr(_T.part, 3), Integer), _T.part)
    return (
        select(bindparam(f"piece_{piece}", type_=Integer), who, *_SUMS)
        .select_from(whose)
        .where(
            _PROJECT,
            _T.figure == bindparam(f"figure_{piece}"),
            _T.day.between(bindparam(f"first_{piece}"), bindparam(f"last_{piece}")),
        )
        .group_by(each)
    )


_NAMES = select(person.c.id, person.c.name)


def names(connection: Connection) -> dict[int, str]:
    """Return everybody's name."""
    return dict(_plain(connection, _NAMES, {}))


def _asked(project: int, span: Span) -> dict[str, Any]:
    return {"project": project, "first": span.first, "last": span.last}


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
