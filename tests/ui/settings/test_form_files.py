"""What is laid under a form: a photo as it was held, the largest scan, a PDF of several pages; anything else is said."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from salescenter.domain.papers.form_faults import StationeryUnreadable
from salescenter.domain.papers.overlay import MOST_PAGES, Calibration, FormField, OverlayForm
from salescenter.domain.papers.overlay_file import MOST_PICTURE, form_file, picture_size
from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.print.overlay import overlay_pdf
from salescenter.ui.kit.pdfium import LOCK
from salescenter.ui.settings.form_files import MOST_BYTES, form_of, lies_askew, scans_of, with_scan_of
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.stationery import StationerySection
from tests.print.test_overlay import receipt
from tests.ui.settings.test_stationery import begin

FORM = OverlayForm("收据", 2410, 933, (FormField("text", 1000, 500, 500, words="甲"),))
_TURNED = bytes.fromhex("ffe1 0022 4578 6966 0000 4d4d 002a 0000 0008 0001 0112 0003 0000 0001 0006 0000 0000 0000")
"""A camera's note that the picture is to be turned a quarter to the right (EXIF 2.3, orientation 6)."""


@pytest.fixture
def section(page: SettingsPage) -> StationerySection:
    found = page.section("stationery")
    assert isinstance(found, StationerySection)
    return found


def half_red(wide: int, high: int, kind: str = "JPEG") -> bytes:
    """A picture whose left half is red and whose right half is white."""
    image, out = QImage(wide, high, QImage.Format.Format_RGB32), QBuffer()
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.fillRect(0, 0, wide // 2, high, QColor("red"))
    painter.end()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(out, kind)  # type: ignore[call-overload]
    return bytes(out.data().data())


def kept(tmp_path: Path, data: bytes, name: str = "scan.jpg") -> Path:
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


def reddish(scan: bytes, across: float, down: float) -> bool:
    image = QImage.fromData(scan)
    dot = image.pixelColor(int(image.width() * across), int(image.height() * down))
    return dot.red() > 200 and dot.green() < 80


def test_a_photo_lies_as_its_camera_was_held(qapp: object, tmp_path: Path) -> None:
    photo = half_red(900, 600)
    (scan,) = scans_of(kept(tmp_path, photo[:2] + _TURNED + photo[2:]))
    assert picture_size(scan)[:2] == (600, 900)
    assert reddish(scan, 0.5, 0.2), "what was left is above"
    assert not reddish(scan, 0.5, 0.8)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_largest_scan_is_taken_in_bounds(qapp: object, tmp_path: Path, kind: str) -> None:
    (scan,) = scans_of(kept(tmp_path, half_red(9_900, 7_000, kind)))
    assert picture_size(scan)[:2] == (2000, 1414)
    assert len(scan) < MOST_PICTURE


def a_pdf(pages: int, turn: int = 0, password: str = "") -> bytes:
    made, file = PdfWriter(), BytesIO()
    for _ in range(pages):
        made.add_blank_page(683.1, 264.5).rotate(turn)
    if password:
        made.encrypt(password)
    made.write(file)
    return file.getvalue()


def test_the_pages_of_a_pdf_lie_under_the_pages_of_the_form(qapp: object, tmp_path: Path) -> None:
    file = kept(tmp_path, a_pdf(3), "form.pdf")
    laid = with_scan_of(replace(FORM, more=(b"",)), 2, file)
    assert [bool(scan) for scan in laid.scans] == [False, True, True, True]
    assert picture_size(laid.scans[1])[0] == pytest.approx(2000, abs=1)
    assert not lies_askew(laid, 2)
    assert with_scan_of(FORM, 1, kept(tmp_path, a_pdf(20), "long.pdf")).pages == MOST_PAGES
    assert lies_askew(with_scan_of(FORM, 1, kept(tmp_path, a_pdf(1, turn=90), "turned.pdf")), 1)


@pytest.mark.parametrize(("data", "why"), [
    (b"", "no-scan"), (b"GIF89a nothing", "no-scan"), (half_red(60, 30)[:-40], "cut-off"), (b"%PDF-1.7 nothing", "damaged"),
    (a_pdf(1, password="x"), "password"),
])  # fmt: skip
def test_a_wrong_file_is_refused_by_its_name_and_why(qapp: object, tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(ScanRefused) as refused:
        with_scan_of(FORM, 1, kept(tmp_path, data, "票据.jpg"))
    assert refused.value.details == {"name": "票据.jpg", "why": why}


def test_a_file_that_is_gone_or_endless_is_refused(qapp: object, tmp_path: Path) -> None:
    with pytest.raises(ScanRefused) as refused:
        scans_of(tmp_path / "gone.jpg")
    assert refused.value.details["why"] == "cannot-open"
    with (tmp_path / "endless.jpg").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(ScanRefused) as refused:
        scans_of(tmp_path / "endless.jpg")
    assert refused.value.details["why"] == "too-large"
    with pytest.raises(StationeryUnreadable):
        form_of(tmp_path / "gone.scform")


def test_a_scan_of_other_proportions_says_that_it_is_stretched(
    section: StationerySection, window: QWidget, tmp_path: Path
) -> None:
    begin(section, window)
    section.take_scan(kept(tmp_path, half_red(2410, 933)))
    assert section.banner.isHidden()
    section.take_scan(kept(tmp_path, half_red(900, 900)))
    assert section.banner.text() == "扫描图的长宽比例与纸张不同，已拉伸到纸张大小。"
    section.take_scan(kept(tmp_path, b"%PDF-1.7 nothing", "form.pdf"))
    assert section.banner.text().startswith("“form.pdf”")


def pictured(pdf: bytes) -> list[bytes]:
    """Every dot of every page at 300 dots an inch."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        dots = [bytes(page.render(scale=300 / 72).buffer) for page in document]
        document.close()
    return dots


def test_a_form_carried_to_another_pc_prints_the_same_to_the_dot(qapp: object, tmp_path: Path) -> None:
    form = with_scan_of(replace(FORM, more=(b"",)), 1, kept(tmp_path, half_red(2410, 933)))
    form = replace(form, fields=(*form.fields, FormField("number", 200, 300, 500, page=2)))
    there = form_of(kept(tmp_path, form_file(form), "收据.scform"))
    for whole in (False, True):
        here, carried = (overlay_pdf(one, receipt(), Calibration(-23, 11, 1.01), whole=whole) for one in (form, there))
        assert here == carried
        assert pictured(here) == pictured(carried)
        assert len(PdfReader(BytesIO(here)).pages) == 2
