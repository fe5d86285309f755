"""The registration sheet (来访登记表, 来电登记表) as a form, in the paper's order, each field by few keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from salescenter.domain.id_numbers import IdCard, Sex, read_id
from salescenter.domain.refusals import IdMalformed
from salescenter.i18n import tr
from salescenter.reception_words import contact_words, field_words, sex_words
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.reception_rules import Contact
from salescenter.services.visit_lists import Sheet
from salescenter.services.visits import VisitRequest
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import LineEdit, Tick, WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.room import Room
from salescenter.ui.reception.chips import KeyedChips, WordBox
from salescenter.ui.reception.companions import Companions
from salescenter.ui.reception.finding import Finding

ANSWERS_MANY = ("product", "area", "concern", "resistance", "asked")
ANSWERS_ONE = ("age", "district", "introducer", "budget", "floor", "purpose", "payment", "family", "job")
DICTIONARIES = (
    "channel", "product", "area", "concern", "resistance", "asked", "level", "age",
    "district", "budget", "floor", "purpose", "payment", "family", "job",
)
"""Fields whose words come from the dictionary of the same name."""

ONLY_VISITS = frozenset(
    {"age", "district", "party", "companions", "floor", "concern", "resistance", "purpose", "payment", "family", "job",
     "id_number"}
)
ONLY_CALLS = frozenset({"asked"})
NARROW_SPANS = {"kind": 8, "note": 8, "consent": 8} | dict.fromkeys(
    ("finding", "product", "area", "asked", "concern", "resistance", "companions"), 12
)
"""Columns of twelve where the window is narrow; every other field takes a third."""

CALL_SPANS = {"kind": 6, "channel": 6, "introducer": 6, "note": 12}
NARROW_CALL_SPANS = {"name": 6, "sex": 6, "kind": 12, "channel": 6, "introducer": 6, "note": 8}
"""What stands otherwise on the shorter sheet of a call (来电登记表), so that each line is full."""

OF_THE_PERSON = ("name", "sex", "id_number")
"""What belongs to a known customer's card: shown, changed there."""


class SheetForm(FormGrid):
    """The whole sheet; `request(key)` is what the desk asks of `services.visits.register`."""

    def __init__(self, room: Room, add_word: Callable[[str], object]) -> None:
        super().__init__(columns=12)
        self._room = room
        self._known: Sheet | None = None
        self.finding = Finding(room)
        self.add("finding", "", self.finding, span=12)
        self._lay(add_word)
        for chips in self.findChildren(KeyedChips):
            chips.picked_by_key.connect(lambda chips=chips: self._go_on(chips))
        self.finding.go_on.connect(lambda: self._go_on(self.finding))
        self.field("id_number").editor.edited.connect(self._read_id)  # type: ignore[attr-defined]
        self._spans = {name: self.span(name) for name in self._fields}
        self._narrow = False
        self._of_call: bool | None = None  # how the fields are laid out; None before they are
        self.show_kind()

    def _lay(self, add_word: Callable[[str], object]) -> None:
        self._lay_who()
        for name in ("product", "area", "asked", "concern", "resistance"):
            chips = KeyedChips(multi=True, add=lambda name=name: add_word(name))  # type: ignore[misc]
            self.add(name, field_words(name), chips, span=12)
        for name in ("floor", "purpose", "family", "job", "budget", "level", "payment"):
            self._add_box(name)
        self._lay_what_follows()
        self.put(kind=Contact.VISIT.value, party=1)

    def _add_box(self, name: str) -> None:
        self.add(name, field_words(name), WordBox(), span=3)

    def _lay_who(self) -> None:
        """Who came, how, and by whom they heard of the house."""
        kinds = [(kind.value, contact_words(kind)) for kind in Contact]
        self.add("name", field_words("name"), LineEdit(), span=3)
        self.add("sex", field_words("sex"), KeyedChips([(sex.value, sex_words(sex)) for sex in Sex]), span=3)
        self._add_box("age")
        self._add_box("district")
        self.add("kind", field_words("contact"), KeyedChips(kinds), span=5)
        self.add("party", field_words("party"), WholeEdit(), span=2)
        self._add_box("channel")
        self.add("introducer", field_words("introducer"), LineEdit(), span=2)

    def _lay_what_follows(self) -> None:
        """Who receives, what happens next, and what is kept of the person."""
        self.add("consultant", tr("Asks for"), ComboBox(placeholder=tr("nobody", context="reception")), span=3)
        self.add("follow-up", field_words("follow-up"), DayEdit(self._today), span=3)
        self.add("note", field_words("note"), LineEdit(), span=6)
        self.add("id_number", field_words("id_number"), LineEdit(), span=3)
        self.add("consent", "", Tick(tr("Told what the data are kept for, and agreed")), span=6)
        self.add("peer", "", Tick(tr("Competitor or agent")), span=3)
        self.add("companions", "", Companions(), span=12)

    def fit(self, *, narrow: bool) -> None:
        """Take fewer columns where the window is narrow."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()

    def _lay_out(self) -> None:
        """Place the fields of this kind of contact."""
        spans = {name: NARROW_SPANS.get(name, 4) for name in self._fields} if self._narrow else self._spans
        if self._of_call:
            spans = spans | (NARROW_CALL_SPANS if self._narrow else CALL_SPANS)
        left_out = ONLY_VISITS if self._of_call else ONLY_CALLS
        self.arrange({name: span for name, span in spans.items() if name not in left_out})

    # --- what is offered

    def offer(self, words: Mapping[str, Sequence[str]], people: Sequence[tuple[int, str]]) -> None:
        """Offer the house's words and its consultants."""
        for name in DICTIONARIES:
            editor = self.field(name).editor
            if isinstance(editor, WordBox):
                editor.set_words(words[name])
            elif isinstance(editor, KeyedChips):
                editor.set_choices([(word, word) for word in words[name]])
                self._watch(editor)
        consultant = self.field("consultant").editor
        assert isinstance(consultant, ComboBox)
        consultant.set_choices(list(people))

    def require(self, required: Mapping[Contact, Sequence[str]]) -> None:
        """Mark what a first registration of this kind must hold."""
        self._required = required
        self._mark()

    def kind(self) -> Contact:
        """Return what kind of contact this is."""
        return Contact(self.value("kind") or Contact.VISIT)

    def show_kind(self) -> None:
        """Show the fields of this kind of contact."""
        call = self.kind() is not Contact.VISIT
        for name in ONLY_VISITS:
            self.field(name).setVisible(not call)
        for name in ONLY_CALLS:
            self.field(name).setVisible(call)
        if call is not self._of_call:
            self._of_call = call
            self._lay_out()
        for field in self._fields.values():
            field.set_error("")
        self._mark()

    _required: Mapping[Contact, Sequence[str]] = {}

    def _mark(self) -> None:
        needed = set(self._required.get(self.kind(), ())) if self._known is None or not self._known.visits else set()
        for name in self._fields:
            if name != "finding":
                self.field(name).set_required(name in needed and not self.field(name).isHidden())

    # --- a known customer

    def show_known(self, sheet: Sheet) -> None:
        """Go on from what is known; the person's own data stand greyed, they are changed on the card."""
        self.put(name=sheet.name, sex=sheet.sex or None, channel=sheet.channel or None, level=sheet.level or None)
        self._put_answers(sheet.answers)
        self.put(consent=sheet.consented)
        self.know(sheet)

    def show_again(self, asked: VisitRequest) -> None:
        """Show what was typed of somebody new once more, as `request` gave it."""
        self.forget_known()
        self.put(kind=asked.kind.value)
        self.show_kind()
        facts, told = asked.facts, {"follow-up": asked.follow_up}
        self.finding.put("".join(facts.phones[:1]))
        self.put(name=facts.name, sex=facts.sex or None, id_number=facts.id_number, level=facts.level or None,
                 party=asked.party, channel=asked.channel or None, note=asked.note, consultant=asked.consultant,
                 peer=asked.peer, consent=bool(asked.consent), companions=asked.companions, **told)  # fmt: skip
        self._put_answers(dict(asked.answers))

    def is_begun(self) -> bool:
        """Say whether somebody's name or phone stands here already."""
        return bool(self.finding.value() or self.value("name"))

    def _put_answers(self, answers: Mapping[str, Sequence[str]]) -> None:
        for name in ANSWERS_MANY:
            self.put(**{name: tuple(answers.get(name, ()))})
        for name in ANSWERS_ONE:
            self.put(**{name: next(iter(answers.get(name, ())), None)})

    def know(self, sheet: Sheet) -> None:
        """Remember whose form this is, with all that was typed into it."""
        self._known = sheet
        self._lock()

    def forget_known(self) -> None:
        """Somebody else has come: empty what was filled in from the customer's record."""
        self._known = None
        kind = self.kind()
        self.clear()
        self.put(kind=kind.value, party=1)
        self._lock()

    def start_anew(self) -> None:
        """Make the form ready for the next one at the door."""
        self.drop_draft()
        self.forget_known()
        self.finding.line.setFocus()

    def _lock(self) -> None:
        for name in OF_THE_PERSON:
            known = self._known is not None and bool(self.value(name))
            self.field(name).setEnabled(not known)
        self._mark()

    # --- what it asks

    def request(self, key: str, consent: str) -> VisitRequest:
        """Return what the form asks; fields of another kind of contact are left out."""
        shown = {name: self.value(name) for name, field in self._fields.items() if not field.isHidden()}
        answers = {name: tuple(shown.get(name) or ()) for name in ANSWERS_MANY}
        answers |= {name: (shown[name],) for name in ANSWERS_ONE if shown.get(name)}
        known = self.finding.customer()
        return VisitRequest(
            self.kind(), self._facts(shown), known.id if known else None, shown.get("companions") or (),
            shown.get("party") or 1, shown.get("channel") or "", tuple((n, a) for n, a in answers.items() if a),
            shown.get("note") or "", shown.get("consultant"), bool(shown.get("peer")),
            consent if shown.get("consent") else "", shown.get("follow-up"), shown.get("note") or "", key,
        )

    def _facts(self, shown: Mapping[str, Any]) -> CustomerFacts:
        phone = self.finding.phone()
        mine = {name: shown.get(name) or "" for name in OF_THE_PERSON}
        if self._known is not None:
            mine = {name: value if self.field(name).isEnabled() else "" for name, value in mine.items()}
        return CustomerFacts(
            mine["name"], (phone,) if phone else (), mine["sex"], id_number=mine["id_number"],
            level=shown.get("level") or "",
        )

    def check_all(self) -> bool:
        """Say what is missing; the phone is said under the big field."""
        fine = self.check()
        phone = "phone" in self._required.get(self.kind(), ()) and self._known is None
        lacks = phone and not self.finding.phone() and not self.value("peer")
        self.field("finding").set_error(tr("The phone is missing.") if lacks else "")
        if lacks:
            self.finding.line.setFocus(Qt.FocusReason.OtherFocusReason)
        return fine and not lacks

    def check(self) -> bool:
        """Say under each field what is missing; a competitor needs none of it."""
        if self.value("peer"):
            for name in self._fields:
                self.field(name).set_required(False)
        return super().check()

    # --- keys and cards

    def read_card(self, card: IdCard) -> None:
        """Fill in what a card says."""
        self.put(id_number=card.number, sex=card.sex.value)
        self._read_id()
        self.field("name").editor.setFocus()

    def _read_id(self) -> None:
        """Read a card number apart as soon as it is whole: birth and sex."""
        field, typed = self.field("id_number"), str(self.value("id_number"))
        if len(typed) not in (15, 18):
            field.set_hint("")
            return
        try:
            card = read_id(typed, self._today())
        except IdMalformed:
            field.set_error(tr("This card number cannot be right; compare it with the card."))
            return
        born = card.birth.isoformat()
        field.set_hint(tr("born {day}, {sex}", day=born, sex=sex_words(card.sex)))
        self.put(sex=card.sex.value)

    def _watch(self, editor: QWidget) -> None:
        for receiver in editor.findChildren(QWidget):
            receiver.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.finding.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self.finding.enter()
                return True
        return super().eventFilter(watched, event)

    def _today(self) -> date:
        return self._room.now().date()
