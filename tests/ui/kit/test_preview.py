"""The preview shows what will print, prints it, and saves it; trouble is said in the preview itself."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.printing import PrintingSilent, Way
from salescenter.domain.refusals import PrinterAway
from salescenter.services.printing.spooler import Printer
from salescenter.ui.kit import printing
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.lane import Inline
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.preview import Preview
from salescenter.ui.kit.turning import Turning
from tests.ui.hands import CTRL, presses, stands
from tests.ui.spooling import Spooled, watched

NOW = datetime(2026, 3, 1, 9, 41, tzinfo=timezone(timedelta(hours=8)))

A4, A5 = (595, 842), (420, 595)


def pdf(pages: int = 3) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for number in range(pages):
        document.new_page(*(A4 if number % 2 == 0 else A5))
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.fixture
def spooled() -> Spooled:
    return Spooled(("Front desk", "Office"))


def shown(paper: Paper, spooled: Spooled, folder: Path) -> Preview:
    memory = Drafts(folder / "drafts")
    return Preview(paper, Inline(), memory=memory, watch=watched(memory, spooled, lambda: NOW))


@pytest.fixture
def window(qtbot: QtBot, spooled: Spooled, tmp_path: Path) -> Preview:
    made = shown(Paper("receipt", "0001207", "收据", pdf()), spooled, tmp_path)
    qtbot.addWidget(made, before_close_func=lambda shown: shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False))
    stands(made)
    return made


def test_the_paper_is_named_and_its_pages_counted(window: Preview) -> None:
    assert window.windowTitle() == "收据 0001207"
    assert window._page.text() == "第 1 页，共 3 页"


def test_page_keys_turn_whole_pages(window: Preview) -> None:
    presses(window.view, Qt.Key.Key_PageDown)
    assert window.view.page() == 1
    presses(window.view, Qt.Key.Key_End)
    assert window.view.page() == 2
    assert window._page.text() == "第 3 页，共 3 页"
    presses(window.view, Qt.Key.Key_Home)
    assert window.view.page() == 0


def test_zooming_keeps_the_page_and_fits_again(window: Preview) -> None:
    window.view.show_page(1)
    before = window.view._zoom
    presses(window, Qt.Key.Key_Plus, CTRL)
    assert window.view._zoom > before
    assert window.view.page() == 1
    presses(window, Qt.Key.Key_Minus, CTRL)
    presses(window, Qt.Key.Key_Minus, CTRL)
    assert window.view._zoom < before
    presses(window, Qt.Key.Key_0, CTRL)
    assert window.view._zoom == before


def test_the_page_is_drawn(window: Preview) -> None:
    image = window.view.viewport().grab().toImage()
    assert image.pixelColor(image.width() // 2, 60).name() == "#ffffff"


def test_printing_hands_the_same_bytes_to_the_chosen_printer(
    window: Preview, spooled: Spooled, qtbot: QtBot
) -> None:
    window.printers.put("Office")
    with qtbot.waitSignal(window.printed) as printed:
        presses(window, Qt.Key.Key_P, CTRL)
    assert [(one.pdf, one.way.printer, one.title) for one in spooled.sent] == [
        (window.paper.pdf, "Office", "收据 0001207")
    ]
    assert printed.args == [window.paper]


def test_a_printer_that_is_away_is_said_here(window: Preview, spooled: Spooled) -> None:
    spooled.away = PrinterAway(printer="Office", why="paper jam")
    window.print_it()
    assert window._banner.text() == "打印机 Office 不接收单据：paper jam。"
    assert window._print.isEnabled()


def test_without_a_printer_the_way_out_is_said(window: Preview) -> None:
    window.printers.put(None)
    window.print_it()
    assert window._banner.text() == "尚未选择打印机。"


def test_a_silent_print_service_is_told_to_who_prints_not_to_who_looks(qtbot: QtBot, tmp_path: Path) -> None:
    class Silent(Spooled):
        def printers(self) -> tuple[Printer, ...]:
            raise PrintingSilent(why="Connection refused")

    made = shown(Paper("receipt", "0001207", "收据", pdf(1)), Silent(), tmp_path)
    qtbot.addWidget(made)
    assert made._banner.text() == ""
    made.print_it()
    assert made._banner.text() == "本机的打印服务没有回应：未启动。"


def test_the_paper_is_saved_as_it_is(window: Preview, tmp_path: Path) -> None:
    window.save_to(tmp_path / "收据.pdf")
    assert (tmp_path / "收据.pdf").read_bytes() == window.paper.pdf
    window.save_to(tmp_path / "nowhere" / "收据.pdf")
    assert "无法写入" in window._banner.text()


def test_escape_closes_the_preview(window: Preview) -> None:
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    presses(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_without_a_spooler_every_page_is_painted_in_its_own_size(qapp: object, tmp_path: Path) -> None:
    device = QPrinter()
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "out.pdf"))
    device.setResolution(96)
    device.setFullPage(True)
    printing.paint_on(device, pdf(), Way("file"))
    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    sizes = [tuple(round(side) for side in printed.get_page_size(number)) for number in range(len(printed))]
    printed.close()
    assert sizes == [A4, A5, A4]


def test_a_long_name_is_read_whole_where_the_window_is_narrow(qtbot: QtBot, window: Preview) -> None:
    made = Preview(Paper("subscription", "RG202600370", "认购书 RG202600370（3-2-1502）补打", pdf(1)), Inline())
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    head = made.findChild(Turning)
    assert isinstance(head, Turning)
    assert not head.is_beside
    qtbot.waitUntil(lambda: made._name.text() == made._name.whole())
    assert made._print.visibleRegion().boundingRect().width() == made._print.width()
    made.resize(1200, 500)
    assert head.is_beside
    assert made._name.text() == made._name.whole()
