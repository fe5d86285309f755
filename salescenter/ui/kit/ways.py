"""Which paper goes to which printer and tray: kept on this PC, for whoever works there."""

from __future__ import annotations

from collections.abc import Sequence

from salescenter.domain.papers.printing import Sides, Size, Way
from salescenter.ui.kit.drafts import Drafts

KEPT, USED = "printers-by-kind", "printers"
"""The drafts of this PC that hold a way for each kind: as somebody set it, and as it was printed last."""

ALL = ""
"""Stands for every kind that has no way of its own."""


def ways(memory: Drafts) -> dict[str, Way]:
    """Return the ways that were set, by kind of paper; `ALL` for all others."""
    return _all(memory, KEPT)


def keep_way(memory: Drafts, kind: str, way: Way | None) -> None:
    """Set how a kind is printed here; None lets it go where all others go."""
    _keep(memory, KEPT, kind, way)
    if way is None:
        _keep(memory, USED, kind, None)


def remember_way(memory: Drafts, kind: str, way: Way) -> None:
    """Remember how a kind was printed; once on another printer changes nothing that somebody set."""
    if kind not in ways(memory) and _all(memory, USED).get(kind) != way:
        _keep(memory, USED, kind, way)


def way_for(memory: Drafts, kind: str, names: Sequence[str]) -> Way | None:
    """Return how a kind goes out: as it was set, as it was printed last, as all others, else by the usual printer.

    `names`: the printers there are, the usual one first; None without a printer.
    """
    kept, used = ways(memory), _all(memory, USED)
    known = (one for one in (kept.get(kind), used.get(kind), kept.get(ALL)) if one is not None)
    return next((one for one in known if one.printer in names), Way(names[0]) if names else None)


def with_printer(way: Way | None, printer: str) -> Way:
    """Return a way by another printer: its sides and paper stay, its tray is the other printer's own."""
    if way is not None and way.printer == printer:
        return way
    return Way(printer, "", way.sides if way else Sides.ONE, way.size if way else Size.OWN)


def _all(memory: Drafts, which: str) -> dict[str, Way]:
    found = {kind: _read(said) for kind, said in memory.of_this_pc().recall(which).items()}
    return {kind: way for kind, way in found.items() if way is not None}


def _keep(memory: Drafts, which: str, kind: str, way: Way | None) -> None:
    of_pc = memory.of_this_pc()
    said = {name: told for name, told in of_pc.recall(which).items() if name != kind}
    if way is not None:
        said[kind] = [way.printer, way.tray, way.sides.value, way.size.value]
    of_pc.keep(which, said)


def _read(said: object) -> Way | None:
    match said:
        case [str(printer), str(tray), str(sides), str(size)] if sides in _SIDES and size in _SIZES:
            return Way(printer, tray, Sides(sides), Size(size))
        case _:
            return None


_SIDES = frozenset(one.value for one in Sides)
_SIZES = frozenset(one.value for one in Size)
