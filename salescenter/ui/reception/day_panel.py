"""Today at the right of reception: who came and called, and which follow-ups are due."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal

from salescenter.domain.masks import mask_phone
from salescenter.domain.staff import Person, may
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr, trn
from salescenter.services.customers import shown_name
from salescenter.services.follow_ups import DueFollowUp, due_list
from salescenter.services.reception_rules import Contact
from salescenter.services.visit_lists import DayLine, DaySums, of_day, sums
from salescenter.services.waiting.visits import WaitingVisit
from salescenter.services.words import is_agency
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.lines import Line, LineList
from salescenter.ui.kit.panel import Panel, column
from salescenter.ui.kit.records import Mark
from salescenter.ui.kit.room import Room

NOBODY = mark("Nobody has come or called today. Type a phone in the middle to register the first.")
NOT_KNOWN = mark("Waiting for the database: today's list loads by itself once it is back.")

Day = tuple[tuple[DayLine, ...], tuple[DueFollowUp, ...]]
"""Who came and called, and what is due."""


class DayPanel(Panel):
    """Today's visits and calls, newest first, and below them what is due; Enter opens the customer or the follow-up."""

    loaded = Signal()
    waiting_opened = Signal(str)  # the key of a visit that waits for the server
    decide = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._found: Day | None = None  # None before the house has told
        self._lines: tuple[DayLine, ...] = ()
        self._waiting: tuple[Line, ...] = ()
        self._brief = False
        self._title, self._sums = Label("", "headline"), Label("", "muted", wrap=True)
        self.visits = LineList(tr("Today's visitors and callers"), actions=self._actions, lead=50)
        self.visits.opened.connect(self._open_visit)
        self._nobody = Label("", "muted", wrap=True)
        self._due_title = SectionLabel(tr("To follow up"))
        self.due = LineList(tr("To follow up"), lead=50)
        self.due.opened.connect(lambda number: room.perform(Step.FOLLOW_UP, number))
        self.open = OutlinedButton("", self.decide.emit)
        self.open.hide()
        self.unread = Label("", "error", wrap=True)
        self.unread.hide()
        self.put(column(self._title, self._sums, gap=2), self.unread, self.open, self._nobody, self.visits)
        self.put(self._due_title, self.due)
        self.body.addStretch(0)  # what is over when both lists stand there whole
        self.body.setStretchFactor(self.visits, 3)
        self.body.setStretchFactor(self.due, 2)
        self.show_again()

    def reload(self) -> None:
        """Ask for today anew."""
        desk, today = self._room.desk, self._room.now().date()
        self._room.lane.run(lambda: (of_day(desk, today), due_list(desk, today)), self._show, owner=self)

    def show_waiting(self, visits: Sequence[WaitingVisit], undecided: Collection[str]) -> None:
        """Show on top what waits on this PC for the server, and how much of it somebody must decide about."""
        now, who = self._room.now(), self._room.desk.who
        self._waiting = tuple(waiting_line(one, now, who, undecided=one.key in undecided) for one in reversed(visits))
        self.open.setText(trn("Decide about {count} visit …", "Decide about {count} visits …", count=len(undecided)))
        self.open.setVisible(bool(undecided))
        self.show_again()

    def show_unreadable(self, files: Sequence[Path]) -> None:
        """Say that visits lie on this PC that nobody can read, and where; a person must write them down anew."""
        self.unread.say(trn("{count} visit kept on this PC cannot be read: ask who took it, and register it anew.",
                            "{count} visits kept on this PC cannot be read: ask who took them, and register them anew.",
                            count=len(files)))
        self.unread.setToolTip("\n".join(map(str, files)))
        self.unread.setVisible(bool(files))

    def chosen_waiting(self) -> str:
        """Return the key of the waiting visit under the cursor, "" where none is."""
        line = self.visits.current()
        return line.key if line is not None and isinstance(line.key, str) else ""

    def be_brief(self, brief: bool) -> None:
        """Leave out of the lines what a narrow side has no room for; it stands in their tips."""
        if brief != self._brief:
            self._brief = brief
            self.show_again()

    def chosen_visit(self) -> int | None:
        """Return the visit under the cursor, else the newest of the day."""
        line = self.visits.current()
        if line is not None and isinstance(line.key, int):
            return line.key
        return self._lines[0].id if self._lines else None

    def sums(self) -> DaySums:
        """Return the day's sums."""
        return sums(self._lines)

    def _show(self, found: Day) -> None:
        self._found = found
        self.show_again()

    def show_again(self) -> None:
        """Show what the house told last and what waits here; before it has told, that nothing is known yet."""
        known = self._found is not None
        self._lines, due = self._found or ((), ())
        now = self._room.now()
        today, *parts = _parts(sums(self._lines)) if known else [tr("Today")]
        self._title.setText(today)
        parts += [tr("waiting {count}", count=len(self._waiting))] if self._waiting else []
        self._sums.setText(" · ".join(parts))
        self._sums.setVisible(bool(parts))
        listed = [day_line(line, now, brief=self._brief) for line in self._lines]
        self.visits.set_lines([*self._waiting, *listed])
        self.due.set_lines([due_line(each, now) for each in due])
        self.visits.setMaximumHeight(max(40, self.visits.wanted_height()))
        self.due.setMaximumHeight(max(40, self.due.wanted_height()))
        anybody = bool(self._lines or self._waiting)
        self.visits.setVisible(anybody)
        self._nobody.setText(tr(NOBODY if known else NOT_KNOWN))
        self._nobody.setVisible(not anybody if known else self._room.bulletin.away_since is not None)
        for piece in (self._due_title, self.due):
            piece.setVisible(bool(due))
        if known:
            self.loaded.emit()

    def _actions(self, number: int | str) -> Sequence[tuple[str, Callable[[], object]]]:
        found: list[tuple[str, Callable[[], object]]] = [(tr("Open"), lambda: self._open_visit(number))]
        if isinstance(number, int) and may(self._room.desk.who.role, Step.TAKE_BACK_VISIT):
            take_back = tr("Take the registration back …")
            found.append((take_back, lambda: self._room.perform(Step.TAKE_BACK_VISIT, number)))
        return found

    def _open_visit(self, number: int | str) -> None:
        if isinstance(number, str):
            self.waiting_opened.emit(number)
            return
        line = next(line for line in self._lines if line.id == number)
        self._room.go("customers", line.customer)


def headline(counted: DaySums) -> str:
    """Write the day's sums: 今天 7 批 · 首访 3 · 复访 1 · 来电 2."""
    return " · ".join(_parts(counted))


def _parts(counted: DaySums) -> list[str]:
    parts = [trn("Today {count} group", "Today {count} groups", count=counted.groups)]
    for words, count in (
        (tr("first visits {count}", count=counted.first), counted.first),
        (tr("return visits {count}", count=counted.again), counted.again),
        (tr("calls in {count}", count=counted.calls_in), counted.calls_in),
        (tr("calls out {count}", count=counted.calls_out), counted.calls_out),
    ):
        parts += [words] if count else []
    return parts


def day_line(line: DayLine, now: datetime, *, brief: bool = False) -> Line:
    """Write one visit or call of the day; briefly, who came and how."""
    who = line.name or line.phone
    whole = tr("{name} ({count})", name=who, count=line.party) if line.party > 1 else who
    tip = " · ".join(part for part in (whole, line.consultant_name) if part)
    right = "" if brief else line.consultant_name
    return Line(line.id, who if brief else whole, formats.moment(line.at, now), badges=(_badge(line),), right=right,
                tip=tip)


def waiting_line(one: WaitingVisit, now: datetime, who: Person, *, undecided: bool = False) -> Line:
    """Write a visit that waits on this PC: whose name it is only its taker and whoever may reveal reads in full."""
    facts = one.asked.facts
    name = shown_name(facts.name, one.taker, who) or mask_phone("".join(facts.phones[:1]))
    badge = Mark(tr("to decide"), "danger") if undecided else Mark(tr("not sent yet"), "warning")
    tip = tr("Waits on this PC for the server; taken by {name}.", name=one.taker_name)
    return Line(one.key, name, formats.moment(one.at, now), badges=(badge,),
                right=one.consultant_name, tip=tip)


def _badge(line: DayLine) -> Mark:
    if line.peer:
        return Mark(tr("competitor"))
    if line.kind is Contact.VISIT and is_agency(line.channel):
        return Mark(tr("agency"), "danger")
    words = {
        (Contact.VISIT, True): (tr("first visit"), "accent"), (Contact.VISIT, False): (tr("return visit"), "accent"),
        (Contact.CALL_IN, True): (tr("call in"), "warning"), (Contact.CALL_IN, False): (tr("call in"), "warning"),
    }
    return Mark(*words.get((line.kind, line.first), (tr("call out"), "neutral")))


def due_line(due: DueFollowUp, now: datetime) -> Line:
    """Write one follow-up: today's plainly, overdue ones with their days."""
    late = (now.date() - due.due).days
    badges = (Mark(trn("{count} day", "{count} days", context="reception", count=late), "danger"),) if late else ()
    lead = tr("overdue", context="reception") if late else tr("today", context="reception")
    return Line(due.id, due.name or due.phone, lead, badges=badges, detail=due.what, right=due.person_name,
                tip=due.what)
