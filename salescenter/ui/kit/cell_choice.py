"""The user's choice of cell colours, between what the preferences keep and what the screens wear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salescenter.domain.units import UnitState
from salescenter.ui.kit.cell_colours import CellTheme, Chosen, choose
from salescenter.ui.kit.preferences import Preferences


def wear_known(known: Preferences) -> None:
    """Wear what was chosen last; a theme this version does not know leaves the usual one."""
    if known.cells in set(CellTheme):
        choose(Chosen(CellTheme(known.cells), _states(known.edited)))


def wear(chosen: Chosen) -> dict[str, Any]:
    """Wear another choice and return it as the preferences keep it."""
    choose(chosen)
    return {"cells": chosen.theme.value, "edited": {str(int(state)): ground for state, ground in chosen.edited.items()}}


def _states(edited: Mapping[str, str]) -> dict[UnitState, str]:
    known = {str(int(state)): state for state in UnitState}
    return {known[number]: ground for number, ground in edited.items() if number in known}
