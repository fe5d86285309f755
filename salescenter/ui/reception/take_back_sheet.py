"""The sheet that takes a mistaken registration back: who it was, and why."""

from __future__ import annotations

from salescenter.domain.refusals import NotFound
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr
from salescenter.reception_words import contact_words
from salescenter.services.taking_back import TakeBackRequest, TakenBack, take_back
from salescenter.services.visit_lists import DayLine, of_day
from salescenter.ui.kit import formats
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label, MutedLabel
from salescenter.ui.kit.one_deed import OneDeed
from salescenter.ui.kit.room import Room

REASONS = (mark("The wrong person"), mark("Registered twice"), mark("Nobody came"))


class TakeBackSheet(OneDeed):
    """Take a registration of today back, with the reason; its turn, figures and what it wrote go with it."""

    def __init__(self, room: Room, visit: int) -> None:
        super().__init__(room, Step.TAKE_BACK_VISIT, width=460)
        self._visit = visit
        self._who = Label("", "strong", wrap=True)
        form = FormGrid(columns=1)
        form.add("why", tr("Reason"), ChipGroup([(reason, tr(reason)) for reason in REASONS]))
        form.add("reason", tr("In words"), LineEdit(), required=True)
        form.changed.connect(lambda name: self._follow(form, name))
        self.put(
            self._who,
            MutedLabel(tr("The turn in the rota, the figures and what was newly written go with it. The history keeps "
                          "that it was taken back, and why."), wrap=True),
        )  # fmt: skip
        self.put_form(form)
        form.keep_draft(room.drafts, f"take-back-{visit}")
        self.add_action(tr("Not now"), self.reject)
        self.danger_action(tr("Take it back"), self._press)
        desk, today = room.desk, room.now().date()
        self.load(lambda: of_day(desk, today), self._show)

    def _follow(self, form: FormGrid, name: str) -> None:
        if name == "why" and form.value("why"):
            form.put(reason=tr(form.value("why")))

    def _show(self, lines: tuple[DayLine, ...]) -> None:
        line = next((line for line in lines if line.id == self._visit), None)
        if line is None:
            self.refuse(NotFound(what="visit", sought=self._visit))
            return
        when = formats.moment(line.at, self.room.now())
        parts = (when, contact_words(line.kind), line.name or line.phone, line.consultant_name)
        self._who.setText(" · ".join(part for part in parts if part))

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        asked = TakeBackRequest(self._visit, self.form.value("reason"), self.key)
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: take_back(desk, asked, now), self._done)

    def _done(self, _done: TakenBack) -> None:
        self.room.say(tr("The registration is taken back."))
