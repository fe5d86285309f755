"""The card of a printed paper: what it is, shown again as it was, printed again with a reason, its deal's papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.check import PaperKind
from salescenter.i18n import tr
from salescenter.services.files import write_file
from salescenter.services.papers import archive
from salescenter.services.papers.search import HeldPaper, PaperRow, held
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit import formats
from salescenter.ui.kit.archived import archived
from salescenter.ui.kit.buttons import FilledButton, LinkButton, OutlinedButton
from salescenter.ui.kit.deal_papers import show_contract, show_receipt, show_subscription
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.gone_facts import gone_facts
from salescenter.ui.kit.issuing import ReasonSheet
from salescenter.ui.kit.keep_marks import Bearer, KeepMarks
from salescenter.ui.kit.keeping import HouseKeeper
from salescenter.ui.kit.labels import Badge, SectionLabel, TitleLabel
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Card, hold, row, scrolled
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.paper_job import Wanted
from salescenter.ui.kit.reprint_many import ReprintMany
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.saving import ask_where
from salescenter.ui.kit.scan_lines import clear
from salescenter.ui.kit.scan_list import ScanList
from salescenter.ui.papers.print_mark import print_mark
from salescenter.ui.papers.whole_file import FileExport

WIDTH = 340


class PaperCard(Card):
    """The chosen paper."""

    def __init__(self, room: Room, changed: Callable[[], None]) -> None:
        super().__init__()
        self.room, self._changed = room, changed
        self.shown: PaperRow | None = None
        self._chosen: list[PaperRow] = []
        self.setFixedWidth(WIDTH)
        self.title, self.badge = TitleLabel(), Badge("")
        self.facts, self.holds, self.scans = FactsTable(), HeldList(room), ScanList(room)
        self.file, self.keep = FileExport(room), KeepMarks(room)
        self.main = FilledButton(tr("Show as it was"), self.show_it, key="F8")
        self.reprint = OutlinedButton(tr("Print again …"), self._ask_why)
        self.save = OutlinedButton(tr("Save …"), self._ask_where)
        self.to_deal = LinkButton(tr("Go to the deal"), self._go)
        self.ways = QWidget()
        flow = FlowLayout(self.ways, gap=6)
        for button in (self.main, self.reprint, self.save):
            flow.addWidget(button)
        self.inside = self._inside()
        self.nothing = EmptyState(tr("No paper is chosen"), tr("Choose one in the list to see it as it was printed."),
                                  icon="papers")  # fmt: skip
        self.put(self.nothing, scrolled(self.inside))
        self.inside.hide()

    def _inside(self) -> QWidget:
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 4, 0)
        inside.setSpacing(12)
        inside.addLayout(row(self.title, self.badge, None))
        for piece in (self.ways, self.facts, self.keep, self.scans, self.holds, self.file):
            inside.addWidget(piece)
        inside.addLayout(row(self.to_deal, None))
        inside.addStretch(1)
        return hold(inside)

    def show_paper(self, paper: PaperRow | None) -> None:
        """Show another paper, or none."""
        self.shown = paper
        self.inside.setVisible(paper is not None)
        self.nothing.setVisible(paper is None)
        if paper is None:
            return
        self.title.setText(paper_words(paper.kind))
        mark = print_mark(paper)
        self.badge.setText(mark.text)
        self.badge.set_tone(mark.tone)
        self.ways.setVisible(paper.gone is None)
        self.facts.show_facts(self._facts(paper))
        self.keep.show_bearer(_bearer(paper))
        self.to_deal.setVisible(paper.deal is not None)
        self.holds.show_deal(paper.deal)
        self.file.show_deal(paper.deal)
        self.scans.show_paper(paper.deal, paper.kind, paper.number)

    def choose(self, papers: Sequence[PaperRow]) -> None:
        """Say which papers are chosen in the list: several are printed again as one job."""
        self._chosen = [one for one in papers if one.gone is None]
        count = len(self._chosen)
        self.reprint.setText(tr("Print {count} again …", count=count) if count > 1 else tr("Print again …"))

    def show_it(self) -> None:
        """Show the paper exactly as it was printed; of a destroyed one the house says when it went."""
        if self.shown is not None:
            self._fetch(self.shown, self.room.show_paper)

    def print_again(self, reason: str) -> None:
        """Show the paper marked as a reprint with its reason, ready to print."""
        if self.shown is None:
            return
        keeper, room = HouseKeeper(self.room.desk, self.room.now), self.room

        def marked(paper: Paper) -> None:
            room.papers.run(lambda: keeper.again(paper, reason), room.show_paper, owner=self, refused=room.refuse)

        self._fetch(self.shown, marked)

    def save_to(self, file: Path) -> None:
        """Write the paper as it was; the history tells that it left the house."""
        if self.shown is None:
            return
        desk, now, number = self.room.desk, self.room.now(), self.shown.id

        def write() -> None:
            write_file(file, archive.take_out(desk, number, now))

        said = tr("Saved as {file}", file=file.name)
        self.room.papers.run(write, lambda _: self.room.say(said), owner=self, refused=self.room.refuse)

    def _fetch(self, paper: PaperRow, then: Callable[[Paper], None]) -> None:
        desk, now = self.room.desk, self.room.now()
        self.room.papers.run(lambda: archived(desk, paper.id, now), then, owner=self, refused=self.room.refuse)

    def _ask_why(self) -> None:
        if len(self._chosen) > 1:
            ReprintMany(self.room, _newest(self._chosen)).stand_over(self.window())
        elif self.shown is not None:
            ReasonSheet(_paper(self.shown, b""), self.print_again).stand_over(self.window())

    def _ask_where(self) -> None:
        if self.shown is not None:
            ask_where(self, tr("Save the paper as it was"), f"{self.shown.number}.pdf", self.save_to)

    def _go(self) -> None:
        if self.shown is not None and self.shown.deal is not None:
            self.room.go("deals", self.shown.deal)

    def _facts(self, paper: PaperRow) -> list[Fact]:
        now = self.room.now()
        facts = [
            Fact(tr("Number"), paper.number, strong=True),
            Fact(tr("Unit"), paper.code or formats.NOTHING),
            Fact(tr("Customer"), paper.customer or formats.NOTHING),
            Fact(tr("Printed at"), formats.moment(paper.at, now)),
            Fact(tr("Printed by"), paper.by),
            Fact(tr("Print"), tr("{copy} of {all}", copy=paper.copy, all=paper.of)),
        ]
        if paper.form:
            facts.append(Fact(tr("Printed on"), paper.form, tip=paper.form))
        if paper.sheet:
            facts.append(Fact(tr("On sheet"), paper.sheet))
        if paper.says:
            facts.append(Fact(tr("Says"), paper.says, tip=paper.says))
        if paper.reason:
            facts.append(Fact(tr("Reason"), paper.reason, tip=paper.reason))
        if paper.deal_number:
            facts.append(Fact(tr("Deal number"), paper.deal_number))
        if paper.gone is not None:
            facts += gone_facts(paper.gone, now.date())
        return [*facts, Fact(tr("Fingerprint"), paper.sha256[:16], tip=f"SHA-256 {paper.sha256}")]


class HeldList(QWidget):
    """What a deal holds: each paper with how often it was printed; a click shows the newest, or makes it."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._deal: int | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(SectionLabel(tr("This deal holds")))
        layout.addLayout(self._lines)
        self.hide()

    def show_deal(self, deal: int | None) -> None:
        """Show what another deal holds."""
        self._deal = deal
        self.setVisible(deal is not None)
        if deal is not None:
            desk = self.room.desk
            self.room.lane.run(
                lambda: held(desk, deal), lambda found: self._show(deal, found), owner=self, refused=self.room.refuse
            )

    def _show(self, deal: int, found: tuple[HeldPaper, ...]) -> None:
        if deal != self._deal:
            return
        clear(self._lines)
        for paper in found:
            link = LinkButton(_said(paper), self._opener(deal, paper))
            link.setToolTip(tr("printed {count}×", count=paper.copies) if paper.copies else tr("not printed yet"))
            link.setAccessibleDescription(link.toolTip())
            self._lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _opener(self, deal: int, paper: HeldPaper) -> Callable[[], None]:
        return lambda: open_held(self.room, deal, paper, self)


def open_held(room: Room, deal: int, paper: HeldPaper, owner: QWidget) -> None:
    """Show the newest print of a paper, or make the paper where it was never printed."""
    number, desk, now = paper.paper, room.desk, room.now()
    if number is None:
        _MAKE[paper.kind](room, deal, paper.number)
        return

    room.papers.run(lambda: archived(desk, number, now), room.show_paper, owner=owner, refused=room.refuse)


_MAKE: dict[PaperKind, Callable[[Room, int, str], None]] = {
    PaperKind.SUBSCRIPTION: lambda room, deal, _number: show_subscription(room, deal),
    PaperKind.CONTRACT: lambda room, deal, _number: show_contract(room, deal),
    PaperKind.RECEIPT: lambda room, _deal, number: show_receipt(room, number),
}


def _said(paper: HeldPaper) -> str:
    often = f" ×{paper.copies}" if paper.copies > 1 else ""
    return f"{'✓' if paper.copies else '○'} {paper_words(paper.kind)} {paper.number}{often}"


def _newest(papers: Sequence[PaperRow]) -> list[Wanted]:
    """Of each paper its newest print that is chosen, in the order of the list."""
    newest = {(one.kind, one.number): one.id for one in sorted(papers, key=lambda one: one.id)}
    return [Wanted(one.kind, one.number, one.unit, one.deal, one.id) for one in papers if one.id in newest.values()]


def _title(paper: PaperRow) -> str:
    return f"{paper_words(paper.kind)} {paper.number}"


def _bearer(paper: PaperRow) -> Bearer | None:
    """What may be kept of it; nothing of a destroyed one."""
    return Bearer(paper.kind, paper.number, paper.deal, _title(paper)) if paper.gone is None else None


def _paper(paper: PaperRow, pdf: bytes) -> Paper:
    return Paper(paper.kind.value, paper.number, _title(paper), pdf, unit=paper.unit, deal=paper.deal)
