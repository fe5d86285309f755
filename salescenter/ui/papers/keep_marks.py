"""What keeps a paper beyond its years: the marks that stand, a way to set one, and one to lift it again."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.staff import may
from salescenter.i18n import mark, tr
from salescenter.services.papers.keep_marks import STEP, KeepMark, KeepRequest, LiftRequest, keep_beyond, lift, marks
from salescenter.services.papers.search import PaperRow
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.panel import hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.scan_lines import clear
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.why_sheet import WhySheet

REASONS = (mark("A lawsuit"), mark("An inspection"), mark("A complaint"))
"""Why papers are kept longer, picked by eye; anything else is typed."""

PAPER, DEAL = "paper", "deal"


class KeepMarks(QWidget):
    """The marks of the chosen paper; whoever may keep papers sets and lifts them here."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room, self._may = room, may(room.desk.who.role, STEP)
        self._paper: PaperRow | None = None
        self.title, self.lines = SectionLabel(tr("Kept beyond its years")), QVBoxLayout()
        self.lines.setSpacing(2)
        self.set_one = LinkButton(tr("Keep beyond its years …"), self._ask_why)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addLayout(self.lines)
        layout.addLayout(row(self.set_one, None))
        self.hide()

    def show_paper(self, paper: PaperRow | None) -> None:
        """Show what keeps another paper; nothing is left to keep of a destroyed one."""
        self._paper = paper if paper is not None and paper.gone is None else None
        self.hide()
        if self._paper is not None:
            desk, asked = self.room.desk, self._paper
            self.room.lane.run(lambda: marks(desk, asked.id), lambda found: self._show(asked, found), owner=self,
                               refused=self.room.refuse)  # fmt: skip

    def _show(self, paper: PaperRow, found: tuple[KeepMark, ...]) -> None:
        if paper is not self._paper:
            return
        clear(self.lines)
        for one in found:
            self.lines.addWidget(self._line(one))
        self.title.setVisible(bool(found))
        self.set_one.setVisible(self._may and len({one.whole_deal for one in found}) < 1 + (paper.deal is not None))
        self.setVisible(bool(found) or self._may)

    def _line(self, one: KeepMark) -> QWidget:
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        what = tr("All papers of this deal") if one.whole_deal else tr("This paper")
        inside.addWidget(Label(tr("{what}: {reason}", what=what, reason=one.reason), "warning", wrap=True))
        since = formats.moment(one.at, self.room.now())
        lifting = LinkButton(tr("Lift …"), lambda: self._ask_lift(one))
        lifting.setVisible(self._may)
        said = Label(tr("{name}, since {moment}", name=one.by, moment=since), "muted")
        inside.addLayout(row(said, None, lifting))
        return hold(inside)

    def _ask_why(self) -> None:
        if self._paper is not None:
            KeepSheet(self.room, self._paper, self._again).stand_over(self.window())

    def _ask_lift(self, one: KeepMark) -> None:
        LiftSheet(one, lambda reason: self._lift(one, reason)).stand_over(self.window())

    def _lift(self, one: KeepMark, reason: str) -> None:
        desk, now, asked = self.room.desk, self.room.now(), LiftRequest(one.id, reason, uuid4().hex)
        self.room.lane.run(lambda: lift(desk, asked, now), lambda _: self._again(), owner=self,
                           refused=self.room.refuse)  # fmt: skip

    def _again(self) -> None:
        self.show_paper(self._paper)


class KeepSheet(Sheet):
    """Asks what is kept, this paper or all of its deal, and why."""

    def __init__(self, room: Room, paper: PaperRow, done: Callable[[], object]) -> None:
        super().__init__(tr("Keep beyond its years"), width=500, subtitle=f"{paper_words(paper.kind)} {paper.number}")
        self._place, self._paper, self._done, self._key = room, paper, done, uuid4().hex
        form = FormGrid(columns=1)
        what = [(PAPER, tr("This paper")), *([(DEAL, tr("All papers of this deal"))] if paper.deal is not None else [])]
        form.add("what", tr("What"), ChipGroup(what), required=True)
        form.add("why", tr("Why"), ChipGroup([(one, tr(one)) for one in REASONS]))
        form.add("reason", tr("In words"), LineEdit(), required=True)
        form.changed.connect(lambda name: form.put(reason=tr(form.value("why"))) if name == "why" else None)
        form.put(what=PAPER)
        self.put_form(form)
        said = tr("No list destroys it while the mark stands, whatever its years say. It can be lifted again.")
        self.put(Label(said, "muted", wrap=True), None)
        self.main_action(tr("Keep it"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        said, desk, now = self.form.values(), self._place.desk, self._place.now()
        asked = KeepRequest(self._paper.id, said["reason"], whole_deal=said["what"] == DEAL, key=self._key)
        self.busy()

        def done(_: object) -> None:
            self.finish()
            self._done()

        self._place.lane.run(lambda: keep_beyond(desk, asked, now), done, owner=self, refused=self.refuse)


class LiftSheet(WhySheet):
    """Asks why a mark is lifted."""

    def __init__(self, one: KeepMark, told: Callable[[str], object]) -> None:
        super().__init__(tr("Lift the mark"), one.reason, told)
        form = FormGrid(columns=1)
        form.add("reason", tr("What is over?"), LineEdit(), required=True)
        self.put_form(form)
        self.put(Label(tr("From then on the papers' own years count."), "muted", wrap=True), None)
        self.main_action(tr("Lift it"), self.press)
