"""The middle of the page at the door: the form in a panel that scrolls, above it what is said, below it the buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QWidget

from salescenter.ui.kit.panel import Body, Panel, scrolled


def middle(banner: QWidget, form: QLayout, foot: QLayout) -> Panel:
    """Put what is said, the form and the buttons below each other; only the form scrolls."""
    panel = Panel()
    panel.setContentsMargins(0, 0, 0, 0)
    panel.body.setContentsMargins(0, 12, 0, 0)
    panel.body.setSpacing(0)
    inside = Body()
    inside.setLayout(form)
    form.setContentsMargins(16, 4, 16, 12)
    under = QFrame()
    under.setProperty("look", "sheetfoot")
    under.setLayout(foot)
    foot.setContentsMargins(16, 10, 16, 10)
    panel.put(banner, scrolled(inside), under)
    return panel
