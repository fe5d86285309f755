"""What nobody uses any more is let go of on the screen's thread alone."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from salescenter.ui.kit.tidy import Tidy


@pytest.fixture(autouse=True)
def collector_as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


class Ring:
    """A cycle that says on which thread it was let go of."""

    let_go_on: ClassVar[list[threading.Thread]] = []

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.let_go_on.append(threading.current_thread())


def test_what_a_lane_leaves_is_let_go_of_by_the_screens_thread(qtbot: QtBot) -> None:
    gc.collect()
    gc.set_threshold(100, 2, 2)
    Ring.let_go_on.clear()
    owner = QObject()
    Tidy(owner)

    kept: list[list[int]] = []

    def work() -> None:
        Ring()
        kept.extend([number] for number in range(5_000))  # with the collector on, this alone would let it go here

    def leave() -> None:
        lane = threading.Thread(target=work)
        lane.start()
        lane.join()

    def let_go() -> bool:
        leave()  # again and again: what other tests left is let go of meanwhile, and Python counts that against ours
        return bool(Ring.let_go_on)

    leave()
    assert Ring.let_go_on == []
    qtbot.waitUntil(let_go)
    assert set(Ring.let_go_on) == {threading.main_thread()}


def test_cycles_that_lived_long_are_let_go_of_too(qtbot: QtBot) -> None:
    gc.set_threshold(10, 1, 1)
    ring = Ring()
    gc.collect()  # now it is old, and what other tests left is gone
    Ring.let_go_on.clear()
    owner = QObject()
    tidy = Tidy(owner)
    del ring
    kept: list[list[int]] = []
    while not Ring.let_go_on and len(kept) < 50_000:
        kept.append([len(kept)])
        tidy.look()
    assert len(Ring.let_go_on) == 1
