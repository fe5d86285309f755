"""From the preview to the archive: kept before it leaves, again only with a reason and a mark, nothing lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.refusals import PrinterAway
from salescenter.domain.units import UnitState
from salescenter.services.papers.archive import as_it_was
from salescenter.services.papers.search import PaperRow, PaperSearch, papers
from salescenter.services.printing.spooler import Parcel
from salescenter.ui.kit.choices import Chip, ChipGroup
from salescenter.ui.kit.deal_papers import show_contract, show_receipt, show_subscription
from salescenter.ui.kit.issuing import ReasonSheet
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.preview import Preview
from salescenter.ui.kit.printing import page_image
from tests.print.reading import opened
from tests.ui.papers.conftest import keeper_of, previewed, spooled
from tests.ui.sampled import Sampled

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sent(here: Sampled) -> list[Parcel]:
    """What reached a printer."""
    return spooled(here).sent


def kept(here: Sampled) -> list[PaperRow]:
    """What the archive holds, oldest first."""
    return list(reversed(papers(here.desk, PaperSearch())))


def subscription(here: Sampled) -> Paper:
    unit = here.unit(UnitState.SUBSCRIBED)
    assert unit.deal is not None
    show_subscription(here.room, unit.deal.id)
    return here.asked.papers[-1]


def first_receipt(here: Sampled) -> Paper:
    show_receipt(here.room, "0000001")
    return here.asked.papers[-1]


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def give_reason(shown: Preview, why: str) -> None:
    """Type why into the sheet over the preview and press Ctrl+Enter."""
    sheet = shown.findChild(ReasonSheet)
    assert sheet is not None
    assert sheet.form is not None
    field = sheet.form.field("reason").editor
    sheet.form.put(reason=why)
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)


def test_printing_keeps_the_very_bytes_that_reach_the_printer(
    qtbot: QtBot, here: Sampled, sent: list[Parcel]
) -> None:
    shown = previewed(qtbot, here, first_receipt(here))
    QTest.keyClick(shown, Qt.Key.Key_P, CTRL)
    assert [(one.pdf, one.way.printer) for one in sent] == [(shown.paper.pdf, "前台")]
    row = kept(here)[0]
    assert (row.number, row.copy, row.code) == ("0000001", 1, here.again(row.unit or 0).code)
    assert as_it_was(here.desk, row.id, here.room.now()) == sent[0].pdf


def test_a_second_print_asks_why_and_is_marked_as_a_reprint(
    qtbot: QtBot, here: Sampled, sent: list[Parcel]
) -> None:
    shown = previewed(qtbot, here, subscription(here))
    shown.print_it()
    shown.print_it()
    assert len(sent) == 1
    give_reason(shown, "客户遗失")
    assert len(sent) == 2
    assert "第 1 次重印：客户遗失" in words(sent[1].pdf)
    assert "重印" not in words(sent[0].pdf)
    assert [(row.copy, row.reason) for row in kept(here)] == [(1, ""), (2, "客户遗失")]
    assert shown.paper.pdf == sent[1].pdf


def test_every_page_of_a_reprinted_contract_carries_the_mark(here: Sampled) -> None:
    unit = here.unit(UnitState.SIGNED)
    assert unit.deal is not None
    show_contract(here.room, unit.deal.id)
    paper, keeper = here.asked.papers[-1], keeper_of(here)
    keeper.keep(paper, "")
    again = keeper.again(paper, "𬭚先生补办")
    pages = PdfReader(BytesIO(again.pdf)).pages
    assert len(pages) == len(PdfReader(BytesIO(paper.pdf)).pages)
    assert [at for at, page in enumerate(pages) if "第 1 次重印：𬭚先生补办" not in page.extract_text()] == []


def test_a_reprint_of_a_reprint_shows_its_own_mark_alone(here: Sampled) -> None:
    paper = subscription(here)
    keeper = keeper_of(here)
    keeper.keep(paper, "")
    first = keeper.again(paper, "客户遗失，而且理由很长很长，要盖住下一个")
    keeper.keep(first, "")
    assert top_of(keeper.again(first, "财务")) == top_of(keeper.again(paper, "财务"))


def top_of(paper: Paper) -> QImage:
    """The upper margin of the first page as it looks."""
    with opened(paper.pdf) as document:
        return page_image(document[0], 2).copy(0, 0, 1190, 60)


def test_a_reprinted_receipt_says_so_in_its_own_place(
    qtbot: QtBot, here: Sampled, sent: list[Parcel]
) -> None:
    shown = previewed(qtbot, here, first_receipt(here))
    shown.print_it()
    shown.print_it()
    give_reason(shown, "打印损坏")
    assert words(sent[1].pdf).count("第 1 次重印：打印损坏") == 1


def test_a_printer_that_is_away_loses_nothing_and_the_next_try_is_no_reprint(
    qtbot: QtBot, here: Sampled, sent: list[Parcel]
) -> None:
    shown = previewed(qtbot, here, first_receipt(here))
    spooled(here).away = PrinterAway(printer="前台", why="卡纸")
    shown.print_it()
    assert "卡纸" in shown._banner.text()
    spooled(here).away = None
    shown.print_it()
    assert [(one.pdf, one.way.printer) for one in sent] == [(shown.paper.pdf, "前台")]
    assert [row.copy for row in kept(here)] == [1]


def test_issuing_as_pdf_keeps_the_paper_too(qtbot: QtBot, here: Sampled, sent: list[Parcel], tmp_path: Path) -> None:
    shown = previewed(qtbot, here, first_receipt(here))
    shown.save_to(tmp_path / "收据.pdf")
    assert (tmp_path / "收据.pdf").read_bytes() == as_it_was(here.desk, kept(here)[0].id, here.room.now())
    shown.save_to(tmp_path / "nowhere" / "收据.pdf")
    give_reason(shown, "发给客户")
    assert "无法写入" in shown._banner.text()
    shown.save_to(tmp_path / "again.pdf")
    assert "发给客户" in words((tmp_path / "again.pdf").read_bytes())
    assert [row.copy for row in kept(here)] == [1, 2]


def test_a_paper_printed_before_says_so_when_it_opens(qtbot: QtBot, here: Sampled, sent: list[Parcel]) -> None:
    paper = subscription(here)
    keeper_of(here).keep(paper, "")
    shown = previewed(qtbot, here, paper)
    assert shown._banner.isVisible()
    assert "1" in shown._banner.text()


def test_a_list_without_a_number_leaves_no_trace_in_the_archive(
    qtbot: QtBot, here: Sampled, sent: list[Parcel]
) -> None:
    paper = first_receipt(here)
    shown = previewed(qtbot, here, Paper("listing", "", "一览表", paper.pdf))
    shown.print_it()
    shown.print_it()
    assert len(sent) == 2
    assert kept(here) == []


def test_each_kind_of_paper_remembers_its_printer(qtbot: QtBot, here: Sampled, sent: list[Parcel]) -> None:
    shown = previewed(qtbot, here, first_receipt(here))
    shown.printers.put("财务")
    shown.print_it()
    assert previewed(qtbot, here, first_receipt(here)).printers.value() == "财务"
    assert previewed(qtbot, here, subscription(here)).printers.value() == "前台"


def test_the_reason_may_be_picked_by_eye_and_is_never_empty(qtbot: QtBot, here: Sampled, window: QWidget) -> None:
    told: list[str] = []
    sheet = ReasonSheet(first_receipt(here), told.append)
    sheet.stand_over(window)
    sheet.press_main()
    assert told == []
    assert sheet.form is not None
    assert sheet.form.field("reason").error()
    chips = sheet.form.field("why").editor
    assert isinstance(chips, ChipGroup)
    QTest.keyClick(chips.findChildren(Chip)[0], Qt.Key.Key_Space)
    sheet.press_main()
    assert told == ["客户遗失"]
