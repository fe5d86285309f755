"""Phone numbers as ledgers really hold them: cleaned, told apart, flagged where malformed, never refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class PhoneKind(StrEnum):
    """What kind of number it is."""

    MOBILE = "mobile"      # 1[3-9] and nine more
    LANDLINE = "landline"  # area code and 7 or 8 digits, or without the area code
    SERVICE = "service"    # 400 and 800 numbers
    ABROAD = "abroad"      # another country's number, country code first
    UNKNOWN = "unknown"    # kept as it is and flagged


@dataclass(frozen=True, slots=True)
class Phone:
    """A number's digits, whether they can be a number at all, and of which kind."""

    digits: str
    well_formed: bool
    kind: PhoneKind
    extension: str = ""  # 分机, digits behind a landline


_FORMS: tuple[tuple[PhoneKind, re.Pattern[str]], ...] = (
    (PhoneKind.MOBILE, re.compile(r"1[3-9]\d{9}")),
    (PhoneKind.SERVICE, re.compile(r"[48]00\d{7}")),
    (PhoneKind.LANDLINE, re.compile(r"0(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}")),
    (PhoneKind.LANDLINE, re.compile(r"[2-8]\d{6,7}")),
)
_SEPARATORS = re.compile(r"[/、,;|\\\n]+")
_EXTENSION = re.compile(r"(?<=\d)(?:转|分机|ext\.?|x|#)(\d{1,6})$|(?<=\d{7})-(\d{1,5})$", re.IGNORECASE)
_FOREIGN = re.compile(r"(?:\+|00)(?!86)([\d().-]{7,20})")
_COUNTRY = re.compile(r"^(?:\+|00)86-?|^86-?(?=1[3-9]\d{9}$)")
_FLOAT = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}|\d{5,}\.0*")


def clean_phone(text: str) -> Phone:
    """Clean one number: full-width digits, blanks and dashes, +86, and what a spreadsheet did to it (`.0`).

    Never refuses: what is no number keeps its digits and is flagged (`well_formed` False).
    """
    plain = re.sub(r"[\s\u200b]", "", unicodedata.normalize("NFKC", text)).lstrip("'")
    if _FLOAT.fullmatch(plain):
        plain = str(int(Decimal(plain)))
    foreign = _FOREIGN.fullmatch(plain)
    if foreign:
        digits = _digits(foreign[1])
        return Phone(digits, 7 <= len(digits) <= 15, PhoneKind.ABROAD)
    return _at_home(_COUNTRY.sub("", plain))


def clean_phones(text: str) -> tuple[Phone, ...]:
    """Clean every number of a cell that holds several, between `/`, `、`, commas or line ends."""
    pieces = _SEPARATORS.split(unicodedata.normalize("NFKC", text))
    return tuple(clean_phone(piece) for piece in pieces if piece.strip())


def _at_home(plain: str) -> Phone:
    extension = _EXTENSION.search(plain)
    if extension:
        line = _digits(plain[: extension.start()])
        if _kind(line) is PhoneKind.LANDLINE:
            return Phone(line, True, PhoneKind.LANDLINE, extension[1] or extension[2])
    digits = _digits(plain)
    return Phone(digits, _kind(digits) is not PhoneKind.UNKNOWN, _kind(digits))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _kind(digits: str) -> PhoneKind:
    return next((kind for kind, form in _FORMS if form.fullmatch(digits)), PhoneKind.UNKNOWN)
