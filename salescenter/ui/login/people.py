"""The people of the house, offered while a name is typed on the log-in page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCompleter

from salescenter.services.house import LoginName
from salescenter.ui.kit.terms import role_words
from salescenter.ui.login.page import LoginPage


def listed(people: Sequence[LoginName]) -> tuple[tuple[str, str, str], ...]:
    """Write everybody as (login, name, role in words)."""
    return tuple((one.login, one.name, role_words(one.role)) for one in people)


def offer(page: LoginPage, people: Sequence[tuple[str, str, str]]) -> None:
    """Offer people as (login, name, role in words); whoever is picked, or alone, has only the password left to type."""
    finder = QCompleter([f"{login}  {name}  {role}" for login, name, role in people], page)
    finder.setFilterMode(Qt.MatchFlag.MatchContains)
    finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    finder.activated.connect(lambda words: _picked(page, words))
    page.name.setCompleter(finder)
    if len(people) == 1 and not page.name.text():
        page.name.setText(people[0][0])
        page.password.setFocus()


def _picked(page: LoginPage, words: str) -> None:
    # the completer writes its whole line into the field after this, so ours must come later
    QTimer.singleShot(0, page, lambda: page.name.setText(words.partition("  ")[0]))
    page.password.setFocus()
