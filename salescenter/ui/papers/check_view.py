"""The check of a paper somebody brings: scan or type its code; genuine, altered or not, and what the books say."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from salescenter.domain.papers.check import Verdict
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr
from salescenter.services.files import read_whole
from salescenter.services.papers.checking import Checked, Earlier, Known, Standing, check_paper
from salescenter.services.papers.gone import same_print
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit import formats
from salescenter.ui.kit.archived import archived
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.gone_facts import gone_facts
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.lane import Trouble
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import Panel, hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.void_list import cause_words

_VERDICTS: dict[Verdict, tuple[str, str, str]] = {
    Verdict.GENUINE: (mark("Genuine: number and amount are the house's own."), "", "accent"),
    Verdict.ALTERED: (
        mark("Altered: the code does not fit this number and amount."),
        mark("Keep the paper and compare it with the figures below."),
        "danger",
    ),
    Verdict.UNREADABLE: (
        mark("This is no code of the house."),
        mark("Scan it again, or type the number printed on the paper."),
        "warning",
    ),
}
_STANDINGS: dict[Standing, tuple[str, str]] = {
    Standing.COUNTS: (mark("It counts."), "accent"),
    Standing.VOID: (mark("Void since {on}: counter-entry {by} took it back."), "danger"),
    Standing.COUNTER: (mark("A counter-entry: it took {by} back on {on}."), "warning"),
    Standing.SUPERSEDED: (mark("Superseded: contract {by} of {on} stands in its place."), "warning"),
    Standing.CLOSED: (mark("The deal has ended on {on}: {by}."), "danger"),
    Standing.RECALLED: (mark("Void since {on}: {by}. It is to be taken back."), "danger"),
    Standing.UNKNOWN: (mark("The house has no such number."), "danger"),
}
_BY_STEP = frozenset({Standing.CLOSED, Standing.RECALLED})
_PRICE_CHANGED = mark("Superseded: the price was agreed anew since.")
_BARE_NUMBER = mark("Found by its number alone.")
_PROVES_NOTHING = mark("Only the code proves a paper. Scan it, or type number, amount and the letters beside it with "
                       "blanks between; else compare name and amount with the figures below.")  # fmt: skip
_EARLIER = mark("What was printed before is void since {on}: {by}. Only a sheet marked as reprint no. {next} "
                "or a later one counts.")  # fmt: skip
_DESTROYED = mark("It was destroyed on {on} under list {listed}.")
_WORST = {"accent": 0, "warning": 1, "danger": 2}


class CheckView(QWidget):
    """One field; a scanner types the code and Enter, a person the code or the number."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.found: Checked | None = None
        self.code = LineEdit(placeholder=tr("Scan the code, or type the number and the letters beside it"))
        self.code.returnPressed.connect(self.check_now)
        begins_in(self, lambda: self.code)
        self.banner = Banner()
        self.facts = FactsTable()
        self.show_button = OutlinedButton(tr("Show as it was printed"), self.print_it)
        self.compare_button = OutlinedButton(tr("Compare a file …"), self._ask_which)
        self.deal_button = OutlinedButton(tr("Go to the deal"), self._go)
        self.ways = hold(row(self.show_button, self.compare_button, self.deal_button, None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        across = QHBoxLayout()
        across.addWidget(self._panel(), 1)
        across.addStretch(1)
        layout.addLayout(across)
        layout.addStretch(1)
        self._show(None)

    def _panel(self) -> Panel:
        panel = Panel(tr("Check a paper"))
        panel.setMaximumWidth(680)
        how = tr("Every receipt, agreement and contract carries a code with its number, its amount and a check value "
                 "that only this house can make.")  # fmt: skip
        check = FilledButton(tr("Check"), self.check_now, key="Enter")
        panel.put(Label(how, "muted", wrap=True), row(self.code, check), self.banner, self.facts, self.ways)
        return panel

    def load(self) -> None:
        """Be ready for the scanner."""
        self.code.setFocus()

    def check_now(self) -> None:
        """Check what stands in the field; the next scan writes over it."""
        text, desk, now = self.code.value(), self.room.desk, self.room.now()
        self.code.selectAll()
        if not text:
            self._show(None)
            return
        self.room.lane.run(lambda: check_paper(desk, text, now), self._show, owner=self, refused=self._refuse)

    def status(self) -> str:
        """Nothing is counted here."""
        return ""

    def print_it(self) -> None:
        """Show the paper as it was printed last."""
        found = self.found
        if found is None or found.paper is None or found.kind is None:
            return
        room, number, desk, now = self.room, found.paper, self.room.desk, self.room.now()
        room.papers.run(lambda: archived(desk, number, now), room.show_paper, owner=self, refused=room.refuse)

    def compare(self, file: Path) -> None:
        """Say whether a file is one of the prints the house made under this number, kept or destroyed."""
        found, desk = self.found, self.room.desk
        if found is None or found.kind is None:
            return
        kind, number = found.kind, found.number
        self.room.papers.run(
            lambda: same_print(desk, kind, number, read_whole(file)), self._compared, owner=self,
            refused=self.banner.refuse,
        )  # fmt: skip

    def _compared(self, copy: int | None) -> None:
        if copy is None:
            self.banner.say(tr("The fingerprint does not match: this file is no print of the house under this number."),
                            tr("Keep the file, and ask where it came from."), "danger")  # fmt: skip
        else:
            self.banner.say(tr("The fingerprint matches: this file is print {number}, byte for byte.", number=copy),
                            tone="accent")  # fmt: skip

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, tr("Compare a file"), "", "PDF (*.pdf)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.compare(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _refuse(self, trouble: Trouble) -> None:
        self._show(None)
        self.banner.refuse(trouble)

    def _show(self, found: Checked | None) -> None:
        self.found = found
        known = found.known if found is not None else None
        self.facts.setVisible(found is not None and found.kind is not None)
        self.show_button.setVisible(found is not None and found.paper is not None and found.gone is None)
        self.compare_button.setVisible(found is not None and found.paper is not None)
        self.deal_button.setVisible(known is not None and known.deal is not None)
        self.ways.setVisible(not self.compare_button.isHidden() or not self.deal_button.isHidden())
        if found is None:
            self.banner.hide()
            return
        self.facts.show_facts(self._facts(found))
        self._say(found)

    def _say(self, found: Checked) -> None:
        if found.kind is not None and found.verdict is Verdict.UNREADABLE:
            sentence, remedy, tone = _BARE_NUMBER, _PROVES_NOTHING, "warning"
        else:
            sentence, remedy, tone = _VERDICTS[found.verdict]
        stands, how = self._stands(found)
        if found.verdict is Verdict.ALTERED and found.known is not None and found.known.standing is Standing.COUNTS:
            stands = ""  # what is altered counts for nothing, whatever stands under its number
        tone = max(tone, how, key=_WORST.__getitem__) if stands else tone
        if found.earlier is not None and stands:
            stands, tone = self._only_later(found.earlier), max(tone, "warning", key=_WORST.__getitem__)
        gone = ""
        if found.gone is not None:
            on = formats.day(found.gone.on, self.room.now().date())
            gone, tone = tr(_DESTROYED, on=on, listed=found.gone.listed), max(tone, "warning", key=_WORST.__getitem__)
        said = " ".join(part for part in (tr(sentence), stands, gone) if part)
        self.banner.say(said, tr(remedy) if remedy else "", tone)

    def _only_later(self, earlier: Earlier) -> str:
        """Say which sheets count: a change made the earlier ones void, and all bear the same code."""
        on = formats.day(earlier.on, self.room.now().date())
        return tr(_EARLIER, on=on, by=cause_words(Step(earlier.by)), next=earlier.copy)

    def _stands(self, found: Checked) -> tuple[str, str]:
        known = found.known
        if known is None:
            return "", "accent"
        sentence, tone = _STANDINGS[known.standing]
        if known.standing is Standing.SUPERSEDED and not known.by:
            sentence = _PRICE_CHANGED
        by = cause_words(Step(known.by)) if known.standing in _BY_STEP else known.by
        on = formats.day(known.on, self.room.now().date()) if known.on else ""
        return tr(sentence, by=by, on=on), tone

    def _facts(self, found: Checked) -> list[Fact]:
        if found.kind is None:
            return []
        facts = [Fact(paper_words(found.kind), found.number, strong=True)]
        if found.amount is not None:
            facts.append(Fact(tr("Amount on the paper"), formats.money(found.amount)))
        if found.known is not None and found.known.amount is not None:
            facts += self._kept(found, found.known)
        printed = tr("{count}×, last {at}", count=found.copies, at=formats.moment(found.printed, self.room.now()))
        facts.append(Fact(tr("Printed"), printed if found.copies else tr("never")))
        return facts + (gone_facts(found.gone, self.room.now().date()) if found.gone is not None else [])

    def _kept(self, found: Checked, known: Known) -> list[Fact]:
        differs = found.amount is not None and found.amount != known.amount
        facts = [Fact(tr("Amount in the books"), formats.money(known.amount), tone="danger" if differs else "")]
        if known.code:
            facts.append(Fact(tr("Unit"), known.code))
        if known.name:
            facts.append(Fact(tr("Name"), known.name))
        return facts

    def _go(self) -> None:
        if self.found is not None and self.found.known is not None and self.found.known.deal is not None:
            self.room.go("deals", self.found.known.deal)
