"""Pages for a file that is kept for good (PDF/A-2u): papers of ours as they are, of what others made pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pypdfium2
from pypdfium2 import raw
from PySide6.QtGui import QImage

from salescenter.domain.papers.scan import ScanForm
from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.domain.refusals import Stopped
from salescenter.ui.kit.pdfium import LOCK, Size
from salescenter.ui.kit.printing import page_image
from salescenter.ui.kit.scanned import MOST_DOTS, as_jpeg, as_pdf

LEAST_DPI, MOST_DPI = 200, 300
"""What archives ask of a scan (DA/T 31-2017, 纸质档案数字化规范): 200 dots an inch, 300 where writing is small."""

_CLAIM = b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>"


def lasting_paper(pdf: bytes, title: str, now: datetime, stopped: Callable[[], bool]) -> bytes:
    """Return a paper that was printed here: as it is, for we make nothing but PDF/A-2u; drawn, were it none."""
    return pdf if _CLAIM in pdf else _drawn(pdf, title, now, stopped)


def lasting_scan(form: ScanForm, data: bytes, title: str, now: datetime, stopped: Callable[[], bool]) -> bytes:
    """Return a scan as a PDF of pictures: one from a camera as it is, each page of a PDF drawn.

    A PDF from elsewhere may leave out its fonts or be of inks nobody defined, and whatever it claims nobody has
    checked; so its pages are drawn as a reader shows them. Refuses (`ScanRefused`) what cannot be drawn; raises
    Stopped between two pages when asked to.
    """
    return _drawn(data, title, now, stopped) if form is ScanForm.PDF else as_pdf(form, data, title, now)


def _drawn(pdf: bytes, title: str, now: datetime, stopped: Callable[[], bool]) -> bytes:
    from salescenter.print.picture_sheet import pages_pdf  # noqa: PLC0415  loaded when papers are made

    return pages_pdf(list(_pictures(pdf, title, stopped)), title, now)


def _pictures(pdf: bytes, title: str, stopped: Callable[[], bool]) -> Iterator[tuple[Size, bytes]]:
    with LOCK:
        document = _opened(pdf, title)
        count = len(document)
    try:
        for at in range(count):
            if stopped():
                raise Stopped(what="papers")
            size, image = _page(document, at, title)
            yield size, as_jpeg(image)
    finally:
        with LOCK:
            document.close()


def _opened(pdf: bytes, title: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as trouble:
        raise ScanRefused(name=title, why="damaged") from trouble


def _page(document: pypdfium2.PdfDocument, at: int, title: str) -> tuple[Size, QImage]:
    with LOCK:
        try:
            page = document[at]
            size = page.get_size()
            image = page_image(page, min(_dpi(page) / 72, MOST_DOTS / max(size)))
            page.close()
        except pypdfium2.PdfiumError as trouble:
            raise ScanRefused(name=title, why="damaged") from trouble
        return size, image


def _dpi(page: pypdfium2.PdfPage) -> float:
    """As fine as the pictures of a page are, where it holds nothing but pictures; else as fine as may be."""
    found = list(page.get_objects())
    pictures = [one.get_metadata() for one in found if isinstance(one, pypdfium2.PdfImage)]
    if not pictures or any(one.type != raw.FPDF_PAGEOBJ_IMAGE for one in found):
        return MOST_DPI
    finest = max(float(max(one.horizontal_dpi, one.vertical_dpi)) for one in pictures)
    return min(max(finest, LEAST_DPI), MOST_DPI)
