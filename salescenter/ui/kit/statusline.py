"""The line at the foot: what is true now, when the feed was last heard, and the last verified backup."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout

from salescenter.i18n import mark, tr
from salescenter.services.server.privacy import Privacy
from salescenter.ui.kit import formats
from salescenter.ui.kit.labels import ElidedLabel, Label

HEIGHT = 30

PRIVACY = {
    Privacy.OPEN: mark("⚠ not encrypted"),
    Privacy.UNCHECKED: mark("⚠ encrypted, certificate not checked"),
}
"""What is said of a connection that others could listen to; only an address that asks for it is let be so."""


class StatusLine(QFrame):
    """The page's text on the left; time heard and backup on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "statusline")
        self.setFixedHeight(HEIGHT)
        self._text = ElidedLabel("", "small")
        self._heard, self._backup, self._privacy = "", "", ""
        self._right = Label("", "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 14, 0)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._right)

    def say(self, text: str) -> None:
        """Show what is true now."""
        self._text.say(text)

    def text(self) -> str:
        """Return what is said."""
        return self._text.whole()

    def show_heard(self, now: datetime) -> None:
        """Show when the database was last heard."""
        self._heard = now.strftime("%H:%M")
        self._write()

    def show_backup(self, at: datetime | None, now: datetime) -> None:
        """Show when the last backup that was verified was made; None where there is none."""
        self._backup = (tr("no verified backup") if at is None
                        else tr("last backup {at}, verified", at=formats.moment(at, now)))
        self._write()

    def show_privacy(self, how: Privacy) -> None:
        """Say so where others could listen on the way to the server."""
        self._privacy = tr(PRIVACY[how]) if how in PRIVACY else ""
        self._write()

    def _write(self) -> None:
        self._right.say(" · ".join(part for part in (self._privacy, self._heard, self._backup) if part))
