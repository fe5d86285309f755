"""How a unit's state is painted: three colour themes, light and dark, and the grounds the user chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from salescenter.domain.units import UnitState
from salescenter.ui.kit import theme
from salescenter.ui.kit.tokens import readable, shade


@dataclass(frozen=True, slots=True)
class CellColour:
    """How a cell of one state is painted: ground, text on it, and diagonal hatching or none."""

    ground: str
    ink: str
    hatched: bool = False


class CellTheme(StrEnum):
    """Which set of state colours the grid uses."""

    TRADE = "trade"            # 行业习惯
    COLOUR_BLIND = "safe"      # 色盲友好
    OFFICIAL = "official"      # 官方公示板


_STATES = tuple(UnitState)
_GROUNDS: dict[CellTheme, tuple[tuple[str, str], ...]] = {
    CellTheme.TRADE: (
        ("#ECEEF2", "#5A6372"), ("#BFE3C0", "#14532D"), ("#F3E3A1", "#5B4708"), ("#FFD08A", "#6B3B00"),
        ("#F7A072", "#5A1E00"), ("#F2A9A2", "#5A0F0A"), ("#C9483F", "#FFFFFF"), ("#8E2A2A", "#FFFFFF"),
        ("#6E7480", "#FFFFFF")),
    CellTheme.COLOUR_BLIND: (
        ("#ECEEF2", "#5A6372"), ("#56B4E9", "#06263A"), ("#F0E442", "#3A3600"), ("#F7C96B", "#4A2B00"),
        ("#E69F00", "#2B1B00"), ("#E8B7D4", "#4A0F33"), ("#B84E00", "#FFFFFF"), ("#7A2E00", "#FFFFFF"),
        ("#5B6270", "#FFFFFF")),
    CellTheme.OFFICIAL: (
        ("#CCCCCC", "#333A45"), ("#33CC00", "#062404"), ("#9FE8EE", "#07363B"), ("#FFE0BF", "#5A3000"),
        ("#FFCC99", "#5A2A00"), ("#FF9E94", "#4F0800"), ("#E00000", "#FFFFFF"), ("#D2691E", "#1C0A00"),
        ("#6E7480", "#FFFFFF")),
}
_RECEDING_IN_DARK = CellColour("#242B36", "#98A2B0", hatched=True)


def cell_colours(scheme: CellTheme, dark: bool,
                 edited: Mapping[UnitState, str] | None = None) -> dict[UnitState, CellColour]:
    """Return how each state is painted; `edited` holds grounds the user chose, whose text is found for them."""
    return {state: _cell(state, scheme, dark, (edited or {}).get(state)) for state in _STATES}


def _cell(state: UnitState, scheme: CellTheme, dark: bool, chosen: str | None) -> CellColour:
    receding = state is UnitState.NOT_RELEASED
    if dark and receding and chosen is None:
        return _RECEDING_IN_DARK
    ground, ink = _GROUNDS[scheme][state]
    ground = chosen or ground
    ground = shade(ground, 2 / 3) if dark else ground
    return CellColour(ground, readable(ink, ground), hatched=receding)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The user's choice of state colours: a theme, and grounds changed by hand."""

    theme: CellTheme = CellTheme.TRADE
    edited: Mapping[UnitState, str] = field(default_factory=dict)


_chosen: list[Chosen] = [Chosen()]  # one process shows one choice


def chosen() -> Chosen:
    """Return the choice that is worn now."""
    return _chosen[0]


def choose(choice: Chosen) -> None:
    """Wear another choice; everybody who listens to `theme.changed` hears it."""
    _chosen[0] = choice
    theme.changed.emit()


def worn() -> Mapping[UnitState, CellColour]:
    """Return how each state is painted now; ask when painting begins or after `theme.changed`."""
    return _worn(chosen().theme, theme.tokens().dark, tuple(chosen().edited.items()))


@lru_cache(maxsize=4)
def _worn(scheme: CellTheme, dark: bool, edited: tuple[tuple[UnitState, str], ...]) -> Mapping[UnitState, CellColour]:
    """Worked out once: every chip of the legend asks each time it is painted."""
    return cell_colours(scheme, dark, dict(edited))
