"""The print jobs of this PC in one small file: written to the disk before a sheet moves, so that no crash loses one."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from salescenter.domain.papers.printing import OVER, Hitch, JobState, Move, NotNow, PrintJob, Sides, Size, Way, after
from salescenter.domain.refusals import CannotWrite, NotFound

FILE = "printing.db"
KEPT = timedelta(days=92)
"""How long a job that is over is told of; its file goes at once when it is printed."""

FILE_KEPT = timedelta(days=1)
"""How long the file of a cancelled job is kept, so that it can be printed after all."""

_MAKE = """
create table if not exists job (
    key text primary key, project integer not null, state text not null, at text not null, changed text not null,
    told text not null, pdf blob
) strict
"""
_NEWEST = "select told from job where project = ? order by at desc limit 1000"


@dataclass(frozen=True, slots=True)
class PrintQueue:
    """The jobs kept in a file of this PC; more than one window may use it at the same time."""

    file: Path

    def put(self, job: PrintJob, pdf: bytes, now: datetime) -> PrintJob:
        """Keep a new job with its file; returns when both are on the disk. What is long over is forgotten."""
        job = replace(job, changed=now)
        with self._open() as file:
            file.execute("delete from job where state in (?, ?) and changed < ?", (*OVER, (now - KEPT).isoformat()))
            gone = (JobState.CANCELLED, (now - FILE_KEPT).isoformat())
            file.execute("update job set pdf = null where state = ? and changed < ?", gone)
            file.execute(
                "insert into job values (?, ?, ?, ?, ?, ?, ?)",
                (job.key, job.project, job.state, job.at.isoformat(), now.isoformat(), _written(job), pdf),
            )
        return job

    def jobs(self, project: int) -> tuple[PrintJob, ...]:
        """List a project's jobs, the newest first."""
        if not self.file.exists():
            return ()
        with self._open() as file:
            return tuple(_read(told) for (told,) in file.execute(_NEWEST, (project,)))

    def job(self, key: str) -> PrintJob:
        """Return a job as it stands."""
        with self._open() as file:
            return _found(file, key)

    def pdf(self, key: str) -> bytes:
        """Return the file of a job that is not over."""
        with self._open() as file:
            row = file.execute("select pdf from job where key = ?", (key,)).fetchone()
        if row is None or row[0] is None:
            raise NotFound(what="print-job", sought=key)
        return bytes(row[0])

    def move(self, key: str, move: Move, now: datetime, pdf: bytes | None = None, **changes: Any) -> PrintJob:
        """Take a job a step on, with what changes about it; refuses a step its state does not allow.

        One of two windows that want the same job gets it; the other is refused. `pdf` takes the place of its file.
        """
        with self._open() as file:
            job = _found(file, key)
            job = replace(job, state=after(job.state, move, job.title), changed=now, **changes)
            if pdf is not None:
                file.execute("update job set pdf = ? where key = ?", (pdf, key))
            if job.state is JobState.PRINTED:  # the archive holds it: a second copy of personal data serves nobody
                file.execute("update job set pdf = null where key = ?", (key,))
            elif move is Move.AGAIN and file.execute(_LOST, (key,)).fetchone():
                raise NotNow(title=job.title, state=JobState.CANCELLED)
            _write(file, job)
        return job

    def forget(self, key: str) -> None:
        """Take a job away that was made ready for a paper that did not leave."""
        with self._open() as file:
            file.execute("delete from job where key = ? and state = ?", (key, JobState.WAITING))

    def note(self, key: str, now: datetime, **changes: Any) -> PrintJob:
        """Keep what changed about a job whose state stays."""
        with self._open() as file:
            job = replace(_found(file, key), changed=now, **changes)
            _write(file, job)
        return job

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one piece of work that is whole or not at all; nobody else of this PC may read it."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.file, os.O_CREAT | os.O_RDWR, 0o600))
            file = sqlite3.connect(self.file, timeout=10, isolation_level=None)
            try:
                file.execute("pragma synchronous = full")
                file.execute("pragma secure_delete = on")
                file.execute("begin immediate")
                file.execute(_MAKE)
                yield file
                file.execute("commit")
            finally:
                file.close()
        except (OSError, sqlite3.Error) as trouble:
            raise CannotWrite(path=str(self.file), why=str(trouble)) from trouble


_LOST = "select 1 from job where key = ? and pdf is null"


def _found(file: sqlite3.Connection, key: str) -> PrintJob:
    row = file.execute("select told from job where key = ?", (key,)).fetchone()
    if row is None:
        raise NotFound(what="print-job", sought=key)
    return _read(row[0])


def _write(file: sqlite3.Connection, job: PrintJob) -> None:
    assert job.changed is not None
    file.execute(
        "update job set state = ?, changed = ?, told = ? where key = ?",
        (job.state, job.changed.isoformat(), _written(job), job.key),
    )


def _written(job: PrintJob) -> str:
    way, hitch = job.way, job.hitch
    told = {name: getattr(job, name) for name in _PLAIN}
    told |= {
        "at": job.at.isoformat(), "changed": job.changed.isoformat() if job.changed else "", "copies": job.copies,
        "way": [way.printer, way.tray, way.sides, way.size], "hitch": hitch or "", "state": job.state,
        "papers": job.papers,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


_PLAIN = (
    "key", "project", "kind", "number", "title", "by", "pages", "paper", "form", "spool", "tries", "sheets", "why",
)  # fmt: skip


def _read(told: str) -> PrintJob:
    read: Mapping[str, Any] = json.loads(told)
    printer, tray, sides, size = read["way"]
    return PrintJob(
        **{name: read[name] for name in _PLAIN} | {"paper": tuple(read["paper"])},
        at=datetime.fromisoformat(read["at"]),
        way=Way(printer, tray, Sides(sides), Size(size)), copies=tuple(read["copies"]), state=JobState(read["state"]),
        hitch=Hitch(read["hitch"]) if read["hitch"] else None,
        changed=datetime.fromisoformat(read["changed"]) if read["changed"] else None,
        papers=tuple((kind, number) for kind, number in read.get("papers", ())),  # jobs of before say nothing of it
    )  # fmt: skip
