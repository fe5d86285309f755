"""Tables of records: Qt's own examiner, sorting with empty places last, finding, totals, copying, opening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter.domain.money import Money
from salescenter.domain.units import UnitState
from salescenter.ui.kit import theme
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.record_table import LEAST_SHARE, RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark, RecordModel
from tests.ui.hands import CTRL, presses, stands, types

NOW = datetime(2026, 3, 1, 9, 41, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    room: str
    state: UnitState
    area: Decimal
    paid: Money | None
    day: date | None
    mark: Mark


LINES = [
    Line("3-1201", UnitState.FOR_SALE, Decimal("107.62"), Money.yuan(300), date(2026, 2, 24), Mark("首访", "accent")),
    Line("3-1202", UnitState.SIGNED, Decimal("89.35"), None, None, Mark("来电")),
    Line("5-101", UnitState.HELD, Decimal("125.53"), Money.yuan(1_000), date(2025, 12, 1), Mark("逾期", "danger")),
]
COLUMNS: tuple[Column[Line], ...] = (
    Column("房号", lambda one: one.room, width=90), Column("状态", lambda one: one.state, Kind.STATE, 80),
    Column("面积", lambda one: one.area, Kind.AREA, 90, total=True),
    Column("已收", lambda one: one.paid, Kind.MONEY, 110, total=True),
    Column("日期", lambda one: one.day, Kind.DAY, 90),
    Column("备注", lambda one: one.mark, Kind.BADGE, tone=lambda one: "danger" if one.paid is None else "",
           tip=lambda one: one.room),
)
Make = Callable[..., RecordTable[Line]]


@pytest.fixture
def model(qapp: object) -> RecordModel[Line]:
    made = RecordModel(COLUMNS, lambda: NOW)
    made.set_rows(LINES)
    return made


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def build(**more: Any) -> RecordTable[Line]:
        made: RecordTable[Line] = RecordTable(COLUMNS, now=lambda: NOW, key=lambda one: one.room, **more)
        made.resize(800, 300)
        qtbot.addWidget(made)
        made.set_rows(LINES)
        return made

    return build


def shown(model: RecordModel[Line], column: int) -> list[str]:
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_the_model_keeps_qts_rules(model: RecordModel[Line], qtmodeltester: Any) -> None:
    qtmodeltester.check(model)
    model.seek("3-12")
    model.sort(3)
    qtmodeltester.check(model)


def test_each_kind_is_written_and_placed_as_everywhere(model: RecordModel[Line]) -> None:
    assert [model.index(0, at).data() for at in range(6)] == ["3-1201", "待售", "107.62", "300.00", "02-24", "首访"]
    assert shown(model, 4) == ["02-24", "", "2025-12-01"]
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    sides = [model.index(0, at).data(Qt.ItemDataRole.TextAlignmentRole) == right for at in range(6)]
    assert sides == [False, False, True, True, False, False]


@pytest.mark.parametrize(("column", "up", "down"), [
    (0, ["3-1201", "3-1202", "5-101"], ["5-101", "3-1202", "3-1201"]),
    (1, ["3-1201", "5-101", "3-1202"], ["3-1202", "5-101", "3-1201"]),
    (2, ["3-1202", "3-1201", "5-101"], ["5-101", "3-1201", "3-1202"]),
    (3, ["3-1201", "5-101", "3-1202"], ["5-101", "3-1201", "3-1202"]),
    (4, ["5-101", "3-1201", "3-1202"], ["3-1201", "5-101", "3-1202"]),
])
def test_sorting_is_by_value_and_empty_places_come_last(
    model: RecordModel[Line], column: int, up: list[str], down: list[str]
) -> None:
    model.sort(column, Qt.SortOrder.AscendingOrder)
    assert shown(model, 0) == up
    model.sort(column, Qt.SortOrder.DescendingOrder)
    assert shown(model, 0) == down


def test_finding_looks_for_every_word_in_any_column(model: RecordModel[Line]) -> None:
    model.seek("3-12 网签")
    assert shown(model, 0) == ["3-1202"]
    model.seek("")
    assert model.rowCount() == 3


def test_totals_are_of_the_rows_that_are_shown(model: RecordModel[Line]) -> None:
    assert (model.total(2), model.total(3), model.total(0)) == ("322.50", "1,300.00", "")
    model.seek("3-12")
    assert (model.total(2), model.total(3)) == ("196.97", "300.00")


def test_copied_rows_are_plain_figures_for_a_spreadsheet(model: RecordModel[Line]) -> None:
    assert model.as_tsv([2]) == "房号\t状态\t面积\t已收\t日期\t备注\n5-101\t预留\t125.53\t1000.00\t2025-12-01\t逾期"


def test_sorting_keeps_the_cursor_on_its_record(make: Make) -> None:
    table = make()
    table.select_key("3-1202")
    table.model.sort(2, Qt.SortOrder.AscendingOrder)
    current = table.current()
    assert current is not None
    assert current.room == "3-1202"


def test_new_rows_keep_what_was_selected(make: Make) -> None:
    table = make()
    table.select_key("5-101")
    table.set_rows(list(reversed(LINES)))
    assert table.selected() == [LINES[2]]
    table.set_rows(LINES[:1])
    assert not table.select_key("5-101")


def test_a_list_that_is_acted_on_has_a_row_chosen_that_is_seen(make: Make) -> None:
    table = make()
    stands(table)
    table.view.setFocus()  # Qt puts the cursor on the first row without choosing it
    table.choose_first()
    assert table.selected() == [LINES[0]]
    table.choose(1)
    table.choose_first()
    assert table.selected() == [LINES[1]]


def test_a_row_is_chosen_alone_though_ctrl_is_held(make: Make, qtbot: QtBot) -> None:
    table = make()
    stands(table)
    QTest.keyPress(table.window().windowHandle(), Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    table.choose(1)
    table.choose(0)
    QTest.keyRelease(table.window().windowHandle(), Qt.Key.Key_Control)
    assert table.selected() == [LINES[0]]


def _itself(one: UnitState | Mark) -> UnitState | Mark:
    return one


def test_a_column_of_states_also_holds_how_a_deal_ended(qapp: object) -> None:
    ends: tuple[UnitState | Mark, ...] = (Mark("退房"), UnitState.SIGNED, UnitState.HELD)
    made = RecordModel((Column("状态", _itself, Kind.STATE),), lambda: NOW)
    made.set_rows(ends)
    made.sort(0)
    assert made.rows() == [UnitState.HELD, UnitState.SIGNED, Mark("退房")]
    assert made.data(made.index(2, 0)) == "退房"


def test_enter_opens_the_record(make: Make, qtbot: QtBot) -> None:
    table = make()
    stands(table)
    table.select_key("3-1202")
    with qtbot.waitSignal(table.opened) as opened:
        presses(table.view, Qt.Key.Key_Return)
    assert opened.args == [LINES[1]]


def test_walking_tells_which_record_the_cursor_is_on(make: Make, qtbot: QtBot) -> None:
    table = make()
    stands(table)
    table.select_key("3-1201")
    with qtbot.waitSignal(table.picked) as picked:
        presses(table.view, Qt.Key.Key_Down)
    assert picked.args == [LINES[1]]


def test_letters_narrow_the_rows_and_escape_shows_all(make: Make, qtbot: QtBot) -> None:
    table = make()
    stands(table)
    table.view.setFocus()
    presses(table.view, Qt.Key.Key_F, CTRL)
    assert table.find_box.isVisible()
    types(table.find_box, "网签")
    qtbot.waitUntil(lambda: table.rows() == [LINES[1]])
    presses(table.find_box, Qt.Key.Key_Escape)
    assert table.rows() == LINES
    assert not table.find_box.isVisible()


def test_a_letter_typed_on_the_rows_begins_the_search(make: Make) -> None:
    table = make()
    stands(table)
    types(table.view, "z")
    assert table.find_box.text() == "z"


def test_digits_are_left_to_the_window(make: Make) -> None:
    table = make()
    stands(table)
    types(table.view, "3")
    assert not table.find_box.isVisible()


def test_ctrl_c_copies_what_is_selected_or_all(make: Make) -> None:
    table = make()
    stands(table)
    presses(table.view, Qt.Key.Key_C, CTRL)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4
    table.select_key("5-101")
    presses(table.view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines()[1:] == ["5-101\t预留\t125.53\t1000.00\t2025-12-01\t逾期"]


def test_an_empty_table_says_what_it_is_for(make: Make) -> None:
    empty = EmptyState("尚无收据", "收第一笔款。")
    table = make(empty=empty)
    stands(table)
    assert not empty.isVisible()
    table.set_rows([])
    assert empty.isVisible()
    assert not table.view.isVisible()
    table.set_rows(LINES)
    table.model.seek("nothing like it")
    table._refresh()
    assert not empty.isVisible()


def test_the_context_menu_offers_the_records_actions(make: Make, qtbot: QtBot) -> None:
    done: list[str] = []
    table = make(actions=lambda one: (("打印", lambda: done.append(one.room)),))
    stands(table)
    table.select_key("3-1202")
    table.show_menu(table.rect().center())
    menu = next(child for child in table.children() if child.metaObject().className() == "QMenu")
    menu.actions()[0].trigger()  # type: ignore[attr-defined]
    assert done == ["3-1202"]


def test_columns_without_a_width_share_what_is_left(make: Make) -> None:
    table = make()
    stands(table)
    widths = sum(table.view.columnWidth(at) for at in range(6))
    assert widths == table.view.viewport().width()
    table.resize(300, 200)
    assert table.view.columnWidth(5) >= LEAST_SHARE


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_red_stays_red_in_the_chosen_row(dark: bool, qapp: QApplication, qtbot: QtBot) -> None:
    theme.wear(qapp, dark=dark)
    owed: Column[str] = Column("欠款", lambda owed: owed, tone=lambda _: "danger")
    table = RecordTable([owed], now=lambda: NOW)
    qtbot.addWidget(table)
    table.set_rows(["1,234,567.00"])
    stands(table)
    table.choose(0)
    picture = table.view.viewport().grab(table.view.visualRect(table.model.index(0, 0))).toImage()
    colours = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    assert any(one.red() - max(one.green(), one.blue()) > 60 for one in colours)
