"""Asks which blank sheets of a receipt book were spoiled before their numbers were used, why, and at which step."""

from __future__ import annotations

from uuid import uuid4

from salescenter.domain.papers.printing import SpoiledAt
from salescenter.i18n import tr
from salescenter.services.books import BookRow
from salescenter.services.papers.spoiled import BlankRequest, BlanksSpoiled, books_at_hand, spoil_blank
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.editors import WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.papers.spoil_sheet import ask_how


class BlankSheet(Sheet):
    """The sheets on top of a book: their numbers are counted as spoiled, and the next receipt goes on behind them."""

    def __init__(self, room: Room) -> None:
        super().__init__(tr("Blank sheets were spoiled"), width=560)
        self._place, self._key = room, uuid4().hex
        self._books: dict[int, BookRow] = {}
        form = FormGrid(columns=3)
        form.add("book", tr("Receipt book"), ComboBox(placeholder=tr("no receipt book")), span=2, required=True)
        form.add("count", tr("How many sheets"), WholeEdit(), required=True)
        ask_how(form, span=3)
        form.put(count=1, at=SpoiledAt.STORING.value)
        form.changed.connect(lambda _: self._say_which())
        self.which = Label("", "strong", wrap=True)
        self.put_form(form)
        said = tr("Keep the sheets with the book, crossed out. Their numbers stand in the record as spoiled; no "
                  "receipt ever gets them.")  # fmt: skip
        self.put(self.which, Label(said, "muted", wrap=True), None)
        self.main_action(tr("Put it on record"), self._press)
        room.lane.run(lambda: books_at_hand(room.desk), self._offer, owner=self, refused=self.refuse)

    def _offer(self, found: tuple[BookRow, ...]) -> None:
        """Offer the books this person holds, their own first."""
        assert self.form is not None
        self._books = {one.id: one for one in sorted(found, key=lambda one: one.cashier is None)}
        box = self.form.field("book").editor
        assert isinstance(box, ComboBox)
        box.set_choices([(one.id, f"{one.name} · {one.written(one.next)}") for one in self._books.values()])
        self.form.put(book=next(iter(self._books), None))
        self._say_which()

    def _say_which(self) -> None:
        """Say the numbers as they stand printed on the sheets, to be compared with those in the hand."""
        assert self.form is not None
        book, count = self._books.get(self.form.value("book") or 0), self.form.value("count")
        if book is None or not count or count > book.left:
            self.which.say("")
            return
        first, last, then = (book.written(book.next + by) for by in (0, count - 1, count))
        self.which.say(tr("Spoiled: {first} to {last}. The next receipt is {then}.", first=first, last=last, then=then)
                       if count > 1 else tr("Spoiled: {first}. The next receipt is {then}.", first=first, then=then))

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        said, desk, now = self.form.values(), self._place.desk, self._place.now()
        book = self._books[said["book"]]
        asked = BlankRequest(book.id, book.next, said["count"], said["reason"], SpoiledAt(said["at"]), self._key)
        self.busy()

        def done(gone: BlanksSpoiled) -> None:
            self.finish()
            self._place.say(tr("On record as spoiled: {first} to {last}.", first=gone.first, last=gone.last))

        self._place.lane.run(lambda: spoil_blank(desk, asked, now), done, owner=self, refused=self.refuse)
