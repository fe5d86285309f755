"""A house on a server is dumped while desks work, tried in a scratch database, and put back; nothing is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from salescenter.domain.backup_plan import BackupPlan
from salescenter.domain.database_refusals import NoDatabaseFile, ProgramOlder
from salescenter.domain.refusals import DatabaseAway, NoRightToTry, NotADatabase, ProgramMissing, Stopped
from salescenter.services import auto_backup, backups, upkeep
from salescenter.services.house import open_house
from salescenter.services.server import dumping
from tests import cluster
from tests.houses import NOON, Estate, order


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs of the very server the tests run."""
    folder = cluster.programs()
    if folder is not None:
        monkeypatch.setenv("PG_BINDIR", str(folder))
    elif not dumping.can_dump():
        cluster.do_without()


def url_of(estate: Estate) -> str:
    return estate.house.url.render_as_string(hide_password=False)


def databases(server: URL) -> set[str]:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


@pytest.fixture
def before(pg_server: URL, small_on_server: Estate) -> set[str]:
    """The databases there are before anything is backed up."""
    return databases(pg_server)


@pytest.fixture
def backed(small_on_server: Estate, before: set[str], tmp_path: Path) -> Path:
    """A backup made after one sale; since then another unit was sold."""
    small_on_server.subscribe()
    upkeep.backup(url_of(small_on_server), tmp_path / "monday.dump")
    small_on_server.subscribe("1-102")
    return tmp_path / "monday.dump"


def test_a_backup_is_tried_in_a_database_that_is_taken_away(
    small_on_server: Estate, pg_server: URL, before: set[str], tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    small_on_server.subscribe()
    done = upkeep.backup(url_of(small_on_server), tmp_path / "m.dump", lambda done, whole: told.append((done, whole)))
    assert done.broken == ()
    assert done.path.stat().st_size == done.bytes > 10_000
    assert told
    assert databases(pg_server) == before
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".m")] == []


def test_a_backup_says_what_is_broken_in_it(small_on_server: Estate, before: set[str], tmp_path: Path) -> None:
    small_on_server.alter("1-101", state=60)
    done = upkeep.backup(url_of(small_on_server), tmp_path / "monday.dump")
    assert done.broken


def test_a_backup_that_is_stopped_leaves_nothing(
    small_on_server: Estate, pg_server: URL, before: set[str], tmp_path: Path
) -> None:
    def stop(_done: int, _whole: int) -> None:
        raise Stopped(what="backup")

    with pytest.raises(Stopped):
        upkeep.backup(url_of(small_on_server), tmp_path / "monday.dump", stop)
    assert databases(pg_server) == before
    assert not (tmp_path / "monday.dump").exists()


def test_a_backup_takes_the_place_of_the_house_which_is_kept(
    small_on_server: Estate, pg_server: URL, before: set[str], backed: Path
) -> None:
    small_on_server.house.close()
    kept = upkeep.restore(backed, url_of(small_on_server))
    assert isinstance(kept, str)
    try:
        assert databases(pg_server) == before | {kept}
        deals = {name: count_of(pg_server, name) for name in (str(small_on_server.house.url.database), kept)}
        assert list(deals.values()) == [1, 2]
        assert small_on_server.read(text("SHOW log_min_error_statement")) == ("panic",)  # which no dump carries along
        small_on_server.house.close()
    finally:
        order(pg_server, f'DROP DATABASE "{kept}"')


def count_of(server: URL, name: str) -> int:
    house = open_house(server.set(database=name).render_as_string(hide_password=False))
    with house.engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM deal").scalar()
    house.close()
    return int(count or 0)


def test_a_house_somebody_has_open_is_not_replaced(
    small_on_server: Estate, pg_server: URL, before: set[str], backed: Path
) -> None:
    with small_on_server.house.engine.connect() as desk:
        desk.exec_driver_sql("SELECT 1")
        desk.commit()  # open, and in no work that the server would end
        with pytest.raises(DatabaseAway) as refused:
            upkeep.restore(backed, url_of(small_on_server))
    assert refused.value.details["why"] == "in-use"
    assert databases(pg_server) == before


@pytest.mark.parametrize("damage", [b"", b"a letter", None])
def test_what_is_no_whole_backup_replaces_nothing(
    small_on_server: Estate, pg_server: URL, before: set[str], backed: Path, damage: bytes | None
) -> None:
    whole = backed.read_bytes()
    backed.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    small_on_server.house.close()
    with pytest.raises(NotADatabase):
        upkeep.restore(backed, url_of(small_on_server))
    assert databases(pg_server) == before
    assert count_of(pg_server, str(small_on_server.house.url.database)) == 2


def test_nothing_is_restored_from_nowhere(small_on_server: Estate, tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseFile):
        upkeep.restore(tmp_path / "none.dump", url_of(small_on_server))


def test_a_pc_without_the_programs_says_so(
    small_on_server: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    monkeypatch.setattr(dumping, "PLACES", ())
    with pytest.raises(ProgramMissing) as refused:
        upkeep.backup(url_of(small_on_server), tmp_path / "monday.dump")
    assert refused.value.details["program"] == "pg_dump"
    assert not backups.can_back_up(small_on_server.desk())


def test_programs_older_than_the_server_are_told_by_their_versions(
    small_on_server: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n", encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    with pytest.raises(ProgramOlder) as refused:
        upkeep.backup(url_of(small_on_server), tmp_path / "monday.dump")
    assert (refused.value.details["program"], refused.value.details["found"]) == ("pg_dump", 9)
    assert [one.name for one in tmp_path.iterdir() if one.suffix != "" and "dump" in one.suffix] == []


@pytest.fixture
def clerk(pg_server: URL, small_on_server: Estate) -> Iterator[str]:
    """A log-in of the server that may make no database."""
    name = f"clerk_{uuid4().hex[:8]}"
    order(pg_server, f"CREATE ROLE {name} LOGIN")
    yield name
    order(pg_server, f"DROP ROLE {name}")


def test_who_may_make_no_scratch_database_is_told(
    small_on_server: Estate, clerk: str, before: set[str], pg_server: URL, tmp_path: Path
) -> None:
    url = small_on_server.house.url.set(username=clerk).render_as_string(hide_password=False)
    with pytest.raises(NoRightToTry):
        upkeep.backup(url, tmp_path / "monday.dump")
    assert databases(pg_server) == before


def test_the_pc_that_has_the_folder_makes_the_servers_backups(small_on_server: Estate, tmp_path: Path) -> None:
    desk, folder = small_on_server.desk(), tmp_path / "kept"
    assert not auto_backup.due(desk, NOON)
    auto_backup.change_plan(desk, BackupPlan(str(folder)), NOON)
    assert not auto_backup.due(desk, NOON)
    folder.mkdir()
    assert auto_backup.due(desk, NOON)
    made = auto_backup.make(desk, NOON)
    assert made.done.path.suffix == ".dump"
    assert not auto_backup.due(desk, NOON + timedelta(hours=1))
    assert [one.path for one in auto_backup.listed(desk)] == [made.done.path]
