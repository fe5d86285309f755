"""Pictures of a desk whose server, made for them, is away: `python -m tools.away LANGUAGE FOLDER`."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

from PySide6.QtWidgets import QApplication

from salescenter.data.types import CHINA
from salescenter.i18n import speak
from salescenter.services.sample.make import make_sample
from salescenter.tour import away_stops
from salescenter.tour.album import Album
from salescenter.tour.robot import Robot, TourFailed
from salescenter.tour.two_desks import HOUSE
from tests import cluster
from tests.rush.server import serving


def main(language: str, folder: str) -> int:
    """Make the sample on a server, take it away from under a desk, and keep the pictures; 0 when all went well."""
    speak(language)
    robot = Robot(QApplication(["salescenter", "-style", "fusion"]))
    programs = cluster.programs() or cluster.do_without()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, serving(programs) as server:
        where = server.make("salescenter")
        make_sample(where, datetime.now(CHINA), HOUSE).close()
        album = Album(Path(folder), robot, language)
        try:
            away_stops.go_through(robot, album, Path(home), where, server, login=away_stops.AT_RECEPTION)
        except TourFailed as failed:
            print(failed, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
