"""The first page of a new PC: three ways, each made with the program's own services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from salescenter.domain.money import Rounding
from salescenter.domain.refusals import CannotWrite
from salescenter.services.house import House
from salescenter.ui import first_run
from salescenter.ui.first_run.cards import WayCard
from salescenter.ui.first_run.making import Made
from salescenter.ui.first_run.page import FirstRunDoors, FirstRunPage, NewDatabase
from salescenter.ui.kit.lane import Inline, Ticket
from salescenter.ui.kit.options import SAMPLE
from tests.ui.conftest import NOW
from tests.ui.hands import CTRL, clicks, presses, stands, types


class Never(Inline):
    """A runner whose long work never ends."""

    def pursue(self, *_: Any, **__: Any) -> Ticket:
        return Ticket()


class Given:
    """The databases the page handed over."""

    def __init__(self) -> None:
        self.houses: list[House] = []
        self.where: list[str] = []
        self.languages: list[str] = []

    def take(self, made: Made) -> None:
        assert made[0] is not None
        self.houses.append(made[0])
        self.where.append(made[1])


@pytest.fixture
def given() -> Iterator[Given]:
    made = Given()
    yield made
    for house in made.houses:
        house.close()


@pytest.fixture
def page(given: Given, tmp_path: Path, qtbot: QtBot) -> FirstRunPage:
    made = FirstRunPage(tmp_path, FirstRunDoors(Inline(), lambda: NOW, given.take, given.languages.append))
    qtbot.addWidget(made)
    stands(made)
    return made


def fill(page: FirstRunPage, **texts: str) -> None:
    for name, text in texts.items():
        types(page.form.field(name).editor, text)


def test_the_ways_are_chosen_by_keys_and_clicks(page: FirstRunPage) -> None:
    ways = page.findChildren(WayCard)
    assert [way.text() for way in ways] == ["试用示例", "在本机新建数据库", "打开已有数据库"]
    presses(ways[1], Qt.Key.Key_Return)
    assert page.form.isVisible()
    page.show_ways()
    clicks(ways[2])
    assert page.where.isVisible()


def test_a_new_database_is_made_with_its_manager(page: FirstRunPage, given: Given, tmp_path: Path) -> None:
    page.show_new()
    fill(page, project="云栖花园", manager="沈知行", login="shen", password="secret1", again="secret1")
    presses(page.form.field("again").editor, Qt.Key.Key_Return, CTRL)
    assert given.where == [str(tmp_path / "salescenter.db")]
    house = given.houses[0]
    assert [one.name for one in house.projects()] == ["云栖花园"]
    assert house.log_in("shen", "secret1").who.name == "沈知行"


def test_what_is_missing_is_said_before_anything_is_made(page: FirstRunPage, given: Given) -> None:
    page.show_new()
    page.make()
    assert page.form.field("project").error() == "项目名称为必填项。"
    assert given.houses == []


@pytest.mark.parametrize(("password", "again", "wrong"), [("abc", "abc", "password"), ("secret1", "secret2", "again")])
def test_a_password_is_long_enough_and_typed_twice(
    page: FirstRunPage, given: Given, password: str, again: str, wrong: str
) -> None:
    page.show_new()
    fill(page, project="a", manager="b", login="c", password=password, again=again)
    page.make()
    assert page.form.field(wrong).error()
    assert given.houses == []


def test_a_password_is_never_shown_nor_kept(page: FirstRunPage, tmp_path: Path) -> None:
    page.show_new()
    fill(page, password="secret1")
    page.form.keep_now()
    editor = page.form.field("password").editor
    assert isinstance(editor, QLineEdit)
    assert editor.echoMode() is QLineEdit.EchoMode.Password
    assert list(tmp_path.rglob("*.json")) == []


def test_an_existing_file_is_never_overwritten(page: FirstRunPage, given: Given, tmp_path: Path) -> None:
    (tmp_path / "salescenter.db").write_text("mine")
    page.show_new()
    fill(page, project="a", manager="b", login="c")
    page.make()
    assert page.banner.isVisible()
    assert "文件已存在" in page.banner.text()
    assert (tmp_path / "salescenter.db").read_text() == "mine"


def test_an_existing_database_is_opened(page: FirstRunPage, given: Given, tmp_path: Path) -> None:
    asked = NewDatabase("云栖花园", "", "沈知行", "shen", "", Rounding.TO_FEN, str(tmp_path / "there.db"))
    first_run.new_house(asked)[0].close()
    page.show_existing()
    types(page.where, str(tmp_path / "there.db"))
    presses(page.where, Qt.Key.Key_Return, CTRL)
    assert given.where == [str(tmp_path / "there.db")]


def test_what_is_no_database_is_said_and_what_was_typed_stays(page: FirstRunPage, given: Given, tmp_path: Path) -> None:
    page.show_existing()
    types(page.where, str(tmp_path / "nowhere.db"))
    page.open_existing()
    assert page.banner.isVisible()
    assert page.where.text() == str(tmp_path / "nowhere.db")
    page.where.put("")
    presses(page.where, Qt.Key.Key_Return, CTRL)
    assert page.existing.field("where").error()
    assert given.where == []


def test_the_sample_is_made_with_progress_and_replaces_the_old_one(
    page: FirstRunPage, given: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / SAMPLE).write_text("the old one")
    (tmp_path / f"{SAMPLE}-wal").write_text("its journal")
    told: list[object] = []
    monkeypatch.setattr(page._progress, "show_progress", told.append)

    def little(where: Path, ticket: Ticket, now: datetime) -> Made:
        ticket.tell(1, 1, "2025-03-01")
        asked = NewDatabase("云栖花园", "", "沈知行", "manager", "", Rounding.TO_YUAN, str(where))
        where.unlink()
        return first_run.new_house(asked)

    monkeypatch.setattr(first_run, "sample", little)
    page.make_sample()
    assert given.where == [str(tmp_path / SAMPLE)]
    assert len(told) == 1


def test_a_sample_that_was_stopped_is_not_handed_over(tmp_path: Path) -> None:
    from salescenter.ui.first_run.making import Stopped

    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Stopped):
        first_run.sample(tmp_path / SAMPLE, ticket, NOW)
    assert not (tmp_path / SAMPLE).exists()


def test_a_sample_that_somebody_holds_is_said(tmp_path: Path) -> None:
    (tmp_path / f"making-{SAMPLE}").mkdir()  # cannot be removed, like a file another window has open on Windows
    with pytest.raises(CannotWrite):
        first_run.sample(tmp_path / SAMPLE, Ticket(), NOW)


def test_another_language_is_one_click_away(page: FirstRunPage, given: Given) -> None:
    from salescenter.ui.kit.buttons import LinkButton

    clicks(page.findChildren(LinkButton)[0])
    assert given.languages == ["en"]


def test_the_progress_of_the_sample_is_no_taller_than_its_words_and_can_be_stopped_by_key(
    given: Given, tmp_path: Path, qtbot: QtBot
) -> None:
    page = FirstRunPage(tmp_path, FirstRunDoors(Never(), lambda: NOW, given.take, given.languages.append))
    qtbot.addWidget(page)
    stands(page)
    page.make_sample()
    QApplication.processEvents()
    panel = page._progress
    assert panel.isVisible()
    assert panel.height() <= panel.sizeHint().height() + 4
    assert panel._cancel.hasFocus()


def test_the_three_ways_do_not_scroll_for_the_sake_of_a_form(page: FirstRunPage) -> None:
    page.resize(911, 512)
    QApplication.processEvents()
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    page.show_new()
    page.resize(911, 400)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() > 0
