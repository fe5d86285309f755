"""The ground the tests stand on is itself tried: PostgreSQL is real, folders are a test's own, Qt ends well."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from tests import cluster

SOAK = """
from PySide6 import QtCore, QtWidgets

class Bell(QtCore.QObject):
    rung = QtCore.Signal(int)

app = QtWidgets.QApplication([])
bell, heard, window = Bell(), [], QtWidgets.QWidget()
bell.rung.connect(heard.append)
for turn in range(20_000):
    bell.rung.emit(turn)
    window.setEnabled(turn % 2 == 0)
assert heard == list(range(20_000))
"""


def test_a_postgresql_database_is_there_empty_and_speaks_utf_8(pg_url: URL) -> None:
    engine = create_engine(pg_url)
    with engine.connect() as connection:
        tables = connection.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).scalar_one()
        said = connection.execute(text("SELECT '销控' || current_setting('server_encoding')")).scalar_one()
    engine.dispose()
    assert (tables, said) == (0, "销控UTF8")


def test_two_desks_reach_one_database(pg_url: URL) -> None:
    address = pg_url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as one, psycopg.connect(address) as other:
        one.execute("CREATE TABLE seen (n integer)")
        one.execute("INSERT INTO seen VALUES (7)")
        assert other.execute("SELECT n FROM seen").fetchall() == [(7,)]


def test_the_folder_told_by_the_user_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    assert cluster.programs() == tmp_path


@pytest.mark.parametrize(("ci", "given_up"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_without_postgresql_ci_fails_and_a_pc_skips(
    ci: str, given_up: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(given_up, match="no PostgreSQL"):
        cluster.do_without()


def test_a_test_has_an_empty_home_of_its_own(own_world: Path) -> None:
    import platformdirs

    folder = platformdirs.user_data_path("salescenter", ensure_exists=True)
    assert folder.is_relative_to(own_world)
    assert list(folder.iterdir()) == []


def test_qt_survives_twenty_thousand_signals_and_ends_with_code_zero() -> None:
    ended = subprocess.run([sys.executable, "-c", SOAK], check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_worker_that_dies_while_it_ends_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_dies.py").write_text("import atexit, os\n\ndef test_passes():\n    atexit.register(os._exit, 3)\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "1", "-p", "tests.endings", "-p", "no:pytest-qt", str(tmp_path)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        check=False, capture_output=True, text=True,
    )
    assert "1 passed" in ended.stdout
    assert "gw0 with 3" in ended.stdout
    assert ended.returncode == 3
