"""The import assistant: a file is given, looked at, corrected, carried out; nothing is written before the last."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from salescenter.domain.columns import Kind, UnitField
from salescenter.domain.import_terms import Fact
from salescenter.domain.money import Rounding
from salescenter.i18n import speak
from salescenter.services.estate.views import overview
from salescenter.services.work import Desk
from salescenter.ui.estate.assistant import ImportAssistant
from salescenter.ui.estate.checking import Order, Result, carry
from salescenter.ui.estate.import_lists import Trouble
from salescenter.ui.estate.page import EstatePage
from salescenter.ui.estate.plan_card import made_facts, sum_facts
from salescenter.ui.kit.lane import Ticket
from tests.services.importing.estates import HEADER, imported, unit
from tests.services.importing.sheets import write_book, write_csv
from tests.ui.estate.conftest import book
from tests.ui.rooms import Asked

DROP, LOOK, WAIT, DONE = range(4)
UNITS = [unit(f"{floor}{door:02d}") for floor in (1, 2, 3) for door in (1, 2)]


def face(assistant: ImportAssistant) -> int:
    return assistant.faces.currentIndex()


def stored(desk: Desk) -> int:
    return sum(building.units for building in overview(desk).buildings)


def press_go(assistant: ImportAssistant, qtbot: QtBot) -> None:
    QTest.mouseClick(assistant.look.card.button, Qt.MouseButton.LeftButton)


def test_a_plain_list_goes_from_file_to_estate_in_one_press(
    assistant: ImportAssistant, desk: Desk, asked: Asked, qtbot: QtBot, tmp_path: Path
) -> None:
    assistant.open_file(book(tmp_path, UNITS, title="云栖花园价目表"))
    assert (face(assistant), stored(desk)) == (LOOK, 0)
    assert assistant.look.card.button.text() == "导入 6 套"
    press_go(assistant, qtbot)
    assert (face(assistant), stored(desk), asked.looked) == (DONE, 6, 1)
    assert [(fact.label, fact.value) for fact in assistant.done.facts()][:2] == [("新增房源", "6"), ("新增楼栋", "1")]
    QTest.mouseClick(assistant.done.see, Qt.MouseButton.LeftButton)
    assert asked.went == [("floorplan", None)]


def test_a_dropped_file_is_opened(assistant: ImportAssistant, tmp_path: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(book(tmp_path, UNITS)))])
    assistant.drop.dropEvent(
        QDropEvent(
            QPoint(10, 10), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert face(assistant) == LOOK


def test_the_card_tells_the_totals_under_each_rounding(assistant: ImportAssistant, tmp_path: Path) -> None:
    assistant.open_file(book(tmp_path, [unit("101", 10001.0, 53.95)]))
    checked = assistant._checked
    assert checked is not None
    assert checked.plan is not None
    amounts = {fact.label: fact.value for fact in sum_facts(checked.plan)}  # type: ignore[arg-type]
    assert list(amounts.values())[:3] == ["539,553.95", "539,554.00", "539,553.00"]


def test_the_lists_own_rounding_is_offered_and_taken_over(
    assistant: ImportAssistant, desk: Desk, tmp_path: Path
) -> None:
    rows = [[*unit("101", 10001.0, 53.95), 539554.0], [*unit("102", 10003.0, 51.95), 519656.0]]
    assistant.open_file(write_book(tmp_path / "a.xlsx", {"房源": [[*HEADER, "总价"], *rows]}))
    card = assistant.look.card
    assert card._round.isVisible()
    card._round.click()
    assert overview(desk).project.rounding is Rounding.TO_YUAN
    assert not card._round.isVisible()


def test_bad_rows_close_the_way_until_they_are_left_out(
    assistant: ImportAssistant, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [*UNITS, [*unit("401")[:5], "待测", 80.0, 9000.0]]
    assistant.open_file(book(tmp_path, rows))
    card = assistant.look.card
    assert (card.button.isEnabled(), card.leave_out.isVisible()) == (False, True)
    QTest.keyClick(card.leave_out, Qt.Key.Key_Space)
    assert card.button.isEnabled()
    press_go(assistant, qtbot)
    assert (face(assistant), stored(desk)) == (DONE, 6)


def test_a_trouble_says_why_and_what_to_do_and_leads_to_its_cell(
    assistant: ImportAssistant, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [*UNITS, [*unit("401")[:5], "待测", 80.0, 9000.0]]
    assistant.open_file(book(tmp_path, rows))
    assistant.look.show_view("troubles")
    table = assistant.look.troubles
    trouble: Trouble = table.rows()[0]
    shown = [table.model.index(0, at).data() for at in range(6)]
    assert shown == ["8", "F  建筑面积", "待测", "须处理", "不是数字。", "只写数字，例如 107.62。"]
    table.opened.emit(trouble)
    preview = assistant.look.preview
    assert assistant.look.stack.currentWidget() is preview
    assert preview.currentIndex().data() == "待测"
    assert "不是数字" in preview.currentIndex().data(Qt.ItemDataRole.ToolTipRole)


def test_a_column_corrected_above_the_sheet_is_understood_and_remembered(
    assistant: ImportAssistant, qtbot: QtBot, tmp_path: Path
) -> None:
    header = [*HEADER[:7], "戊"]
    file = write_book(tmp_path / "a.xlsx", {"房源": [header, *UNITS]})
    assistant.open_file(file)
    roles = assistant.look.preview.roles
    assert roles.box(7).value() == ""
    box = roles.box(7)
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i) == UnitField.GROSS_PRICE))
    box.activated.emit(box.currentIndex())
    checked = assistant._checked
    assert checked is not None
    assert checked.found.mapping.at(UnitField.GROSS_PRICE) is not None
    press_go(assistant, qtbot)
    assistant.begin()
    assistant.open_file(file)
    assert assistant.look.preview.roles.box(7).value() == UnitField.GROSS_PRICE
    assert not assistant.look.card.button.isEnabled()  # nothing would change


def test_a_missing_column_is_asked_for_in_words(assistant: ImportAssistant, tmp_path: Path) -> None:
    assistant.open_file(write_book(tmp_path / "a.xlsx", {"房源": [["楼栋", "楼层", "建筑面积"], ["3栋", "1", 90.0]]}))
    card = assistant.look.card
    assert (card.button.isEnabled(), card.notices()) == (False, ["没有识别出：房号。"])


def test_a_sheet_without_a_header_can_still_be_named_column_by_column(
    assistant: ImportAssistant, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    assistant.open_file(write_book(tmp_path / "a.xlsx", {"房源": UNITS}))
    assert assistant.look.card.notices() == ["没有一行像这种表的表头。"]
    for at, field in ((3, UnitField.NUMBER), (5, UnitField.GROSS), (7, UnitField.GROSS_PRICE)):
        assistant.look.chosen.emit(at, field)
    press_go(assistant, qtbot)
    assert stored(desk) == 6


def test_changed_prices_are_listed_old_and_new(assistant: ImportAssistant, qtbot: QtBot, tmp_path: Path) -> None:
    assistant.open_file(book(tmp_path, UNITS))
    press_go(assistant, qtbot)
    assistant.begin()
    assistant.open_file(book(tmp_path, [unit("101", 9100.0), *UNITS[1:5]]))
    changes = {one.fact.fact: (str(one.fact.old), str(one.fact.new)) for one in assistant.look.changes.rows()}
    assert changes[Fact.LIST_TOTAL] == ("900,000.00", "910,000.00")
    assert assistant.look.missing.rows() == ["3-1-302"]
    assert assistant.look.card.button.text() == "变更 1 套"


def test_another_sheet_is_chosen_above(assistant: ImportAssistant, qtbot: QtBot, tmp_path: Path) -> None:
    assistant.open_file(
        write_book(tmp_path / "a.xlsx", {"甲": [HEADER, *UNITS], "乙": [HEADER, *UNITS[:2]]}),
    )
    box = assistant.look.sheet_box
    assert box.value() == "甲"
    box.put("乙")
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: assistant.look.card.button.text() == "导入 2 套")


def test_the_building_of_a_list_without_one_is_written_above(
    assistant: ImportAssistant, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    assistant.open_file(write_book(tmp_path / "a.xlsx", {"房源": [HEADER[1:], *(row[1:] for row in UNITS)]}))
    field = assistant.look.building
    assert field.isVisible()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "9#")
    qtbot.waitUntil(lambda: "9#" in assistant.look.card.notices()[0])
    press_go(assistant, qtbot)
    assert [building.name for building in overview(desk).buildings] == ["9#"]


def test_a_damaged_file_is_refused_in_words_and_another_may_be_given(
    assistant: ImportAssistant, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    assistant.open_file(broken)
    assert (face(assistant), bool(assistant.banner.text())) == (DROP, True)
    assistant.open_file(book(tmp_path, UNITS))
    assert (face(assistant), assistant.banner.isVisible()) == (LOOK, False)


def test_a_ledger_is_put_on_record(assistant: ImportAssistant, qtbot: QtBot, tmp_path: Path) -> None:
    assistant.begin(Kind.VISITS)
    rows = [["日期", "姓名", "联系方式"], ["2026-02-24", "林木", "13900001234"], ["2026-02-25", "高山", "1390000123"]]
    assistant.open_file(write_csv(tmp_path / "来访.csv", rows, "gb18030"))
    checked = assistant._checked
    assert checked is not None
    assert checked.plan is not None
    assert [(fact.label, fact.value) for fact in made_facts(checked.plan)] == [("新增客户", "2"), ("需要留意的行", "1")]
    press_go(assistant, qtbot)
    assert [fact.value for fact in assistant.done.facts()] == ["2", "2", "1"]


def test_escape_goes_back_step_by_step(assistant: ImportAssistant, qtbot: QtBot, tmp_path: Path) -> None:
    assistant.open_file(book(tmp_path, UNITS))
    assistant.back()
    assert face(assistant) == DROP
    with qtbot.waitSignal(assistant.left):
        assistant.back()


def test_ctrl_enter_carries_the_plan_out(assistant: ImportAssistant, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    assistant.open_file(book(tmp_path, UNITS))
    assistant.activateWindow()
    QTest.keyClick(assistant.look.card.button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stored(desk) == 6


def test_the_preview_is_a_sound_model(assistant: ImportAssistant, qtmodeltester: ModelTester, tmp_path: Path) -> None:
    assistant.open_file(book(tmp_path, UNITS))
    model = assistant.look.preview.sheet
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    assert (model.rowCount(), model.columnCount(), model.rowCount(model.index(0, 0))) == (6, len(HEADER), 0)
    assert model.data(QModelIndex()) is None


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_column_says_what_it_is_taken_for_and_why(
    assistant: ImportAssistant, tmp_path: Path, language: str
) -> None:
    speak(language)
    assistant.open_file(book(tmp_path, UNITS))
    said = assistant.look.preview.roles.box(7).toolTip()
    assert (
        said
        == {
            "zh_CN": "单价  →  建面单价\n表头是“单价”。\n100% 的内容相符。",
            "en": '单价  →  Price by construction area\nThe header is "单价".\n100% of the cells fit.',
        }[language]
    )


def test_what_was_just_imported_is_taken_back_with_ctrl_z(
    page: EstatePage, desk: Desk, asked: Asked, qtbot: QtBot, tmp_path: Path
) -> None:
    page.begin_import()
    assistant = page.assistant
    assert not assistant.past.isVisible()
    assistant.open_file(book(tmp_path, UNITS))
    press_go(assistant, qtbot)
    assert assistant.done.undo.isVisible()
    page.undo()
    assert (stored(desk), asked.looked) == (0, 2)
    assert assistant.done.title.text() == "这次导入已撤回"
    assert [(fact.label, fact.value) for fact in assistant.done.facts()] == [("删除房源", "6")]
    assert not assistant.done.undo.isVisible()
    page.undo()  # once is enough
    assistant.begin()
    assert not assistant.past.back.isEnabled()


def test_an_import_of_another_day_is_taken_back_where_it_was_made(
    assistant: ImportAssistant, desk: Desk, qtbot: QtBot
) -> None:
    imported(desk, UNITS)
    assistant.begin(Kind.UNITS)
    assert assistant.past.isVisible()
    assistant.past.table.choose_first()
    QTest.mouseClick(assistant.past.back, Qt.MouseButton.LeftButton)
    assert (face(assistant), stored(desk)) == (DONE, 0)
    assistant.begin()
    shown = [assistant.past.table.model.index(0, at).data() for at in range(1, 6)]
    assert shown == ["王经理", "价目表.xlsx", "6", "0", "已撤回"]


def test_why_an_import_stays_is_said_where_it_was_to_be_taken_back(
    assistant: ImportAssistant, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    assistant.open_file(book(tmp_path, UNITS))
    press_go(assistant, qtbot)
    imported(desk, [unit("101", 9900.0)])
    QTest.mouseClick(assistant.done.undo, Qt.MouseButton.LeftButton)
    assert (face(assistant), stored(desk)) == (DONE, 6)
    assert assistant.banner.isVisible()
    assert "3-1-101" in assistant.banner.text()


def test_an_import_that_is_stopped_says_so_and_writes_nothing(
    assistant: ImportAssistant, desk: Desk, asked: Asked, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant.open_file(book(tmp_path, UNITS))

    def stopped_on_the_way(at: Desk, order: Order, ticket: Ticket, halt: Event) -> Result:
        assistant.stop()
        assert face(assistant) == WAIT  # until it is known what became of it
        return carry(at, order, ticket, halt)

    monkeypatch.setattr("salescenter.ui.estate.assistant.carry", stopped_on_the_way)
    press_go(assistant, qtbot)
    assert (face(assistant), stored(desk)) == (LOOK, 0)
    assert asked.said[-1] == "已停止，没有写入任何内容。"
    assert not assistant.banner.isVisible()


def test_an_import_that_was_done_before_it_could_be_stopped_is_told_as_done(
    assistant: ImportAssistant, desk: Desk, asked: Asked, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant.open_file(book(tmp_path, UNITS))

    def stopped_too_late(at: Desk, order: Order, ticket: Ticket, halt: Event) -> Result:
        done = carry(at, order, ticket, halt)
        assistant.stop()
        return done

    monkeypatch.setattr("salescenter.ui.estate.assistant.carry", stopped_too_late)
    press_go(assistant, qtbot)
    assert (face(assistant), stored(desk)) == (DONE, 6)
    assert asked.said[-1] == "停止之前已经写入完成。"
    assistant.undo()
    assert stored(desk) == 0
