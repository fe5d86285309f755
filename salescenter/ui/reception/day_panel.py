"""Today at the right of reception: who came and called, and which follow-ups are due."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.services.follow_ups import DueFollowUp, due_list
from salescenter.services.reception_rules import Contact
from salescenter.services.visit_lists import DayLine, DaySums, of_day, sums
from salescenter.services.words import is_agency
from salescenter.ui.kit import formats
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.lines import Line, LineList
from salescenter.ui.kit.panel import Panel, column
from salescenter.ui.kit.records import Mark
from salescenter.ui.kit.room import Room


class DayPanel(Panel):
    """Today's visits and calls, newest first, and below them what is due; Enter opens the customer or the follow-up."""

    loaded = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._found: tuple[tuple[DayLine, ...], tuple[DueFollowUp, ...]] = ((), ())
        self._lines: tuple[DayLine, ...] = ()
        self._brief = False
        self._title, self._sums = Label("", "headline"), Label("", "muted", wrap=True)
        self.visits = LineList(tr("Today's visitors and callers"), lead=50)
        self.visits.opened.connect(self._open_visit)
        self._nobody = Label(tr("Nobody has come or called today. Type a phone in the middle to register the first."),
                             "muted", wrap=True)
        self._due_title = SectionLabel(tr("To follow up"))
        self.due = LineList(tr("To follow up"), lead=50)
        self.due.opened.connect(lambda number: room.perform(Step.FOLLOW_UP, number))
        self.put(column(self._title, self._sums, gap=2), self._nobody, self.visits, self._due_title, self.due)
        self.body.addStretch(0)  # what is over when both lists stand there whole
        self.body.setStretchFactor(self.visits, 3)
        self.body.setStretchFactor(self.due, 2)
        self._show(((), ()))

    def reload(self) -> None:
        """Ask for today anew."""
        desk, today = self._room.desk, self._room.now().date()
        self._room.lane.run(lambda: (of_day(desk, today), due_list(desk, today)), self._show, owner=self)

    def be_brief(self, brief: bool) -> None:
        """Leave out of the lines what a narrow side has no room for; it stands in their tips."""
        if brief != self._brief:
            self._brief = brief
            self._show(self._found)

    def chosen_visit(self) -> int | None:
        """Return the visit under the cursor, else the newest of the day."""
        line = self.visits.current()
        if line is not None:
            return int(str(line.key))
        return self._lines[0].id if self._lines else None

    def sums(self) -> DaySums:
        """Return the day's sums."""
        return sums(self._lines)

    def _show(self, found: tuple[tuple[DayLine, ...], tuple[DueFollowUp, ...]]) -> None:
        self._found, (self._lines, due) = found, found
        now = self._room.now()
        today, *parts = _parts(sums(self._lines))
        self._title.setText(today)
        self._sums.setText(" · ".join(parts))
        self._sums.setVisible(bool(parts))
        self.visits.set_lines([day_line(line, now, brief=self._brief) for line in self._lines])
        self.due.set_lines([due_line(each, now) for each in due])
        self.visits.setMaximumHeight(max(40, self.visits.wanted_height()))
        self.due.setMaximumHeight(max(40, self.due.wanted_height()))
        self.visits.setVisible(bool(self._lines))
        self._nobody.setVisible(not self._lines)
        for piece in (self._due_title, self.due):
            piece.setVisible(bool(due))
        self.loaded.emit()

    def _open_visit(self, number: int) -> None:
        line = next(line for line in self._lines if line.id == number)
        self._room.go("customers", line.customer)


def headline(counted: DaySums) -> str:
    """Write the day's sums: 今天 7 批 · 首访 3 · 复访 1 · 来电 2."""
    return " · ".join(_parts(counted))


def _parts(counted: DaySums) -> list[str]:
    parts = [tr("Today {count} groups", count=counted.groups)]
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
    badges = (Mark(tr("{days} days", context="reception", days=late), "danger"),) if late else ()
    lead = tr("overdue", context="reception") if late else tr("today", context="reception")
    return Line(due.id, due.name or due.phone, lead, badges=badges, detail=due.what, right=due.person_name,
                tip=due.what)
