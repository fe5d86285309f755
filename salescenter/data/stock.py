"""How many units stand in which state, kept as sums beside the units and changed with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Integer, bindparam, case, func, select, type_coerce

from salescenter.data.estate import stock, unit
from salescenter.data.record import add_sums
from salescenter.domain.units import UnitState

Group = tuple[int, int, str, int, bool]
"""Units alike: building, unit type (0 for none), use, state as written, whether they were ever released (推盘)."""

Sums = tuple[int, int, int]
"""Count, hundredths of a square metre, fen."""

_U, _S = unit.c, stock.c
_GROUP = ("building_id", "type_id", "use", "state", "in_batch")
_SUMS = ("count", "area", "fen")


@dataclass(slots=True)
class Shifts:
    """What a work changed about the stock: units that left a group, and that came to one."""

    _sums: dict[Group, Sums] = field(default_factory=dict)

    def change(self, row: Any, values: Mapping[str, Any]) -> None:
        """A unit's row takes new values."""
        was = row._mapping
        self._add(_group(was), _sums(was), -1)
        becomes = {**was, **values}
        self._add(_group(becomes), _sums(becomes), 1)

    def take(self, counted: Iterable[tuple[Group, Sums]], times: int) -> None:
        """Whole groups come (1), or leave (-1); see `counted`."""
        for group, sums in counted:
            self._add(group, sums, times)

    def _add(self, group: Group, sums: Sums, times: int) -> None:
        was = self._sums.get(group, (0, 0, 0))
        self._sums[group] = (was[0] + times * sums[0], was[1] + times * sums[1], was[2] + times * sums[2])

    def __iter__(self) -> Iterator[tuple[Group, Sums]]:
        """Every group that changed, in one order, so that two desks cannot wait for each other in a ring."""
        return iter(sorted((group, sums) for group, sums in self._sums.items() if any(sums)))


def _group(row: Mapping[str, Any]) -> Group:
    return (
        row["building_id"], row["type_id"] or 0, str(row["use"]), int(row["state"]), row["released"] is not None,
    )  # fmt: skip


def _sums(row: Mapping[str, Any]) -> Sums:
    return 1, int(row["area"] * 100), row["total"].fen


def add_shifts(connection: Connection, project: int, shifts: Shifts) -> None:
    """Write what a work changed into the sums, within its own transaction."""
    rows = [dict(zip((*_GROUP, *_SUMS), (*group, *sums), strict=True)) for group, sums in shifts]
    add_sums(connection, stock, _GROUP, project, rows)


# --- counting the units themselves


_TYPE = func.coalesce(_U.type_id, 0)
_BATCH = case((_U.released.is_not(None), 1), else_=0)
_COUNTED = (func.count(), func.sum(type_coerce(_U.area, Integer)), func.sum(type_coerce(_U.total, BigInteger)))


def counted(connection: Connection, *which: ColumnElement[bool]) -> list[tuple[Group, Sums]]:
    """Count the units that are meant, group by group."""
    keys = (_U.building_id, _TYPE, _U.use, _U.state, _BATCH)
    rows = connection.execute(select(*keys, *_COUNTED).where(*which).group_by(*keys))
    return [
        ((building, type_, use, state, bool(batch)), (int(count), int(area), int(fen)))
        for building, type_, use, state, batch, count, area, fen in rows
    ]


# --- reading the sums


_KEPT = select(
    _S.building_id, _S.type_id, _S.use, _S.state, type_coerce(_S.in_batch, Integer), _S.count, _S.area, _S.fen
).where(_S.project_id == bindparam("project"), _S.count != 0)


def kept(connection: Connection, project: int) -> Sequence[Any]:
    """Return (building, type, use, state as written, in batch, count, area, fen) for each group there is."""
    found = connection.execute(_KEPT, {"project": project})
    return found.cursor.fetchall() if found.cursor else []


def ran_out(connection: Connection, project: int, moment: datetime) -> list[tuple[Group, Sums]]:
    """Count the units whose hold (预留) has run out: nothing was written yet, and they are for sale."""
    held = (_U.project_id == project, _U.state == UnitState.HELD, _U.until <= moment)
    return counted(connection, *held)
