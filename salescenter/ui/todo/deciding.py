"""A manager's answer to what somebody asked leave for: granted, or declined with the reason."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.refusals import NotFound
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.services import approvals
from salescenter.services.approvals import Decision, OpenApproval
from salescenter.ui.kit import formats
from salescenter.ui.kit.destroying_words import amount_words
from salescenter.ui.kit.editors import NoteEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.house_papers import show_house_paper
from salescenter.ui.kit.labels import Label, MutedLabel
from salescenter.ui.kit.one_deed import OneDeed
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.terms import step_words


class DecideSheet(OneDeed):
    """One request by its number: what is asked, by whom and why; Grant and Decline."""

    def __init__(self, room: Room, number: int) -> None:
        super().__init__(room, Step.APPROVE)
        self._number = number
        self._what, self._why = Label("", "strong", wrap=True), MutedLabel("", wrap=True)
        self.fields = FormGrid(columns=1)
        self.fields.add("note", tr("Answer"), NoteEdit())
        self.put(self._what, self._why)
        self.put_form(self.fields)
        self.fields.keep_draft(room.drafts, f"decide-{number}")
        self.main_action(tr("Grant"), partial(self._decide, granted=True))
        self.add_action(tr("Decline"), partial(self._decide, granted=False))
        desk = room.desk
        self.list = self.add_action(tr("Show the list"), self._show_list)
        self.list.hide()
        self._listed: int | None = None
        self.load(lambda: approvals.waiting(desk), self._show)

    def _show(self, found: tuple[OpenApproval, ...]) -> None:
        one = next((each for each in found if each.id == self._number), None)
        if one is None:
            self.refuse(NotFound(what="approval", sought=self._number))
            return
        self._listed = one.asked.get("destruction")
        self.list.setVisible(self._listed is not None)
        wanted = _wanted(one) if self._listed is None else _listed(one)
        self._what.setText(" · ".join(filter(None, (one.unit_code, step_words(one.step), wanted))))
        asked = formats.moment(one.asked_at, self.room.now())
        self._why.setText(tr("{who} asked at {when}: {note}", who=one.asked_by, when=asked, note=one.note))
        self.fields.field("note").editor.setFocus()

    def _show_list(self) -> None:
        if self._listed is not None:
            show_house_paper(self.room, PaperKind.DESTRUCTION, self._listed)

    def _decide(self, *, granted: bool) -> None:
        note = self.fields.value("note") or ""
        if not granted and not note.strip():
            self.fields.field("note").set_error(tr("Say why it is declined."))
            return
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: approvals.decide(desk, Decision(self._number, granted, note, self.key), now))


def _listed(one: OpenApproval) -> str:
    """Count what a list of papers would destroy."""
    return amount_words(*(int(one.asked[what]) for what in ("papers", "prints", "scans")))


def _wanted(one: OpenApproval) -> str:
    """Say what exactly is asked for: a total, a moment until which a unit is held, a receipt."""
    if (fen := one.asked.get("fen")) is not None:
        return tr("at a total of {total}", total=formats.money(Money(int(fen))))
    if (fen := one.asked.get("refund")) is not None:
        return formats.money(Money(int(fen)))
    if day := one.asked.get("day"):
        return f"{tr('Open the day again')} {day}"
    if day := one.asked.get("sign_by"):
        return tr("until {until}", until=day, context="of a hold")
    if until := one.asked.get("until"):
        return tr("until {until}", until=f"{datetime.fromisoformat(until):%Y-%m-%d %H:%M}", context="of a hold")
    return str(one.asked.get("receipt", ""))
