"""Handing a finished PDF to a printer: the spooler takes the file itself, Windows takes its pages as pictures."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pypdfium2
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from salescenter.domain.refusals import PrinterAway
from salescenter.ui.kit.pdfium import LOCK

PRINT_DPI = 300


def printers() -> tuple[str, ...]:
    """Return the names of the printers of this PC, the usual one first."""
    names = list(QPrinterInfo.availablePrinterNames())
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: name != usual))


def print_pdf(pdf: bytes, printer: str, title: str, copies: int = 1) -> None:
    """Print a PDF; call it in the papers lane. Raises PrinterAway where the printer does not take it."""
    if sys.platform != "win32" and shutil.which("lp"):
        _spool(pdf, printer, title, copies)
    else:
        _paint(pdf, printer, title, copies)


def page_image(page: pypdfium2.PdfPage, scale: float) -> QImage:
    """Draw a page; scale 1 is 72 dots an inch."""
    with LOCK:
        bitmap = page.render(scale=scale, prefer_bgrx=True)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return image.copy()  # the buffer goes with the bitmap


def _spool(pdf: bytes, printer: str, title: str, copies: int) -> None:
    command = ["lp", "-d", printer, "-t", title, "-n", str(copies), "-"]
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as trouble:
        raise PrinterAway(printer=printer, why=str(trouble)) from trouble
    if done.returncode:
        raise PrinterAway(printer=printer, why=done.stderr.decode(errors="replace").strip())


def _paint(pdf: bytes, printer: str, title: str, copies: int) -> None:
    device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
    device.setDocName(title)
    device.setCopyCount(copies)
    device.setResolution(PRINT_DPI)
    device.setFullPage(True)
    paint_on(device, pdf, printer)


def paint_on(device: QPrinter, pdf: bytes, name: str) -> None:
    """Paint every page of a PDF on a printer, each on paper of its own size."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
    painter = QPainter()
    try:
        for number in range(len(document)):
            wide, high, image = _page(document, number, device.resolution() / 72)
            device.setPageSize(QPageSize(QSize(round(wide), round(high))))
            begun = painter.begin(device) if number == 0 else device.newPage()
            if not begun:
                raise PrinterAway(printer=name, why=str(device.printerState().name))
            painter.drawImage(QRectF(device.paperRect(QPrinter.Unit.DevicePixel)), image)
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
