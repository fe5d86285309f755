"""Walking the grid with keys, in the order the eye sees it: along a floor, across stairs, on to the next building."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from salescenter.ui.floorplan.drawing import Drawing, Placed
from salescenter.ui.floorplan.plan import EMPTY


class Way(Enum):
    """Where a key leads."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


def neighbour(drawing: Drawing, unit: int, way: Way, goal: int | None = None) -> int:
    """Return the unit next to one; the unit itself at the edge of the estate.

    `goal` is the x (pixels of the drawing) the eye follows while going up and down past narrower floors.
    """
    place = drawing.plan.place(unit)
    if place is None:
        return next(drawing.plan.shown(), unit)
    on = drawing.placed[place.block]
    x, y, w, h = drawing.cell(place)
    if way in (Way.UP, Way.DOWN):
        step = way.value[1]
        rows = range(place.row + step, len(on.block.rows) if step > 0 else -1, step)
        aim = x + w // 2 if goal is None else goal
        found = _first_in(drawing, on, rows, aim)
        return found if found != EMPTY else _beyond(drawing, on, way, (aim, y + h // 2), unit)
    row = _row(drawing, on, place.row)
    at = row.index(unit) + way.value[0]
    return row[at] if 0 <= at < len(row) else _beyond(drawing, on, way, (x + w // 2, y + h // 2), unit)


def _row(drawing: Drawing, on: Placed, row: int) -> list[int]:
    """Units of one row of a building, across its stairs."""
    return [unit for slab in on.block.slabs for unit in slab.row(row) if unit != EMPTY]


def _first_in(drawing: Drawing, on: Placed, rows: Iterable[int], aim: int) -> int:
    """Take the unit nearest to x = aim in the first of the rows that holds any."""
    for row in rows:
        if units := _row(drawing, on, row):
            return min(units, key=lambda unit: abs(_centre(drawing, unit)[0] - aim))
    return EMPTY


def _centre(drawing: Drawing, unit: int) -> tuple[int, int]:
    place = drawing.plan.place(unit)
    assert place is not None
    x, y, w, h = drawing.cell(place)
    return x + w // 2, y + h // 2


def _beyond(drawing: Drawing, on: Placed, way: Way, eye: tuple[int, int], unit: int) -> int:
    """Go on to the nearest building that way: straight on first, then the one least off the line."""
    dx, dy = way.value
    ahead = [other for other in drawing.placed if other is not on and _is_ahead(on, other, dx, dy)]
    for other in sorted(ahead, key=lambda other: _off_line(other, on, eye, dx, dy)):
        if dy:
            rows = range(len(other.block.rows)) if dy > 0 else range(len(other.block.rows) - 1, -1, -1)
            found = _first_in(drawing, other, rows, eye[0])
        else:
            found = _side(drawing, other, eye[1], dx)
        if found != EMPTY:
            return found
    return unit


def _is_ahead(on: Placed, other: Placed, dx: int, dy: int) -> bool:
    if dx:
        beside = other.y < on.y + on.h and other.y + other.h > on.y
        return beside and (other.x >= on.x + on.w if dx > 0 else other.x + other.w <= on.x)
    return other.y >= on.y + on.h if dy > 0 else other.y + other.h <= on.y


def _off_line(other: Placed, on: Placed, eye: tuple[int, int], dx: int, dy: int) -> tuple[int, int]:
    """Distance ahead and to the side; nearer first."""
    if dx:
        ahead = other.x - on.x if dx > 0 else on.x - other.x
        return ahead, _outside(eye[1], other.y, other.h)
    ahead = other.y - on.y if dy > 0 else (on.y + on.h) - (other.y + other.h)
    return ahead // 50, _outside(eye[0], other.x, other.w)


def _outside(at: int, low: int, length: int) -> int:
    return max(low - at, at - low - length, 0)


def _side(drawing: Drawing, on: Placed, y: int, dx: int) -> int:
    """Enter a building from its side, at the row nearest to the eye's height."""
    m = drawing.metrics
    near = sorted(range(len(on.block.rows)), key=lambda row: abs(on.top + row * m.pitch_y + m.cell_h // 2 - y))
    for row in near:
        if units := _row(drawing, on, row):
            return units[0] if dx > 0 else units[-1]
    return EMPTY


def end_of_row(drawing: Drawing, unit: int, last: bool) -> int:
    """Return the first or last unit of the row, across the building's stairs: Home and End."""
    place = drawing.plan.place(unit)
    if place is None:
        return unit
    return _row(drawing, drawing.placed[place.block], place.row)[-1 if last else 0]


def page_from(drawing: Drawing, unit: int, rows: int, goal: int | None = None) -> int:
    """Return the unit so many rows below (above when negative): PgDn and PgUp; at least one step is made."""
    at = unit
    for _ in range(abs(rows)):
        further = neighbour(drawing, at, Way.DOWN if rows > 0 else Way.UP, goal)
        if further == at:
            break
        at = further
    return at
