"""What stands on every paper of the house beside its own matter: kind, number, whose, day, and its code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.check import CODES, PaperKind, code_text

_NUMBER = re.compile(r"(?P<letters>[A-Z]{2})(?P<day>[0-9]{8})-(?P<about>[0-9]+)")
_KINDS = {letters: kind for kind, letters in CODES.items() if len(letters) == 2}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a paper; `made` is in the file's properties, so that equal papers are equal bytes."""

    kind: PaperKind
    number: str
    title: str
    house: str              # the developer
    project: str
    day: date               # the figures stand as of this day
    made: datetime
    amount: Money = ZERO    # what the code vouches for
    check: str = ""
    lang: str = "zh_CN"

    def code(self) -> str:
        """What its QR code says."""
        return code_text(self.kind, self.number, self.amount.fen, self.check)


@dataclass(frozen=True, slots=True)
class Numbered:
    """What the number of a paper says: its kind, its day, and the deal, unit or project it is about (an id)."""

    kind: PaperKind
    day: date
    about: int


def number_for(kind: PaperKind, day: date, about: int) -> str:
    """Return a paper's number, one for each kind, day and matter: CK20260224-118."""
    return f"{CODES[kind]}{day:%Y%m%d}-{about}"


def read_number(text: str) -> Numbered | None:
    """Read such a number again; none where it is no such number or names no day."""
    found = _NUMBER.fullmatch(text.strip().upper())
    if found is None or found["letters"] not in _KINDS:
        return None
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        return None
    return Numbered(_KINDS[found["letters"]], day, int(found["about"]))
