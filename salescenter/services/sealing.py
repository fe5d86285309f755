"""Sealing the history: rows that are settled are hashed in short blocks, each chained to the one before.

It runs beside the deeds and none waits for it: once a minute at every desk, at the day's close, and before each backup.
Whoever is logged in, the program does it: it is no step of a person.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from salescenter.data import sealing
from salescenter.data.types import moment_of
from salescenter.data.weather import weather
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.seals import Flaw, FlawKind, code, code_begins
from salescenter.i18n import mark, tr
from salescenter.services.work import Desk

LAW = mark("the history is as it was sealed")


@dataclass(frozen=True, slots=True)
class SealState:
    """How far the history is sealed. begins: the moment of its first row; until: when the last block was sealed, None
    where nothing is; rows: in how many rows; waiting: the newest rows, not sealed yet; block and code: of the last one.
    """

    begins: datetime | None
    until: datetime | None
    rows: int
    waiting: int
    block: int
    code: str


@dataclass(frozen=True, slots=True)
class KnownSeal:
    """The block a code on paper stands for."""

    block: int
    at: datetime


def seal(desk: Desk, now: datetime) -> int:
    """Seal what is settled and not sealed yet; returns how many rows. A desk that is at it already is left to it."""
    whole = 0
    while done := _seal_some(desk, now):
        whole += done
    return whole


def seal_if_it_can_be(desk: Desk, now: datetime) -> str:
    """Seal within something that must be done whether this can be or not; returns the last code, "" where it cannot."""
    with suppress(Weather, Refusal):
        seal(desk, now)
        return state(desk).code
    return ""


def _seal_some(desk: Desk, now: datetime) -> int:
    if desk.engine.dialect.name != "sqlite":
        with weather(desk.engine), desk.engine.connect() as line:
            return sealing.seal_on_server(line.execution_options(isolation_level="AUTOCOMMIT"))
    with desk.reading() as connection:
        blocks = sealing.next_blocks(connection, now)
    if not blocks:
        return 0
    with weather(desk.engine), desk.engine.connect().execution_options(writes=True) as line, line.begin():
        return sum(block.count for block in blocks) if sealing.add(line, blocks) else 0


def state(desk: Desk) -> SealState:
    """Say since when and until when the history is sealed."""
    with desk.reading() as connection:
        begins, rows, waiting = sealing.span(connection)
        last = sealing.last_block(connection)
    if last is None:
        return SealState(None, None, 0, waiting, 0, "")
    return SealState(begins, moment_of(last.at), rows, waiting, last.number, code(last.hash))


def known(desk: Desk, written: str) -> KnownSeal | None:
    """Find the block whose code stands on a paper, None where this history never had it."""
    if not (said := code_begins(written)):
        return None
    with desk.reading() as connection:
        found = sealing.begins_with(connection, said)
    return KnownSeal(found.number, moment_of(found.at)) if found else None


def torn(connection: Connection, most: int) -> list[str]:
    """Hash all that was sealed again; returns in words what is not as it was, at most so many."""
    found = []
    for flaw, told in sealing.flaws(connection):
        found.append(_words(flaw, told))
        if len(found) == most:
            break
    return found


_WORDS = {
    FlawKind.CHANGED: mark("row {number} of {day} was changed after it was sealed"),
    FlawKind.MOVED: mark("row {number} of {day} says what row {other} said when it was sealed"),
    FlawKind.MISSING: mark("row {number} is missing; it was sealed on {sealed}"),
    FlawKind.ADDED: mark("row {number} of {day} was put in among rows sealed on {sealed}"),
    FlawKind.BLOCK_CHANGED: mark("seal {number} of {sealed} was changed"),
    FlawKind.BLOCK_MISSING: mark("seal {number} is missing; the next one is of {sealed}"),
}


def _words(flaw: Flaw, told: Any) -> str:
    days = {"sealed": _day(flaw.at), "day": _day(flaw.at if told is None else told)}
    return tr(_WORDS[flaw.kind], number=flaw.number, other=flaw.other, **days)


def _day(at: Any) -> str:
    """The day of a moment that somebody may have written over."""
    try:
        return f"{moment_of(int(at)):%Y-%m-%d}"
    except (ValueError, OverflowError, OSError):
        return f"{at}"
