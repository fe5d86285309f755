"""One's own looks, worn at once; one's own password; backup and check."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from salescenter.data import guards
from salescenter.domain.refusals import CannotWrite
from salescenter.domain.staff import Role
from salescenter.domain.units import UnitState
from salescenter.services import backups, sealing
from salescenter.ui.kit import cell_colours
from salescenter.ui.kit.cell_colours import CellTheme, Chosen
from salescenter.ui.kit.room import Looks
from salescenter.ui.kit.tokens import READABLE, contrast
from salescenter.ui.settings.looks import LooksSection
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.upkeep import UpkeepSection
from tests.ui.sampled import Sampled

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
    looked = here.asked.looked
    QTest.mouseClick(section.now, Qt.MouseButton.LeftButton)
    assert here.asked.looked == looked + 1  # so that the foot of the window says no longer that there is none
    last = backups.last(here.desk)
    assert last is not None
    assert Path(last.path).parent == tmp_path / "copies"
    assert Path(last.path).exists()
    assert section.banner.text().startswith("已备份并验证")
    assert section.progress.isHidden()
    shown = {fact.label: fact.value for fact in section.facts.facts()}
    assert (shown["文件"], shown["制作电脑"]) == (last.path, here.desk.pc)
    assert shown["恢复演练"] == "已试恢复，各项检查全部通过"


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


def test_what_failed_at_any_pc_is_shown_with_its_reason(here: Sampled, page: SettingsPage) -> None:
    section = page.section("upkeep")
    assert isinstance(section, UpkeepSection)
    at_the_door = replace(here.desk, pc="前台二号机")
    backups.remember_failure(at_the_door, CannotWrite(path="E:/备份/x.db", why="full"), here.room.now())
    section.load()
    (bad,) = [fact for fact in section.facts.facts() if fact.tone == "danger"]
    assert bad.label == "最近一次失败"
    assert "前台二号机：E:/备份/x.db 无法写入" in bad.value


def test_the_sealed_history_is_shown_and_a_code_on_paper_looked_up(here: Sampled, page: SettingsPage) -> None:
    section = page.section("upkeep")
    assert isinstance(section, UpkeepSection)
    assert {fact.label: fact.value for fact in section.seals.facts.facts()}["尚未封存"] == "0"
    sealing.seal(here.desk, here.room.now())
    section.load()
    shown = {fact.label: fact.value for fact in section.seals.facts.facts()}
    assert shown["尚未封存"] == "0"
    section.seals.code.put(shown["最近封存代码"].lower())
    section.seals.code.returnPressed.emit()
    assert section.seals.answer.text().startswith("这是")
    section.seals.code.put("0000 0000 0000")
    section.seals.compare()
    assert section.seals.answer.text() == "操作历史中没有此代码的封存。"


def test_the_check_names_the_row_that_was_changed_after_it_was_sealed(here: Sampled, page: SettingsPage) -> None:
    section = page.section("upkeep")
    assert isinstance(section, UpkeepSection)
    sealing.seal(here.desk, here.room.now())
    with here.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        guards.take_down(connection)
        connection.exec_driver_sql("UPDATE history SET pc = 'x' WHERE id = 3")
    section.check_now()
    (found,) = section.broken.rows()
    assert "第 3 条记录在封存后被改动" in found.about
    assert section.broken.model.index(0, 0).data() == "操作历史与封存时一致"
