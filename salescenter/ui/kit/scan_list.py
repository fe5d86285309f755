"""The signed copies of one paper: attached from files, shown, taken out by a manager who says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr, trn
from salescenter.services.papers import scans
from salescenter.services.papers.scans import Attached, ScanRequest, ScanRow, TakeOutRequest
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import LinkButton, OutlinedButton
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.panel import hold, row
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.scanned import as_pdf, read_file
from salescenter.ui.kit.why_sheet import WhySheet


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
        desk, now = self.room.desk, self.room.now()
        title = tr("{paper}, signed copy", paper=f"{paper_words(scan.kind)} {scan.number}")

        def fetch() -> Paper:
            form, data = scans.scan_data(desk, scan.id, now)
            return Paper("scan", "", title, as_pdf(form, data, title, now))

        self.room.papers.run(fetch, self.room.show_paper, owner=self, refused=self.room.refuse)

    def take_out(self, scan: ScanRow, reason: str) -> None:
        """Take a scan out that does not belong here."""
        desk, now, asked = self.room.desk, self.room.now(), TakeOutRequest(scan.id, reason, uuid4().hex)
        self.room.lane.run(lambda: scans.take_out(desk, asked, now), lambda _: self.load(), owner=self,
                           refused=self.room.refuse)  # fmt: skip

    def _said(self, attached: Attached) -> None:
        self.room.say(trn("{count} page attached", "{count} pages attached", count=attached.pages))
        self.load()

    def _show(self, of: tuple[int, PaperKind, str], found: tuple[ScanRow, ...]) -> None:
        if of != self._of:
            return
        self.rows = tuple(one for one in found if (one.kind, one.number) == of[1:])
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in self.rows:
            self._lines.addWidget(self._line(one))
        if not self.rows:
            self._lines.addWidget(Label(tr("None yet: PDF, JPEG or PNG, several at once."), "muted", wrap=True))

    def _line(self, scan: ScanRow) -> QWidget:
        link = LinkButton(scan.name, partial(self.open, scan))
        pages = trn("{count} page", "{count} pages", count=scan.pages)
        at = formats.moment(scan.at, self.room.now())
        told = tr("{pages}, attached by {by} {at}", pages=pages, by=scan.by, at=at)
        link.setToolTip(f"{told}\nSHA-256 {scan.sha256}")
        link.setAccessibleDescription(told)
        if not may(self.room.desk.who.role, Step.APPROVE):
            return hold(row(link, None))
        out = LinkButton(tr("Take out …"), lambda: TakeOutSheet(scan, partial(self.take_out, scan)).stand_over(
            self.window()))  # fmt: skip
        out.setAccessibleName(tr("Take out {name}", name=scan.name))
        return hold(row(link, None, out))

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Scans of the signed paper"), "", "PDF, JPEG, PNG (*.pdf *.jpg *.jpeg *.png)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda files: self.take_in([Path(file) for file in files]))
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
