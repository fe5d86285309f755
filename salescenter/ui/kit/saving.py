"""Asking where a file that leaves the house is to be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

NAMES = {"pdf": "PDF (*.pdf)", "xlsx": "Excel (*.xlsx)"}
"""What a kind of file is called in the dialog, by its ending."""


def ask_where(owner: QWidget, title: str, name: str, chosen: Callable[[Path], object]) -> None:
    """Ask for a place for a file of this name; `chosen(path)` goes on, with the same ending."""
    ending = name.rpartition(".")[2]
    dialog = QFileDialog(owner, title, name, NAMES[ending])
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
