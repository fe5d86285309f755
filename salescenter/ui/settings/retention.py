"""How long papers are kept: what the archive holds by kind and year, until when, and how what is over is destroyed."""

from __future__ import annotations

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.destruction import ListState
from salescenter.i18n import tr
from salescenter.services.papers.destruction import Destroyed, DestructionList, Proposed, lists
from salescenter.services.papers.kept import standing
from salescenter.services.papers.retention import KindTerm, Term, terms, terms_by_kind
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit.buttons import DangerButton, LinkButton, OutlinedButton
from salescenter.ui.kit.destroying_words import STATES, amount_words, held_words
from salescenter.ui.kit.house_papers import show_house_paper
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.room import Room
from salescenter.ui.settings.destroying import CarryOutSheet, ProposeSheet
from salescenter.ui.settings.section import SectionView
from salescenter.ui.settings.terms_by_kind import TermsByKind


class RetentionSection(SectionView):
    """What is kept until when; below it the lists of what was or is to be destroyed, and the years of each kind."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room, tr("Keeping of papers", context="settings"),
            tr("Papers and their scans are kept for the years that the house rules say, from the end of the year in "
               "which they were printed and their deal ended. Nothing is ever destroyed by itself."),
        )  # fmt: skip
        self.table = self._terms()
        self.table.setMinimumHeight(300)
        self.propose = OutlinedButton(tr("Propose to destroy …"), self._propose)
        self.marks = LinkButton("", lambda: room.go("papers", "kept"))
        self.lists = _lists(room)
        self.lists.setMinimumHeight(180)
        self.lists.picked.connect(lambda _: self._offer())
        self.lists.opened.connect(lambda _: self._show_list())
        self.show_list = OutlinedButton(tr("Show the list"), self._show_list)
        self.carry_out = DangerButton(tr("Destroy for good …"), self._carry_out)
        kept, gone = Panel(), Panel(tr("Destruction lists"))
        kept.put(self.table, row(self.propose, None, self.marks))
        gone.put(self.lists, row(self.show_list, None, self.carry_out))
        self.kinds = TermsByKind(room, self.load)
        self.put(kept, gone, self.kinds)
        self._offer()

    def load(self) -> None:
        """Look up what the archive holds today, and the lists there are."""
        desk, now = self.room.desk, self.room.now()
        self.fetch(lambda: (terms(desk, now), lists(desk), terms_by_kind(desk, now), standing(desk)), self._show)

    def _show(self, found: tuple[tuple[Term, ...], tuple[DestructionList, ...], tuple[KindTerm, ...], int]) -> None:
        held, listed, kinds, marks = found
        self.marks.setText(tr("Kept beyond their years: {count} …", count=marks))
        self.kinds.show_terms(kinds)
        self.table.set_rows(held)
        self.lists.set_rows(listed)
        self.lists.choose_first()
        self._offer()

    def _offer(self) -> None:
        today, one = self.room.now().date(), self.lists.current()
        self.propose.setEnabled(any(term.is_over(today) for term in self.table.rows()))
        self.show_list.setEnabled(one is not None)
        self.carry_out.setEnabled(one is not None and one.state is ListState.APPROVED)

    def _propose(self) -> None:
        sheet = ProposeSheet(self.room)
        sheet.finished_with.connect(self._proposed)
        sheet.stand_over(self.window())

    def _proposed(self, made: Proposed) -> None:
        self.load()
        amount = amount_words(made.papers, made.prints, made.scans)
        self.say(tr("List {number} is proposed: {amount}.", number=made.number, amount=amount),
                 tr("Somebody else who may approve finds it under To do."))  # fmt: skip

    def _carry_out(self) -> None:
        one = self.lists.current()
        if one is not None:
            sheet = CarryOutSheet(self.room, one)
            sheet.finished_with.connect(self._destroyed)
            sheet.stand_over(self.window())

    def _destroyed(self, done: Destroyed) -> None:
        self.load()
        amount = amount_words(done.papers, done.prints, done.scans)
        stays = tr("{count} stayed after all; the list says why.", count=done.stayed) if done.stayed else ""
        self.say(tr("Destroyed under list {number}: {amount}.", number=done.number, amount=amount), stays)
        show_house_paper(self.room, PaperKind.DESTRUCTION, done.list)

    def _show_list(self) -> None:
        if (one := self.lists.current()) is not None:
            show_house_paper(self.room, PaperKind.DESTRUCTION, one.id)

    def _terms(self) -> RecordTable[Term]:
        return RecordTable(
            [
                Column(tr("Paper"), _kind, tip=_kind),
                Column(tr("Year"), lambda one: str(one.year), width=56),
                Column(tr("Prints"), lambda one: one.papers, Kind.COUNT, width=62, total=True),
                Column(tr("Scans"), lambda one: one.scans, Kind.COUNT, width=62, total=True),
                Column(tr("Kept until"), lambda one: one.until, Kind.DAY, width=90),
                Column("", self._says, width=156, tone=self._tone, tip=self._says),
            ],
            now=self.room.now,
            empty=EmptyState(tr("Nothing was printed yet"), tr("Every paper that leaves the house is kept here.")),
        )

    def _says(self, one: Term) -> str:
        if one.held is not None:
            return held_words(one.held)
        if one.until is None:
            return tr("for good")
        return tr("may be destroyed") if one.is_over(self.room.now().date()) else ""

    def _tone(self, one: Term) -> str:
        return "warning" if one.is_over(self.room.now().date()) else "muted"


def _kind(one: Term) -> str:
    return paper_words(one.kind)


def _lists(room: Room) -> RecordTable[DestructionList]:
    return RecordTable(
        [
            Column(tr("Number"), lambda one: one.number, width=128),
            Column("", _state, Kind.BADGE, width=170),
            Column(tr("Proposed by"), lambda one: one.asked_by, width=100, spare=True),
            Column(tr("Prints"), lambda one: one.prints, Kind.COUNT, width=80, spare=True),
            Column(tr("Scans"), lambda one: one.scans, Kind.COUNT, width=80, spare=True),
            Column(tr("Carried out"), lambda one: one.done_at, Kind.MOMENT, width=108),
            Column(tr("Reason"), lambda one: one.answer or one.reason),
        ],
        now=room.now, key=lambda one: one.id,
        empty=EmptyState(tr("Nothing was destroyed yet"), tr("What is past its years can be proposed above.")),
    )  # fmt: skip


def _state(one: DestructionList) -> Mark:
    words, tone = STATES[one.state]
    return Mark(tr(words), tone)
