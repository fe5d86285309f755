"""Name and password, usable at once; whom it knows it learned from the database when that was last open.

It stands before anything heavy is loaded, so it is made of plain widgets: Qt's namespace of flags alone would cost
a tenth of the whole start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from salescenter.i18n import mark, spoken, tr
from salescenter.ui.kit.countdown import Countdown

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QShowEvent

WIDTH = 360

BENEATH = mark("All that was typed stays as it is. Anybody else may log in, too.")


class LoginDoors(NamedTuple):
    """Where the page leads: the log-in itself (name, password), another database, another language.

    painted: called once, after the page was first drawn.
    """

    log_in: Callable[[str, str], None]
    elsewhere: Callable[[], object]
    language: Callable[[str], None]
    painted: Callable[[], None]


class LoginPage(QWidget):
    """The project's name, two fields, one button; or, covering somebody's work, whose it is."""

    def __init__(self, project: str, login: str, doors: LoginDoors, covers: str = "") -> None:
        """Make it; `covers` is the name of whoever's work it hides. Then the way elsewhere is the way out."""
        super().__init__()
        self.setProperty("look", "page")
        self.setWindowTitle(project or tr("Sales centre"))
        self._doors, self._covers = doors, covers
        self._waits_for_paint = True
        self._title = _label(tr("Locked · {name}", name=covers) if covers else project or tr("Sales centre"), "title")
        self._under = _label(tr(BENEATH) if covers else tr("Sales centre"), "muted")
        self._under.setWordWrap(bool(covers))
        self._under.setVisible(bool(project or covers))
        self.name = QLineEdit(login)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.trouble = _label("", "error")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.enter = _button(tr("Log in"), "filled", self._enter)
        self.countdown = Countdown(self.enter)
        self._lay_out()
        self.name.returnPressed.connect(self._named)
        self.password.returnPressed.connect(self._enter)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.password if self.name.text() else self.name).setFocus()

    def show_project(self, project: str) -> None:
        """Show the project's name once it is known."""
        self._title.setText(project or tr("Sales centre"))
        self._under.setVisible(bool(project))

    def busy(self, busy: bool) -> None:
        """Switch the button off while the answer is on the way; the fields stay open."""
        self.enter.setEnabled(not busy)
        self.enter.setText(tr("Opening …") if busy else tr("Log in"))

    def refuse(self, sentence: str, remedy: str, wait: int = 0) -> None:
        """Say why not, and what helps; where the next try waits so many seconds, count them down."""
        self.busy(False)
        self.trouble.setText(f"{sentence}\n{remedy}")
        self.countdown.start(wait)
        self.trouble.show()
        self.password.setFocus()
        self.password.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "\r" and self.enter.hasFocus():
            self._enter()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._waits_for_paint:
            self._waits_for_paint = False
            QTimer.singleShot(0, self._doors.painted)

    def _named(self) -> None:
        """Enter in the name goes on to the password; where that was typed already, it enters."""
        if self.password.text():
            self._enter()
        else:
            self.password.setFocus()

    def _enter(self) -> None:
        if self.enter.isEnabled():
            self.trouble.hide()
            self._doors.log_in(self.name.text().strip(), self.password.text())

    def _lay_out(self) -> None:
        panel = QFrame()
        panel.setProperty("look", "panel")
        panel.setFixedWidth(WIDTH)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(28, 26, 28, 20)
        inside.setSpacing(4)
        inside.addWidget(self._title)
        inside.addWidget(self._under)
        for words, field in ((tr("Log-in name"), self.name), (tr("Password"), self.password)):
            inside.addSpacing(12)
            inside.addWidget(_label(words, "section"))
            field.setAccessibleName(words)
            inside.addWidget(field)
        inside.addSpacing(4)
        inside.addWidget(self.trouble)
        inside.addSpacing(14)
        inside.addWidget(self.enter)
        inside.addSpacing(10)
        inside.addLayout(self._feet())
        _centre(panel, self)

    def _feet(self) -> QHBoxLayout:
        other, words = ("en", "English") if spoken() == "zh_CN" else ("zh_CN", "中文")
        feet = QHBoxLayout()
        if self._covers:  # no other way leads past the password: not another language, not another database
            feet.addStretch(1)
            feet.addWidget(_button(tr("Log out"), "link", self._doors.elsewhere))
            return feet
        feet.addWidget(_button(tr("Another database …"), "link", self._doors.elsewhere))
        feet.addStretch(1)
        feet.addWidget(_button(words, "link", lambda: self._doors.language(other)))
        return feet


def _label(words: str, look: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("look", look)
    return label


def _button(words: str, look: str, pressed: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("look", look)
    button.clicked.connect(lambda: pressed())  # noqa: PLW0108  `checked` is not passed on
    return button


def _centre(panel: QWidget, page: QWidget) -> None:
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(panel)
    across.addStretch(1)
    down = QVBoxLayout(page)
    down.addStretch(2)
    down.addLayout(across)
    down.addStretch(3)
