"""The lock: somebody's work is covered until they, or somebody else, log in; nothing typed is lost, nothing is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from salescenter.services.work import Desk
from salescenter.ui.kit import late
from salescenter.ui.kit.form import keep_all
from salescenter.ui.kit.frame import FOR_EVERYBODY, Frame
from salescenter.ui.kit.lane import Runner, nothing
from salescenter.ui.kit.preferences import Preferences
from salescenter.ui.kit.room import deaf
from salescenter.ui.login import people
from salescenter.ui.login.idle import Idle
from salescenter.ui.login.page import LoginDoors, LoginPage

PASSING = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip})
"""Kinds of windows that only come from what is seen: lists under a field, tips."""

AGAIN = 300_000
"""Milliseconds between two looks at the house's rule, which another desk may have changed."""


class Lock(QObject):
    """Covers the work at one desk after another."""

    def __init__(self, frame: Frame, page: Callable[[], LoginPage]) -> None:
        """Make it; `page` builds what covers the work."""
        super().__init__(frame)
        self._frame, self._page = frame, page
        self._hidden: list[tuple[QWidget, bool]] = []  # and whether it claimed its window for itself
        self._focus: QWidget | None = None
        self.closed = False
        self.ask: Callable[[], object] = nothing  # the house, what its rule is now
        self._guards = False
        self._idle = Idle(self)
        self._idle.over.connect(self.cover)
        self._idle.pressed.connect(self.cover)
        self._first, self._again = QTimer(self), QTimer(self)
        self._first.setSingleShot(True)
        for timer, pause in ((self._first, late.LATER), (self._again, AGAIN)):
            timer.setInterval(pause)
            timer.timeout.connect(lambda: self.ask())  # noqa: PLW0108  who is asked changes with the desk

    def guard(self, desk: Desk, lane: Runner, now: Callable[[], datetime]) -> None:
        """Somebody works at this desk from now on: cover their work when the house's rule says so.

        The rule counts in minutes, so it is asked for when the first page stands.
        """
        self._forget()
        self._guards = True

        def ask() -> None:
            today = now().date()
            lane.run(lambda: late.lock_minutes(desk, today), self._watch, owner=self, refused=_let_be)

        self.ask = ask
        self._first.start()
        self._again.start()

    def leave(self) -> None:
        """Nobody works here any more: what stands over the pages goes, kept as drafts; nothing is left to cover."""
        self._sweep()
        self._forget()
        self._guards = False
        self._first.stop()
        self._again.stop()
        self._idle.watch(0)

    def cover(self) -> bool:
        """Cover the work: keep what is typed, hide every window but those for everybody, show the log-in instead.

        Returns whether there was work to cover.
        """
        if self.closed or not self._guards:
            return False
        self.closed = True
        self._focus = self._frame.focusWidget()
        here = QApplication.activeWindow() is not None
        self._clear()
        _app().installEventFilter(self)
        if here:  # who works in another program is not called back
            QTimer.singleShot(0, self._frame, self._frame.activateWindow)
        return True

    def _clear(self) -> None:
        """Leave only the cover, and what is for everybody."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        keep_all(self._frame)
        page = self._page()
        self._frame.cover(page)
        over = [one for one in self._frame.children() if isinstance(one, QWidget) and one is not page]
        for window in {*QApplication.topLevelWidgets(), *over}:
            self._hide(window)

    def _lift(self) -> None:
        """The same person is back: everything stands where it was."""
        hidden, focus = self._hidden, self._focus
        self._forget()
        self._frame.uncover()
        for window, claimed in hidden:
            if shiboken6.isValid(window):
                self._show(window, claimed=claimed)
        if focus is not None and shiboken6.isValid(focus):
            focus.setFocus()
        self.ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever comes up while the work is covered, such as a paper that is done, waits for whoever ordered it."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and self._comes_over(watched):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)  # asked just after this event
            QTimer.singleShot(0, watched, lambda: self._hide(watched))
        return super().eventFilter(watched, event)

    def _comes_over(self, widget: QWidget) -> bool:
        """Say whether this stands over the cover: a window, but no list under a field; or a line at the foot."""
        if widget.isWindow():
            return widget is not self._frame and widget.windowType() not in PASSING
        return widget.parentWidget() is self._frame

    def _hide(self, window: QWidget) -> None:
        if not self.closed:
            self._show(window, claimed=False)  # the cover went before this came up
        elif window.isVisible() and window is not self._frame and not window.property(FOR_EVERYBODY):
            self._hidden.append((window, window.windowModality() is Qt.WindowModality.WindowModal))
            window.hide()

    def _show(self, window: QWidget, *, claimed: bool) -> None:
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
        window.hide()
        # a sheet gives up its claim on its window when it is hidden, and takes it again
        window.open() if claimed and isinstance(window, QDialog) else window.show()

    def _forget(self) -> None:
        self.closed, self._hidden, self._focus = False, [], None
        _app().removeEventFilter(self)

    def opens_to(self, desk: Desk, before: Desk | None) -> bool:
        """Lift the cover for whoever's work it hides; nobody else's, nor over another connection."""
        same = before is not None and before.who == desk.who and before.engine is desk.engine
        if self.closed and same:
            self._lift()
            return True
        return False

    def _sweep(self) -> None:
        keep_all(self._frame)
        for dialog in self._frame.findChildren(QDialog):
            dialog.reject()
            dialog.deleteLater()

    def _watch(self, minutes: int) -> None:
        if self._guards and not self.closed:
            self._idle.watch(minutes * 60)


def cover_page(
    known: Preferences, desk: Desk | None, log_in: Callable[[str, str], None], log_out: Callable[[], object]
) -> LoginPage:
    """Build the page that covers the work at this desk."""
    assert desk is not None, "only somebody's work is covered"
    page = LoginPage(known.project, known.login, LoginDoors(log_in, log_out, deaf, nothing), covers=desk.who.name)
    people.offer(page, known.people)
    return page


def _let_be(_trouble: Exception) -> None:
    """The house does not answer: the rule known last holds on."""


def _app() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None
    return app
