"""Doing a deed again whose outcome is unknown, or that stood in another's way."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from salescenter.data.patience import SILENT
from salescenter.data.prepared import GONE
from salescenter.domain.errors import Weather
from salescenter.domain.refusals import HeldElsewhere

T = TypeVar("T")

PAUSES = (0.0, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0, 1.0, 1.0)
"""Seconds before each further try: long enough for a server that is started anew."""

_UNDONE = frozenset({"40P01", "40001", GONE})
"""Deadlock, clash of two works, a prepared statement that is not there: nothing was done, so it may be done again. A
lock waited for in vain is told: whoever is gone lets go sooner (`limits`), so who holds it is there and goes on."""

WAITS = 2
"""How often what an earlier try left behind is waited for, five seconds each time."""


def persist(once: Callable[[], T], *, answered_once: bool) -> T:
    """Do it; where the line broke under it, or it stood in another's way, do it again.

    `answered_once`: the same request again returns the first answer, so that it may be asked even when nobody knows
    whether it was done. A database that cannot be reached in the first place is told at once.
    """
    try:
        return once()
    except Weather as trouble:
        if is_silent(trouble) or not (is_undone(trouble) or (answered_once and is_unknown(trouble))):
            raise
    return _insist(once) if answered_once else once()


def _insist(once: Callable[[], T]) -> T:
    waits = 0
    for pause in PAUSES:
        time.sleep(pause)
        try:
            return once()
        except Weather as trouble:
            waits += isinstance(trouble, HeldElsewhere)
            if waits == WAITS or isinstance(_cause(trouble), sqlite3.Error) or is_silent(trouble):
                raise
    return once()


def is_undone(trouble: Weather) -> bool:
    """Say whether the server itself broke the work off and kept nothing of it."""
    return getattr(_cause(trouble), "sqlstate", None) in _UNDONE


def is_silent(trouble: Weather) -> bool:
    """Say whether the server is known to say nothing: nobody waits for it, the key is asked again when it is back."""
    return SILENT in str(_cause(trouble))


def is_unknown(trouble: Weather) -> bool:
    """Say whether the line broke in the middle of the work: its commit may have arrived."""
    return isinstance(trouble.__cause__, DBAPIError) and trouble.__cause__.connection_invalidated


def _cause(trouble: Weather) -> BaseException | None:
    return trouble.__cause__.orig if isinstance(trouble.__cause__, DBAPIError) else None
