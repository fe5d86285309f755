"""Which paper goes to which printer and tray: kept on this PC, for whoever works there."""

from __future__ import annotations

from collections.abc import Sequence

from salescenter.domain.papers.printing import Sides, Size, Way
from salescenter.ui.kit.drafts import Drafts

KEPT = "printers"
"""The draft of this PC that holds a way for each kind of paper."""

ALL = ""
"""Stands for every kind that has no way of its own."""


def ways(memory: Drafts) -> dict[str, Way]:
    """Return the ways that are kept, by kind of paper; `ALL` for all others."""
    found = {kind: _read(said) for kind, said in memory.of_this_pc().recall(KEPT).items()}
    return {kind: way for kind, way in found.items() if way is not None}


def keep_way(memory: Drafts, kind: str, way: Way | None) -> None:
    """Keep how a kind is printed here; None lets it go where all others go."""
    of_pc = memory.of_this_pc()
    said = {name: told for name, told in of_pc.recall(KEPT).items() if name != kind}
    if way is not None:
        said[kind] = [way.printer, way.tray, way.sides.value, way.size.value]
    of_pc.keep(KEPT, said)


def way_for(memory: Drafts, kind: str, names: Sequence[str]) -> Way | None:
    """Return how a kind goes out: its own way, that of all others, else the usual printer; None without a printer."""
    kept = ways(memory)
    own = (kept[one] for one in (kind, ALL) if one in kept and kept[one].printer in names)
    return next(own, Way(names[0]) if names else None)


def with_printer(way: Way | None, printer: str) -> Way:
    """Return a way by another printer: its sides and paper stay, its tray is the other printer's own."""
    if way is not None and way.printer == printer:
        return way
    return Way(printer, "", way.sides if way else Sides.ONE, way.size if way else Size.OWN)


def _read(said: object) -> Way | None:
    match said:
        case [str(printer), str(tray), str(sides), str(size)] if sides in _SIDES and size in _SIZES:
            return Way(printer, tray, Sides(sides), Size(size))
        case _:
            return None


_SIDES = frozenset(one.value for one in Sides)
_SIZES = frozenset(one.value for one in Size)
