"""The estate as the screen holds it: columns that changes are written into, and how each unit stands now."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from salescenter.domain.grid import CellChange, Cells, Layout, standing, standings
from salescenter.domain.units import UnitState


class Estate:
    """Layout and cells of a project, kept up to date by the feed; units are named by their index in the columns."""

    def __init__(self, layout: Layout, cells: Cells, now: int) -> None:
        """Take over what was loaded; `now` in milliseconds since 1970."""
        self.layout = layout
        self.cells = _compact(cells)
        self.index = {unit: i for i, unit in enumerate(cells.id)}
        self.now = now
        self.states = standings(self.cells, now)
        self._touched: dict[int, int] = {}  # what the feed told last of units it told of
        self._ends = {i: end for i, end in _ends(self.cells) if end > now}

    @property
    def next_end(self) -> int:
        """The moment (milliseconds) the next hold ends, 0 when none does."""
        return min(self._ends.values(), default=0)

    def __len__(self) -> int:
        return len(self.cells)

    def take(self, changes: Iterable[CellChange]) -> list[int]:
        """Write changes into the columns; return the indexes that now say something else."""
        return [i for change in changes if (i := self._write(change)) is not None]

    def pass_time(self, now: int) -> list[int]:
        """Let the clock move to now (milliseconds); return the units whose hold ended meanwhile."""
        self.now = now
        ended = [i for i, end in self._ends.items() if end <= now]
        for i in ended:
            del self._ends[i]
            self.states[i] = UnitState.FOR_SALE
        return ended

    def code(self, i: int) -> str:
        """Return what a unit is called in the project."""
        return self.cells.code[i]

    def _write(self, change: CellChange) -> int | None:
        i = self.index.get(change.id)
        cells = self.cells
        if i is None or self._is_known(i, change):
            return None
        self._touched[i] = change.touched
        for column, value in (
            (cells.state, change.state), (cells.flags, change.flags), (cells.unit_price, change.unit_price),
            (cells.total, change.total), (cells.since, change.since), (cells.until, change.until),
            (cells.quoted, change.quoted), (cells.released, change.released), (cells.revision, change.revision),
        ):  # fmt: skip
            _open(column)[i] = value
        _names(cells.buyer)[i] = change.buyer
        state = self.states[i] = standing(change.state, change.until, self.now)
        if state == UnitState.HELD and change.until:
            self._ends[i] = change.until
        else:
            self._ends.pop(i, None)
        return i


    def _is_known(self, i: int, change: CellChange) -> bool:
        """Say whether this was told before: rows may come twice. A smaller revision is no sign of it, for a long
        transaction has an early number and commits late."""
        c = self.cells
        told = (c.state[i], c.flags[i], c.unit_price[i], c.total[i], c.buyer[i], c.since[i], c.until[i], c.quoted[i],
                c.released[i], c.revision[i], self._touched.get(i))  # fmt: skip
        return told == (change.state, change.flags, change.unit_price, change.total, change.buyer, change.since,
                        change.until, change.quoted, change.released, change.revision, change.touched)  # fmt: skip


def _ends(cells: Cells) -> Iterable[tuple[int, int]]:
    """Give each held unit and the moment its hold ends."""
    for i, state in enumerate(cells.state):
        if state == UnitState.HELD and cells.until[i]:
            yield i, cells.until[i]


_SMALL = ("state", "flags", "rooms")
_WIDE = ("id", "building", "stair", "floor", "column", "area", "inner", "unit_price", "total", "since", "until",
         "quoted", "released", "revision")  # fmt: skip
_WORDS = ("number", "code", "use", "type", "facing", "buyer")


def _compact(cells: Cells) -> Cells:
    """Keep the columns in arrays, an eighth of the memory lists of Python numbers take, and writable."""
    columns: dict[str, Sequence[int] | Sequence[str]] = {name: array("q", getattr(cells, name)) for name in _WIDE}
    columns |= {name: array("H", getattr(cells, name)) for name in _SMALL}
    columns |= {name: _shared(getattr(cells, name)) for name in _WORDS}
    return Cells(**columns)  # type: ignore[arg-type]


def _shared(words: Sequence[str]) -> list[str]:
    """Keep equal words once."""
    once: dict[str, str] = {}
    return [once.setdefault(word, word) for word in words]


def _open(column: Sequence[int]) -> array[int]:
    assert isinstance(column, array)
    return column


def _names(column: Sequence[str]) -> list[str]:
    assert isinstance(column, list)
    return column
