"""Fields read what is typed, write it properly when left, and carry it through a draft right or wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCalendarWidget, QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.money import Money
from salescenter.ui.kit import theme
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import AreaEdit, Editor, LineEdit, MoneyEdit, NoteEdit, PercentEdit, Tick, WholeEdit
from salescenter.ui.kit.form import FormGrid
from tests.ui.hands import clicks, presses, stands, types

TODAY = date(2026, 3, 1)
CHOICES = (("a", "学区"), ("b", "价格"), ("c", "交房时间"))
EDITORS: list[tuple[Callable[[], QWidget], Any]] = [
    (LineEdit, "陈"), (MoneyEdit, Money(2000050)), (AreaEdit, Decimal("107.62")), (WholeEdit, 12),
    (PercentEdit, Decimal("0.985")), (NoteEdit, "两行\n字"), (lambda: Tick("同意"), True),
    (lambda: DayEdit(lambda: TODAY), date(2027, 3, 5)), (lambda: ComboBox(CHOICES), "b"),
    (lambda: ComboBox(CHOICES, free=True), "朋友介绍"), (lambda: ChipGroup(CHOICES), "c"),
    (lambda: ChipGroup(CHOICES, multi=True), ("a", "c")),
]


@pytest.mark.parametrize(("make", "value"), EDITORS)
def test_every_editor_shows_keeps_and_clears_a_value(make: Callable[[], QWidget], value: Any, qtbot: QtBot) -> None:
    shown, again = make(), make()
    for widget in (shown, again):
        qtbot.addWidget(widget)
    assert isinstance(shown, Editor)
    assert isinstance(again, Editor)
    shown.put(value)
    assert shown.value() == value
    assert shown.problem() == ""
    again.restore(shown.kept())
    assert again.value() == value
    shown.put(None)
    assert shown.value() in (None, "", (), False)


@pytest.mark.parametrize(("make", "value"), EDITORS)
def test_only_the_user_edits(make: Callable[[], QWidget], value: Any, qtbot: QtBot) -> None:
    editor = make()
    qtbot.addWidget(editor)
    assert isinstance(editor, Editor)
    with qtbot.assertNotEmitted(editor.edited):
        editor.put(value)


@pytest.mark.parametrize(("editor", "typed", "value"), [
    (MoneyEdit, "120万", Money.yuan(1_200_000)), (AreaEdit, "89.5㎡", Decimal("89.50")), (WholeEdit, "1,200", 1200),
    (PercentEdit, "98", Decimal("0.98")), (PercentEdit, "98.5%", Decimal("0.985")),
])
def test_a_figure_is_read_while_it_is_typed(editor: type[LineEdit], typed: str, value: Any, qtbot: QtBot) -> None:
    field = editor()
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.edited):
        types(field, typed)
    assert field.value() == value


def test_an_amount_is_written_properly_when_it_is_left(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    money, other = MoneyEdit(parent=page), LineEdit(parent=page)
    stands(page)
    money.setFocus()
    types(money, "1234.5")
    other.setFocus()
    assert money.text() == "1,234.50"
    assert money.alignment() & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize(("editor", "typed"), [(MoneyEdit, "12.345"), (AreaEdit, "big"), (WholeEdit, "1.5"), (PercentEdit, "x")])
def test_what_cannot_be_read_stays_and_is_said(editor: type[LineEdit], typed: str, qtbot: QtBot) -> None:
    field, again = editor(), editor()
    qtbot.addWidget(field)
    qtbot.addWidget(again)
    types(field, typed)
    assert field.value() is None
    assert field.problem()
    again.restore(field.kept())
    assert again.text() == typed


def test_a_day_is_typed_in_short_and_shown_with_its_weekday(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    day, other = DayEdit(lambda: TODAY, page), LineEdit(parent=page)
    stands(page)
    day.setFocus()
    types(day, "+7")
    other.setFocus()
    assert (day.value(), day.text()) == (date(2026, 3, 8), "03-08 周日")
    day.setFocus(Qt.FocusReason.TabFocusReason)
    assert day.text() == "03-08"
    presses(day, Qt.Key.Key_Up)
    assert day.value() == date(2026, 3, 9)


def test_a_half_typed_day_is_kept_in_the_draft(qtbot: QtBot) -> None:
    day, again = DayEdit(lambda: TODAY), DayEdit(lambda: TODAY)
    qtbot.addWidget(day)
    qtbot.addWidget(again)
    types(day, "3-")
    assert day.problem()
    again.restore(day.kept())
    assert again.text() == "3-"


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot) -> None:
    day = DayEdit(lambda: TODAY)
    qtbot.addWidget(day)
    day.show()
    day.open_calendar()
    month = day.findChild(QCalendarWidget)
    assert month is not None
    assert month.selectedDate().day() == TODAY.day
    with qtbot.waitSignal(day.edited):
        month.clicked.emit(month.selectedDate().addDays(3))
    assert day.value() == date(2026, 3, 4)


def test_one_chip_of_a_group_is_on(qtbot: QtBot) -> None:
    group = ChipGroup(CHOICES)
    qtbot.addWidget(group)
    chips = [chip for _, chip in group._chips]
    for chip in chips[:2]:
        with qtbot.waitSignal(group.edited):
            clicks(chip)
    assert group.value() == "b"


def test_arrows_walk_the_chips_and_space_picks(qtbot: QtBot) -> None:
    group = ChipGroup(CHOICES, multi=True)
    qtbot.addWidget(group)
    stands(group)
    group.setFocus()
    for chip in (group._chips[0][1], group._chips[1][1]):
        qtbot.waitUntil(chip.hasFocus)
        presses(chip, Qt.Key.Key_Space)
        presses(chip, Qt.Key.Key_Right)
    assert group.value() == ("a", "b")
    assert [chip.focusPolicy() == Qt.FocusPolicy.StrongFocus for _, chip in group._chips] == [False, False, True]


def test_other_chips_leave_what_is_chosen(qtbot: QtBot) -> None:
    group = ChipGroup(CHOICES, multi=True)
    qtbot.addWidget(group)
    group.put(("a", "b"))
    group.set_choices((("b", "价格"), ("d", "地段")))
    assert group.value() == ("b",)


def test_the_last_chip_asks_for_another(qtbot: QtBot) -> None:
    asked: list[bool] = []
    group = ChipGroup(CHOICES, add=lambda: asked.append(True))
    qtbot.addWidget(group)
    assert group._plus is not None
    clicks(group._plus)
    assert asked == [True]
    assert group.value() is None


def test_a_list_takes_the_only_choice_that_holds_the_letters(qtbot: QtBot) -> None:
    box = ComboBox(CHOICES)
    qtbot.addWidget(box)
    box.setEditText("交房")
    line = box.lineEdit()
    assert line is not None
    line.editingFinished.emit()
    assert box.value() == "c"


def test_a_word_outside_the_list_is_said_or_taken(qtbot: QtBot) -> None:
    strict, free = ComboBox(CHOICES), ComboBox(CHOICES, free=True)
    for box in (strict, free):
        qtbot.addWidget(box)
        box.setEditText("朋友介绍")
    assert strict.value() is None
    assert strict.problem()
    assert free.value() == "朋友介绍"
    assert free.problem() == ""


def test_other_choices_leave_what_is_chosen(qtbot: QtBot) -> None:
    box = ComboBox(CHOICES)
    qtbot.addWidget(box)
    box.put("b")
    box.set_choices((("x", "其他"), ("b", "价格")))
    assert box.value() == "b"


def test_a_note_keeps_the_height_of_its_lines_in_a_dressed_form(qtbot: QtBot) -> None:
    form = FormGrid(1)
    qtbot.addWidget(form)
    form.setStyleSheet(theme.style_sheet(theme.tokens()))
    note = NoteEdit(4)
    form.add("note", "说明", note)
    stands(form)
    assert note.height() >= 4 * note.fontMetrics().lineSpacing()
    assert note.minimumHeight() == note.maximumHeight()


def test_tab_comes_to_chips_that_are_offered_late_where_they_stand(qtbot: QtBot) -> None:
    form = FormGrid(1)
    qtbot.addWidget(form)
    for name, editor in (("a", LineEdit()), ("chips", ChipGroup(add=lambda: None)), ("b", LineEdit())):
        form.add(name, name, editor)
    chips, last = form.field("chips").editor, form.field("b").editor
    assert isinstance(chips, ChipGroup)
    stands(form)
    for choices in (CHOICES[:2], CHOICES):
        chips.set_choices(choices)
        qtbot.waitUntil(chips._chips[0][1].isVisible)  # Qt shows what is put into a window that stands a moment later
        form.field("a").editor.setFocus()
        presses(form.field("a").editor, Qt.Key.Key_Tab)
        assert chips._chips[0][1].hasFocus()
        presses(chips._chips[0][1], Qt.Key.Key_Tab)
        assert chips._plus is not None
        assert chips._plus.hasFocus()
        presses(chips._plus, Qt.Key.Key_Tab)
        assert last.hasFocus()
        presses(last, Qt.Key.Key_Backtab)
        presses(chips._plus, Qt.Key.Key_Backtab)
        presses(chips._chips[0][1], Qt.Key.Key_Backtab)
        assert form.field("a").editor.hasFocus()


def test_a_choice_longer_than_its_field_shows_its_beginning(qtbot: QtBot) -> None:
    box = ComboBox([("rate", "Percent of the price that was agreed")])
    qtbot.addWidget(box)
    box.resize(90, 30)
    box.put("rate")
    line = box.lineEdit()
    assert line is not None
    assert line.cursorPosition() == 0
