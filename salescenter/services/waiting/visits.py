"""A visit that waits on this PC for its server, and how it is written down there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from salescenter.domain.waiting import Choice
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import VisitRequest

VERSION = 1
"""Of the file; a later program reads all earlier ones."""


@dataclass(frozen=True, slots=True)
class WaitingVisit:
    """One visit or call taken while the server was away.

    at: when it truly happened; server: the address without anybody's account; project: its name; taker: who registered
    it, an id; `asked.consultant` is always somebody; consultant_name: as last known; by_hand: they were chosen from the
    rota's list, nobody asked for them; settled: what a person decided about its conflicts.
    """

    at: datetime
    server: str
    project: str
    taker: int
    taker_name: str
    asked: VisitRequest
    consultant_name: str = ""
    by_hand: bool = False
    settled: tuple[Choice, ...] = field(default=())

    @property
    def key(self) -> str:
        """The key of the press of the button, which no server answers twice."""
        return self.asked.key

    def decided(self, choice: Choice) -> WaitingVisit:
        """Return it with one more decision."""
        return self if choice in self.settled else replace(self, settled=(*self.settled, choice))


def written(visit: WaitingVisit) -> bytes:
    """Write a visit as the file's JSON."""
    plain = asdict(visit) | {"version": VERSION}
    return json.dumps(plain, ensure_ascii=False, default=_plain).encode()


def read(data: bytes) -> WaitingVisit:
    """Read what `written` wrote; ValueError, KeyError or TypeError where the file is not one of ours."""
    plain = json.loads(data)
    if plain.pop("version") > VERSION:
        raise ValueError("written by a later program")
    plain["settled"] = tuple(Choice(one) for one in plain["settled"])
    return WaitingVisit(**plain | {"at": datetime.fromisoformat(plain["at"]), "asked": _asked(plain["asked"])})


def _plain(value: object) -> str:
    if isinstance(value, date):  # a moment is a date, too
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _asked(plain: dict[str, Any]) -> VisitRequest:
    due = plain["follow_up"]
    return VisitRequest(**plain | {
        "kind": Contact(plain["kind"]),
        "facts": _facts(plain["facts"]),
        "companions": tuple(_facts(one) for one in plain["companions"]),
        "answers": tuple((name, tuple(said)) for name, said in plain["answers"]),
        "follow_up": date.fromisoformat(due) if due else None,
        "meanwhile": None,
    })


def _facts(plain: dict[str, Any]) -> CustomerFacts:
    birth = plain["birth"]
    return CustomerFacts(
        **plain | {"phones": tuple(plain["phones"]), "birth": date.fromisoformat(birth) if birth else None}
    )
