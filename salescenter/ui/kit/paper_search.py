"""Finding words in a finished paper: where they stand on which page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from salescenter.i18n import tr
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.pdfium import LOCK

MOST = 500
"""Places shown at most: who seeks a single letter wants no more."""

Box = tuple[float, float, float, float]
"""Left, top, width and height in points from the page's upper left corner."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words found: the page (from 0), and a box for each line they take."""

    page: int
    boxes: tuple[Box, ...]


def find_in(pdf: bytes, words: str) -> tuple[Found, ...]:
    """Find words wherever they stand, capital or small; runs in a lane, and lets the screen draw between two pages."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
    found: list[Found] = []
    for number in range(len(document)):
        with LOCK:
            found += _on_page(document, number, words)
        if len(found) >= MOST:
            break
    with LOCK:
        document.close()
    return tuple(found[:MOST])


def _on_page(document: pypdfium2.PdfDocument, number: int, words: str) -> list[Found]:
    page = document[number]
    text, high = page.get_textpage(), page.get_height()
    sought = text.search(words)
    places: list[Found] = []
    while (place := sought.get_next()) is not None and len(places) < MOST:
        places.append(Found(number, tuple(_boxes(text, place, high))))
    sought.close()
    text.close()
    page.close()
    return [one for one in places if one.boxes]


def _boxes(text: pypdfium2.PdfTextPage, place: tuple[int, int], high: float) -> Iterator[Box]:
    for number in range(text.count_rects(*place)):
        left, bottom, right, top = text.get_rect(number)
        yield left, high - top, right - left, top - bottom


class FindBar(QFrame):
    """The line to find words by: Enter goes on to the next, Shift+Enter back, Esc leaves."""

    sought = Signal(str)
    turned = Signal(int)  # by how many of those found: 1 or -1
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "topbar")
        self.words = _Words(self._turn, self._leave)
        self.words.setMaximumWidth(320)
        self.words.textChanged.connect(lambda _: self.sought.emit(self.words.value() or ""))
        self.count = Label("", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 12, 6)
        layout.addWidget(self.words)
        layout.addWidget(self.count)
        layout.addStretch(1)
        layout.addWidget(OutlinedButton(tr("Back"), lambda: self.turned.emit(-1)))
        layout.addWidget(OutlinedButton(tr("Next one"), lambda: self.turned.emit(1)))
        layout.addWidget(OutlinedButton(tr("Close"), self._leave))
        self.hide()

    def begin(self) -> None:
        """Show the line and take the keys."""
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def say(self, at: int, count: int) -> None:
        """Say which of how many is shown."""
        words = self.words.value()
        found = tr("{number} of {count}", number=at + 1, count=count) if count else tr("not found")
        self.count.say(found if words else "", "muted" if count or not words else "error")

    def _turn(self, by: int) -> None:
        self.turned.emit(by)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()


class _Words(LineEdit):
    """The words sought; its keys walk through what was found."""

    def __init__(self, turn: Callable[[int], object], leave: Callable[[], object]) -> None:
        super().__init__(placeholder=tr("Find in this paper"))
        self._turn, self._go = turn, leave

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._turn(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self._go()
        else:
            super().keyPressEvent(event)
