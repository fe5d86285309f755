"""One's own looks, worn at once; one's own password; backup and check."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from salescenter.domain.staff import Role
from salescenter.domain.units import UnitState
from salescenter.services import backups
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
