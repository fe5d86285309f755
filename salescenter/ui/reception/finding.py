"""The field the receptionist begins with: a phone, a name, pinyin or a card, and below it who that may be."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.id_numbers import IdCard, read_id
from salescenter.domain.refusals import IdMalformed
from salescenter.i18n import tr
from salescenter.reception_words import contact_words
from salescenter.services.customer_records import is_malformed
from salescenter.services.customers import CustomerHint, find, way_of
from salescenter.ui.kit import formats, theme
from salescenter.ui.kit.buttons import QuietButton
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.labels import ElidedLabel, Label
from salescenter.ui.kit.lane import Ticket
from salescenter.ui.kit.lines import Line, LineList
from salescenter.ui.kit.panel import column, row
from salescenter.ui.kit.room import Room

MOST_SHOWN = 4
"""Hints shown below the field; more would push the form away."""

_CARD = re.compile(r"\d{17}[\dXx]")
_PHONE = re.compile(r"[\d\s+()-]+")


class Finding(QWidget):
    """Says who has come: a customer who is known (`customer`), or the phone of somebody new (`phone`).

    While typing, hints appear; up and down choose, Enter takes one, Tab goes on with somebody new. An Editor of the
    form: its draft keeps what was typed or who was taken.
    """

    edited = Signal()
    taken = Signal(object)    # CustomerHint
    let_go = Signal()         # a taken customer was given up
    new_name = Signal(str)    # a name was typed that nobody carries
    settled = Signal()        # an Enter that had to wait for the answer has been carried out
    card = Signal(object)     # domain.id_numbers.IdCard, typed by a reader
    go_on = Signal()          # the field is done with: on to the form

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._asked: Ticket | None = None
        self._hints: dict[int, CustomerHint] = {}
        self._customer: CustomerHint | None = None
        self._recalled = 0
        self._enter_waits = False
        self._alone = False  # the server is away: nobody can be looked up
        self._answered = ""  # the text the hints below are about
        self.line = _BigLine(self)
        self.line.setAccessibleName(tr("Who has come"))
        self.list = LineList(tr("Known customers"), parent=self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self.take(self.list.line(index.row()).key))
        self._note = Label("", "hint", wrap=True)
        self._known = _Known(self.leave_customer)
        self.setLayout(column(self.line, self._known, self.list, self._note, gap=4))
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)
        self._show_hints(())
        self._known.hide()

    # --- what it says

    def customer(self) -> CustomerHint | None:
        """Return the known customer who was taken."""
        return self._customer

    def phone(self) -> str:
        """Return the phone of somebody new, as typed; "" where something else was typed."""
        typed = self.line.text().strip()
        return typed if self._customer is None and _PHONE.fullmatch(typed) else ""

    def value(self) -> Any:
        """Return the taken customer's id, else the phone."""
        return self._customer.id if self._customer else self.phone()

    def put(self, value: Any) -> None:
        """Empty the field."""
        self._customer, self._recalled = None, 0
        self._stop_asking()
        self._known.hide()
        self.line.show()
        self.setFocusProxy(self.line)
        self.line.setText("" if value is None else str(value))
        self._show_hints(())

    def kept(self) -> object:
        """Return what stands here for the draft."""
        return {"text": self.line.text(), "customer": self._customer.id if self._customer else self._recalled}

    def restore(self, kept: object) -> None:
        """Put back what `kept` gave; a customer is looked up again by `recall`."""
        if isinstance(kept, dict):
            self.line.setText(str(kept.get("text", "")))
            self._recalled = int(kept.get("customer") or 0)

    def be_alone(self, alone: bool) -> None:
        """Look nobody up while the server is away; an Enter that waits for an answer goes on with what was typed."""
        self._alone = alone
        waits = self._enter_waits and alone
        if alone:
            self._stop_asking()
            self._show_hints(())
        if waits:
            self.pass_on()
            self.settled.emit()
        self._flag(self.line.text())

    def recalled(self) -> int:
        """Return the customer a draft speaks of, once."""
        number, self._recalled = self._recalled, 0
        return number

    def problem(self) -> str:
        """A phone that looks wrong is kept and flagged, never refused."""
        return ""

    # --- finding

    def enter(self) -> None:
        """Enter: take the hint that is chosen, else on to the form with somebody new; the answer is waited for."""
        if self._asked is not None:
            self._enter_waits = True
            return
        chosen = self.list.current()
        if chosen is not None:
            self.take(chosen.key)
            return
        self.pass_on()

    def is_waiting(self) -> bool:
        """Say whether Enter was pressed before it was known who that may be."""
        return self._enter_waits

    def pass_on(self) -> None:
        """Go on with somebody new: a card or a name goes to its field, a phone stays here."""
        self._stop_asking()
        typed = self.line.text().strip()
        if _CARD.fullmatch(typed.replace(" ", "")):
            self._read_card(typed)
            return
        if typed and not _PHONE.fullmatch(typed):
            self.line.clear()
            self.new_name.emit(typed)
            self._show_hints(())
            return
        self._show_hints(())
        self.go_on.emit()

    def take(self, number: object) -> None:
        """Take a customer who is known."""
        hint = self._hints.get(int(str(number)))
        if hint is not None:
            self.show_taken(hint)
            self.taken.emit(hint)
            self.edited.emit()

    def show_taken(self, hint: CustomerHint) -> None:
        """Show whose form this is, in the place of the field."""
        self._customer = hint
        self._stop_asking()
        self._show_hints(())
        self._known.show_customer(hint, self._room.now())
        self._known.show()
        self.line.hide()
        self.setFocusProxy(self._known.button)

    def leave_customer(self) -> None:
        """Give up the customer who was taken and begin anew."""
        self.put(None)
        self.line.setFocus()
        self.let_go.emit()
        self.edited.emit()

    def _typed(self, text: str) -> None:
        grouped = grouped_phone(text)
        if grouped != text and self.line.cursorPosition() == len(text):
            self.line.setText(grouped)
        self.edited.emit()
        self._stop_asking()
        sought = self.line.text()
        if self._alone or way_of(sought) is None:
            self._show_hints(())
            return
        asked = self._room.lane.run(lambda: find(self._room.desk, sought, MOST_SHOWN), self._found, owner=self,
                                    refused=self._not_looked_up)
        self._asked = None if self._answered == sought else asked
        self._flag(sought)

    def _found(self, hints: tuple[CustomerHint, ...]) -> None:
        self._asked, self._answered = None, self.line.text()
        self._show_hints(hints)
        if hints:
            self.list.choose(0)
        if self._enter_waits:
            self._enter_waits = False
            self.enter()
            self.settled.emit()

    def _not_looked_up(self, trouble: Refusal | Weather) -> None:
        """Whoever it may be, the form can be filled in."""
        self._asked, waits, self._enter_waits = None, self._enter_waits, False
        self._room.refuse(trouble)
        if waits:
            self.pass_on()
            self.settled.emit()

    def _stop_asking(self) -> None:
        """An answer that is still on the way is about something that no longer stands here."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked, self._answered, self._enter_waits = None, "", False

    def _show_hints(self, hints: tuple[CustomerHint, ...]) -> None:
        self._hints = {hint.id: hint for hint in hints}
        now = self._room.now()
        self.list.set_lines([hint_line(hint, now) for hint in hints])
        self.list.setFixedHeight(self.list.wanted_height())
        self.list.setVisible(bool(hints))
        self._flag(self.line.text())

    def _flag(self, text: str) -> None:
        """Say below the field what its keys do, or that the phone looks wrong."""
        malformed = len(text.strip()) > 7 and _PHONE.fullmatch(text) and is_malformed(text)
        if self._customer is not None or not text.strip():
            self._note.say("")
        elif self._alone and not malformed:
            self._note.say(tr("Known customers cannot be looked up now; Enter goes on with this form."), "hint")
        elif self._hints:
            self._note.say(tr("Enter takes the one chosen, Tab goes on with somebody new."), "hint")
        elif malformed:
            self._note.say(tr("This cannot be a whole phone number; it is kept and flagged."), "warning")
        else:
            self._note.say(tr("Nobody known so far; Enter goes on with somebody new."), "hint")
        self._note.setVisible(bool(self._note.text()))

    def _read_card(self, typed: str) -> None:
        try:
            found: IdCard = read_id(typed, self._room.now().date())
        except IdMalformed as refusal:
            self._note.say(tr("This card number cannot be right; compare it with the card."), "error")
            self._note.show()
            del refusal
            return
        self.line.clear()
        self._show_hints(())
        self.card.emit(found)


class _BigLine(QLineEdit):
    """The line itself; its keys belong to the finding around it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self._finding = finding
        self.setProperty("look", "large")
        self.setFont(numbers(self.font()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text():
            return
        painter = QPainter(self)
        font = self.window().font()
        font.setPixelSize(14)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        words = tr("Phone, name, pinyin, initials, or read a card")
        painter.drawText(self.rect().adjusted(20, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._finding.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and self.text():
            self._finding.put(None)
            self._finding.edited.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if forward and self.text().strip():
            self._finding.pass_on()
            return True
        return super().focusNextPrevChild(forward)


class _Known(QFrame):
    """The known customer who has come, and a way to say it is somebody else."""

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("look", "banner")
        self.setProperty("tone", "accent")
        self._name = Label("", "headline")
        self._about = ElidedLabel("", "muted")
        self._whose = Label("", "strong")
        self.button = QuietButton(tr("Somebody else"), leave, key="Esc")
        body = row(self._name, self._about, self._whose, self.button, gap=12)
        body.setStretch(1, 1)
        body.setContentsMargins(14, 9, 8, 9)
        self.setLayout(body)

    def show_customer(self, hint: CustomerHint, now: datetime) -> None:
        """Show who it is and whose."""
        self._name.setText(hint.name or hint.phone)
        self._about.say(about(hint, now))
        words, tone = whose(hint, now.date())
        self._whose.say(words, tone if tone in ("warning", "danger", "muted") else "")


def grouped_phone(text: str) -> str:
    """Write the digits of a mobile as it is read aloud: 138 0013 5521; anything else stays."""
    digits = text.replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or not digits.startswith("1") or len(digits) > 11:
        return text if " " not in text or not _PHONE.fullmatch(text) or len(digits) <= 11 else digits
    return " ".join(part for part in (digits[:3], digits[3:7], digits[7:]) if part)


def hint_line(hint: CustomerHint, now: datetime) -> Line:
    """Write a hint: who, when last seen, and whose."""
    words, tone = whose(hint, now.date())
    ground = "warning" if hint.is_protected(now.date()) else ""
    return Line(hint.id, hint.name or hint.phone, detail=about(hint, now), right=words, tone=tone, ground=ground)


def about(hint: CustomerHint, now: datetime) -> str:
    """Write phone, last contact and intent in one line."""
    seen = ""
    if hint.last_seen is not None:
        day = formats.day(hint.last_seen.astimezone(now.tzinfo).date(), now.date())
        last = f"{contact_words(hint.last_kind)} {day}".strip()
        seen = tr("last: {when}", when=last)
    level = tr("intent {level}", level=hint.level.split(" ")[0]) if hint.level else ""
    return " · ".join(part for part in (hint.phone if hint.name else "", seen, level) if part)


def whose(hint: CustomerHint, today: date) -> tuple[str, str]:
    """Say whose a customer is and until when, with its tone."""
    if not hint.owner_name:
        return tr("nobody's yet"), "muted"
    if hint.is_protected(today):
        until = formats.day(hint.protected_until, today)
        return tr("{owner}'s customer, protected until {until}", owner=hint.owner_name, until=until), "warning"
    return tr("{owner} · protection is over", owner=hint.owner_name), "muted"
