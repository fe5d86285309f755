"""Receipt books: which numbers are issued to whom, how many are left, a new book when one runs out."""

from __future__ import annotations

from typing import Any

from salescenter.domain.papers.check import PaperKind
from salescenter.i18n import tr
from salescenter.services import books
from salescenter.services.books import BookChange, BookRow, Cashier, NewBook, number_of
from salescenter.services.papers.sheets import UsedSheet, used_sheets
from salescenter.services.papers.spoiled import SpoiledSheet, spoiled_sheets
from salescenter.services.papers.stationery import FormRow, every_form
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.editors import LineEdit, WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.printing_words import spoiled_at_words
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.words import role_words
from salescenter.ui.settings.section import SectionView

HOUSE = 0
"""Stands for the whole house where a cashier is chosen."""

LOW = 50
"""Numbers left from which a book is said to run out."""


class BooksSection(SectionView):
    """All books; Enter changes the chosen one."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Receipt books", context="settings"),
            tr("Numbers are given out without gaps and never used again. A cashier writes in their own book, else in "
               "the house's."),
        )
        self.cashiers: tuple[Cashier, ...] = ()
        self.kept_forms: tuple[FormRow, ...] = ()
        self.sheets: tuple[SpoiledSheet, ...] = ()
        self.used: tuple[UsedSheet, ...] = ()
        self.table: RecordTable[BookRow] = RecordTable(
            self._columns(),
            now=room.now,
            key=lambda b: b.id,
            empty=EmptyState(
                tr("No receipt book yet"), tr("Without a book no money can be received. Begin one."), icon="payments"
            ),
        )
        self.table.setMinimumHeight(300)
        self.change = OutlinedButton(tr("Change or issue …"), self._change)
        panel = Panel()
        panel.put(row(FilledButton(tr("Begin a book"), self._begin), self.change, None), self.table)
        self.put(panel)
        self.table.opened.connect(lambda _: self._change())
        self.table.picked.connect(lambda book: self.change.setEnabled(book is not None))
        self.change.setEnabled(False)

    def _columns(self) -> list[Column[BookRow]]:
        return [
            Column(tr("Book"), lambda b: b.name),
            Column(tr("Issued to"), lambda b: b.cashier_name or tr("the whole house"), width=140),
            Column(tr("Printed on"), self._printed_on, width=96, spare=True,
                   tone=lambda b: "danger" if self._lacks(b) else "", tip=self._printed_on),
            Column(tr("Next"), lambda b: b.written(b.next) if b.left > 0 else None, width=96),
            Column(tr("Given out"), lambda b: b.used, Kind.COUNT, width=80, spare=True),
            Column(tr("Left"), lambda b: max(0, b.left), Kind.COUNT, width=80),
            Column(tr("Spoiled"), lambda b: len(self._spoiled(b)) or None, Kind.COUNT, width=80, spare=True,
                   tip=lambda b: "\n".join(map(_sheet_words, self._spoiled(b)))),
            Column(tr("Reprints"), lambda b: len(self._used(b)) or None, Kind.COUNT, width=80, spare=True,
                   tip=lambda b: "\n".join(f"{one.number} ← {one.receipt} · {one.reason}" for one in self._used(b))),
            Column(tr("First number"), lambda b: b.written(b.first), width=96, spare=True),
            Column(tr("Last number"), lambda b: b.written(b.last), width=96, spare=True),
            Column("", _state, Kind.BADGE, width=90),
        ]

    def load(self) -> None:
        """Look the books up."""
        desk = self.room.desk
        self.fetch(lambda: (books.books(desk), books.cashiers(desk), every_form(desk), spoiled_sheets(desk),
                            used_sheets(desk)),
                   lambda found: self._show(*found))  # fmt: skip

    def _show(self, rows: tuple[BookRow, ...], cashiers: tuple[Cashier, ...], kept: tuple[FormRow, ...],
              sheets: tuple[SpoiledSheet, ...], used: tuple[UsedSheet, ...]) -> None:  # fmt: skip
        self.sheets, self.used = sheets, used
        self.cashiers, self.kept_forms = cashiers, tuple(one for one in kept if one.kind is PaperKind.RECEIPT)
        self.table.set_rows(rows)

    def _spoiled(self, book: BookRow) -> list[SpoiledSheet]:
        """The spoiled sheets of a book."""
        return [one for one in self.sheets if one.book == book.id]

    def _used(self, book: BookRow) -> list[UsedSheet]:
        """The sheets of a book on which receipts were printed again."""
        return [one for one in self.used if one.book == book.id]

    def _form(self, book: BookRow) -> FormRow | None:
        """The form a book names, whether it is still in use or not."""
        return next((one for one in self.kept_forms if one.mark == book.form), None)

    def _lacks(self, book: BookRow) -> bool:
        """Say whether a book names a form that the house does not keep any more."""
        form = self._form(book)
        return bool(book.form) and (form is None or not form.in_use)

    def _printed_on(self, book: BookRow) -> str:
        form = self._form(book)
        name = form.name if form else book.form
        return tr("{form} (not kept)", form=name) if self._lacks(book) else name or tr("plain paper")

    def _begin(self) -> None:
        BookSheet(self, None).stand_over(self.window())

    def _change(self) -> None:
        if (book := self.table.current()) is not None:
            BookSheet(self, book).stand_over(self.window())


def _sheet_words(one: SpoiledSheet) -> str:
    blank = f" · {tr('blank', context='sheet')}" if one.blank else ""
    return f"{one.number}{blank} · {spoiled_at_words(one.at)} · {one.reason}"


class BookSheet(Sheet):
    """A new book, or one that is renamed, issued to somebody else, or ends elsewhere."""

    def __init__(self, section: BooksSection, book: BookRow | None) -> None:
        super().__init__(tr("Change a book") if book else tr("Begin a book"), width=560)
        self.section, self.book = section, book
        form = FormGrid(columns=6)
        form.add("name", tr("Name of the book"), LineEdit(), span=3, required=True)
        whole = [(one.id, f"{one.name} · {role_words(one.role)}") for one in section.cashiers]
        whole.insert(0, (HOUSE, tr("the whole house")))
        form.add("cashier", tr("Issued to"), ComboBox(whole), span=3, required=True)
        if book is None:
            form.add("prefix", tr("Prefix"), LineEdit(), span=2, hint=tr("such as SJ; may be empty"))
            form.add("digits", tr("Digits"), WholeEdit(), span=2, required=True)
            form.next_line()
            form.add("first", tr("First number"), WholeEdit(), span=2, required=True)
        form.add("last", tr("Last number"), WholeEdit(), span=2, required=True)
        names = [("", tr("plain paper")), *((one.mark, one.name) for one in section.kept_forms if one.in_use)]
        form.add("form", tr("Printed on"), ComboBox(names), span=4, hint=tr("forms are made under “Pre-printed forms”"))
        self.example = Label("", "muted", wrap=True)
        form.changed.connect(lambda _: self._show_example(form))
        form.put(**_shown(book))
        if book is None:
            form.keep_draft(section.room.drafts, "book-new")
        self.put_form(form)
        self.put(self.example, None)
        self._show_example(form)
        self.main_action(tr("Keep the book"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        said, key = self.form.values(), self.section.key
        cashier, on = said["cashier"] or None, said["form"] or ""
        desk, now, section = self.section.room.desk, self.section.room.now(), self.section
        self.busy()

        def keep() -> object:
            if self.book is not None:
                return books.change(desk, BookChange(self.book.id, said["name"], said["last"], cashier, key, on), now)
            first, last, prefix, digits = (said[name] for name in ("first", "last", "prefix", "digits"))
            asked = NewBook(said["name"], first, last, prefix, digits, cashier, key, on)
            return books.add(desk, asked, now)

        def done(_kept: object) -> None:
            self.finish()
            section.renewed(tr("The book {name} is kept.", name=said["name"]))

        section.room.lane.run(keep, done, owner=self, refused=self.refuse)

    def _show_example(self, form: FormGrid) -> None:
        said = form.values()
        if self.book is not None:
            prefix, digits, first = self.book.prefix, self.book.digits, self.book.first
        else:
            prefix, digits, first = said["prefix"], said["digits"], said["first"]
        last = said["last"]
        if not digits or first is None or last is None:
            self.example.say("")
            return
        ends = number_of(prefix, first, digits), number_of(prefix, last, digits)
        self.example.say(tr("From {first} to {last}", first=ends[0], last=ends[1]))


def _shown(book: BookRow | None) -> dict[str, Any]:
    if book is None:
        return {"cashier": HOUSE, "digits": 7, "first": 1, "last": 500, "form": ""}
    return {"name": book.name, "cashier": book.cashier or HOUSE, "last": book.last, "form": book.form}


def _state(book: BookRow) -> Mark | None:
    if book.left <= 0:
        return Mark(tr("used up"), "neutral")
    return Mark(tr("runs out"), "warning") if book.left <= LOW else None
