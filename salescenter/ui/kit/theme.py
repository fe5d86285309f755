"""The look the program wears now: Fusion, a palette and `style.qss` filled from the tokens, changed live."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from salescenter.ui.kit.tokens import DARK, LIGHT, Tokens, mix

RESOURCES = Path(__file__).resolve().parent.parent.parent.parent / "resources"


CUT = "/* --- the cut */"
"""What stands above it in `style.qss` suffices for the log-in page."""


class _Wardrobe(QObject):
    """What is worn, and the news that it changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT


_wardrobe = _Wardrobe()
changed = _wardrobe.changed
"""Emitted after the look changed; widgets that paint themselves are repainted by Qt anyway."""

_ROLES: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "page", QPalette.ColorRole.WindowText: "text", QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "hover", QPalette.ColorRole.Text: "text", QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "text", QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Highlight: "accent", QPalette.ColorRole.HighlightedText: "accent_ink",
    QPalette.ColorRole.Link: "accent_text", QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.ToolTipBase: "tip", QPalette.ColorRole.ToolTipText: "tip_ink",
    QPalette.ColorRole.PlaceholderText: "faint", QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Accent: "accent",
}
_DISABLED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def tokens() -> Tokens:
    """Return the colours worn now; ask at paint time, never keep them."""
    return _wardrobe.tokens


def colour(name: str) -> QColor:
    """Return a token as a QColor of the caller's own: `colour("muted")`."""
    return QColor(_colour(getattr(_wardrobe.tokens, name)))


def wear(app: QApplication, *, dark: bool, whole: bool = True) -> None:
    """Dress the whole program, at the start or live; the program is started with the style Fusion.

    Not `whole`, only what the log-in page shows is dressed: reading every rule would make it wait.
    """
    worn = DARK if dark else LIGHT
    _wardrobe.tokens = worn
    app.setPalette(_palette(worn))
    sheet = style_sheet(worn)
    app.setStyleSheet(sheet if whole else sheet.partition(CUT)[0])
    _wardrobe.changed.emit()


@lru_cache
def style_sheet(worn: Tokens) -> str:
    """Return `style.qss` with every `$name` filled in."""
    values: dict[str, str] = {name: str(value) for name, value in worn._asdict().items()}
    values |= {
        "mode": "dark" if worn.dark else "light",
        "icons": (RESOURCES / "icons").as_posix(),
        "hairline": mix(worn.border, worn.panel, 0.6),
        "danger_edge": mix(worn.danger, worn.panel, 0.35),
        "warning_edge": mix(worn.warning, "#F7A072", 0.2),
        "tip_edge": mix(worn.tip_ink, worn.tip, 0.4),
    }
    return Template((RESOURCES / "style.qss").read_text(encoding="utf-8")).substitute(values)


def _palette(worn: Tokens) -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, _colour(getattr(worn, name)))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, _colour(worn.faint))
    return palette


@lru_cache
def _colour(text: str) -> QColor:
    return QColor(text)
