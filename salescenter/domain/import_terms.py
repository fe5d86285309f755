"""What an import speaks of: rows that cannot be taken and what to do, rows set aside, facts of a unit, stages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salescenter.domain.sheet_values import Why


class Stage(StrEnum):
    """What an import is doing just now."""

    READ = "read"
    CHECK = "check"
    COMPARE = "compare"
    STORE = "store"


class Aside(StrEnum):
    """Why a row below the header is not an entry of the list."""

    TOTAL = "total"
    NOTE = "note"
    HEADER = "header"


class Remedy(StrEnum):
    """What the user can do about a cell or row that cannot be taken."""

    TYPE_NUMBER = "type-number"
    TYPE_DAY = "type-day"
    TYPE_FLOOR = "type-floor"
    FILL_IN = "fill-in"
    REMOVE_ONE = "remove-one"
    SPLIT_MERGED = "split-merged"
    REPAIR_FORMULA = "repair-formula"
    CHECK_VALUE = "check-value"
    CORRECT_LATER = "correct-later"
    NAME_HOME = "name-home"
    LEAVE_EMPTY = "leave-empty"
    UNBIND = "unbind"


REMEDIES: dict[Why, Remedy] = {
    Why.NOT_A_NUMBER: Remedy.TYPE_NUMBER,
    Why.NEGATIVE: Remedy.TYPE_NUMBER,
    Why.OUT_OF_RANGE: Remedy.CHECK_VALUE,
    Why.NOT_A_DAY: Remedy.TYPE_DAY,
    Why.YEAR_MISSING: Remedy.TYPE_DAY,
    Why.NOT_A_FLOOR: Remedy.TYPE_FLOOR,
    Why.MISSING: Remedy.FILL_IN,
    Why.FLOOR_UNKNOWN: Remedy.TYPE_FLOOR,
    Why.TWICE: Remedy.REMOVE_ONE,
    Why.UNKNOWN_WORD: Remedy.CORRECT_LATER,
    Why.FLOOR_ASSUMED: Remedy.CORRECT_LATER,
    Why.TOTAL_DIFFERS: Remedy.CHECK_VALUE,
    Why.ABOVE_FILED: Remedy.CHECK_VALUE,
    Why.INNER_ABOVE_GROSS: Remedy.CHECK_VALUE,
    Why.PHONE_MALFORMED: Remedy.CORRECT_LATER,
    Why.ID_MALFORMED: Remedy.CORRECT_LATER,
    Why.ONE_AMOUNT_FOR_MANY: Remedy.SPLIT_MERGED,
    Why.FORMULA_ERROR: Remedy.REPAIR_FORMULA,
    Why.UNPRINTABLE: Remedy.CORRECT_LATER,
    Why.NO_SUCH_HOME: Remedy.NAME_HOME,
    Why.NOT_AN_ANNEX: Remedy.LEAVE_EMPTY,
    Why.HAS_ANNEXES: Remedy.UNBIND,
}


@dataclass(frozen=True, slots=True)
class BadRow:
    """One cell or row that cannot be taken as it stands.

    row: as the spreadsheet counts, from 1; column: its letter, "" for the whole row; header: its name; value: what
    stands there; detail: what the sentence needs besides (the other row, the expected amount).
    """

    row: int
    column: str
    header: str
    why: Why
    remedy: Remedy
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row below the header that is no entry."""

    row: int
    aside: Aside
    said: str


class Fact(StrEnum):
    """One fact of a unit that a list may state."""

    TYPE = "type"
    PERMIT = "permit"
    FLOOR = "floor"
    FLOOR_NATURAL = "floor_natural"
    FLOOR_SALE = "floor_sale"
    USE = "use"
    FACING = "facing"
    AREA = "area"
    INNER = "inner"
    SHARED = "shared"
    MEASURED_AREA = "measured_area"
    MEASURED_INNER = "measured_inner"
    BASIS = "basis"
    UNIT_PRICE = "unit_price"
    LIST_TOTAL = "list_total"
    FILED_TOTAL = "filed_total"
    FLOOR_TOTAL = "floor_total"
    MORTGAGED = "mortgaged"
    NOTE = "note"
    BOUND_TO = "bound_to"
