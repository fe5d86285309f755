"""Identity card numbers (公民身份号码, GB 11643): checked, brought to 18 places, and read apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from salescenter.domain.refusals import IdMalformed

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
PROVINCES = frozenset({
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
    50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91,
})
"""First two digits (GB/T 2260); 81-83 also stand on residence permits, 91 on cards issued abroad."""


class Sex(StrEnum):
    """As the seventeenth digit says: odd is male."""

    MALE = "male"
    FEMALE = "female"


class IdFault(StrEnum):
    """Why a number cannot be right; the `why` of `IdMalformed`."""

    LENGTH = "length"          # neither 18 nor 15 places
    CHARACTERS = "characters"  # something other than digits and a last X
    PROVINCE = "province"      # no such province
    DATE = "date"              # no such day
    FUTURE = "future"          # born after today
    CHECK = "check"            # the check digit does not fit


@dataclass(frozen=True, slots=True)
class IdCard:
    """A number of 18 places and what it tells."""

    number: str
    birth: date
    sex: Sex


def read_id(text: str, today: date) -> IdCard:
    """Check and read a number as typed or scanned; full-width, lower x and 15 places are accepted.

    Refuses with `IdMalformed(value, why)`, `why` an `IdFault`.
    """
    number = re.sub(r"[\s'-]", "", unicodedata.normalize("NFKC", text)).upper()
    if len(number) not in (15, 18):
        raise IdMalformed(value=text, why=IdFault.LENGTH)
    if not re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", number):
        raise IdMalformed(value=text, why=IdFault.CHARACTERS)
    long = number if len(number) == 18 else lengthened(number)
    if int(long[:2]) not in PROVINCES:
        raise IdMalformed(value=text, why=IdFault.PROVINCE)
    birth = _birth(long, text)
    if birth > today:
        raise IdMalformed(value=text, why=IdFault.FUTURE)
    if long[-1] != check_digit(long):
        raise IdMalformed(value=text, why=IdFault.CHECK)
    return IdCard(long, birth, Sex.MALE if int(long[16]) % 2 else Sex.FEMALE)


def check_digit(number: str) -> str:
    """Return the eighteenth place for the first seventeen digits."""
    return CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, number[:17], strict=True)) % 11]


def lengthened(number: str) -> str:
    """Bring an old number of 15 digits to 18: the century is 19, the check digit is added."""
    first = number[:6] + "19" + number[6:]
    return first + check_digit(first)


def age_on(birth: date, day: date) -> int:
    """Return the full years of age on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def plausible_birth(birth: date, today: date, oldest: int = 120) -> bool:
    """Say whether a living person may have been born then: not after today, not older than `oldest` years."""
    return birth <= today and age_on(birth, today) <= oldest


def _birth(number: str, text: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdMalformed(value=text, why=IdFault.DATE) from None
