"""One dictionary of the house: a word is added in a line, the whole is put in order below."""

from __future__ import annotations

from zlib import crc32

from PySide6.QtWidgets import QWidget

from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.reception_words import field_words
from salescenter.services import words
from salescenter.services.words import NewWord, WordList
from salescenter.ui.kit.editors import LineEdit, NoteEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet


class WordsSheet(Sheet):
    """Adds a word; whoever may change settings also puts the dictionary in order, one word a line."""

    def __init__(self, room: Room, dictionary: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Words for “{field}”", field=field_words(dictionary)), parent, width=460)
        self._home, self._dictionary = room, dictionary
        self._whole = may(room.desk.who.role, Step.EDIT_SETTINGS)
        self._before: tuple[str, ...] = ()
        form = FormGrid(columns=1)
        form.add("word", tr("New word"), LineEdit())
        if self._whole:
            form.add("all", tr("All words, one a line, in the order offered"), NoteEdit(12))
        self.put_form(form)
        self.fields = form
        self.main_action(tr("Keep", context="reception"), self._keep)
        room.lane.run(lambda: words.dictionaries(room.desk)[dictionary], self._show, owner=self)

    def _show(self, known: tuple[str, ...]) -> None:
        self._before = known
        if self._whole:
            self.fields.put(all="\n".join(known))
        self.fields.keep_draft(self._home.drafts, f"words-{self._dictionary}-{crc32(repr(known).encode())}")
        self.fields.field("word").editor.setFocus()

    def _keep(self) -> None:
        new = str(self.fields.value("word"))
        listed = tuple(str(self.fields.value("all")).splitlines()) if self._whole else self._before
        now, desk = self._home.now(), self._home.desk
        self.busy()
        if listed != self._before:
            whole = WordList(self._dictionary, (*listed, new))
            self._home.lane.run(lambda: words.arrange(desk, whole, now), self.finish, owner=self, refused=self.refuse)
        else:
            one = NewWord(self._dictionary, new)
            self._home.lane.run(lambda: words.add(desk, one, now), self.finish, owner=self, refused=self._refused)

    def _refused(self, refusal: Exception) -> None:
        del refusal
        self.busy(False)
        self.fields.field("word").set_error(tr("Type a word first."))
