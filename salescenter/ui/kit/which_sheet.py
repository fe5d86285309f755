"""Asks on which sheet of a receipt book a receipt is printed again, or runs on: each number is accounted for."""

from __future__ import annotations

from collections.abc import Callable

from salescenter.domain.papers.form_faults import SheetMissing
from salescenter.domain.papers.sheets import OnSheet, OpenBook, SheetUse
from salescenter.i18n import listed, mark, tr
from salescenter.services.books import number_of
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.sheet import Sheet

_USES = {
    SheetUse.NEXT: mark("The next sheet of a book"),
    SheetUse.OWN: mark("The sheet it went on last"),
    SheetUse.LOOSE: mark("A sheet without a number"),
}


class WhichSheet(Sheet):
    """`told(OnSheet)` goes on; the books and the sheets offered are those that the refusal names."""

    def __init__(self, missing: SheetMissing, told: Callable[[OnSheet], object]) -> None:
        numbers: tuple[str, ...] = missing.details["numbers"]  # type: ignore[assignment]
        books: tuple[OpenBook, ...] = missing.details["books"]  # type: ignore[assignment]
        super().__init__(tr("On which sheet?"), width=560, subtitle=tr("Receipt {number}", number=_these(numbers)))
        self._told, self._numbers = told, numbers
        self._own: tuple[str, ...] = missing.details["own"]  # type: ignore[assignment]
        self._reasons = _WHY | _FURTHER if missing.details["further"] else _WHY
        self._books = {one.id: one for one in books if one.left >= len(numbers)}
        form = FormGrid(columns=1)
        there = {SheetUse.NEXT: bool(self._books), SheetUse.OWN: bool(self._own), SheetUse.LOOSE: True}
        uses = [use for use in SheetUse if there[use]]
        form.add("use", tr("It goes on"), ChipGroup([(use, tr(_USES[use])) for use in uses]), required=True)
        form.add("book", tr("Receipt book"), ComboBox([(one.id, f"{one.name} · {_number(one, 0)}")
                                                       for one in self._books.values()]))  # fmt: skip
        form.put(use=uses[0], book=next(iter(self._books), None))
        form.changed.connect(lambda _: self._say_which())
        self.which, self.why = Label("", "strong", wrap=True), Label("", "muted", wrap=True)
        self.put_form(form)
        self.put(self.which, self.why, None)
        self.main_action(tr("Print"), self._press)
        self._say_which()

    def _say_which(self) -> None:
        """Say the numbers as they stand printed on the sheets, to be compared with those in the hand."""
        assert self.form is not None
        use = self.form.value("use")
        self.form.field("book").setVisible(use is SheetUse.NEXT)
        self.which.say(self._next() if use is SheetUse.NEXT else _on(self._own) if use is SheetUse.OWN else "")
        self.which.setVisible(use is not SheetUse.LOOSE)
        self.why.say(tr(self._reasons[use]))

    def _next(self) -> str:
        assert self.form is not None
        book = self._books[self.form.value("book")]
        first, last, then = (_number(book, by) for by in (0, len(self._numbers) - 1, len(self._numbers)))
        return (tr("On {first}. The next receipt is {then}.", first=first, then=then) if first == last
                else tr("On {first} to {last}. The next receipt is {then}.", first=first, last=last, then=then))

    def _press(self) -> None:
        assert self.form is not None
        if self.form.check():
            use, book = self.form.value("use"), self._books.get(self.form.value("book"))
            taken = OnSheet(use, book.id, book.next) if use is SheetUse.NEXT and book is not None else OnSheet(use)
            self.finish()
            self._told(taken)


_WHY = {
    SheetUse.NEXT: mark("Its number is used up with the sheet, and the record says which receipt it bears. Put the "
                        "spoiled sheet on record in the print centre."),
    SheetUse.OWN: mark("Only where nothing came out on it: it is still blank and in your hand."),
    SheetUse.LOOSE: mark("Stationery that came without numbers; no sheet is counted."),
}  # fmt: skip


_FURTHER = {
    SheetUse.NEXT: mark("It runs on. The first page goes on the sheet of its own number, the further ones on these; "
                        "their numbers are used up, and the record says which receipt they bear."),
    SheetUse.LOOSE: mark("It runs on. Only where the further pages go on paper that came without numbers: a numbered "
                         "sheet used here would be missing from its book."),
}  # fmt: skip
"""The same where a receipt is printed for the first time and needs more than the sheet of its number."""


def _on(sheets: tuple[str, ...]) -> str:
    return tr("On {sheets}.", sheets=listed(sheets))


def _these(needed: tuple[str, ...]) -> str:
    numbers = list(dict.fromkeys(needed))  # one that runs on needs several
    return numbers[0] if len(numbers) == 1 else tr("{first} and {more} more", first=numbers[0], more=len(numbers) - 1)


def _number(book: OpenBook, by: int) -> str:
    """The number so many sheets below the top one."""
    return number_of(book.prefix, book.next + by, book.digits)
