"""The shell shows what registers: areas by role, keys from anywhere, steps whichever page owns them, banners that heal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pypdfium2
import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.refusals import DatabaseAway, NoPrice
from salescenter.domain.staff import Person, Role
from salescenter.domain.units import Step
from salescenter.services.find import Hit, HitKind
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.lane import Inline
from salescenter.ui.kit.notices import offer_undo
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.premises import Doors, Premises
from salescenter.ui.kit.preview import Preview
from salescenter.ui.kit.room import Bulletin, Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.switch_row import SwitchRow
from salescenter.ui.kit.topbar import Link
from salescenter.ui.shell import Shell
from tests.ui.conftest import NOW
from tests.ui.hands import CTRL, presses, stands, types

if TYPE_CHECKING:
    from salescenter.services.work import Desk

UNIT = Hit(HitKind.UNIT, "3-1-1201", "3号楼 1单元 1201", "grid", 258)


class Area(QWidget):
    """A page that notes what it is asked for."""

    def __init__(self, room: Room, name: str) -> None:
        super().__init__()
        self.room, self.name = room, name
        self.asked: list[object] = []
        self.steps_back = 0
        self.field = LineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_argument(self, argument: object) -> None:
        self.asked.append(argument)

    def status(self) -> str:
        return f"{self.name} is open"

    def back(self) -> bool:
        self.steps_back -= 1
        return self.steps_back >= 0

    def main_step(self) -> None:
        self.asked.append("main")


class Grid(Area):
    """The page with switches and every key."""

    def switches(self) -> QWidget:
        return SwitchRow(((1, "1号楼"), (2, "2号楼")))

    def undo(self) -> None:
        self.asked.append("undo")


class Desk2(Area):
    """The page that knows the rota."""

    def next_in_rota(self) -> None:
        self.asked.append("next")


def hold_form(room: Room, unit: int) -> QWidget:
    sheet = Sheet("预留")
    sheet.main_action("预留", lambda: sheet.finish(unit))
    return sheet


PAGES: tuple[Page, ...] = (
    Page("grid", "For sale", "floorplan", lambda room: Grid(room, "grid"), order=10, forms={Step.HOLD: hold_form}),
    Page("reception", "Register a visit", "reception", lambda room: Desk2(room, "reception"), order=20),
    Page("money", "Receive money", "payments", lambda room: Area(room, "money"), needs=Step.RECEIVE_MONEY, order=30,
         forms={Step.REFUND: lambda _room, unit: QLabel(str(unit))}),
    Page("reports", "See reports", "reports", lambda room: Area(room, "reports"), order=40, own_window=True),
    Page("settings", "Change settings", "settings", lambda room: Area(room, "settings"), order=900),
)


class Heard(QObject):
    """What the shell tells the outside."""

    left = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.looked = 0
        self.bugs: list[BaseException] = []
        self.doors: list[object] = []

    def look(self) -> None:
        self.looked += 1


@pytest.fixture
def heard(qapp: object) -> Heard:
    return Heard()


@pytest.fixture
def open_shell(qtbot: QtBot, tmp_path: Path, heard: Heard) -> Callable[..., Shell]:
    def find(text: str) -> Sequence[Hit]:
        return (UNIT,) if text == "3-1201" else ()

    def build(role: Role = Role.MANAGER, **changes: Any) -> Shell:
        engine = SimpleNamespace(dialect=SimpleNamespace(name="sqlite"))
        desk = cast("Desk", SimpleNamespace(engine=engine, who=Person(1, "沈知行", role), project=1, pc="PC"))
        doors = Doors(lambda: heard.doors.append("switch"), heard.doors.append, heard.doors.append,
                      lambda: heard.doors.append("leave"))
        premises = Premises(desk, "云栖花园", PAGES, Inline(), Inline(), lambda: NOW, find, heard.look,
                            heard.bugs.append, Bulletin(), Drafts(tmp_path), doors)
        shell = Shell(replace(premises, **changes))
        qtbot.addWidget(shell, before_close_func=lambda shown: shown.stage.close_windows())
        shell.resize(1366, 768)
        stands(shell)
        shell.open_page("grid")
        return shell

    return build


@pytest.fixture
def shell(open_shell: Callable[..., Shell]) -> Shell:
    return open_shell()


def front(shell: Shell) -> Area:
    page = shell.stage.currentWidget()
    assert isinstance(page, Area)
    return page


def test_the_rail_shows_the_areas_of_the_role_in_their_order(open_shell: Callable[..., Shell]) -> None:
    assert list(open_shell().rail.buttons) == ["grid", "reception", "money", "reports", "settings"]
    assert "money" not in open_shell(Role.CONSULTANT).rail.buttons


def test_an_area_the_role_may_not_enter_does_not_open(open_shell: Callable[..., Shell]) -> None:
    shell = open_shell(Role.CONSULTANT)
    shell.open_page("money")
    assert front(shell).name == "grid"


def test_ctrl_and_a_number_open_an_area(shell: Shell, qtbot: QtBot) -> None:
    presses(shell, Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: front(shell).name == "reception")
    assert shell.rail.buttons["reception"].isChecked()
    assert not shell.rail.buttons["grid"].isChecked()


def test_a_page_is_built_once_and_shows_its_argument(shell: Shell) -> None:
    shell.room.go("reception", 7)
    first = front(shell)
    shell.room.go("grid", 258)
    shell.room.go("reception", None)
    assert front(shell) is first
    assert first.asked == [7]


def test_the_page_puts_its_switches_into_the_bar_only_while_it_is_open(shell: Shell) -> None:
    switches = shell.bar.findChild(SwitchRow)
    assert switches is not None
    assert switches.isVisible()
    shell.open_page("reception")
    assert not switches.isVisible()
    shell.open_page("grid")
    assert switches.isVisible()


def test_the_status_line_says_what_the_page_says_but_counts_nothing_while_the_database_is_away(shell: Shell) -> None:
    assert shell.status.text() == "grid is open"
    shell.room.say("3号楼：待售 41 套")
    assert shell.status.text() == "3号楼：待售 41 套"
    shell.room.bulletin.away_since = NOW
    shell.open_page("reception")
    assert shell.status.text() == ""


def test_a_room_number_typed_anywhere_opens_that_unit(shell: Shell) -> None:
    shell.open_page("reception")
    front(shell).setFocus()
    types(front(shell), "3")
    assert shell.finder.hasFocus()
    types(shell.finder, "-1201")
    presses(shell.finder, Qt.Key.Key_Return)
    assert front(shell).name == "grid"
    assert front(shell).asked == [258]


def test_a_number_typed_into_a_field_stays_in_the_field(shell: Shell) -> None:
    front(shell).field.setFocus()
    types(front(shell).field, "31")
    assert front(shell).field.text() == "31"
    assert shell.finder.text() == ""


def test_what_is_not_found_is_said_quietly(shell: Shell) -> None:
    shell.finder.begin("9-9999")
    presses(shell.finder, Qt.Key.Key_Return)
    assert shell.status.text() == "没有找到：9-9999"


@pytest.mark.parametrize("from_a_field", [False, True])
def test_ctrl_k_goes_to_the_search_box(shell: Shell, qtbot: QtBot, from_a_field: bool) -> None:
    front(shell).field.setText("typed")
    origin = front(shell).field if from_a_field else front(shell)
    origin.setFocus()
    presses(origin, Qt.Key.Key_K, CTRL)
    assert front(shell).field.text() == "typed"
    qtbot.waitUntil(shell.finder.hasFocus)


def test_keys_of_the_page_are_handed_on(shell: Shell) -> None:
    presses(front(shell).field, Qt.Key.Key_F6)
    assert front(shell).asked == ["main"]


def test_a_key_the_page_does_not_know_does_nothing(shell: Shell) -> None:
    presses(front(shell), Qt.Key.Key_F11)
    assert front(shell).asked == []


def test_the_next_in_the_rota_is_called_from_any_page(shell: Shell) -> None:
    presses(front(shell), Qt.Key.Key_F9)
    assert front(shell).name == "reception"
    assert front(shell).asked == ["next"]


def test_f5_looks_at_the_feed(shell: Shell, heard: Heard) -> None:
    presses(front(shell), Qt.Key.Key_F5)
    assert heard.looked == 1


def test_escape_goes_one_step_back_first_in_the_page(shell: Shell) -> None:
    shell.open_page("reception")
    front(shell).steps_back = 1
    for name in ("reception", "grid", "grid"):
        presses(front(shell), Qt.Key.Key_Escape)
        assert front(shell).name == name


def test_ctrl_z_takes_the_offer_to_undo_else_the_page_undoes(shell: Shell) -> None:
    undone: list[bool] = []
    front(shell).setFocus()
    offer_undo(front(shell), "预留已解除", lambda: undone.append(True))
    presses(front(shell), Qt.Key.Key_Z, CTRL)
    assert undone == [True]
    presses(front(shell), Qt.Key.Key_Z, CTRL)
    assert front(shell).asked == ["undo"]


def test_a_refusal_stands_above_the_page_until_it_is_closed(shell: Shell) -> None:
    shell.room.refuse(NoPrice(unit="3-1201"))
    assert shell.banner.isVisible()
    shell.heard()
    assert shell.banner.isVisible()
    presses(front(shell), Qt.Key.Key_Escape)
    assert not shell.banner.isVisible()


def test_a_banner_about_the_weather_heals_itself(shell: Shell) -> None:
    shell.room.refuse(DatabaseAway(why="timeout"))
    assert shell.banner.isVisible()
    shell.heard()
    assert not shell.banner.isVisible()


def test_a_bug_is_no_refusal(shell: Shell, heard: Heard) -> None:
    trouble = ValueError("wrong floor")
    shell.room.refuse(trouble)
    assert heard.bugs == [trouble]
    assert not shell.banner.isVisible()


def test_a_step_opens_its_form_whichever_page_owns_it(shell: Shell, qtbot: QtBot) -> None:
    shell.open_page("reception")
    shell.room.perform(Step.HOLD, 258)
    sheet = shell.findChild(Sheet)
    assert sheet is not None
    assert sheet.isVisible()
    with qtbot.waitSignal(sheet.finished_with) as done:
        sheet.press_main()
    assert done.args == [258]


def test_the_other_desks_are_told_of_which_unit_a_form_is_open(shell: Shell) -> None:
    told: list[int] = []
    shell.room.bulletin.working.connect(told.append)
    shell.room.perform(Step.HOLD, 258)
    sheet = shell.findChild(Sheet)
    assert sheet is not None
    assert told == [258]
    sheet.reject()
    assert told == [258, 0]


def test_a_form_that_is_no_sheet_is_put_into_one(shell: Shell) -> None:
    shell.room.perform(Step.REFUND, 258)
    sheet = shell.findChild(Sheet)
    assert sheet is not None
    assert "258" in [label.text() for label in sheet.findChildren(QLabel)]


def test_a_step_beyond_the_role_is_refused_with_who_may(open_shell: Callable[..., Shell]) -> None:
    shell = open_shell(Role.RECEPTIONIST)
    shell.room.perform(Step.HOLD, 258)
    assert shell.findChild(Sheet) is None
    assert shell.banner.isVisible()
    assert shell.banner.text() == "前台没有“预留”的权限。"


def test_reports_open_in_a_window_of_their_own(shell: Shell) -> None:
    shell.open_page("reports")
    windows = [one for one in shell.stage._built.values() if one.isWindow()]
    assert [one.isVisible() for one in windows] == [True]
    assert front(shell).name == "grid"
    shell.open_page("reports")
    assert [one for one in shell.stage._built.values() if one.isWindow()] == windows


def test_a_paper_opens_in_the_preview(shell: Shell, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(tmp_path / "paper.pdf")
    document.close()
    shell.room.show_paper(Paper("receipt", "0001207", "收据", (tmp_path / "paper.pdf").read_bytes()))
    preview = shell.findChild(Preview)
    assert preview is not None
    assert preview.isVisible()
    preview.close()


def test_the_keys_are_listed_on_f1(shell: Shell, qtbot: QtBot) -> None:
    presses(shell, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: shell.findChild(Sheet) is not None)
    sheet = shell.findChild(Sheet)
    assert sheet is not None
    assert sheet.windowTitle() == "快捷键"


def test_the_bar_says_how_the_desk_stands(shell: Shell) -> None:
    for link, words in ((Link.ONE_PC, "本机"), (Link.ON_LAN, "局域网 · 8 台在线"), (Link.AWAY, "数据库连不上")):
        shell.bar.show_link(link, 8)
        assert words in shell.bar._link.text()


def test_the_status_line_tells_the_time_heard_and_the_backup(shell: Shell) -> None:
    shell.heard()
    shell.status.show_backup(datetime(2026, 3, 1, 9, 0, tzinfo=NOW.tzinfo), NOW)
    assert shell.status._right.text() == "09:41 · 最近备份 09:00 已验证"
    shell.status.show_backup(None, NOW)
    assert "尚无已验证的备份" in shell.status._right.text()


@pytest.mark.parametrize(("words", "noted"), [
    ("English", "en"), ("深色", True), ("锁定或切换用户", "switch"), ("退出登录", "leave"),
])
def test_the_menu_under_the_name_leads_out(shell: Shell, heard: Heard, words: str, noted: object) -> None:
    actions = {action.text().split("\t")[0]: action for action in shell.bar._who.menu().actions()}
    actions[words].trigger()
    assert heard.doors == [noted]


@pytest.mark.parametrize("size", [(1366, 768), (911, 512), (900, 500)])
def test_it_fits_small_screens_and_large_scales(shell: Shell, size: tuple[int, int]) -> None:
    shell.resize(*size)
    assert (shell.width(), shell.height()) == size
    for button in shell.rail.buttons.values():
        assert shell.rail.rect().contains(button.geometry())
    assert shell.finder.width() >= 150
    assert shell.bar._who.geometry().right() <= shell.bar.width()
