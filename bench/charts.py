"""Every series of the manager's window over a million visits and receipts, beside a plain GROUP BY on a text date."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from sqlalchemy import Column, Connection, Table, text

from bench.figure import Figure
from bench.timing import MS, in_turns, ratio
from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, deal_consultant, due
from salescenter.data.estate import building, stair, unit, unit_type
from salescenter.data.payments import receipt, receipt_book
from salescenter.data.reports.standing import owed_by_day
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.data.visits import visit
from salescenter.domain.report_periods import Against, Span, compared
from salescenter.domain.units import Use
from salescenter.services.house import House
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.reports.board import BoardAsked, average_price, read_board
from salescenter.services.reports.collection import collection, received_by_day
from salescenter.services.reports.funnel import funnel_by_cohort, funnel_by_event
from salescenter.services.reports.ranking import ranking
from salescenter.services.reports.sales import net_signed, sales
from salescenter.services.reports.stock import standing
from salescenter.services.reports.values import Stage
from salescenter.ui.reports.plots import Plot, line

NAME = "charts"


@dataclass(frozen=True, slots=True)
class Size:
    """How large an estate, and how much happened in three years."""

    visits: int
    receipts: int
    units: int


SIZES = {"small": Size(50_000, 50_000, 860), "full": Size(1_000_000, 1_000_000, 20_000)}
DAYS, PEOPLE, BUILDINGS = 1095, 60, 40
LAST = date(2025, 11, 19)
NOW = datetime(2025, 11, 19, 16, 0, tzinfo=CHINA)
WHOLE = Span(LAST - timedelta(DAYS - 1), LAST)
MONTH = Span(date(2025, 11, 1), LAST)
THEN = Span(date(2025, 10, 1), date(2025, 10, 31))

ROLLED_UP_MS = 2.0
AD_HOC = 0.35

_IN_SPAN = "at BETWEEN :first AND :last || 'T99'"

Read = Callable[[Connection, Span], object]

SERIES: dict[str, tuple[Read, str]] = {
    "visits, calls, holds, deals (funnel)": (
        lambda c, span: funnel_by_event(c, 1, span),
        f"SELECT kind, count(*) FROM plain_visit WHERE {_IN_SPAN} GROUP BY kind",
    ),
    "received by day": (
        lambda c, span: received_by_day(c, 1, span),
        f"SELECT substr(at, 1, 10) AS day, sum(fen) FROM plain_receipt WHERE {_IN_SPAN} GROUP BY day",
    ),
    "consultants' ranking": (
        lambda c, span: ranking(c, 1, span, compared(span, Against.PREVIOUS), Stage.SIGNED),
        f"SELECT person, count(*) FROM plain_visit WHERE kind = 'visit' AND {_IN_SPAN} GROUP BY person",
    ),
    "sales by day, two periods": (
        lambda c, span: sales(c, 1, span, Against.PREVIOUS, Stage.SIGNED),
        "SELECT substr(signed, 1, 10) AS day, count(*), sum(fen) FROM plain_deal GROUP BY day",
    ),
    "net signed, two periods": (
        lambda c, span: net_signed(c, 1, span, compared(span, Against.PREVIOUS)),
        "SELECT substr(signed, 1, 10) AS day, count(*), sum(fen) FROM plain_deal GROUP BY day",
    ),
    "average price, two periods": (
        lambda c, span: average_price(c, 1, Use.HOME, span, compared(span, Against.PREVIOUS)),
        "SELECT substr(signed, 1, 10) AS day, sum(fen), sum(area) FROM plain_deal GROUP BY day",
    ),
    "stock, absorption": (
        lambda c, span: standing(c, 1, span.last, NOW),
        "SELECT building_id, type_id, use, state, count(*), sum(area), sum(total) FROM unit GROUP BY 1, 2, 3, 4",
    ),
    "due by day": (
        lambda c, span: owed_by_day(c, 1, span, LAST),
        f"SELECT at AS day, sum(fen), sum(paid) FROM plain_due WHERE {_IN_SPAN} GROUP BY day",
    ),
    "collection with its three rates": (
        lambda c, span: collection(c, 1, span, LAST),
        f"SELECT substr(at, 1, 10) AS day, sum(fen) FROM plain_receipt WHERE {_IN_SPAN} GROUP BY day",
    ),
}
"""Series read from roll-ups, each with what would be asked of the rows themselves."""

TOLD: dict[str, tuple[Read, Span]] = {
    "the whole board, three years": (lambda c, span: read_board(c, 1, BoardAsked(span), NOW), WHOLE),
    "the whole board, this month": (lambda c, span: read_board(c, 1, BoardAsked(span), NOW), MONTH),
    "stock as it stood a month ago, from the units' moments": (lambda c, span: standing(c, 1, span.last, NOW), THEN),
    "collection as it stood a month ago, from the schedules": (lambda c, span: collection(c, 1, span, LAST), THEN),
    "funnel by cohort, this month, from the visits": (lambda c, span: funnel_by_cohort(c, 1, span), MONTH),
}
"""Sums of what was measured, and what no roll-up is kept for; told without a limit."""


def measure(size: str) -> list[Figure]:
    """Fill a database, read every series over three years and over a month, and pan a million points."""
    with tempfile.TemporaryDirectory() as folder:
        house = filled(Path(folder), SIZES[size])
        with house.engine.connect() as connection:
            figures = [figure for name in SERIES for figure in _from_rollups(connection, name)]
            figures += [_told(connection, name) for name in TOLD]
        house.close()
    return [*figures, _pan(SIZES[size].visits)]


def _from_rollups(connection: Connection, name: str) -> list[Figure]:
    read, plain = SERIES[name]
    asked = {"first": WHOLE.first.isoformat(), "last": WHOLE.last.isoformat()}
    wanted = {word: asked[word] for word in asked if f":{word}" in plain}
    works: Mapping[str, Callable[[], object]] = {
        "ours": lambda: read(connection, WHOLE),
        "plain": lambda: connection.execute(text(plain), wanted).all(),
        "month": lambda: read(connection, MONTH),
    }
    spent = in_turns(works, 9, warm=2)
    ours, theirs = median(spent["ours"]) * MS, median(spent["plain"]) * MS
    return [
        Figure(f"{name}: three years, ms", ours, limit=ROLLED_UP_MS),
        Figure(f"{name}: this month, ms", median(spent["month"]) * MS, limit=ROLLED_UP_MS),
        Figure(f"{name} / GROUP BY on a text date, ms", ours, theirs, ratio(spent["ours"], spent["plain"]), AD_HOC),
    ]


def _told(connection: Connection, name: str) -> Figure:
    read, span = TOLD[name]
    spent = in_turns({"ours": lambda: read(connection, span)}, 7, warm=2)["ours"]
    return Figure(f"{name}, ms", median(spent) * MS)


# --- drawing


WIDE, HIGH, SHOWN = 1200, 700, 0.8
"""The size both draw at, and the part of the points in sight."""


def _pan(points: int) -> Figure:
    """Move a line of so many points a little to the right and paint it, beside QPainter doing just that."""
    app = QApplication.instance() or QApplication([])
    y = np.cumsum(np.random.default_rng(1).normal(size=points))
    plot = Plot()
    plot.resize(WIDE, HIGH)
    line(plot, np.arange(points, dtype=float), y, "#2F7D6B")
    plot.limits(Decimal(int(y.min())), Decimal(int(y.max())))  # the window's own axes: round numbers, given labels
    plot.below.setTicks([[(points * tenth / 10, str(tenth)) for tenth in range(11)]])
    plot.show()
    app.processEvents()
    turn = count()

    def ours() -> None:
        first = points * 0.001 * next(turn)
        plot.setXRange(first, first + points * SHOWN, padding=0)
        plot.viewport().repaint()

    def peer() -> None:
        _painted(y, int(points * 0.001 * next(turn)), int(points * SHOWN))

    spent = in_turns({"ours": ours, "peer": peer}, 15, warm=3)
    plot.close()
    what, times = f"one pan of {points:,} points / QPainter, ms", ratio(spent["ours"], spent["peer"])
    return Figure(what, median(spent["ours"]) * MS, median(spent["peer"]) * MS, times, 2.0)


def _painted(y: Any, first: int, shown: int) -> QImage:
    """Draw what is in sight: the lowest and the highest of each pixel's points, joined."""
    each = shown // WIDE
    part = y[first:first + each * WIDE].reshape(WIDE, each)
    low, high = float(y.min()), float(y.max())
    scale = (HIGH - 10) / (high - low)
    ends = np.empty((WIDE * 2, 2))
    ends[:, 0] = np.repeat(np.arange(WIDE), 2)
    ends[0::2, 1] = HIGH - 5 - (part.min(1) - low) * scale
    ends[1::2, 1] = HIGH - 5 - (part.max(1) - low) * scale
    picture = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    painter = QPainter(picture)
    painter.setPen(QColor("#2F7D6B"))
    painter.drawPolyline([QPointF(*point) for point in ends.tolist()])
    painter.end()
    return picture


# --- the database


def filled(folder: Path, size: Size) -> House:
    """Make a house with so many visits and receipts, the roll-ups its deeds would have kept, and plain tables."""
    house = make_house(folder / "charts.db", NewHouse("bench", "boss", "boss"))
    with house.engine.begin() as connection:
        for statement in _filling(size):
            connection.execute(text(statement))
    with house.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return house


def _numbers(many: int) -> str:
    return f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many}) SELECT i FROM n)"


def _into(table: Table, source: str, **columns: object) -> str:
    """Write an INSERT from a source with an expression for each column; the rest take the table's own defaults."""
    said = {column.name: _default(column) for column in table.columns if column.default is not None}
    said |= {name: str(value) for name, value in columns.items()}
    return f"INSERT INTO {table.name} ({', '.join(said)}) SELECT {', '.join(said.values())} FROM {source}"


def _default(column: Column[object]) -> str:
    value = getattr(column.default, "arg", None)
    if callable(value):
        return "'{}'"  # the only made defaults are empty JSON objects
    if isinstance(value, date):
        return str(value.toordinal())
    return f"'{value}'" if isinstance(value, str) else str(int(value or 0))


_FIRST = WHOLE.first.toordinal()
_MIDNIGHT = f"{_FIRST - date(1970, 1, 1).toordinal()} * 86400000"
_SCATTER = f"(i * 7919) % {DAYS}"
"""Spreads things over the days without chance, so that every run measures the same database."""


def _filling(size: Size) -> list[str]:
    deals, customers = size.units * 7 // 10, max(1_000, size.visits // 5)
    return [
        *_estate(size, customers), *_deals(deals), *_events(size, deals, customers), *_tallies(), *_standing(),
        *_plain(),
    ]  # fmt: skip


def _estate(size: Size, customers: int) -> list[str]:
    home = {"building_id": f"i % {BUILDINGS} + 1", "stair_id": f"i % {BUILDINGS} + 1", "type_id": "i % 12 + 1"}
    money = {"area": 10762, "inner": 8577, "list_total": 236764000, "total": 236764000}
    stands = {"state": "CASE WHEN i % 10 < 7 THEN 6 ELSE 1 END", "since": _FIRST, "released": _FIRST}
    name = {"name": "'N' || i"}
    return [
        _into(person, _numbers(PEOPLE), id="i + 1", login="'P' || i", role="'consultant'", **name),
        _into(building, _numbers(BUILDINGS), id="i", project_id=1, position="i", **name),
        _into(stair, _numbers(BUILDINGS), id="i", building_id="i", **name),
        _into(unit_type, _numbers(12), id="i", project_id=1, **name),
        _into(unit, _numbers(size.units), id="i", project_id=1, code="'U' || i", number="i", floor=1, place=0, **home,
              **money, **stands),
        _into(customer, _numbers(customers), id="i", project_id=1, created=0, **name),
        _into(receipt_book, _numbers(1), id="i", project_id=1, first=1, last=9_999_999, next=1, **name),
    ]


def _deals(deals: int) -> list[str]:
    day = f"{_FIRST} + {_SCATTER}"
    days = {"opened": day, "subscribed": day, "signed": day}
    money = {"area": 10762, "inner": 8577, "list_total": 236764000, "total": 230000000, "unit_price": 2137000}
    four = "deal, (SELECT 0 AS at UNION SELECT 1 UNION SELECT 2 UNION SELECT 3) AS p"
    paid = "CASE WHEN p.at < 3 THEN 57500000 ELSE 0 END"
    return [
        _into(deal, _numbers(deals), id="i", project_id=1, unit_id="i + i / 7 * 3", number="'RG' || i", state=6,
              basis="'gross'", revision=1, **days, **money),
        _into(deal_consultant, "deal", deal_id="id", person_id=f"id % {PEOPLE} + 2", share=10_000),
        _into(deal_buyer, "deal", deal_id="id", customer_id="id % 1000 + 1", position=0, share=10_000),
        _into(due, four, deal_id="deal.id", position="p.at", item="'instalment'", amount=57500000, paid=paid,
              due="deal.signed + p.at * 30"),
    ]


def _events(size: Size, deals: int, customers: int) -> list[str]:
    when = {"day": f"{_FIRST} + {_SCATTER}", "at": f"({_MIDNIGHT}) + ({_SCATTER}) * 86400000 + i % 28800 * 1000"}
    kind = "CASE i % 3 WHEN 0 THEN 'call-in' ELSE 'visit' END"
    paid = "CASE i % 3 WHEN 0 THEN 'loan' ELSE 'price' END"
    return [
        _into(visit, _numbers(size.visits), project_id=1, customer_id=f"i % {customers} + 1", kind=kind,
              first="i % 4 = 0", consultant_id=f"i % {PEOPLE} + 2", registered_by=1, channel="'C' || i % 9", **when),
        _into(receipt, _numbers(size.receipts), project_id=1, book_id=1, deal_id=f"i % {deals} + 1", unit_id=1,
              serial="i", number="i", kind=paid, method="'card'", amount="100000 + i % 900000", payer="'P'",
              cashier_id=1, **when),
    ]


def _tallies() -> list[str]:
    """What the deeds would have kept: each figure by day in the whole and in its parts, and people by month."""
    into = "INSERT INTO tally (project_id, day, figure, part, count, fen, area)"
    leader = "(SELECT person_id FROM deal_consultant WHERE deal_id = deal.id)"
    of_deal = ("''", f"'p:' || {leader}", "'u:home'", f"'b:' || (unit_id % {BUILDINGS} + 1)")
    of_receipt = ("''", "'k:' || kind", "'m:' || method", f"'b:' || (deal_id % {BUILDINGS} + 1)")
    month = "CAST(julianday(date(day + 1721424.5, 'start of month')) - 1721424.5 AS INTEGER)"
    return [
        *(
            f"{into} SELECT 1, day, kind, {part}, count(*), 0, 0 FROM visit GROUP BY day, kind, {part}"
            for part in ("''", "'p:' || consultant_id", "'c:' || channel")
        ),
        *(
            f"{into} SELECT 1, {figure}, '{figure}', {part}, count(*), sum(total), sum(area) FROM deal "
            f"GROUP BY {figure}, {part}"
            for figure in ("subscribed", "signed")
            for part in of_deal
        ),
        *(
            f"{into} SELECT 1, day, 'received', {part}, count(*), sum(amount), 0 FROM receipt GROUP BY day, {part}"
            for part in of_receipt
        ),
        f"""{into} SELECT 1, {month}, figure || '/month', part, sum(count), sum(fen), sum(area) FROM tally
            WHERE part LIKE 'p:%' GROUP BY 2, figure, part""",
    ]


def _standing() -> list[str]:
    """What the deeds would have kept of what stands now: the stock, what is owed, the contracts."""
    alike = "project_id, building_id, coalesce(type_id, 0), use, state, released IS NOT NULL"
    of_day = "INSERT INTO tally (project_id, day, figure, part, count, fen, area)"
    return [
        f"INSERT INTO stock SELECT {alike}, count(*), sum(area), sum(total) FROM unit GROUP BY {alike}",
        *(
            f"{of_day} SELECT 1, due, '{figure}', '', 0, sum({column}), 0 FROM due GROUP BY due"
            for figure, column in (("due", "amount"), ("due-paid", "paid"))
        ),
        f"{of_day} SELECT 1, day, 'collected', '', 0, sum(amount), 0 FROM receipt GROUP BY day",
        f"{of_day} SELECT 1, signed, 'contract', '', count(*), sum(total), 0 FROM deal GROUP BY signed",
        f"""{of_day} SELECT 1, signed, 'contract-paid', '', 0, sum(paid), 0 FROM due JOIN deal ON deal.id = deal_id
            GROUP BY signed""",
    ]


def _plain() -> list[str]:
    """The same events as a first program would keep them: the day as a text."""
    moment = "strftime('%Y-%m-%dT%H:%M:%S', at / 1000 + 28800, 'unixepoch')"
    day = "date(signed + 1721424.5)"
    return [
        f"CREATE TABLE plain_visit AS SELECT {moment} AS at, kind, consultant_id AS person, channel FROM visit",
        f"CREATE TABLE plain_receipt AS SELECT {moment} AS at, kind, amount AS fen FROM receipt",
        "CREATE TABLE plain_due AS SELECT date(due + 1721424.5) AS at, amount AS fen, paid FROM due",
        f"CREATE TABLE plain_deal AS SELECT {day} AS signed, total AS fen, area FROM deal",
    ]
