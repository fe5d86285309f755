"""What every test stands on: no display, folders of its own, Chinese on the screens, a real PostgreSQL on demand."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt
os.environ.setdefault("PYSIDE6_OPTION_LAZY", "0")  # all types at once: no test waits for what the program makes aside

import psycopg
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot
from sqlalchemy.engine import URL, make_url

from salescenter import i18n
from salescenter.services import house
from salescenter.ui.kit.tidy import collect_over
from tests import cluster
from tests.endings import pytest_sessionfinish, pytest_testnodeready
from tests.papers_watched import papers_are_watched, sound_papers

__all__ = ["bare_screen", "own_world", "papers_are_watched", "pg_server", "pg_url", "pytest_collection_modifyitems",
           "pytest_sessionfinish", "pytest_testnodeready", "quick_hashes", "sound_papers", "swept"]

FOLDERS = {
    "XDG_DATA_HOME": "share", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "local", "WIN_PD_OVERRIDE_APPDATA": "roaming",
}
"""The variables that say where a user's files lie, and the folder each gets inside a test's own."""

gc.disable()  # see `swept`
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True  # a busy PC fails no test
)
settings.load_profile("house")
for waiting in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
    waiting.__kwdefaults__ = {**(waiting.__kwdefaults__ or {}), "timeout": 60_000}  # milliseconds; nor does one whose window or lane takes its time


def _folders(home: Path) -> dict[str, str]:
    found = {name: str(home / folder) for name, folder in FOLDERS.items()}
    return found | {"HOME": str(home)} if sys.platform == "darwin" else found


_run_home = Path(tempfile.mkdtemp(prefix="salescenter-tests-"))
atexit.register(shutil.rmtree, _run_home, ignore_errors=True)
os.environ.update(_folders(_run_home))  # also for what reads its folders while it is imported


@pytest.fixture(autouse=True)
def own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test an empty home, so that no test meets the user's files or another test's, and our language."""
    home = tmp_path / "home"
    for name, folder in _folders(home).items():
        monkeypatch.setenv(name, folder)
    i18n.speak("zh_CN")
    yield home
    i18n.speak("zh_CN")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes a minute, in whatever order: at the end one core would wait for the other."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Let a password cost microseconds; what it costs outside has a test of its own."""
    usual, house._hasher = house._hasher, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    house._hasher = usual


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Let go of what is left over between two tests, on this thread: another's collector would end a window there."""
    yield
    gc.disable()  # whatever the test did
    collect_over(gc.get_threshold())


@pytest.fixture(autouse=True)
def bare_screen() -> Iterator[None]:
    """Leave no window behind: a sheet still open would take the keys of whatever is tested next."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    for window in widgets.QApplication.topLevelWidgets():
        if window.isVisible():
            window.hide()


@pytest.fixture(scope="session")
def pg_server() -> Iterator[URL]:
    """A PostgreSQL server: SALES_TEST_PG_URL, else a throw-away cluster; without binaries CI fails, a PC skips."""
    if told := os.environ.get("SALES_TEST_PG_URL"):
        yield make_url(told).set(drivername="postgresql+psycopg")
        return
    folder = cluster.programs()
    if folder is None:
        cluster.do_without()
    with cluster.running(folder) as server:
        yield URL.create("postgresql+psycopg", cluster.OWNER, host=server.host, port=server.port, database="postgres")


@pytest.fixture
def pg_url(pg_server: URL) -> Iterator[URL]:
    """An empty PostgreSQL database of the test's own, dropped afterwards."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    _at_large(pg_server, f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield pg_server.set(database=name)
    _at_large(pg_server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _at_large(server: URL, order: str) -> None:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(order.encode())
