"""People and receipt books in the settings: added by keyboard, changed, refused at their field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from salescenter.domain.refusals import WrongPassword
from salescenter.domain.staff import Role
from salescenter.services import books, people
from salescenter.services.books import NewBook
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.settings.books import BookSheet, BooksSection
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.people import PeopleSection, PersonSheet, SetPasswordSheet
from tests.ui.sampled import NOW, Sampled
from tests.ui.settings.conftest import sheet_of, told

CTRL = Qt.KeyboardModifier.ControlModifier


# --- people


def staff(page: SettingsPage) -> PeopleSection:
    found = page.section("people")
    assert isinstance(found, PeopleSection)
    return found


def test_somebody_new_is_added_by_keyboard_and_logs_in(here: Sampled, page: SettingsPage, window: QWidget) -> None:
    section = staff(page)
    section._edit(None)
    sheet = sheet_of(window, PersonSheet)
    assert sheet.form is not None
    fields_of = {name: sheet.form.field(name).editor for name in ("name", "login", "password")}
    sheet.form.put(name="罗安", role=Role.CASHIER.value)
    QTest.keyClicks(fields_of["login"], "luoan")
    QTest.keyClicks(fields_of["password"], "open sesame")
    QTest.keyClick(fields_of["password"], Qt.Key.Key_Return, CTRL)
    assert here.house.log_in("luoan", "open sesame").who.role is Role.CASHIER
    assert "罗安" in [row.name for row in section.table.rows()]
    assert section.banner.text() == "罗安 已保存。"


def test_who_waits_after_failed_log_ins_is_let_try_at_once(here: Sampled, page: SettingsPage) -> None:
    section = staff(page)
    assert not section.failures.isVisibleTo(section)
    for _ in range(3):
        with pytest.raises(WrongPassword):
            here.house.log_in("caolin", "guess")
    section.load()
    assert section.failures.isVisibleTo(section)
    (row,) = section.failures.table.rows()
    assert (row.name, row.count) == ("曹琳", 3)
    section.failures.table.select_key((row.person, row.pc))
    section.failures.lift.click()
    assert not section.failures.isVisibleTo(section)
    assert section.banner.text() == "现在即可重试。"


def test_a_log_in_name_that_is_taken_is_said_under_its_field(page: SettingsPage, window: QWidget) -> None:
    section = staff(page)
    section._edit(None)
    sheet = sheet_of(window, PersonSheet)
    assert sheet.form is not None
    sheet.form.put(name="另一人", login="caolin", role=Role.VIEWER.value)
    sheet.press_main()
    assert sheet.isVisible()
    assert "曹琳" in sheet.form.field("login").error()


def test_a_half_filled_person_is_still_there_but_never_the_password(page: SettingsPage, window: QWidget) -> None:
    section = staff(page)
    section._edit(None)
    sheet = sheet_of(window, PersonSheet)
    assert sheet.form is not None
    sheet.form.put(name="半途", password="secret 1")
    sheet.reject()
    again = PersonSheet(section, None)
    assert again.form is not None
    assert (again.form.value("name"), again.form.value("password")) == ("半途", "")


def test_who_leaves_is_shown_as_gone_and_may_return(here: Sampled, page: SettingsPage, window: QWidget) -> None:
    section = staff(page)
    chosen = next(row for row in section.table.rows() if row.login == "linxiao")
    section.table.select_key(chosen.id)
    QTest.mouseClick(section.leave, Qt.MouseButton.LeftButton)
    question = next(sheet for sheet in window.findChildren(Sheet) if sheet.isVisible())
    danger = next(one for one in question.findChildren(QWidget) if getattr(one, "text", str)() == "确认离职")
    QTest.mouseClick(danger, Qt.MouseButton.LeftButton)
    assert "linxiao" not in [one.login for one in here.house.people()]
    section.table.select_key(chosen.id)
    assert section.back.isVisible()
    QTest.mouseClick(section.back, Qt.MouseButton.LeftButton)
    assert "linxiao" in [one.login for one in here.house.people()]


def test_a_manager_sets_somebodys_password(here: Sampled, page: SettingsPage, window: QWidget) -> None:
    section = staff(page)
    section.table.select_key(next(row.id for row in section.table.rows() if row.login == "caolin"))
    section._password()
    sheet = sheet_of(window, SetPasswordSheet)
    assert sheet.form is not None
    sheet.form.put(password="123")
    sheet.press_main()
    assert sheet.form.field("password").error()
    sheet.form.put(password="123456")
    sheet.press_main()
    assert here.house.log_in("caolin", "123456").who.name == "曹琳"
    assert next(row for row in people.people(here.desk) if row.login == "caolin").has_password


# --- receipt books


def test_a_book_is_begun_and_issued_to_a_cashier(here: Sampled, page: SettingsPage, window: QWidget) -> None:
    section = page.section("books")
    assert isinstance(section, BooksSection)
    cashier = next(one for one in section.cashiers if one.name == "曹琳")
    section._begin()
    sheet = sheet_of(window, BookSheet)
    assert isinstance(sheet, BookSheet)
    assert sheet.form is not None
    sheet.form.put(name="收银一", cashier=cashier.id, prefix="A", digits=4, first=1, last=200)
    sheet.form.changed.emit("last")
    assert sheet.example.text() == "从 A0001 到 A0200"
    sheet.press_main()
    row = books.books(here.desk)[-1]
    assert (row.name, row.cashier_name, row.left) == ("收银一", "曹琳", 200)
    assert told(here, "receipt-book")[-1]["after"]["prefix"] == "A"


def test_a_book_cannot_end_below_a_number_it_gave_out(here: Sampled, page: SettingsPage, window: QWidget) -> None:
    section = page.section("books")
    assert isinstance(section, BooksSection)
    before = books.books(here.desk)[0]
    section.table.select_key(before.id)
    section._change()
    sheet = sheet_of(window, BookSheet)
    assert sheet.form is not None
    sheet.form.put(last=1)
    sheet.press_main()
    assert sheet.form.field("last").error()
    assert books.books(here.desk)[0] == before


def test_numbers_that_another_book_holds_are_refused_at_the_field(page: SettingsPage, window: QWidget) -> None:
    section = page.section("books")
    assert isinstance(section, BooksSection)
    section._begin()
    sheet = sheet_of(window, BookSheet)
    assert sheet.form is not None
    sheet.form.put(name="重号", first=1, last=10)
    sheet.press_main()
    assert sheet.form.field("first").error()


def test_a_book_that_runs_out_says_so(here: Sampled, page: SettingsPage) -> None:
    books.add(here.desk, NewBook("短", 1, 20, prefix="D"), NOW)
    section = page.section("books")
    assert isinstance(section, BooksSection)
    section.load()
    assert "即将用完" in section.table.model.as_tsv([len(section.table.rows()) - 1])
