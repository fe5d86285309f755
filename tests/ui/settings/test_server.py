"""The server in the settings: looked over with remedies, prepared, and the house moved there with a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from sqlalchemy.engine import URL

from salescenter.domain.refusals import HouseMoved
from salescenter.services.house import open_house
from salescenter.services.server.moving import Move, move
from salescenter.ui.kit.labels import Label
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.server import ServerSection
from tests.ui.sampled import Sampled


@pytest.fixture
def section(page: SettingsPage, pg_url: URL) -> ServerSection:
    """The section with an empty server typed in."""
    found = page.section("server")
    assert isinstance(found, ServerSection)
    where = f"postgresql://{pg_url.host}:{pg_url.port}/{pg_url.database}"
    found.asked.put(where=where, login=pg_url.username, desks=5)
    return found


def told(section: ServerSection) -> list[str]:
    return [label.text() for label in section.found.findChildren(Label)]


def test_a_server_is_looked_over_and_what_is_missing_has_its_remedy(section: ServerSection) -> None:
    QTest.mouseClick(section.look_button, Qt.MouseButton.LeftButton)
    assert section.found.isVisible()
    assert "60，5 台电脑需要 25" in told(section)
    assert "请在设置中启用每日备份，或按指南定时运行 pg_dump。" in told(section)
    assert section.look_button.isEnabled()


def test_a_server_is_prepared_and_the_second_time_nothing_is_to_do(section: ServerSection) -> None:
    QTest.mouseClick(section.ready_button, Qt.MouseButton.LeftButton)
    assert "已建表并启用保护" in section.banner.text()
    section.make_ready()
    assert section.banner.text().startswith("无需处理")


def test_what_cannot_be_reached_is_said_and_what_was_typed_stays(section: ServerSection) -> None:
    section.asked.put(where="postgresql://127.0.0.1:1/house", password="s3cret")
    section.look()
    assert "没有应答" in section.banner.text()
    assert section.asked.value("where") == "postgresql://127.0.0.1:1/house"
    assert "s3cret" not in section.banner.text()
    section.asked.put(where="house.db")
    section.look()
    assert section.asked.field("where").error()


def test_the_password_is_hidden(section: ServerSection) -> None:
    editor = section.asked.field("password").editor
    assert isinstance(editor, QLineEdit)
    assert editor.echoMode() is QLineEdit.EchoMode.Password


def test_the_house_moves_only_after_a_yes_and_shows_what_agreed(
    section: ServerSection, here: Sampled, pg_url: URL
) -> None:
    assert not section.move_button.isEnabled()
    section.agreed.setChecked(True)
    QTest.mouseClick(section.move_button, Qt.MouseButton.LeftButton)
    assert section.over.text().startswith("数据现已位于 postgresql://127.0.0.1")
    assert not section.move_button.isVisible()
    assert len(section.result.facts()) == 4
    assert section.progress.isHidden()
    with pytest.raises(HouseMoved):
        open_house(str(here.house.url.database))
    there = open_house(pg_url.render_as_string(hide_password=False))
    assert there.projects() == here.house.projects()
    there.close()


def test_a_move_can_be_stopped_and_the_file_stays_the_house(
    section: ServerSection, here: Sampled, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = section.room.papers
    start = papers.pursue

    def pursue(job: Callable[..., Move], *said: object, **more: object) -> object:
        return start(lambda ticket: _cancelled(job, ticket), *said, **more)  # type: ignore[arg-type]

    def _cancelled(job: Callable[..., Move], ticket: object) -> Move:
        section._ticket = ticket  # type: ignore[assignment]
        section._stop()
        return job(ticket)

    monkeypatch.setattr(papers, "pursue", pursue)
    section.agreed.setChecked(True)
    section.move_house()
    assert "已停止" in section.banner.text()
    open_house(str(here.house.url.database)).close()
    assert section.move_button.isEnabled()


def test_a_house_on_a_server_only_says_where_it_is(here: Sampled, window: QWidget, pg_url: URL) -> None:
    where = pg_url.render_as_string(hide_password=False)
    move(Path(str(here.house.url.database)), where, here.room.now())
    house = open_house(where)
    section = ServerSection(replace(here.room, desk=house.log_in("manager", "")))
    section.setParent(window)
    assert not hasattr(section, "move_button")
    house.close()
