"""The shelf: one file for each waiting visit in the user's folder, whole or not at all, for nobody else to read."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from salescenter.data.engine import plain
from salescenter.domain.refusals import CannotWrite
from salescenter.domain.waiting import Choice
from salescenter.services.printable import check_request, composed
from salescenter.services.waiting.visits import WaitingVisit, read, written
from salescenter.services.work import Desk

log = logging.getLogger(__name__)

FOLDER = "waiting"
"""In the user's data folder."""

_ENDING = ".visit.json"
_KNOWN = "known.json"

_CRUMB = 600
"""Seconds after which what stands beside a file's place was left by a program that is no more: a writing takes none."""


@dataclass(frozen=True, slots=True)
class KnownReception:
    """What a desk last knew of its reception: the house's words, its consultants, what the form must hold.

    No customer is in it. words: dictionary -> words; people: id and name; required: kind of contact -> fields.
    """

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: tuple[tuple[int, str], ...] = ()
    required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The waiting visits of one project; `server` is the address this PC works with now."""

    folder: Path
    server: str
    project: str

    def put(self, visit: WaitingVisit) -> None:
        """Write a visit down so that neither kill nor power cut takes it back; raises CannotWrite where it cannot be.

        The same key again replaces what was written under it. Refuses (NoGlyph) a name that no paper prints: its slip
        is due at once, and the house would refuse it when whoever came has left.
        """
        visit = replace(visit, asked=composed(visit.asked))
        check_request(visit.asked)
        self._write(f"{visit.key}{_ENDING}", written(visit))

    def waiting(self) -> tuple[WaitingVisit, ...]:
        """Return this project's visits, whoever took them, in the order they happened."""
        found = [visit for visit in self._all() if visit.project == self.project]
        return tuple(sorted(found, key=lambda visit: (visit.at, visit.key)))

    def unreadable(self) -> tuple[Path, ...]:
        """Return the files that hold a visit nobody can read: damaged, or written by a later program."""
        return tuple(file for file, visit in self._files() if visit is None)

    def settle(self, visit: WaitingVisit, choice: Choice) -> None:
        """Write down what a person decided about a visit."""
        self.put(visit.decided(choice))

    def drop(self, key: str) -> None:
        """Forget a visit that is on record in the house; one that stays would go in again with its key, for nothing."""
        with suppress(CannotWrite):
            self.forget(key)

    def forget(self, key: str) -> None:
        """Forget a visit because somebody decided against it; raises CannotWrite where it stays."""
        file = self.folder / f"{key}{_ENDING}"
        try:
            file.unlink(missing_ok=True)
            _settle(self.folder)
        except OSError as trouble:
            raise CannotWrite(path=str(file), why=trouble.strerror or "") from trouble

    def know(self, known: KnownReception) -> None:
        """Remember what the form needs, should the server be away the next time; no harm where it cannot be written."""
        if known != self.known():
            told = {"words": known.words, "people": known.people, "required": known.required, "consent": known.consent}
            with suppress(CannotWrite):
                self._write(self._known_file(), json.dumps(told, ensure_ascii=False).encode())

    def known(self) -> KnownReception:
        """Return what was remembered; empty where nothing was."""
        try:
            told = json.loads((self.folder / self._known_file()).read_bytes())
            people = tuple((int(number), str(name)) for number, name in told["people"])
            return KnownReception(_lists(told["words"]), people, _lists(told["required"]), str(told["consent"]))
        except (OSError, ValueError, KeyError, TypeError):
            return KnownReception()

    def _known_file(self) -> str:
        return f"{self.project.encode().hex()[:40]}.{_KNOWN}"

    def sweep(self, moment: float) -> None:
        """Take away what a program that was killed as it wrote left behind; nobody was told that it is kept.

        moment: now, in seconds since 1970.
        """
        for crumb in self.folder.glob(f".*{_ENDING}.*"):
            with suppress(OSError):  # gone meanwhile, or held by somebody
                if moment - crumb.stat().st_mtime > _CRUMB:
                    crumb.unlink()

    def _all(self) -> Iterator[WaitingVisit]:
        return (visit for _, visit in self._files() if visit is not None)

    def _files(self) -> Iterator[tuple[Path, WaitingVisit | None]]:
        for file in sorted(self.folder.glob(f"*{_ENDING}")):
            try:
                yield file, read(file.read_bytes())
            except FileNotFoundError:
                continue  # another window of this PC has just brought it in
            except (OSError, ValueError, KeyError, TypeError) as trouble:
                log.warning("a waiting visit cannot be read and stays where it is: %s", type(trouble).__name__)
                yield file, None

    def _write(self, name: str, data: bytes) -> None:
        """Write beside the place, to the disk itself, and only then into the place."""
        file, fresh = self.folder / name, self.folder / f".{name}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(fresh, "wb", opener=_for_me_alone) as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(file)
            _settle(self.folder)
        except OSError as trouble:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise CannotWrite(path=str(file), why=trouble.strerror or "") from trouble


def shelf_of(desk: Desk, data_folder: Path, project: str) -> Shelf | None:
    """Return the shelf of a desk on a server; a house in a file of this PC is never away and has none."""
    if desk.engine.dialect.name == "sqlite":
        return None
    return Shelf(data_folder / FOLDER, plain(desk.engine.url, account=False), project)


def _for_me_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _settle(folder: Path) -> None:
    """Let the folder's own change reach the disk, on systems where a folder can be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lists(told: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {str(name): tuple(map(str, said)) for name, said in told.items()}
