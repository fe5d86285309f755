"""A deal's documents from its customers (客户资料): what is on file of whom, what is missing, attached, renewed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from salescenter.domain.papers.access import may_open
from salescenter.domain.papers.received import SHARED, Document, Need
from salescenter.i18n import listed, sentences, tr
from salescenter.services.papers import received
from salescenter.services.papers.received import Bringing, Brought
from salescenter.services.papers.scans import Attached
from salescenter.services.papers.titles import document_words, need_words
from salescenter.ui.kit.buttons import LinkButton, OutlinedButton
from salescenter.ui.kit.keep_marks import Bearer, KeepMarks, mark_line
from salescenter.ui.kit.labels import ElidedLabel, Label, SectionLabel
from salescenter.ui.kit.panel import hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.scan_lines import choose_files, clear, open_scan, scan_line, scan_words, short
from salescenter.ui.kit.scan_list import pages_attached
from salescenter.ui.kit.scanned import read_file

Wanted = tuple[Document, int | None]
"""A document, and whose."""

_NAMED = 4
"""So many missing documents are named in one line."""


class DocumentList(QWidget):
    """What is missing in one line, and below it, once it is unfolded, every document; hidden from who may see none."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.found: tuple[Brought, ...] = ()
        self._deal: int | None = None
        self.summary = Label("", "muted", wrap=True)
        self.fold = LinkButton("", self._turn)
        self.more = OutlinedButton(tr("Attach another document …"), self._offer)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self._lines)
        inside.addLayout(row(self.more, None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(SectionLabel(tr("Customers' documents")), None, self.fold))
        layout.addWidget(self.summary)
        layout.addWidget(self._inside)
        self.unfold(on=False)
        self.hide()

    def show_deal(self, deal: int | None) -> None:
        """Show another deal's documents."""
        self._deal = deal if deal is not None and may_open(self.room.desk.who.role, received.KIND) else None
        self.setVisible(self._deal is not None)
        self.load()

    def load(self) -> None:
        """Look them up."""
        if (deal := self._deal) is None:
            return
        desk = self.room.desk
        self.room.lane.run(lambda: received.documents(desk, deal), lambda found: self._show(deal, found), owner=self,
                           refused=self.room.refuse)  # fmt: skip

    def unfold(self, *, on: bool) -> None:
        """Show every document, or only what is missing."""
        self._inside.setVisible(on)
        self.fold.setText(tr("Fold") if on else tr("Show and attach"))

    def take_in(self, wanted: Wanted, files: Sequence[Path], *, renews: bool = False) -> None:
        """File copies of one document, all or none."""
        if (deal := self._deal) is None:
            return
        desk, now, key = self.room.desk, self.room.now(), uuid4().hex

        def keep() -> Attached:
            return received.bring(desk, Bringing(deal, *wanted, tuple(map(read_file, files)), renews, key), now)

        self.room.papers.run(keep, self._said, owner=self, refused=self.room.refuse)

    def _turn(self) -> None:
        self.unfold(on=self._inside.isHidden())

    def _said(self, attached: Attached) -> None:
        self.room.say(pages_attached(attached))
        self.load()

    def _show(self, deal: int, found: tuple[Brought, ...]) -> None:
        if deal != self._deal:
            return
        self.found = found
        self.summary.setText(missing_words(found))
        clear(self._lines)
        for mark in dict.fromkeys(mark for one in found for mark in one.marks if mark.whole_deal):
            self._lines.addWidget(mark_line(self.room, mark, received.KIND, self.load))
        for name, theirs in groupby(found, lambda one: one.name):
            self._lines.addWidget(Label(name or tr("Of the deal"), "strong"))
            for one in theirs:
                self._lines.addWidget(hold(self._document(one)))

    def _document(self, one: Brought) -> QVBoxLayout:
        """A line that says whether it is there, and a line for each of its copies."""
        box = QVBoxLayout()
        box.setContentsMargins(0, 2, 0, 2)
        box.setSpacing(0)
        mark, look = ("✓", "") if one.copies else ("○", "" if one.missing else "muted")
        said = ElidedLabel(f"{mark} {document_words(one.document)}", look)
        said.explain(listed(need_words(need) for need in one.needs))
        ways = [self._way(tr("Attach …"), one)] if one.customer is None or one.needs or one.copies else []
        if one.copies:
            ways.append(self._way(tr("Replace …"), one, renews=True))
        line = row(said, *ways)
        line.setStretch(0, 1)
        box.addLayout(line)
        title = _title(one)
        for copy in one.copies:
            box.addWidget(scan_line(self.room, copy, title, self.load))
        for copy in one.earlier:
            earlier = LinkButton("", partial(self._open, copy.id, title))
            earlier.setText(tr("replaced: {name}", name=short(earlier, copy.name)))
            earlier.setToolTip(f"{copy.name}\n{scan_words(self.room, copy)}")
            box.addWidget(earlier, 0, Qt.AlignmentFlag.AlignLeft)
        if one.copies or one.earlier:
            keep = KeepMarks(self.room, self.load)
            box.addWidget(keep)
            keep.show_marks(Bearer(received.KIND, one.number, self._deal, title), one.marks, own=True)
        return box

    def _way(self, text: str, one: Brought, *, renews: bool = False) -> LinkButton:
        wanted = (one.document, one.customer)
        way = LinkButton(text, lambda: self._choose(wanted, renews=renews))
        way.setAccessibleName(f"{text} {_title(one)}")
        return way

    def _open(self, scan: int, title: str) -> None:
        open_scan(self.room, scan, title, self)

    def _choose(self, wanted: Wanted, *, renews: bool = False) -> None:
        title = tr("Copies of: {document}", document=document_words(wanted[0]))
        choose_files(self, title, lambda files: self.take_in(wanted, files, renews=renews))

    def _offer(self) -> None:
        """Offer every kind of document of every buyer."""
        self.menu = QMenu(self)
        names = {one.customer: one.name for one in self.found if one.customer is not None}
        for whose, name in names.items():
            below = self.menu.addMenu(name) if len(names) > 1 else self.menu
            self._put(below, [(one, whose) for one in Document if one not in SHARED])
        self._put(self.menu, [(one, None) for one in Document if one in SHARED])
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _put(self, menu: QMenu, offered: Sequence[Wanted]) -> None:
        for one in offered:
            action = QAction(f"{document_words(one[0])} …", menu)
            action.triggered.connect(partial(self._choose, one))
            menu.addAction(action)


class DocumentLine(Label):
    """One line: what a step of a deal still needs a copy of; nothing to who may see none."""

    def __init__(self, room: Room, deal: int, need: Need) -> None:
        super().__init__("", "muted", wrap=True)
        if may_open(room.desk.who.role, received.KIND):
            room.lane.run(lambda: received.documents(room.desk, deal), lambda found: self._show(found, need),
                          owner=self, refused=room.refuse)  # fmt: skip

    def _show(self, found: tuple[Brought, ...], need: Need) -> None:
        wanted = [one for one in found if need in one.needs]
        self.say(missing_words(wanted), "warning" if any(one.missing for one in wanted) else "muted")


def missing_words(found: Sequence[Brought]) -> str:
    """Say how many of the documents that are needed are on file, and which are missing; of whom, if of several."""
    needed = [one for one in found if one.needs]
    alone = len({one.customer for one in needed}) == 1
    missing = [document_words(one.document) if alone else _title(one) for one in needed if one.missing]
    if not missing:
        return tr("✓ Every document that is needed is on file.") if needed else ""
    there = tr("{count} of {all} documents on file.", count=len(needed) - len(missing), all=len(needed))
    more = "…" if len(missing) > _NAMED else ""
    said = tr("Missing: {documents}", documents=listed(missing[:_NAMED]) + more)
    return sentences((there, said))


def _title(one: Brought) -> str:
    return " ".join(part for part in (document_words(one.document), one.name) if part)
