"""Random histories of a small house through its public deeds, with crashes injected at every statement.

`python -m tests.services.histories COUNT [FIRST] [--processes N]` lives so many of them on SQLite and says which broke
a law, lost what was acknowledged, or left a trace of what was refused. A seed is one history and always the same.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, event, select, text

from salescenter.data.payments import receipt
from salescenter.data.tables import metadata
from salescenter.domain.errors import Refusal
from salescenter.domain.led_out import LOG_IN_AGAIN
from salescenter.services.house import House, open_house
from tests.houses import Estate, at_home, found
from tests.services.home_first import ahead_of_its_home
from tests.services.urges import URGES, Press, Urge

BATCH = 50
"""After so many histories it is told how far it is, and which went wrong."""

LED_OUT = {kind.code for kind in LOG_IN_AGAIN}

DEEDS = 30
"""So many presses make a history."""

STATEMENTS = {"sqlite": 60, "postgresql": 16}
"""So many statements the crashes of a history are spread over; a server is told most things in one message."""

PAUSES = (1, 60, 3600, 3600, 40_000, 200_000)
"""Seconds that may pass from one press to the next."""


class Pulled(Exception):  # noqa: N818
    """The plug was pulled."""


@dataclass
class Ambush:
    """Where the next crash waits: before a statement (0, 1, 2, ...), before the commit (-1), nowhere (None)."""

    at: int | None = None
    done: int = 0

    def lie(self, at: int | None) -> None:
        self.at, self.done = at, 0

    def statement(self, *about: Any) -> None:
        if about[2] == "COMMIT":  # a server's, which takes along what waits
            self.commit()
        if self.at == self.done:
            self.at = None
            raise Pulled
        self.done += 1

    def commit(self, *_: Any) -> None:
        if self.at == -1:
            self.at = None
            raise Pulled


AMBUSHES: dict[int, Ambush] = {}


def ambush(engine: Engine) -> Ambush:
    """The one ambush of an engine."""
    if id(engine) not in AMBUSHES:
        AMBUSHES[id(engine)] = found_ = Ambush()
        event.listen(engine, "before_cursor_execute", found_.statement)
        event.listen(engine, "commit", found_.commit)
    return AMBUSHES[id(engine)]


class Witness:
    """Sees whether anything at all was written since it looked last; revision counters aside."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._raw = sqlite3.connect(str(engine.url.database)) if engine.dialect.name == "sqlite" else None
        self._seen = self._look()

    def close(self) -> None:
        if self._raw is not None:
            self._raw.close()

    def something_changed(self) -> bool:
        now = self._look()
        changed, self._seen = now != self._seen, now
        return changed

    def _look(self) -> object:
        if self._raw is not None:
            return self._raw.execute("PRAGMA data_version").fetchone()
        whole = hashlib.sha256()
        with self._engine.connect() as connection:
            for name in metadata.tables:
                rows = connection.execute(text(f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{name}" t'))
                whole.update(f"{name}{rows.scalar()}".encode())
        return whole.digest()


@dataclass
class Life:
    """One history: what was pressed, what was acknowledged, what went wrong."""

    estate: Estate
    rng: Random
    pauses: tuple[int, ...] = PAUSES
    acknowledged: list[tuple[Press, Any]] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    log: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def live(self, presses: int = DEEDS) -> None:
        """Press so many buttons, then look whether everything holds."""
        trap = ambush(self.estate.house.engine)
        with closing(Witness(self.estate.house.engine)) as witness:
            for number in range(presses):
                self.estate.later(seconds=self.rng.choice(self.pauses))
                urge = self._urge()
                press = urge.press(self.estate, self.rng, f"press-{number}")
                if press is not None:
                    self._do(press, trap, witness)
        trap.lie(None)
        self._look_back()

    def _urge(self) -> Urge:
        return self.rng.choices(URGES, [urge.weight for urge in URGES])[0]

    def _do(self, press: Press, trap: Ambush, witness: Witness) -> None:
        """Press once; where the plug was pulled, perhaps press again with the same key."""
        statement = self.rng.randrange(STATEMENTS[self.estate.house.engine.dialect.name])
        crash = self.rng.choice((None, None, None, -1, -2, statement))
        allowed = press.allowed()
        witness.something_changed()
        what, answer = self._tried(press, trap, crash)
        if what != "done" and witness.something_changed():
            self.wrong.append(f"{press.deed.step}: {what}, and yet something was written")
        if what in (LED_OUT if allowed else {"done"}):
            self.wrong.append(f"{press.deed.step}: {what}, {press.desk.who} is {'' if allowed else 'not '}on the list")
        self._note(press, what)
        if what == "done":
            self.acknowledged.append((press, answer))
            if ahead_of_its_home(self.estate, press.deed.step, press.request):
                self.wrong.append(f"{press.deed.step}: a space went ahead of its home")
        if (what == "done" and crash == -2) or (what == "crashed" and self.rng.random() < 0.5):
            self._press_again(press, answer)  # -2: after the commit, before the answer arrived

    def _tried(self, press: Press, trap: Ambush, crash: int | None) -> tuple[str, Any]:
        trap.lie(crash)
        try:
            return "done", press.do()
        except Pulled:
            return "crashed", None
        except Refusal as refusal:
            return refusal.code, None
        finally:
            trap.lie(None)

    def _press_again(self, press: Press, first: Any) -> None:
        try:
            answer = press.do()
        except Refusal as refusal:
            if first is not None:
                self.wrong.append(f"{press.deed.step}: done, then refused for the same key: {refusal}")
            self._note(press, f"again: {refusal.code}")
            return
        if first is not None and answer != first:
            self.wrong.append(f"{press.deed.step}: two answers to one key: {first} and {answer}")
        self._note(press, "again")
        if first is None:
            self.acknowledged.append((press, answer))

    def _note(self, press: Press, what: str) -> None:
        self.outcomes[f"{press.deed.step}: {what}"] += 1
        self.log.append(f"{self.estate.now:%m-%d %H:%M} {press.deed.step}: {what}")

    def _look_back(self) -> None:
        """Every law holds, and every answer given is still the answer."""
        self.wrong += [f"broken: {one.law}: {one.about}" for one in self.estate.broken()]
        for press, answer in self.acknowledged:
            self._press_again(press, answer)
        written = {row.id: (row.number, row.amount) for row in self.estate.all(select(receipt))}
        for _, answer in self.acknowledged:
            number = getattr(answer, "receipt_number", getattr(answer, "number", ""))
            if getattr(answer, "receipt", 0) and written.get(answer.receipt, ("",))[0] != number:
                self.wrong.append(f"acknowledged receipt lost: {answer}")


# --- many of them


@contextmanager
def stage(folder: Path) -> Iterator[tuple[House, Path]]:
    """A house whose file is put back to the beginning before each history; its engine stays warm."""
    model, path = folder / "model.db", folder / "house.db"
    found(model).house.close()
    shutil.copyfile(model, path)
    house = open_house(path)
    try:
        yield house, model
    finally:
        house.close()


def lived(house: House, model: Path, seed: int) -> Life:
    """Live one history from the beginning."""
    house.close()
    path = Path(str(house.url.database))
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    shutil.copyfile(model, path)
    life = Life(at_home(house), Random(seed))
    life.live()
    return life


def some(seeds: range) -> tuple[Counter[str], list[str]]:
    """Live several; returns what happened how often, and what went wrong with its seed."""
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    memory = Path("/dev/shm")
    place = tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)
    with place as folder, stage(Path(folder)) as (house, model):
        for seed in seeds:
            life = lived(house, model, seed)
            outcomes += life.outcomes
            wrong += [f"seed {seed}: {one}" for one in life.wrong]
    return outcomes, wrong


def main(words: list[str]) -> int:
    """Live as many as asked, in batches, and report."""
    reader = argparse.ArgumentParser(prog="python -m tests.services.histories", description="Live random histories.")
    reader.add_argument("count", type=int)
    reader.add_argument("first", type=int, nargs="?", default=0)
    reader.add_argument("--processes", type=int, default=1)
    asked = reader.parse_args(words)
    began, outcomes, wrong = time.monotonic(), Counter[str](), list[str]()
    last = asked.first + asked.count
    batches = [range(at, min(at + BATCH, last)) for at in range(asked.first, last, BATCH)]
    with ProcessPoolExecutor(asked.processes) as workers:
        for done, (seen, bad) in enumerate(workers.map(some, batches), 1):
            outcomes += seen
            wrong += bad
            print(f"{min(done * BATCH, asked.count)} of {asked.count}, {len(wrong)} wrong", *bad, sep="\n", flush=True)
    for what, times in sorted(outcomes.items()):
        print(f"{times:8}  {what}")
    print(f"{asked.count} histories, {sum(outcomes.values())} presses, {len(wrong)} wrong, "
          f"{time.monotonic() - began:.0f} s")  # fmt: skip
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
