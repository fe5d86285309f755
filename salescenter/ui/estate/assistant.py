"""The import assistant: a file, what its columns are, what would be made, done; nothing is written before the last."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from salescenter.domain.columns import FieldKey, Kind
from salescenter.domain.money import Rounding
from salescenter.domain.refusals import Stopped
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.services.importing.draft import FREE
from salescenter.services.importing.reader import Book
from salescenter.services.importing.taking_back import TakeBack, TakenBack, recent, take_back
from salescenter.services.settings import RoundingRequest, round_totals
from salescenter.ui.estate.checking import Asked, Checked, Order, Result, carry, check, read
from salescenter.ui.estate.drop_zone import DropZone
from salescenter.ui.estate.import_done import DonePanel
from salescenter.ui.estate.import_look import LookPanel
from salescenter.ui.estate.past_imports import PastImports
from salescenter.ui.kit.buttons import QuietButton
from salescenter.ui.kit.labels import Label, TitleLabel
from salescenter.ui.kit.lane import Ticket
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import column, hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.waiting import ProgressPanel

DONE = 3
"""The last face."""

AFTER_TYPING = 350
"""Milliseconds after the last key until the sheet is understood anew."""


class ImportAssistant(QWidget):
    """Four faces: give a file, look, wait, done. `left` when the user is through, `imported` when units were made."""

    left = Signal()
    imported = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._asked: Asked | None = None
        self._ticket: Ticket | None = None
        self._halt: Event | None = None  # while an import is carried out: set to stop it
        self._checked: Checked | None = None
        self.banner = Banner(closable=True)
        self._file = Label("", "muted")
        self.drop, self.past = DropZone(), PastImports(room.now)
        self.look = LookPanel(room.now)
        self.waiting = ProgressPanel(tr("Importing"), cancel=self.stop)
        self.done = DonePanel()
        self.faces = QStackedWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_TYPING)
        self._lay()
        self._connect()

    def _lay(self) -> None:
        begin = column(self.drop, self.past, gap=12)
        begin.setStretch(0, 1)
        for face in (hold(begin), self.look, self._middle(self.waiting), self._middle(self.done)):
            self.faces.addWidget(face)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        head = row(QuietButton("←  " + tr("Back"), self.back), TitleLabel(tr("Import")), self._file, None)
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.faces, 1)

    def _connect(self) -> None:
        self._soon.timeout.connect(self._check)
        self.past.wanted.connect(self._take_back)
        self.done.back.connect(self._take_back)
        self.drop.given.connect(self.open_file)
        self.look.chosen.connect(self._choose_column)
        self.look.changed.connect(self._choose_place)
        self.look.card.go.connect(self.carry_out)
        self.look.card.round_so.connect(self._round_so)
        self.done.again.connect(self.begin)
        self.done.left.connect(self.left.emit)
        self.done.grid.connect(lambda: self.room.go("floorplan", None))
        finish = QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Return), self)
        finish.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        finish.activated.connect(self.main_step)

    def begin(self, kind: Kind | None = None) -> None:
        """Begin with an empty hand."""
        self._asked = self._checked = None
        self._file.say("")
        self.banner.hide()
        if kind is not None:
            self.drop.kinds.put(kind)
        self.faces.setCurrentIndex(0)
        self.drop.button.setFocus()
        self._look_back()

    def open_file(self, path: Path) -> None:
        """Read a file and look at it."""
        self.banner.hide()
        kind = self.drop.kind()
        self._wait(tr("Reading {file}", file=path.name))
        self._ticket = self.room.lane.pursue(
            lambda ticket: read(path, ticket), lambda book: self._opened(book, kind), owner=self,
            progress=self.waiting.show_progress, refused=self._refuse_file,
        )  # fmt: skip

    def carry_out(self) -> None:
        """Carry the plan out."""
        checked, now = self._checked, self.room.now()
        if checked is None or checked.plan is None or not self.look.card.button.isEnabled():
            return
        order = Order(checked.plan, now, self.look.card.leave_out.isChecked())
        desk, halt = self.room.desk, Event()
        self._halt = halt
        self._wait(tr("Importing {file}", file=checked.found.book))
        self._ticket = self.room.lane.pursue(
            lambda ticket: carry(desk, order, ticket, halt), self._finished, owner=self,
            progress=self.waiting.show_progress, refused=self._refuse_plan,
        )  # fmt: skip

    def stop(self) -> None:
        """Stop the work under way: reading at once; an import tells itself whether it was stopped or already done."""
        if self._halt is not None:
            self._halt.set()
            self.waiting.title.say(tr("Stopping …"))
            return
        if self._ticket is not None:
            self._ticket.cancel()
        self.faces.setCurrentIndex(1 if self._checked else 0)
        self.room.say(tr("Stopped; nothing was written."))

    def undo(self) -> None:
        """Ctrl+Z: take back what was just imported."""
        if self.faces.currentIndex() == DONE:
            self.done.take_back()

    def back(self) -> bool:
        """Go one step back; from the first one the assistant is left."""
        at = self.faces.currentIndex()
        if at == 2:
            self.stop()
        elif at == 1:
            self.begin()
        else:
            self.left.emit()
        return True

    def main_step(self) -> None:
        """Do what the filled button does."""
        if self.faces.currentIndex() == 1:
            self.carry_out()
        elif self.faces.currentIndex() == 0:
            self.drop.choose()

    # --- answers

    def _opened(self, book: Book, kind: Kind) -> None:
        self._asked = Asked(book, kind, FREE)
        self._file.say(book.name)
        self._check()

    def _check(self) -> None:
        asked, desk, now = self._asked, self.room.desk, self.room.now()
        if asked is None:
            return
        self.look.begin_loading()
        self._ticket = self.room.lane.pursue(
            lambda ticket: check(desk, asked, now, ticket), self._understood, owner=self, refused=self._refuse_file
        )

    def _understood(self, checked: Checked) -> None:
        if checked.asked is not self._asked:
            return
        self._checked = checked
        self.look.show_checked(checked, may_round=may(self.room.desk.who.role, Step.EDIT_SETTINGS))
        if self.faces.currentIndex() != 1:
            self.faces.setCurrentIndex(1)
            self.look.card.button.setFocus()

    def _finished(self, result: Result) -> None:
        checked, halt, self._halt = self._checked, self._halt, None
        if halt is not None and halt.is_set():
            self.room.say(tr("It was written before it could be stopped."))
        self.done.show_result(result, checked.found.book if checked else "")
        self.faces.setCurrentIndex(DONE)
        self.room.changed()
        self.imported.emit()

    def _refuse_file(self, trouble: Exception) -> None:
        self.banner.refuse(trouble)
        self.faces.setCurrentIndex(1 if self._checked else 0)

    def _refuse_plan(self, trouble: Exception) -> None:
        self._halt = None
        if isinstance(trouble, Stopped):
            self.room.say(tr("Stopped; nothing was written."))
        else:
            self.banner.refuse(trouble)
        self.faces.setCurrentIndex(1)
        self._check()

    # --- taking back

    def _look_back(self) -> None:
        desk = self.room.desk
        self.room.lane.run(lambda: recent(desk), self.past.show_imports, owner=self)

    def _take_back(self, revision: int) -> None:
        desk, now, asked = self.room.desk, self.room.now(), TakeBack(revision, uuid4().hex)
        self.banner.hide()
        self.room.lane.run(
            lambda: take_back(desk, asked, now), self._taken_back, owner=self, refused=self.banner.refuse)

    def _taken_back(self, done: TakenBack) -> None:
        self.done.show_taken_back(done)
        self.faces.setCurrentIndex(DONE)
        self.room.changed()
        self.imported.emit()

    # --- what the user chooses

    def _choose_column(self, index: int, field: FieldKey | None) -> None:
        """A column is something else: taught, so that the next list with these headers is understood."""
        if self._asked is None or self._checked is None:
            return
        mapping = self._checked.found.mapping.with_(index, field)
        self._asked = replace(
            self._asked, choice=replace(self._asked.choice, taught=mapping.taught(), by_hand=True)
        )
        self._check()

    def _choose_place(self) -> None:
        """Another sheet, header row or building: columns are found anew where the header changes."""
        if self._asked is None or self._checked is None:
            return
        now, said, found = self._asked.choice, self.look.choice(), self._checked.found
        sheet = now.sheet if said.sheet == found.sheet.name else said.sheet
        row = now.header_row if said.header_row == found.header.shown_row else said.header_row
        if (sheet, row) != (now.sheet, now.header_row):
            now = replace(now, sheet=sheet, header_row=row, taught={}, by_hand=False)
        self._asked = replace(self._asked, choice=replace(now, building=said.building))
        self._soon.start()

    def _round_so(self, how: Rounding) -> None:
        desk, now, asked = self.room.desk, self.room.now(), RoundingRequest(how, uuid4().hex)
        self.room.lane.run(lambda: round_totals(desk, asked, now), lambda _: self._check(), owner=self)

    def _wait(self, title: str) -> None:
        self.waiting.title.say(title)
        self.faces.setCurrentIndex(2)

    @staticmethod
    def _middle(piece: QWidget) -> QWidget:
        piece.setMaximumWidth(560)
        piece.setMinimumWidth(460)
        return hold(column(None, row(None, piece, None), None, None))
