"""The line above the charts: one period for all of them, what it is compared with, what is counted."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from salescenter.domain.report_periods import Against, Quick, Span, quick_of, quick_span, span_around
from salescenter.i18n import tr
from salescenter.services.reports.board import BoardAsked
from salescenter.services.reports.funnel import FunnelBy
from salescenter.services.reports.values import Measure, Stage
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.labels import Label, TitleLabel
from salescenter.ui.kit.panel import hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.switch_row import SwitchRow
from salescenter.ui.reports import saying

TYPED_AFTER = 500
"""Milliseconds after the last letter of a typed day until it counts."""


class Controls(QWidget):
    """Chooses the period and how it is read. `asked` is sent when figures must be read, `read` when only drawn anew."""

    asked = Signal()
    redrawn = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = room.now
        self._opened = self._today()
        self.quick = SwitchRow(_choices(saying.QUICK))
        self.first, self.last = DayEdit(self._today), DayEdit(self._today)
        self.against = switches(saying.AGAINST, Against.PREVIOUS)
        self.stage = switches(saying.STAGES, Stage.SIGNED)
        self.measure = switches(saying.MEASURES, Measure.COUNT)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_AFTER)
        self._typed.timeout.connect(self._take_days)
        self._lay_out()
        self._connect()
        self._span = quick_span(Quick.THIS_MONTH, self._today(), self._opened)
        self._show(self._span)

    def span(self) -> Span:
        """Return the period chosen."""
        return self._span

    def choose(self, span: Span) -> None:
        """Choose a period, as if it had been picked."""
        self._show(span)
        self.asked.emit()

    def board_asked(self, funnel: FunnelBy) -> BoardAsked:
        """Return what to read."""
        return BoardAsked(self._span, self.against.value()[0], self.stage.value()[0], funnel)

    def counted_in(self) -> Measure:
        """Return the measure chosen."""
        measure: Measure = self.measure.value()[0]
        return measure

    def know_opened(self, opened: date | None) -> None:
        """Learn the first day of the records, where “everything” begins."""
        self._opened = opened or self._today()

    def follow_today(self) -> None:
        """After midnight a period that ended today ends today again."""
        for chosen in self.quick.value():
            self._show(quick_span(chosen, self._today(), self._opened))

    def _today(self) -> date:
        return self._now().date()

    def _lay_out(self) -> None:
        for day, name in ((self.first, tr("From")), (self.last, tr("Until"))):
            day.setFixedWidth(146)
            day.setAccessibleName(name)
        flow = FlowLayout(self, gap=12)
        flow.addWidget(TitleLabel(tr("Reports")))
        flow.addWidget(self.quick)
        flow.addWidget(hold(row(self.first, Label("–", "muted"), self.last, gap=6)))
        for each in (self.against, self.stage, self.measure):
            flow.addWidget(each)
        for each in (self.quick, self.against, self.stage, self.measure):
            each.setMinimumSize(each.sizeHint())

    def _connect(self) -> None:
        self.quick.edited.connect(self._picked)
        for day in (self.first, self.last):
            day.edited.connect(self._typed.start)
        for each in (self.against, self.stage):
            each.edited.connect(self.asked)
        self.measure.edited.connect(self.redrawn)

    def _picked(self) -> None:
        self.follow_today()
        self.asked.emit()

    def _take_days(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first is None or last is None or (first, last) == (self._span.first, self._span.last):
            return
        self._span = span_around(first, last)
        self._light()
        self.asked.emit()

    def _show(self, span: Span) -> None:
        self._span = span
        self.first.put(span.first)
        self.last.put(span.last)
        self._light()

    def _light(self) -> None:
        known = quick_of(self._span, self._today(), self._opened)
        self.quick.put((known,) if known else ())


def _choices(words: Mapping[Any, str]) -> list[tuple[Hashable, str]]:
    return [(value, tr(said)) for value, said in words.items()]


def switches(words: Mapping[Any, str], on: Hashable) -> SwitchRow:
    """Make a row of switches from words, one of them on."""
    made = SwitchRow(_choices(words))
    made.put((on,))
    return made
