"""A desk of its own process for the tests of races: it opens the house, says so, and subscribes when told to.

`python -m tests.services.racer URL WHO CODE [WHERE [stop]]`; with a piece of a statement's text it kills itself before
the first statement of the deed that holds it, with `commit` after the last statement and before the commit, with
`answer` after the commit. With `stop` it stands still there, until somebody lets it go on.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

from salescenter.domain.errors import Refusal
from salescenter.domain.receipts import Method
from salescenter.services.deals import opening
from salescenter.services.deals.requests import Payment
from salescenter.services.house import open_house
from tests.houses import DEPOSIT, at_home


def die(*_: Any) -> None:
    """End as a pulled plug does."""
    os.kill(os.getpid(), signal.SIGKILL)


def stand_still(*_: Any) -> None:
    """Do nothing more, as a PC that sleeps."""
    os.kill(os.getpid(), signal.SIGSTOP)


def end_at(engine: Engine, where: str, end: Callable[..., None]) -> None:
    """Wait in ambush."""
    if where == "commit" and engine.dialect.name == "sqlite":
        event.listen(engine, "commit", end)
    elif where == "commit":
        event.listen(engine, "before_cursor_execute", lambda *about: end() if about[2] == "COMMIT" else None)
    elif where not in ("", "answer"):
        event.listen(engine, "before_cursor_execute", lambda *about: end() if where in about[2] else None)


def main(url: str, who: str, code: str, where: str = "", how: str = "") -> None:
    """Race."""
    estate = at_home(open_house(url))
    paid = Payment(DEPOSIT, Method.CARD, "陈一帆")
    asked = estate.asked(code, paid=paid, consultants=estate.seller(who), key=f"press-{who}")
    print("ready", flush=True)
    sys.stdin.readline()
    end_at(estate.house.engine, where, stand_still if how else die)
    try:
        opening.subscribe(estate.desk(who), asked, estate.later(seconds=1))
    except Refusal as refusal:
        print(refusal.code, refusal.details.get("by"), flush=True)
        return
    if where == "answer":
        die()
    print("won", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
