"""The to-do page: sums by kind as switches, and one list, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import uuid4

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from salescenter.domain.staff import Role, may
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr
from salescenter.services.papers.voiding import SettleRequest
from salescenter.services.todo import Todo, TodoKind, todos
from salescenter.ui.kit import formats
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.labels import Label, TitleLabel
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.switch_row import SwitchRow
from salescenter.ui.kit.terms import step_words
from salescenter.ui.kit.void_list import settle_paper

KINDS: dict[TodoKind, tuple[str, str]] = {
    TodoKind.APPROVAL: (mark("To approve"), "warning"),
    TodoKind.SIGN_OVERDUE: (mark("Signing overdue"), "danger"),
    TodoKind.SIGN_SOON: (mark("To sign"), "warning"),
    TodoKind.HOLD_ENDS: (mark("Hold ends"), "warning"),
    TodoKind.RESERVE_ENDS: (mark("Small deposit ends"), "warning"),
    TodoKind.FOLLOW_UP: (mark("To follow up"), "accent"),
    TodoKind.ARREARS: (mark("In arrears"), "danger"),
    TodoKind.VOID_PAPER: (mark("Void paper"), "warning"),
    TodoKind.SCAN_MISSING: (mark("To scan"), "warning"),
}
"""What each kind is called, and its tone."""

LOOK_AGAIN = 30_000
"""Milliseconds between two looks while the page is in front."""

OWN_WORK = frozenset({Role.CONSULTANT})
"""Roles that first see only what is theirs."""


class TodoPage(QWidget):
    """Enter opens what a line is about; a follow-up can be done from its menu."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._all: tuple[Todo, ...] = ()
        self._kind = ""
        self._whose = SwitchRow([("mine", tr("Mine", context="todo")), ("all", tr("All", context="todo"))])
        self._whose.put(["mine" if room.desk.who.role in OWN_WORK else "all"])
        self._whose.edited.connect(self.reload)
        self._kinds = SwitchRow()
        self._kinds.edited.connect(self._narrow)
        self._summary = Label("", "muted")
        self.table = self._make_table()
        panel = Panel()
        panel.put(
            row(TitleLabel(tr("To do")), self._summary, None, self._whose, gap=12), row(self._kinds, None), self.table
        )
        panel.body.setStretchFactor(self.table, 1)
        whole = row(panel)
        whole.setContentsMargins(16, 14, 16, 14)
        self.setLayout(whole)
        self.setMinimumSize(720, 360)
        begins_in(self, lambda: self.table)
        self._again = QTimer(self)
        self._again.setInterval(LOOK_AGAIN)
        self._again.timeout.connect(self.reload)
        room.bulletin.stirred.connect(self._stirred)
        self.reload()

    def _make_table(self) -> RecordTable[Todo]:
        empty = EmptyState(
            tr("Nothing waits"),
            tr("Follow-ups, signing days, holds that end, approvals and arrears stand here when they are due."),
            icon="todo",
        )
        columns: list[Column[Todo]] = [
            Column(tr("What", context="todo"), _what, Kind.BADGE, width=124),
            Column(tr("About"), lambda todo: todo.about, width=104, tip=lambda todo: todo.about),
            Column(tr("Who"), lambda todo: todo.who if todo.who != todo.about else "", width=92,
                   tip=lambda todo: todo.who),
            Column(tr("Details"), _detail, tip=_detail),
            Column(tr("Due", context="todo"), self._when, width=158, tone=self._tone),
            Column(tr("Owed"), lambda todo: todo.amount, Kind.MONEY, width=124, total=True),
            Column(tr("Whose"), lambda todo: todo.person_name, width=92, spare=True),
        ]
        table = RecordTable(columns, now=self._room.now, key=_key, empty=empty, actions=self._actions)
        table.opened.connect(self._open)
        return table

    # --- what the shell asks

    def status(self) -> str:
        """Return how much waits."""
        return tr("{count} to do", count=len(self._all))

    def show_argument(self, argument: object) -> None:
        """Show one kind only (a value of `TodoKind`)."""
        self._kind = str(argument)
        self._show(self._all)

    # --- the list

    def reload(self) -> None:
        """Look what waits now."""
        desk, now = self._room.desk, self._room.now()
        mine = self._whose.value() == ("mine",)
        self.table.begin_loading()
        self._room.lane.run(lambda: todos(desk, now, mine=mine), self._show, owner=self)

    def _stirred(self) -> None:
        """Somebody asks for an approval: it stands here at once."""
        if self.isVisible():
            self.reload()

    def _show(self, found: tuple[Todo, ...]) -> None:
        self._all = found
        sums = {kind: sum(todo.kind is kind for todo in found) for kind in TodoKind}
        self._kind = self._kind if sums.get(TodoKind(self._kind) if self._kind else TodoKind.APPROVAL) else ""
        choices = [("", tr("All {count}", count=len(found)))]
        choices += [(kind.value, f"{tr(KINDS[kind][0])} {count}") for kind, count in sums.items() if count]
        self._kinds.set_choices(choices)
        self._kinds.put([self._kind])
        self._kinds.setVisible(len(choices) > 2)
        late = sum(todo.due < self._room.now().date() for todo in found)
        self._summary.setText(tr("{count} overdue", count=late) if late else "")
        self.table.set_rows([todo for todo in found if self._kind in ("", todo.kind.value)])
        if self.isVisible():
            self._room.say(self.status())

    def _narrow(self) -> None:
        self._kind = str((self._kinds.value() or ("",))[0])
        self._show(self._all)

    def _when(self, todo: Todo) -> str:
        now = self._room.now()
        if todo.until is not None and todo.kind is not TodoKind.APPROVAL:
            return formats.moment(todo.until, now)
        day = formats.day(todo.due, now.date())
        return day if todo.kind is TodoKind.APPROVAL else f"{day} · {formats.days_left(todo.due, now.date())}"

    def _tone(self, todo: Todo) -> str:
        late = todo.due < self._room.now().date() and todo.kind is not TodoKind.APPROVAL
        return "danger" if late else ""

    def _open(self, todo: Todo) -> None:
        self._room.go(todo.page, todo.argument)

    def _settle(self, todo: Todo) -> None:
        settle_paper(self._room, SettleRequest(todo.number, uuid4().hex, todo.copy), self.reload, self)

    def _actions(self, todo: Todo) -> Sequence[tuple[str, Callable[[], object]]]:
        found: list[tuple[str, Callable[[], object]]] = [(tr("Open"), lambda: self._open(todo))]
        if todo.kind is TodoKind.FOLLOW_UP and may(self._room.desk.who.role, Step.FOLLOW_UP):
            found.insert(0, (tr("Do it or put it off …"), lambda: self._room.perform(Step.FOLLOW_UP, todo.number)))
        if todo.kind is TodoKind.VOID_PAPER:
            found.insert(0, (tr("It is settled"), lambda: self._settle(todo)))
        if todo.kind is TodoKind.APPROVAL:
            found.insert(0, (tr("Grant or decline …"), lambda: self._room.perform(Step.APPROVE, todo.number)))
        return found

    # --- staying fresh

    def event(self, event: QEvent) -> bool:
        """Look again when a sheet over the window has closed."""
        if event.type() == QEvent.Type.WindowActivate and self.isVisible():
            self.reload()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()


def _what(todo: Todo) -> Mark:
    words, tone = KINDS[todo.kind]
    return Mark(tr(words), tone)


def _detail(todo: Todo) -> str:
    """Write the details; an approval's is the step it is for."""
    if todo.kind is TodoKind.APPROVAL and todo.detail in {step.value for step in Step}:
        return step_words(Step(todo.detail))
    return todo.detail


def _key(todo: Todo) -> tuple[str, int]:
    return todo.kind.value, todo.number
