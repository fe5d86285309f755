"""Papers that no longer count: named before a change, and at their deal what is to be done, until it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.voiding import Duty
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr
from salescenter.services.papers.titles import duties_words, duty_words
from salescenter.services.papers.voiding import SettleRequest, VoidPaper, settle, void_papers
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.terms import step_words

FORETOLD_AFTER = 300
"""Milliseconds without a key after which a form names the papers that would say otherwise."""


def name_voids(sheet: Sheet, void: Sequence[VoidPaper], banner: Banner | None = None, said: str = "") -> None:
    """Name on a sheet, at its head unless a banner is given, which papers its step makes void; where there are any."""
    if void:
        lines = "\n".join(duties_words(duty, papers) for duty in Duty if (papers := _by_kind(void, duty)))
        (banner or sheet.banner).say(said or tr("After this step these papers no longer count:"), lines, "warning")
        sheet.grow()


def _by_kind(void: Sequence[VoidPaper], duty: Duty) -> dict[PaperKind, list[str]]:
    """The numbers of what has one duty, kind by kind."""
    found: dict[PaperKind, list[str]] = {}
    for one in void:
        if one.duty is duty:
            found.setdefault(one.kind, []).append(one.number)
    return found


_CAUSES = {
    Step.REGISTER_VISIT: mark("a buyer's card was corrected"),
    Step.EDIT_ESTATE: mark("facts of the unit, its building or the project were corrected"),
}


def cause_words(step: Step) -> str:
    """Say what made a paper void: a step of its deal, or a correction beside it."""
    return tr(_CAUSES[step]) if step in _CAUSES else step_words(step)


class VoidList(QWidget):
    """One line for each paper, with the button that says it is settled; hidden where there is none."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.papers: tuple[VoidPaper, ...] = ()
        self._deal = 0
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(SectionLabel(tr("Papers that no longer count")))
        layout.addLayout(self._lines)
        self.hide()

    def show_deal(self, deal: int) -> None:
        """Show what is open about another deal's papers."""
        desk, now, self._deal = self.room.desk, self.room.now(), deal
        self.room.lane.run(
            lambda: void_papers(desk, now, deal), lambda found: self._show(deal, found), owner=self,
            refused=self.room.refuse,
        )  # fmt: skip

    def _show(self, deal: int, found: tuple[VoidPaper, ...]) -> None:
        if deal != self._deal:
            return
        self.papers = found
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for paper in found:
            done = OutlinedButton(tr("It is settled"), partial(self._settle, paper))
            said = Label(duty_words(paper.duty, paper.kind, paper.number), "warning", wrap=True)
            line = row(said, done)
            line.setStretch(0, 1)
            self._lines.addWidget(hold(line))
        self.setVisible(bool(found))

    def _settle(self, paper: VoidPaper) -> None:
        asked = SettleRequest(paper.paper, uuid4().hex, paper.copy)
        settle_paper(self.room, asked, lambda: self.show_deal(self._deal), self)


def settle_paper(room: Room, asked: SettleRequest, then: Callable[[], None], owner: QWidget) -> None:
    """Tell that a void paper came back or was made again."""
    desk, now = room.desk, room.now()
    room.lane.run(lambda: settle(desk, asked, now), lambda _: then(), owner=owner, refused=room.refuse)
