"""Turning the clock back: the present, a past moment, or two dates compared, as the time bar asks."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from salescenter.i18n import trn
from salescenter.services import grid
from salescenter.ui.floorplan import past
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.foot import TimeBar
from salescenter.ui.floorplan.live import Live
from salescenter.ui.floorplan.past import Compared
from salescenter.ui.kit import formats
from salescenter.ui.kit.lane import Ticket
from salescenter.ui.kit.room import Room


class BackInTime(QObject):
    """Which estate is shown: `moment` is None and `compared` too while it is the present."""

    turned = Signal()

    def __init__(self, room: Room, live: Live, bar: TimeBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room, self._live, self._bar = room, live, bar
        self._estate: Estate | None = None
        self._asked: Ticket | None = None
        self._days: tuple[date, date] | None = None
        self.moment: datetime | None = None
        self.compared: Compared | None = None
        bar.moment_wanted.connect(self.show_moment)
        bar.two_wanted.connect(self.show_two)

    @property
    def estate(self) -> Estate | None:
        """The estate to show."""
        return self._estate or self._live.estate

    @property
    def is_now(self) -> bool:
        """Whether the present is shown."""
        return self._estate is None

    def offer(self) -> None:
        """Let the time bar reach back to the first moment known."""
        desk, now = self._room.desk, self._room.now()
        self._room.lane.run(lambda: grid.first_moment(desk), lambda first: self._bar.offer(first, now), owner=self)

    def title(self) -> str:
        """Say which dates are compared and how much differs."""
        if self.compared is None or self._days is None:
            return ""
        (earlier, later), today = self._days, self._room.now().date()
        return trn("{earlier} → {later}: {count} unit changed", "{earlier} → {later}: {count} units changed",
                   count=len(self.compared.found), earlier=formats.day(earlier, today),
                   later=formats.day(later, today))  # fmt: skip

    def show_moment(self, moment: datetime | None) -> None:
        """Show a past moment, or the present again; an answer that comes too late is dropped."""
        self._drop()
        live, desk = self._live.estate, self._room.desk
        if moment is None or live is None:
            self._turn(None, None, None)
            return
        layout = live.layout
        self._asked = self._room.lane.run(
            lambda: past.estate_at(desk, layout, moment), lambda then: self._turn(then, moment, None), owner=self,
            refused=self._room.refuse,
        )  # fmt: skip

    def show_two(self, days: tuple[date, date] | None) -> None:
        """Compare two dates at their ends, or no more."""
        self._drop()
        live, desk = self._live.estate, self._room.desk
        if days is None or live is None:
            self._turn(None, None, None)
            return
        self._days = days
        layout, moments = live.layout, (self._bar.end_of(days[0]), self._bar.end_of(days[1]))
        self._asked = self._room.lane.run(
            lambda: past.compare(desk, layout, moments), lambda found: self._turn(found.estate, moments[1], found),
            owner=self, refused=self._room.refuse,
        )  # fmt: skip

    def _drop(self) -> None:
        if self._asked is not None:
            self._asked.cancel()

    def _turn(self, estate: Estate | None, moment: datetime | None, compared: Compared | None) -> None:
        self._estate, self.moment, self.compared = estate, moment, compared
        self.turned.emit()
