"""Listening: what one desk commits is said on every other's line, in its own work, and nothing that was not committed."""

from __future__ import annotations

import json
import selectors

import pytest
from sqlalchemy import delete, insert, select, text, update

from salescenter.data import listening, units
from salescenter.data.engine import open_engine
from salescenter.data.estate import unit
from salescenter.data.listening import FEW, open_line
from salescenter.domain.errors import Weather
from salescenter.domain.units import UnitState
from salescenter.services import grid
from tests.houses import Estate, pg_model, small, small_on_server, sqlite_model

__all__ = ["pg_model", "small", "small_on_server", "sqlite_model"]

SOON = 60.0
"""Seconds a hint may take at most; it is there in milliseconds."""


def test_a_commit_is_heard_with_the_cells_it_changed(small_on_server: Estate) -> None:
    here = small_on_server
    since = grid.news(here.desk(), 0).upto
    with open_line(here.house.engine) as line:
        here.subscribe("1-101")
        (hint,) = line.hear(1, SOON)
    (change,) = grid.news(here.desk("guest"), since).changes
    assert hint.changes == (change,)
    assert (change.state, change.buyer) == (UnitState.SUBSCRIBED, "陈*")


def test_what_was_not_committed_is_not_said(small_on_server: Estate) -> None:
    here = small_on_server
    with open_line(here.house.engine) as line:
        with here.desk().working(here.now) as work:
            work.connection.execute(update(unit).where(unit.c.code == "1-101").values(quoted=7))
            work.connection.rollback()
            heard_within = line.hear(1, 0)
        with here.desk().working(here.now) as work:
            assert units.claim(work.connection, *here.seen("1-102"), work.revision, quoted=1)
            assert line.hear(1, 0) == []
        (hint,) = line.hear(1, SOON)
    assert heard_within == []
    assert [change.id for change in hint.changes] == [here.seen("1-102")[0]]


def test_what_binds_nobody_and_what_is_much_is_said_without_cells(small_on_server: Estate) -> None:
    here = small_on_server
    with open_line(here.house.engine) as line:
        here.put(update(unit).values(touched=5))
        assert [hint.changes for hint in line.hear(1, SOON)] == [()]
        row = here.unit("1-101")
        columns = {c.name: getattr(row, c.name) for c in unit.c if c.name != "id"}
        here.put(insert(unit).values([columns | {"code": f"9-{n}"} for n in range(FEW + 1)]))
        assert [hint.changes for hint in line.hear(1, SOON)] == [()]
        with here.desk().working(here.now) as work:
            work.connection.execute(update(unit).where(unit.c.code.like("9-%")).values(revision=work.revision))
        assert [hint.changes for hint in line.hear(1, SOON)] == [()]
        here.put(delete(unit).where(unit.c.code.like("9-%")))
        assert [hint.changes for hint in line.hear(1, SOON)] == [()]


def test_another_project_is_not_told(small_on_server: Estate) -> None:
    here = small_on_server
    with open_line(here.house.engine) as line:
        here.subscribe("1-101")
        assert line.hear(2, SOON) == []


def test_a_name_is_never_said_more_openly_than_everybody_may_see_it(small_on_server: Estate) -> None:
    here = small_on_server
    with open_line(here.house.engine) as line:
        for name, said in (("欧阳娜", "欧*"), ("李", "*"), ("", "")):
            with here.desk().working(here.now) as work:
                assert units.claim(work.connection, *here.seen("1-103"), work.revision, buyer=name)
            assert [change.buyer for hint in line.hear(1, SOON) for change in hint.changes] == [said]


def test_a_line_the_server_ended_is_weather(small_on_server: Estate) -> None:
    here = small_on_server
    with open_line(here.house.engine) as line:
        here.put(text("SELECT pg_terminate_backend(:pid)").bindparams(pid=line.raw.info.backend_pid))
        with pytest.raises(Weather):
            line.hear(1, SOON)
    with open_line(here.house.engine) as line:
        assert line.hear(1, 0) == []


def test_a_server_that_is_not_there_is_weather(small_on_server: Estate) -> None:
    nowhere = open_engine(small_on_server.house.url.set(host="127.0.0.1", port=1))
    with pytest.raises(Weather), open_line(nowhere):
        pytest.fail("nothing listens there")
    nowhere.dispose()


def test_what_is_said_while_the_line_asks_something_is_heard_after_it(small_on_server: Estate) -> None:
    here = small_on_server
    with open_line(here.house.engine) as line:
        for code in ("1-101", "1-102"):
            with here.desk().working(here.now) as work:
                assert units.claim(work.connection, *here.seen(code), work.revision, quoted=1)
            line.ask(lambda raw: raw.execute("SELECT 1"))
        heard = [change.id for hint in [*line.hear(1, SOON), *line.hear(1, 1.0)] for change in hint.changes]
    assert heard == [here.seen(code)[0] for code in ("1-101", "1-102")]


def test_all_that_is_there_is_heard_at_once(small_on_server: Estate) -> None:
    here = small_on_server
    with open_line(here.house.engine) as line:
        with here.desk().working(here.now) as work:
            for code in ("1-101", "1-102"):
                assert units.claim(work.connection, *here.seen(code), work.revision, quoted=1)
        heard = [change.id for hint in line.hear(1, SOON) for change in hint.changes]
    assert heard == [here.seen(code)[0] for code in ("1-101", "1-102")]


def test_what_the_driver_has_read_already_is_heard_without_a_wait(
    small_on_server: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is where a line is encrypted: what came may stand in memory, and the system knows of nothing."""
    here = small_on_server
    with open_line(here.house.engine) as line:
        here.subscribe("1-101")
        with selectors.DefaultSelector() as ready:
            ready.register(line.raw.fileno(), selectors.EVENT_READ)
            assert ready.select(SOON)
        line.raw.pgconn.consume_input()
        with monkeypatch.context() as deaf:
            deaf.setattr(selectors.DefaultSelector, "select", lambda *_: pytest.fail("it waits"))
            assert len(line.hear(1, SOON)) == 1


def test_what_somebody_else_says_on_the_channel_is_not_heard(small_on_server: Estate) -> None:
    here = small_on_server
    with open_line(here.house.engine) as line:
        for said in ("", "hello", "[1]", "[1, [[1]]]", "{}", "7", "[1, [{}]]", "[1, 7]"):
            here.put(text("SELECT pg_notify(:channel, :said)").bindparams(channel=listening.CHANNEL, said=said))
            assert line.hear(1, SOON) == []


CELL: list[object] = [1, 1, 0, 1, 1, "", 739_000, 0, 0, 0, 9, 9]
"""A cell as the server says it: key, state, flags, unit price, total, buyer, since, until, quoted, released, revisions."""


@pytest.mark.parametrize("place", range(len(CELL)))
def test_a_cell_that_no_unit_says_reaches_no_screen(small_on_server: Estate, place: int) -> None:
    """Anybody on the server may say something there: what a screen could not paint would stop every desk at once."""
    here, most = small_on_server, {1: 9, 2: 2**16, 6: 3_652_060, 7: 10**15, 8: 2**31, 9: 3_652_060}
    others: list[object] = [{}, None, True, 1.5, -1, most.get(place, 2**63), [] if place == 5 else "陈*"]
    with open_line(here.house.engine) as line:
        for other in others:
            cell = [*CELL[:place], other, *CELL[place + 1 :]]
            said = json.dumps([1, [cell]])
            here.put(text("SELECT pg_notify(:channel, :said)").bindparams(channel=listening.CHANNEL, said=said))
            assert line.hear(1, SOON) == []
        said = json.dumps([1, [CELL]])
        here.put(text("SELECT pg_notify(:channel, :said)").bindparams(channel=listening.CHANNEL, said=said))
        assert [len(hint.changes) for hint in line.hear(1, SOON)] == [1]


def test_the_listening_connection_is_none_of_those_deeds_wait_for(small_on_server: Estate) -> None:
    engine = small_on_server.house.engine
    with open_line(engine), open_line(engine), open_line(engine), open_line(engine):
        small_on_server.subscribe("1-101")
    small_on_server.subscribe("1-102")


def test_on_one_pc_nobody_is_told(small: Estate) -> None:
    with small.house.engine.connect() as connection:
        listening.put_up(connection)
        triggers = select(text("name")).select_from(text("sqlite_master")).where(text("name LIKE 'unit_tells%'"))
        assert connection.execute(triggers).all() == []
