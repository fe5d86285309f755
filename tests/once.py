"""Files that take seconds to make: made once a run, by whichever worker comes first; tests work on copies."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

PATIENCE = 600
"""Seconds a worker waits for another that makes what both want."""


def once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the file of that name of this run; `make` writes it where nobody has yet."""
    folder = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # the run's own, above its workers'
    file = folder / name
    with closing(sqlite3.connect(folder / f"{name}.line", timeout=PATIENCE, isolation_level=None)) as line:
        line.execute("BEGIN EXCLUSIVE")  # the others wait here
        if not file.exists():
            part = folder / f"part-{name}"
            make(part)
            part.rename(file)
    return file
