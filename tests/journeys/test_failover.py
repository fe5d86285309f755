"""The primary dies and a standby takes its place: the open window and the other desk go on by themselves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from salescenter.domain.units import UnitState
from salescenter.i18n import speak
from salescenter.services.house import open_house
from salescenter.tour import selling_stops, two_desks
from salescenter.tour.album import Album
from salescenter.tour.grid_stops import state_of
from salescenter.tour.robot import Robot
from tests.houses import Estate, at_home, found
from tests.pair import Member, follows, pair
from tests.test_app import no_hooks_left

__all__ = ["no_hooks_left"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


@pytest.fixture(scope="module")
def two() -> Iterator[tuple[Member, Member]]:
    """A primary with a house, and its standby."""
    with pair() as (first, second):
        found(first.url).house.close()
        follows(second, first)
        yield first, second


@pytest.fixture
def where(two: tuple[Member, Member]) -> str:
    """The address of both, as a desk keeps it."""
    hosts = ",".join(f"127.0.0.1:{one.port}" for one in two)
    return f"postgresql://sales@{hosts}/postgres?target_session_attrs=read-write"


@pytest.fixture
def colleague(where: str) -> Iterator[Estate]:
    """Another desk of the house."""
    house = open_house(where)
    yield at_home(house)
    house.close()


def test_when_the_standby_takes_over_window_and_desks_go_on_by_themselves(
    two: tuple[Member, Member], where: str, colleague: Estate, tmp_path: Path, qapp: QApplication
) -> None:
    speak("zh_CN")
    robot, (primary, standby) = Robot(qapp), two
    album = Album(tmp_path / "pictures", robot, "zh_CN")
    with album.stop("failover"), two_desks.programmes(robot) as sit_down:
        programme = sit_down(tmp_path / "boss", where)
        two_desks.log_in(robot, programme, "boss")
        grid, shell = two_desks.grid_of(programme), programme.shell
        assert shell is not None
        colleague.subscribe("1-101")
        robot.until(lambda: state_of(grid, "1-101") is UnitState.SUBSCRIBED, "the sale before")
        follows(standby, primary)
        primary.kill()
        robot.until(shell.banner.isVisible, "the banner: the database is away")
        assert [state_of(grid, code) for code in ("1-101", "1-102")] == [UnitState.SUBSCRIBED, UnitState.FOR_SALE]
        standby.promote()
        colleague.subscribe("1-102")
        robot.until(lambda: state_of(grid, "1-102") is UnitState.SUBSCRIBED, "the sale on the new primary")
        robot.until(lambda: not shell.banner.isVisible(), "the banner gone")
        selling_stops.Sale.code = "1-103"
        selling_stops.hold(robot, album)  # the window's own next deed
    assert colleague.state("1-103") is UnitState.HELD
    assert colleague.broken() == []
