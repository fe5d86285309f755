"""The distribution list (份数分配): for whom the house prints a copy of each kind of paper, from a day on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.refusals import OutOfBounds
from salescenter.services import settings
from salescenter.services.settings import SettingKept, SettingRequest
from salescenter.services.work import Desk

NAME = "paper-copies"
"""The setting that holds the lists of all kinds, in force from a day."""

MOST = 12
"""Copies of one paper at most."""


def recipients(desk: Desk, kind: str, day: date) -> tuple[str, ...]:
    """Return for whom a kind of paper is printed on a day; empty is one copy for nobody in particular."""
    return lists(desk, day).get(kind, ())


def lists(desk: Desk, day: date) -> dict[str, tuple[str, ...]]:
    """Return every list in force on a day, by kind of paper."""
    found: Mapping[str, Any] = settings.in_force(desk, day, (NAME,)).get(NAME) or {}
    return {kind: tuple(map(str, names)) for kind, names in found.items()}


def keep(desk: Desk, kind: PaperKind, names: Sequence[str], now: datetime, key: str = "") -> SettingKept:
    """Keep the list of a kind from today on; the others stay. Refuses more copies than anybody signs."""
    asked = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    if len(asked) > MOST:
        raise OutOfBounds(field="copies", value=len(asked), least=0, most=MOST)
    today = now.date()
    after = {one: list(said) for one, said in lists(desk, today).items() if one != kind.value}
    if asked:
        after[kind.value] = list(asked)
    return settings.change(desk, SettingRequest(NAME, after, today, key), now)
