"""The feed: whatever is written while others are still at work, no desk misses a change."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from salescenter.data import feed, units
from salescenter.data.estate import unit
from salescenter.data.history import clock
from salescenter.services import grid
from salescenter.services.work import Work
from tests.houses import Estate, estate, pg_model, small, small_on_server, sqlite_model

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


