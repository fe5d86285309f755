"""The sheets of destroying papers: choose what is past its years and propose it; carry out what was approved."""

from __future__ import annotations

from salescenter.domain.papers.destruction import MOST_LISTED
from salescenter.domain.papers.retention import Held
from salescenter.domain.units import Step
from salescenter.i18n import tr, trn
from salescenter.services.papers import destruction
from salescenter.services.papers.destruction import CarryOut, DestructionList, Proposal
from salescenter.services.papers.kept import held_back
from salescenter.services.papers.past_years import Past, past_years
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.destroying_words import amount_words, held_words
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.keep_list import MarksSheet
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.one_deed import OneDeed
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import WIDE


class ProposeSheet(OneDeed):
    """What is past its years, all of it chosen at first; what must stay is shown with its reason and never goes."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, Step.DESTROY_PAPERS, width=WIDE, title=tr("Propose to destroy"))
        self.table = _table(room)
        self.table.setMinimumHeight(200)
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self.says = Label("", "strong", wrap=True)
        self.held = LinkButton("", lambda: MarksSheet(room, self._fetch).stand_over(self))
        self.held.hide()
        form = FormGrid(columns=1)
        form.add("reason", tr("Why they may go"), LineEdit(), required=True,
                 hint=tr("Looked through, their years are over, nothing about them is open."))  # fmt: skip
        self.put(Label(tr("Choose what is to go. All of it is chosen now; Ctrl with Space or the mouse leaves one out. "
                          "A second person approves the list, and only then can it be carried out."),
                       "muted", wrap=True), self.says, row(self.held, None), self.table)  # fmt: skip
        self.put_form(form)
        self.propose = self.main_action(tr("Propose the list"), self._press)
        self.propose.setEnabled(False)
        self._fetch()

    def _fetch(self) -> None:
        desk, now = self.room.desk, self.room.now()
        self.load(lambda: past_years(desk, now), self._show)

    def chosen(self) -> list[Past]:
        """What is chosen and may go."""
        return [one for one in self.table.selected() if one.stays is None]

    def _show(self, found: tuple[Past, ...]) -> None:
        going = [one for one in found if one.stays is None]
        self.table.set_rows([*going[:MOST_LISTED], *(one for one in found if one.stays is not None)])
        held = sum(one.stays is Held.MARKED for one in found)
        self.held.setText(trn("{count} paper is held back by a mark: look at the marks …",
                              "{count} papers are held back by marks: look at them …", count=held))  # fmt: skip
        self.held.setVisible(held > 0)
        self.table.choose_all()
        self.table.view.setFocus()
        if len(going) > MOST_LISTED:
            self.remark(tr("The {most} that are longest past their years; make another list for the rest.",
                           most=MOST_LISTED))  # fmt: skip
        self._count()

    def _count(self) -> None:
        going, stay = self.chosen(), sum(one.stays is not None for one in self.table.rows())
        goes = amount_words(len(going), sum(one.prints for one in going), sum(one.scans for one in going))
        stays = trn("{count} paper stays", "{count} papers stay", count=stay)
        self.says.setText(" · ".join((tr("On the list: {amount}", amount=goes), *([stays] if stay else []))))
        self.propose.setEnabled(bool(going))

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        asked = Proposal(tuple(one.key for one in self.chosen()), self.form.value("reason"), self.key)
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: destruction.propose(desk, asked, now))


def _table(room: Room) -> RecordTable[Past]:
    return RecordTable(
        [
            Column(tr("Paper"), lambda one: paper_words(one.kind), width=140),
            Column(tr("Number"), lambda one: one.number, width=140),
            Column(tr("Deal"), lambda one: one.deal_number, width=110),
            Column(tr("Year"), lambda one: str(one.year), width=60),
            Column(tr("Term"), lambda one: trn("{count} year", "{count} years", count=one.years), width=72),
            Column(tr("Prints"), lambda one: one.prints, Kind.COUNT, width=70),
            Column(tr("Scans"), lambda one: one.scans, Kind.COUNT, width=70),
            Column(tr("Stays"), lambda one: held_words(one.stays) if one.stays else "", tone=lambda _: "warning"),
        ],
        now=room.now, key=lambda one: one.key,
        empty=EmptyState(tr("Nothing is past its years"), tr("The house rules say how long each kind is kept.")),
    )  # fmt: skip


class CarryOutSheet(OneDeed):
    """What an approved list destroys, counted; who watches; there is no way back, and that is said first."""

    def __init__(self, room: Room, one: DestructionList) -> None:
        super().__init__(room, Step.DESTROY_PAPERS, width=560, subtitle=one.number)
        self._one = one
        form = FormGrid(columns=1)
        form.add("witness", tr("Who watches it"), LineEdit(), required=True,
                 hint=tr("They count the list through before, and sign it after."))  # fmt: skip
        amount = amount_words(one.papers, one.prints, one.scans)
        self.put(
            Label(tr("{amount} will be gone for good: pages, searchable words and scans. Nobody can undo this.",
                     amount=amount), "strong", wrap=True),
            Label(tr("Approved by {who}. Each paper is looked at once more: what must stay by now stays.",
                     who=one.answered_by), "muted", wrap=True),
            Label(tr("Number, kind, day, deal, who printed it and its fingerprint are kept, with this list. Backups "
                     "made until now still hold the papers until they are deleted in their turn."), "muted", wrap=True),
        )  # fmt: skip
        self.held = LinkButton("", lambda: MarksSheet(room, self._fetch).stand_over(self))
        self.held.hide()
        self.put(row(self.held, None))
        self.put_form(form)
        self.put(None)
        self.danger_action(tr("Destroy for good"), self._press)
        self._fetch()

    def _fetch(self) -> None:
        desk, number = self.room.desk, self._one.id
        self.load(lambda: held_back(desk, number), self._show)

    def _show(self, held: int) -> None:
        self.held.setText(trn("{count} paper on it is held back by a mark by now and stays: look at the marks …",
                              "{count} papers on it are held back by marks by now and stay: look at them …",
                              count=held))  # fmt: skip
        self.held.setVisible(held > 0)

    def _press(self) -> None:
        assert self.form is not None
        if self.form.check():
            asked = CarryOut(self._one.id, self.form.value("witness"), self.key)
            desk, now = self.room.desk, self.room.now()
            self.send(lambda: destruction.carry_out(desk, asked, now))
