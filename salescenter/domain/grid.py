"""The control grid (销控) as plain columns: what stands where, and what each cell says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from salescenter.domain.units import UnitState, state_now


@dataclass(frozen=True, slots=True)
class StairBlock:
    """One stair (单元) of a building as it is drawn: a run of columns beside the next stair."""

    id: int
    name: str        # "1单元"; empty where the building has one stair without a name
    columns: int     # how many cells wide its widest floor is


@dataclass(frozen=True, slots=True)
class FloorRow:
    """One floor of a building, top floor first; natural and sale floor may differ."""

    order: int       # natural order, used to place cells; basements are negative, a mezzanine has its own
    natural: str     # label of the natural floor (自然楼层)
    sale: str        # label of the sale floor (销售楼层)


@dataclass(frozen=True, slots=True)
class BuildingBlock:
    """One building as the trade draws it: floors from the top, stairs side by side."""

    id: int
    name: str
    phase: str
    stairs: tuple[StairBlock, ...]
    floors: tuple[FloorRow, ...]   # top first; only floors that hold at least one unit
    use: str                       # domain.units.Use value that most of its units have


@dataclass(frozen=True, slots=True)
class Layout:
    """All buildings of a project in their order."""

    buildings: tuple[BuildingBlock, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """Every unit of a project as parallel columns, one entry a unit, in visual order.

    The order is building, then floor from the top, then stair, then column. Columns are plain sequences of
    ints and strings so that 20,000 units load as fast as the database can read them; areas are hundredths
    of a square metre, amounts fen, moments milliseconds since 1970 UTC, days `date.toordinal()`.
    """

    id: Sequence[int]
    building: Sequence[int]     # building id
    stair: Sequence[int]        # stair id
    floor: Sequence[int]        # FloorRow.order
    column: Sequence[int]       # 0-based within the stair
    number: Sequence[str]       # what the door says: "1201"
    code: Sequence[str]         # unique in the project: "3-1-1201"
    use: Sequence[str]          # Use value
    type: Sequence[str]         # 户型 name, "" where none
    rooms: Sequence[int]        # bedrooms, 0 where unknown
    facing: Sequence[str]       # orientation 朝向
    state: Sequence[int]        # UnitState as stored (an expired hold is still HELD here: see `held_until`)
    flags: Sequence[int]        # domain.units.Flag bits
    area: Sequence[int]         # construction area 建筑面积
    inner: Sequence[int]        # inner area 套内
    unit_price: Sequence[int]   # list price a square metre on its own basis; 0 for lump sums
    total: Sequence[int]        # list total, or the deal's total where one lives
    buyer: Sequence[str]        # short name of the first buyer, masked for the reader's role; "" where none
    since: Sequence[int]        # day the state began
    until: Sequence[int]        # moment a hold or small deposit ends, or the day to sign by as a moment; 0 none
    quoted: Sequence[int]       # how often it was quoted
    released: Sequence[int]     # day it was first released for sale, 0 never
    revision: Sequence[int]

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True)
class CellChange:
    """What one unit's cell says now, after a change; the same fields as a row of `Cells` that may change."""

    id: int
    state: int
    flags: int
    unit_price: int
    total: int
    buyer: str
    since: int
    until: int
    quoted: int
    released: int
    revision: int
    touched: int = 0  # the work that last brought news of it that binds nobody: quoted, money received


@dataclass(frozen=True, slots=True)
class Hint:
    """What the server said at a commit: cells of a project changed; without cells: look at the feed."""

    project: int
    changes: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Somebody at another desk who looks at a unit, or has a form of it open."""

    unit: int
    name: str
    working: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """Who is at which unit just now, and how many desks are there, this one included."""

    at: tuple[Onlooker, ...] = ()
    desks: int = 1


@dataclass(frozen=True, slots=True)
class GridNews:
    """What the feed brought: changed cells, and whether the layout itself must be loaded again.

    A change whose id is not on the grid yet means that units were added: load the layout again.
    """

    changes: tuple[CellChange, ...] = field(default=())
    rebuild: bool = False
    upto: int = 0    # ask again from here
    units: int = 0   # how many there are; fewer than before means that some are gone: load the layout again


def standing(state: int, until: int, now: int) -> int:
    """Say how a unit stands at this moment (milliseconds): a hold whose time has passed has ended by itself."""
    return int(state_now(state, until, now))


def standings(cells: Cells, now: int) -> bytearray:
    """Return each unit's state as it stands at this moment (milliseconds), in the order of the cells."""
    states = bytearray(iter(cells.state))  # not the raw bytes of an array
    until = cells.until
    held, free = int(UnitState.HELD), int(UnitState.FOR_SALE)
    at = states.find(held)
    while at >= 0:
        if 0 < until[at] <= now:
            states[at] = free
        at = states.find(held, at + 1)
    return states
