"""Files of scans as the window needs them: opened once to see that they can be read, and shown as a paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageIOHandler, QImageReader, QPainter

from salescenter.domain.papers.form_faults import StationeryUnreadable
from salescenter.domain.papers.overlay_file import picture_size
from salescenter.domain.papers.scan import ScanFile, ScanForm, look
from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.domain.papers.scan_pdf import demand_quiet
from salescenter.ui.kit.pdfium import LOCK

MOST_DOTS = 5000
"""Along the longer side: A3 at 300 dots an inch. A page larger than that gets fewer."""

_MOST_MEGABYTES = 512
"""What a picture may take while it is read: a PNG of A3 at 600 dots an inch takes 280."""

_QUALITY = 90


def read_file(path: Path) -> ScanFile:
    """Read a file and look whether it is a scan whose pages can be drawn; refuses with ScanRefused.

    A PDF is looked into twice: as it is written, and as PDFium has read it, who leaves nothing packed or between lines.
    """
    try:
        file = ScanFile(path.name, path.read_bytes())
    except OSError as trouble:
        raise ScanRefused(name=path.name, why="cannot-open") from trouble
    if look(file).form is ScanForm.PDF:
        demand_quiet(file.name, _read_and_written(file))
    elif not _picture_draws(file.data):
        raise ScanRefused(name=file.name, why="damaged")
    return file


def as_pdf(form: ScanForm, data: bytes, title: str, now: datetime) -> bytes:
    """Return a scan as a PDF: as it is, or its picture on a sheet, turned as its camera was held."""
    if form is ScanForm.PDF:
        return data
    from salescenter.print.picture_sheet import pictures_pdf  # noqa: PLC0415  loaded when papers are made

    return pictures_pdf([_upright_jpeg(data)], title, now)


def _read_and_written(file: ScanFile) -> bytes:
    """Return a PDF as PDFium writes down what it has read of it; refuses one whose pages it cannot draw."""
    out = BytesIO()
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(file.data)
        except pypdfium2.PdfiumError as trouble:
            raise ScanRefused(name=file.name, why="damaged") from trouble
        try:
            if not len(document) or not all(document.get_page_size(at) > (0, 0) for at in range(len(document))):
                raise ScanRefused(name=file.name, why="damaged")
            document.save(out)
        finally:
            document.close()
    return out.getvalue()


def _picture_draws(data: bytes) -> bool:
    return not upright(data).isNull()


def _upright_jpeg(data: bytes) -> bytes:
    """A picture as a JPEG that a page can hold; one that is such already stays as it is."""
    with _reading(data) as reader:
        turned = reader.transformation() != QImageIOHandler.Transformation.TransformationNone
    if not turned and _is_plain_jpeg(data):
        return data
    return as_jpeg(_flattened(upright(data)))


def upright(data: bytes, most: int = MOST_DOTS) -> QImage:
    """A picture as its camera was held, with no more dots than archives ask of the largest scan; null where damaged.

    A JPEG is made smaller while it is read, so that one of a hundred million dots needs no more memory than a page.
    """
    with _reading(data) as reader:
        size = reader.size()
        if max(size.width(), size.height()) > most:
            reader.setScaledSize(size.scaled(most, most, Qt.AspectRatioMode.KeepAspectRatio))
        reader.setAutoTransform(True)
        return reader.read()


@contextmanager
def _reading(data: bytes) -> Iterator[QImageReader]:
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    yield QImageReader(buffer)


def _is_plain_jpeg(data: bytes) -> bool:
    try:
        return bool(picture_size(data))
    except StationeryUnreadable:
        return False


def _flattened(image: QImage) -> QImage:
    """A picture on white."""
    white = QImage(image.size(), QImage.Format.Format_RGB32)
    white.fill(QColor("white"))
    painter = QPainter(white)
    painter.drawImage(0, 0, image)
    painter.end()
    return white


def as_jpeg(image: QImage) -> bytes:
    """Return a picture as a JPEG, good enough for print."""
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(out, "JPEG", _QUALITY)  # type: ignore[call-overload]
    return bytes(out.data().data())
