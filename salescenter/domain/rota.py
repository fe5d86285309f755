"""Whose turn it is to receive the next new customer (轮排): a pure fold over what happened today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from typing import Any

Who = int | str
Owes = tuple[tuple[int, int], ...]
"""Turns owed to somebody (补接), each with its rank, the first to be made up for first."""


class RotaKind(StrEnum):
    """Visitors and callers have a rota each."""

    VISIT = "visit"  # 来访
    CALL = "call"    # 来电


class Away(StrEnum):
    """Why somebody is not at the desk; the first five are made up for (可补接) unless the house says otherwise."""

    LUNCH = "lunch"        # 用餐
    TOILET = "toilet"      # 洗手间
    ERRAND = "errand"      # 公司公干
    SURVEY = "survey"      # 市调
    FAIR = "fair"          # 外展
    LEAVE = "leave"        # 请假
    DAY_OFF = "day-off"    # 休息
    PRIVATE = "private"    # 私事


class Happening(StrEnum):
    """What may happen to somebody on the rota."""

    SIGN_IN = "sign-in"    # 签到
    SIGN_OUT = "sign-out"  # 签退
    AWAY = "away"          # 离岗, with a reason
    BACK = "back"          # 返岗
    NEW = "new"            # received a new customer: the turn is used
    OLD = "old"            # received an old customer of their own: the turn is kept
    PEER = "peer"          # received a competitor, surveyor or agent (踩盘): the turn is kept
    HELPED = "helped"      # received another's customer (义务接待): a make-up turn, before all others
    DONE = "done"          # the customer has gone
    SKIPPED = "skipped"    # called and not there (轮空): the turn is lost
    FAULT = "fault"        # did not ask "is it your first visit?": the coming turn is lost
    GRANTED = "granted"    # the manager grants a make-up turn (补接)


class Status(StrEnum):
    """What somebody is doing; only the free may be called."""

    FREE = "free"
    SERVING = "serving"
    AWAY = "away"
    OFF = "off"


class Order(StrEnum):
    """How the day's order is made."""

    SIGN_IN = "sign-in"
    FEWEST_NEW = "fewest-new"  # fewest new customers received so far


@dataclass(frozen=True, slots=True)
class RotaRule:
    """The house's rota: its order, which absences are made up for, when a reception counts as over.

    Without `busy_minutes` a reception ends only when the customer is seen to go.
    """

    order: Order = Order.SIGN_IN
    made_up: frozenset[Away] = frozenset({Away.LUNCH, Away.TOILET, Away.ERRAND, Away.SURVEY, Away.FAIR})
    busy_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class RotaEvent:
    """One thing that happened; `kind` tells whose rota a customer belongs to, and is ignored for presence.

    `late` belongs to a sign-in. A customer before or after hours does not count (`counts` False).
    """

    at: datetime
    who: Who
    what: Happening
    kind: RotaKind = RotaKind.VISIT
    away: Away | None = None
    late: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True)
class RotaEntry:
    """One person on the rota.

    `owes` ranks each turn owed to them (a help comes before other make-ups, then the earlier one);
    `passes` is how many coming turns they have used up or lost beforehand; `taken` counts new customers.
    """

    who: Who
    serving: tuple[datetime, ...] = ()
    away: Away | None = None
    off: bool = False
    owes: Owes = ()
    passes: int = 0
    taken: int = 0

    @property
    def owed(self) -> int:
        """How many make-up turns (补接) are owed to this person."""
        return len(self.owes)

    @property
    def status(self) -> Status:
        """What this person is doing."""
        if self.off:
            return Status.OFF
        if self.away:
            return Status.AWAY
        return Status.SERVING if self.serving else Status.FREE


@dataclass(frozen=True, slots=True)
class RotaBoard:
    """The rota as it stands: people in today's order, and the place whose regular turn it is."""

    kind: RotaKind
    entries: tuple[RotaEntry, ...] = ()
    turn: int = 0
    seen: int = 0  # how many events were folded in; ranks the turns owed

    def place(self, who: Who) -> int | None:
        """Return somebody's place in today's order, or None where they did not sign in."""
        return next((n for n, entry in enumerate(self.entries) if entry.who == who), None)

    def round(self) -> tuple[RotaEntry, ...]:
        """Return everybody from the one whose regular turn it is."""
        return self.entries[self.turn:] + self.entries[: self.turn]


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier days leave to a day: new customers each has received so far, and turns still owed (补接)."""

    received: Mapping[Any, int] = field(default_factory=dict)
    owed: Mapping[Any, Owes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Day:
    """What a fold needs beside the events."""

    rule: RotaRule
    before: Before


def rota(events: Iterable[RotaEvent], kind: RotaKind = RotaKind.VISIT, rule: RotaRule | None = None,
         now: datetime | None = None, before: Before | None = None) -> RotaBoard:
    """Fold a day's events, in their order, into the rota of visitors or of callers.

    `now` lets receptions end that began `busy_minutes` ago. People who did not sign in are ignored.
    """
    day = _Day(rule or RotaRule(), before or Before())
    board = reduce(lambda board, event: _step(board, event, day), events, RotaBoard(kind))
    return board if now is None else _ended(board, now, day.rule)


def left_owed(board: RotaBoard, before: Before) -> dict[Any, Owes]:
    """Return the turns owed when a day is over, also to who was not there; the older come before the younger."""
    owed = {**before.owed, **{entry.who: entry.owes for entry in board.entries}}
    return {who: tuple((rank, at - board.seen - 1) for rank, at in owes) for who, owes in owed.items() if owes}


def next_up(board: RotaBoard) -> RotaEntry | None:
    """Return who receives the next new customer: a make-up turn first; None when nobody is free."""
    return next(iter(upcoming(board)), None)


def upcoming(board: RotaBoard) -> tuple[RotaEntry, ...]:
    """Return everybody who is free, in the order in which they would be called if nothing changed."""
    free = [entry for entry in board.round() if entry.status is Status.FREE]
    owed = sorted((entry for entry in free if entry.owes), key=lambda entry: entry.owes[0])
    return (*owed, *sorted((entry for entry in free if not entry.owes), key=lambda entry: entry.passes))


def _step(board: RotaBoard, event: RotaEvent, day: _Day) -> RotaBoard:
    board = replace(_ended(board, event.at, day.rule), seen=board.seen + 1)
    if event.what is Happening.SIGN_IN:
        return _signed_in(board, event, day)
    if board.place(event.who) is None:
        return board
    if event.what in _PRESENCE:
        return _changed(board, event.who, _PRESENCE[event.what](board.entries[_sure(board, event.who)], event))
    if event.kind is board.kind and event.counts and event.what in _TURNS:
        board = _TURNS[event.what](board, event, day)
    if event.kind is RotaKind.VISIT and event.what in _RECEIVED:
        entry = board.entries[_sure(board, event.who)]
        board = _changed(board, event.who, replace(entry, serving=(*entry.serving, event.at)))
    return board


def _sure(board: RotaBoard, who: Who) -> int:
    return [entry.who for entry in board.entries].index(who)


def _changed(board: RotaBoard, who: Who, entry: RotaEntry) -> RotaBoard:
    return replace(board, entries=tuple(entry if e.who == who else e for e in board.entries))


def _ended(board: RotaBoard, now: datetime, rule: RotaRule) -> RotaBoard:
    """End the receptions that have lasted long enough."""
    if rule.busy_minutes is None:
        return board
    oldest = now - timedelta(minutes=rule.busy_minutes)
    return replace(board, entries=tuple(
        replace(entry, serving=tuple(begun for begun in entry.serving if begun > oldest)) for entry in board.entries
    ))


def _signed_in(board: RotaBoard, event: RotaEvent, day: _Day) -> RotaBoard:
    if (place := board.place(event.who)) is not None:  # back after signing out: the place is kept
        return _changed(board, event.who, replace(board.entries[place], off=False, away=None))
    entries = (*board.entries, RotaEntry(event.who, owes=day.before.owed.get(event.who, ())))
    begun = board.turn or any(entry.taken or entry.passes for entry in entries)
    if day.rule.order is Order.FEWEST_NEW and not event.late and not begun:
        entries = tuple(sorted(entries, key=lambda entry: day.before.received.get(entry.who, 0)))
    return replace(board, entries=entries)


_PRESENCE: dict[Happening, Callable[[RotaEntry, RotaEvent], RotaEntry]] = {
    Happening.SIGN_OUT: lambda entry, event: replace(entry, off=True, away=None, serving=()),
    Happening.AWAY: lambda entry, event: replace(entry, away=event.away or Away.PRIVATE),
    Happening.BACK: lambda entry, event: replace(entry, away=None),
    Happening.DONE: lambda entry, event: replace(entry, serving=entry.serving[1:]),
}

_RECEIVED = frozenset({Happening.NEW, Happening.OLD, Happening.PEER, Happening.HELPED})


def _new(board: RotaBoard, event: RotaEvent, day: _Day) -> RotaBoard:
    board = _used(board, event, day)
    entry = board.entries[_sure(board, event.who)]
    return _changed(board, event.who, replace(entry, taken=entry.taken + 1))


def _used(board: RotaBoard, event: RotaEvent, day: _Day) -> RotaBoard:
    """Use up a turn: one that is owed first, else the regular one, else one that is still to come."""
    entry = board.entries[_sure(board, event.who)]
    if entry.owes:
        return _changed(board, event.who, replace(entry, owes=entry.owes[1:]))
    round_ = board.round()
    before = round_[: [e.who for e in round_].index(event.who)]
    if any(e.status is Status.FREE and not e.passes for e in before):
        return _passed_once_more(board, event, day)
    passed = {e.who: _passed(e, (1, board.seen), day.rule) for e in before}
    turn = (_sure(board, event.who) + 1) % len(board.entries)
    return replace(board, turn=turn, entries=tuple(passed.get(e.who, e) for e in board.entries))


def _passed(entry: RotaEntry, rank: tuple[int, int], rule: RotaRule) -> RotaEntry:
    """Pass over somebody whose turn came: owed where they were busy for the house, lost otherwise."""
    if entry.passes:
        return replace(entry, passes=entry.passes - 1)
    if entry.status is Status.SERVING or (entry.status is Status.AWAY and entry.away in rule.made_up):
        return replace(entry, owes=tuple(sorted((*entry.owes, rank))))
    return entry


def _passed_once_more(board: RotaBoard, event: RotaEvent, day: _Day) -> RotaBoard:
    entry = board.entries[_sure(board, event.who)]
    return _changed(board, event.who, replace(entry, passes=entry.passes + 1))


def _owed(rank: int) -> Callable[[RotaBoard, RotaEvent, _Day], RotaBoard]:
    def owe(board: RotaBoard, event: RotaEvent, day: _Day) -> RotaBoard:
        entry = board.entries[_sure(board, event.who)]
        return _changed(board, event.who, replace(entry, owes=tuple(sorted((*entry.owes, (rank, board.seen))))))
    return owe


_TURNS: dict[Happening, Callable[[RotaBoard, RotaEvent, _Day], RotaBoard]] = {
    Happening.NEW: _new,
    Happening.SKIPPED: _used,
    Happening.FAULT: _passed_once_more,
    Happening.HELPED: _owed(0),
    Happening.GRANTED: _owed(1),
}
