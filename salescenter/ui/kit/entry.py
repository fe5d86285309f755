"""Where the keys go when a page is entered: to the piece that is used first, with Tab order left as it stands.

A focus proxy would do it too, but Tab jumps from the page's edge straight to a proxy, and whatever stands before it is
reached no more; and setting one moves the page in the Tab order before its first child, be that a menu of its own ring.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


def begins_in(place: QWidget, first: Callable[[], QWidget | None]) -> None:
    """Hand the keys on to `first()` whenever the place is given them; None leaves them where they are."""
    place.installEventFilter(_Entry(place, first))


class _Entry(QObject):
    def __init__(self, place: QWidget, first: Callable[[], QWidget | None]) -> None:
        super().__init__(place)
        self._first = first

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            first = self._first()
            if first is not None:
                first.setFocus(event.reason())
        return False
