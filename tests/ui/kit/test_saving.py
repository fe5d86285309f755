"""Asking where a file goes: the dialog saves, keeps the file's ending, and hands the place on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from salescenter.ui.kit.saving import ask_where


def test_a_place_is_asked_for_with_the_files_own_ending(qtbot: QtBot, tmp_path: Path) -> None:
    owner, chosen = QWidget(), list[Path]()
    qtbot.addWidget(owner)
    ask_where(owner, "保存", str(tmp_path / "清单.xlsx"), chosen.append)
    dialog = owner.findChild(QFileDialog)
    assert dialog is not None
    assert (dialog.acceptMode(), dialog.defaultSuffix()) == (QFileDialog.AcceptMode.AcceptSave, "xlsx")
    assert dialog.nameFilters() == ["Excel (*.xlsx)"]
    dialog.fileSelected.emit(str(tmp_path / "清单.xlsx"))
    assert chosen == [tmp_path / "清单.xlsx"]
    dialog.reject()
