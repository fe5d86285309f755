"""A robot that uses the program as a person does: it looks for words on the screen, presses keys, clicks, waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QScrollArea, QWidget

from salescenter.ui.kit.form import Field
from salescenter.ui.kit.rail import RailButton
from salescenter.ui.kit.waiting import LoadingOverlay

W = TypeVar("W", bound=QWidget)

PATIENCE = 30.0
"""Seconds the robot waits for something to appear before it says that it did not."""


class TourFailed(Exception):  # noqa: N818  the tour failed, not the program's code
    """A step did not do what it says."""


class Robot:
    """Counts every key press and click it makes."""

    def __init__(self, app: QApplication) -> None:
        self.app = app
        self.keys = self.clicks = 0

    # --- looking

    def window(self) -> QWidget:
        """The window in front: a sheet or preview over the frame, else the frame."""
        modal = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowType() != Qt.WindowType.ToolTip]
        if not shown:
            raise TourFailed("no window is on the screen")
        return modal or QApplication.activeWindow() or shown[-1]

    def until(self, seen: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Wait until something is so; the program goes on meanwhile."""
        end = monotonic() + seconds
        self.app.processEvents()
        while not seen():
            if monotonic() > end:
                raise TourFailed(f"waited {seconds:g} s in vain for: {what}; in front: {self._in_front()}")
            self._pass(0.02)

    def _in_front(self) -> str:
        window = self.window()
        return f"{type(window).__name__} “{window.windowTitle()}”"

    def settle(self, milliseconds: int = 120) -> None:
        """Let timers and lanes come to rest."""
        end = monotonic() + milliseconds / 1000
        while monotonic() < end:
            self._pass(0.005)

    def _pass(self, seconds: float) -> None:
        """Let time pass; QTest's own waiting would hold the interpreter and starve the lanes."""
        sleep(seconds)
        self.app.processEvents()

    def every(self, kind: type[W], within: QWidget | None = None) -> list[W]:
        """All visible widgets of a kind in the window in front."""
        return [w for w in (within or self.window()).findChildren(kind) if w.isVisible()]

    def the(self, kind: type[W], what: str, fits: Callable[[W], bool] = lambda _: True) -> W:
        """The one visible widget of a kind that fits; waits for it."""
        self.until(lambda: any(fits(w) for w in self.every(kind)), what)
        return next(w for w in self.every(kind) if fits(w))

    def button(self, text: str) -> QAbstractButton:
        """The enabled button of the page or sheet that says this; the rail may have a namesake."""
        return self.the(
            QAbstractButton,
            f"button “{text}”",
            lambda b: b.isEnabled() and _says(b, text) and not isinstance(b, RailButton),
        )

    def field(self, label: str) -> Field:
        """The field under this label."""
        return self.the(Field, f"field “{label}”", lambda f: f.label == label)

    # --- doing

    def key(
        self, key: Qt.Key, *, ctrl: bool = False, shift: bool = False, times: int = 1, at: QWidget | None = None
    ) -> None:
        """Press a key where the focus is, or in a window named: off screen not every window comes to the front."""
        held = Qt.KeyboardModifier.NoModifier
        if ctrl:
            held |= Qt.KeyboardModifier.ControlModifier
        if shift:
            held |= Qt.KeyboardModifier.ShiftModifier
        for _ in range(times):
            QTest.keyClick(at or self._focus(), key, held)
            self.keys += 1
            self.app.processEvents()

    def write(self, text: str) -> None:
        """Type a text; what no keyboard has comes through the input method, as Chinese does."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self._focus(), letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(self._focus(), event)
            self.keys += 1
            self.app.processEvents()

    def paste(self, text: str) -> None:
        """Paste over what a line holds, as people do with long texts."""
        clipboard = QApplication.clipboard()
        clipboard.setText(text)
        self.key(Qt.Key.Key_A, ctrl=True)
        self.key(Qt.Key.Key_V, ctrl=True)
        clipboard.clear()

    def click(self, widget: QWidget, at: QPoint | None = None, *, double: bool = False) -> None:
        """Click a widget in its middle, or at a point of it."""
        spot = at or widget.rect().center()
        act = QTest.mouseDClick if double else QTest.mouseClick
        act(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        self.clicks += 2 if double else 1
        self.app.processEvents()

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll as the wheel would."""
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(widget)
            self.settle(60)

    def tick(self, box: QAbstractButton) -> None:
        """Click the little square of a tick."""
        self.click(box, QPoint(10, box.height() // 2))

    def press(self, text: str) -> None:
        """Click the button that says this."""
        self.click(self.button(text))

    def drop(self, onto: QWidget, file: Path) -> None:
        """Drag a file from the desktop and drop it on a widget."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file.absolute()))])
        spot, copy = onto.rect().center(), Qt.DropAction.CopyAction
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(onto, QDragEnterEvent(spot, copy, mime, left, none))
        QApplication.sendEvent(onto, QDropEvent(QPointF(spot), copy, mime, left, none))
        self.clicks += 1
        self.app.processEvents()

    def fill(self, label: str, text: str) -> None:
        """Click a field and type over what it holds."""
        self.click(self.field(label).editor)
        self.key(Qt.Key.Key_A, ctrl=True)
        self.write(text)

    def choose(self, box: QComboBox, words: str) -> None:
        """Walk down a list of choices to the one that says this."""
        self.until(lambda: any(words in box.itemText(at) for at in range(box.count())), f"“{words}” in a list")
        box.setFocus()
        self.key(Qt.Key.Key_Home, at=box)
        while words not in box.currentText():
            self.key(Qt.Key.Key_Down, at=box)

    def _focus(self) -> QWidget:
        window = self.window()
        if QApplication.activeWindow() is not window:
            window.activateWindow()
            self.app.processEvents()
        return QApplication.focusWidget() or window.focusWidget() or window

    # --- pictures

    def rest(self, window: QWidget) -> None:
        """Wait until a window has loaded what it shows, and laid it out."""
        self.until(lambda: not any(one.is_under_way for one in window.findChildren(LoadingOverlay)), "what is loading")
        self.settle(60)  # an answer of this very turn is laid out in the next

    def picture(self) -> QPixmap:
        """Everything a person sees once it is loaded: the frame, and sheets over it with the frame dimmed."""
        front = self.window()
        self.rest(front)
        frames = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.parentWidget() is None]
        parent = front.parentWidget()
        behind = parent.window() if parent is not None else None
        if behind is None or behind is front or behind not in frames:
            return front.grab()
        return _laid_over(behind.grab(), front.grab(), front.pos() - behind.pos())


def _laid_over(ground: QPixmap, sheet: QPixmap, at: QPoint) -> QPixmap:
    size = ground.size().expandedTo(sheet.size())
    spot = QPoint(
        max(0, min(at.x(), size.width() - sheet.width())), max(0, min(at.y(), size.height() - sheet.height()))
    )
    picture = QPixmap(size)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.drawPixmap(0, 0, ground)
    painter.fillRect(picture.rect(), Qt.GlobalColor.transparent)
    painter.setOpacity(0.35)
    painter.fillRect(picture.rect(), Qt.GlobalColor.black)
    painter.setOpacity(1.0)
    painter.drawPixmap(spot, sheet)
    painter.end()
    return picture


def _says(button: QAbstractButton, text: str) -> bool:
    said = button.text().replace("&", "")
    return said == text or button.accessibleName() == text
