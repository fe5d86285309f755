"""What every section of the settings is: a title, a sentence, panels, and one way to keep what was changed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol, TypeVar
from uuid import uuid4

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.errors import Refusal, Weather
from salescenter.i18n import tr
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label, TitleLabel
from salescenter.ui.kit.lane import Trouble
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import Piece, hold, row, scrolled
from salescenter.ui.kit.room import Room

R = TypeVar("R")
WIDEST = 920
"""Pixels a section takes at most: longer lines tire the eye."""

AROUND = 84
"""Pixels beside a form: the edges of the section and its panel, and the scroll bar."""


class Kept(Protocol):
    """What keeps what is typed into it as a draft: a form, or a list of lines."""

    def keep_draft(self, drafts: Drafts, key: str) -> bool:
        """Bring the draft back and keep it from now on; True where there was one."""

    def keep_now(self) -> None:
        """Write the draft at once."""

    def drop_draft(self) -> None:
        """Forget the draft."""


class SectionView(QWidget):
    """One section; `load` fetches what is in force, the main action keeps what was changed.

    The key of a deed is made anew after each success, so that pressing twice keeps once. A section that `fills`
    takes the whole page, as an editor does.
    """

    def __init__(self, room: Room, title: str, about: str, *, fills: bool = False) -> None:
        super().__init__()
        self.room = room
        self.key = uuid4().hex
        self.forms: list[FormGrid] = []
        self._kept: dict[str, Kept] = {}
        self._recalled: Callable[[], object] = lambda: None
        self.main: FilledButton | None = None
        self._unread = False
        self.banner = Banner(closable=True)
        self.banner.hide()
        self._body = QVBoxLayout()
        self._body.setContentsMargins(20, 12, 16, 16)
        self._body.setSpacing(12)
        self.about = Label(about, "muted", wrap=True)
        for piece in (TitleLabel(title), self.about, self.banner):
            self._body.addWidget(piece)
        self._area = scrolled(_standing(hold(self._body), fills=fills))
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(20, 8, 16, 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addLayout(self._foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand forms in fewer columns where the window is narrow."""
        super().resizeEvent(event)
        for form in self.forms:
            form.fit_columns(min(self.width(), WIDEST) - AROUND)

    def load(self) -> None:
        """Fetch what is in force; overridden."""

    def discard(self) -> None:
        """Throw away what was typed and not kept."""
        self.banner.hide()
        self._drop_drafts()
        self.load()

    def keep_drafts(self, recalled: Callable[[], object] = lambda: None, **forms: Kept) -> None:
        """Keep what is typed in these forms or lists until it is kept for good or discarded; call it before `load`.

        `recalled` is called when a draft stands in its form again: a day of last week is no day to begin on.
        """
        self._kept, self._recalled = forms, recalled

    def _bring_drafts(self) -> None:
        """Put what was typed and not kept over what is in force, and say so."""
        brought = [form.keep_draft(self.room.drafts, f"settings.{name}") for name, form in self._kept.items()]
        if any(brought):
            self._recalled()
            self.banner.say(tr("What was typed last time and not kept stands here again."),
                            tr("Keep it, or discard the changes."), "neutral")  # fmt: skip

    def _drop_drafts(self, done: Collection[Kept] | None = None) -> None:
        """Forget what was typed, of what is `done` alone where that is said: the rest is not kept for good yet."""
        for form in self._kept.values():
            if done is None or form in done:
                form.drop_draft()
            else:
                form.keep_now()

    def put(self, *pieces: Piece) -> None:
        """Add things below what is there."""
        for piece in pieces:
            if isinstance(piece, QWidget):
                self._body.addWidget(piece)
            elif piece is None:
                self._body.addStretch(1)
            else:
                self._body.addLayout(piece)

    def form(self, columns: int = 3) -> FormGrid:
        """Make a form of this section: Ctrl+Enter in it presses the main action."""
        made = FormGrid(columns=columns)
        made.finished.connect(self.press_main)
        self.forms.append(made)
        return made

    def main_action(self, text: str, pressed: Callable[[], object], *others: QWidget) -> FilledButton:
        """Put the main action at the foot, the others behind it."""
        self.main = FilledButton(text, pressed, key="Ctrl ⏎")
        again = OutlinedButton(tr("Discard changes"), self.discard)
        self._actions = FlowLayout()
        for piece in (self.main, again, *others):
            self._actions.addWidget(piece)
        self._foot.addLayout(self._actions)
        return self.main

    def dangerous_action(self, button: QWidget) -> None:
        """Put a dangerous action at the far end of the foot; call it after `main_action`."""
        self._actions.add_far(button)

    def press_main(self) -> None:
        """Press the main action."""
        if self.main is not None and self.main.isEnabled():
            self.main.click()

    def check(self) -> bool:
        """Say under each field what is wrong; True where nothing is."""
        return not [form for form in self.forms if not form.check()]

    def fetch(self, job: Callable[[], R], show: Callable[[R], None]) -> None:
        """Ask in the lane and show the answer."""
        def shown(found: R) -> None:
            self._read()
            show(found)
            self._bring_drafts()

        self.room.lane.run(job, shown, owner=self, refused=self._not_read)

    def send(
        self, deed: Callable[[], R], said: str, done: Callable[[R], object] | None = None,
        *, of: Collection[Kept] | None = None,
    ) -> None:  # fmt: skip
        """Do a deed in the lane; then say that it is done and fetch what is in force now.

        Where it is about some of what is typed here alone, `of` names these, and all else stays typed.
        """
        self._enable(False)

        def finished(result: R) -> None:
            self.renewed(said, of)
            if done is not None:
                done(result)

        self.room.lane.run(deed, finished, owner=self, refused=self.refuse, after=lambda: self._enable(True))

    def renewed(self, said: str, of: Collection[Kept] | None = None) -> None:
        """A deed was done: fetch what is in force now and say it."""
        self.key = uuid4().hex
        self._drop_drafts(of)
        self.load()
        self.say(said)

    def say(self, words: str, remedy: str = "", tone: str = "accent") -> None:
        """Say something above the section and in the status line."""
        self.banner.say(words, remedy, tone)
        self.room.say(words)
        self._area.verticalScrollBar().setValue(0)

    def refuse(self, trouble: Trouble) -> None:
        """Show a refusal under the field it names, else above."""
        if isinstance(trouble, Refusal | Weather) and any(form.refuse(trouble) for form in self.forms):
            return
        self.say_why(trouble)
        self._area.verticalScrollBar().setValue(0)

    def say_why(self, trouble: Trouble) -> None:
        """Show a trouble above the section."""
        self.banner.refuse(trouble)

    def look_again(self) -> None:
        """The database is back: fetch what could not be fetched; what is typed is left alone."""
        if self._unread:
            self.load()

    def _not_read(self, trouble: Trouble) -> None:
        """What is in force is not known: nothing may be kept in its place."""
        if not isinstance(trouble, Weather):
            self.refuse(trouble)
            return
        self._unread = True
        self._enable(False)
        self.banner.not_loaded(trouble, self.load)

    def _read(self) -> None:
        if self._unread:
            self._unread = False
            self._enable(True)
            if self.banner.waits:
                self.banner.hide()

    def _enable(self, on: bool) -> None:
        if self.main is not None:
            self.main.setEnabled(on)


def _standing(inside: QWidget, *, fills: bool) -> QWidget:
    """Stand at the top and no wider than the eye likes, or fill the page."""
    if fills:
        return inside
    inside.setMaximumWidth(WIDEST)
    return _AsTallAsNeeded(inside)


class _AsTallAsNeeded(QWidget):
    """As tall as its content is at the width there is; Qt's own least height is that of the least width."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        beside = row(inside, None)  # so that Qt asks how tall it is at the width it gets, not at that of the window
        beside.setStretch(0, 1_000)
        layout.addLayout(beside)
        layout.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
