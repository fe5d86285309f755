"""Qt's types made in good time, all of them on the screen's thread.

PySide6 makes a type when it is first named, or first needed for an answer. Two threads that make types at the same
moment end the process (17 of 20 tries); a thread that only uses what is made does no harm (0 of 15). So a lane may draw
and read pictures once all types are there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QTimer

MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport")
"""Whatever of Qt the program uses."""

SLICE = 0.008
"""Seconds of making between two looks at the keys; all of it takes a tenth of a second."""


def make_in_turn() -> None:
    """Make what is left, a slice at a time with the keys answered in between; return at once."""
    until = time.perf_counter() + SLICE
    for _ in _left:
        if time.perf_counter() > until:
            QTimer.singleShot(0, make_in_turn)
            return


def make_the_rest() -> None:
    """Make what is left now: somebody asks a lane for a paper before there was time to make it aside."""
    for _ in _left:
        pass


def _each() -> Iterator[None]:
    for name in MODULES:
        module = import_module(f"PySide6.{name}")
        for kind in dict.fromkeys(dir(module)):
            getattr(module, kind)
            yield


_left = _each()
