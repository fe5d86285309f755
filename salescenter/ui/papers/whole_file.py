"""The way a deal's whole file goes out: bound aside with progress, told to the history, then written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.scan import MEGABYTE
from salescenter.domain.refusals import Stopped
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr, trn
from salescenter.services.files import write_file
from salescenter.services.papers import archive
from salescenter.services.papers.scans import scan_data
from salescenter.services.papers.whole_file import FilePart, FileTaken, WholeFile, record_file, whole_file, with_pages
from salescenter.services.work import Desk
from salescenter.ui.kit.binding import Binding
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.lane import Progress, Ticket
from salescenter.ui.kit.lasting import lasting_paper, lasting_scan
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.pdfium import page_sizes
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.saving import ask_where
from salescenter.ui.kit.waiting import ProgressPanel
from salescenter.watermark_words import watermark

if TYPE_CHECKING:
    from salescenter.print.bookmarks import Bookmark


@dataclass(frozen=True, slots=True)
class Sheaf:
    """What was bound for one part: the print and each signed copy, with their names and pages."""

    part: FilePart
    pieces: tuple[tuple[str, int], ...]

    @property
    def pages(self) -> int:
        """Of all its pieces."""
        return sum(pages for _, pages in self.pieces)


@dataclass(frozen=True, slots=True)
class BoundFile:
    """A whole file as one PDF."""

    pdf: bytes
    pages: int
    parts: int

    @property
    def size(self) -> str:
        """How large it is, in megabytes."""
        return f"{max(len(self.pdf) / MEGABYTE, 0.1):.1f} MB"


def bind(desk: Desk, deal: int, now: datetime, ticket: Ticket) -> BoundFile:
    """Gather and bind a deal's file; runs in the papers lane, tells its progress and stops when it is asked to."""
    file = whole_file(desk, deal, now)
    with Binding() as binding:
        sheaves = [_sheaf(desk, binding, file, at, now, ticket) for at in range(len(file.parts))]
        ticket.tell(len(sheaves), len(sheaves))
        return _bound(file, binding, sheaves, watermark(desk.who.name, now, file.cover.head.lang), now)


def _sheaf(desk: Desk, binding: Binding, file: WholeFile, at: int, now: datetime, ticket: Ticket) -> Sheaf:
    if ticket.cancelled:
        raise Stopped(what="papers")
    ticket.tell(at, len(file.parts), file.parts[at].name)
    pieces = _pieces(desk, file.parts[at], now, lambda: ticket.cancelled)
    return Sheaf(file.parts[at], tuple((name, binding.add(name, pdf)) for name, pdf in pieces))


def _pieces(desk: Desk, part: FilePart, now: datetime, stopped: Callable[[], bool]) -> Iterator[tuple[str, bytes]]:
    """The print and each signed copy as they go into the file, one after the other."""
    if part.paper is not None:
        yield part.name, lasting_paper(archive.as_it_was(desk, part.paper, now), part.name, now, stopped)
    for scan in part.scans:
        yield scan.name, lasting_scan(*scan_data(desk, scan.id, now), scan.name, now, stopped)


def _bound(file: WholeFile, binding: Binding, sheaves: list[Sheaf], words: str, now: datetime) -> BoundFile:
    from salescenter.print.archival import Properties  # noqa: PLC0415  loaded when papers are made
    from salescenter.print.batch import house_pdf  # noqa: PLC0415
    from salescenter.print.bookmarks import with_bookmarks  # noqa: PLC0415
    from salescenter.print.file_marks import file_marks  # noqa: PLC0415

    head = file.cover.head
    first = len(page_sizes(house_pdf(with_pages(file, [1] * len(sheaves)))))
    *begins, pages = accumulate((one.pages for one in sheaves), initial=first)
    numbers = [begin + 1 if one.pieces else None for begin, one in zip(begins, sheaves, strict=True)]
    about = Properties(f"{head.title} {file.cover.contract}", head.house, now, head.lang)
    binding.add(about.title, house_pdf(with_pages(file, numbers)), at=0)
    whole = binding.bound(lambda sizes: file_marks(sizes, words, now, head.lang))
    return BoundFile(with_bookmarks(whole, _marks(head.title, sheaves, begins), about), pages,
                     sum(bool(one.pieces) for one in sheaves))  # fmt: skip


def _marks(title: str, sheaves: list[Sheaf], begins: list[int]) -> list[Bookmark]:
    """The cover, each part that has pages, and what lies in one of several pieces."""
    from salescenter.print.bookmarks import Bookmark  # noqa: PLC0415  loaded when papers are made

    marks = [Bookmark(title, 0)]
    for one, begin in zip(sheaves, begins, strict=True):
        places = accumulate((pages for _, pages in one.pieces), initial=begin)
        below = tuple(Bookmark(name, page) for (name, _), page in zip(one.pieces, places, strict=False))
        if below:
            marks.append(Bookmark(one.part.name, begin, below if one.part.scans else ()))
    return marks


class FileExport(QWidget):
    """The button, and the progress while the file is bound; only for those who may export."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._deal, self._ticket = 0, Ticket()
        self.button = OutlinedButton(tr("Export the whole file …"), self._ask_where)
        self.button.setToolTip(tr("Cover, contents, every paper as it was printed and its signed copies, as one PDF"))
        self.progress = ProgressPanel(tr("Binding the file"), cancel=self._stop)
        self.progress.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(self.button, None))
        layout.addWidget(self.progress)
        self.hide()

    def show_deal(self, deal: int | None) -> None:
        """Be ready for another deal's file."""
        self._deal = deal or 0
        self.setVisible(deal is not None and may(self.room.desk.who.role, Step.EXPORT))

    def save_to(self, path: Path) -> None:
        """Bind the file and write it; the history is told between the two."""
        desk, now, deal, key = self.room.desk, self.room.now(), self._deal, uuid4().hex

        def work(ticket: Ticket) -> BoundFile:
            made = bind(desk, deal, now, ticket)
            record_file(desk, FileTaken(deal, made.pages, made.parts, key), now)
            write_file(path, made.pdf)
            return made

        self.progress.show_progress(Progress(0, 1))
        self.progress.show()
        self.button.setEnabled(False)
        self._ticket = self.room.papers.pursue(
            work, lambda made: self._said(path, made), owner=self, progress=self.progress.show_progress,
            refused=self.room.refuse, after=self._over,
        )  # fmt: skip

    def _said(self, path: Path, made: BoundFile) -> None:
        pages = trn("{count} page", "{count} pages", count=made.pages)
        self.room.say(tr("Saved as {file}, {pages}, {size}", file=path.name, pages=pages, size=made.size))

    def _stop(self) -> None:
        self._ticket.cancel()

    def _over(self) -> None:
        self.progress.hide()
        self.button.setEnabled(True)

    def _ask_where(self) -> None:
        ask_where(self, tr("Export the whole file"), f"{tr('File')} {self._deal}.pdf", self.save_to)
