"""The colours of the grid: a ground and an ink for each state and each step of a scale, faded or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtGui import QColor, qGray

from salescenter.domain.grid_scales import STEPS, ColourBy
from salescenter.domain.units import Flag, UnitState
from salescenter.ui.kit.cell_colours import CellColour, CellTheme, cell_colours
from salescenter.ui.kit.tokens import Tokens, mix, readable, shade

FADED = 0.22
"""How much of a cell's colour is left when it does not match what is looked for."""

SCALE_FIRST = len(UnitState)
"""Number of the first ground of a scale; the state grounds come before it, the ground of no value after."""

GREY, LEFT = 0.65, 0.55
"""How grey the colours of a picture nobody can vouch for are, and how much of them is left over the page."""

NO_VALUE = SCALE_FIRST + STEPS
COUNT = NO_VALUE + 1

_SCALES: dict[ColourBy, tuple[str, str]] = {
    ColourBy.PRICE: ("#E4F1F7", "#0B4F75"),
    ColourBy.UNSOLD: ("#FFF1D6", "#8A3B00"),
    ColourBy.QUOTED: ("#EFE9FA", "#4B2A8C"),
}
"""Palest and deepest colour of each scale: lightness alone tells the order, so no colour sense is needed."""

FLAG_GROUND, FLAG_INK = "#6B4FBB", "#FFFFFF"
WHO_GROUND, WHO_INK, WHO_BUSY = "#1F2430", "#FFFFFF", "#1B5FAA"

FLAG_ORDER = (Flag.SEIZED, Flag.MORTGAGED, Flag.LOCKED, Flag.PRICE_REVIEW, Flag.AREA_REVIEW, Flag.CHANGE_PENDING,
              Flag.SHOW_FLAT)  # fmt: skip
"""The gravest first: two fit into a cell."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """All colours one picture of the grid is painted with, `#RRGGBB`."""

    cells: tuple[CellColour, ...]   # by ground number
    faded: tuple[CellColour, ...]
    page: str
    panel: str
    border: str
    text: str
    muted: str
    accent: str
    ring: str
    fresh: str  # ring of a cell that changed a moment ago


@lru_cache(maxsize=16)
def _grounds(tokens: Tokens, theme: CellTheme, by: ColourBy, edited: tuple[tuple[UnitState, str], ...]) -> Grounds:
    states = cell_colours(theme, tokens.dark, dict(edited))
    cells = (*(states[state] for state in UnitState), *_scale(by, tokens), _no_value(tokens))
    return Grounds(
        cells, tuple(_fade(cell, tokens) for cell in cells), tokens.page, tokens.panel, tokens.border, tokens.text,
        tokens.muted, tokens.accent_text, tokens.text, tokens.accent,
    )  # fmt: skip


def grounds(tokens: Tokens, theme: CellTheme, by: ColourBy = ColourBy.STATE,
            edited: Mapping[UnitState, str] | None = None) -> Grounds:  # fmt: skip
    """Return the colours of the grid for a look, a theme of states, a scale and the user's own state colours."""
    return _grounds(tokens, theme, by, tuple(sorted((edited or {}).items())))


@lru_cache(maxsize=4)
def aged(fresh: Grounds) -> Grounds:
    """Return the colours of a picture that may no longer be true: greyed, and every number on them reads as before.

    A veil over the whole would take the contrast of the words with that of the grounds: to less than 2:1.
    """
    cells = tuple(_greyed(cell, fresh.page) for cell in fresh.cells)
    return replace(fresh, cells=cells)


def _greyed(cell: CellColour, page: str) -> CellColour:
    grey = QColor(cell.ground)
    level = f"{qGray(grey.rgb()):02X}"
    ground = mix(mix(f"#{level * 3}", cell.ground, GREY), page, LEFT)
    return CellColour(ground, readable(cell.ink, ground), cell.hatched)


def _scale(by: ColourBy, tokens: Tokens) -> tuple[CellColour, ...]:
    pale, deep = _SCALES.get(by, _SCALES[ColourBy.PRICE])
    dim = 0.85 if tokens.dark else 1.0
    steps = (shade(mix(deep, pale, step / (STEPS - 1)), dim) for step in range(STEPS))
    ink = "#14181F" if tokens.dark else tokens.text
    return tuple(CellColour(ground, readable(ink, ground)) for ground in steps)


def _no_value(tokens: Tokens) -> CellColour:
    return CellColour(tokens.grey_soft, readable(tokens.muted, tokens.grey_soft))


def _fade(cell: CellColour, tokens: Tokens) -> CellColour:
    """A faded cell recedes; its number can still be made out."""
    return CellColour(mix(cell.ground, tokens.panel, FADED), mix(tokens.muted, tokens.panel, 0.7), cell.hatched)
