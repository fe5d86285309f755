"""Looking whether what arrived is what left: every row of every table, the money of each project, and the laws."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from salescenter.domain.money import Money
from salescenter.domain.refusals import MoveDiffers
from salescenter.services.check import LAWS, MOST, Broken, broken
from salescenter.services.sealing import LAW
from salescenter.services.server.copying import CHUNK, Row, Sum, add_up, arrived, carried, left

MONEY: dict[str, str] = {
    "receipts": "SELECT project_id, count(*), coalesce(sum(amount), 0) FROM receipt GROUP BY project_id",
    "deals": "SELECT project_id, count(*), coalesce(sum(total), 0) FROM deal GROUP BY project_id",
    "schedule": """SELECT d.project_id, count(*), coalesce(sum(s.amount), 0)
                   FROM due s JOIN deal d ON d.id = s.deal_id GROUP BY d.project_id""",
    "paid": """SELECT d.project_id, count(*), coalesce(sum(s.paid), 0)
               FROM due s JOIN deal d ON d.id = s.deal_id GROUP BY d.project_id""",
}
"""What is added up on both sides, for each project: rows and fen."""


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one kind of money of one project, the same on both sides."""

    what: str
    project: str
    rows: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Same:
    """What was found to be the same: the sums, and laws that the file broke already."""

    totals: tuple[Total, ...]
    broken: tuple[Broken, ...]


def compare(source: sqlite3.Connection, line: Connection, step: Callable[[int, str], None]) -> Same:
    """Compare the file with the server; refuses with MoveDiffers at the first difference."""
    target: Any = line.connection.driver_connection
    with target.transaction():
        for table in carried():
            here = _counted(left(source, table), table.name, step)
            there = add_up(arrived(target, table))
            if here != there:
                raise MoveDiffers(what=table.name, left=_said(here), arrived=_said(there))
        totals = tuple(_totals(source, target))
    return Same(totals, _laws(source, line))


def _counted(rows: Iterator[Row], name: str, step: Callable[[int, str], None]) -> Sum:
    total = Sum(0, 0)
    while (more := add_up(_some(rows), total)) != total:
        step(more.rows - total.rows, name)
        total = more
    return total


def _some(rows: Iterator[Row]) -> Iterable[Row]:
    for _ in range(CHUNK):
        try:
            yield next(rows)
        except StopIteration:
            return


def _said(total: Sum) -> str:
    return f"{total.rows} [{total.digest % 0xFFFFFF:06x}]"


def _totals(source: sqlite3.Connection, target: Any) -> Iterator[Total]:
    names = dict(source.execute("SELECT id, name FROM project").fetchall())
    for what, question in MONEY.items():
        here = sorted((row[0], row[1], int(row[2])) for row in source.execute(question))
        there = sorted((row[0], row[1], int(row[2])) for row in target.execute(question).fetchall())
        if here != there:
            raise MoveDiffers(what=what, left=str(here), arrived=str(there))
        for project, rows, fen in here:
            yield Total(what, names.get(project, ""), rows, Money(fen))


def _laws(source: sqlite3.Connection, line: Connection) -> tuple[Broken, ...]:
    """A law may be broken on the server only where the file broke it as well: then it moved as it was."""
    there = broken(line)
    for one in there:
        if one.law == LAW:  # history and seals were just found to be the same on both sides
            continue
        if one.about not in {str(row[0]) for row in source.execute(LAWS[one.law]).fetchmany(50 * MOST)}:
            raise MoveDiffers(what=one.law, left="-", arrived=one.about)
    return tuple(there)
