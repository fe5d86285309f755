"""Reception on its own: what it does while the server is away, with what this PC still knows."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from salescenter.domain.rota import Status
from salescenter.domain.waiting import Choice
from salescenter.services.reception_rules import ROTAS, ReceptionRules
from salescenter.services.rota import CONSULTANTS, RotaView
from salescenter.services.visits import VisitRequest
from salescenter.services.waiting.merging import Brought, Open
from salescenter.services.waiting.shelf import KnownReception
from salescenter.services.waiting.visits import WaitingVisit
from salescenter.ui.kit.homecoming import words_of
from salescenter.ui.kit.room import Room


class Meanwhile(QObject):
    """Keeps visits on the shelf of this PC; without a shelf (a house in a file here) it never has anything to do."""

    turned = Signal()   # the server went away, or is back
    changed = Signal()  # other visits wait, or others are open

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._shelf = room, room.waiting
        self._open: dict[str, Open] = {}
        self.said = ""  # of what was brought in last
        self._in_vain: VisitRequest | None = None  # sent, and nobody knows whether it arrived
        if self._shelf is not None:
            room.bulletin.away.connect(lambda _: self.turned.emit())
            room.bulletin.brought.connect(self._brought)

    @property
    def since(self) -> datetime | None:
        """The moment the server was last heard, where it is away and visits are kept here."""
        return self._room.bulletin.away_since if self._shelf is not None else None

    # --- what the form needs

    def remember(self, words: dict[str, tuple[str, ...]], people: Sequence[tuple[int, str]], rules: ReceptionRules
                 ) -> None:
        """Keep on this PC what the form needs, for the next time the server is away."""
        if self._shelf is not None:
            required = {kind.value: tuple(fields) for kind, fields in rules.required.items()}
            self._shelf.know(KnownReception(words, tuple(people), required, rules.consent))

    def known(self) -> KnownReception:
        """Return what was remembered."""
        return self._shelf.known() if self._shelf is not None else KnownReception()

    # --- what waits

    def waiting(self) -> tuple[WaitingVisit, ...]:
        """Return the visits that wait on this PC, in the order they happened."""
        return self._shelf.waiting() if self._shelf is not None else ()

    def open(self) -> tuple[Open, ...]:
        """Return those among them that a person must decide about."""
        return tuple(self._open[one.key] for one in self.waiting() if one.key in self._open)

    def unreadable(self) -> tuple[Path, ...]:
        """Return the files of this PC that hold a visit nobody can read."""
        return self._shelf.unreadable() if self._shelf is not None else ()

    def sent_in_vain(self, asked: VisitRequest) -> None:
        """Remember what was sent when the line broke: kept here, it goes in under the same key."""
        self._in_vain = asked

    def keep(self, asked: VisitRequest, consultant_name: str, *, by_hand: bool) -> WaitingVisit:
        """Write a visit down on this PC; raises CannotWrite where it cannot be."""
        assert self._shelf is not None
        me = self._room.desk.who
        kept = replace(asked, key=self._key(asked))
        one = WaitingVisit(self._room.now(), self._shelf.server, self._shelf.project, me.id, me.name, kept,
                           consultant_name, by_hand)
        self._shelf.put(one)
        self._in_vain = None
        self.changed.emit()
        return one

    def settle(self, one: Open, choice: Choice) -> None:
        """Write down a decision and try at once whether the visit goes in."""
        assert self._shelf is not None
        self._shelf.settle(one.visit, choice)
        self._room.bulletin.settled.emit()

    def forget(self, key: str) -> None:
        """Throw a visit away that the house refuses, because a person says so; raises CannotWrite where it stays."""
        assert self._shelf is not None
        self._shelf.forget(key)
        self._open.pop(key, None)
        self.changed.emit()

    def _key(self, asked: VisitRequest) -> str:
        """The key it was sent with, if the very same visit was sent: the server may have it already."""
        sent = self._in_vain
        same = sent is not None and replace(sent, key="", consultant=None) == replace(asked, key="", consultant=None)
        return sent.key if sent is not None and same else asked.key or uuid.uuid4().hex

    def _brought(self, brought: Brought) -> None:
        self._open, self.said = {one.visit.key: one for one in brought.open}, words_of(brought)
        self.changed.emit()

    # --- who receives

    def receives(self, asked: VisitRequest, owner: int) -> int:
        """Say who receives where nobody was chosen: the known customer's own consultant, or who is calling out."""
        if asked.consultant or owner:
            return asked.consultant or owner
        me = self._room.desk.who
        return me.id if asked.kind not in ROTAS and me.role in CONSULTANTS else 0

    def board(self, view: RotaView) -> RotaView:
        """Return the rota as last known, with who was given a visitor here since behind those who were not."""
        given = {one.asked.consultant: one.at for one in self.waiting()
                 if ROTAS.get(one.asked.kind) is view.kind and one.at.date() == view.day and not one.asked.peer}
        free = [line for line in view.lines if line.person not in given]
        busy = [replace(line, place=0, status=Status.SERVING, since=given[line.person])
                for line in view.lines if line.person in given]
        placed = sorted((line for line in free if line.place), key=lambda line: line.place)
        places = {line.person: at for at, line in enumerate(placed, 1)}
        return replace(view, lines=(*(replace(line, place=places.get(line.person, 0)) for line in free), *busy))


