"""The preview: from a paper's bytes to its first page on screen at 96 dots an inch, beside pypdfium2 alone.

The window stands already; what opening the whole window costs besides is told on lines of its own.
"""

from __future__ import annotations

import gc
import os
from time import process_time

import pypdfium2
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from bench.figure import Figure
from bench.paper_values import contract, receipt
from bench.timing import MS, in_turns, ratio
from salescenter.print.contract import contract_pdf
from salescenter.print.receipt import receipt_pdf
from salescenter.ui.kit.lane import Lane
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.paper_view import PaperView
from salescenter.ui.kit.preview import Preview

NAME = "preview"
ROUNDS = {"small": 9, "full": 45}
DPI = 96
MARGINS, DEPTH = 36, 820
"""Pixels: the view is as wide as the page at this many dots an inch and its margins, its foot below the edge."""


def measure(size: str) -> list[Figure]:
    """Measure each paper in turns with the library that draws it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    rounds = ROUNDS.get(size, ROUNDS["full"])
    papers = {"contract of 15 pages": contract_pdf(contract(1)), "receipt": receipt_pdf(receipt(1))}
    figures = [_figure(name, pdf, rounds) for name, pdf in papers.items()]
    figures += [_window(name, pdf, rounds) for name, pdf in papers.items()]
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()  # no window may be left when the program of Qt goes
    return figures


def _figure(name: str, pdf: bytes, rounds: int) -> Figure:
    document = pypdfium2.PdfDocument(pdf)
    wide, _ = document.get_page_size(0)
    document.close()
    view = PaperView(pdf)
    view.resize(round(wide * DPI / 72) + MARGINS, DEPTH)
    view.show()
    QApplication.processEvents()
    taken = in_turns({"ours": lambda: _show(view, pdf), "peer": lambda: _draw(pdf)}, rounds, warm=3,
                     clock=process_time)  # few milliseconds of one thread: another process would be the difference
    view.hide()
    view.close_document()
    what = f"{name}: first page on screen, ms of the processor (pypdfium2)"
    return Figure(what, min(taken["ours"]) * MS, min(taken["peer"]) * MS, ratio(taken["ours"], taken["peer"]), 1.5)


def _window(name: str, pdf: bytes, rounds: int) -> Figure:
    lane = Lane("papers")
    taken = in_turns({"ours": lambda: _open(Paper("contract", "HT2026-0001", name, pdf), lane)}, rounds)
    lane.close()
    return Figure(f"{name}: the whole window, ms", min(taken["ours"]) * MS, limit=300)


def _show(view: PaperView, pdf: bytes) -> None:
    view.show_document(pdf)
    view.viewport().repaint()


def _draw(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=DPI / 72)
    document.close()


def _open(paper: Paper, lane: Lane) -> None:
    window = Preview(paper, lane)
    window.show()
    QApplication.processEvents()
    window.hide()
    window.close()
    window.deleteLater()
