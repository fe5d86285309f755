"""Tab comes to everything on a page that takes keys, and never stays in one place: no page holds the keyboard back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column
from salescenter.ui.pages import PAGES
from tests.ui.conftest import NOW
from tests.ui.hands import presses, stands
from tests.ui.sampled import Sampled

TAB = Qt.FocusPolicy.TabFocus


def met_by_tab(window: QWidget, most: int) -> set[QWidget]:
    """What has the keys while Tab is pressed so often."""
    met = set()
    for _ in range(most):
        now = QApplication.focusWidget() or window
        met.add(now)
        presses(now, Qt.Key.Key_Tab)
    return met


def takes_keys(window: QWidget) -> set[QWidget]:
    """What can be seen, is switched on and stands in the Tab order; a group of chips hands its keys to a chip."""
    return {
        piece for piece in window.findChildren(QWidget)
        if piece.window() is window and piece.isVisible() and piece.isEnabled() and piece.focusPolicy() & TAB == TAB
        and piece.focusProxy() is None and not isinstance(piece, ChipGroup)
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.key))
def test_tab_comes_to_everything_on_the_page(here: Sampled, qtbot: QtBot, page: Page) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    built = page.build(here.room)
    switches = getattr(built, "switches", lambda: None)()
    layout = QVBoxLayout(window)
    for piece in (switches, built):
        if isinstance(piece, QWidget):
            built.setWindowFlags(Qt.WindowType.Widget)
            layout.addWidget(piece)
    window.resize(1366, 768)
    stands(window)
    built.setFocus()
    QApplication.processEvents()
    met_by_tab(window, 12)  # walking over a list may open a card beside it
    wanted = takes_keys(window)
    missed = wanted - met_by_tab(window, 2 * len(wanted) + 12)
    assert not missed, [f"{type(piece).__name__} {piece.accessibleName()}" for piece in missed]


def test_what_stands_before_the_first_field_is_met_by_tab_too(qtbot: QtBot) -> None:
    window, page = QWidget(), QWidget()
    qtbot.addWidget(window)
    before, above, first = QPushButton("before"), QPushButton("above"), QLineEdit()
    inside = QVBoxLayout(page)
    inside.addWidget(above)
    inside.addWidget(first)
    begins_in(page, lambda: first)
    around = QVBoxLayout(window)
    around.addWidget(before)
    around.addWidget(page)
    stands(window)
    page.setFocus()
    assert first.hasFocus()
    before.setFocus()
    presses(before, Qt.Key.Key_Tab)
    assert above.hasFocus()


def test_an_empty_table_lets_tab_go_on_and_takes_the_keys_when_its_rows_come(qtbot: QtBot) -> None:
    window, behind = QWidget(), QPushButton("behind")
    qtbot.addWidget(window)
    table: RecordTable[str] = RecordTable(
        [Column("Name", lambda name: name)], now=lambda: NOW, empty=EmptyState("Nothing yet", "Add something.")
    )
    layout = QVBoxLayout(window)
    for piece in (table, behind):
        layout.addWidget(piece)
    stands(window)
    table.setFocus()
    assert behind in met_by_tab(window, 3)
    table.setFocus()
    table.set_rows(["one"])
    assert table.view.hasFocus()
