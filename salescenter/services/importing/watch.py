"""How long work tells its progress and learns that it was stopped."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from salescenter.domain.import_terms import Stage
from salescenter.domain.refusals import Stopped


def _silent(done: int, whole: int, what: str) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Watch:
    """`tell(done, whole, stage)` is called as work goes on; `cancelled()` is asked, and stops it with Stopped."""

    tell: Callable[[int, int, str], None] = _silent
    cancelled: Callable[[], bool] = _never

    def step(self, done: int, whole: int, stage: Stage) -> None:
        """Report how far the work is, or stop it here."""
        if self.cancelled():
            raise Stopped(what=stage.value)
        self.tell(done, whole, stage.value)


UNWATCHED = Watch()


@contextmanager
def many_rows() -> Iterator[None]:
    """Put off the search for reference cycles while tens of thousands of rows without any are made.

    Each such search walks all rows made so far: a fifth of the whole import, measured at twenty thousand units.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
