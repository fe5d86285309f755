"""Company on the grid: who else is at which unit, where this desk is, and how old the picture is without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from salescenter.domain.grid import Onlooker, Present
from salescenter.i18n import tr, trn

if TYPE_CHECKING:
    from salescenter.ui.floorplan.page import FloorplanPage

SETTLE = 250
"""Milliseconds somebody must stay at a unit to be at it: walking by with the arrow keys is not news."""

MINUTE = 60_000
"""Milliseconds until the age of the picture is said anew."""


class Company(QObject):
    """Keeps the canvas told of the others, and the others of this desk."""

    def __init__(self, page: FloorplanPage) -> None:
        super().__init__(page)
        self._page = page
        self._present = Present()
        self._canvas: QObject | None = None
        self.as_of: datetime | None = None  # the moment the picture is of, while the database is away
        self._settle, self._age = QTimer(self), QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self.say_where)
        self._age.setInterval(MINUTE)
        self._age.timeout.connect(page.say_what_this_is)
        bulletin = page.room.bulletin
        bulletin.present.connect(self._see)
        bulletin.away.connect(self._grow_old)
        page.live.loaded.connect(self._join)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever opens another area is at no unit."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._settle.start()
        return super().eventFilter(watched, event)

    def say_where(self) -> None:
        """Tell the other desks which unit is looked at here."""
        canvas = self._page.canvas
        seen = canvas is not None and self._page.isVisible() and canvas.selection.current >= 0
        unit = canvas.estate.cells.id[canvas.selection.current] if canvas is not None and seen else 0
        self._page.room.bulletin.looking.emit(unit)

    def age(self) -> tuple[str, str]:
        """Say of which moment the picture is, and how long ago that was."""
        if self.as_of is None:
            return "", ""
        minutes = int((self._page.room.now() - self.as_of).total_seconds() // 60)
        said = tr("The grid as it stood at {moment}.", moment=f"{self.as_of:%H:%M:%S}")
        if not minutes:
            return said, tr("The database does not answer.")
        return said, trn("{count} minute old; the database does not answer.",
                         "{count} minutes old; the database does not answer.", count=minutes)  # fmt: skip

    def _join(self, _: object) -> None:
        """A canvas stands, or was filled anew."""
        canvas = self._page.canvas
        if canvas is None:
            return
        if self._canvas is not canvas:
            self._canvas = canvas
            canvas.selection.moved.connect(lambda _: self._settle.start())
        self._show()

    def _see(self, present: Present) -> None:
        if present.at != self._present.at:
            self._present = present
            self._show()

    def _show(self) -> None:
        canvas = self._page.canvas
        if canvas is not None:
            canvas.show_present(self._present.at)

    def _grow_old(self, heard_at: datetime | None) -> None:
        self.as_of = heard_at
        self._age.start() if heard_at else self._age.stop()
        if self._page.canvas is not None:
            self._page.canvas.show_old(heard_at is not None)
        self._page.say_what_this_is()


def said_of(onlookers: Sequence[Onlooker]) -> str:
    """Say who is at a unit, a person a line."""
    return "\n".join(
        tr("{name} has a form of it open", name=name) if working else tr("{name} is looking at it", name=name)
        for name, working in ((one.name, one.working) for one in onlookers)
    )
