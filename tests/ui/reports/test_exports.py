"""Taking the report away: each file holds what the window shows, and the history knows of it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from salescenter import i18n
from salescenter.data.history import history
from salescenter.domain.money import Money
from salescenter.domain.refusals import CannotWrite
from salescenter.domain.staff import Role
from salescenter.domain.units import Step
from salescenter.services.files import write_file
from salescenter.ui.kit import theme
from salescenter.ui.reports.page import ReportsPage
from salescenter.ui.reports.planning import PlanSheet
from tests.services.reports.story import Story
from tests.ui.reports.conftest import opened, room_of
from tests.ui.rooms import Asked


@pytest.fixture
def taken(page: ReportsPage, tmp_path: Path) -> Path:
    """The folder exports go to; the question for a file is answered at once."""
    folder = tmp_path / "taken"
    folder.mkdir()
    page.exports.ask = lambda name, ending: str(folder / f"report.{ending}")
    return folder


def exports_told(story: Story) -> list[dict[str, object]]:
    with story.house.engine.connect() as connection:
        rows = connection.execute(select(history.c.after).where(history.c.step == Step.EXPORT.value))
        return [row.after for row in rows]


def test_the_picture_holds_the_whole_board_and_not_only_what_is_in_sight(page: ReportsPage, taken: Path, story: Story) -> None:
    before = page.view.sheet.size()
    page.exports.picture()
    picture = QImage(str(taken / "report.png"))
    assert picture.width() == before.width()
    assert picture.height() > page.view.height()
    assert picture.pixelColor(2, 2) == theme.colour("page")
    assert picture.text("Comment").endswith("导出")
    assert page.view.sheet.size() == before
    assert exports_told(story) == [
        {"what": "board", "file": "png", "rows": 0, "first": "2025-11-01", "last": "2025-11-19"}
    ]


def test_the_pdf_says_the_figures_the_formulas_and_the_tables(page: ReportsPage, taken: Path, story: Story) -> None:
    page.exports.pdf()
    text = "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(taken / "report.pdf").pages)
    for words in ("云栖花园", "净签约", "套数: 5 − 1 − 1 = 3", "转化漏斗", "置业顾问排名", "李娜", "13,000.00"):
        assert words in text
    assert "双击" not in text
    assert [told["file"] for told in exports_told(story)] == ["pdf"]


def test_the_workbook_holds_numbers_that_add_up_and_a_chart_on_each_sheet(page: ReportsPage, taken: Path) -> None:
    page.exports.excel()
    book = openpyxl.load_workbook(taken / "report.xlsx")
    assert book.sheetnames == ["销售报表", "销售", "转化漏斗", "应收与回款", "置业顾问排名", "库存（状态 × 户型）", "楼栋均价与去化"]
    sheet = book["销售"]
    amounts = [row[3].value for row in sheet.iter_rows(min_row=5, max_row=23)]
    board = page.view.board
    assert board is not None
    assert Money.yuan(str(sum(amounts))) == board.sales.in_span.money == Money.yuan(sheet["D24"].value)
    assert all(len(book[name]._charts) == 1 for name in book.sheetnames[1:])


def test_a_list_is_taken_away_as_it_is_shown(page: ReportsPage, taken: Path, story: Story) -> None:
    figure = page.view.figures[0].figure()
    assert figure is not None
    page.open_list(figure.asked)
    page.list.exported.emit()
    sheet = openpyxl.load_workbook(io.BytesIO((taken / "report.xlsx").read_bytes())).worksheets[0]
    assert [cell.value for cell in sheet[4]][:4] == ["日期", "事项", "编号", "房号"]
    assert (sheet.cell(12, 1).value, sheet.cell(12, 9).value) == ("合计", 3)
    assert exports_told(story)[0]["what"] == "net-signed"
    assert exports_told(story)[0]["rows"] == 7


def test_thinking_better_of_it_takes_nothing_and_tells_nothing(page: ReportsPage, story: Story) -> None:
    page.exports.ask = lambda name, ending: ""
    page.exports.excel()
    assert exports_told(story) == []


def test_who_may_not_export_takes_nothing_away(
    story: Story, heard: Asked, tmp_path: Path, qtbot: QtBot
) -> None:
    page = opened(room_of(story, heard, tmp_path, Role.VIEWER), qtbot)
    target = tmp_path / "never.pdf"
    page.exports.ask = lambda name, ending: str(target)
    page.exports.pdf()
    assert "导出" in page.banner.text()
    assert not target.exists()
    assert exports_told(story) == []


def test_a_file_that_cannot_be_written_is_said_in_this_window(page: ReportsPage, tmp_path: Path) -> None:
    away = tmp_path / "no such folder" / "report.pdf"
    with pytest.raises(CannotWrite):
        write_file(str(away), b"")
    page.exports.ask = lambda name, ending: str(away)
    page.exports.pdf()
    assert page.banner.property("tone") == "danger"
    assert page.banner.isVisible()


def test_f8_opens_the_preview(page: ReportsPage, heard: Asked) -> None:
    page.print_page()
    assert heard.papers[0].pdf.startswith(b"%PDF")


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_list_behind_a_figure_is_printed_with_its_sums_and_who_printed_it(
    page: ReportsPage, heard: Asked, lang: str
) -> None:
    i18n.speak(lang)
    QTest.keyClick(page.view.figures[0], Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_F8)
    (paper,) = heard.papers
    found = page.list.listing
    assert found is not None
    text = pypdf.PdfReader(io.BytesIO(paper.pdf)).pages[0].extract_text()
    assert "2025-11-01 – 2025-11-19" in text
    assert str(found.sum("amount")) in text
    assert all(str(line.cells[0]) in text for line in found.lines)
    assert ("导出" if lang == "zh_CN" else "Exported by") in text


def test_a_plan_once_kept_gives_the_third_rate(page: ReportsPage, qtbot: QtBot) -> None:
    page.view.plan.click()
    sheet = page.findChild(PlanSheet)
    assert sheet is not None
    assert sheet.form is not None
    sheet.form.put(month_11=Money.yuan(600_000), month_3=Money.yuan(1))
    sheet.press_main()
    board = page.view.board
    assert board is not None
    assert board.collection.plan == Money.yuan(380_000)
    again = PlanSheet(page._room, 2025)
    qtbot.addWidget(again)
    assert again.form is not None
    assert (again.form.value("month_11"), again.form.value("month_4")) == (Money.yuan(600_000), None)
