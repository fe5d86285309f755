"""Changing what is known of a customer; what is masked stays as it is unless something is typed over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from salescenter.domain.id_numbers import Sex
from salescenter.i18n import mark, tr
from salescenter.reception_words import field_words, sex_words
from salescenter.services import customers, words
from salescenter.services.customer_card import CustomerCard
from salescenter.services.customers import CustomerChange, Revealed
from salescenter.services.papers.voiding import VoidPaper, about_to_be_corrected
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import NARROW, Sheet
from salescenter.ui.kit.void_list import FORETOLD_AFTER, name_voids

KINDS = {"person": mark("Person"), "company": mark("Company")}
ID_KINDS = {
    "resident": mark("Resident ID card"), "passport": mark("Passport"), "licence": mark("Business licence"),
    "other": mark("Other document"),
}


class EditSheet(Sheet):
    """The fields of a customer; only what was changed is sent. Revealing was told to the history before."""

    def __init__(
        self, room: Room, card: CustomerCard, revealed: Revealed | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Change customer"), parent, width=NARROW + 80, subtitle=card.name)
        self._home, self._card, self._key = room, card, uuid4().hex
        self.fields = form = self._make_form()
        self.put_form(form)
        self.voids = Banner(tone="warning")
        self.keep_in_sight(self.voids)
        self.main_action(tr("Save", context="customers"), self._save)
        self._before = self._fill(card, revealed)
        whole = "whole" if revealed else "masked"
        form.keep_draft(room.drafts, f"customer-{card.id}-{card.seen}-{whole}")  # typed over what stood there then
        room.lane.run(lambda: words.dictionaries(room.desk)["level"], self._offer, owner=self)
        self._told: Mapping[str, object] = {}
        self._soon = QTimer(self, singleShot=True, interval=FORETOLD_AFTER)
        self._soon.timeout.connect(self.foretell)
        form.changed.connect(lambda _: self._soon.start())
        self.foretell()

    def _make_form(self) -> FormGrid:
        form = FormGrid(columns=6)
        form.add("name", field_words("name"), LineEdit(), span=2)
        form.add("sex", field_words("sex"), ChipGroup([(sex.value, sex_words(sex)) for sex in Sex]), span=2)
        kinds = [(kind, tr(said, context="customers")) for kind, said in KINDS.items()]
        documents = [(kind, tr(said)) for kind, said in ID_KINDS.items()]
        form.add("kind", tr("Kind", context="customers"), ChipGroup(kinds), span=2)
        form.add("phones", tr("Phones, several with / between"), LineEdit(), span=4)
        form.add("level", field_words("level"), ComboBox(free=True), span=2)
        form.add("id_kind", tr("Document", context="customers"), ComboBox(documents), span=2)
        form.add("id_number", tr("Document number"), LineEdit(), span=2)
        form.add("birth", field_words("birth"), DayEdit(lambda: self._home.now().date()), span=2)
        form.add("address", field_words("address"), LineEdit(), span=4)
        form.add("guardian", field_words("guardian"), LineEdit(), span=2)
        form.add("note", field_words("note"), LineEdit(), span=6)
        return form

    def changed(self) -> dict[str, object]:
        """Return what differs from what was shown, as fields of `CustomerFacts`."""
        said = self.fields.values()
        found = {name: value for name, value in said.items() if (value or "") != (self._before[name] or "")}
        fresh: dict[str, object] = {name: value if name == "birth" else value or "" for name, value in found.items()}
        if "phones" in fresh:
            fresh["phones"] = tuple(part.strip() for part in str(fresh["phones"]).split("/") if part.strip())
        return fresh

    def _fill(self, card: CustomerCard, revealed: Revealed | None) -> Mapping[str, Any]:
        shown: dict[str, Any] = {
            "sex": card.sex or None, "kind": card.kind, "level": card.level or None, "id_kind": card.id_kind or None,
            "birth": card.birth, "guardian": card.guardian, "note": card.note,
        }
        if revealed is not None:
            shown |= {
                "name": revealed.name, "phones": " / ".join(revealed.phones), "id_number": revealed.id_number,
                "address": revealed.address,
            }
        else:
            self._say_masked(card)
        self.fields.put(**shown)
        return {name: shown.get(name) for name in self.fields.values()}

    def _say_masked(self, card: CustomerCard) -> None:
        masked = {
            "name": card.name, "phones": " / ".join(phone.text for phone in card.phones),
            "id_number": card.id_number, "address": card.address,
        }
        for name, words_ in masked.items():
            editor = self.fields.field(name).editor
            assert isinstance(editor, LineEdit)
            editor.setPlaceholderText(words_)
            if words_:
                self.fields.field(name).set_hint(tr("Left empty it stays as it is."))

    def _offer(self, levels: tuple[str, ...]) -> None:
        level = self.fields.field("level").editor
        assert isinstance(level, ComboBox)
        level.set_choices([(word, word) for word in levels])

    def _save(self) -> None:
        changed = self.changed()
        if not self.fields.check():
            return
        if not changed:
            self.finish()
            return
        asked = CustomerChange(self._card.id, self._card.seen, changed, self._key)
        desk, now = self._home.desk, self._home.now()
        self.busy()
        self._home.lane.run(lambda: customers.change(desk, asked, now), self.finish, owner=self, refused=self._refused)

    def foretell(self) -> None:
        """Name the printed papers that would say otherwise once this is saved."""
        changed = self.changed()
        if changed == self._told:
            return
        desk, now, asked = self._home.desk, self._home.now(), CustomerChange(self._card.id, self._card.seen, changed)
        self._told = changed

        def show(void: Sequence[VoidPaper]) -> None:
            if changed == self._told:
                self.voids.hide()
                name_voids(self, void, self.voids, tr("Once this is saved, these papers say otherwise than the card:"))

        self._home.lane.run(lambda: about_to_be_corrected(desk, asked, now), show, owner=self, refused=self.refuse)

    def _refused(self, refusal: Any) -> None:
        """A malformed card number is said under its field."""
        if refusal.code == "id-malformed":
            self.busy(False)
            self.fields.field("id_number").set_error(tr("This card number cannot be right; compare it with the card."))
            self.fields.field("id_number").editor.setFocus()
        else:
            self.refuse(refusal)
