"""Loading the control grid: 20,000 units from SQLite to cells, beside raw sqlite3 fetching the same columns."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import sqlite

from bench.figure import Figure
from bench.timing import MS, in_turns, ratio
from salescenter.data.types import CHINA
from salescenter.data.units import cells_query
from salescenter.domain.staff import Person, Role
from salescenter.services import grid
from salescenter.services.sample.large import LargeSize, make_large
from salescenter.services.work import Desk

NAME = "load"
SIZES = {"small": 2_000, "full": 20_000}
NOW = datetime(2026, 3, 2, 10, tzinfo=CHINA)
LATER = 2**40
"""A revision nobody has reached."""


def measure(size: str) -> list[Figure]:
    """Load the cells of a large estate and fetch the very same rows, in turns."""
    homes = SIZES.get(size, SIZES["full"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.db"
        house = make_large(path, NOW, LargeSize(homes, 0))
        desk, masked = house.log_in("manager", ""), Desk(house.engine, Person(1, "顾问", Role.CONSULTANT), 1)
        question = _question()
        with closing(sqlite3.connect(path)) as raw:
            with raw:
                raw.execute("UPDATE unit SET buyer = '陈一帆' WHERE id % 2")
            raw.execute("PRAGMA cache_size=-32000").close()
            taken = in_turns(
                {
                    "cells": lambda: grid.cells(desk),
                    "raw": lambda: raw.execute(question).fetchall(),
                    "masked": lambda: grid.cells(masked),
                    "news": lambda: grid.news(desk, LATER),
                },
                rounds=9,
            )
        house.close()
    return _figures(homes, taken)


def _figures(homes: int, taken: dict[str, list[float]]) -> list[Figure]:
    """Hold the loads against the bare fetch."""
    best = {name: min(seconds) * MS for name, seconds in taken.items()}
    return [
        Figure(f"{homes:,} units from SQLite to cells, ms", best["cells"], best["raw"],
               ratio(taken["cells"], taken["raw"]), 1.5),
        Figure("the same with buyers' names masked, ms", best["masked"], best["raw"],
               ratio(taken["masked"], taken["raw"]), 1.5),
        Figure("news when nothing has changed, ms", best["news"]),
    ]  # fmt: skip


def _question() -> str:
    """The grid's own question, as plain SQL."""
    plain: Any = cells_query(1).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return str(plain)
