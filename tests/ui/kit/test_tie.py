"""The tie of a desk to its database: two windows on one server, a broken line, and what is shown while it is away."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, text

from salescenter.data import patience
from salescenter.data.engine import open_engine
from salescenter.domain.grid import CellChange, GridNews, Onlooker, Present
from salescenter.domain.refusals import CannotWrite, DatabaseAway
from salescenter.services import grid
from salescenter.ui.kit.finder import Finder
from salescenter.ui.kit.lane import Inline
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.pulse import Pulse
from salescenter.ui.kit.room import Bulletin
from salescenter.ui.kit.tie import Tie
from salescenter.ui.kit.topbar import TopBar, WhoMenu
from tests.houses import NOON, Estate, found, pg_model, small, small_on_server, sqlite_model
from tests.pair import guarded
from tests.rush.cable import Cable, cable

__all__ = ["pg_model", "small", "small_on_server", "sqlite_model"]

SOON = 60_000
"""Milliseconds a word may take at most; it is there in a blink."""


class Frame:
    """What of a shell shows the state of the database."""

    def __init__(self) -> None:
        def nothing(*_: object) -> None:
            """Do nothing."""

        who = WhoMenu("林晓", "置业顾问", nothing, nothing, nothing, nothing, nothing)
        self.bar = TopBar("云栖花园", Finder(lambda _: (), Inline()), who)
        self.banner = Banner(closable=True)
        self.refused: list[Exception] = []
        self.times_heard = 0
        self.calmly: Callable[[Exception], bool] = lambda _: False

    def heard(self) -> None:
        self.times_heard += 1

    def refuse(self, trouble: Exception) -> None:
        self.refused.append(trouble)
        self.banner.refuse(trouble)

    def link(self) -> str:
        return self.bar._link.text()


@dataclass(slots=True)
class Seat:
    """A desk with what it heard."""

    tie: Tie
    frame: Frame
    bulletin: Bulletin
    sky: list[Exception]
    now: list[datetime]
    news: list[GridNews] = field(default_factory=list)
    hinted: list[tuple[CellChange, ...]] = field(default_factory=list)
    present: list[Present] = field(default_factory=list)
    away: list[datetime | None] = field(default_factory=list)


Sitting = Callable[..., Seat]


@pytest.fixture
def sit(qtbot: QtBot) -> Iterator[Sitting]:
    """Make desks that are let go of, with their threads, at the end."""
    made: list[Seat] = []

    def sit_down(here: Estate, who: str = "a", engine: Engine | None = None) -> Seat:
        desk, bulletin, frame, window = here.desk(who), Bulletin(), Frame(), QObject()
        desk = replace(desk, engine=engine or desk.engine)
        sky: list[Exception] = []
        now = [NOON]

        def read(since: int, after_break: bool) -> GridNews:
            if sky:
                raise sky[0]
            return grid.news(desk, since, after_break=after_break)

        tie = Tie(desk, Pulse(read, Inline(), bulletin), bulletin, frame, lambda: now[0], window)
        seat = Seat(tie, frame, bulletin, sky, now)
        bulletin.arrived.connect(seat.news.append)
        bulletin.hinted.connect(seat.hinted.append)
        bulletin.present.connect(seat.present.append)
        bulletin.away.connect(seat.away.append)
        windows.append(window)
        made.append(seat)
        qtbot.addWidget(frame.bar)
        qtbot.addWidget(frame.banner)
        tie.start()
        return seat

    windows: list[QObject] = []
    yield sit_down
    for seat, window in zip(made, windows, strict=True):
        wire = seat.tie.wire
        if wire is None:
            shiboken6.delete(window)  # its pulse beats no longer
            continue
        with qtbot.waitSignal(wire.ended, timeout=SOON):
            window.deleteLater()


def test_a_sale_at_one_desk_shows_on_the_other_and_is_confirmed_by_the_feed(
    small_on_server: Estate, sit: Sitting, qtbot: QtBot
) -> None:
    here = small_on_server
    seat = sit(here, "b")
    assert seat.tie.wire is not None
    qtbot.waitUntil(lambda: bool(seat.present), timeout=SOON)
    here.subscribe("1-101")
    number, revision = here.seen("1-101")
    qtbot.waitUntil(lambda: bool(seat.hinted and seat.news), timeout=SOON)
    assert len(seat.news) == 1
    assert [(one.id, one.revision) for one in seat.hinted[0]] == [(number, revision)]
    assert (number, revision) in [(one.id, one.revision) for news in seat.news for one in news.changes]


def test_a_broken_line_is_mended_and_what_happened_meanwhile_is_told(
    small_on_server: Estate, sit: Sitting, qtbot: QtBot
) -> None:
    here = small_on_server
    seat = sit(here, "b")
    qtbot.waitUntil(lambda: bool(seat.present), timeout=SOON)
    here.put(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                  "WHERE datname = current_database() AND pid <> pg_backend_pid()"))  # fmt: skip
    here.subscribe("1-102")
    number, _ = here.seen("1-102")
    qtbot.waitUntil(lambda: number in [one.id for news in seat.news for one in news.changes], timeout=SOON)


def test_who_is_where_shows_at_the_other_desk_and_how_many_are_there(
    small_on_server: Estate, sit: Sitting, qtbot: QtBot
) -> None:
    here = small_on_server
    one, other = sit(here, "a"), sit(here, "b")
    one.bulletin.looking.emit(7)
    qtbot.waitUntil(lambda: other.present[-1:] == [Present((Onlooker(7, "林晓"),), 2)], timeout=SOON)
    one.bulletin.working.emit(8)
    qtbot.waitUntil(lambda: other.present[-1:] == [Present((Onlooker(8, "林晓", working=True),), 2)], timeout=SOON)
    one.bulletin.working.emit(0)
    qtbot.waitUntil(lambda: other.present[-1:] == [Present((Onlooker(7, "林晓"),), 2)], timeout=SOON)
    assert "2 台在线" in other.frame.link()


def test_while_the_database_is_away_a_calm_banner_says_what_waits_and_goes_by_itself(
    small: Estate, sit: Sitting
) -> None:
    seat = sit(small)
    assert seat.tie.wire is None
    assert seat.frame.link() == "● 本机"
    seat.sky.append(DatabaseAway(why="timeout"))
    for _ in range(3):
        seat.now[0] = NOON.replace(minute=seat.now[0].minute + 1)
        seat.tie._pulse.look()
    assert seat.away == [NOON]
    assert seat.frame.banner.isVisible()
    assert seat.frame.banner.text() == "数据库自 12:00:00 起没有应答。"
    assert seat.frame.banner.property("tone") == "warning"
    assert (seat.frame.link(), seat.frame.refused) == ("● 数据库连不上", [])
    heard = seat.frame.times_heard
    seat.sky.clear()
    seat.tie._pulse.look()
    assert seat.away == [NOON, None]
    assert not seat.frame.banner.isVisible()
    assert (seat.frame.link(), seat.frame.times_heard) == ("● 本机", heard + 1)


def test_a_banner_that_says_something_else_meanwhile_stays(small: Estate, sit: Sitting) -> None:
    seat = sit(small)
    seat.sky.append(DatabaseAway(why="timeout"))
    seat.tie._pulse.look()
    seat.frame.banner.say("另一件事", "", "warning")
    seat.sky.clear()
    seat.tie._pulse.look()
    assert seat.frame.banner.isVisible()


def test_whoever_meets_a_database_that_is_away_it_is_said_calmly(small: Estate, sit: Sitting) -> None:
    """A page that cannot load says no louder than the pulse what the whole window knows."""
    seat = sit(small)
    assert not seat.frame.calmly(CannotWrite(path="x", why="disk full"))
    assert seat.frame.calmly(DatabaseAway(why="timeout"))
    assert seat.frame.banner.property("tone") == "warning"
    assert (seat.away, seat.frame.link()) == ([NOON], "● 数据库连不上")
    seat.tie._pulse.look()
    assert (seat.away, seat.frame.banner.isVisible()) == ([NOON, None], False)


def test_other_weather_is_shown_as_ever(small: Estate, sit: Sitting) -> None:
    seat = sit(small)
    seat.sky.append(full := CannotWrite(path="x", why="disk full"))
    seat.tie._pulse.look()
    assert (seat.frame.refused, seat.away) == ([full], [])
    assert seat.frame.banner.isVisible()
    seat.sky.clear()
    seat.tie._pulse.look()
    assert not seat.frame.banner.isVisible()  # what kept the desk from looking is over



@pytest.fixture
def laid(small_on_server: Estate) -> Iterator[Cable]:
    """A cable to the house's server."""
    url = small_on_server.house.url
    with cable(url.host or "", url.port or 0) as one:
        yield one


@pytest.fixture
def far(small_on_server: Estate, laid: Cable) -> Iterator[Engine]:
    """The server as seen from the end of the cable."""
    engine = open_engine(small_on_server.house.url.set(host="127.0.0.1", port=laid.port))
    yield engine
    engine.dispose()


def test_a_desk_whose_network_is_gone_for_an_hour_without_a_word_catches_up_by_itself(
    small_on_server: Estate, laid: Cable, far: Engine, sit: Sitting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing breaks, nothing comes through: the system of this PC has nothing to complain of."""
    monkeypatch.setattr(patience, "SILENCE", 0.2)
    monkeypatch.setattr(patience, "ANSWERS_WITHIN", 0.2)
    here = small_on_server
    seat = sit(here, "b", far)
    qtbot.waitUntil(lambda: bool(seat.present), timeout=SOON)
    laid.freeze()
    qtbot.waitUntil(lambda: seat.away == [NOON], timeout=SOON)
    for code in ("1-101", "1-102", "1-103"):
        here.subscribe(code)
    laid.cut()
    laid.thaw()
    qtbot.waitUntil(lambda: seat.away[-1:] == [None], timeout=SOON)
    sold = {here.seen(code)[0] for code in ("1-101", "1-102", "1-103")}
    qtbot.waitUntil(lambda: sold <= {one.id for news in seat.news for one in news.changes}, timeout=SOON)


@pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
def test_a_server_that_is_stopped_and_started_again_is_found_without_a_restart_of_the_desk(
    sit: Sitting, qtbot: QtBot
) -> None:
    """Sold just before the stop, while it was away, and after: all three are on the other screen."""
    with guarded() as server:
        here = found(server.url)
        seat = sit(here, "b")
        qtbot.waitUntil(lambda: bool(seat.present), timeout=SOON)
        here.subscribe("1-101")
        server.stop()
        seat.tie._pulse.look()
        assert seat.away == [NOON]
        assert seat.frame.link() == "● 数据库连不上"
        server.start()
        here.subscribe("1-102")
        qtbot.waitUntil(lambda: seat.away[-1:] == [None], timeout=SOON)
        here.subscribe("1-103")
        sold = {here.seen(code)[0] for code in ("1-101", "1-102", "1-103")}
        qtbot.waitUntil(lambda: sold <= {one.id for news in seat.news for one in news.changes}, timeout=SOON)
        here.house.close()
