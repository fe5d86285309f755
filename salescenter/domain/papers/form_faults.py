"""Why a pre-printed form cannot be brought in, or a paper not be printed on it."""

from __future__ import annotations

from salescenter.domain.errors import Refusal


class Source(str):
    """The name of a form's field, as a refusal tells it."""

    __slots__ = ()


class StationeryUnreadable(Refusal):
    """A file brought in as a form or as its scan cannot be used (why)."""

    code = "stationery-unreadable"


class DoesNotFitForm(Refusal):
    """A text is too long for its place on a form (field, text)."""

    code = "does-not-fit-form"


class FormInUse(Refusal):
    """A form that is to be withdrawn is the one receipt books with numbers left are printed on (form, books)."""

    code = "form-in-use"


class OtherSheetNext(Refusal):
    """Another desk used the sheet of a receipt book meanwhile (book, number: the one that is next now)."""

    code = "other-sheet-next"


class SheetMissing(Refusal):
    """Receipts go on numbered sheets beyond those of their first prints, and nobody said on which.

    numbers: of the receipts, one for each sheet; books: `sheets.OpenBook`; own: the sheets they went on last, () where
    these do not do: too few, or on record as spoiled; further: no reprint is among them, they run on.
    """

    code = "sheet-missing"


class FormNameTaken(Refusal):
    """Another form of the same kind of paper has this name (field, name)."""

    code = "form-name-taken"
