"""The server: looked over with what is missing and how to mend it, prepared, and the house moved there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from salescenter.domain.refusals import Stopped
from salescenter.i18n import listed, tr
from salescenter.services.server import joining
from salescenter.services.server.joining import Server
from salescenter.services.server.moving import Move
from salescenter.services.server.preparing import Prepared
from salescenter.services.server.survey import Finding, Grade, Survey
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.editors import LineEdit, Tick, WholeEdit
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.lane import Progress, Ticket, Trouble
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import Panel, column, hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.server_findings import MADE, finding_words, label_words, total_words
from salescenter.ui.kit.waiting import ProgressPanel
from salescenter.ui.settings.section import SectionView

R = TypeVar("R")
TONES: dict[Grade, str] = {Grade.GOOD: "", Grade.ADVICE: "warning", Grade.MISSING: "error", Grade.BLOCKING: "error"}
DESKS = 30


class ServerSection(SectionView):
    """Three panels: which server, what was found, the move."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room, tr("Server", context="settings"),
            tr("Several PCs work in one house through a PostgreSQL server. The guide takes you there step by step."),
        )  # fmt: skip
        self._ticket = Ticket()
        self.found = Panel(tr("What was found"))
        self.found.hide()
        self._list = QWidget()
        if joining.is_on_server(room.desk):
            self.put(self._here())
        else:
            self.put(self._asked_panel(), self.found, self._move_panel())

    def server(self) -> Server | None:
        """Return the server as it was typed, None where something is missing."""
        if not self.check():
            return None
        value = self.asked.values()
        return Server(value["where"], value["login"], value["password"], value["desks"])

    def say_why(self, trouble: Trouble) -> None:
        """In full: the server asked about here is another than the one the house stands on."""
        self.banner.explain(trouble)

    def look(self) -> None:
        """Look the server over."""
        if (server := self.server()) is not None:
            desk, now = self.room.desk, self.room.now()
            self._begin(lambda _ticket: joining.look(desk, server, now), self._show)

    def make_ready(self) -> None:
        """Make what is missing."""
        if (server := self.server()) is not None:
            desk, now = self.room.desk, self.room.now()
            self._begin(lambda _ticket: joining.make_ready(desk, server, now), self._made)

    def move_house(self) -> None:
        """Move the house, when it was said that nobody works at another window of this PC."""
        if (server := self.server()) is None:
            return
        desk, now = self.room.desk, self.room.now()

        def go(ticket: Ticket) -> Move:
            def tell(done: int, whole: int, what: str) -> None:
                if ticket.cancelled:
                    raise Stopped(what="move")
                ticket.tell(done, whole, what)

            return joining.move_house(desk, server, now, tell)

        self.progress.show_progress(Progress(0, 0))
        self.progress.show()
        self._begin(go, self._moved)

    def _begin(self, job: Callable[[Ticket], R], done: Callable[[R], None]) -> None:
        for button in (self.look_button, self.ready_button, self.move_button):
            button.setEnabled(False)
        self.banner.hide()
        self._ticket = self.room.papers.pursue(
            job, done, owner=self, progress=self.progress.show_progress, refused=self.refuse, after=self._over
        )

    def _stop(self) -> None:
        self._ticket.cancel()
        self.say(tr("Stopped; nothing was switched. What has arrived stays there, and the move goes on from it."))

    def _over(self) -> None:
        self.progress.hide()
        for button in (self.look_button, self.ready_button):
            button.setEnabled(True)
        self.move_button.setEnabled(self.agreed.isChecked())

    def _here(self) -> Panel:
        panel = Panel(tr("This house is on a server"))
        panel.put(FactsTable([Fact(tr("Address"), joining.where_is(self.room.desk), strong=True)]))
        return panel

    def _asked_panel(self) -> Panel:
        panel = Panel(tr("Which server"))
        self.asked = form = self.form(2)
        hint = tr("postgresql://server/salescenter; behind the slash stands the database, made if missing.")
        form.add("where", tr("Address"), LineEdit("postgresql://"), required=True, hint=hint)
        form.add("login", tr("Account of the server"), LineEdit("postgres"), required=True)
        secret = LineEdit()
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        form.add("password", tr("Its password"), secret, hint=tr("Used now, kept nowhere."))
        form.add("desks", tr("PCs that will work with it"), WholeEdit(), required=True)
        form.put(desks=DESKS)
        self.look_button = FilledButton(tr("Look it over"), self.look)
        self.ready_button = OutlinedButton(tr("Prepare it"), self.make_ready)
        panel.put(form, row(self.look_button, self.ready_button, None))
        return panel

    def _move_panel(self) -> Panel:
        panel = Panel(tr("Move this house there"))
        words = tr("Every row is carried over and compared before anything is switched. This file stays as it is and "
                   "says where the house went. Stop it at any time: started again, it goes on.")  # fmt: skip
        self.agreed = Tick(tr("Nobody else works on this PC now, and a backup was made today"), told=self._agree)
        self.move_button = FilledButton(tr("Move it"), self.move_house)
        self.move_button.setEnabled(False)
        self.progress = ProgressPanel(tr("Moving"), cancel=self._stop)
        self.progress.hide()
        self.result, self.over = FactsTable(), Banner()
        self._go = hold(column(self.agreed, row(self.move_button, None)))
        panel.put(Label(words, "muted", wrap=True), self._go, self.progress, self.over, self.result)
        return panel

    def _agree(self, agreed: bool) -> None:
        self.move_button.setEnabled(agreed)

    def _show(self, found: Survey) -> None:
        self._list.deleteLater()
        self._list = _told(found.findings)
        self.found.put(self._list)
        self.found.show()

    def _made(self, done: Prepared) -> None:
        self._show(done.survey)
        said = [tr(MADE[one]) for one in done.made]
        self.say(listed(said) if said else tr("nothing to do: all was there"))

    def _moved(self, done: Move) -> None:
        self.result.show_facts([
            Fact(f"{one.project} · {total_words(one.what)}", f"{one.rows:,} · {one.amount}") for one in done.totals
        ])  # fmt: skip
        lives = tr("The house lives at {address} now.", address=done.to)
        self.over.say(lives, tr("Log out, choose “Another database …” and enter this address on every PC."), "accent")
        self._go.hide()  # it is done, and this file takes nothing any more
        self.room.say(lives)


def _told(findings: Sequence[Finding]) -> QWidget:
    """What was looked at on the left, what was found beside it, and below that the remedy."""
    table = QGridLayout()
    table.setContentsMargins(0, 0, 0, 0)
    table.setHorizontalSpacing(16)
    table.setColumnStretch(1, 1)
    for one in findings:
        sentence, remedy = finding_words(one)
        at = table.rowCount()
        table.addWidget(Label(label_words(one), "section"), at, 0, Qt.AlignmentFlag.AlignTop)
        table.addWidget(Label(sentence, TONES[one.grade], wrap=True), at, 1)
        if remedy:
            table.addWidget(Label(remedy, "hint", wrap=True), at + 1, 1)
    return hold(table)
