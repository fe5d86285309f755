"""Lines of scans: one for each file, shown when it is pressed, taken out by a manager who says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLayout, QWidget

from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr, trn
from salescenter.services.papers import scans
from salescenter.services.papers.scans import ScanRow, TakeOutRequest
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.panel import hold, row
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.scanned import as_pdf
from salescenter.ui.kit.why_sheet import WhySheet

_NAME = 150
"""Pixels a file's name may take."""


def scan_line(room: Room, scan: ScanRow, title: str, taken_out: Callable[[], None]) -> QWidget:
    """Make the line of one file; `title` is what its window is called, `taken_out()` is told once it is gone."""
    link = LinkButton("")
    link.setText(short(link, scan.name))
    link.setAccessibleName(scan.name)
    link.clicked.connect(lambda: open_scan(room, scan.id, title, link))
    told = scan_words(room, scan)
    link.setToolTip(f"{scan.name}\n{told}\nSHA-256 {scan.sha256}")
    link.setAccessibleDescription(told)
    if not may(room.desk.who.role, Step.APPROVE):
        return hold(row(link, None))
    out = LinkButton(tr("Take out …"))
    sheet = partial(TakeOutSheet, scan, lambda reason: take_out(room, scan.id, reason, taken_out, out))
    out.clicked.connect(lambda: sheet().stand_over(out.window()))
    out.setAccessibleName(tr("Take out {name}", name=scan.name))
    return hold(row(link, None, out))


def short(widget: QWidget, text: str) -> str:
    """Leave out the middle of a file's name that is wider than a card has room for beside a button."""
    return widget.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, _NAME)


def scan_words(room: Room, scan: ScanRow) -> str:
    """Say of how many pages it is, and who attached it when."""
    pages = trn("{count} page", "{count} pages", count=scan.pages)
    return tr("{pages}, attached by {by} {at}", pages=pages, by=scan.by, at=formats.moment(scan.at, room.now()))


def open_scan(room: Room, scan: int, title: str, owner: QWidget) -> None:
    """Show a scan as it is; the history is told."""
    desk, now = room.desk, room.now()

    def fetch() -> Paper:
        form, data = scans.scan_data(desk, scan, now)
        return Paper("scan", "", title, as_pdf(form, data, title, now))

    room.papers.run(fetch, room.show_paper, owner=owner, refused=room.refuse)


def take_out(room: Room, scan: int, reason: str, then: Callable[[], None], owner: QWidget) -> None:
    """Take a scan out that does not belong where it is."""
    desk, now, asked = room.desk, room.now(), TakeOutRequest(scan, reason, uuid4().hex)
    room.lane.run(lambda: scans.take_out(desk, asked, now), lambda _: then(), owner=owner, refused=room.refuse)


def clear(lines: QLayout) -> None:
    """Take every line out."""
    while (item := lines.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def choose_files(owner: QWidget, title: str, chosen: Callable[[Sequence[Path]], object]) -> None:
    """Ask for files of scans, several at once."""
    dialog = QFileDialog(owner, title, "", "PDF, JPEG, PNG (*.pdf *.jpg *.jpeg *.png)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda files: chosen([Path(file) for file in files]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


class TakeOutSheet(WhySheet):
    """Asks why a scan is taken out; `told(reason)` goes on."""

    def __init__(self, scan: ScanRow, told: Callable[[str], object]) -> None:
        super().__init__(tr("Take a scan out"), scan.name, told)
        form = FormGrid(columns=1)
        form.add("reason", tr("Why does it not belong here?"), LineEdit(), required=True)
        self.put_form(form)
        self.put(None)
        self.main_action(tr("Take it out"), self.press)
