"""The files of a form: of another house, and scans, photos or PDFs of the printed form as bounded upright JPEGs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from salescenter.domain.papers.form_faults import StationeryUnreadable
from salescenter.domain.papers.overlay import MOST_PAGES, OverlayForm
from salescenter.domain.papers.overlay_file import MOST_FILE, demand_scans, picture_size, read_form_file
from salescenter.domain.papers.scan import ScanFile, look
from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.ui.kit.pdfium import LOCK
from salescenter.ui.kit.printing import page_image
from salescenter.ui.kit.scanned import upright

SCAN_DOTS = 2000
"""Dots along the longer edge of a scan as it is kept: 0.12 mm on the widest receipt, enough to place fields by."""

MOST_BYTES = 100_000_000
"""The largest file that is read; a page of A3 in colour at 600 dots an inch has some 30 million."""

_ASKEW = 0.04
"""By how much a scan may be broader or narrower than its form before fields placed on it stand elsewhere on paper."""

_PDF_WITHIN = 1024


def form_of(file: Path) -> OverlayForm:
    """Read a form from a file of another house; refuses (`StationeryUnreadable`) any other file."""
    try:
        with file.open("rb") as opened:
            return read_form_file(opened.read(MOST_FILE + 1))
    except OSError as trouble:
        raise StationeryUnreadable(why="cannot-open") from trouble


def with_scan_of(form: OverlayForm, page: int, file: Path) -> OverlayForm:
    """Return a form with a scan under a page; those of a PDF's further pages go under the pages behind it.

    Refuses (`ScanRefused`) what is neither picture nor PDF, cannot be drawn or is too large.
    """
    scans = scans_of(file, 1 + MOST_PAGES - page)
    kept = [*form.scans, *(b"" for _ in range(page - 1 + len(scans) - form.pages))]
    kept[page - 1 : page - 1 + len(scans)] = scans
    try:
        return demand_scans(form.with_scans(kept))
    except StationeryUnreadable as trouble:
        raise ScanRefused(name=file.name, why=str(trouble.details["why"])) from trouble


def scans_of(file: Path, most: int = 1) -> list[bytes]:
    """Return a picture, or a PDF's first pages, as JPEGs that a form keeps, turned as the camera was held."""
    data = _bytes_of(file)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return [_as_jpeg(image) for image in _pages(file.name, data, most)]
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        look(ScanFile(file.name, data))
    image = upright(data, SCAN_DOTS)
    if image.isNull():
        raise ScanRefused(name=file.name, why="no-scan")
    return [_as_jpeg(image)]


def lies_askew(form: OverlayForm, page: int) -> bool:
    """Say whether the scan under a page has other proportions than the paper, so that it is stretched to it."""
    if not (scan := form.scans[page - 1]):
        return False
    wide, high, _ = picture_size(scan)
    return abs(wide * form.height / (high * form.width) - 1) > _ASKEW


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as trouble:
        raise ScanRefused(name=file.name, why="cannot-open") from trouble
    if len(data) > MOST_BYTES:
        raise ScanRefused(name=file.name, why="too-large")
    return data


def _pages(name: str, data: bytes, most: int) -> Iterator[QImage]:
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as trouble:
            raise ScanRefused(name=name, why="password" if "assword" in str(trouble) else "damaged") from trouble
        try:
            if not len(document):
                raise ScanRefused(name=name, why="damaged")
            for at in range(min(most, len(document))):
                page = document[at]
                yield page_image(page, SCAN_DOTS / max(*page.get_size(), 1))
                page.close()
        finally:
            document.close()


def _as_jpeg(image: QImage) -> bytes:
    if max(image.width(), image.height()) > SCAN_DOTS:
        image = image.scaled(SCAN_DOTS, SCAN_DOTS, Qt.AspectRatioMode.KeepAspectRatio,
                             Qt.TransformationMode.SmoothTransformation)  # fmt: skip
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGB32).save(out, "JPEG", 75)  # type: ignore[call-overload]
    return bytes(out.data().data())
