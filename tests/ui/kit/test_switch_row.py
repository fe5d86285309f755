"""Switches of the top bar: one alone, several with Ctrl, and a menu for what does not fit."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from salescenter.ui.kit.switch_row import SwitchRow
from tests.ui.hands import clicks, stands

BUILDINGS = tuple((number, f"{number}号楼") for number in range(1, 9))


@pytest.fixture
def row(qtbot: QtBot) -> SwitchRow:
    made = SwitchRow(BUILDINGS, several=True)
    qtbot.addWidget(made)
    made.resize(900, 40)
    stands(made)
    return made


def test_a_click_chooses_one_alone(row: SwitchRow, qtbot: QtBot) -> None:
    for _, switch in row._switches[1:3]:
        with qtbot.waitSignal(row.edited):
            clicks(switch)
    assert row.value() == (3,)


def test_what_is_on_survives_other_choices(row: SwitchRow) -> None:
    row.put((2, 5))
    row.set_choices(BUILDINGS[:3])
    assert row.value() == (2,)


def test_what_does_not_fit_stands_in_the_menu(row: SwitchRow, qtbot: QtBot) -> None:
    assert not row._more.isVisible()
    row.resize(240, 40)
    hidden = [switch for _, switch in row._switches if not switch.isVisible()]
    assert hidden
    assert row._more.isVisible()
    assert [action.text() for action in row._menu.actions()] == [switch.text() for switch in hidden]
    with qtbot.waitSignal(row.edited):
        row._menu.actions()[-1].trigger()
    assert row.value() == (8,)


def test_a_row_of_few_short_switches_asks_for_no_more_room_than_they_take(qtbot: QtBot) -> None:
    made = SwitchRow((("all", "全"), ("mine", "我")))
    qtbot.addWidget(made)
    stands(made)
    assert made.minimumSizeHint().width() == made.sizeHint().width()
