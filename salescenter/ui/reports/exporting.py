"""Taking the report away: a picture, a PDF, an Excel workbook, or straight to the printer; each told to the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from salescenter.domain.errors import Weather
from salescenter.domain.papers.report import ReportPaper
from salescenter.i18n import tr
from salescenter.print.listing import listing_pdf
from salescenter.print.report import report_pdf
from salescenter.services.files import write_file
from salescenter.services.reports.exporting import ExportRequest, record_export
from salescenter.services.reports.listings import Listing
from salescenter.services.reports.workbook import report_workbook, table_workbook
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room
from salescenter.ui.reports import saying, tables
from salescenter.ui.reports.board_view import BoardView
from salescenter.ui.reports.controls import Controls
from salescenter.ui.reports.list_paper import list_paper
from salescenter.ui.reports.list_view import title_of
from salescenter.ui.reports.paper import report_paper
from salescenter.ui.reports.picture import board_picture
from salescenter.watermark_words import watermark

LATER = date.max
"""The day a file may be read on: nobody knows its year, so every day in it says its own."""

Ask = Callable[[str, str], str]
"""Asks for a file: proposed name and ending in, path out, "" when the user thought better of it."""


class Exports(QObject):
    """Makes the files in the papers' lane; the history is told before anything is written."""

    def __init__(self, room: Room, view: BoardView, controls: Controls, banner: Banner) -> None:
        super().__init__(view)
        self._room, self._view, self._controls, self._banner = room, view, controls, banner
        self.ask: Ask = self._ask

    def fill(self, button: QPushButton) -> None:
        """Hang the menu of ways out on a button."""
        menu = QMenu(button)
        for words, do in (
            (tr("Picture (PNG) …"), self.picture),
            (tr("PDF …"), self.pdf),
            (tr("Excel …"), self.excel),
            (tr("Print …"), self.print_it),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, do=do: do())
        button.setProperty("look", "menu")
        button.setMenu(menu)

    def picture(self) -> None:
        """Save the charts as they look, those below the edge too."""
        if self._view.board is not None:
            span, before = self._view.board.asked.span, self._view.board.sales.before
            about = f"{span.first.isoformat()} – {span.last.isoformat()}  ·  {before.first} – {before.last}"
            title = f"{self._view.board.house} · {tr('Sales report')}"
            data = board_picture(self._view, title, about, self._watermark())
            self._take("board", "png", self._title(), lambda: data)

    def pdf(self) -> None:
        """Save the report as a PDF with vector charts."""
        paper = self._paper()
        if paper is not None:
            self._take("board", "pdf", self._title(), lambda: report_pdf(paper))

    def excel(self) -> None:
        """Save the numbers, with Excel's own charts of them."""
        paper = self._paper()
        if paper is not None:
            self._take("board", "xlsx", self._title(), lambda: report_workbook(paper))

    def print_it(self) -> None:
        """Open the preview of the PDF."""
        paper = self._paper()
        if paper is not None:
            self._preview("report", self._title(), lambda: report_pdf(paper))

    def list_excel(self, found: Listing) -> None:
        """Save a list behind a figure."""
        title = title_of(found.asked)
        period = saying.period_of(found.asked, LATER)
        table = tables.of_list(found)
        name, words = f"{title} {found.asked.span.first.isoformat()}", self._watermark()
        kind, rows = found.asked.kind.value, len(found.lines)
        self._take(kind, "xlsx", name, lambda: table_workbook(title, period, table, words), rows)

    def print_list(self, found: Listing) -> None:
        """Open the preview of a list behind a figure."""
        if self._view.board is None:
            return
        title, now = title_of(found.asked), self._room.now()
        period = saying.period_of(found.asked, LATER)
        paper = list_paper(found, title, self._view.board.house, period, self._room.desk.who.name, now)
        self._preview("listing", title, lambda: listing_pdf(paper))

    def _preview(self, kind: str, title: str, make: Callable[[], bytes]) -> None:
        self._room.papers.run(
            lambda: Paper(kind, "", title, make()), self._room.show_paper, owner=self, refused=self._banner.refuse
        )

    def _take(self, what: str, ending: str, name: str, make: Callable[[], bytes], rows: int = 0) -> None:
        path = self.ask(f"{_plain(name)}.{ending}", ending)
        if not path:
            return
        desk, now = self._room.desk, self._room.now()
        asked = ExportRequest(what, ending, self._controls.span(), rows, str(uuid4()))

        def work() -> str | Weather:
            try:
                data = make()
                record_export(desk, asked, now)
                write_file(path, data)
            except Weather as trouble:  # said in this window, not in the one behind it
                return trouble
            return path

        self._room.papers.run(work, self._saved, owner=self, refused=self._banner.refuse)

    def _saved(self, path: str | Weather) -> None:
        if isinstance(path, Weather):
            self._banner.refuse(path)
        else:
            self._banner.say(tr("Saved: {path}", path=path), tone="accent")

    def _paper(self) -> ReportPaper | None:
        if self._view.board is None:
            return None
        who = self._room.desk.who.name
        return report_paper(self._view, self._controls.counted_in(), who, self._room.now())

    def _watermark(self) -> str:
        return watermark(self._room.desk.who.name, self._room.now())

    def _title(self) -> str:
        span = self._controls.span()
        return f"{tr('Sales report')} {span.first.isoformat()} {span.last.isoformat()}"

    def _ask(self, name: str, ending: str) -> str:
        folder = Path.home() / name
        path, _ = QFileDialog.getSaveFileName(self._view, tr("Export"), str(folder), f"*.{ending}")
        return path


def _plain(name: str) -> str:
    """A title as a file's name: signs that Windows refuses become blanks."""
    return "".join(" " if sign in '<>:"/\\|?*' else sign for sign in name).strip()
