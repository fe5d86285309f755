"""The fonts of the screen: the system's Chinese font where there is one, else the bundled Noto Sans SC."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from salescenter.ui.kit.theme import RESOURCES

BASE_PX = 13

_OF_SYSTEM: dict[str, tuple[str, ...]] = {
    "win32": ("Segoe UI", "Microsoft YaHei UI"),
    "darwin": (".AppleSystemUIFont", "PingFang SC"),
}
_ON_LINUX = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei")
_BUNDLED = "Noto Sans SC"
_REGULAR, _BOLD, _RARE = "sans-r-gbk+tgh.ttf", "sans-b-tgh.ttf", ("fb-hanaA.ttf", "fb-lxgw.ttf")


def dress(app: QApplication) -> None:
    """Set the program's font; only what the first window needs is loaded."""
    families = _OF_SYSTEM.get(sys.platform) or _linux()
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(BASE_PX)
    app.setFont(font)


def load_the_rest() -> None:
    """Load bold and the fonts for rare names; call it when the first window stands."""
    if QFontDatabase.hasFamily(_BUNDLED):
        _load(_BOLD)
    for file in _RARE:
        _load(file)


def numbers(font: QFont) -> QFont:
    """Return the font with figures of one width, for columns of amounts."""
    tabular = QFont(font)
    tabular.setFeature(QFont.Tag.fromString("tnum") or QFont.Tag(), 1)
    return tabular


def _linux() -> tuple[str, ...]:
    for family in _ON_LINUX:
        if QFontDatabase.hasFamily(family):
            return (family,)
    _load(_REGULAR)
    return (_BUNDLED,)


def _load(file: str) -> None:
    QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / file))
