"""Name and password, usable at once; whom it knows it learned from the database when that was last open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from salescenter.i18n import spoken, tr
from salescenter.ui.kit.buttons import FilledButton, LinkButton

WIDTH = 360


@dataclass(frozen=True, slots=True)
class LoginDoors:
    """Where the page leads: the log-in itself (name, password), another database, another language.

    painted: called once, after the page was first drawn.
    """

    log_in: Callable[[str, str], None]
    elsewhere: Callable[[], None]
    language: Callable[[str], None]
    painted: Callable[[], None]


class LoginPage(QWidget):
    """The project's name, two fields, one button."""

    def __init__(self, project: str, login: str, doors: LoginDoors) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setWindowTitle(project or tr("Sales centre"))
        self._doors = doors
        self._logins: dict[str, str] = {}
        self._waits_for_paint = True
        self.name = QLineEdit(login)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._title = _label(project or tr("Sales centre"), "title")
        self._under = _label(tr("Sales centre"), "muted")
        self._under.setVisible(bool(project))
        self.trouble = _label("", "error")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.enter = FilledButton(tr("Log in"), self._enter)
        panel = self._panel()
        layout = QHBoxLayout(self)
        layout.addWidget(panel, 0, Qt.AlignmentFlag.AlignCenter)
        self.resize(1180, 760)
        (self.password if login else self.name).setFocus()

    def show_house(self, project: str, people: Sequence[tuple[str, str, str]]) -> None:
        """Show the project's name, and offer its people while the name is typed: (login, name, role in words)."""
        self._title.setText(project or tr("Sales centre"))
        self._under.setVisible(bool(project))
        self._logins = {name: login for login, name, _ in people}
        words = [f"{login}  {name}  {role}" for login, name, role in people]
        finder = QCompleter(words, self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.activated.connect(self._picked)
        self.name.setCompleter(finder)

    def busy(self, busy: bool) -> None:
        """Switch the button off while the answer is on the way; the fields stay open."""
        self.enter.setEnabled(not busy)
        self.enter.setText(tr("Opening …") if busy else tr("Log in"))

    def refuse(self, sentence: str, remedy: str) -> None:
        """Say why not, and what helps."""
        self.busy(False)
        self.trouble.setText(f"{sentence}\n{remedy}")
        self.trouble.show()
        self.password.setFocus()
        self.password.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.name.hasFocus() and not self.password.text() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.password.setFocus()
        else:
            self._enter()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._waits_for_paint:
            self._waits_for_paint = False
            QTimer.singleShot(0, self._doors.painted)

    def _enter(self) -> None:
        self.trouble.hide()
        typed = self.name.text().strip()
        self._doors.log_in(self._logins.get(typed, typed), self.password.text())

    def _picked(self, words: str) -> None:
        self.name.setText(words.partition("  ")[0])
        self.password.setFocus()

    def _panel(self) -> QFrame:
        panel = QFrame()
        panel.setProperty("look", "panel")
        panel.setFixedWidth(WIDTH)
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(28, 26, 28, 20)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._under)
        for words, field in ((tr("Name"), self.name), (tr("Password"), self.password)):
            layout.addSpacing(12)
            layout.addWidget(_label(words, "section"))
            field.setAccessibleName(words)
            layout.addWidget(field)
        layout.addSpacing(4)
        layout.addWidget(self.trouble)
        layout.addSpacing(14)
        layout.addWidget(self.enter)
        layout.addSpacing(10)
        layout.addLayout(self._feet())
        return panel

    def _feet(self) -> QHBoxLayout:
        other, words = ("en", "English") if spoken() == "zh_CN" else ("zh_CN", "中文")
        feet = QHBoxLayout()
        feet.addWidget(LinkButton(tr("Another database …"), self._doors.elsewhere))
        feet.addStretch(1)
        feet.addWidget(LinkButton(words, lambda: self._doors.language(other)))
        return feet


def _label(words: str, look: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("look", look)
    return label
