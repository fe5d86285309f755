"""What one user of one PC prefers, and what the log-in page shows before any database is open."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from salescenter.domain.server_address import without_password

FILE = "preferences.json"


class Preferences(NamedTuple):  # cheaper to define than a dataclass: the log-in page waits for it
    """language: "zh_CN" or "en", "" for the system's. cells: CellTheme value; edited: state number -> ground.

    database: path or URL opened last, "" before the first; project: its name; people: (login, name, role) for
    the log-in page; login: who was in last; window: where the window stood, as Qt writes it.
    """

    language: str = ""
    dark: bool = False
    cells: str = "trade"
    edited: Mapping[str, str] = MappingProxyType({})
    database: str = ""
    project: str = ""
    people: tuple[tuple[str, str, str], ...] = ()
    login: str = ""
    window: str = ""


def load(folder: Path) -> Preferences:
    """Read the preferences; a missing or damaged file gives the usual ones."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        known = {name: found[name] for name in Preferences._fields if name in found}
        known["people"] = tuple(tuple(map(str, one)) for one in known.get("people", ()))
        return Preferences(**known)
    except (OSError, ValueError, TypeError):
        return Preferences()


def save(folder: Path, preferences: Preferences) -> None:
    """Write the preferences, whole or not at all, and no password; raises OSError where the folder is closed."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.new"
    plain = preferences._asdict() | {"edited": dict(preferences.edited)}
    plain["database"] = without_password(preferences.database)
    fresh.write_text(json.dumps(plain, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(folder / FILE)


def closed(folder: Path, preferences: Preferences) -> str:
    """Say what keeps the folder of preferences and drafts from being written; "" where nothing does."""
    if (folder / FILE).exists() and os.access(folder, os.W_OK):
        return ""
    try:
        save(folder, preferences)
    except OSError as trouble:
        return trouble.strerror or type(trouble).__name__
    return ""
