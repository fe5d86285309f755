"""What was printed: found by number, customer, unit, kind and day; the chosen paper's card beside it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salescenter.domain.papers.access import kinds_for
from salescenter.domain.papers.check import PRINTED, is_code
from salescenter.i18n import tr, trn
from salescenter.services.papers.search import PaperRow, PaperSearch, papers
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.turning import Turning
from salescenter.ui.papers.paper_card import PaperCard
from salescenter.ui.papers.print_mark import print_mark
from salescenter.ui.papers.two_days import two_days

PAUSE = 150
"""Milliseconds after the last key until the list is asked for."""

MONTHS = timedelta(days=92)


class PrintedView(QWidget):
    """The archive as a list; a code scanned where words are sought is handed on, to be checked."""

    scanned = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._deal: int | None = None
        self._narrow()
        self.all = LinkButton(tr("Show all deals"), self.back)
        self.all.hide()
        self.table: RecordTable[PaperRow] = RecordTable(
            _columns(), now=room.now, key=lambda paper: paper.id, empty=_nothing()
        )
        self.card = PaperCard(room, self.load)
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.load)
        for editor in (self.search, self.kind, self.first, self.last):
            editor.edited.connect(self._soon.start)
        self.table.picked.connect(self.card.show_paper)
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self.card.choose(self.table.selected()))
        self.table.opened.connect(lambda _: self.card.show_it())
        self.search.returnPressed.connect(self._go_on)
        begins_in(self, lambda: self.search)

    def _narrow(self) -> None:
        """What narrows the list: words, a kind, days."""
        room, today = self.room, self.room.now().date()
        self.search = LineEdit(placeholder=tr("Number, customer, unit or any words on the paper"))
        self.search.setMinimumWidth(240)
        self.search.setMaximumWidth(420)
        offered = [(kind.value, paper_words(kind)) for kind in kinds_for(room.desk.who.role)
                   if kind in PRINTED]
        self.kind = ComboBox([("", tr("All kinds")), *offered])
        self.kind.put("")
        self.kind.setFixedWidth(150)
        self.first, self.last = two_days(room, today - MONTHS, today)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        words = row(self.search, self.kind, None)
        left.addWidget(Turning(words, row(self.first, Label("–", "muted"), self.last, self.all, None)))
        left.addWidget(self.table, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(left, 1)
        layout.addWidget(self.card)

    def load(self) -> None:
        """Look the papers up."""
        self._soon.stop()
        first, last = (None, None) if self._deal is not None else (self.first.value(), self.last.value())
        sought = PaperSearch(self.search.value(), self.kind.value() or "", first, last, deal=self._deal)
        desk = self.room.desk
        self.table.begin_loading()
        self.room.lane.run(lambda: papers(desk, sought), self._show, owner=self, refused=self.room.refuse)

    def show_deal(self, deal: int) -> None:
        """Show the papers of one deal, of any day."""
        self._deal = deal
        self.search.put("")
        self.kind.put("")
        self.all.show()
        self.load()

    def show_text(self, text: str) -> None:
        """Show what a text finds, of any day."""
        self._deal = None
        self.first.put(None)
        self.search.put(text)
        self.load()

    def back(self) -> bool:
        """Return from one deal to all of them; True where there was one."""
        if self._deal is None:
            return False
        self._deal = None
        self.all.hide()
        self.load()
        return True

    def status(self) -> str:
        """Count what is shown."""
        return trn("{count} paper", "{count} papers", count=len(self.table.rows()))

    def print_it(self) -> None:
        """Show the chosen paper."""
        self.card.show_it()

    def _go_on(self) -> None:
        text = self.search.value()
        if not is_code(text):
            self.table.view.setFocus()
            return
        self.search.put("")
        self.scanned.emit(text)

    def _show(self, rows: tuple[PaperRow, ...]) -> None:
        self.table.set_rows(rows)
        self.card.choose(self.table.selected())
        if self.isVisible():
            self.room.say(self.status())
        if not rows:
            self.card.show_paper(None)
        elif self.table.current() is None:
            self.table.select_key(rows[0].id)


def _nothing() -> EmptyState:
    return EmptyState(
        tr("Nothing was printed here"),
        tr("Every receipt, agreement, contract, quotation and slip that is printed or issued as PDF is kept here as it "
           "was. Print one from a deal, or look over other days."),
        icon="papers",
    )  # fmt: skip


def _columns() -> list[Column[PaperRow]]:
    return [
        Column(tr("At"), lambda p: p.at, Kind.MOMENT, width=98),
        Column(tr("Paper"), lambda p: paper_words(p.kind), width=150),
        Column(tr("Number"), lambda p: p.number, width=126),
        Column("", _copy, Kind.BADGE, width=96),
        Column(tr("Unit"), lambda p: p.code, width=96, spare=True),
        Column(tr("Customer"), lambda p: p.customer, width=96, spare=True),
        Column(tr("Printed by"), lambda p: p.by, width=84, spare=True),
        Column(tr("Words found, or reason"), lambda p: p.says or p.reason, spare=True),
    ]


def _copy(paper: PaperRow) -> Mark | None:
    """An original says nothing in the list, where nearly all are."""
    return None if paper.copy == 1 and paper.gone is None else print_mark(paper)
