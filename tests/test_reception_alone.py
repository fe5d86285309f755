"""A PC that begins while its server is away: reception goes on without a log-in, and leads to it when it can."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter.app import Programme
from salescenter.domain.refusals import DatabaseAway
from salescenter.i18n import speak
from salescenter.services.server.entering import Met
from salescenter.services.waiting.shelf import FOLDER, KnownReception, Shelf
from salescenter.ui.kit import display, drafts, preferences
from salescenter.ui.kit.buttons import Button
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.options import Options
from salescenter.ui.login.page import LoginPage
from salescenter.ui.reception.page import DRAFT, ReceptionPage
from tests.test_app import no_hooks_left
from tests.ui.hands import types

__all__ = ["no_hooks_left"]

PROJECT = "云栖花园"
KNOWN = KnownReception(
    {"channel": ("路过",), "product": ("三室",), "area": ("90–110㎡",)}, ((7, "林晓"), (8, "何雨")), {"visit": ("channel",)},
    "同意书",
)


@pytest.fixture
def silent() -> Iterator[int]:
    """A port of this PC where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def programme(
    tmp_path: Path, qapp: QApplication, silent: int, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Programme]:
    """The program on a PC that knows its house and cannot reach it."""
    speak("zh_CN")
    monkeypatch.setattr(display, "is_seen", lambda: True)
    server = f"postgresql://127.0.0.1:{silent}/salescenter"
    Shelf(tmp_path / FOLDER, server, PROJECT).know(KNOWN)
    known = preferences.Preferences(language="zh_CN", database=server, project=PROJECT, login="tangyue")
    preferences.save(tmp_path, known)
    made = Programme(qapp, Options(folder=tmp_path), tmp_path, known)
    made.begin()
    yield made
    made.end()
    made.frame.close()


def press(programme: Programme, qtbot: QtBot, words: str) -> None:
    """Press the button that says so, once it stands there."""

    def buttons() -> list[Button]:
        return [one for one in programme.frame.findChildren(Button) if one.text() == words and one.isVisible()]

    qtbot.waitUntil(lambda: bool(buttons()), timeout=30_000)
    buttons()[0].click()


def received(programme: Programme, qtbot: QtBot, words: str = "先接待来客") -> ReceptionPage:
    press(programme, qtbot, words)
    assert programme.shell is not None
    return programme.shell.findChildren(ReceptionPage)[0]


def test_whoever_comes_is_received_before_anybody_can_log_in(
    programme: Programme, tmp_path: Path, qtbot: QtBot
) -> None:
    page = received(programme, qtbot)
    shell = programme.shell
    assert shell is not None
    assert list(shell.rail.buttons) == ["reception"]
    qtbot.waitUntil(page.form.finding.line.hasFocus)  # whoever comes is at the door: no click before the first key
    assert "暂时无法登录" in shell.banner.text()
    asks = page.form.field("consultant").editor
    assert isinstance(asks, ComboBox)
    page.form.finding.put("13800135521")
    page.form.put(name="陈一凡", sex="female", channel="路过", product=("三室",), area=("90–110㎡",), consultant=8)
    page.register()
    (one,) = Shelf(tmp_path / FOLDER, "", PROJECT).waiting()
    assert (one.asked.facts.name, one.consultant_name, one.taker) == ("陈一凡", "何雨", 0)
    assert [line.title for line in page.day.visits.lines()] == ["陈一凡"]
    programme.show_login()
    again = received(programme, qtbot)
    assert not again.day.visits.lines()  # of what waits here nobody sees more without a log-in than they added


def test_it_leads_to_the_log_in_once_the_server_answers(
    programme: Programme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = programme._meet
    monkeypatch.setattr(programme, "_meet", lambda *asked: answers(*asked) if programme.shell is None else None)
    received(programme, qtbot)
    press(programme, qtbot, "重试")
    qtbot.waitUntil(lambda: programme.shell is not None and programme.shell.banner.text() == "服务器已恢复应答。")
    press(programme, qtbot, "登录")
    assert isinstance(programme.login, LoginPage)
    assert programme.shell is None


def test_one_look_whether_the_server_is_back_at_a_time_and_who_asks_is_told(
    programme: Programme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, looks, silent = programme._meet, list[int](), threading.Event()

    def meet(*asked: Any) -> Met | None:
        if programme.shell is None:
            return answers(*asked)
        looks.append(len(looks))
        silent.wait(60)  # as a server that stands still
        raise DatabaseAway

    monkeypatch.setattr(programme, "_meet", meet)
    page = received(programme, qtbot)
    shell = programme.shell
    assert shell is not None
    for _ in range(3):
        press(programme, qtbot, "重试")
    assert shell.status.text() == "正在联系服务器…"
    page.form.finding.put("13800135521")
    page.form.put(name="陈一凡", sex="female", channel="路过", product=("三室",), area=("90–110㎡",), consultant=8)
    page.register()  # waits for no answer of the server
    assert [line.title for line in page.day.visits.lines()] == ["陈一凡"]
    silent.set()
    qtbot.waitUntil(lambda: shell.status.text() == "服务器仍未应答；程序会自动重试。")
    assert looks == [0]
    press(programme, qtbot, "重试")
    qtbot.waitUntil(lambda: looks == [0, 1])


def test_what_is_half_typed_there_is_in_the_form_of_whoever_logs_in(
    programme: Programme, tmp_path: Path, qtbot: QtBot
) -> None:
    page = received(programme, qtbot)
    types(page.form.field("name").editor, "陈一凡")
    page.form.keep_now()  # as it does by itself half a second later
    programme.show_login()
    assert drafts.of(tmp_path, programme._where, 5).recall(DRAFT)["name"] == "陈一凡"


def test_another_language_is_spoken_there_too_and_nobodys_earlier_work_comes_up(
    programme: Programme, qtbot: QtBot
) -> None:
    received(programme, qtbot)
    programme._speak("en")
    assert isinstance(programme.login, LoginPage)
    received(programme, qtbot, "Receive visitors meanwhile")
    assert programme.shell is not None
    assert "nobody can log in yet" in programme.shell.banner.text()
