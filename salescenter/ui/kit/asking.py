"""Asking for what one's own limits refuse: a manager grants it at this desk with a password, or from their own PC."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import QTimer

from salescenter.domain.errors import Refusal, Weather
from salescenter.i18n import tr
from salescenter.services import approvals
from salescenter.services.approvals import Answer, ApprovalKept, ApprovalRequest
from salescenter.services.server.entering import beside
from salescenter.ui.kit.countdown import Countdown
from salescenter.ui.kit.editors import LineEdit, NoteEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label, MutedLabel, SectionLabel
from salescenter.ui.kit.password import PasswordEdit
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet

LOOK_AGAIN = 2_000
"""Milliseconds between two looks for the answer; where the server tells of it, it is looked at once."""


class AskSheet(Sheet):
    """The request and why; below, who approves here. The sheet beneath stays, and goes on by itself when granted."""

    def __init__(self, room: Room, over: Sheet, wanted: ApprovalRequest, words: str) -> None:
        super().__init__(tr("Ask for approval"), over, width=480)
        self.room, self._over, self._wanted = room, over, wanted
        self._key, self._number = uuid4().hex, 0
        self.why, self.who = FormGrid(columns=1), FormGrid(columns=2)
        self.why.add("note", tr("Why"), NoteEdit(), required=True)
        self.who.add("login", tr("Log-in name"), LineEdit())
        self.who.add("password", tr("Password"), PasswordEdit())
        self.put(Label(words, "strong", wrap=True))
        self.put_form(self.why)
        self.put(SectionLabel(tr("Approve at this desk")),
                 MutedLabel(tr("Whoever may approve types their own password here; you stay logged in."), wrap=True),
                 self.who)  # fmt: skip
        self.why.keep_draft(room.drafts, f"ask-{wanted.step}-{wanted.unit}")
        self.who.finished.connect(self.press_main)
        self.who.changed.connect(lambda _: self._name_the_action())
        self.press = self.main_action(tr("Ask"), self._press)
        self._countdown = Countdown(self.press)
        self._again = QTimer(self)
        self._again.setInterval(LOOK_AGAIN)
        self._again.timeout.connect(self._look)
        room.bulletin.stirred.connect(self._look)

    def _name_the_action(self) -> None:
        if not self._countdown.tick.isActive():
            self.press.setText(tr("Approve here") if self.who.value("login") else tr("Ask"))

    def _press(self) -> None:
        if not self.why.check():
            return
        note = self.why.value("note")
        asked = ApprovalRequest(self._wanted.unit, self._wanted.step, self._wanted.asked, note, self._key)
        self.busy()
        if self.who.value("login"):
            self._grant(asked)
        else:
            desk, now = self.room.desk, self.room.now()
            self.room.lane.run(
                lambda: approvals.ask_for(desk, asked, now), self._asked, owner=self, refused=self.refuse
            )

    def _grant(self, asked: ApprovalRequest) -> None:
        desk, now, door = self.room.desk, self.room.now(), self.room.door
        login, password = self.who.value("login"), self.who.value("password")

        def grant() -> ApprovalKept:
            with beside(desk, login, password, door) as second:
                return approvals.grant_here(desk, second, asked, now)

        self.room.lane.run(grant, lambda _: self._granted(), owner=self, refused=self._not_granted)

    def _not_granted(self, trouble: Refusal | Weather) -> None:
        self.refuse(trouble)
        self.who.put(password="")
        wait = trouble.details.get("wait")
        self._countdown.start(wait if isinstance(wait, int) else 0)
        QTimer.singleShot(0, self, self._lead_back)  # what is said above pushes the password out of sight

    def _lead_back(self) -> None:
        password = self.who.field("password").editor
        password.setFocus()
        self.fit()
        self._area.ensureWidgetVisible(password)

    def _asked(self, kept: ApprovalKept) -> None:
        """It stands in the managers' lists now; whoever asks may wait here, or go."""
        self._number = kept.approval
        self.why.drop_draft()
        self.banner.say(tr("Approval asked."), tr("It goes on by itself when it is granted."), "accent")
        self._again.start()

    def _look(self) -> None:
        if self._number:
            desk, number = self.room.desk, self._number
            self.room.lane.run(lambda: approvals.answer(desk, number), self._answered, owner=self, refused=_let_be)

    def _answered(self, answer: Answer) -> None:
        if not self._number or answer.granted is None:
            return
        self._again.stop()
        self._number = 0
        if answer.granted:
            self._granted()
        else:
            self.busy(False)
            self._key = uuid4().hex  # another request, with other reasons
            self.banner.say(tr("{who} declined.", who=answer.by), answer.note, "warning")

    def _granted(self) -> None:
        self.finish()
        self._over.press_main()


def ask_approval(room: Room, over: Sheet, wanted: ApprovalRequest, words: str) -> AskSheet:
    """Ask for a step on a unit, said in words; the sheet below stays open with all that was typed."""
    sheet = AskSheet(room, over, wanted, words)
    sheet.open()
    return sheet


def _let_be(_trouble: Exception) -> None:
    """The database is away: looked again later."""
