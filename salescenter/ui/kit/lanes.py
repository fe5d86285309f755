"""The two lanes of a window, and who answers for what goes wrong in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from salescenter.ui.kit.crash import CrashHandler
from salescenter.ui.kit.lane import Lane
from salescenter.ui.kit.qt_types import make_the_rest
from salescenter.ui.kit.tidy import Tidy

Lanes = tuple[Lane, Lane]
"""Of the database; of papers and figures."""

TIDIES = 1_500
"""Milliseconds after which a window that stands begins to tidy up."""


def start(frame: QWidget, folder: Path, now: Callable[[], datetime], *, alone: bool) -> tuple[Lanes, CrashHandler]:
    """Start both, and catch what nobody caught; `alone`: nobody sits there who could read a report."""
    Tidy(frame, begins=TIDIES)
    crash = CrashHandler(folder, now, alone=alone)
    crash.install()
    lanes = Lane("database", frame), Lane("papers", frame, first=make_the_rest)
    for lane in lanes:
        lane.failed.connect(crash.show)
    return lanes, crash
