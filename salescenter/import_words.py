"""What an import says: the fields of lists, why a column is taken for one, why a row cannot be, what to do."""

from __future__ import annotations

from salescenter.domain.columns import FieldKey, UnitField, VisitField
from salescenter.domain.import_terms import BadRow, Fact, Remedy, Stage
from salescenter.domain.recognition import Because, Column, Reason
from salescenter.domain.sheet_values import Why
from salescenter.i18n import mark, tr

_U, _V = UnitField, VisitField

FIELDS: dict[FieldKey, str] = {
    _U.PHASE: mark("Phase"), _U.BUILDING: mark("Building"), _U.STAIR: mark("Stair"), _U.FLOOR: mark("Floor"),
    _U.SALE_FLOOR: mark("Sale floor"), _U.NUMBER: mark("Room number"), _U.PLACE: mark("Column on the floor"),
    _U.TYPE: mark("Unit type"), _U.USE: mark("Use"), _U.FACING: mark("Orientation"),
    _U.GROSS: mark("Construction area"), _U.INNER: mark("Inner area"), _U.SHARED: mark("Shared area"),
    _U.MEASURED_GROSS: mark("Measured construction area"), _U.MEASURED_INNER: mark("Measured inner area"),
    _U.GROSS_PRICE: mark("Price by construction area"), _U.INNER_PRICE: mark("Price by inner area"),
    _U.TOTAL: mark("List total"), _U.FILED_PRICE: mark("Filed unit price"), _U.FILED_TOTAL: mark("Filed total"),
    _U.FLOOR_TOTAL: mark("Floor price"), _U.PERMIT: mark("Presale permit"), _U.HANDOVER: mark("Handover day"),
    _U.MORTGAGED: mark("Mortgaged"), _U.STATE: mark("State (not imported)"), _U.KIND: mark("Kind (not imported)"),
    _U.NOTE: mark("Note"), _U.BOUND_TO: mark("Goes with home"),
    _V.DAY: mark("Day"), _V.CONTACT: mark("Visit or call"), _V.NAME: mark("Name"), _V.SEX: mark("Sex"),
    _V.PHONE: mark("Phone"), _V.ID_NUMBER: mark("ID number"), _V.AGE: mark("Age"), _V.PARTY: mark("People"),
    _V.ADDRESS: mark("Address"), _V.DISTRICT: mark("District"), _V.WORKPLACE: mark("Workplace"), _V.JOB: mark("Job"),
    _V.FAMILY: mark("Family"), _V.PURPOSE: mark("Purpose"), _V.CHANNEL: mark("Channel"),
    _V.INTRODUCER: mark("Introduced by"), _V.PRODUCT: mark("Product wanted"), _V.AREA: mark("Area wanted"),
    _V.FLOOR: mark("Floor wanted"), _V.BUDGET: mark("Budget"), _V.LEVEL: mark("Level of interest"),
    _V.PAYMENT: mark("Way of paying"), _V.CONCERN: mark("Concerns"), _V.RESISTANCE: mark("Reservations"),
    _V.ASKED: mark("What was asked"), _V.ASKED_MORE: mark("What else was asked"),
    _V.CONSULTANT: mark("Consultant"), _V.NOTE: mark("Note"),
}  # fmt: skip

WHYS: dict[Why, str] = {
    Why.NOT_A_NUMBER: mark("This is not a number."),
    Why.NEGATIVE: mark("This is below zero."),
    Why.OUT_OF_RANGE: mark("This cannot be."),
    Why.NOT_A_DAY: mark("This is not a day."),
    Why.YEAR_MISSING: mark("The year is missing."),
    Why.NOT_A_FLOOR: mark("This is not a floor."),
    Why.MISSING: mark("This is missing."),
    Why.FLOOR_UNKNOWN: mark("Neither a floor nor a room number that tells it."),
    Why.TWICE: mark("This room already stands in row {detail}."),
    Why.UNKNOWN_WORD: mark("This word is not known here."),
    Why.FLOOR_ASSUMED: mark("No floor is given; {detail} is assumed."),
    Why.TOTAL_DIFFERS: mark("Area × unit price gives {detail}; the list's total is kept."),
    Why.ABOVE_FILED: mark("This is above the filed price of {detail}."),
    Why.INNER_ABOVE_GROSS: mark("The inner area is larger than the construction area."),
    Why.PHONE_MALFORMED: mark("This cannot be a phone number; it is kept and flagged."),
    Why.ID_MALFORMED: mark("This cannot be an ID number; it is kept."),
    Why.ONE_AMOUNT_FOR_MANY: mark("One merged cell stands for several rows."),
    Why.FORMULA_ERROR: mark("The formula in this cell is broken."),
    Why.UNPRINTABLE: mark("No font can print “{detail}”; no paper can be printed with it."),
    Why.NO_SUCH_HOME: mark("There is no such home, neither in the estate nor in this list."),
    Why.NOT_AN_ANNEX: mark("Only a parking space or a storage room goes with a home."),
    Why.HAS_ANNEXES: mark("Parking or storage goes with this home; it has to stay a home."),
}

REMEDIES: dict[Remedy, str] = {
    Remedy.TYPE_NUMBER: mark("Type the number alone, such as 107.62."),
    Remedy.TYPE_DAY: mark("Write the day with its year, such as 2026-02-24."),
    Remedy.TYPE_FLOOR: mark("Write the floor as 12, 12F, B1 or 3F-4F."),
    Remedy.FILL_IN: mark("Fill the cell in."),
    Remedy.REMOVE_ONE: mark("Remove one of the two rows, or correct its number."),
    Remedy.SPLIT_MERGED: mark("Split the merged cell and give each row its own."),
    Remedy.REPAIR_FORMULA: mark("Repair the formula or write its result."),
    Remedy.CHECK_VALUE: mark("Check it against the original."),
    Remedy.CORRECT_LATER: mark("It may be corrected later in the program."),
    Remedy.NAME_HOME: mark("Write the home as 3-1201, or import the homes first."),
    Remedy.LEAVE_EMPTY: mark("Leave the cell empty, or correct the use."),
    Remedy.UNBIND: mark("Unbind them in the estate first."),
}

BECAUSES: dict[Because, str] = {
    Because.HEADER_IS: mark("The header is “{detail}”."),
    Because.HEADER_LIKE: mark("The header contains “{detail}”."),
    Because.CONTENTS_FIT: mark("{detail} of the cells fit."),
    Because.CONTENTS_DIFFER: mark("Only {detail} of the cells fit."),
    Because.CONTENTS_ONLY: mark("{detail} of the cells look like it, whatever the header."),
    Because.TAKEN: mark("Another column says this better."),
    Because.PRODUCT_AGREES: mark("Inner area × this price gives the list's totals."),
    Because.BY_HAND: mark("Chosen by hand."),
    Because.REMEMBERED: mark("Remembered from an earlier import."),
    Because.UNKNOWN: mark("Nothing known is called so."),
}

STAGES: dict[str, str] = {
    Stage.READ: mark("Reading …"), Stage.CHECK: mark("Checking …"), Stage.COMPARE: mark("Comparing …"),
    Stage.STORE: mark("Writing …"),
}

FACTS: dict[Fact, str] = {
    Fact.TYPE: mark("Unit type"), Fact.PERMIT: mark("Presale permit"), Fact.FLOOR: mark("Floor"),
    Fact.FLOOR_NATURAL: mark("Natural floor"), Fact.FLOOR_SALE: mark("Sale floor"), Fact.USE: mark("Use"),
    Fact.FACING: mark("Orientation"), Fact.AREA: mark("Construction area"), Fact.INNER: mark("Inner area"),
    Fact.SHARED: mark("Shared area"), Fact.MEASURED_AREA: mark("Measured construction area"),
    Fact.MEASURED_INNER: mark("Measured inner area"), Fact.BASIS: mark("Priced by"),
    Fact.UNIT_PRICE: mark("Unit price"), Fact.LIST_TOTAL: mark("List total"), Fact.FILED_TOTAL: mark("Filed total"),
    Fact.FLOOR_TOTAL: mark("Floor price"), Fact.MORTGAGED: mark("Mortgaged"), Fact.NOTE: mark("Note"),
    Fact.BOUND_TO: mark("Goes with home"),
}  # fmt: skip


def field_words(field: FieldKey | None) -> str:
    """Name a field of a list; None is a column that is not imported."""
    return tr("Not imported") if field is None else tr(FIELDS[field])


def why_words(bad: BadRow) -> str:
    """Say what is wrong with a cell or row."""
    return tr(WHYS[bad.why], detail=bad.detail)


def remedy_words(bad: BadRow) -> str:
    """Say what to do about it."""
    return tr(REMEDIES[bad.remedy])


def where_words(bad: BadRow) -> str:
    """Name the column: `H 总价`."""
    return f"{bad.column}  {bad.header}".strip()


def reason_words(reason: Reason) -> str:
    """Say one reason."""
    return tr(BECAUSES[reason.because], detail=reason.detail)


def column_words(column: Column) -> str:
    """Say what a column is taken for and why, as a tooltip."""
    return "\n".join([f"{column.header}  →  {field_words(column.field)}", *map(reason_words, column.reasons)])


def stage_words(stage: str) -> str:
    """Say what an import is doing."""
    return tr(STAGES[stage]) if stage in STAGES else stage
