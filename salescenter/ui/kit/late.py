"""What is imported when it is first needed, so that neither the log-in nor the grid waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from salescenter.services.find import Hit
    from salescenter.services.work import Desk
    from salescenter.ui.kit.paper import Keeper

LATE = ("salescenter.services.find", "salescenter.ui.kit.preview", "salescenter.ui.kit.keeping", "reportlab.platypus",
        "pypinyin")
"""Wanted by the first search, the first paper and the first customer."""


def load(names: Iterable[str]) -> None:
    """Import modules by name, in a lane while nobody waits."""
    for name in names:
        import_module(name)


def find(desk: Desk, text: str) -> tuple[Hit, ...]:
    """Find what a text can mean."""
    return cast("tuple[Hit, ...]", import_module("salescenter.services.find").find(desk, text))


def keeper(desk: Desk, now: Callable[[], datetime]) -> Keeper:
    """Return the archive of the house."""
    return cast("Keeper", import_module("salescenter.ui.kit.keeping").HouseKeeper(desk, now))


def last_backup(desk: Desk) -> datetime | None:
    """Return when the last backup that was verified was made; runs in the lane."""
    kept = import_module("salescenter.services.backups").last(desk)
    return cast("datetime | None", kept and kept.at)
