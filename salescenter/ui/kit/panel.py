"""Panels and the few ways things stand in them."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from salescenter.ui.kit.labels import Label

Box = TypeVar("Box", bound=QBoxLayout)
Piece = QWidget | QLayout | None
"""What stands in a row or column; None is a stretch."""


def row(*pieces: Piece, gap: int = 8) -> QHBoxLayout:
    """Stand things side by side; None takes the room that is left."""
    return _fill(QHBoxLayout(), pieces, gap)


def column(*pieces: Piece, gap: int = 8) -> QVBoxLayout:
    """Stand things below each other; None takes the room that is left."""
    return _fill(QVBoxLayout(), pieces, gap)


def hold(layout: QLayout, parent: QWidget | None = None) -> QWidget:
    """Put a layout into a plain widget of its own."""
    widget = QWidget(parent)
    widget.setLayout(layout)
    return widget


def scrolled(body: QWidget, *, sideways: bool = False) -> QScrollArea:
    """Let a body scroll when it does not fit; its ground is the one behind it."""
    area = QScrollArea()
    body.setProperty("look", "clear")
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


class Body(QWidget):
    """What scrolls: as high as its chips and sentences need at the width there is, not at the narrowest.

    The area around it asks for that height only where something in it wraps; where nothing does, the least height says
    when to scroll.
    """

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None:
            return QSize()
        least = layout.minimumSize()
        return QSize(least.width(), 0) if layout.hasHeightForWidth() else least


class Panel(QFrame):
    """A white panel with a hairline edge and, if given, a headline; things are put into `body`."""

    look = "panel"

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", self.look)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 16)
        self.body.setSpacing(12)
        self.title = Label(title, "headline")
        if title:
            self.setAccessibleName(title)
            self.body.addWidget(self.title)
        else:
            self.title.hide()  # shown before it stands in the panel, it would flash up as a window of its own

    def put(self, *pieces: Piece) -> None:
        """Add things below what is there; None is a stretch."""
        _fill(self.body, pieces, self.body.spacing())


class Card(Panel):
    """A panel beside a page, from edge to edge, that never covers what it explains."""

    look = "side"


def _fill(layout: Box, pieces: tuple[Piece, ...], gap: int) -> Box:
    layout.setSpacing(gap)
    if layout.parent() is None:
        layout.setContentsMargins(0, 0, 0, 0)
    for piece in pieces:
        if piece is None:
            layout.addStretch(1)
        elif isinstance(piece, QWidget):
            layout.addWidget(piece)
        else:
            layout.addLayout(piece)
    return layout
