"""What a person must decide about visits that waited for the server: one small panel each, a button each decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from salescenter.domain.errors import Refusal
from salescenter.domain.masks import mask_phone
from salescenter.domain.refusals import CannotWrite
from salescenter.domain.waiting import CHOICES, Choice
from salescenter.i18n import mark, tr
from salescenter.reception_words import contact_words, field_words
from salescenter.services.customers import sees_whole, shown_name
from salescenter.services.waiting.merging import Open
from salescenter.services.waiting.visits import WaitingVisit
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import OutlinedButton, QuietButton
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import Panel, column, hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.words import refusal_words
from salescenter.ui.reception.meanwhile import Meanwhile

CHOSEN: dict[Choice, str] = {
    Choice.SAME_PERSON: mark("The same person"), Choice.RELATIVE: mark("Somebody of the family"),
    Choice.HELPED: mark("{consultant} helped, a turn is owed"), Choice.OWNER_CAME: mark("{owner} received after all"),
    Choice.ONE_VISIT: mark("One visit: {other}"), Choice.TWO_VISITS: mark("Two visits"),
    Choice.TURN_USED: mark("It used a turn"), Choice.TURN_KEPT: mark("Beside the rota, no turn used"),
    Choice.THIS_HOUSE: mark("It is this house, bring it in"),
}
"""What each decision is called on its button."""


class WaitingSheet(Sheet):
    """Stands until nothing is left to decide; each decision is tried at once."""

    def __init__(self, room: Room, mine: Meanwhile, again: Callable[[WaitingVisit], bool]) -> None:
        """`again` shows in the form what was typed of a visit; False where something else stands there."""
        super().__init__(tr("Visits to decide about"), width=620)
        self._home, self._mine, self._again = room, mine, again
        self._all: QWidget | None = None
        mine.changed.connect(self._show)
        self._show()
        self.add_action(tr("Later"), self.reject)
        self.remark(tr("What is not decided goes on waiting on this PC."))

    def _show(self) -> None:
        found = self._mine.open()
        if self._all is not None:
            self._all.hide()
            self._all.deleteLater()
        if not found:
            self.finish()
            return
        self._all = hold(column(*(self._panel(one) for one in found), gap=10))
        self.put(self._all)

    def _panel(self, one: Open) -> QWidget:
        sentence, remedy = _said(one.refusal)
        panel = Panel()
        panel.put(Label(self._title_of(one), "headline"), Label(sentence, wrap=True), Label(remedy, "muted", wrap=True))
        buttons: list[QWidget] = [
            OutlinedButton(choice_words(choice, one), partial(self._decide, one, choice))
            for choice in CHOICES.get(type(one.refusal), ())
        ]
        panel.put(row(*(buttons or self._ways_out(one)), None))
        if not buttons and not sees_whole(one.visit.taker, self._home.desk.who):
            panel.put(Label(tr("{name} took it down, and mends it in the form.", name=one.visit.taker_name), "muted",
                            wrap=True))  # fmt: skip
        return panel

    def _ways_out(self, one: Open) -> list[QWidget]:
        """What may be done about a visit that the house refuses as it was typed."""
        found: list[QWidget] = [OutlinedButton(tr("Try again"), self._home.bulletin.settled.emit)]
        if one.visit.asked.customer is None and sees_whole(one.visit.taker, self._home.desk.who):
            found.append(OutlinedButton(tr("Show it in the form"), partial(self._show_again, one)))
        forget = partial(self._written, partial(self._mine.forget, one.visit.key))
        return [*found, QuietButton(tr("Forget it: no visit, or registered anew"), forget)]

    def _show_again(self, one: Open) -> None:
        if self._again(one.visit):
            self.reject()
        else:
            self.banner.say(tr("Somebody else stands in the form: register them first, or clear it."), "", "warning")

    def _title_of(self, one: Open) -> str:
        asked, visit = one.visit.asked, one.visit
        name = shown_name(asked.facts.name, visit.taker, self._home.desk.who)
        parts = (formats.moment(visit.at, self._home.now()), contact_words(asked.kind), name,
                 mask_phone("".join(asked.facts.phones[:1])), visit.consultant_name)
        return " · ".join(part for part in parts if part)

    def _decide(self, one: Open, choice: Choice) -> None:
        self._written(partial(self._mine.settle, one, choice))

    def _written(self, decide: Callable[[], object]) -> None:
        """Write a decision down on this PC, or say why it could not be: the visit goes on waiting."""
        try:
            decide()
        except CannotWrite as full:
            self.banner.refuse(full)


def _said(refusal: Refusal) -> tuple[str, str]:
    """The sentence and the remedy; no form stands here whose label would name the field."""
    field = refusal.details.get("field")
    named = type(refusal)(**refusal.details | {"field": field_words(str(field))}) if field else refusal
    return refusal_words(named)


def choice_words(choice: Choice, one: Open) -> str:
    """Name a decision with the people it is about."""
    names = {name: str(one.refusal.details.get(name, "")) for name in ("consultant", "owner", "other")}
    return tr(CHOSEN[choice], **{name: said for name, said in names.items() if f"{{{name}}}" in CHOSEN[choice]})
