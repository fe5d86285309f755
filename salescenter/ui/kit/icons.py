"""Line icons from resources/icons, drawn in any colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from salescenter.ui.kit import theme

SIZE = 20


def paint(painter: QPainter, name: str, box: QRectF, colour: str) -> None:
    """Draw an icon into a box in a colour (`#RRGGBB`)."""
    _renderer(name, colour).render(painter, box)


def icon(name: str, token: str = "muted") -> QIcon:
    """Return an icon in a token's present colour; ask again when the theme changes."""
    colour = getattr(theme.tokens(), token)
    made = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(QSize(SIZE, SIZE) * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint(painter, name, QRectF(pixmap.rect()), colour)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        made.addPixmap(pixmap)
    return made


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = (theme.RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
