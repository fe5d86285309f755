"""Every area in a window of 1366x768 at 150 per cent, 911x512 logical pixels, in both languages: nothing is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from salescenter.i18n import speak
from salescenter.ui.kit.buttons import Button
from salescenter.ui.kit.choices import Chip, ChipGroup
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.labels import ElidedLabel, Label
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.rail import Rail, RailButton
from salescenter.ui.pages import PAGES
from salescenter.ui.reports.cards import FigureCard
from tests.ui.sampled import Sampled

SCREEN = (911, 512)
LEFT = (851, 430)
"""What the rail, the bar and the status line leave of such a window."""

ELSEWHERE = ("floorplan", "settings")
"""Areas whose narrow windows have tests of their own, with more states than one."""


def seen(kind: type[QWidget], window: QWidget) -> list[QWidget]:
    """Return what of a kind is shown in the window itself."""
    return [one for one in window.findChildren(kind) if one.isVisible() and one.window() is window]


def said(piece: QWidget) -> str:
    """Name a piece by its words."""
    return f"{type(piece).__name__} “{getattr(piece, 'text', piece.accessibleName)()}”"


def squeezed(window: QWidget) -> list[str]:
    """Name what has less room than its words need; what gives way by an ellipsis tells the whole on hover."""
    words = [one for one in seen(Label, window) if not isinstance(one, ElidedLabel) and not one.wordWrap()]  # type: ignore[attr-defined]
    return [said(one) for one in (*seen(Button, window), *words) if one.width() < one.sizeHint().width()]


def outside(window: QWidget) -> list[str]:
    """Name the buttons that nobody can press from end to end: cut by what they stand in, or under something else."""
    return [said(one) for one in seen(QAbstractButton, window) if not _scrolls(one) and not _in_reach(one, window)]


def _scrolls(piece: QWidget | None) -> bool:
    return piece is not None and (isinstance(piece, QAbstractScrollArea) or _scrolls(piece.parentWidget()))


def _in_reach(piece: QWidget, window: QWidget) -> bool:
    ends = (QPoint(2, piece.height() // 2), QPoint(piece.width() - 3, piece.height() // 2))
    return all(window.childAt(piece.mapTo(window, end)) is piece for end in ends)


class Flashes(QObject):
    """Notes what is shown as a window of its own while a page is built; it would take the keys from the program."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(said(watched))
        return False


def built_unseen(page: Page, here: Sampled) -> QWidget:
    """Build a page; none of its pieces may be shown before it stands in the page."""
    flashes, app = Flashes(), QApplication.instance()
    assert app is not None
    app.installEventFilter(flashes)
    try:
        made = page.build(here.room)
    finally:
        app.removeEventFilter(flashes)
    assert flashes.seen == []
    return made


def views(page: QWidget) -> list[Chip]:
    """Return the chips in the head of a page, each with a view behind it."""
    head = getattr(page, "views", None) or getattr(page, "chips", None)
    return head.findChildren(Chip) if isinstance(head, ChipGroup) else []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("page", [page for page in PAGES if page.key not in ELSEWHERE], ids=lambda page: str(page.key))
def test_no_words_are_cut_no_button_is_out_of_reach_and_nothing_flashes(
    here: Sampled, qtbot: QtBot, page: Page, language: str
) -> None:
    speak(language)
    window = QWidget()
    qtbot.addWidget(window)
    built = built_unseen(page, here)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    built.setWindowFlags(Qt.WindowType.Widget)
    layout.addWidget(built)
    size = SCREEN if page.own_window else LEFT
    window.setMinimumSize(*size)  # as the shell does: no page makes the window larger
    window.resize(*size)
    window.show()
    QApplication.processEvents()
    for view in (None, *views(built)):
        if view is not None:
            view.click()
            QApplication.processEvents()
        shown = said(view) if view is not None else ""
        assert (shown, squeezed(window), outside(window), window.size().toTuple()) == (shown, [], [], size)


def test_a_sum_that_does_not_fit_beside_its_label_stands_below_it(qtbot: QtBot) -> None:
    facts = FactsTable([Fact("Deposit", "20,000.00"), Fact("Provident fund loan, when the bank pays", "600,000.00")])
    qtbot.addWidget(facts)
    facts.resize(600, 80)
    facts.show()
    QApplication.processEvents()
    beside = facts.sizeHint().height()
    facts.resize(230, 80)
    QApplication.processEvents()
    assert facts.sizeHint().height() > beside
    facts.resize(600, 80)
    QApplication.processEvents()
    assert facts.sizeHint().height() == beside


def test_chips_go_on_in_the_next_line_where_one_does_not_hold_them(qtbot: QtBot) -> None:
    window, chips = QWidget(), ChipGroup([(n, f"choice number {n}") for n in range(5)]).in_lines()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(chips)
    layout.addStretch(1)
    window.resize(chips.sizeHint().width() + 40, 200)
    window.show()
    QApplication.processEvents()
    line = chips.height()
    window.resize(240, 200)
    QApplication.processEvents()
    assert chips.height() > 1.5 * line
    assert outside(window) == []


@pytest.mark.parametrize(("width", "lines"), [(600, 1), (230, 2)])
def test_a_dangerous_button_stands_at_the_right_edge_of_its_line(qtbot: QtBot, width: int, lines: int) -> None:
    window, flow = QWidget(), FlowLayout()
    qtbot.addWidget(window)
    kept, away = Button("Keep as a new version"), Button("Withdraw …")
    flow.addWidget(kept)
    flow.add_far(away)
    around = QVBoxLayout(window)
    around.setContentsMargins(0, 0, 0, 0)
    around.addLayout(flow)
    window.resize(width, 120)
    window.show()
    QApplication.processEvents()
    assert kept.x() == 0
    assert away.x() + away.width() == width
    assert (away.y() > kept.y()) == (lines == 2)


def test_the_notes_of_figures_are_as_high_as_the_longest_needs(here: Sampled, qtbot: QtBot) -> None:
    card = FigureCard()
    qtbot.addWidget(card)
    card._note.say("360 contracts, 12.5 % of their total")
    card.resize(600, 90)
    assert card.note_lines() == 1
    card.resize(150, 90)
    assert card.note_lines() == 2
    card.stand_in(2)
    assert card._note.height() >= 2 * card._note.fontMetrics().height()


def test_the_area_that_is_open_stays_marked_when_it_is_pressed_again(qtbot: QtBot) -> None:
    opened: list[str] = []
    rail = Rail("云", PAGES, opened.append)
    qtbot.addWidget(rail)
    first, own = PAGES[0].key, next(page.key for page in PAGES if page.own_window)
    rail.show_open(first)
    rail.buttons[first].click()
    rail.buttons[own].click()
    assert opened == [first, own]
    assert [key for key, button in rail.buttons.items() if button.isChecked()] == [first]


def test_an_icon_of_the_rail_stands_nearer_to_its_own_word_than_to_the_one_above(qtbot: QtBot) -> None:
    rail = Rail("云", PAGES, lambda _key: None)
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 512)
    rail.show()
    QApplication.processEvents()
    for button in rail.buttons.values():
        assert isinstance(button, RailButton)
        top, word = button.places()
        assert word.top() - top.bottom() < top.top() + button.height() - word.bottom()
        assert word.bottom() <= button.height()
