"""Asks which sheet of a receipt book was spoiled, why, and at which step."""

from __future__ import annotations

from uuid import uuid4

from salescenter.domain.papers.printing import SpoiledAt
from salescenter.i18n import mark, tr
from salescenter.services.papers.spoiled import SheetSpoiled, SpoilRequest, spoil
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.printing_words import spoiled_at_words
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet

REASONS = (mark("Jammed or torn"), mark("Printed beside its place"), mark("Stained"), mark("Written wrong by hand"))
"""Why sheets are spoiled, picked by eye; anything else is typed."""


def ask_how(form: FormGrid, span: int = 1) -> None:
    """Ask at which step a sheet was spoiled and why; a reason picked by eye is written out."""
    form.add("at", tr("At which step"), ChipGroup([(one.value, spoiled_at_words(one)) for one in SpoiledAt]),
             required=True, span=span)
    form.add("why", tr("Why"), ChipGroup([(one, tr(one)) for one in REASONS]), span=span)
    form.add("reason", tr("In words"), LineEdit(), required=True, span=span)
    form.changed.connect(lambda name: form.put(reason=tr(form.value("why"))) if name == "why" else None)


class SpoilSheet(Sheet):
    """The history is told; the receipt itself stays as it is."""

    def __init__(self, room: Room, number: str) -> None:
        super().__init__(tr("A sheet was spoiled"), width=500)
        self._place, self._key = room, uuid4().hex
        form = FormGrid(columns=1)
        form.add("number", tr("Number on the sheet"), LineEdit(), required=True)
        ask_how(form)
        form.put(number=number, at=SpoiledAt.PRINTING.value)
        self.put_form(form)
        said = tr("Keep the sheet with the book, crossed out. The receipt stays; print it again with a reason.")
        self.put(Label(said, "muted", wrap=True), None)
        self.main_action(tr("Put it on record"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        said, desk, now = self.form.values(), self._place.desk, self._place.now()
        asked = SpoilRequest(said["number"], said["reason"], SpoiledAt(said["at"]), self._key)
        self.busy()

        def done(one: SheetSpoiled) -> None:
            self.finish()
            self._place.say(tr("Sheet {number} is on record as spoiled.", number=one.number))

        self._place.lane.run(lambda: spoil(desk, asked, now), done, owner=self, refused=self.refuse)
