"""Choosing people for a deal: buyers with their shares, found by phone or name or registered on the spot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from salescenter.domain.refusals import IdMalformed
from salescenter.domain.shares import WHOLE, equal_shares
from salescenter.i18n import tr
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import CustomerHint, CustomerKept, NewCustomer, find, register
from salescenter.services.deals.requests import Buyer
from salescenter.ui.kit.buttons import LinkButton, OutlinedButton, QuietButton
from salescenter.ui.kit.editors import LineEdit, PercentEdit, Tick
from salescenter.ui.kit.form import FormGrid, bring_into_sight
from salescenter.ui.kit.labels import ElidedLabel
from salescenter.ui.kit.lane import Trouble
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.words import refusal_words

PAUSE = 120
"""Milliseconds after the last key before customers are looked up."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A customer who buys."""

    customer: int
    name: str
    phone: str


def first_buyer(buyers: tuple[Buyer, ...]) -> int | None:
    """Return the customer named first, who borrows; None while nobody is named."""
    return buyers[0].customer if buyers else None


class BuyersEdit(QWidget):
    """Buyers in their order with their shares; an editor of the kit whose value is a tuple of `Buyer`."""

    edited = Signal()

    def __init__(self, room: Room, consent: str, *, one: bool = False, optional: bool = False) -> None:
        super().__init__()
        self.room, self._one, self._optional = room, one, optional
        self.chosen: list[Chosen] = []
        self.shares: list[PercentEdit] = []
        self._enter_waits = False
        self._make_search()
        self.newcomer = Newcomer(room, consent, self._registered, self._left)
        self.newcomer.form.changed.connect(lambda _: self.edited.emit())
        self.newcomer.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._rows)
        for piece in (self.search, self.hints, self.newcomer):
            layout.addWidget(piece)
        self.setFocusProxy(self.search)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._look)

    def _make_search(self) -> None:
        self.search = LineEdit()
        self.search.setPlaceholderText(tr("Phone, name, pinyin or initials of a buyer"))
        self.search.setAccessibleName(tr("Phone, name, pinyin or initials of a buyer"))
        self.search.edited.connect(self._typed)
        self.search.installEventFilter(self)
        self.hints = QListWidget()
        self.hints.setMaximumHeight(132)
        self.hints.itemActivated.connect(self._activated)
        self.hints.itemClicked.connect(self._activated)
        self.hints.hide()

    def value(self) -> Any:
        """Return the buyers; shares as typed, in hundredths of a percent."""
        return tuple(
            Buyer(one.customer, int((edit.value() or Decimal(0)) * WHOLE))
            for one, edit in zip(self.chosen, self.shares, strict=True)
        )

    def put(self, value: Any) -> None:
        """Show buyers: a sequence of `Chosen` with equal shares, or of (Chosen, share)."""
        pairs = [one if isinstance(one, tuple) else (one, 0) for one in value or ()]
        self.chosen = [one for one, _ in pairs]
        self._draw([share for _, share in pairs] if all(share for _, share in pairs) else None)

    def kept(self) -> object:
        """Return the buyers for a draft, and what is typed of one who is not registered yet."""
        shares = [buyer.share for buyer in self.value()]
        buyers = [[c.customer, c.name, c.phone, s] for c, s in zip(self.chosen, shares, strict=True)]
        return {"buyers": buyers, "newcomer": self.newcomer.kept()}

    def restore(self, kept: object) -> None:
        """Bring a draft back."""
        if not isinstance(kept, dict):
            return
        self.put([(Chosen(*one[:3]), one[3]) for one in kept.get("buyers", ())])
        self.newcomer.restore(kept.get("newcomer"))

    def problem(self) -> str:
        """Say what is wrong with the buyers."""
        if not self.newcomer.isHidden():
            return tr("Register the buyer typed here first, or choose “Not now”.")
        if not self.chosen:
            return "" if self._optional else tr("Choose at least one buyer.")
        if sum(buyer.share for buyer in self.value()) != WHOLE:
            return tr("The shares must add up to 100 %.")
        return ""

    def takes_enter(self) -> bool:
        """Enter picks a hint while one is sought, and belongs to the newcomer's own form while that is open."""
        return not self.newcomer.isHidden() or bool(self.search.text().strip())

    def add(self, one: Chosen) -> None:
        """Take one more buyer; shares are proposed equally."""
        self.search.put("")
        self.hints.hide()
        self.newcomer.hide()
        if one.customer not in [c.customer for c in self.chosen]:
            self.chosen = [one] if self._one else [*self.chosen, one]
            self._draw()
            self.edited.emit()
        self.search.setFocus()
        bring_into_sight(self.search)  # the newcomer's form is gone, and all below it came up

    def remove(self, customer: int) -> None:
        """Take a buyer off the list."""
        self.chosen = [one for one in self.chosen if one.customer != customer]
        self._draw()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        shown = self.hints.isVisible() and self.hints.count() > 0
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.hints.setCurrentRow((self.hints.currentRow() + step) % self.hints.count())
            return True
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.text().strip() and plain:
            if self._soon.isActive():
                self._enter_waits = True
                self._look()
                return True
            item = self.hints.currentItem()
            if shown and item is not None:
                self._activated(item)
            return True
        if event.key() == Qt.Key.Key_Escape and self.hints.isVisible():
            self.hints.hide()  # one step back: the sheet stays
            return True
        return False

    def _typed(self) -> None:
        self._enter_waits = False
        if self.search.text().strip():
            self._soon.start()
        else:
            self._soon.stop()
            self.hints.hide()

    def _look(self) -> None:
        self._soon.stop()
        text = self.search.text().strip()
        self.room.lane.run(lambda: find(self.room.desk, text, 6), self._found, owner=self)

    def _found(self, hints: tuple[CustomerHint, ...]) -> None:
        self.hints.clear()
        for hint in hints:
            item = QListWidgetItem(f"{hint.name}   {hint.phone}   {hint.owner_name}")
            item.setData(Qt.ItemDataRole.UserRole, Chosen(hint.id, hint.name, hint.phone))
            self.hints.addItem(item)
        new = QListWidgetItem(tr("＋ Register “{text}” as a new customer", text=self.search.text().strip()))
        new.setData(Qt.ItemDataRole.UserRole, None)
        self.hints.addItem(new)
        self.hints.setCurrentRow(0)
        self.hints.setVisible(bool(self.search.text().strip()))
        waited, self._enter_waits = self._enter_waits, False
        if waited and len(hints) < 2:  # Enter came before it was seen who fits; only where nobody can be mistaken
            self._activated(self.hints.item(0))

    def _activated(self, item: QListWidgetItem) -> None:
        chosen = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(chosen, Chosen):
            self.add(chosen)
            return
        self.hints.hide()
        self.newcomer.begin(self.search.text().strip())

    def _registered(self, one: Chosen) -> None:
        self.add(one)

    def _left(self) -> None:
        self.edited.emit()  # who is not registered is no part of the draft any more
        self.search.setFocus()

    def _draw(self, shares: list[int] | None = None) -> None:
        while self._rows.count():
            taken = self._rows.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.deleteLater()
        parts = shares or list(equal_shares(len(self.chosen))) if self.chosen else []
        self.shares = []
        for one, part in zip(self.chosen, parts, strict=True):
            self._rows.addWidget(self._line(one, part))
        self._order_keys()

    def _line(self, one: Chosen, part: int) -> QWidget:
        share = PercentEdit()
        share.setFixedWidth(84)
        share.put(Decimal(part) / WHOLE)
        share.setAccessibleName(tr("Share of {name}", name=one.name))
        share.edited.connect(self.edited)
        self.shares.append(share)
        line = QWidget()
        away = QuietButton(tr("Remove"), lambda: self.remove(one.customer))
        name = ElidedLabel("   ".join(part for part in (one.name, one.phone) if part), "strong")
        line.setLayout(row(name, share, away))
        line.layout().setStretch(0, 1)  # type: ignore[union-attr]
        return line

    def _order_keys(self) -> None:
        """Let Tab come to the shares from the search, though their lines are made later than the rest of the form."""
        before: QWidget = self.search
        for share in self.shares:
            line = share.parentWidget()
            for piece in [share, *(line.findChildren(QuietButton) if line is not None else ())]:
                QWidget.setTabOrder(before, piece)
                before = piece


class Newcomer(QWidget):
    """Register a buyer nobody knows yet, without leaving the form."""

    def __init__(
        self, room: Room, consent: str, done: Callable[[Chosen], None], left: Callable[[], object]
    ) -> None:
        super().__init__()
        self.room, self._done, self._left = room, done, left
        self.form = FormGrid(columns=3)
        self.form.add("name", tr("Name"), LineEdit(), required=True)
        self.form.add("phone", tr("Phone"), LineEdit(), required=True)
        self.form.add("id", tr("ID card number"), LineEdit())
        self.form.add("address", tr("Address"), LineEdit(), span=3)
        self.consent = Tick(tr("Consent to the use of personal data was given"))
        self.consent.setToolTip(consent)
        self._consent_text = consent
        self.form.add("consent", "", self.consent, span=3)
        self.form.finished.connect(self._register)
        self._under_way = False  # the button stays enabled: the keys would go on to “Not now”
        self._pressed: tuple[CustomerFacts, str] | None = None  # what was asked for last, and its key
        self.button = OutlinedButton(tr("Register this buyer"), self._register)
        self.not_now = LinkButton(tr("Not now"), self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.addWidget(self.form)
        layout.addLayout(row(self.button, self.not_now, None))

    def kept(self) -> dict[str, object] | None:
        """Return what is typed, for a draft; nothing where nobody is being registered."""
        return None if self.isHidden() else self.form.values()

    def restore(self, kept: object) -> None:
        """Bring back what was typed."""
        if isinstance(kept, dict):
            self.form.put(**kept)
            self.show()

    def begin(self, typed: str) -> None:
        """Open with what was typed put where it belongs."""
        self.form.clear()
        digits = typed.replace(" ", "")
        self.form.put(**{"phone" if digits[:1].isdigit() else "name": typed})
        self.show()
        self.form.field("name").editor.setFocus()

    def leave(self) -> None:
        """Go back to the search; what was typed stays until somebody else is begun."""
        self.hide()
        self._left()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()  # one step back: the sheet stays
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._register()
        else:
            super().keyPressEvent(event)

    def _register(self) -> None:
        if self._under_way or not self.form.check():
            return
        typed = self.form.values()
        facts = CustomerFacts(
            name=typed["name"],
            phones=(typed["phone"],),
            id_kind="resident" if typed["id"] else "",
            id_number=typed["id"],
            address=typed["address"],
        )
        consent = self._consent_text if typed["consent"] else ""
        if self._pressed is None or self._pressed[0] != facts:
            self._pressed = facts, uuid4().hex
        asked = NewCustomer(facts, owner=self.room.desk.who.id, consent=consent, key=self._pressed[1])
        now = self.room.now()
        self._under_way = True

        def kept(answer: CustomerKept) -> None:
            self.hide()
            self._done(Chosen(answer.id, typed["name"], typed["phone"]))

        def refused(trouble: Trouble) -> None:
            if isinstance(trouble, IdMalformed):
                self.form.field("id").set_error(refusal_words(trouble)[0])
            elif not self.form.refuse(trouble):
                self.room.refuse(trouble)

        def over() -> None:
            self._under_way = False

        self.room.lane.run(lambda: register(self.room.desk, asked, now), kept, owner=self, refused=refused, after=over)
