"""The pulse reads the feed from where it stopped, one question at a time, and tells when the database is away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from salescenter.domain.grid import CellChange, GridNews, Hint
from salescenter.domain.refusals import DatabaseAway
from salescenter.ui.kit.lane import Inline, Ticket
from salescenter.ui.kit.pulse import CALM, Pulse
from salescenter.ui.kit.room import Bulletin

CHANGE = CellChange(258, 4, 0, 0, 0, "陈*", 1, 0, 0, 1, 17)


class Later:
    """A lane whose answers come when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(self, job: Callable[[], Any], done: Callable[[Any], None], *, owner: QObject,
            refused: Callable[[Any], None], after: Callable[[], None]) -> Ticket:
        def answer() -> None:
            try:
                result = job()
            except DatabaseAway as trouble:
                after()
                refused(trouble)
            else:
                after()
                done(result)

        self.waiting.append(answer)
        return Ticket()

    def answer(self) -> None:
        self.waiting.pop(0)()


def noting(asked: list[int]) -> Callable[[int, bool], GridNews]:
    """A feed in which nothing happens, that notes from where it is asked."""

    def read(since: int, _: bool) -> GridNews:
        asked.append(since)
        return GridNews(upto=since + 1)

    return read


def test_it_goes_on_where_it_stopped_and_posts_only_news(qapp: object) -> None:
    asked: list[int] = []
    answers = iter((GridNews(upto=5), GridNews((CHANGE,), upto=9), GridNews(upto=9)))

    def read(since: int, _: bool) -> GridNews:
        asked.append(since)
        return next(answers)

    bulletin = Bulletin()
    posted: list[GridNews] = []
    bulletin.arrived.connect(posted.append)
    pulse = Pulse(read, Inline(), bulletin)
    for _ in range(3):
        pulse.look()
    assert asked == [0, 5, 9]
    assert posted == [GridNews((CHANGE,), upto=9)]


def test_a_rebuilt_estate_is_news(qapp: object) -> None:
    bulletin = Bulletin()
    posted: list[GridNews] = []
    bulletin.arrived.connect(posted.append)
    Pulse(lambda *_: GridNews(rebuild=True), Inline(), bulletin).look()
    assert posted == [GridNews(rebuild=True)]


def test_asked_while_an_answer_is_on_the_way_it_looks_once_more(qapp: object) -> None:
    lane = Later()
    asked: list[int] = []
    pulse = Pulse(noting(asked), lane, Bulletin())  # type: ignore[arg-type]
    pulse.look()
    pulse.look()
    pulse.look()
    assert len(lane.waiting) == 1
    lane.answer()
    assert len(lane.waiting) == 1
    lane.answer()
    assert lane.waiting == []
    assert asked == [0, 1]


def test_the_weather_is_told_and_the_next_look_asks_again(qapp: object, qtbot: QtBot) -> None:
    away, broken = True, list[bool]()

    def read(since: int, after_break: bool) -> GridNews:
        broken.append(after_break)
        if away:
            raise DatabaseAway(why="timeout")
        return GridNews(upto=3)

    pulse = Pulse(read, Inline(), Bulletin())
    with qtbot.waitSignal(pulse.away) as told, qtbot.assertNotEmitted(pulse.heard):
        pulse.look()
    assert isinstance(told.args[0], DatabaseAway)
    away = False
    with qtbot.waitSignal(pulse.heard):
        pulse.look()
    pulse.look()
    assert broken == [False, True, False]  # once it is back, it asks from further behind


def test_it_beats_until_it_is_stopped(qapp: object) -> None:
    pulse = Pulse(lambda *_: GridNews(), Inline(), Bulletin())
    pulse.start()
    assert pulse._beat.isActive()
    pulse.stop()
    assert not pulse._beat.isActive()


class Weather:
    """A database that is there or away as the test says."""

    def __init__(self) -> None:
        self.away = True

    def read(self, since: int, _: bool) -> GridNews:
        if self.away:
            raise DatabaseAway(why="timeout")
        return GridNews(upto=3)


def test_it_tries_again_by_itself_with_growing_pauses_and_goes_back_to_its_usual_beat(qapp: object) -> None:
    sky = Weather()
    pulse = Pulse(sky.read, Inline(), Bulletin())
    pulse.start()
    tried = []
    for _ in range(7):
        assert pulse._retry.isActive()
        assert not pulse._beat.isActive()
        tried.append(pulse._retry.interval())
        pulse._retry.timeout.emit()
    longest = [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]
    assert all(most / 2 <= pause <= most for most, pause in zip(longest, tried, strict=True))
    sky.away = False
    pulse._retry.timeout.emit()
    assert (pulse._retry.isActive(), pulse._beat.isActive()) == (False, True)
    pulse.stop()
    pulse.look()
    assert not pulse._retry.isActive()


def test_a_hint_is_shown_at_once_and_confirmed_by_the_feed_a_moment_later(qapp: object, qtbot: QtBot) -> None:
    bulletin = Bulletin()
    hinted: list[object] = []
    bulletin.hinted.connect(hinted.append)
    pulse = Pulse(lambda *_: GridNews((CHANGE,), upto=18), Inline(), bulletin)
    with qtbot.waitSignal(bulletin.arrived):
        pulse.hint(Hint(1, (CHANGE,)))
        assert hinted == [(CHANGE,)]


def test_a_hint_without_cells_means_look(qapp: object, qtbot: QtBot) -> None:
    pulse = Pulse(lambda *_: GridNews(), Inline(), Bulletin())
    with qtbot.waitSignal(pulse.heard, timeout=0):
        pulse.hint(Hint(1))


def test_what_is_hinted_while_an_answer_is_on_the_way_is_not_undone_by_it(qapp: object) -> None:
    """The answer may show the unit as it was before; the hint is told again after it, and the feed asked again soon."""
    lane, bulletin = Later(), Bulletin()
    told: list[object] = []
    bulletin.arrived.connect(lambda news: told.append(news.changes))
    bulletin.hinted.connect(told.append)
    old = replace(CHANGE, state=1, revision=16)
    pulse = Pulse(lambda *_: GridNews((old,), upto=17), lane, bulletin)  # type: ignore[arg-type]
    pulse.look()
    pulse.hint(Hint(1, (CHANGE,)))
    lane.answer()
    assert told == [(CHANGE,), (old,), (CHANGE,)]
    pulse._rest.timeout.emit()
    assert len(lane.waiting) == 1


def test_hints_without_end_are_shown_one_by_one_and_confirmed_together(qapp: object) -> None:
    """Each starts no look of its own: a desk that has just looked rests, then looks once for all of them."""
    lane, bulletin = Later(), Bulletin()
    shown: list[object] = []
    bulletin.hinted.connect(shown.append)
    pulse = Pulse(lambda *_: GridNews((CHANGE,), upto=18), lane, bulletin)  # type: ignore[arg-type]
    pulse.look()
    lane.answer()
    for _ in range(3):
        for _ in range(50):
            pulse.hint(Hint(1, (CHANGE,)))
        assert (pulse._soon.isActive(), lane.waiting) == (False, [])
        pulse._rest.timeout.emit()
        assert len(lane.waiting) == 1
        lane.answer()
    assert shown == [(CHANGE,)] * 150
    pulse.stop()
    assert not pulse._rest.isActive()


def test_a_rest_without_hints_ends_in_quiet_and_the_next_hint_is_looked_for_soon(qapp: object, qtbot: QtBot) -> None:
    looks: list[int] = []
    pulse = Pulse(noting(looks), Inline(), Bulletin())
    pulse.look()
    pulse._rest.start(0)
    qtbot.waitUntil(lambda: not pulse._rest.isActive())
    assert looks == [0]
    pulse.hint(Hint(1, (CHANGE,)))
    assert CALM[0] <= pulse._soon.interval() <= CALM[1]
    pulse.stop()


def test_a_hint_without_cells_waits_for_no_rest(qapp: object) -> None:
    looks: list[int] = []
    pulse = Pulse(noting(looks), Inline(), Bulletin())
    pulse.look()
    pulse.hint(Hint(1))
    assert looks == [0, 1]


def test_what_was_hinted_before_the_database_went_away_is_left_to_the_look_that_finds_it_back(qapp: object) -> None:
    lane, sky = Later(), Weather()
    pulse = Pulse(sky.read, lane, Bulletin())  # type: ignore[arg-type]
    pulse.start()
    pulse.hint(Hint(1, (CHANGE,)))
    lane.answer()
    pulse._rest.timeout.emit()
    assert (lane.waiting, pulse._retry.isActive()) == ([], True)
    pulse.stop()


def test_a_hint_the_feed_knows_nothing_of_lets_all_be_read_again(qapp: object) -> None:
    """Whoever may log in to the server may say anything on the channel; no screen believes it for long."""
    bulletin = Bulletin()
    posted: list[GridNews] = []
    bulletin.arrived.connect(posted.append)
    answers = iter((GridNews(upto=5), GridNews(upto=6), GridNews(upto=6)))
    pulse = Pulse(lambda *_: next(answers), Inline(), bulletin)
    pulse.look()
    pulse.hint(Hint(1, (CHANGE,)))
    pulse.look()
    assert [news.rebuild for news in posted] == [True]
    pulse.look()
    assert len(posted) == 1


def test_a_hint_that_comes_after_the_feed_told_it_is_no_cause_for_doubt(qapp: object) -> None:
    bulletin = Bulletin()
    posted: list[GridNews] = []
    bulletin.arrived.connect(posted.append)
    answers = iter((GridNews((CHANGE,), upto=18), GridNews(upto=18)))
    pulse = Pulse(lambda *_: next(answers), Inline(), bulletin)
    pulse.look()
    pulse.hint(Hint(1, (CHANGE,)))
    pulse.look()
    assert posted == [GridNews((CHANGE,), upto=18)]


def test_units_that_are_gone_let_all_be_read_again_once(qapp: object) -> None:
    posted: list[GridNews] = []
    bulletin = Bulletin()
    bulletin.arrived.connect(posted.append)
    answers = iter(GridNews(upto=5, units=count) for count in (860, 860, 776, 776, 780))
    pulse = Pulse(lambda *_: next(answers), Inline(), bulletin)
    for _ in range(5):
        pulse.look()
    assert [(news.rebuild, news.units) for news in posted] == [(True, 776)]
