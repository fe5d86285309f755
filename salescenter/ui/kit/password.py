"""A field for a password: shown as dots, kept in no draft."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from salescenter.ui.kit.editors import LineEdit


class PasswordEdit(LineEdit):
    """`value` is what was typed, blanks at its ends included."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def value(self) -> Any:
        """Return the password."""
        return self.text()

    def kept(self) -> object:
        """A password stands in no file."""
        return ""
