"""Running the tour: a fresh sample in a folder of its own, the program off screen, the journey through it."""

from __future__ import annotations

import builtins
import faulthandler
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLoggingCategory
from PySide6.QtWidgets import QApplication

from salescenter.app import PLAIN_IMPORT, Programme
from salescenter.domain.refusals import CannotWrite
from salescenter.i18n import speak, spoken, tr
from salescenter.tour import two_desks
from salescenter.tour.album import Album
from salescenter.tour.journey import JOURNEY, LATER, Act, stops
from salescenter.tour.printer import tour_printers
from salescenter.tour.robot import Robot, TourFailed
from salescenter.tour.years_on import YearsOn
from salescenter.ui.kit import preferences
from salescenter.ui.kit.display import OFF_SCREEN, tell
from salescenter.ui.kit.options import Options
from salescenter.ui.kit.words import refusal_words

FAILED = 1
"""The exit code of a tour that did not get through."""


def off_screen(language: str, why: str) -> int:
    """Where no display is: say why, drive the windows off screen and leave pictures of them in a folder beside."""
    tell(why, tr(OFF_SCREEN))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        return tour(Path("tour"), language or spoken())
    except CannotWrite as trouble:
        return tell(*refusal_words(trouble))


def tour(folder: Path, language: str, server: str = "") -> int:
    """Drive the real windows off screen and keep pictures, papers and tour.json in a folder; 0 when all went well.

    With the address of an empty database on a server the tour sits down at two desks of it.
    """
    faulthandler.enable()  # should the process itself die, its stacks say where
    builtins.__import__ = PLAIN_IMPORT  # as in the window
    speak(language)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["salescenter", "-style", "fusion"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, _screenless(), tour_printers():
        robot = Robot(app)
        album = Album(folder, robot, language)
        try:
            if server:
                two_desks.go_through(robot, album, Path(home), server)
            else:
                _alone(robot, album, Path(home))
        except TourFailed as failed:
            print(tr("The tour failed at {step}", step=failed), _log_of(Path(home)), sep="\n", file=sys.stderr)
            return FAILED
        finally:
            for window in QApplication.topLevelWidgets():
                window.close()
    print(tr("{steps} steps; pictures and papers are in {folder}", steps=len(album.stops), folder=folder.absolute()))
    return 0


@contextmanager
def _screenless() -> Iterator[None]:
    """Keep to ourselves what Qt says of each window without a screen.

    By Qt's own filter: a handler in Python would be called from within Qt while the lanes are at work.
    """
    QLoggingCategory.setFilterRules("default.warning=false")
    try:
        yield
    finally:
        QLoggingCategory.setFilterRules("")


def _alone(robot: Robot, album: Album, home: Path) -> None:
    """Sell at the one desk of a house on this PC, look at everything else, and come back when years have passed."""
    for programme, journey in ((Programme, JOURNEY), (YearsOn, LATER)):
        if acts := stops(album.language, journey):
            _drive(robot, album, programme(robot.app, Options(lang=album.language, folder=home), home,
                                           preferences.load(home)), acts)  # fmt: skip


def _drive(robot: Robot, album: Album, programme: Programme, acts: tuple[tuple[str, Act], ...]) -> None:
    try:
        programme.begin()
        programme.frame.resize(1440, 900)
        for stop, act in acts:
            with album.stop(stop):
                act(robot, album)
            print(f"{album.stops[-1].milliseconds:>6} ms  {stop}", flush=True)
    finally:
        programme.end()
        programme.frame.close()


def _log_of(home: Path) -> str:
    """What the program's own log says: a bug on the way is the likeliest reason."""
    log = home / "log" / "salescenter.log"
    return log.read_text(encoding="utf-8")[-4_000:] if log.exists() else ""
