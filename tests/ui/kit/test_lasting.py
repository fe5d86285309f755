"""What goes into a file kept for good: our papers untouched, of everybody else's the pages as pictures."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QColor, QImage
from reportlab.pdfgen.canvas import Canvas

from salescenter.domain.papers.scan import ScanForm
from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.domain.refusals import Stopped
from salescenter.print.picture_sheet import pages_pdf
from salescenter.print.reprint import reprint_sheets
from salescenter.ui.kit.lasting import lasting_paper, lasting_scan
from salescenter.ui.kit.pdfium import laid_over, settle
from salescenter.ui.kit.scanned import as_jpeg
from tests.domain.test_scans import pdf

MADE = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001
FIRST = b"AB" * 16


def foreign() -> bytes:
    """A PDF no archive takes: a font left out, inks nobody defined, half transparent; its second page larger, turned."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(200, 300), invariant=1)
    canvas.setFillColorCMYK(0, 1, 1, 0)
    canvas.rect(0, 0, 200, 150, stroke=0, fill=1)
    canvas.setFillAlpha(0.5)
    canvas.drawString(20, 200, "Helvetica")
    canvas.showPage()
    canvas.setPageSize((400, 600))
    canvas.setPageRotation(90)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def lasting(data: bytes, form: ScanForm = ScanForm.PDF) -> Any:
    return PdfReader(BytesIO(lasting_scan(form, data, "签署件", MADE, lambda: False)), strict=True)


def image_of(page: Any) -> QImage:
    stream = page["/Resources"]["/XObject"]["/P0"]
    return QImage.fromData(stream.get_object().get_data())


def test_the_pages_of_a_foreign_pdf_become_pictures_of_their_size_and_look() -> None:
    reader = lasting(foreign())
    first, second = reader.pages
    assert [tuple(map(round, page.mediabox[2:])) for page in reader.pages] == [(200, 300), (400, 600)]
    assert not {"/Annots", "/Group", "/Rotate"} & {*first, *second}
    image = image_of(first)
    assert (image.width(), image.height()) == (834, 1250)
    above, below = image.pixelColor(600, 100), image.pixelColor(400, 1000)
    assert above == QColor("white")
    assert below.red() > 200
    assert below.green() < 90


def test_pages_of_pictures_are_drawn_as_fine_as_those_are_but_no_coarser_than_archives_ask() -> None:
    image = QImage(1000, 1000, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for side, dots in ((1000 / 240 * 72, 1000), (1000 / 50 * 72, 4000), (1000 / 600 * 72, 500)):
        drawn = image_of(lasting(bytes(pages_pdf([((side, side), as_jpeg(image))], "", MADE))).pages[0])
        assert abs(drawn.width() - dots) <= 1


def test_a_page_as_large_as_a_wall_is_drawn_within_bounds() -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(7000, 500))
    canvas.showPage()
    canvas.save()
    assert image_of(lasting(out.getvalue()).pages[0]).width() == 5000


def test_a_paper_of_ours_goes_in_as_it_is_and_another_drawn() -> None:
    ours = pdf(1)
    assert lasting_paper(ours, "收据", MADE, lambda: False) is ours
    assert b"Helvetica" not in lasting_paper(foreign(), "收据", MADE, lambda: False)


def test_a_reprint_keeps_what_makes_its_paper_last_and_equal_ones_are_equal_bytes() -> None:
    def again() -> bytes:
        return laid_over(pdf(2), lambda sizes: reprint_sheets(sizes, 2, "客户遗失", MADE))

    assert again() == again()
    before, after = (PdfReader(BytesIO(one), strict=True) for one in (pdf(2), again()))
    for entry in ("/Metadata", "/OutputIntents", "/Lang"):
        assert entry in after.root_object
    assert after.trailer["/ID"][0] == before.trailer["/ID"][0]  # type: ignore[index]
    assert after.metadata == before.metadata


def test_what_cannot_be_drawn_is_refused_and_what_is_stopped_ends_between_two_pages() -> None:
    with pytest.raises(ScanRefused):
        lasting(b"%PDF-1.7 nothing %%EOF")
    asked = iter([False, True])
    with pytest.raises(Stopped):
        lasting_scan(ScanForm.PDF, pdf(3), "签署件", MADE, lambda: next(asked))


def settled(pdf: bytes) -> bytes:
    out = bytearray(pdf)
    settle(memoryview(out))
    return bytes(out)


def test_what_pdfium_writes_by_the_clock_and_by_lot_is_settled_by_the_rest() -> None:
    def drawn(lot: bytes, hour: bytes, said: bytes = b"paper") -> bytes:
        info = b"<</CreationDate(D:%b+00'00')/Creator(PDFium)>>\n%b\n" % (hour, said)
        return info + b"trailer\r\n<</ID[<%b><%b>]>>\r\nstartxref\r\n9\r\n%%%%EOF\r\n" % (FIRST, lot)

    one, two = drawn(b"1" * 32, b"20260302090000"), drawn(b"2" * 32, b"20270302090000")
    assert settled(one) == settled(two) != settled(drawn(b"1" * 32, b"20260302090000", b"other"))
    assert FIRST in settled(one)
    assert FIRST not in settled(drawn(FIRST, b"20260302090000"))
    assert settled(b"no PDF of PDFium's") == b"no PDF of PDFium's"
