"""The preview of a finished paper: its pages as they will print, printed or saved from here."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from salescenter.domain.refusals import ReasonMissing
from salescenter.i18n import tr, trn
from salescenter.services.files import write_file
from salescenter.ui.kit import theme
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.frame import fit_screen
from salescenter.ui.kit.icons import icon
from salescenter.ui.kit.issuing import Issuing, ReasonSheet
from salescenter.ui.kit.labels import ElidedLabel, Label
from salescenter.ui.kit.lane import Runner, Trouble
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.paper import Keeper, Paper
from salescenter.ui.kit.pdfium import LOCK
from salescenter.ui.kit.printing import page_image, print_pdf, printers
from salescenter.ui.kit.stationery import calibration, words_on_form

_MARGIN = 18
_GAP, _SIDES = 8, (16, 12)
"""Pixels of the bar: between its pieces, at its left and its right."""
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_SCREEN_DPI = 96
_PRINTERS = "printers"
"""The draft that remembers which printer each kind of paper was sent to."""


class Preview(QWidget):
    """A window of its own: Ctrl+P prints, Ctrl+S saves, Ctrl +/- zoom, PgUp/PgDn turn pages, Esc closes.

    A paper that the keeper keeps is kept before it is printed or issued as PDF; printing it a second time asks
    why, marks it, and shows what is printed then. `memory` remembers the printer of each kind of paper.
    """

    printed = Signal(object)  # the Paper that was handed to the printer

    def __init__(self, paper: Paper, papers: Runner, parent: QWidget | None = None, *,
                 keeper: Keeper | None = None, memory: Drafts | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "page")
        self._papers, self._keeper, self._memory = papers, keeper, memory
        self._issuing = Issuing(paper, keeper)
        self.setWindowTitle(paper.name)
        self.view = PaperView(paper.pdf)
        self._page = Label("", "muted")
        self._banner = Banner(tone="danger")
        self.printers = ComboBox(tuple((name, name) for name in printers()), placeholder=tr("no printer"))
        self._print = FilledButton(tr("Print"), self.print_it, key="Ctrl+P")
        words = tr("Issue as PDF") if self._issuing.is_kept() else tr("Save as PDF")
        self._save = OutlinedButton(words, self.save_as)
        self._on_form = OutlinedButton(tr("On the form"), self.print_on_form, key="Ctrl+T")
        self._on_form.setVisible(paper.on_form is not None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for piece in (self._bar(), self._banner, self.view):
            layout.addWidget(piece)
        self.view.turned.connect(self._show_page)
        self._show_page()
        self._choose_printer()
        fit_screen(self, 920, 820)
        self.view.setFocus()
        if self._issuing.is_kept() and not paper.reason:
            papers.run(self._issuing.before, self._say_before, owner=self, refused=self._banner.refuse)

    @property
    def paper(self) -> Paper:
        """The paper as it is shown and would print now."""
        return self._issuing.paper

    def print_it(self) -> None:
        """Hand the paper to the chosen printer."""
        printer = self.printers.value()
        if printer is None:
            self._banner.say(tr("No printer is chosen."), tr("Choose one, or save the paper as PDF."), "warning")
            return
        title = self.windowTitle()
        self._send(lambda pdf: print_pdf(pdf, printer, title), lambda: self._was_printed(printer))

    def print_on_form(self) -> None:
        """Hand the paper's words alone to the chosen printer, which holds the pre-printed form."""
        printer, form = self.printers.value(), self.paper.on_form
        if form is None:
            return
        if printer is None or self._memory is None:
            self._banner.say(tr("No printer is chosen."), tr("Choose one, or save the paper as PDF."), "warning")
            return
        title, right = self.windowTitle(), calibration(self._memory, printer, form.name)
        self._send(lambda _: print_pdf(words_on_form(self.paper, right), printer, title),
                   lambda: self._was_printed(printer))

    def save_as(self) -> None:
        """Ask where to save the PDF."""
        dialog = QFileDialog(self, self._save.text(), f"{_as_file(self.windowTitle())}.pdf", "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.save_to(Path(file)))
        dialog.open()

    def save_to(self, file: Path) -> None:
        """Write the PDF; a folder that cannot be written is said in words. A paper that is kept is kept first."""
        saved = tr("Saved as {file}", file=file.name)
        self._send(lambda pdf: write_file(file, pdf), lambda: self._banner.say(saved, "", "accent"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        do = _KEYS.get((Qt.Key(event.key()), command))
        if do is None:
            super().keyPressEvent(event)
        else:
            do(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_out_spare()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.view.close_document()
        super().closeEvent(event)
        if (host := self.parentWidget()) is not None:  # the keys go on where the eye does: not every desktop sees to it
            left = [one for one in host.findChildren(Preview) if one is not self and one.isVisible()]
            (left[-1] if left else host.window()).activateWindow()

    def _send(self, hand_on: Callable[[bytes], object], done: Callable[[], None]) -> None:
        """Keep the paper and hand it on, in the lane; where a reason is missing, ask for it and begin again."""
        issuing = self._issuing
        self._busy(True)

        def refused(trouble: Trouble) -> None:
            if isinstance(trouble, ReasonMissing):
                self._ask_why(lambda: self._send(hand_on, done))
            else:
                self._banner.refuse(trouble)

        self._papers.run(lambda: issuing.send(hand_on), lambda _: done(), owner=self, refused=refused,
                         after=lambda: self._busy(False))

    def _ask_why(self, go_on: Callable[[], object]) -> None:
        def told(reason: str) -> None:
            issuing = self._issuing
            self._papers.run(lambda: issuing.again(reason), lambda paper: self._show_again(paper, go_on), owner=self,
                             refused=self._banner.refuse)

        ReasonSheet(self.paper, told).stand_over(self)

    def _show_again(self, paper: Paper, go_on: Callable[[], object]) -> None:
        """Show the marked reprint in the place of the paper and go on with it."""
        self._issuing = Issuing(paper, self._keeper)
        self.view.show_document(paper.pdf)
        go_on()

    def _say_before(self, count: int) -> None:
        if count:
            said = (trn("{count} paper of this job was printed before.",
                        "{count} papers of this job were printed before.", count=count) if self.paper.parts
                    else trn("Printed before: {count} time.", "Printed before: {count} times.", count=count))
            self._banner.say(said, tr("Printing again asks why and marks the paper as a reprint."), "neutral")

    def _busy(self, busy: bool) -> None:
        self._print.setEnabled(not busy)
        self._save.setEnabled(not busy)

    def _was_printed(self, printer: str) -> None:
        self._banner.say(tr("Sent to {printer}", printer=printer), "", "accent")
        if self._memory is not None:
            self._memory.keep(_PRINTERS, {**self._memory.recall(_PRINTERS), self.paper.kind: printer})
        self.printed.emit(self.paper)

    def _bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("look", "topbar")
        smaller = OutlinedButton("", lambda: self.view.zoom(-1))
        larger = OutlinedButton("", lambda: self.view.zoom(1))
        for button, name, words in ((smaller, "zoom-out", tr("Smaller")), (larger, "zoom-in", tr("Larger"))):
            button.setIcon(icon(name))
            button.setToolTip(words)
            button.setAccessibleName(words)
        fit = OutlinedButton(tr("Fit"), self.view.fit_width)
        self.printers.setMinimumWidth(150)
        self.printers.setAccessibleName(tr("Printer"))
        self._bar_pieces = (ElidedLabel(self.windowTitle(), "headline"), self._page, smaller, fit, larger,
                            self.printers, self._save, self._on_form, self._print)
        self._spare = fit, larger, smaller
        bar.setLayout(row(*self._bar_pieces))
        layout = bar.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setStretch(0, 1)
        layout.setContentsMargins(_SIDES[0], 8, _SIDES[1], 8)
        return bar

    def _leave_out_spare(self) -> None:
        """Leave out what keys and the wheel do too, where the paper's name would be cut."""
        wide = (max(piece.sizeHint().width(), piece.minimumWidth()) + _GAP for piece in self._bar_pieces
                if piece is not self._on_form or self.paper.on_form is not None)
        over = sum(wide) + sum(_SIDES) - self.width()
        for button in self._spare:
            button.setVisible(over <= 0)
            over -= button.sizeHint().width() + _GAP if over > 0 else 0

    def _choose_printer(self) -> None:
        """Choose the printer this kind of paper went to last, else the usual one of this PC."""
        if self.printers.count():
            self.printers.setCurrentIndex(0)
        used = self._memory.recall(_PRINTERS).get(self.paper.kind) if self._memory is not None else None
        if used is not None and self.printers.findData(used) >= 0:
            self.printers.put(used)

    def _show_page(self) -> None:
        self._page.setText(tr("page {number} of {count}", number=self.view.page() + 1, count=self.view.pages()))


def _as_file(name: str) -> str:
    """A name any system takes for a file."""
    return "".join("-" if letter in '/\\:*?"<>|' else letter for letter in name)


_KEYS: dict[tuple[Qt.Key, bool], Callable[[Preview], object]] = {
    (Qt.Key.Key_P, True): Preview.print_it, (Qt.Key.Key_F8, False): Preview.print_it,
    (Qt.Key.Key_T, True): Preview.print_on_form,
    (Qt.Key.Key_S, True): Preview.save_as, (Qt.Key.Key_Escape, False): Preview.close,
    (Qt.Key.Key_Plus, True): lambda self: self.view.zoom(1), (Qt.Key.Key_Equal, True): lambda self: self.view.zoom(1),
    (Qt.Key.Key_Minus, True): lambda self: self.view.zoom(-1), (Qt.Key.Key_0, True): lambda self: self.view.fit_width(),
    (Qt.Key.Key_PageDown, False): lambda self: self.view.turn(1),
    (Qt.Key.Key_PageUp, False): lambda self: self.view.turn(-1),
    (Qt.Key.Key_Home, False): lambda self: self.view.show_page(0),
    (Qt.Key.Key_End, False): lambda self: self.view.show_page(self.view.pages() - 1),
}


class PaperView(QAbstractScrollArea):
    """Pages below each other; only those in sight are drawn."""

    turned = Signal()

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._zoom, self._fitted = 1.0, True
        self._image = lru_cache(maxsize=6)(self._draw)
        self._open(pdf)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.turned.emit())
        self.setAccessibleName(tr("Preview"))

    def show_document(self, pdf: bytes) -> None:
        """Show another file in the place of this one."""
        self.close_document()
        self._open(pdf)
        self._set_bars()
        self.viewport().update()
        self.turned.emit()

    def pages(self) -> int:
        """Return how many pages there are."""
        return len(self._sizes)

    def page(self) -> int:
        """Return the page that fills most of the window, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max((number for number, top in enumerate(self._tops()) if top <= middle), default=0)

    def show_page(self, number: int) -> None:
        """Turn to a page."""
        self.verticalScrollBar().setValue(self._tops()[max(0, min(number, self.pages() - 1))] - _MARGIN // 2)

    def turn(self, by: int) -> None:
        """Turn some pages on or back."""
        self.show_page(self.page() + by)

    def zoom(self, step: int) -> None:
        """Go to the next larger (1) or smaller (-1) size."""
        sizes = [size for size in _ZOOMS if (size > self._zoom + 0.01 if step > 0 else size < self._zoom - 0.01)]
        if sizes:
            self._fitted = False
            self._set_zoom(sizes[0] if step > 0 else sizes[-1])

    def fit_width(self) -> None:
        """Make the widest page fill the window."""
        self._fitted = True
        widest = max(wide for wide, _ in self._sizes) * _SCREEN_DPI / 72
        self._set_zoom(min(2.0, (self.viewport().width() - 2 * _MARGIN) / widest))

    def close_document(self) -> None:
        """Let go of the file."""
        self._image.cache_clear()
        with LOCK:
            self._document.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit_width()
        self._set_bars()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()  # the window turns whole pages
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("grey_soft"))
        scroll_x, scroll_y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for number, top in enumerate(self._tops()):
            wide, high = self._pixels(number)
            left = max(_MARGIN, (self.viewport().width() - wide) // 2) - scroll_x
            box = QRect(left, top - scroll_y, wide, high)
            if box.intersects(self.viewport().rect()):
                painter.drawImage(box, self._image(number, self._zoom, self.devicePixelRatioF()))
                painter.setPen(theme.colour("edge"))
                painter.drawRect(box.adjusted(-1, -1, 0, 0))
        painter.end()

    def _open(self, pdf: bytes) -> None:
        with LOCK:
            self._document = pypdfium2.PdfDocument(pdf)
            self._sizes = [self._document.get_page_size(number) for number in range(len(self._document))]  # points

    def _draw(self, number: int, zoom: float, ratio: float) -> QImage:
        with LOCK:
            return page_image(self._document[number], zoom * ratio * _SCREEN_DPI / 72)

    def _set_zoom(self, zoom: float) -> None:
        here = self.page()
        self._zoom = zoom
        self._set_bars()
        self.show_page(here)
        self.viewport().update()

    def _pixels(self, number: int) -> tuple[int, int]:
        wide, high = self._sizes[number]
        return round(wide * _SCREEN_DPI / 72 * self._zoom), round(high * _SCREEN_DPI / 72 * self._zoom)

    def _tops(self) -> list[int]:
        tops, down = [], _MARGIN
        for number in range(self.pages()):
            tops.append(down)
            down += self._pixels(number)[1] + _MARGIN
        return tops

    def _set_bars(self) -> None:
        last = self.pages() - 1
        whole = self._tops()[last] + self._pixels(last)[1] + _MARGIN
        widest = max(self._pixels(number)[0] for number in range(self.pages())) + 2 * _MARGIN
        for bar, length, seen in ((self.verticalScrollBar(), whole, self.viewport().height()),
                                  (self.horizontalScrollBar(), widest, self.viewport().width())):
            bar.setRange(0, max(0, length - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(40)
