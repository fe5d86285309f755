"""The smaller sheets of a customer: giving them to another, joining a family, the consent."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from salescenter.i18n import tr
from salescenter.services import customers, rota
from salescenter.services.customer_card import CustomerCard
from salescenter.services.customers import Consent, CustomerHint, JoinFamily, Reassign
from salescenter.services.reception_rules import rules_of
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label, MutedLabel
from salescenter.ui.kit.lines import Line, LineList
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.search_box import SearchBox
from salescenter.ui.kit.sheet import NARROW, Sheet


class ReassignSheet(Sheet):
    """Gives a customer, and the family, to another consultant, with a reason."""

    def __init__(self, room: Room, card: CustomerCard, parent: QWidget | None = None) -> None:
        super().__init__(tr("Give to another consultant"), parent, width=NARROW, subtitle=card.name)
        self._home, self._card, self._key = room, card, uuid4().hex
        form = FormGrid(columns=2)
        form.add("owner", tr("To", context="customers"), ComboBox(), required=True)
        form.add("reason", tr("Reason", context="customers"), LineEdit(), required=True)
        now_words = tr("Now {owner}'s; the whole family goes along.", owner=card.owner_name) if card.owner else ""
        self.put(MutedLabel(now_words or tr("Nobody's so far; the whole family goes along."), wrap=True))
        self.put_form(form)
        self.fields = form
        self.main_action(tr("Give", context="customers"), self._give)
        room.lane.run(lambda: rota.consultants(room.desk), self._offer, owner=self)

    def _offer(self, people: Sequence[tuple[int, str]]) -> None:
        owner = self.fields.field("owner").editor
        assert isinstance(owner, ComboBox)
        owner.set_choices([(number, name) for number, name in people if number != self._card.owner])
        self.fields.keep_draft(self._home.drafts, f"reassign-{self._card.id}")
        owner.setFocus()

    def _give(self) -> None:
        if not self.fields.check():
            return
        asked = Reassign(self._card.id, self.fields.value("owner"), self.fields.value("reason"), self._key)
        desk, now = self._home.desk, self._home.now()
        self.busy()
        self._home.lane.run(lambda: customers.reassign(desk, asked, now), self.finish, owner=self, refused=self.refuse)


class FamilySheet(Sheet):
    """Finds a relative and makes the two one family."""

    def __init__(self, room: Room, card: CustomerCard, parent: QWidget | None = None) -> None:
        super().__init__(tr("Same family"), parent, width=NARROW, subtitle=card.name)
        self._home, self._card, self._key = room, card, uuid4().hex
        self.search = SearchBox(tr("Phone, name, pinyin, initials"))
        self.list = LineList(tr("Known customers"))
        self.list.setMinimumHeight(230)
        self.search.searched.connect(self._seek)
        self.search.returnPressed.connect(self._to_list)
        self.list.opened.connect(lambda _: self._join())
        self.put(MutedLabel(tr("Parents, spouse and children count as one customer: whoever received the first of "
                               "them keeps the family."), wrap=True), self.search, self.list)
        self.main_action(tr("One family"), self._join)
        self._draft = f"family-{card.id}"
        self.search.setText(str(room.drafts.recall(self._draft).get("sought", "")))
        self.search.setFocus()

    def finish(self, result: object = None) -> None:
        """They are one family: what was sought is no draft any more."""
        self._home.drafts.drop(self._draft)
        super().finish(result)

    def _seek(self, text: str) -> None:
        desk = self._home.desk
        self._home.drafts.keep(self._draft, {"sought": text})
        self._home.lane.run(lambda: customers.find(desk, text), self._found, owner=self)

    def _found(self, hints: tuple[CustomerHint, ...]) -> None:
        others = [hint for hint in hints if hint.id != self._card.id]
        self.list.set_lines([Line(h.id, h.name or h.phone, detail=h.phone, right=h.owner_name) for h in others])
        self.list.choose(0 if others else -1)

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _join(self) -> None:
        line = self.list.current()
        if line is None:
            self.banner.say(tr("Find the relative first."), "", "warning")
            return
        asked = JoinFamily(self._card.id, int(str(line.key)), self._key)
        desk, now = self._home.desk, self._home.now()
        self.busy()
        self._home.lane.run(lambda: customers.join_family(desk, asked, now), self.finish, owner=self,
                            refused=self.refuse)


class ConsentSheet(Sheet):
    """Shows the consent text to the customer and puts on record that they agreed, today."""

    def __init__(self, room: Room, card: CustomerCard, parent: QWidget | None = None) -> None:
        super().__init__(tr("Consent to keep personal data"), parent, width=NARROW, subtitle=card.name)
        self._home, self._card, self._text, self._key = room, card, "", uuid4().hex
        self._words = Label("", "", wrap=True)
        self.put(self._words)
        self.main_action(tr("The customer agreed"), self._agreed)
        now = room.now()
        room.lane.run(lambda: rules_of(room.desk, now.date()).consent, self._show, owner=self)

    def _show(self, text: str) -> None:
        self._text = text
        self._words.setText(text)

    def _agreed(self) -> None:
        asked = Consent(self._card.id, self._text, self._key)
        desk, now = self._home.desk, self._home.now()
        self.busy()
        self._home.lane.run(lambda: customers.consent(desk, asked, now), self.finish, owner=self, refused=self.refuse)
