"""The feed: whatever is written while others are still at work, no desk misses a change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import insert, select, text, update

from salescenter.data import feed, units
from salescenter.data.engine import open_engine
from salescenter.data.estate import unit
from salescenter.data.history import clock
from salescenter.domain.grid import GridNews
from salescenter.domain.refusals import DatabaseAway
from salescenter.services import grid
from salescenter.services.work import Work
from tests.cluster import end_line
from tests.houses import Estate, estate, pg_model, small, small_on_server, sqlite_model
from tests.rush.cable import cable

__all__ = ["estate", "pg_model", "small", "small_on_server", "sqlite_model"]


def note(work: Work, code: str) -> None:
    """Change a unit as a deed does."""
    row = work.connection.execute(select(unit.c.id, unit.c.revision).where(unit.c.code == code)).one()
    assert units.claim(work.connection, row.id, row.revision, work.revision, quoted=1)


def changed(estate: Estate, since: int) -> set[str]:
    known = {row.id: row.code for row in estate.all(select(unit))}
    return {known[one.id] for one in grid.news(estate.desk(), since).changes}


def test_a_desk_hears_of_what_was_committed_since_it_asked(estate: Estate) -> None:
    first = grid.news(estate.desk(), 0)
    assert first.changes == ()
    with estate.desk().working(estate.now) as work:
        note(work, "1-101")
    assert changed(estate, first.upto) == {"1-101"}
    assert changed(estate, grid.news(estate.desk(), first.upto).upto) == set()


def test_what_is_committed_late_under_an_early_number_is_not_missed(small_on_server: Estate) -> None:
    """Number 1 may be committed after number 2: whoever asks from the largest they saw would never hear of it."""
    here = small_on_server
    since = grid.news(here.desk(), 0).upto
    with here.desk().working(here.now) as early:
        note(early, "1-101")
        with here.desk("a").working(here.now) as late:
            note(late, "1-102")
        assert late.revision > early.revision
        between = grid.news(here.desk(), since)
        assert changed(here, since) == {"1-102"}
    assert changed(here, between.upto) >= {"1-101"}
    assert grid.news(here.desk(), grid.news(here.desk(), between.upto).upto).changes == ()


def test_what_was_rolled_back_is_no_news(estate: Estate) -> None:
    since = grid.news(estate.desk(), 0).upto
    with pytest.raises(RuntimeError, match="stop"):
        stopped(estate)
    assert changed(estate, since) == set()


def stopped(estate: Estate) -> None:
    with estate.desk().working(estate.now) as work:
        note(work, "1-101")
        raise RuntimeError("stop")


def test_revisions_only_grow(estate: Estate) -> None:
    seen = []
    for _ in range(3):
        with estate.desk().working(estate.now) as work:
            seen.append(work.revision)
    assert seen == sorted(set(seen))
    with estate.desk().reading() as connection:
        assert feed.horizon(connection) > seen[-1]


def test_sqlite_keeps_its_counter_in_one_row(small: Estate) -> None:
    before = small.read(select(clock)).revision
    with small.desk().working(small.now) as work:
        assert work.revision == before + 1
    assert small.read(select(clock)).revision == before + 1


def test_a_claim_by_an_older_revision_changes_nothing(estate: Estate) -> None:
    number, revision = estate.seen("1-101")
    with estate.desk().working(estate.now) as work:
        assert not units.claim(work.connection, number, revision - 1, work.revision, note="x")
        assert units.claim(work.connection, number, revision, work.revision, note="y")
        assert not units.claim(work.connection, number, revision, work.revision, note="z")
    assert estate.unit("1-101").note == "y"
    estate.put(update(unit).values(note=""))


def test_units_taken_together_come_by_their_keys_however_many(estate: Estate) -> None:
    with estate.desk().working(estate.now) as work:
        wanted = [row.id for row in work.connection.execute(select(unit.c.id))]
        found = units.by_ids(work.connection, [*reversed(wanted), *wanted, 4711])
    assert sorted(found) == sorted(wanted)
    assert all(found[number].id == number for number in wanted)




def test_a_long_work_that_changes_a_unit_after_a_shorter_one_is_not_hidden_by_its_small_number(
    small_on_server: Estate,
) -> None:
    """An import that runs for long writes its early number over the later one of a sale: it is news all the same."""
    here = small_on_server
    since = grid.news(here.desk(), 0).upto
    with here.desk().working(here.now) as early:
        with here.desk("a").working(here.now) as late:
            note(late, "1-101")
        between = grid.news(here.desk(), since)
        assert [one.revision for one in between.changes] == [late.revision]
        note(early, "1-101")
    after = grid.news(here.desk(), between.upto)
    assert early.revision < late.revision
    assert [one.revision for one in after.changes] == [early.revision]


def test_an_open_work_at_one_desk_hides_nothing_that_others_do_meanwhile(small_on_server: Estate) -> None:
    here = small_on_server
    since = grid.news(here.desk(), 0).upto
    with here.desk().working(here.now) as early:
        note(early, "1-101")
        for code in ("1-102", "1-103", "1-201"):
            with here.desk("a").working(here.now) as late:
                note(late, code)
            assert code in changed(here, since)
            since = grid.news(here.desk(), since).upto
        assert "1-101" not in changed(here, since)
    assert "1-101" in changed(here, since)


def test_horizon_and_rows_are_of_one_moment(small_on_server: Estate) -> None:
    """The look is one statement, so it has one snapshot, and it opens no transaction that another would wait for."""
    here = small_on_server
    url = here.house.url
    with cable(url.host or "", url.port or 0) as line:
        far = replace(here.desk(), engine=open_engine(url.set(host="127.0.0.1", port=line.port)))
        since = grid.news(far, 0).upto
        grid.news(far, since)
        before = line.trips
        grid.news(far, since)
        assert line.trips - before == 1
        open_ = here.read(text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                               "AND state = 'idle in transaction'"))  # fmt: skip
        assert open_[0] == 0
        far.engine.dispose()


def test_a_look_the_server_refuses_is_told_the_usual_way(small_on_server: Estate) -> None:
    """What its connection knew by name may be gone: then it is asked in full, and known again."""
    desk = small_on_server.desk()
    since = grid.news(desk, 0).upto
    grid.news(desk, since)
    with desk.reading() as line:
        line.execute(text("DEALLOCATE ALL"))
        line.commit()
    with desk.working(small_on_server.now) as work:
        note(work, "1-101")
    assert changed(small_on_server, since) == {"1-101"}


def test_a_look_is_planned_once_and_then_only_done(small_on_server: Estate) -> None:
    """Of a large house that the server knows well, too: planning takes several times as long as looking."""
    here = small_on_server
    names = [c.name for c in unit.c if c.name not in ("id", "code")]
    many = select(text("'9-' || n"), *(unit.c[name] for name in names)).where(unit.c.code == "1-101")
    here.put(insert(unit).from_select(["code", *names], many.select_from(unit, text("generate_series(1, 2000) n"))))
    here.put(text("ANALYZE unit"))
    since = grid.news(here.desk(), 0).upto
    for _ in range(30):
        assert grid.news(here.desk(), since).changes == ()
    planned = "SELECT to_jsonb(p) ->> 'custom_plans' FROM pg_prepared_statements p WHERE statement LIKE '%json_agg%'"
    with here.desk().reading() as line:
        (times,) = line.scalars(text(planned)).all()
    assert times in ("5", None)  # a server tries five times whether it is worth it; version 13 does not tell


def test_a_look_over_a_line_that_breaks_is_weather_and_the_next_one_sees(small_on_server: Estate) -> None:
    desk = small_on_server.desk()
    since = grid.news(desk, 0).upto
    with pytest.raises(DatabaseAway):
        _look_over_a_broken_line(small_on_server, since)
    with desk.working(small_on_server.now) as work:
        note(work, "1-101")
    assert changed(small_on_server, since) == {"1-101"}


def _look_over_a_broken_line(here: Estate, since: int) -> None:
    with here.desk().reading() as connection:
        number = connection.scalar(text("SELECT pg_backend_pid()"))
        end_line(here.house.url, number or 0)
        feed.look(connection, 1, since)


def test_a_desk_that_slept_for_an_hour_catches_up_with_one_look(estate: Estate) -> None:
    since = grid.news(estate.desk(), 0).upto
    codes = ("1-101", "1-102", "1-103", "1-201", "1-202", "1-203")
    for turn in range(30):
        with estate.desk().working(estate.later(minutes=2)) as work:
            note(work, codes[turn % len(codes)])
    assert changed(estate, since) == set(codes)


def test_after_a_break_a_desk_goes_further_back(small_on_server: Estate) -> None:
    """A server that fell over may give numbers out again that others had seen: what has them is still found."""
    here = small_on_server
    with here.desk().working(here.now) as work:
        note(work, "1-101")
    ahead = grid.news(here.desk(), 0).upto
    assert grid.news(here.desk(), ahead).changes == ()
    assert "1-101" in changed_since(here, grid.news(here.desk(), ahead, after_break=True))


def changed_since(here: Estate, news: GridNews) -> set[str]:
    known = {row.id: row.code for row in here.all(select(unit))}
    return {known[one.id] for one in news.changes}


def test_a_server_that_counts_from_anew_lets_everything_be_read_again(estate: Estate) -> None:
    upto = grid.news(estate.desk(), 0).upto
    news = grid.news(estate.desk(), upto + 1_000)
    assert (news.rebuild, news.upto) == (True, upto)


def test_one_pc_never_goes_further_back(small: Estate) -> None:
    with small.house.engine.connect() as connection:
        assert feed.behind(connection, 7) == 7
