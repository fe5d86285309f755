"""The signed copies of one paper: attached from files, shown, taken out by a manager who says why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.check import PaperKind
from salescenter.i18n import tr, trn
from salescenter.services.papers import scans
from salescenter.services.papers.scans import Attached, ScanRequest, ScanRow
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.scan_lines import choose_files, clear, open_scan, scan_line
from salescenter.ui.kit.scanned import read_file


class ScanList(QWidget):
    """One line for each file; hidden where the paper belongs to no deal."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.rows: tuple[ScanRow, ...] = ()
        self._of: tuple[int, PaperKind, str] | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.attach = OutlinedButton(tr("Attach a scan …"), self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(SectionLabel(tr("Signed copies")))
        layout.addLayout(self._lines)
        layout.addLayout(row(self.attach, None))
        self.hide()

    def show_paper(self, deal: int | None, kind: PaperKind, number: str) -> None:
        """Show the scans of another paper."""
        self._of = (deal, kind, number) if deal is not None else None
        self.setVisible(self._of is not None)
        self.load()

    def load(self) -> None:
        """Look them up."""
        if (of := self._of) is None:
            return
        desk = self.room.desk
        self.room.lane.run(lambda: scans.scans(desk, of[0]), lambda found: self._show(of, found), owner=self,
                           refused=self.room.refuse)  # fmt: skip

    def take_in(self, files: Sequence[Path]) -> None:
        """Attach these files, all or none."""
        if (of := self._of) is None:
            return
        desk, now, key = self.room.desk, self.room.now(), uuid4().hex

        def keep() -> Attached:
            return scans.attach(desk, ScanRequest(*of, tuple(map(read_file, files)), key), now)

        self.room.papers.run(keep, self._said, owner=self, refused=self.room.refuse)

    def open(self, scan: ScanRow) -> None:
        """Show a scan as it is."""
        open_scan(self.room, scan.id, _title(scan), self)

    def _said(self, attached: Attached) -> None:
        self.room.say(pages_attached(attached))
        self.load()

    def _show(self, of: tuple[int, PaperKind, str], found: tuple[ScanRow, ...]) -> None:
        if of != self._of:
            return
        self.rows = tuple(one for one in found if (one.kind, one.number) == of[1:])
        clear(self._lines)
        for one in self.rows:
            self._lines.addWidget(scan_line(self.room, one, _title(one), self.load))
        if not self.rows:
            self._lines.addWidget(Label(tr("None yet: PDF, JPEG or PNG, several at once."), "muted", wrap=True))

    def _choose(self) -> None:
        choose_files(self, tr("Scans of the signed paper"), self.take_in)


def pages_attached(attached: Attached) -> str:
    """Say how much was attached."""
    return trn("{count} page attached", "{count} pages attached", count=attached.pages)


def _title(scan: ScanRow) -> str:
    return tr("{paper}, signed copy", paper=f"{paper_words(scan.kind)} {scan.number}")
