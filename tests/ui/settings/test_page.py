"""The page of settings: sections by role, each deed told, nothing kept that is refused, looks worn at once."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from salescenter.data.history import history
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.money import Money, Rounding
from salescenter.domain.papers.fields import CLAUSES
from salescenter.domain.prices import DiscountKind
from salescenter.domain.staff import Role
from salescenter.domain.units import UnitState
from salescenter.services import backups, books, offers, people, settings, words
from salescenter.services.books import NewBook
from salescenter.services.estate.deeds import ProjectRequest, keep_project
from salescenter.services.estate.views import overview
from salescenter.services.papers import clauses
from salescenter.services.reception_rules import Contact, rules_of
from salescenter.ui.kit import cell_colours
from salescenter.ui.kit.cell_colours import CellTheme, Chosen
from salescenter.ui.kit.room import Looks
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.tokens import READABLE, contrast
from salescenter.ui.settings import rules as rules_section
from salescenter.ui.settings.books import BookSheet, BooksSection
from salescenter.ui.settings.clauses import ClausesSection
from salescenter.ui.settings.looks import LooksSection
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.people import PeopleSection, PersonSheet, SetPasswordSheet
from salescenter.ui.settings.prices import PricesSection
from salescenter.ui.settings.project import ProjectSection
from salescenter.ui.settings.reception import ReceptionSection
from salescenter.ui.settings.rules import NOT_ASKED, RULES, RulesSection, plain, said
from salescenter.ui.settings.upkeep import UpkeepSection
from tests.ui.sampled import NOW, Sampled, sampled
from tests.ui.settings.conftest import opened

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = NOW.date()


def told(here: Sampled, subject: str) -> list[dict[str, Any]]:
    """What the history tells of a subject, oldest first."""
    stmt = select(history).where(history.c.subject == subject).order_by(history.c.id)
    with here.house.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(stmt)]


def sheet_of(window: QWidget, kind: type[Sheet]) -> Sheet:
    found = window.findChild(kind)
    assert isinstance(found, kind)
    return found


# --- sections


@pytest.mark.parametrize(
    ("login", "keys"),
    [
        ("manager", ["project", "rules", "prices", "reception", "people", "books", "templates", "clauses", "upkeep", "looks"]),
        ("xuning", ["project", "templates", "clauses", "looks"]),
        ("caolin", ["looks"]),
    ],
)  # fmt: skip
def test_each_role_finds_its_own_sections(
    original: Path, tmp_path: Path, window: QWidget, login: str, keys: list[str]
) -> None:
    here = sampled(original, tmp_path, login)
    assert [section.key for section in opened(here, window).sections] == keys
    here.house.close()


def test_the_arrow_keys_walk_the_sections_and_each_is_built_when_it_is_opened(page: SettingsPage) -> None:
    assert page.stack.count() == 1
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.status() == "业务规则"
    assert isinstance(page.stack.currentWidget(), RulesSection)
    page.show_argument("books")
    assert page.status() == "收据簿"
    page.show_argument("nothing")
    assert page.status() == "收据簿"


# --- house rules


def rules(page: SettingsPage) -> RulesSection:
    found = page.section("rules")
    assert isinstance(found, RulesSection)
    return found


def test_every_rule_of_the_house_can_be_changed_here() -> None:
    assert set(RULES) | NOT_ASKED == {one.name for one in fields(HouseRules)}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_survives_being_written_and_read_again(name: str) -> None:
    usual = getattr(HouseRules(), name)
    from salescenter.domain.house_rules import with_settings

    assert getattr(with_settings(HouseRules(), {name: plain(usual)}), name) == usual
    assert said(name, plain(usual))


def test_a_changed_rule_is_kept_from_its_day_and_only_that_one(here: Sampled, page: SettingsPage) -> None:
    section = rules(page)
    later = TODAY + timedelta(days=10)
    section.grid.put(hold_days=5)
    section.ticks.put(annex_alone=False)
    section.since.put(since=later)
    QTest.keyClick(section.grid.field("hold_days").editor, Qt.Key.Key_Return, CTRL)
    assert settings.rules_of(here.desk, TODAY).hold_days == 3
    now = settings.rules_of(here.desk, later)
    assert (now.hold_days, now.annex_alone) == (5, False)
    last = told(here, "setting")[-1]
    assert last["after"] == {"hold_days": 5, "annex_alone": False, "since": later.isoformat()}
    assert {(row.name, row.since) for row in section.table.rows()} == {("hold_days", later), ("annex_alone", later)}
    assert section.banner.text() == "规则已保存。"
    assert section.grid.value("hold_days") == 3


def test_an_unlawful_rule_is_refused_under_its_field(here: Sampled, page: SettingsPage) -> None:
    section = rules(page)
    section.grid.put(deposit_cap=Decimal("0.30"))
    section.press_main()
    assert section.grid.field("deposit_cap").error()
    assert settings.rules_of(here.desk, TODAY).deposit_cap == Decimal("0.20")
    section.grid.field("deposit_cap").set_error("")
    section.load()
    assert section.grid.value("deposit_cap") == Decimal("0.20")


def test_what_cannot_be_read_is_said_before_anything_is_sent(here: Sampled, page: SettingsPage) -> None:
    section = rules(page)
    field = section.grid.field("late_fee_rate")
    editor: Any = field.editor
    editor.setText("abc")
    section.press_main()
    assert field.error() == "无法识别为比例，请写 1 或 0.5。"
    editor.setText("3")
    section.press_main()
    assert settings.rules_of(here.desk, TODAY).late_fee_rate == Decimal("0.0003")
    assert [rules_section.said(row.name, row.value) for row in section.table.rows()] == ["3‱"]


def test_nothing_changed_writes_nothing(here: Sampled, page: SettingsPage) -> None:
    section = rules(page)
    section.press_main()
    assert section.banner.text() == "没有改动。"
    assert settings.dated(here.desk, tuple(RULES)) == ()


# --- prices


def prices(page: SettingsPage) -> PricesSection:
    found = page.section("prices")
    assert isinstance(found, PricesSection)
    return found


def test_discounts_are_added_moved_and_taken_away_and_kept_in_their_order(here: Sampled, page: SettingsPage) -> None:
    section = prices(page)
    first = section.offers.value()[0].name
    section.offers.add()
    line = section.offers.lines[-1]
    line.form.put(name="开盘优惠", kind=DiscountKind.AMOUNT_OFF.value)
    line.form.changed.emit("kind")
    line.worth.put(Decimal(8000))
    for _ in range(9):
        section.offers._move(line, -1)
    section.offers._remove(section.offers.lines[-1])
    section.press_main()
    kept = offers.offers_of(here.desk, TODAY).offers
    assert [one.name for one in kept][:2] == ["开盘优惠", first]
    assert (kept[0].kind, kept[0].value) == (DiscountKind.AMOUNT_OFF, Decimal(8000))
    assert len(kept) == 3


def test_a_discount_without_a_name_is_refused_at_its_line(here: Sampled, page: SettingsPage) -> None:
    section = prices(page)
    before = offers.offers_of(here.desk, TODAY).offers
    section.offers.add()
    section.press_main()
    assert section.offers.lines[-1].form.field("name").error()
    assert offers.offers_of(here.desk, TODAY).offers == before


def test_a_roles_limit_is_kept(here: Sampled, page: SettingsPage) -> None:
    section = prices(page)
    section.limits.put(**{"limit-consultant": Decimal("0.985")})
    section.press_main()
    assert offers.offers_of(here.desk, TODAY).limits[Role.CONSULTANT] == Decimal("0.985")


def test_rounding_is_kept_when_it_is_chosen(here: Sampled, page: SettingsPage) -> None:
    section = prices(page)
    section.rounding.put(Rounding.DOWN_TO_YUAN.value)
    section.rounding.edited.emit()
    assert overview(here.desk).project.rounding is Rounding.DOWN_TO_YUAN
    assert told(here, "setting")[-1]["after"] == {"rounding": "yuan-down"}


# --- reception


def test_required_fields_consent_and_windows_are_kept_together(here: Sampled, page: SettingsPage) -> None:
    section = page.section("reception")
    assert isinstance(section, ReceptionSection)
    section.sheet.put(**{"required.call-in": ("phone", "name")}, consent="本人同意。", visit_days=15)
    section.press_main()
    found = rules_of(here.desk, TODAY)
    assert found.required[Contact.CALL_IN] == ("phone", "name")
    assert (found.consent, found.ownership.visit_days, found.ownership.call_days) == ("本人同意。", 15, 7)
    after = told(here, "setting")[-1]["after"]
    assert set(after) == {"required.call-in", "consent", "ownership", "since"}


def test_a_dictionary_is_written_anew_line_by_line(here: Sampled, page: SettingsPage) -> None:
    section = page.section("reception")
    assert isinstance(section, ReceptionSection)
    section.dictionary.put(which="floor")
    section.dictionary.changed.emit("which")
    assert str(section.dictionary.value("words")).splitlines() == list(words.dictionaries(here.desk)["floor"])
    section.dictionary.put(words="顶层\n底层")
    section._keep_words()
    assert words.dictionaries(here.desk)["floor"] == ("顶层", "底层")


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


# --- clauses and the project


def test_a_clause_is_found_changed_and_told(here: Sampled, page: SettingsPage) -> None:
    section = page.section("clauses")
    assert isinstance(section, ClausesSection)
    section.search.setText("份数")
    section.search.search_now()
    shown = [name for name in CLAUSES if section.grid.field(name).isVisible()]
    assert shown
    assert all("份数" in name for name in shown)
    section.grid.put(合同份数="6")
    QTest.keyClick(section.grid.field("合同份数").editor, Qt.Key.Key_Return, CTRL)
    assert {one.name: one.said for one in clauses.clauses_of(here.desk)}["合同份数"] == "6"
    assert told(here, "clauses")[-1]["after"] == {"合同份数": "6"}


def test_what_contracts_would_print_empty_is_said(here: Sampled, page: SettingsPage) -> None:
    section = page.section("project")
    assert isinstance(section, ProjectSection)
    facts = overview(here.desk).project
    seller = {**facts.seller, "person": ""}
    asked = ProjectRequest(facts.name, facts.developer, facts.address, facts.handover, seller, facts.estate)
    keep_project(here.desk, asked, NOW)
    section.load()
    assert "法定代表人" in section.banner.accessibleName()
    said_facts = {fact.label: fact.value for fact in section.estate.facts()}
    assert said_facts["交付日期"] == "2027年12月31日"
    assert said_facts["土地终止日期"] == "2094年3月17日"
    section.edit.click()
    assert here.asked.went == [("estate", "project")]


# --- looks


def looks(page: SettingsPage) -> LooksSection:
    found = page.section("looks")
    assert isinstance(found, LooksSection)
    return found


def test_language_mode_and_colours_are_asked_of_the_program(here: Sampled, window: QWidget) -> None:
    heard: list[object] = []
    section = LooksSection(replace(here.room, looks=Looks(heard.append, heard.append, heard.append)))
    section.setParent(window)
    section.load()
    section.language.put("en")
    section.language.edited.emit()
    section.mode.put(True)
    section.mode.edited.emit()
    section.themes.put(CellTheme.COLOUR_BLIND.value)
    section.themes.edited.emit()
    assert heard == ["en", True, Chosen(CellTheme.COLOUR_BLIND)]


def test_a_state_gets_another_colour_with_words_that_can_be_read(page: SettingsPage) -> None:
    section = looks(page)
    QTest.mouseClick(section.swatches[UnitState.SIGNED], Qt.MouseButton.LeftButton)
    section.paint(UnitState.SIGNED, QColor("#101080"))
    look = cell_colours.worn()[UnitState.SIGNED]
    assert look.ground == "#101080"
    assert contrast(look.ink, look.ground) >= READABLE
    assert section.own.isEnabled()
    section.own.click()
    assert cell_colours.chosen().edited == {}
    assert not section.own.isEnabled()


def test_the_colour_is_chosen_in_a_dialog_that_does_not_stop_the_program(page: SettingsPage) -> None:
    section = looks(page)
    dialog = section.edit(UnitState.HELD)
    dialog.setCurrentColor(QColor("#00AA55"))
    dialog.accept()
    assert cell_colours.chosen().edited == {UnitState.HELD: "#00AA55"}


def test_ones_own_password_is_changed_with_the_old_one(here: Sampled, page: SettingsPage) -> None:
    section = looks(page)
    section.secret.put(old="wrong", password="open sesame", again="open sesam")
    section._set_password()
    assert section.secret.field("again").error() == "两次输入不一致。"
    section.secret.put(again="open sesame")
    section._set_password()
    assert section.secret.field("old").error()
    section.secret.put(old="")
    section._set_password()
    assert here.house.log_in("manager", "open sesame").who.role is Role.MANAGER
    assert section.secret.value("password") == ""


# --- backup and check


def test_a_backup_is_made_verified_and_remembered(here: Sampled, page: SettingsPage, tmp_path: Path) -> None:
    section = page.section("upkeep")
    assert isinstance(section, UpkeepSection)
    section.folder.put(str(tmp_path / "copies"))
    QTest.mouseClick(section.now, Qt.MouseButton.LeftButton)
    last = backups.last(here.desk)
    assert last is not None
    assert Path(last.path).parent == tmp_path / "copies"
    assert Path(last.path).exists()
    assert section.banner.text().startswith("已备份并验证")
    assert section.progress.isHidden()
    assert section.facts.facts()[1].value == last.path


def test_a_folder_that_cannot_be_written_is_said_with_its_remedy(here: Sampled, page: SettingsPage, tmp_path: Path) -> None:
    section = page.section("upkeep")
    assert isinstance(section, UpkeepSection)
    (tmp_path / "file").write_text("x")
    section.folder.put(str(tmp_path / "file" / "below"))
    section.back_up()
    assert "无法写入" in section.banner.text()
    assert section.now.isEnabled()
    assert backups.last(here.desk) is None


def test_the_check_says_that_every_law_holds_or_which_is_broken(here: Sampled, page: SettingsPage) -> None:
    section = page.section("upkeep")
    assert isinstance(section, UpkeepSection)
    QTest.mouseClick(section.check_button, Qt.MouseButton.LeftButton)
    assert section.checked.text().startswith("全部通过")
    with here.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE unit SET total = total + 1 WHERE deal_id IS NOT NULL")
    section.check_now()
    assert "不符" in section.checked.text()
    assert section.broken.rows()


def test_money_amounts_of_rules_are_written_as_amounts() -> None:
    assert said("least_deposit", plain(Money.yuan(12_345))) == "12,345.00"
