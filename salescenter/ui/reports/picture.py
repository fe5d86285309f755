"""The board as one picture: whole, titled, on the ground of the theme, nothing cut by a scroll bar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from salescenter.ui.kit import theme
from salescenter.ui.reports.board_view import BoardView

HEAD = 56
"""Pixels for the title above the charts."""


FOOT = 30
"""Pixels for the watermark below them."""


def board_picture(view: BoardView, title: str, about: str, watermark: str) -> bytes:
    """Return the board as a PNG, with its title and what it is about above it, and below who took it and when."""
    with _unrolled(view):
        picture = _painted(view, title, about, watermark)
    picture.setText("Comment", watermark)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@contextmanager
def _unrolled(view: BoardView) -> Iterator[None]:
    """Give every card the height its rows need, for as long as the picture takes; nothing is painted meanwhile."""
    for card in view.cards.values():
        card.unroll(True)
    size = view.sheet.size()
    layout = view.sheet.layout()
    assert layout is not None
    layout.activate()
    view.sheet.resize(size.width(), max(size.height(), layout.minimumSize().height()))
    try:
        yield
    finally:
        for card in view.cards.values():
            card.unroll(False)
        layout.activate()
        view.sheet.resize(size)


def _painted(view: BoardView, title: str, about: str, watermark: str) -> QImage:
    ratio = view.devicePixelRatioF()
    size = view.sheet.size() + QSize(0, HEAD + FOOT)
    picture = QImage(size * ratio, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.colour("page"))
    painter = QPainter(picture)
    box = QRect(16, 0, size.width() - 32, HEAD)
    font = view.font()
    font.setPixelSize(18)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(theme.colour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(view.font())
    painter.setPen(theme.colour("muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, about)
    foot = QRect(16, size.height() - FOOT, size.width() - 32, FOOT)
    painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, watermark)
    view.sheet.render(painter, QPoint(0, HEAD))
    painter.end()
    return picture
