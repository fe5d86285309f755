"""Where this PC prints: CUPS takes the PDF itself; on Windows its pages are painted at the printer's own resolution."""

from __future__ import annotations

import sys
from ctypes import c_ubyte
from dataclasses import dataclass
from math import ceil
from typing import Any

import pypdfium2
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from salescenter.domain.papers.printing import Sides, Size, Way
from salescenter.domain.refusals import PrinterAway
from salescenter.services.printing.cups import Cups
from salescenter.services.printing.jobs import PrintHouse
from salescenter.services.printing.queue import FILE, PrintQueue
from salescenter.services.printing.spooler import HANDED_OVER, Parcel, Printer, Spooler, Standing
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.pdfium import LOCK

PRINT_DPI = 600
"""Dots an inch at most: a page at more would be a picture of gigabytes."""

_SIDES = {
    Sides.ONE: QPrinter.DuplexMode.DuplexNone, Sides.LONG: QPrinter.DuplexMode.DuplexLongSide,
    Sides.SHORT: QPrinter.DuplexMode.DuplexShortSide,
}  # fmt: skip
_TRAYS = {
    "lower": QPrinter.PaperSource.Lower, "middle": QPrinter.PaperSource.Middle, "upper": QPrinter.PaperSource.Upper,
    "manual": QPrinter.PaperSource.Manual, "tractor": QPrinter.PaperSource.Tractor,
    "envelope": QPrinter.PaperSource.Envelope, "cassette": QPrinter.PaperSource.Cassette,
}  # fmt: skip
_PAPERS = {
    Size.A3: QPageSize.PageSizeId.A3, Size.A4: QPageSize.PageSizeId.A4, Size.A5: QPageSize.PageSizeId.A5,
    Size.B5: QPageSize.PageSizeId.JisB5, Size.K16: QPageSize.PageSizeId.Prc16K,
}  # fmt: skip


def spooler() -> Spooler:
    """Return the print service of this system."""
    return Painted() if sys.platform == "win32" else Cups()


def print_house(memory: Drafts) -> PrintHouse:
    """Return the print jobs of this PC and the service that prints them."""
    return PrintHouse(PrintQueue(memory.of_this_pc().beside(FILE)), spooler())


@dataclass(frozen=True, slots=True)
class Painted:
    """Windows: pages painted on a printer; what becomes of them nobody is told."""

    def printers(self) -> tuple[Printer, ...]:
        """Name the printers, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        names = sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))
        return tuple(Printer(name, QPrinterInfo.printerInfo(name).description(), tuple(_TRAYS), tuple(Sides))
                     for name in names)

    def take(self, parcel: Parcel) -> int:
        """Paint every page; raises PrinterAway where the printer does not take it."""
        way = parcel.way
        info = QPrinterInfo.printerInfo(way.printer)
        if info.isNull():
            raise PrinterAway(printer=way.printer, why="no-such-printer")
        device = QPrinter(info, QPrinter.PrinterMode.HighResolution)
        device.setDocName(parcel.title)
        device.setResolution(min(device.resolution(), PRINT_DPI))
        device.setFullPage(True)
        device.setDuplex(_SIDES[way.sides])
        if way.tray in _TRAYS:
            device.setPaperSource(_TRAYS[way.tray])
        paint_on(device, parcel.pdf, way)
        return HANDED_OVER

    def find(self, mark: str, printer: str) -> int | None:
        """Nobody keeps marks here."""
        return None

    def standing(self, printer: str, number: int, mark: str) -> Standing | None:
        """Nobody tells."""
        return None

    def cancel(self, printer: str, number: int, mark: str) -> None:
        """What was painted is out of our hands."""


def page_image(page: pypdfium2.PdfPage, scale: float) -> QImage:
    """Draw a page, straight into the picture; scale 1 is 72 dots an inch, a dot begun is a dot."""
    with LOCK:
        width, height = (ceil(length * scale) for length in page.get_size())
        image = QImage(width, height, QImage.Format.Format_RGB32)
        dots = (c_ubyte * image.sizeInBytes()).from_buffer(image.bits())

        def bitmap(wide: int, high: int, **how: Any) -> Any:
            return pypdfium2.PdfBitmap.new_native(wide, high, **how, buffer=dots, stride=image.bytesPerLine())

        page.render(scale=scale, prefer_bgrx=True, bitmap_maker=bitmap)
        return image


def paint_on(device: QPrinter, pdf: bytes, way: Way) -> None:
    """Paint every page of a PDF on a printer, each on paper of its own size or fitted to the one chosen."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
    painter = QPainter()
    try:
        for number in range(len(document)):
            wide, high, image = _page(document, number, device.resolution() / 72)
            device.setPageSize(QPageSize(_PAPERS[way.size]) if way.size else QPageSize(QSize(round(wide), round(high))))
            if way.size:
                device.setPageOrientation(_UPRIGHT[high >= wide])
            begun = painter.begin(device) if number == 0 else device.newPage()
            if not begun:
                raise PrinterAway(printer=way.printer, why=str(device.printerState().name))
            painter.drawImage(_fitting(QRectF(device.paperRect(QPrinter.Unit.DevicePixel)), wide / high), image)
    finally:
        if painter.isActive():
            painter.end()
        with LOCK:
            document.close()


def _page(document: pypdfium2.PdfDocument, number: int, scale: float) -> tuple[float, float, QImage]:
    """A page's width and height in points and its picture; the lock is free between two pages."""
    with LOCK:
        page = document[number]
        wide, high = page.get_size()
        image = page_image(page, scale)
        page.close()
        return wide, high, image


_UPRIGHT = {True: QPageLayout.Orientation.Portrait, False: QPageLayout.Orientation.Landscape}


def _fitting(sheet: QRectF, shape: float) -> QRectF:
    """Return the largest place of a shape (width to height) in the middle of a sheet."""
    wide = min(sheet.width(), sheet.height() * shape)
    place = QRectF(0, 0, wide, wide / shape)
    place.moveCenter(sheet.center())
    return place
