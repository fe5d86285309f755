"""The way to the newest tables: empty databases of both engines, the first version, and ways that break in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import URL

from salescenter.data import guards, migrations, paper_index, versions
from salescenter.data.engine import address, open_engine
from salescenter.data.tables import metadata
from salescenter.domain.refusals import DatabaseTooNew, DatabaseTooOld, NotADatabase
from salescenter.services import upkeep
from salescenter.services.house import open_house
from salescenter.services.new_house import NewHouse, make_house
from tools import first_migration

ROOT = Path(__file__).resolve().parents[2]
HOUSE = NewHouse("云栖花园", "经理", "boss")

NEXT = '''"""A version to come."""

import os
import signal

from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("person", sa.Column("badge", sa.String(), nullable=True))
    op.execute("UPDATE person SET name = 'changed'")
    {then}
'''


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """An empty database of each engine."""
    where = tmp_path / "empty.db" if request.param == "sqlite" else request.getfixturevalue("pg_url")
    engine = open_engine(where if isinstance(where, URL) else address(where))
    yield engine
    engine.dispose()


@pytest.fixture
def to_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make the program know a further version; returns what says how its way ends."""
    folder = tmp_path / "versions"

    def write(then: str = "pass") -> tuple[Path, ...]:
        shutil.copytree(migrations.VERSIONS, folder, dirs_exist_ok=True)
        (folder / "0002_next.py").write_text(NEXT.replace("{then}", then), "utf-8")
        return (folder,)

    monkeypatch.setattr(versions, "KNOWN", ("0001", "0002"))
    monkeypatch.setattr(versions, "NEWEST", "0002")
    monkeypatch.setattr(upkeep, "upgrade", lambda engine: migrations.upgrade(engine, folders=(folder,)))
    return write


def differences(engine: Engine) -> list[Any]:
    how: dict[str, Any] = {"compare_type": True, "include_name": lambda name, kind, _: not _of_the_index(name, kind)}
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts=how), metadata))


def _of_the_index(name: str | None, kind: str) -> bool:
    """The index of words is no table of the house: it is made with the guards, and anew when it is missing."""
    return kind == "table" and (name or "").startswith(paper_index.INDEX)


def test_an_empty_database_comes_up_to_the_tables_as_they_are(empty: Engine) -> None:
    migrations.upgrade(empty)
    assert differences(empty) == []
    assert versions.of(empty) == versions.NEWEST


def test_a_new_house_is_stamped_with_the_version_its_tables_have(tmp_path: Path) -> None:
    house = make_house(tmp_path / "house.db", HOUSE)
    assert versions.of(house.engine) == migrations.revisions()[-1]
    assert differences(house.engine) == []
    house.close()


def test_a_new_house_on_a_server_is_stamped_too(pg_url: URL) -> None:
    house = make_house(pg_url.render_as_string(hide_password=False), HOUSE)
    assert versions.of(house.engine) == versions.NEWEST
    assert differences(house.engine) == []
    house.close()


def test_migrated_tables_and_fresh_ones_are_written_alike(tmp_path: Path) -> None:
    made = make_house(tmp_path / "made.db", HOUSE)
    walked = open_engine(address(tmp_path / "walked.db"))
    migrations.upgrade(walked)
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name"
    for engine in (made.engine, walked):
        with engine.connect() as connection:
            found = connection.execute(text(indexes)).scalars().all()
        assert "ux_deal_living_unit" in found
        assert len(found) == len({*found})
    with made.engine.connect() as one, walked.connect() as other:
        assert one.execute(text(indexes)).all() == other.execute(text(indexes)).all()
    made.close()
    walked.dispose()


def test_the_program_knows_every_version_there_is_a_way_to() -> None:
    assert migrations.revisions() == versions.KNOWN


@pytest.mark.skipif(len(versions.KNOWN) > 1, reason="the first version is released and stands for ever")
def test_the_first_migration_follows_the_tables_until_they_are_released() -> None:
    assert first_migration.stale() == []


def test_the_tool_writes_what_it_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_migration, "FOLDER", tmp_path / "first")
    monkeypatch.setattr(first_migration, "VERSIONS", tmp_path / "versions")
    monkeypatch.setattr(first_migration, "HERE", tmp_path)
    assert first_migration.main(["check"]) == 1
    assert first_migration.main([]) == 0
    assert first_migration.main(["check"]) == 0


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    house = make_house(tmp_path / "house.db", HOUSE)
    with house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        versions.stamp(connection, "0999")
    house.close()
    for open_it in (open_house, upkeep.migrate):
        with pytest.raises(DatabaseTooNew) as refused:
            open_it(tmp_path / "house.db")
        assert refused.value.details == {"found": "0999", "known": versions.NEWEST}


def test_an_older_database_is_opened_only_after_its_migration(tmp_path: Path, to_come: Any) -> None:
    path = tmp_path / "house.db"
    old = make_house(path, HOUSE)
    with old.engine.connect().execution_options(writes=True) as connection, connection.begin():
        versions.stamp(connection, "0001")
    old.close()
    to_come()
    with pytest.raises(DatabaseTooOld) as refused:
        open_house(path)
    assert refused.value.details == {"path": str(path), "found": "0001", "known": "0002"}
    done = upkeep.migrate(path)
    assert (done.before, done.after) == ("0001", "0002")
    assert done.copy == tmp_path / "house.before-1.db"
    house = open_house(path)
    assert {"badge"} <= {column["name"] for column in inspect(house.engine).get_columns("person")}
    assert [person.name for person in house.people()] == ["changed"]
    house.close()
    assert names_in(done.copy) == ["经理"]
    assert upkeep.migrate(path).copy is None


def names_in(path: Path) -> list[str]:
    engine = open_engine(address(path))
    with engine.connect() as connection:
        found = list(connection.execute(text("SELECT name FROM person")).scalars())
    engine.dispose()
    return found


W = TypeVar("W", Path, str)


def at_version_one(path: W) -> W:
    house = make_house(path, HOUSE)
    with house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        versions.stamp(connection, "0001")
    house.close()
    return path


def test_a_way_that_breaks_in_the_middle_leaves_the_old_database_whole(tmp_path: Path, to_come: Any) -> None:
    path = at_version_one(tmp_path / "house.db")
    to_come("raise RuntimeError('in the middle')")
    with pytest.raises(RuntimeError, match="in the middle"):
        upkeep.migrate(path)
    engine = open_engine(address(path))
    assert versions.of(engine) == "0001"
    assert differences(engine) == []
    engine.dispose()
    assert names_in(path) == ["经理"]


def test_a_way_that_breaks_on_a_server_leaves_it_whole(pg_url: URL, to_come: Any, tmp_path: Path) -> None:
    where = pg_url.render_as_string(hide_password=False)
    house = make_house(where, HOUSE)
    with house.engine.connect() as connection, connection.begin():
        versions.stamp(connection, "0001")
    to_come("raise RuntimeError('in the middle')")
    with pytest.raises(RuntimeError, match="in the middle"):
        upkeep.migrate(where, tmp_path)
    assert [kept.name for kept in tmp_path.glob("*.dump")] == [f"{pg_url.database}.before-1.dump"]
    assert versions.of(house.engine) == "0001"
    assert differences(house.engine) == []
    house.close()


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_a_program_killed_in_the_middle_leaves_the_old_database_whole(tmp_path: Path, to_come: Any) -> None:
    path = at_version_one(tmp_path / "house.db")
    (folder,) = to_come("os.kill(os.getpid(), signal.SIGKILL)")
    program = (
        "import sys; from pathlib import Path; from salescenter.data import migrations\n"
        "from salescenter.data.engine import address, open_engine\n"
        "migrations.upgrade(open_engine(address(sys.argv[1])), folders=(Path(sys.argv[2]),))"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(path), str(folder)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert names_in(path) == ["经理"]
    engine = open_engine(address(path))
    assert versions.of(engine) == "0001"
    assert differences(engine) == []
    engine.dispose()


WALKS = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from salescenter.data import migrations, versions
from salescenter.data.engine import address, open_engine

def walk(where, folder, at):
    engine, said = open_engine(address(where)), 0

    def die():
        os.kill(os.getpid(), signal.SIGKILL)

    def dies(*_):
        nonlocal said
        said += 1
        if said == at:
            die()

    for moment in ("before_cursor_execute", "after_cursor_execute"):
        event.listen(engine, moment, dies)
    if not at:
        event.listen(engine, "commit", lambda _: die())
    migrations.upgrade(engine, folders=(Path(folder),))

def found(where):
    engine = open_engine(address(where))
    with engine.connect() as line:
        names = line.exec_driver_sql("SELECT name FROM person").scalars().all()
        columns = line.exec_driver_sql("SELECT * FROM person").keys()
        guards = line.exec_driver_sql(sys.argv[3]).scalar()
    engine.dispose()
    return versions.of(engine), *names, "badge" in columns, guards

at, ended = 0, 1
while ended:
    child = os.fork()
    if not child:
        walk(*sys.argv[1:3], at)
        os._exit(0)
    _, ended = os.waitpid(child, 0)
    at += int(sys.argv[4])
    print(*found(sys.argv[1]))
"""
"""Walks the way again and again, killed at its commit and so many statements later each time; prints what stands there."""

STRIDE = {"sqlite": 13, "postgresql": 37}
"""Of so many moments, before or after a statement, one is tried; 1 tries them all and takes a minute."""

GUARDS = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name LIKE '%\\_stays\\_on\\_%' ESCAPE '\\'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%%\\_stays\\_on\\_%%'",
}


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
@pytest.mark.parametrize("kind", GUARDS)
def test_killed_at_any_statement_the_way_is_walked_or_it_is_not(
    request: pytest.FixtureRequest, tmp_path: Path, to_come: Any, kind: str
) -> None:
    url = request.getfixturevalue("pg_url") if kind == "postgresql" else None
    where = url.render_as_string(hide_password=False) if url else str(tmp_path / "house.db")
    at_version_one(where)
    (folder,) = to_come()
    ended = subprocess.run([sys.executable, "-c", WALKS, where, str(folder), GUARDS[kind], str(STRIDE[kind])],
                           cwd=ROOT, check=True, capture_output=True, text=True)  # fmt: skip
    *before, after = ended.stdout.splitlines()
    guarded = 2 * len(guards.APPEND_ONLY)
    assert set(before) == {f"0001 经理 False {guarded}"}
    assert after == f"0002 changed True {guarded}"
    assert len(before) >= 3


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_a_disk_too_full_for_the_copy_leaves_the_old_database_whole(tmp_path: Path, to_come: Any) -> None:
    path = at_version_one(tmp_path / "house.db")
    to_come()
    program = (
        "import resource, signal, sys; from salescenter.data import versions\n"
        "from salescenter.domain.refusals import CannotWrite; from salescenter.services import upkeep\n"
        "versions.KNOWN, versions.NEWEST = ('0001', '0002'), '0002'\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "try:\n    upkeep.migrate(sys.argv[1])\nexcept CannotWrite as refusal:\n    print(refusal.code)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, check=False, capture_output=True,
                           text=True)  # fmt: skip
    assert (ended.stdout, ended.stderr) == ("cannot-write\n", "")
    assert names_in(path) == ["经理"]
    assert [file.name for file in tmp_path.glob("*house*")] == ["house.db"]


def test_a_way_that_loses_what_a_row_points_at_is_not_walked(tmp_path: Path, to_come: Any) -> None:
    path = at_version_one(tmp_path / "house.db")
    to_come("op.execute('INSERT INTO stair (building_id, name, position) VALUES (99, \\'x\\', 0)')")
    with pytest.raises(ValueError, match="point at nothing"):
        upkeep.migrate(path)
    assert names_in(path) == ["经理"]


@pytest.mark.parametrize(("order", "why"), [(None, "no-tables"), ("CREATE TABLE project (id)", "no-version")])
def test_a_file_that_is_no_house_is_not_made_into_one(tmp_path: Path, order: str | None, why: str) -> None:
    path = tmp_path / "other.db"
    engine = open_engine(address(path))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text(order or "CREATE TABLE recipe (id)"))
    engine.dispose()
    before = path.read_bytes()
    for open_it in (open_house, upkeep.migrate):
        with pytest.raises(NotADatabase) as refused:
            open_it(path)
        assert refused.value.details == {"path": str(path), "why": why}
    assert path.read_bytes() == before
