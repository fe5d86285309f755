"""The server goes away under an open window: reception goes on, and the visit is on record when it is back, by itself."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

from salescenter.data.types import CHINA
from salescenter.data.visits import visit
from salescenter.i18n import speak
from salescenter.services.sample.make import Size, make_sample
from salescenter.tour import away_stops
from salescenter.tour.album import Album
from salescenter.tour.robot import Robot
from salescenter.ui.kit import display
from tests.houses import at_home
from tests.pair import guarded
from tests.test_app import no_hooks_left

__all__ = ["no_hooks_left"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


def test_a_visitor_received_while_the_server_is_away_is_on_record_when_it_is_back(
    tmp_path: Path, qapp: QApplication
) -> None:
    speak("zh_CN")
    with guarded() as server:
        house = make_sample(server.url, datetime.now(CHINA), Size(homes=40, shops=2, parking=4, days=3))
        estate, visits = at_home(house), select(func.count()).select_from(visit)
        before = estate.read(visits)[0]
        robot = Robot(qapp)
        album = Album(tmp_path / "pictures", robot, "zh_CN")
        away_stops.go_through(robot, album, tmp_path, server.url, server, login=away_stops.AT_RECEPTION)
        assert estate.read(visits)[0] == before + 1
        assert [picture for stop in album.stops for picture in stop.pictures] == ["001-away.png", "002-back.png"]
        house.close()


def test_a_pc_that_begins_while_the_server_is_away_receives_all_the_same(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak("zh_CN")
    monkeypatch.setattr(display, "is_seen", lambda: True)  # somebody sits there and reads what is wrong
    with guarded() as server:
        house = make_sample(server.url, datetime.now(CHINA), Size(homes=40, shops=2, parking=4, days=3))
        estate, visits = at_home(house), select(func.count()).select_from(visit)
        before, receptionist = estate.read(visits)[0], estate.people[away_stops.AT_RECEPTION].id
        house.engine.dispose()
        robot = Robot(qapp)
        album = Album(tmp_path / "pictures", robot, "zh_CN")
        away_stops.begin_anew(robot, album, tmp_path, server.url, server, login=away_stops.AT_RECEPTION)
        assert estate.read(visits)[0] == before + 1
        newest = estate.all(select(visit.c.registered_by).order_by(visit.c.id.desc()).limit(1))
        assert [row[0] for row in newest] == [receptionist]
        assert [picture for stop in album.stops for picture in stop.pictures] == ["001-alone.png", "002-went-in.png"]
        house.close()
