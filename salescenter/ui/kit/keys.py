"""The sheet of keys behind F1."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from salescenter.i18n import mark, tr
from salescenter.ui.kit.buttons import KeyHint
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import hold
from salescenter.ui.kit.sheet import Sheet

KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+K", mark("Find anything")),
    ("3-1201 Enter", mark("Open that unit, typed anywhere")),
    ("Ctrl+1 … 9", mark("Open an area")),
    ("← → ↑ ↓", mark("Walk the grid; Home, End, PgUp, PgDn jump")),
    ("Enter", mark("Open the card; in a form go on to the next field")),
    ("Space", mark("Put a unit beside others to compare")),
    ("F2", mark("Edit")),
    ("F4", mark("Customer view")),
    ("F5", mark("Nothing is needed: the screen is live; shows when it last heard")),
    ("F6", mark("The main step of the card")),
    ("F8", mark("Print")),
    ("F9", mark("Next in the rota")),
    ("F11", mark("Wall view")),
    ("Ctrl+Enter", mark("Finish a form")),
    ("Ctrl+F", mark("Find in a list; typing letters does the same")),
    ("Ctrl+L", mark("Lock the desk; the same person goes on, or somebody else logs in")),
    ("Ctrl+Z", mark("Undo where the business allows it")),
    ("Esc", mark("One step back; nothing typed is lost")),
)


def keys_sheet(window: QWidget) -> Sheet:
    """Build the sheet of all keys."""
    sheet = Sheet(tr("Keys"), window, width=560)
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for line, (key, words) in enumerate(KEYS):
        grid.addWidget(KeyHint(key), line, 0)
        grid.addWidget(Label(tr(words), wrap=True), line, 1)
    sheet.put(hold(grid))
    sheet.main_action(tr("Close"), sheet.reject)
    return sheet
