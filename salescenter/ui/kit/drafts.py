"""Half-filled forms kept in the user's data folder, so that a crash or a power cut loses nothing typed."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from salescenter.domain.staff import NOBODY

log = logging.getLogger(__name__)


class Drafts:
    """One small JSON file for each half-filled form, replaced whole at every keep."""

    def __init__(self, folder: Path, of_pc: Path | None = None) -> None:
        self._folder, self._of_pc = folder, of_pc if of_pc is not None else folder / "pc"

    def of_this_pc(self) -> Drafts:
        """Return what is remembered here for whoever works at this PC, as how its printers are put right."""
        return Drafts(self._of_pc, self._of_pc)

    def beside(self, name: str) -> Path:
        """Return the place of a file that stands among these drafts."""
        return self._folder / name

    def keep(self, key: str, values: Mapping[str, object]) -> None:
        """Remember what stands in a form; values are plain JSON. A full disk never stops the typing."""
        file = self._file(key)
        fresh = file.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(dict(values), ensure_ascii=False), encoding="utf-8")
            fresh.replace(file)
        except OSError as trouble:
            log.warning("draft not kept: %s", trouble)

    def recall(self, key: str) -> dict[str, object]:
        """Return what was kept under this key; empty where nothing was, or where the file is damaged."""
        try:
            found = json.loads(self._file(key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def drop(self, key: str) -> None:
        """Forget a draft: its form was finished."""
        try:
            self._file(key).unlink(missing_ok=True)
        except OSError as trouble:
            log.warning("draft not dropped: %s", trouble)

    def _file(self, key: str) -> Path:
        return self._folder / f"{quote(key, safe='')}.json"


def of(folder: Path, database: str, person: int) -> Drafts:
    """Return one person's drafts for one database, in the user's data folder.

    Whoever logs in takes over what was typed here before anybody could, except where they have a draft of their own.
    """
    house = folder / "drafts" / quote(Path(database).name, safe="")
    if person != NOBODY:
        _take_over(house / str(NOBODY), house / str(person))
    return Drafts(house / str(person), house / "pc")


def _take_over(left: Path, mine: Path) -> None:
    try:
        for file in left.glob("*.json"):
            if not (mine / file.name).exists():
                mine.mkdir(parents=True, exist_ok=True)
                file.replace(mine / file.name)
    except OSError as trouble:
        log.warning("drafts not taken over: %s", trouble)
