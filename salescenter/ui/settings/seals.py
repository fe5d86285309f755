"""The sealed history: since when and until when, the last seal's code, and the code of a day's paper looked up."""

from __future__ import annotations

from salescenter.i18n import tr
from salescenter.services import sealing
from salescenter.services.sealing import KnownSeal, SealState
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import Panel, column, row
from salescenter.ui.settings.section import SectionView


class SealPanel(Panel):
    """How far the history is sealed; `load` looks it up."""

    def __init__(self, section: SectionView) -> None:
        super().__init__(tr("Sealed history"))
        self._section = section
        words = tr("Every minute what was done is sealed in blocks chained to each other. The check below finds a row "
                   "that was changed, taken out, put in or exchanged since. Whoever writes the code on the day's paper "
                   "can prove later that the whole history is still the one of that day.")  # fmt: skip
        self.facts = FactsTable()
        self.code = LineEdit()
        self.code.setAccessibleName(tr("Code on a day's paper"))
        self.code.setMaximumWidth(260)
        self.code.returnPressed.connect(self.compare)
        self.answer = Banner()
        self.answer.hide()
        where = column(Label(tr("Code on a day's paper"), "section"),
                       row(self.code, OutlinedButton(tr("Look it up"), self.compare), None), gap=4)  # fmt: skip
        self.put(Label(words, "muted", wrap=True), self.facts, where, self.answer)

    def load(self) -> None:
        """Look up how far the history is sealed."""
        desk = self._section.room.desk
        self._section.fetch(lambda: sealing.state(desk), self._show)

    def compare(self) -> None:
        """Look whether the history has the seal whose code was typed."""
        desk, written = self._section.room.desk, self.code.value()
        if written:
            self._section.fetch(lambda: sealing.known(desk, written), self._say)

    def _say(self, found: KnownSeal | None) -> None:
        if found is None:
            self.answer.say(tr("This history has no seal with this code."),
                            tr("Look whether it was read right. If it was, the history is not the one of that day: "
                               "a backup was restored since, or somebody exchanged it."), "danger")  # fmt: skip
            return
        at = formats.moment(found.at, self._section.room.now())
        self.answer.say(tr("This is seal {block} of {at}.", block=found.block, at=at),
                        tr("Up to it the history is the one that was written down, if the check finds nothing."),
                        "accent")  # fmt: skip

    def _show(self, state: SealState) -> None:
        now = self._section.room.now()
        waiting = Fact(tr("Not sealed yet"), f"{state.waiting:,}", tip=tr("The newest rows; a minute later they are."))
        if state.until is None or state.begins is None:
            self.facts.show_facts([Fact(tr("Sealed until"), tr("nothing yet"), tone="warning", strong=True), waiting])
            return
        self.facts.show_facts([
            Fact(tr("Sealed until"), formats.moment(state.until, now), strong=True),
            Fact(tr("Sealed from"), formats.moment(state.begins, now)),
            Fact(tr("Rows sealed"), f"{state.rows:,}"),
            waiting,
            Fact(tr("Code of the last seal"), state.code, strong=True, tip=tr("Seal {block}", block=state.block)),
        ])  # fmt: skip
