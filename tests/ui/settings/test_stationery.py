"""A form printed beforehand: begun, nudged, kept, chosen for a book, and a receipt printed on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from salescenter.data.payments import receipt
from salescenter.domain.money import ZERO
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.head import number_for
from salescenter.domain.papers.overlay import Calibration, FormField, Side, Type
from salescenter.domain.papers.overlay_file import form_file, picture_size
from salescenter.domain.papers.starting_form import starting_form
from salescenter.domain.units import UnitState
from salescenter.services import books
from salescenter.services.books import BookChange
from salescenter.services.deals.register import deals
from salescenter.services.papers import stationery
from salescenter.services.papers.archive import printed_before
from salescenter.services.papers.stationery import FormRequest
from salescenter.services.printing.spooler import Parcel
from salescenter.ui.kit import stationery as on_paper
from salescenter.ui.kit.deal_papers import show_receipt
from salescenter.ui.kit.issued_papers import subscription
from salescenter.ui.kit.issuing import ReasonSheet
from salescenter.ui.kit.keeping import HouseKeeper
from salescenter.ui.kit.lane import Ticket
from salescenter.ui.kit.paper_job import Job, Wanted, compose
from salescenter.ui.kit.preview import Preview
from salescenter.ui.settings.books import BooksSection
from salescenter.ui.settings.form_sheets import (
    CalibrationSheet,
    NewFormSheet,
    RenameFormSheet,
    TenthEdit,
    WithdrawFormSheet,
)
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.stationery import StationerySection
from tests.print import reading
from tests.ui.sampled import NOW, Sampled
from tests.ui.settings.conftest import opened, sheet_of, told
from tests.ui.spooling import Spooled

PRINTER = "针式打印机"


@pytest.fixture
def section(page: SettingsPage) -> StationerySection:
    found = page.section("stationery")
    assert isinstance(found, StationerySection)
    return found


@pytest.fixture
def sent(here: Sampled) -> list[Parcel]:
    """What went to the one printer of this PC."""
    spooled = here.room.printing().house.spooler
    assert isinstance(spooled, Spooled)
    spooled.names = (PRINTER,)
    return spooled.sent


def begin(
    section: StationerySection, window: QWidget, name: str = "收据 2026", kind: PaperKind = PaperKind.RECEIPT
) -> None:
    section._begin()
    sheet = sheet_of(window, NewFormSheet)
    assert sheet.form is not None
    sheet.form.put(name=name, kind=kind)
    sheet.form.changed.emit("kind")
    sheet.press_main()


def put_right(section: StationerySection, window: QWidget) -> None:
    """Everything came out 2.3 mm too far right and 1.1 mm too high."""
    section._calibrate()
    sheet = sheet_of(window, CalibrationSheet)
    assert sheet.form is not None
    sheet.form.put(x1=223, y1=189, x2=2233, y2=722)
    sheet.press_main()
    sheet.finish()


def field(section: StationerySection, at: int = 0) -> FormField:
    assert section.form_shown is not None
    return section.form_shown.fields[at]


def picture(width: int = 60, height: int = 30, kind: str = "PNG") -> bytes:
    image, out = QImage(width, height, QImage.Format.Format_RGB32), QBuffer()
    image.fill(Qt.GlobalColor.lightGray)
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(out, kind)  # type: ignore[call-overload]
    return bytes(out.data().data())


def test_without_a_form_it_is_said_what_one_is_and_the_first_step_is_one_press(
    section: StationerySection, window: QWidget
) -> None:
    assert section.stack.currentWidget() is section.empty
    assert section.edit.visibleRegion().isEmpty()
    assert section.stack.minimumSizeHint().height() < section.edit.minimumSizeHint().height()  # nothing to scroll to
    assert section.main is not None
    assert not section.main.isEnabled()
    section.empty.button.click()
    sheet = sheet_of(window, NewFormSheet)
    assert sheet.form is not None
    sheet.form.put(name="收据 2026")
    sheet.press_main()
    assert section.stack.currentWidget() is not section.empty
    assert section.main.isEnabled()


def test_arrows_move_the_chosen_field_by_a_tenth_and_with_shift_by_a_millimetre(
    section: StationerySection, window: QWidget
) -> None:
    begin(section, window)
    before = field(section)
    QTest.keyClick(section.canvas, Qt.Key.Key_Right)
    QTest.keyClick(section.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert (field(section).x, field(section).y) == (before.x + 1, before.y + 10)
    QTest.keyClick(section.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field(section).x, field(section).y) == (before.x + 1, before.y)
    section.undo()
    assert field(section) == before
    QTest.keyClick(section.canvas, Qt.Key.Key_PageDown)
    assert section.canvas.chosen == 1


def test_the_mouse_drags_a_field_in_one_step_and_never_off_the_paper(
    section: StationerySection, window: QWidget
) -> None:
    begin(section, window)
    canvas, before = section.canvas, field(section, 2)
    canvas.zoom = 0.35  # pixels a tenth of a millimetre
    start = canvas.place_of(before).center().toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, start + QPoint(20, 10))
    QTest.mouseMove(canvas, start + QPoint(35, 14))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(35, 14))
    assert (field(section, 2).x, field(section, 2).y) == (before.x + 100, before.y + 40)
    section.undo()
    assert field(section, 2) == before
    canvas.moved.emit(before.moved(9000, 9000))
    assert section.form_shown is not None
    assert field(section, canvas.chosen).x + field(section, canvas.chosen).width == section.form_shown.width


def test_a_figure_typed_at_the_side_moves_the_field_and_an_impossible_one_is_said_under_it(
    section: StationerySection, window: QWidget
) -> None:
    begin(section, window)
    grid = section.edit.grid
    grid.put(x=1234)
    grid.changed.emit("x")
    assert field(section).x == 1234
    grid.put(x=2409)
    grid.changed.emit("x")
    assert field(section).x == 1234
    assert "0.1" in grid.field("width").error()


def test_a_step_is_kept_as_a_draft_until_the_form_is_kept(
    section: StationerySection, window: QWidget, here: Sampled
) -> None:
    begin(section, window)
    QTest.keyClick(section.canvas, Qt.Key.Key_Right)
    moved = section.form_shown
    again = opened(here, window).section("stationery")
    assert isinstance(again, StationerySection)
    again.load()
    assert again.form_shown == moved
    again.press_main()
    assert stationery.form_marked(here.desk, again.mark) == moved
    assert told(here, "template")[-1]["after"]["kind"] == f"form-receipt-{again.mark}"
    assert not here.room.drafts.recall("pre-printed-forms")


def test_a_field_is_added_and_removed(section: StationerySection, window: QWidget) -> None:
    begin(section, window)
    assert section.form_shown is not None
    count = len(section.form_shown.fields)
    section.edit._add()
    assert len(section.form_shown.fields) == count + 1
    QTest.keyClick(section.canvas, Qt.Key.Key_Delete)
    assert len(section.form_shown.fields) == count


def test_a_scan_lies_under_the_fields_as_a_bounded_jpeg(
    section: StationerySection, window: QWidget, tmp_path: Path
) -> None:
    begin(section, window)
    (tmp_path / "scan.png").write_bytes(picture(4000, 1000))
    section.take_scan(tmp_path / "scan.png")
    assert section.form_shown is not None
    assert picture_size(section.form_shown.picture) == (2000, 500, 3)
    (tmp_path / "scan.png").write_bytes(b"no picture")
    section.take_scan(tmp_path / "scan.png")
    assert "JPEG" in section.banner.text()


def test_a_form_goes_to_another_house_as_one_file(section: StationerySection, window: QWidget, tmp_path: Path) -> None:
    begin(section, window)
    file = tmp_path / "form.scform"
    section.export_to(file)
    assert file.read_bytes() == form_file(starting_form("收据 2026"))
    file.write_bytes(form_file(starting_form("另一家")))
    section.bring_in(file)
    assert section.which.currentText() == "收据 · 另一家"
    file.write_bytes(b"damaged")
    section.bring_in(file)
    assert "不能用作套打格式" in section.banner.text()


def test_a_dialog_that_asks_for_a_file_goes_with_its_answer(
    section: StationerySection, window: QWidget, qtbot: QtBot
) -> None:
    begin(section, window)
    for ask in (section._choose_scan, section._choose_import, section._choose_export):
        ask()
        dialog = section.findChild(QFileDialog)
        assert dialog is not None
        dialog.reject()
        qtbot.waitUntil(lambda: section.findChild(QFileDialog) is None)


def test_a_receipt_is_printed_on_the_form_of_its_book_by_a_printer_put_right(
    section: StationerySection, window: QWidget, here: Sampled, sent: list[Parcel]
) -> None:
    begin(section, window)
    section.press_main()
    put_right(section, window)
    assert on_paper.calibration(here.room.drafts, PRINTER, section.mark) == Calibration(-23, 11)
    for book in books.books(here.desk):
        asked = BookChange(book.id, book.name, book.last, book.cashier, form=section.mark)
        books.change(here.desk, asked, NOW)
    with here.house.engine.connect() as connection:
        number = connection.scalar(select(receipt.c.number).where(receipt.c.amount > ZERO).order_by(receipt.c.id.desc()))
    show_receipt(here.room, str(number))
    paper = here.asked.papers[-1]
    shown = Preview(paper, here.room.papers, window, keeper=HouseKeeper(here.desk, lambda: NOW),
                    memory=here.room.drafts, watch=here.room.printing())
    QTest.keyClick(shown, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert reading.size(sent[0].pdf) == pytest.approx((683.1, 264.5), abs=0.1)
    assert str(number) in reading.words(sent[0].pdf)
    assert "收款收据" not in reading.words(sent[0].pdf)
    shown.close()


@pytest.mark.parametrize(("typed", "read"), [("93.3", 933), ("241", 2410), ("5.", 50), ("0.1 mm", 1), ("1.25", None), ("-1", None)])
def test_millimetres_are_read_to_the_tenth(typed: str, read: int | None) -> None:
    assert TenthEdit().read(typed) == read


def test_a_form_is_withdrawn_with_its_reason_and_a_book_that_lost_its_form_says_so(
    section: StationerySection, window: QWidget, here: Sampled
) -> None:
    begin(section, window)
    section.press_main()
    book = books.books(here.desk)[0]
    on_it = BookChange(book.id, book.name, book.last, book.cashier, form=section.mark)
    books.change(here.desk, on_it, NOW)
    section._ask_why_away()
    sheet = sheet_of(window, WithdrawFormSheet)
    assert sheet.form is not None
    sheet.press_main()
    assert sheet.form.field("reason").error()
    sheet.form.put(reason="印刷厂改版")
    sheet.press_main()
    assert section.banner.text().startswith("格式“收据 2026”不能停用：")
    books.change(here.desk, BookChange(book.id, book.name, book.last, book.cashier), NOW)
    section.withdraw("印刷厂改版")
    assert stationery.forms(here.desk) == ()
    assert section.form_shown is None
    books.change(here.desk, on_it, NOW)
    rows = opened(here, window).section("books")
    assert isinstance(rows, BooksSection)
    rows.load()
    assert rows._printed_on(rows.table.rows()[0]) == "收据 2026（已无此格式）"


def test_a_form_of_another_paper_is_designed_with_the_fields_of_that_paper(
    section: StationerySection, window: QWidget, here: Sampled
) -> None:
    begin(section, window, "认购书 2026", PaperKind.SUBSCRIPTION)
    assert section.form_shown is not None
    assert (section.form_shown.kind, section.form_shown.width) == (PaperKind.SUBSCRIPTION, 2100)
    grid = section.edit.grid
    for name, value in (("group", "买受人2"), ("source", "买受人2·证件号码"), ("type", Type.HEI_BOLD), ("side", Side.RIGHT)):
        grid.put(**{name: value})
        grid.changed.emit(name)
    assert (field(section).source, field(section).type, field(section).side) == ("买受人2·证件号码", Type.HEI_BOLD, Side.RIGHT)
    section.preview()
    assert here.asked.papers[-1].title == "格式 认购书 2026"
    section.press_main()
    assert [one.kind for one in stationery.forms(here.desk)] == [PaperKind.SUBSCRIPTION]


def test_a_renamed_form_keeps_its_book_and_what_puts_its_printer_right(
    section: StationerySection, window: QWidget, here: Sampled, sent: list[Parcel]
) -> None:
    begin(section, window)
    section.press_main()
    put_right(section, window)
    for book in books.books(here.desk):
        books.change(here.desk, BookChange(book.id, book.name, book.last, book.cashier, form=section.mark), NOW)
    section._ask_name()
    sheet = sheet_of(window, RenameFormSheet)
    assert sheet.form is not None
    sheet.form.put(name="收据 2027")
    sheet.press_main()
    assert section.which.currentText() == "收据 · 收据 2027"
    section.press_main()
    assert [one.name for one in stationery.forms(here.desk)] == ["收据 2027"]
    (form,) = on_paper.receipt(here.desk, "0000001", NOW).on_forms
    assert form.name == "收据 2027"
    assert on_paper.calibration(here.room.drafts, PRINTER, form.mark) == Calibration(-23, 11)
    rows = opened(here, window).section("books")
    assert isinstance(rows, BooksSection)
    rows.load()
    assert rows._printed_on(rows.table.rows()[0]) == "收据 2027"


def test_an_agreement_is_printed_on_the_form_that_is_chosen_of_several(
    window: QWidget, here: Sampled, sent: list[Parcel]
) -> None:
    for at, name in enumerate(("旧版", "新版")):
        form = starting_form(name, kind=PaperKind.SUBSCRIPTION)
        stationery.keep_form(here.desk, FormRequest(form, NOW.date(), f"a{at}"), NOW)
    unit = here.unit(UnitState.SIGNED)
    assert unit.deal is not None
    paper = subscription(here.desk, unit.deal.id, NOW)
    assert [one.name for one in paper.on_forms] == ["新版", "旧版"]
    shown = Preview(paper, here.room.papers, window, keeper=HouseKeeper(here.desk, lambda: NOW),
                    memory=here.room.drafts, watch=here.room.printing())
    shown.show()
    QTest.keyClick(shown, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    menu = shown.findChild(QMenu)
    assert menu is not None
    assert [one.text() for one in menu.actions()] == ["新版", "旧版"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert paper.number in reading.words(sent[0].pdf)
    assert here.room.printing().house.queue.jobs(here.desk.project)[0].form == "旧版"
    kept = printed_before(here.desk, PaperKind.SUBSCRIPTION, paper.number)
    assert kept == 1, "the whole paper is in the archive"
    shown.print_on(paper.on_forms[0])
    why = shown.findChild(ReasonSheet)
    assert why is not None
    assert why.form is not None
    why.form.put(reason="套打错位")
    why.press_main()
    assert "第1次重印：套打错位" in reading.words(sent[1].pdf)
    assert {job.form for job in here.room.printing().house.queue.jobs(here.desk.project)} == {"旧版", "新版"}
    shown.close()


def test_letters_of_one_kind_go_on_their_form_as_one_job(here: Sampled) -> None:
    signed = [row.id for row in deals(here.desk, living_only=True) if row.state >= UnitState.SIGNED][:3]
    wanted = [Wanted(PaperKind.STATEMENT, number_for(PaperKind.STATEMENT, NOW.date(), one), None, one) for one in signed]
    form = starting_form("对账函", kind=PaperKind.STATEMENT)
    stationery.keep_form(here.desk, FormRequest(form, NOW.date(), "c3"), NOW)
    (on,) = compose(here.desk, Job(wanted), NOW, Ticket()).on_forms
    assert [one.number for one in on.said] == [one.number for one in wanted]
    pages = reading.pages(on.set(Calibration(), on.said)[0])
    assert all(one.number in page for one, page in zip(wanted, pages, strict=True))


def test_page_down_brings_the_field_it_comes_to_into_sight(section: StationerySection, window: QWidget) -> None:
    begin(section, window, "认购书 2026", PaperKind.SUBSCRIPTION)
    window.show()
    assert section.form_shown is not None
    for at in range(1, len(section.form_shown.fields)):
        QTest.keyClick(section.canvas, Qt.Key.Key_PageDown)
        place = section.canvas.place_of(field(section, at)).toRect()
        assert section.canvas.visibleRegion().boundingRect().contains(place.topLeft()), at
