"""Doing a follow-up: what came of it, when next; or putting it off."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from salescenter.i18n import tr
from salescenter.reception_words import field_words
from salescenter.services import follow_ups, words
from salescenter.services.follow_ups import DueFollowUp, FollowUpDone, PlanFollowUp, Postpone
from salescenter.ui.kit import formats
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import NARROW, Sheet


class FollowUpSheet(Sheet):
    """One follow-up by its number: outcome, remark, intent, and the next one."""

    def __init__(self, room: Room, number: int, parent: QWidget | None = None) -> None:
        super().__init__(tr("Follow-up", context="customers"), parent, width=NARROW)
        self._home, self._number, self._key = room, number, uuid4().hex
        self._what = Label("", "", wrap=True)
        form = FormGrid(columns=6)
        form.add("outcome", field_words("outcome"), ChipGroup(), span=6, required=True)
        form.add("note", field_words("note"), LineEdit(), span=4)
        form.add("level", field_words("level"), ComboBox(free=True), span=2)
        form.add("next_due", field_words("follow-up"), DayEdit(lambda: room.now().date()), span=2)
        form.add("next_what", tr("What for", context="customers"), LineEdit(), span=4)
        self.put(self._what)
        self.put_form(form)
        self.fields = form
        self.main_action(tr("Done", context="customers"), self._finish)
        self.add_action(tr("Only put it off to that day"), self._postpone)
        desk = room.desk
        room.lane.run(lambda: (follow_ups.one(desk, number), words.dictionaries(desk)), self._show, owner=self,
                      refused=self.refuse)

    def _show(self, found: tuple[DueFollowUp, dict[str, tuple[str, ...]]]) -> None:
        due, dictionaries = found
        today = self._home.now().date()
        about = (due.name, due.phone, formats.day_full(due.due, today), due.what, due.person_name)
        self._what.setText(" · ".join(part for part in about if part))
        outcome, level = self.fields.field("outcome").editor, self.fields.field("level").editor
        assert isinstance(outcome, ChipGroup)
        assert isinstance(level, ComboBox)
        outcome.set_choices([(word, word) for word in dictionaries["follow-up"]])
        level.set_choices([(word, word) for word in dictionaries["level"]])
        self.fields.put(level=due.level or None)
        self.fields.keep_draft(self._home.drafts, f"follow-up-{self._number}")
        outcome.setFocus()

    def _finish(self) -> None:
        if not self.fields.check():
            return
        said: dict[str, Any] = self.fields.values()
        done = FollowUpDone(
            self._number, said["outcome"], said["note"], said["next_due"], said["next_what"], said["level"] or "",
            self._key,
        )
        desk, now = self._home.desk, self._home.now()
        self.busy()
        self._home.lane.run(lambda: follow_ups.finish(desk, done, now), self.finish, owner=self, refused=self.refuse)

    def _postpone(self) -> None:
        day: date | None = self.fields.value("next_due")
        if day is None:
            self.fields.field("next_due").set_error(tr("Say until when."))
            self.fields.field("next_due").editor.setFocus()
            return
        later = Postpone(self._number, day, self.fields.value("note"), self._key)
        desk, now = self._home.desk, self._home.now()
        self.busy()
        self._home.lane.run(lambda: follow_ups.postpone(desk, later, now), self.finish, owner=self,
                            refused=self.refuse)


class PlanSheet(Sheet):
    """Plans a follow-up with a customer."""

    def __init__(self, room: Room, customer: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Plan a follow-up"), parent, width=NARROW, subtitle=name)
        self._home, self._customer, self._key = room, customer, uuid4().hex
        form = FormGrid(columns=6)
        form.add("due", tr("On", context="customers"), DayEdit(lambda: room.now().date()), span=2, required=True)
        form.add("what", tr("What for", context="customers"), LineEdit(), span=4)
        self.put_form(form)
        self.fields = form
        form.keep_draft(room.drafts, f"plan-{customer}")
        self.main_action(tr("Plan", context="customers"), self._plan)

    def _plan(self) -> None:
        if not self.fields.check():
            return
        asked = PlanFollowUp(self._customer, self.fields.value("due"), self.fields.value("what"), key=self._key)
        desk, now = self._home.desk, self._home.now()
        self.busy()
        self._home.lane.run(lambda: follow_ups.plan(desk, asked, now), self.finish, owner=self, refused=self.refuse)
