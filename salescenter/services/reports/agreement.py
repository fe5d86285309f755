"""The proof that figures agree: roll-ups with the rows they count, report figures with the lists behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time

from sqlalchemy import Connection, select

from salescenter.data import stock
from salescenter.data.estate import unit
from salescenter.data.history import tally
from salescenter.data.record import MONTHLY
from salescenter.data.reports import contacts, deals, money, standing
from salescenter.data.types import CHINA
from salescenter.domain.report_periods import Span
from salescenter.i18n import mark, tr
from salescenter.services.check import Broken
from salescenter.services.reports.board import BoardAsked, read_board
from salescenter.services.reports.claims import claims
from salescenter.services.reports.listings import Names
from salescenter.services.reports.lists import Reading, read_list
from salescenter.services.reports.values import Stage

Counted = tuple[int, int, int]
"""Count, fen, hundredths of a square metre."""

_NONE: Counted = (0, 0, 0)

Place = tuple[str, str, date]
"""Figure, part, day."""


def figures_agree(connection: Connection, project: int) -> list[Broken]:
    """Return every disagreement of a project: roll-ups against rows, months against days, figures against lists.

    It is one of the agreements `services.check.check` takes.
    """
    kept = _kept(connection, project)
    problems = [*rollups_agree(connection, project, kept), *months_agree(kept), *stock_agrees(connection, project)]
    span = _whole_span(kept)
    if span:
        for stage in Stage:
            problems += reports_agree(connection, project, BoardAsked(span, stage=stage), _end_of(span.last))
    return problems


# --- roll-ups against rows


def rollups_agree(connection: Connection, project: int, kept: Mapping[Place, Counted]) -> list[Broken]:
    """Compare every daily figure, in the whole and in each part, with the rows it counts."""
    found = _recounted(connection, project)
    problems = []
    for place in sorted({*kept, *found} - {place for place in kept if place[0].endswith(MONTHLY)}):
        ours, theirs = (_comparable(place, side.get(place, _NONE)) for side in (kept, found))
        if ours != theirs:
            problems.append(Broken(mark("roll-ups = rows"), _differ(_named(place), _written(ours), _written(theirs))))
    return problems


def stock_agrees(connection: Connection, project: int) -> list[Broken]:
    """Compare the sums of units alike with the units themselves."""
    shown = {tuple(row[:5]): tuple(row[5:]) for row in stock.kept(connection, project)}
    found = dict(stock.counted(connection, unit.c.project_id == project))
    return [
        Broken(mark("roll-ups = rows"), _differ(f"stock {_plainly(group)}", _plainly(ours), _plainly(theirs)))
        for group in sorted({*shown, *found})
        if (ours := shown.get(group, _NONE)) != (theirs := found.get(group, _NONE))
    ]


def months_agree(kept: Mapping[Place, Counted]) -> list[Broken]:
    """Compare the monthly sums kept for people with their daily ones."""
    months = {place: sums for place, sums in kept.items() if place[0].endswith(MONTHLY)}
    days: dict[Place, Counted] = {}
    for (figure, part, day), sums in kept.items():
        if part.startswith("p:") and not figure.endswith(MONTHLY):
            place = (figure + MONTHLY, part, day.replace(day=1))
            days[place] = _plus(days.get(place, _NONE), sums)
    return [
        Broken(mark("months = days"), _differ(_named(place), _written(ours), _written(theirs)))
        for place in sorted({*months, *days})
        if (ours := months.get(place, _NONE)) != (theirs := days.get(place, _NONE))
    ]


def _kept(connection: Connection, project: int) -> dict[Place, Counted]:
    c = tally.c
    rows = connection.execute(select(c.figure, c.part, c.day, c.count, c.fen, c.area).where(c.project_id == project))
    return {(figure, part, day): (count, fen, area) for figure, part, day, count, fen, area in rows}


def _recounted(connection: Connection, project: int) -> dict[Place, Counted]:
    found: dict[Place, Counted] = {}
    for figure, parts, day, sums in _rows(connection, project):
        for part in ("", *parts):
            found[figure, part, day] = _plus(found.get((figure, part, day), _NONE), sums)
    return found


_Row = tuple[str, tuple[str, ...], date, Counted]


def _rows(connection: Connection, project: int) -> Iterator[_Row]:
    for figure in deals.FIGURES:
        for day, building, use, who, count, fen, area in deals.sums_of(connection, project, figure):
            yield figure, (f"b:{building}", f"u:{use}", f"p:{who}"), day, (count, int(fen), int(area))
    for row in deals.holds_in(connection, project, Span(date(1990, 1, 1), date(9998, 12, 31))):
        day = row.at.astimezone(CHINA).date()
        yield "held", (f"b:{row.building_id}", f"u:{row.use}", f"p:{row.person_id}"), day, (1, 0, 0)
    for figure in contacts.FIGURES:
        for day, who, channel, count in contacts.sums_of(connection, project, figure):
            parts = (*((f"p:{who}",) if who else ()), *((f"c:{channel}",) if channel else ()))
            yield figure, parts, day, (count, 0, 0)
    for figure in (money.RECEIVED, money.REFUNDED):
        for day, kind, method, building, count, fen in money.sums_of(connection, project, figure):
            yield figure, (f"k:{kind}", f"m:{method}", f"b:{building}"), day, (int(count), int(fen), 0)
    for day, fen in money.collected(connection, project):
        yield money.COLLECTED, (), day, (0, int(fen), 0)
    for figure, day, count, fen in standing.sums(connection, project):
        yield figure, (), day, (count, fen, 0)


SKIPPED: dict[str, tuple[bool, bool, bool]] = {
    "held": (True, False, False),      # list price and area of that day are not kept with the hold
    "reserved": (True, False, True),   # the price is agreed only when it is subscribed
}
"""Which of count, fen and area a figure's rows can still prove; those not named prove all three."""


def _comparable(place: Place, sums: Counted) -> Counted:
    figure, part, _ = place
    if figure == "reserved" and part.startswith("p:"):
        return _NONE  # the subscription may name other consultants
    proves = SKIPPED.get(figure, (True, True, True))
    count, fen, area = (number if proved else 0 for number, proved in zip(sums, proves, strict=True))
    return count, fen, area


# --- figures against lists


def reports_agree(connection: Connection, project: int, asked: BoardAsked, now: datetime) -> list[Broken]:
    """Compare every figure of the board with the sum of the list that opens behind it."""
    board = read_board(connection, project, asked, now)
    problems = []
    for name, shown, wanted, sums in claims(board):
        found = read_list(Reading(connection, project, wanted, Names(reveal=False), now))
        counted = tuple(sums(found))
        if shown != counted:
            problems.append(Broken(mark("report = lists"), _differ(name, _plainly(shown), _plainly(counted))))
    return problems


# --- small change


def _plus(one: Counted, other: Counted) -> Counted:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _named(place: Place) -> str:
    figure, part, day = place
    return f"{figure} {part or 'all'} {day.isoformat()}"


def _differ(where: str, kept: str, found: str) -> str:
    return tr("{where}: shown {kept}; counted {found}", where=where, kept=kept, found=found)


def _plainly(numbers: Iterable[object]) -> str:
    return ", ".join(str(number) for number in numbers)


def _written(sums: Counted) -> str:
    return f"count {sums[0]}, fen {sums[1]}, area {sums[2]}"


def _whole_span(kept: Mapping[Place, Counted]) -> Span | None:
    days = [day for figure, _, day in kept if figure not in standing.FIGURES]  # those may lie ahead
    return Span(min(days), max(days)) if days else None


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, CHINA)


