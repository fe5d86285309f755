"""Sheets stand over their window, keep what was typed when left, and say a refusal where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.refusals import CannotWrite, DatabaseAway, FieldMissing, NoPermit, ServerSilent
from salescenter.ui.kit.buttons import FilledButton
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import hold
from salescenter.ui.kit.sheet import Sheet, ask
from tests.ui.hands import CTRL, clicks, presses, stands, types


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 500)
    stands(made)
    return made


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.fixture
def sheet(window: QWidget, pressed: list[str], tmp_path: Path, qtbot: QtBot) -> Sheet:
    made = Sheet("预留", window)
    qtbot.addWidget(made)
    form = FormGrid(2)
    form.add("reason", "原因", LineEdit())
    made.put_form(form)
    form.keep_draft(Drafts(tmp_path), "hold")
    made.main_action("预留", lambda: pressed.append("main"))
    made.add_action("取消", made.reject)
    made.open()
    return made


def field(sheet: Sheet) -> QWidget:
    assert sheet.form is not None
    return sheet.form.field("reason").editor


def test_ctrl_enter_presses_the_main_action(sheet: Sheet, pressed: list[str]) -> None:
    presses(field(sheet), Qt.Key.Key_Return, CTRL)
    presses(sheet, Qt.Key.Key_Return, CTRL)
    assert pressed == ["main", "main"]


def test_enter_alone_never_closes_a_sheet(sheet: Sheet, pressed: list[str]) -> None:
    presses(field(sheet), Qt.Key.Key_Return)
    presses(sheet, Qt.Key.Key_Return)
    assert sheet.isVisible()
    assert pressed == []


def test_escape_asks_nothing_and_keeps_what_was_typed(sheet: Sheet, tmp_path: Path) -> None:
    types(field(sheet), "家人商议")
    presses(field(sheet), Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert Drafts(tmp_path).recall("hold") == {"reason": "家人商议"}


def test_a_finished_sheet_gives_its_result_and_drops_the_draft(sheet: Sheet, tmp_path: Path, qtbot: QtBot) -> None:
    types(field(sheet), "a")
    with qtbot.waitSignal(sheet.finished_with) as result:
        sheet.finish(17)
    assert result.args == [17]
    assert not sheet.isVisible()
    assert Drafts(tmp_path).recall("hold") == {}


def test_a_refusal_of_a_field_stands_under_it(sheet: Sheet) -> None:
    sheet.refuse(FieldMissing(field="reason"))
    assert sheet.form is not None
    assert sheet.form.field("reason").error()
    assert not sheet.banner.isVisible()


@pytest.mark.parametrize(("trouble", "tone"), [
    (NoPermit(unit="3-1201"), "warning"), (CannotWrite(path="x", why="full"), "danger"),
])
def test_any_other_refusal_stands_above_and_the_sheet_stays(trouble: Exception, tone: str, sheet: Sheet) -> None:
    sheet.busy()
    sheet.refuse(trouble)
    assert sheet.banner.isVisible()
    assert sheet.banner.property("tone") == tone
    assert sheet.isVisible()


@pytest.mark.parametrize("trouble", [DatabaseAway(why="x"), ServerSilent(server="10.0.0.5", port=5432, why="x")])
def test_a_deed_waits_calmly_for_a_server_that_is_away_and_may_be_pressed_again(
    trouble: Exception, sheet: Sheet
) -> None:
    sheet.busy()
    sheet.refuse(trouble)
    assert sheet.banner.text() == "数据库没有应答：这一步须等它恢复。"
    assert sheet.banner.property("tone") == "warning"
    assert all(button.isEnabled() for button in sheet.findChildren(FilledButton))


def test_while_the_deed_is_under_way_it_cannot_be_pressed_again(sheet: Sheet, pressed: list[str]) -> None:
    sheet.busy()
    sheet.press_main()
    assert pressed == []
    sheet.busy(False)
    sheet.press_main()
    assert pressed == ["main"]


def test_a_long_sheet_scrolls_inside_its_window(window: QWidget, qtbot: QtBot) -> None:
    long = Sheet("长", window, width=2000)
    qtbot.addWidget(long)
    long.put(*(Label(f"line {number}") for number in range(200)))
    long.main_action("好", long.finish)
    long.open()
    assert long.width() <= window.width()
    assert long.height() <= window.height()


def test_what_does_not_fit_scrolls_also_where_nothing_wraps(window: QWidget, qtbot: QtBot) -> None:
    made = Sheet("更名", window)
    qtbot.addWidget(made)
    form = FormGrid(1)
    for number in range(12):
        form.add(f"{number}", f"{number}", LineEdit())
    made.put_form(form)
    made.open()
    edits = made.findChildren(LineEdit)
    assert min(edit.height() for edit in edits) > edits[0].fontMetrics().height() + 8
    assert made._area.verticalScrollBar().maximum() > 0


def test_ctrl_enter_presses_the_dangerous_action_once_its_form_stands_there(
    window: QWidget, pressed: list[str], qtbot: QtBot
) -> None:
    made = Sheet("退房", window)
    qtbot.addWidget(made)
    form = FormGrid(1)
    form.add("reason", "原因", LineEdit())
    made.put_form(form)
    button = made.danger_action("退房", lambda: pressed.append("danger"))
    made.open()
    presses(form.field("reason").editor, Qt.Key.Key_Return, CTRL)
    assert pressed == ["danger"]
    assert "Ctrl" in button.accessibleDescription()


def test_a_bare_question_is_never_answered_by_ctrl_enter_with_what_is_dangerous(
    window: QWidget, pressed: list[str], qtbot: QtBot
) -> None:
    asked = ask(window, "退房", "不能撤回。", "退房", lambda: pressed.append("danger"), danger=True)
    presses(asked, Qt.Key.Key_Return, CTRL)
    assert pressed == []
    with qtbot.waitSignal(asked.destroyed):
        asked.reject()


def test_a_question_is_answered_or_left(window: QWidget, pressed: list[str], qtbot: QtBot) -> None:
    asked = ask(window, "作废收据", "收据号不再使用。", "作废", lambda: pressed.append("void"), danger=True)
    with qtbot.waitSignal(asked.finished):
        asked.reject()
    asked = ask(window, "作废收据", "收据号不再使用。", "作废", lambda: pressed.append("void"), danger=True)
    button = next(b for b in asked.findChildren(QWidget) if b.property("look") == "danger")
    clicks(button)
    assert pressed == ["void"]


def test_a_sheet_that_is_filled_later_begins_in_its_first_field(window: QWidget, qtbot: QtBot) -> None:
    sheet = Sheet("退房", window)
    qtbot.addWidget(sheet)
    sheet.open()
    form = FormGrid(1)
    form.add("reason", "原因", LineEdit())
    sheet.put_form(form)
    qtbot.waitUntil(field(sheet).hasFocus)


@pytest.mark.parametrize("dangerous", [False, True])
def test_enter_on_a_sheet_just_opened_does_nothing_where_there_is_only_something_to_read(
    dangerous: bool, window: QWidget, pressed: list[str], qtbot: QtBot
) -> None:
    sheet = ask(window, "关账", "关账后当天不能再收款。", "关账", lambda: pressed.append("done"), danger=dangerous)
    qtbot.addWidget(sheet)
    qtbot.waitUntil(lambda: sheet.focusWidget() is not None)
    stands(sheet)
    focused = sheet.focusWidget()
    assert focused is not None
    presses(focused, Qt.Key.Key_Return)
    assert not pressed
    presses(focused, Qt.Key.Key_Tab)
    assert isinstance(sheet.focusWidget(), QPushButton)


def test_the_first_field_has_the_keys_though_the_main_action_was_made_before_it(
    window: QWidget, qtbot: QtBot
) -> None:
    sheet = Sheet("合并为一家", window)
    qtbot.addWidget(sheet)
    sheet.main_action("合并", lambda: None)
    line = LineEdit()
    sheet.put(Label("父母、配偶与子女算一位客户。"), line)
    sheet.open()
    qtbot.waitUntil(line.hasFocus)


def test_a_sheet_that_grows_shows_all_of_it_and_no_bar_narrows_what_wraps(window: QWidget, qtbot: QtBot) -> None:
    grows = Sheet("跟进", window)
    qtbot.addWidget(grows)
    grows.put(Label("陈一帆"))
    grows.open()
    flow = FlowLayout()
    for _ in range(5):
        piece = QPushButton("约复访")
        piece.setFixedSize(96, 30)
        flow.addWidget(piece)  # 512 pixels in one line: they fit into 520, and wrap where a bar takes ten
    grows.put(hold(flow), *(Label(f"line {number}") for number in range(4)))
    qtbot.waitUntil(lambda: grows.height() >= grows.sizeHint().height() > 200)
    assert grows._area.verticalScrollBar().maximum() == 0
