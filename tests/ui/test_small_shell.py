"""The window of a LAN's desk at 1366x768 and 150 per cent, both languages, light and dark: without its server, in company."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.units import Step, UnitState
from salescenter.i18n import speak
from salescenter.services import words
from salescenter.services.names import may_be_same
from salescenter.ui import floorplan, payments
from salescenter.ui.floorplan.grounds import aged, grounds
from salescenter.ui.kit import theme
from salescenter.ui.kit.buttons import Button
from salescenter.ui.kit.cell_colours import CellTheme
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.tokens import DARK, LIGHT, READABLE, contrast
from salescenter.ui.reception.page import ReceptionPage
from salescenter.ui.reception.waiting_sheet import WaitingSheet
from tests.ui.sampled import Sampled
from tests.ui.small_shell import GONE, SCREEN, SmallShell, come, small_shell
from tests.ui.test_small_window import outside, squeezed


@pytest.fixture(params=[("zh_CN", False), ("zh_CN", True), ("en", False), ("en", True)],
                ids=["zh-light", "zh-dark", "en-light", "en-dark"])  # fmt: skip
def small(request: pytest.FixtureRequest, here: Sampled, qtbot: QtBot, tmp_path: Path) -> Iterator[SmallShell]:
    """The window with the manager at it."""
    language, dark = request.param
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    speak(language)
    theme.wear(app, dark=dark)
    yield small_shell(here, tmp_path, lambda shell: qtbot.addWidget(shell, before_close_func=lambda _: None))
    theme.wear(app, dark=False)


def fits(window: QWidget) -> tuple[list[str], list[str], list[str]]:
    """Name what is squeezed, out of reach, or said in fewer lines than its words need."""
    QApplication.processEvents()
    return squeezed(window), outside(window), cut_below(window)


def cut_below(window: QWidget) -> list[str]:
    """Name the wrapped words whose last line has no room."""
    wrapped = [one for one in window.findChildren(QLabel) if one.isVisible() and one.wordWrap() and one.text()]
    return [one.text() for one in wrapped if one.height() < one.heightForWidth(one.width())]


def lightness(shown: QPixmap, box: QRect) -> float:
    """Return how far the light and the dark in a piece of a picture are apart, 0 to 255."""
    image, scale = shown.toImage(), shown.devicePixelRatio()
    found = [QColor(image.pixel(int(x * scale), int(y * scale))).lightness()
             for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom())]  # fmt: skip
    return max(found) - min(found)


def keep_one(page: ReceptionPage, name: str, phone: str) -> None:
    """Register somebody while the server is away, for the second consultant of the list."""
    offered, asks = words.dictionaries(page._room.desk), page.form.field("consultant").editor
    assert isinstance(asks, ComboBox)
    page.form.finding.put(phone)
    page.form.put(name=name, sex="female", channel=offered["channel"][0], product=offered["product"][:1],
                  area=offered["area"][:1], consultant=asks.itemData(1))  # fmt: skip
    page.register()


def test_the_grid_without_its_server_is_greyed_says_its_age_and_is_still_seen(small: SmallShell) -> None:
    page = small.grid()
    come(page)
    canvas = page.canvas
    assert canvas is not None
    fresh = canvas.viewport().grab()
    assert fits(small.shell) == ([], [], [])
    small.go_away()
    assert fits(small.shell) == ([], [], [])
    assert small.shell.size().toTuple() == SCREEN
    assert str(GONE.seconds // 60) in "".join(page.company.age())
    line = page.notice.fontMetrics().height()
    assert page.notice.height() < 3 * line  # one line: the rest of the little room belongs to the grid
    assert canvas.viewport().height() > 3 * canvas.cell_rect(0).height()
    assert canvas.viewport().grab().toImage() != fresh.toImage()
    small.come_back()
    assert not page.notice.isVisible()


def test_who_is_at_a_unit_can_be_read_in_its_cell(small: SmallShell) -> None:
    page = small.grid()
    canvas = page.canvas
    assert canvas is not None
    empty = canvas.viewport().grab()
    come(page)
    shown = canvas.viewport().grab()
    assert len(canvas.presence) == 3
    for of in canvas.presence:
        cell = canvas.cell_rect(of)
        badge = QRect(cell.center(), cell.bottomRight() - QPoint(2, 2))
        assert canvas.viewport().rect().contains(badge)
        assert shown.copy(badge).toImage() != empty.copy(badge).toImage()
        assert lightness(shown, badge) > 100  # letters stand out from the badge
    assert fits(small.shell) == ([], [], [])


def test_reception_goes_on_without_the_server_and_nothing_of_it_is_cut(small: SmallShell) -> None:
    page = small.reception()
    small.go_away()
    assert fits(small.shell) == ([], [], [])
    finding = page.form.finding
    assert in_sight(finding, page)
    assert in_sight(page.form.field("name"), page)
    keep_one(page, "陈一凡", "13800135521")
    assert page.banner.isVisible()
    assert fits(small.shell) == ([], [], [])
    assert in_sight(finding, page)
    assert in_sight(page.form.field("name"), page)
    page._sides.put(["day"])
    page._show_side()
    assert fits(small.shell) == ([], [], [])
    assert page.day.visits.lines()[0].title == "陈一凡"


def in_sight(piece: QWidget, page: QWidget) -> bool:
    """Say whether a whole piece is seen, nothing of it scrolled away."""
    return piece.visibleRegion().boundingRect() == piece.rect() and page.isVisible()


def test_what_must_be_decided_when_the_server_is_back_fits_into_its_sheet(small: SmallShell, here: Sampled) -> None:
    page = small.reception()
    known = here_known(page)
    small.go_away()
    keep_one(page, "欧阳一凡", known)
    small.come_back()
    assert page.day.open.isHidden() is False
    page._sides.put(["day"])
    page._show_side()
    assert fits(small.shell) == ([], [], [])
    page.day.open.click()
    sheet = page.findChild(WaitingSheet)
    assert sheet is not None
    assert fits(sheet) == ([], [], [])
    assert within(sheet, small)


def within(sheet: Sheet, small: SmallShell) -> bool:
    """Say whether a sheet is no larger than the window and scrolls nowhere."""
    bars = (sheet._area.horizontalScrollBar(), sheet._area.verticalScrollBar())
    return sheet.width() <= SCREEN[0] and sheet.height() <= SCREEN[1] and not any(bar.maximum() for bar in bars)


def test_the_menu_under_the_name_shows_all_its_lines_and_the_key_that_locks(small: SmallShell, qtbot: QtBot) -> None:
    menu = small.shell.bar._who.menu()
    assert menu is not None
    qtbot.addWidget(menu)
    menu.popup(QPoint(0, 0))
    QApplication.processEvents()
    lines = [action for action in menu.actions() if not action.isSeparator()]
    assert "Ctrl+L" in lines[0].text()
    for action in lines:
        box = menu.actionGeometry(action)
        said, _, key = action.text().partition("\t")
        assert menu.rect().contains(box)
        assert menu.fontMetrics().horizontalAdvance(said + key) < box.width() - 24
    assert menu.width() < SCREEN[0]
    assert menu.height() < SCREEN[1] - small.shell.bar.height()
    menu.close()


@pytest.mark.parametrize("state", [UnitState.SUBSCRIBED, UnitState.SIGNED])
def test_money_is_received_without_scrolling(small: SmallShell, here: Sampled, state: UnitState) -> None:
    sheet = payments.PAGE.forms[Step.RECEIVE_MONEY](small.shell.room, here.unit(state).id)
    assert isinstance(sheet, Sheet)
    shows_whole(sheet, small)


def test_flags_are_set_without_scrolling(small: SmallShell, here: Sampled) -> None:
    sheet = floorplan.PAGE.forms[Step.SET_FLAG](small.shell.room, here.unit(UnitState.FOR_SALE).id)
    assert isinstance(sheet, Sheet)
    shows_whole(sheet, small)


def shows_whole(sheet: Sheet, small: SmallShell) -> None:
    """Open a sheet: all of it stands in the window, with the words of every box."""
    sheet.stand_over(small.shell)
    for _ in range(3):
        QApplication.processEvents()
    assert fits(sheet) == ([], [], [])
    assert within(sheet, small)
    assert sheet.form is not None
    for box in sheet.form.findChildren(ComboBox):
        assert box.fontMetrics().horizontalAdvance(box.currentText()) < box.width() - 30
    assert all(in_sight(one, sheet) for one in sheet.findChildren(Button) if one.isVisible())
    sheet.reject()


def here_known(page: ReceptionPage) -> str:
    """Return the telephone of a customer of another name who is on record."""
    page._choose_kind(page.form.kind())
    phone = "13900135777"
    keep_one(page, "林小满", phone)
    assert not may_be_same("林小满", "欧阳一凡")
    return phone


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("scheme", CellTheme)
def test_a_greyed_cell_is_read_as_well_as_a_fresh_one_and_looks_different(scheme: CellTheme, dark: bool) -> None:
    fresh = grounds(DARK if dark else LIGHT, scheme)
    for before, after in zip(fresh.cells, aged(fresh).cells, strict=True):
        assert contrast(after.ink, after.ground) >= READABLE
        assert after.ground != before.ground
