"""CUPS, the print service of Linux and macOS, asked in its own language over its socket; it takes the PDF as it is."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote

from salescenter.domain.papers.printing import BetweenTwo, Hitch, JobState, PrintingSilent, Sides, Size, hitch_of
from salescenter.domain.refusals import PrinterAway
from salescenter.services.printing.ipp import Answer, Operation, Question, Said, Tag, Values, read, said, written
from salescenter.services.printing.spooler import Parcel, Printer, Standing

SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
"""Where the service listens on Linux and on macOS; a connection wakes it."""

PORT = 631
ASK, SEND = 8, 60
"""Seconds until a question, or a file, counts as unanswered."""

MICRO = 2540 / 72
"""Hundredths of a millimetre in a point."""

_JOB = ("job-id", "job-name", "job-state", "job-printer-state-reasons", "job-printer-state-message",
        "job-impressions-completed", "job-media-sheets-completed")  # fmt: skip
_PRINTER = ("printer-name", "printer-info", "printer-state", "printer-state-reasons", "printer-is-accepting-jobs",
            "media-source-supported", "sides-supported")  # fmt: skip
_STATES = {
    3: JobState.QUEUED, 4: JobState.QUEUED, 5: JobState.PRINTING, 6: JobState.QUEUED, 7: JobState.CANCELLED,
    8: JobState.FAILED, 9: JobState.PRINTED,
}  # fmt: skip
"""The service's own states of a job (RFC 8011, 5.3.7)."""

_STOPPED = 5
_NOT_FOUND = 0x0406


@dataclass(frozen=True, slots=True)
class Cups:
    """The service at a socket or a host and port; where none is said, the one that this PC's settings name."""

    server: str = field(default_factory=lambda: os.environ.get("CUPS_SERVER", ""))
    user: str = field(default_factory=getpass.getuser)

    def printers(self) -> tuple[Printer, ...]:
        """Name the queues that are set up, the usual one first."""
        asked = {"requested-attributes": said(Tag.KEYWORD, *_PRINTER), **self._me()}
        found = self._ask(Question(Operation.CUPS_GET_PRINTERS, asked)).found
        usual = self._ask(Question(Operation.CUPS_GET_DEFAULT, asked)).found
        first = _text(usual[0], "printer-name") if usual else ""
        return tuple(sorted(map(_printer, found), key=lambda one: (one.name != first, one.name)))

    def take(self, parcel: Parcel) -> int:
        """Hand the PDF over in the size it has, unscaled, for its tray and sides."""
        way = parcel.way
        what = {"job-name": said(Tag.NAME, _name(parcel)), "document-format": said(Tag.MIME, "application/pdf")}
        about = {**self._queue(way.printer), **self._me(), **what}
        question = Question(Operation.PRINT_JOB, about, _how(parcel), parcel.pdf)
        try:
            answer = self._ask(question, SEND, f"/printers/{quote(way.printer)}")
        except PrintingSilent as silent:
            raise PrinterAway(printer=way.printer, why=silent.details["why"]) from silent
        except _BrokeOffError as broken:
            raise BetweenTwo(printer=way.printer, why=str(broken)) from broken
        if not answer.good or not answer.found:
            why = "no-such-printer" if answer.status == _NOT_FOUND else answer.words or f"{answer.status:#06x}"
            raise PrinterAway(printer=way.printer, why=why)
        return int(answer.found[0]["job-id"][0])

    def find(self, mark: str, printer: str) -> int | None:
        """Look through the printer's jobs, those that are over too."""
        about = {**self._queue(printer), "which-jobs": said(Tag.KEYWORD, "all"), **self._wanting(*_JOB), **self._me()}
        answer = self._calmly(Question(Operation.GET_JOBS, about), f"/printers/{quote(printer)}")
        marked = (one for one in answer.found if _marked(one, mark))
        return max((int(one["job-id"][0]) for one in marked), default=None)

    def standing(self, printer: str, number: int, mark: str) -> Standing | None:
        """Say how a job stands, with what holds its printer up.

        A service that lost its jobs in a power cut numbers from 1 again: a job without the mark is somebody else's.
        """
        about = {**self._queue(printer), "job-id": said(Tag.INTEGER, number), **self._wanting(*_JOB), **self._me()}
        answer = self._calmly(Question(Operation.GET_JOB_ATTRIBUTES, about), "/jobs/")
        if answer.status == _NOT_FOUND or not answer.found or not _marked(answer.found[0], mark):
            return None
        job = answer.found[0]
        state = _STATES.get(int(job["job-state"][0]), JobState.QUEUED)
        sheets = max(_number(job, "job-impressions-completed"), _number(job, "job-media-sheets-completed"))
        why = _text(job, "job-printer-state-message")
        if state in (JobState.PRINTED, JobState.CANCELLED):
            return Standing(state, sheets)
        hitch = hitch_of(_texts(job, "job-printer-state-reasons")) or self._stopped(printer)
        return Standing(state, sheets, hitch, why)

    def cancel(self, printer: str, number: int, mark: str) -> None:
        """Take a job back, also from the hands of the printer."""
        if self.standing(printer, number, mark) is None:
            return
        about = {**self._queue(printer), "job-id": said(Tag.INTEGER, number), **self._me()}
        self._calmly(Question(Operation.CANCEL_JOB, about), "/jobs/")

    def _stopped(self, printer: str) -> Hitch | None:
        asked = {**self._queue(printer), **self._wanting(*_PRINTER), **self._me()}
        found = self._calmly(Question(Operation.GET_PRINTER_ATTRIBUTES, asked), f"/printers/{quote(printer)}").found
        return _printer(found[0]).hitch if found else Hitch.OFFLINE

    def _me(self) -> dict[str, Said]:
        return {"requesting-user-name": said(Tag.NAME, self.user)}

    def _queue(self, printer: str) -> dict[str, Said]:
        return {"printer-uri": said(Tag.URI, f"ipp://localhost/printers/{quote(printer)}")}

    def _wanting(self, *names: str) -> dict[str, Said]:
        return {"requested-attributes": said(Tag.KEYWORD, *names)}

    def _calmly(self, question: Question, path: str) -> Answer:
        try:
            return self._ask(question, ASK, path)
        except _BrokeOffError as broken:
            raise PrintingSilent(why=str(broken)) from broken

    def _ask(self, question: Question, seconds: int = ASK, path: str = "/") -> Answer:
        """Ask over a connection of its own; raises PrintingSilent before the question is out, _BrokeOffError after."""
        line = _Line(self.server, seconds)
        try:
            line.connect()
        except OSError as trouble:
            line.close()
            raise PrintingSilent(why=trouble.strerror or str(trouble)) from trouble
        try:
            line.request("POST", path, written(question), {"Content-Type": "application/ipp"})
            reply = line.getresponse()
            body = reply.read()
            return read(body) if reply.status == _OK else Answer(reply.status, reply.reason, ())
        except (OSError, HTTPException, ValueError) as trouble:
            raise _BrokeOffError(str(trouble)) from trouble
        finally:
            line.close()


_OK = 200


class _BrokeOffError(Exception):
    """The service heard the question and never answered."""


class _Line(HTTPConnection):
    """A connection to the service's socket, else to its host and port."""

    def __init__(self, server: str, seconds: int) -> None:
        place = server or next((place for place in SOCKETS if Path(place).exists()), "localhost")
        self._place = place if place.startswith("/") else ""
        host, _, port = place.partition(":")
        there = ("localhost", PORT) if self._place else (host, int(port) if port.isdecimal() else PORT)
        super().__init__(*there, timeout=seconds)

    def connect(self) -> None:
        if not self._place:
            super().connect()
            return
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._place)


def _how(parcel: Parcel) -> Mapping[str, Said]:
    """Say how the job goes on paper: never scaled where it is its own paper, else fitted to the paper chosen."""
    way = parcel.way
    wide, high = _sheet(parcel.paper) if way.size is Size.OWN else _measures(way.size)
    size = {"x-dimension": (Tag.INTEGER, wide), "y-dimension": (Tag.INTEGER, high)}
    media: dict[str, tuple[Tag, object]] = {"media-size": (Tag.BEGIN_COLLECTION, size)}
    if way.tray:
        media["media-source"] = (Tag.KEYWORD, way.tray)
    return {
        "copies": said(Tag.INTEGER, 1),
        "sides": said(Tag.KEYWORD, way.sides.value),
        "print-scaling": said(Tag.KEYWORD, "none" if way.size is Size.OWN else "fit"),
        "media-col": said(Tag.BEGIN_COLLECTION, media),  # type: ignore[arg-type]
    }


def _sheet(paper: tuple[float, float]) -> tuple[int, int]:
    """Return the sheet a page of so many points goes on: a known one upright, as printers have it, else its own."""
    wide, high = (round(side * MICRO) for side in paper)
    upright = min(wide, high), max(wide, high)
    known = (_measures(size) for size in Size if size)
    same = (one for one in known if all(abs(a - b) < _CLOSE for a, b in zip(one, upright, strict=True)))
    return next(same, (wide, high))


_CLOSE = 100
"""Hundredths of a millimetre by which a page may differ from its sheet."""


def _measures(size: Size) -> tuple[int, int]:
    wide, high = size.removesuffix("mm").rsplit("_", 1)[1].split("x")
    return 100 * int(wide), 100 * int(high)


def _printer(found: Values) -> Printer:
    hitch = hitch_of(_texts(found, "printer-state-reasons"))
    if hitch is None and _number(found, "printer-state") == _STOPPED:
        hitch = Hitch.STOPPED
    known = {one.value for one in Sides}
    sides = tuple(Sides(one) for one in _texts(found, "sides-supported") if one in known)
    return Printer(
        _text(found, "printer-name"), _text(found, "printer-info"), _texts(found, "media-source-supported"),
        sides or (Sides.ONE,), hitch, found.get("printer-is-accepting-jobs", [True])[0] is not False,
    )  # fmt: skip


def _name(parcel: Parcel) -> str:
    """What the job is called at the printer: its title, and the mark it is found again by; 255 bytes at most."""
    room = 255 - len(_mark(parcel.mark).encode())
    return parcel.title.encode()[:room].decode(errors="ignore") + _mark(parcel.mark)


def _marked(job: Values, mark: str) -> bool:
    return _text(job, "job-name").endswith(_mark(mark))


def _mark(mark: str) -> str:
    return f" [{mark}]"


def _texts(found: Values, name: str) -> tuple[str, ...]:
    return tuple(str(value) for value in found.get(name, ()))


def _text(found: Values, name: str) -> str:
    return str(found.get(name, [""])[0])


def _number(found: Values, name: str) -> int:
    value = found.get(name, [0])[0]
    return value if isinstance(value, int) else 0
