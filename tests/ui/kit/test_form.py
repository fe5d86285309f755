"""Forms follow the paper: Enter goes on, Ctrl+Enter finishes, errors stand under their field, drafts outlive a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.money import Money
from salescenter.domain.refusals import AmountNotPositive, FieldMissing
from salescenter.ui.kit.choices import Chip, ChipGroup, ComboBox
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.editors import LineEdit, MoneyEdit, NoteEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.password import PasswordEdit
from tests.ui.hands import CTRL, presses, stands, types


@pytest.fixture
def form(qtbot: QtBot) -> FormGrid:
    made = FormGrid(4)
    qtbot.addWidget(made)
    made.add("name", "姓名", LineEdit(), span=2, required=True)
    made.add("deposit", "定金", MoneyEdit(), span=2, required=True, hint="最高 20,000.00")
    made.add("rooms", "户型", ChipGroup(((2, "两室"), (3, "三室"))), span=2)
    made.add("channel", "渠道", ComboBox((("friend", "朋友介绍"),)), span=2)
    made.add("note", "备注", NoteEdit(), span=4)
    return made


def editor(form: FormGrid, name: str) -> QWidget:
    return form.field(name).editor


def test_enter_goes_on_to_the_next_field(form: FormGrid, qtbot: QtBot) -> None:
    stands(form)
    editor(form, "name").setFocus()
    types(editor(form, "name"), "陈")
    presses(editor(form, "name"), Qt.Key.Key_Return)
    assert editor(form, "deposit").hasFocus()
    presses(editor(form, "deposit"), Qt.Key.Key_Enter)
    chip = form.focusWidget()
    assert isinstance(chip, Chip)
    assert editor(form, "rooms").isAncestorOf(chip)


def test_enter_leaves_out_fields_that_are_hidden(form: FormGrid) -> None:
    stands(form)
    form.field("deposit").hide()
    editor(form, "name").setFocus()
    presses(editor(form, "name"), Qt.Key.Key_Return)
    assert not editor(form, "deposit").hasFocus()
    assert not editor(form, "name").hasFocus()


def test_enter_in_a_note_goes_on_and_shift_enter_begins_a_line(form: FormGrid) -> None:
    stands(form)
    note = editor(form, "note")
    note.setFocus()
    types(note, "a")
    presses(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    types(note, "b")
    presses(note, Qt.Key.Key_Return)
    assert form.value("note").split() == ["a", "b"]
    assert not note.hasFocus()


@pytest.mark.parametrize("name", ["name", "deposit", "note"])
def test_ctrl_enter_finishes_from_any_field(form: FormGrid, name: str, qtbot: QtBot) -> None:
    stands(form)
    editor(form, name).setFocus()
    with qtbot.waitSignal(form.finished):
        presses(editor(form, name), Qt.Key.Key_Return, CTRL)


def test_what_is_missing_or_unreadable_is_said_under_its_field(form: FormGrid) -> None:
    stands(form)
    types(editor(form, "deposit"), "2o")
    assert not form.check()
    assert form.field("name").error() == "姓名为必填项。"
    assert form.field("deposit").error() == "无法识别为金额；可写 1,234.50 或 120万。"
    assert form.field("channel").error() == ""
    assert editor(form, "name").hasFocus()


def test_typing_takes_the_error_away_and_the_hint_returns(form: FormGrid) -> None:
    assert not form.check()
    types(editor(form, "deposit"), "1")
    assert form.field("deposit").error() == ""
    assert form.field("deposit")._note.text() == "最高 20,000.00"


def test_a_form_that_is_well_filled_passes(form: FormGrid) -> None:
    form.put(name="陈", deposit=Money.yuan(20_000))
    assert form.check()
    assert form.values() == {"name": "陈", "deposit": Money.yuan(20_000), "rooms": None, "channel": None, "note": ""}


def test_a_refusal_goes_under_the_field_it_names(form: FormGrid) -> None:
    assert form.refuse(AmountNotPositive(amount=Money(0), field="deposit"))
    assert "大于零" in form.field("deposit").error()


def test_a_refusal_about_something_else_is_left_to_the_page(form: FormGrid) -> None:
    assert not form.refuse(FieldMissing(field="guardian"))
    assert not form.refuse(AmountNotPositive(amount=Money(0)))


def test_a_killed_program_brings_the_half_filled_form_back(form: FormGrid, tmp_path: Path, qtbot: QtBot) -> None:
    drafts = Drafts(tmp_path)
    assert not form.keep_draft(drafts, "subscribe:12")
    types(editor(form, "name"), "陈")
    types(editor(form, "deposit"), "2o")
    qtbot.waitUntil(lambda: drafts.recall("subscribe:12").get("deposit") == "2o")

    again = FormGrid(4)
    qtbot.addWidget(again)
    again.add("name", "姓名", LineEdit())
    again.add("deposit", "定金", MoneyEdit())
    assert again.keep_draft(drafts, "subscribe:12")
    assert again.value("name") == "陈"
    assert editor(again, "deposit").property("text") == "2o"


def test_a_finished_form_drops_its_draft(form: FormGrid, tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    form.keep_draft(drafts, "form")
    types(editor(form, "name"), "a")
    form.keep_now()
    assert drafts.recall("form")
    form.drop_draft()
    assert drafts.recall("form") == {}


def test_the_page_hears_which_field_changed(form: FormGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.changed) as heard:
        types(editor(form, "name"), "a")
    assert heard.args == ["name"]


def test_a_field_is_named_for_those_who_cannot_see_it(form: FormGrid) -> None:
    form.field("name").set_error("缺")
    assert editor(form, "name").accessibleName() == "姓名"
    assert editor(form, "name").accessibleDescription() == "缺"


def test_fields_stand_in_lines_of_so_many_columns(form: FormGrid) -> None:
    places = [form._grid.getItemPosition(form._grid.indexOf(form.field(name))) for name in form._fields]
    assert places == [(0, 0, 1, 2), (0, 2, 1, 2), (1, 0, 1, 2), (1, 2, 1, 2), (2, 0, 1, 4)]


def test_clearing_empties_every_field(form: FormGrid) -> None:
    form.put(name="陈", rooms=3)
    form.check()
    form.clear()
    assert set(form.values().values()) <= {None, ""}
    assert form.field("deposit").error() == ""


def test_what_was_only_proposed_is_no_draft(form: FormGrid, tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    form.put(deposit=Money(20_000_00))
    form.keep_draft(drafts, "receive:7")
    form.keep_now()
    assert drafts.recall("receive:7") == {}
    form.put(note="客户要求")
    form.keep_now()
    assert drafts.recall("receive:7")
    form.put(note="")
    form.keep_now()
    assert drafts.recall("receive:7") == {}


def test_a_draft_holds_what_was_typed_and_not_what_was_proposed(qtbot: QtBot, tmp_path: Path) -> None:
    """Whatever else is proposed by then, or was changed by others, is shown as it is."""
    def opened(reason: str) -> FormGrid:
        form = FormGrid(2)
        qtbot.addWidget(form)
        form.add("reason", "原因", LineEdit())
        form.add("note", "备注", LineEdit())
        form.put(reason=reason)
        form.keep_draft(Drafts(tmp_path), "hold")
        return form

    first = opened("客户考虑")
    first.put(note="下午回复")
    first.keep_now()
    assert opened("领导预留").values() == {"reason": "领导预留", "note": "下午回复"}


@pytest.mark.parametrize("name", ["name", "note"])
def test_a_character_no_paper_could_print_is_said_at_its_field_with_what_to_do(form: FormGrid, name: str) -> None:
    form.put(name="欧阳䶮", deposit=Money.yuan(1))
    assert form.check()
    form.put(**{name: "王😀明"})
    assert not form.check()
    said = form.field(name).error()
    assert "“😀”" in said
    assert "U+1F600" in said
    assert "请换一个字，或手工填写。" in said


def test_a_password_may_hold_what_no_paper_could_print(form: FormGrid) -> None:
    form.add("password", "密码", PasswordEdit())
    form.put(name="陈", deposit=Money.yuan(1), password="雪☃😀")
    assert form.check()
