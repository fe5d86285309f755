"""What the page of papers shows before anything is chosen, and where the keyboard is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from salescenter.i18n import speak
from salescenter.ui.papers.page import PapersPage
from tests.ui.hands import stands
from tests.ui.sampled import Sampled


@pytest.fixture(params=["zh_CN", "en"])
def small(request: pytest.FixtureRequest, here: Sampled, qtbot: QtBot) -> PapersPage:
    """The page in what a screen of 1366x768 at 150 per cent leaves, in both languages."""
    speak(request.param)
    page = PapersPage(here.room)
    qtbot.addWidget(page)
    page.resize(851, 430)
    stands(page)
    return page


def overlapping(page: PapersPage) -> list[tuple[str, str]]:
    """Name the visible controls of the view shown that lie over each other."""
    view = page.stack.currentWidget()
    names = ("search", "kind", "first", "last", "only_new", "all", "make")
    shown = [(name, getattr(view, name)) for name in names if getattr(getattr(view, name, None), "isVisible", bool)()]
    boxes = [(name, one.rect().translated(one.mapTo(page, one.rect().topLeft()))) for name, one in shown]
    pairs = [(a, b) for at, a in enumerate(boxes) for b in boxes[at + 1:]]
    return [(a[0], b[0]) for a, b in pairs if a[1].intersects(b[1])]


@pytest.mark.parametrize("name", ["printed", "job"])
def test_no_filter_lies_over_another_on_a_small_screen(small: PapersPage, name: str) -> None:
    small.show_view(name)
    QApplication.processEvents()
    assert overlapping(small) == []
    tight = [b.text() for b in small.findChildren(QPushButton) if b.isVisible() and b.width() < b.sizeHint().width()]
    assert tight == []


def test_the_card_says_what_it_is_for_while_no_paper_is_chosen(small: PapersPage) -> None:
    assert small.printed.card.nothing.isVisible()
    assert not small.printed.card.inside.isVisible()


def test_each_view_has_a_first_field(small: PapersPage) -> None:
    for name, first in (("printed", small.printed.search), ("check", small.check.code)):
        small.show_view(name)
        small.setFocus()
        assert first.hasFocus()
    small.show_view("job")
    small.setFocus()
    held = QApplication.focusWidget()
    assert held is not None
    assert small.job.kind.isAncestorOf(held)
