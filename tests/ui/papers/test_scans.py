"""Signed copies at the card of a printed paper: attached from files, shown, refused with a sentence, taken out."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.form_faults import StationeryUnreadable
from salescenter.domain.papers.overlay_file import picture_size
from salescenter.domain.papers.scan import ScanFile, ScanForm, look
from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.services.todo import TodoKind, todos
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.scan_lines import TakeOutSheet
from salescenter.ui.kit.scanned import as_pdf, read_file
from salescenter.ui.papers.page import PapersPage
from tests.domain.test_scans import pdf
from tests.print.reading import opened
from tests.ui.papers.test_page import page
from tests.ui.sampled import NOW, Sampled

__all__ = ["page"]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A PDF of two pages, a half-transparent picture from a screen, and one that is broken inside."""
    (tmp_path / "合同.pdf").write_bytes(pdf(2))
    shot = QImage(60, 40, QImage.Format.Format_ARGB32)
    shot.fill(QColor(0, 0, 0, 0))
    assert shot.save(str(tmp_path / "照片.png"))
    (tmp_path / "坏.jpg").write_bytes(b"MZ\x90 a program")
    return [tmp_path / name for name in ("合同.pdf", "照片.png", "坏.jpg")]


def hides_a_script() -> bytes:
    """A PDF whose catalogue lies packed twice in a stream that a remark's line end takes for another one."""
    said = b"1 0 << /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert) >> >>"
    packed = zlib.compress(zlib.compress(said))
    objects = (
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< /Type /ObjStm %%stream\r1 0 x endstream\r/N 1 /First 4 /Length %d /Filter [/FlateDecode /FlateDecode] >>\n"
        b"stream\n%s\nendstream" % (len(packed), packed),
    )
    out, rows = b"%PDF-1.7\n", [b"\0\0\0\0\0\xff", b"\2\0\0\0\4\0"]
    for number, said in enumerate(objects, start=2):
        rows.append(b"\1%s\0" % len(out).to_bytes(4))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    rows.append(b"\1%s\0" % len(out).to_bytes(4))
    head = b"5 0 obj\n<< /Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Length 36 >>\nstream\n"
    return b"%s%s%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (out, head, b"".join(rows), len(out))


def links(page: PapersPage) -> list[str]:
    return [one.text() for one in page.printed.card.scans.findChildren(LinkButton) if not one.isHidden()]


def test_signed_copies_are_attached_shown_and_no_longer_missed(
    page: PapersPage, here: Sampled, files: list[Path]
) -> None:
    page.printed.table.select_key(page.printed.table.rows()[2].id)
    waits = [one.argument for one in todos(here.desk, NOW) if one.kind is TodoKind.SCAN_MISSING]
    assert waits == [page.printed.table.rows()[2].deal]
    card = page.printed.card
    card.scans.take_in(files[:2])
    assert links(page)[::2] == ["合同.pdf", "照片.png"]
    assert [one.pages for one in card.scans.rows] == [2, 1]
    assert [one for one in todos(here.desk, NOW) if one.kind is TodoKind.SCAN_MISSING] == []
    for scan, count in zip(card.scans.rows, (2, 1), strict=True):
        card.scans.open(scan)
        shown = here.asked.papers.pop()
        assert shown.title.endswith("（签署件）")
        with opened(shown.pdf) as document:
            assert len(document) == count


def test_a_file_that_is_no_scan_is_refused_and_nothing_is_kept(
    page: PapersPage, here: Sampled, files: list[Path]
) -> None:
    page.printed.card.scans.take_in(files)
    (refused,) = here.asked.refused
    assert isinstance(refused, ScanRefused)
    assert refused.details == {"name": "坏.jpg", "why": "no-scan"}
    assert page.printed.card.scans.rows == ()


def test_a_script_that_only_a_reader_unpacks_is_refused(page: PapersPage, here: Sampled, tmp_path: Path) -> None:
    file = tmp_path / "签署.pdf"
    file.write_bytes(hides_a_script())
    assert look(ScanFile(file.name, file.read_bytes())).pages == 1  # as it is written it seems quiet
    page.printed.card.scans.take_in([file])
    (refused,) = here.asked.refused
    assert isinstance(refused, ScanRefused)
    assert refused.details == {"name": "签署.pdf", "why": "acts"}
    assert page.printed.card.scans.rows == ()


def test_a_manager_takes_a_wrong_scan_out_and_says_why(
    qtbot: QtBot, page: PapersPage, here: Sampled, files: list[Path]
) -> None:
    card = page.printed.card
    card.scans.take_in(files[:1])
    out = next(one for one in card.scans.findChildren(LinkButton) if one.text() == "移出…")
    out.click()
    sheet = page.window().findChild(TakeOutSheet)
    assert sheet is not None
    assert sheet.form is not None
    sheet.form.put(reason="放错")
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card.scans.rows == ()


def test_a_transparent_picture_is_shown_on_white(files: list[Path]) -> None:
    file = read_file(files[1])
    with opened(as_pdf(ScanForm.PNG, file.data, "照片", NOW)) as document:
        assert document[0].render(scale=0.2).to_numpy().min() == 255


@pytest.mark.parametrize("name", ["large.jpg", "large.png"])
def test_a_sheet_scanned_as_large_and_fine_as_scanners_can_is_taken(tmp_path: Path, name: str) -> None:
    sheet = QImage(9921, 7016, QImage.Format.Format_Grayscale8)  # A3 at 600 dots an inch
    sheet.fill(QColor("white"))
    assert sheet.save(str(tmp_path / name))
    file = read_file(tmp_path / name)
    with opened(as_pdf(look(file).form, file.data, name, NOW)) as document:
        assert document[0].get_size() == pytest.approx((841.89, 595.28), abs=0.1)
        assert document[0].render(scale=0.1).to_numpy()[30, 40].min() == 255


def test_a_picture_of_four_inks_is_shown_in_its_colours(tmp_path: Path) -> None:
    red = QImage(60, 40, QImage.Format.Format_RGB32)
    red.fill(QColor(230, 0, 0))
    assert red.convertToFormat(QImage.Format.Format_CMYK8888).save(str(tmp_path / "章.jpg"))
    file = read_file(tmp_path / "章.jpg")
    with pytest.raises(StationeryUnreadable):
        picture_size(file.data)
    with opened(as_pdf(ScanForm.JPEG, file.data, "章", NOW)) as document:
        blue, green, shown = document[0].render(scale=0.2).to_numpy()[40, 60][:3]
    assert shown > 200
    assert max(blue, green) < 80
