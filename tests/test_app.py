"""The program from its start: first page, log-in, shell; and each trouble said in one sentence with exit code 2."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from salescenter.app import Programme
from salescenter.data.engine import address
from salescenter.data.estate import project
from salescenter.data.types import CHINA
from salescenter.domain.staff import Role
from salescenter.i18n import spoken
from salescenter.services.house import House, open_house
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.people import PasswordRequest, set_password
from salescenter.services.server.preparing import prepare
from salescenter.ui.first_run.page import FirstRunPage
from salescenter.ui.kit import display, late, preferences, theme
from salescenter.ui.kit.display import CANNOT
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.options import Options, options_of, plain_window
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.login.trouble import TroublePage
from tests.houses import NOON
from tests.pair import guarded
from tests.ui.hands import types

ROOT = Path(__file__).resolve().parents[1]
Start = Callable[..., Programme]


@pytest.fixture(autouse=True)
def no_hooks_left() -> Iterator[None]:
    """The crash handler hooks into the whole process; each test gives it back."""
    hooks, handlers = (sys.excepthook, threading.excepthook), list(logging.getLogger().handlers)
    yield
    sys.excepthook, threading.excepthook = hooks
    for added in set(logging.getLogger().handlers) - set(handlers):
        logging.getLogger().removeHandler(added)
        added.close()


@pytest.fixture(autouse=True)
def one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell with one empty page: what the areas do is tested with them."""
    from salescenter.ui import pages

    monkeypatch.setattr(pages, "PAGES", (Page("grid", "For sale", "floorplan", lambda _: QWidget(), order=10),))


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    begun: list[Programme] = []
    monkeypatch.setattr(late, "LATE", ())

    def begin(**options: Any) -> Programme:
        folder = tmp_path / "data"
        programme = Programme(qapp, Options(folder=folder, **options), folder, preferences.load(folder))
        begun.append(programme)
        programme.begin()
        return programme

    yield begin
    for programme in begun:
        programme.end()
        programme.frame.close()
        programme.frame.deleteLater()
    theme.wear(qapp, dark=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    file = tmp_path / "house.db"
    make_house(file, NewHouse("云栖花园", "沈知行", "shen", "secret1")).close()
    return file


def shown(programme: Programme, kind: type[QWidget]) -> Any:
    return programme.frame.findChild(kind)


def log_in(programme: Programme, qtbot: QtBot, password: str = "secret1") -> None:
    assert programme.login is not None
    programme.login.name.setText("shen")
    programme.login.password.setText(password)
    programme.login.enter.click()
    qtbot.waitUntil(lambda: programme.shell is not None or programme.login.trouble.isVisible())  # type: ignore[union-attr]


def test_a_new_pc_is_shown_the_three_ways(start: Start) -> None:
    programme = start()
    assert isinstance(shown(programme, FirstRunPage), FirstRunPage)
    assert programme.frame.isVisible()


def test_a_database_made_on_the_first_page_leads_to_its_log_in(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    programme = start()
    page = shown(programme, FirstRunPage)
    page.show_new()
    page.form.put(project="云栖花园", manager="沈知行", login="shen", password="secret1", again="secret1",
                  where=str(tmp_path / "new.db"))
    page.make()
    qtbot.waitUntil(lambda: programme.login is not None)
    qtbot.waitUntil(lambda: programme._known.project == "云栖花园")
    log_in(programme, qtbot)
    assert programme.shell is not None
    assert programme.shell.windowTitle() == "云栖花园"


def test_the_next_start_knows_the_database_and_who_was_in(start: Start, house: Path, qtbot: QtBot) -> None:
    first = start(database=str(house))
    qtbot.waitUntil(lambda: bool(first._known.people))
    log_in(first, qtbot)
    first.end()
    first.frame.close()
    again = start()
    assert again.login is not None
    assert again.login.windowTitle() == "云栖花园"
    assert again.login.name.text() == "shen"


def test_a_wrong_password_is_said_on_the_page(start: Start, house: Path, qtbot: QtBot) -> None:
    programme = start(database=str(house))
    log_in(programme, qtbot, "wrong")
    assert programme.shell is None
    assert programme.login is not None
    assert programme.login.trouble.text().startswith("登录名或密码不对。")


def test_the_shell_hears_the_feed(start: Start, house: Path, qtbot: QtBot) -> None:
    programme = start(database=str(house))
    log_in(programme, qtbot)
    shell = programme.shell
    assert shell is not None
    qtbot.waitUntil(lambda: "本机" in shell.bar._link.text())
    assert shell.stage.currentWidget() is not None


def test_the_house_s_clock_decides_and_not_the_pc_s(
    start: Start, house: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = start(database=str(house))
    log_in(programme, qtbot)
    told = datetime(2026, 3, 2, 12, tzinfo=CHINA)
    monkeypatch.setattr(House, "now", lambda _: told)
    assert programme.shell is not None
    assert programme.shell._premises.now() == told


def test_another_language_and_the_dark_look_are_remembered(start: Start, house: Path, qtbot: QtBot, tmp_path: Path) -> None:
    programme = start(database=str(house))
    log_in(programme, qtbot)
    programme._wear(True)
    programme._speak("en")
    assert spoken() == "en"
    assert theme.tokens().dark
    shell = programme.shell
    assert shell is not None
    assert shell.bar._link.text() or shell.finder.placeholderText().startswith("Room")
    assert preferences.load(tmp_path / "data")._replace(people=()).dark
    assert preferences.load(tmp_path / "data").language == "en"


def test_leaving_shows_the_log_in_again(start: Start, house: Path, qtbot: QtBot) -> None:
    programme = start(database=str(house))
    log_in(programme, qtbot)
    programme.show_login()
    assert programme.shell is None
    assert programme.login is not None


def test_whose_role_changed_is_led_to_the_log_in_which_says_why(start: Start, house: Path, qtbot: QtBot) -> None:
    programme = start(database=str(house))
    log_in(programme, qtbot)
    shell = programme.shell
    assert shell is not None
    with sqlite3.connect(house) as connection:
        connection.execute("UPDATE person SET role = 'planner'")
    connection.close()
    sheet, form, note = Sheet("认购"), FormGrid(), LineEdit()
    form.add("note", "备注", note)
    form.keep_draft(shell.room.drafts, "half-filled")
    sheet.put_form(form)
    sheet.stand_over(programme.frame)
    types(note, "abc")
    desk, now = shell.room.desk, shell.room.now()
    refused: list[Exception] = []
    for _ in range(2):  # the second answer comes to nobody
        shell.room.lane.run(lambda: set_password(desk, PasswordRequest(1, ""), now), lambda _: None, owner=shell,
                            refused=refused.append)
    qtbot.waitUntil(lambda: programme.shell is None)
    assert programme.login is not None
    assert programme.login.trouble.text().startswith("沈知行 的角色已由销售经理改为策划，本次操作未执行。")
    qtbot.waitUntil(programme.login.trouble.isVisible)
    assert [one for one in programme.frame.findChildren(Sheet) if one.isVisible()] == []
    log_in(programme, qtbot)
    assert programme.shell is not None
    assert programme.shell.room.desk.who.role is Role.PLANNER
    assert programme.shell.room.drafts.recall("half-filled") == {"note": "abc"}
    assert refused == []


def test_another_database_is_offered_with_a_way_back(start: Start, house: Path, qtbot: QtBot) -> None:
    programme = start(database=str(house))
    qtbot.waitUntil(lambda: bool(programme._known.people))
    programme._show_first_run()
    page = shown(programme, FirstRunPage)
    assert page._doors.back is not None
    page._doors.back()
    assert programme.login is not None


def too_new(house: Path) -> None:
    with sqlite3.connect(house) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def test_a_newer_database_is_said_in_the_window_with_ways_on(
    start: Start, house: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    too_new(house)
    monkeypatch.setattr(display, "is_seen", lambda: True)
    programme = start(database=str(house))
    qtbot.waitUntil(lambda: isinstance(shown(programme, TroublePage), TroublePage))
    assert programme.code == CANNOT
    assert "更新版本" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said(
    start: Start, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("in the way")
    programme = start()
    assert programme.code == CANNOT
    assert "无法写入" in capsys.readouterr().err


NOWHERE = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
"""Surroundings without a display."""


def whole_program(
    tmp_path: Path, *arguments: str, folder: Path = ROOT, **surroundings: str
) -> subprocess.CompletedProcess[str]:
    home = os.environ | {"XDG_DATA_HOME": str(tmp_path / "share"), "QT_QPA_PLATFORM": "offscreen"} | surroundings
    return subprocess.run([sys.executable, str(ROOT / "main.py"), *arguments], env=home, cwd=folder, capture_output=True,
                          text=True, check=False, timeout=120)


def one_sentence(done: subprocess.CompletedProcess[str]) -> bool:
    lines = [line for line in done.stderr.splitlines() if "This plugin" not in line]
    return done.returncode == CANNOT and len(lines) == 1 and "Traceback" not in done.stderr


def test_the_whole_program_refuses_a_newer_database_with_a_sentence(tmp_path: Path, house: Path) -> None:
    too_new(house)
    preferences.save(tmp_path / "share" / "salescenter", preferences.Preferences(database=str(house)))
    done = whole_program(tmp_path)
    assert one_sentence(done), done.stderr
    assert "更新版本" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_the_whole_program_says_that_no_display_is_there(tmp_path: Path) -> None:
    done = whole_program(tmp_path, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert one_sentence(done), done.stderr


def test_the_whole_program_says_that_its_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "share").write_text("in the way")
    done = whole_program(tmp_path)
    assert one_sentence(done), done.stderr
    assert "无法写入" in done.stderr


def test_the_window_comes_back_where_it_stood(start: Start, house: Path, qtbot: QtBot) -> None:
    first = start(database=str(house))
    qtbot.waitUntil(lambda: bool(first._known.people))
    first.frame.resize(711, 555)
    first.frame.close()
    first.end()
    again = start()
    assert (again.frame.width(), again.frame.height()) == (711, 555)


def test_another_project_of_the_database_opens_its_own_shell(start: Start, house: Path, qtbot: QtBot) -> None:
    opened = open_house(house)
    with opened.engine.begin() as connection:
        connection.execute(insert(project).values(name="云栖二期", developer="", rounding="fen", facts={}))
    opened.close()
    programme = start(database=str(house))
    qtbot.waitUntil(lambda: len(programme._projects) == 2)
    log_in(programme, qtbot)
    assert programme.shell is not None
    menu = programme.shell.bar.findChildren(QMenu)[-1]
    assert [action.text() for action in menu.actions()] == ["云栖花园", "云栖二期"]
    menu.actions()[1].trigger()
    assert programme.shell.windowTitle() == "云栖二期"
    assert programme._desk is not None
    assert programme._desk.project == 2


@pytest.mark.parametrize(("arguments", "options"), [
    ([], Options()), (["--demo"], Options(demo=True)), (["--demo", "--fresh"], Options(demo=True, fresh=True)),
    (["--help"], None), (["check", "--database", "x.db"], None),
])
def test_the_window_alone_is_read_without_the_whole_command_line(arguments: list[str], options: Options | None) -> None:
    assert plain_window(arguments) == options


def test_the_window_takes_what_it_understands_of_a_command_line() -> None:
    asked = Namespace(demo=True, fresh=False, lang=None, stop_after=None, tour=None, command=None)
    assert options_of(asked) == Options(demo=True)


def test_it_stops_when_the_log_in_is_painted_if_so_asked(tmp_path: Path, house: Path) -> None:
    preferences.save(tmp_path / "share" / "salescenter", preferences.Preferences(database=str(house)))
    (tmp_path / "share" / "salescenter" / "sample.db").write_bytes(house.read_bytes())
    done = whole_program(tmp_path, "--demo", "--stop-after", "login")
    assert (done.returncode, done.stdout.strip()) == (0, "painted")


def test_a_tour_that_cannot_leave_its_pictures_says_so_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "tour").write_text("a file")
    for arguments, surroundings in ((("--tour", str(tmp_path / "tour")), {}), (("--demo",), NOWHERE)):
        done = whole_program(tmp_path, *arguments, folder=tmp_path, **surroundings)
        assert (done.returncode, "Traceback" in done.stderr) == (CANNOT, False)
        assert "tour" in done.stderr.splitlines()[-1]


def test_what_goes_wrong_where_nobody_looks_ends_the_program_with_its_reason(tmp_path: Path, house: Path) -> None:
    sample = tmp_path / "share" / "salescenter" / "sample.db"
    sample.parent.mkdir(parents=True)
    sample.write_bytes(house.read_bytes())
    assert one_sentence(whole_program(tmp_path, "--demo", "--stop-after", "grid"))  # the manager has a password
    sample.unlink()
    make_house(sample, NewHouse("云栖花园", "沈知行", "shen")).close()
    with closing(sqlite3.connect(sample)) as line:
        line.execute("ALTER TABLE unit RENAME COLUMN quoted TO of_another_program")
    done = whole_program(tmp_path, "--demo", "--stop-after", "grid")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no such column" in done.stderr


# --- a desk of a LAN


@pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
def test_a_desk_joins_a_server_by_address_and_personal_log_in_and_keeps_no_password(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    with guarded() as server:
        server.let_in("host all all 127.0.0.1/32 scram-sha-256")
        owner, where = (f"postgresql://{who}127.0.0.1:{server.port}/house" for who in ("sales@", ""))
        prepare(address(owner), NewHouse("云栖花园", "沈知行", "shen", "secret1"), 1, NOON)
        programme = start()
        page = shown(programme, FirstRunPage)
        page.show_existing()
        page.where.put(where)
        page.open_existing()
        qtbot.waitUntil(lambda: programme.login is not None)
        log_in(programme, qtbot, "guess12")
        assert programme.login is not None
        assert "姓名" in programme.login.trouble.text() or "密码" in programme.login.trouble.text()
        log_in(programme, qtbot)
        assert programme.shell is not None
        assert programme.shell.windowTitle() == "云栖花园"
        assert programme._desk is not None
        assert programme._desk.engine.url.username == "shen"
        assert programme._known.database == where
        kept = [file.read_text("utf-8", "replace") for file in (tmp_path / "data").rglob("*") if file.is_file()]
        assert kept
        assert [text for text in kept if "secret1" in text] == []
        programme.end()
