"""A sheet that does one deed: it loads what it needs, sends the deed once, and tells the grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

from salescenter.domain.errors import Weather
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.services.approvals import ApprovalRequest
from salescenter.ui.kit.asking import ask_approval
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.lane import Trouble
from salescenter.ui.kit.notices import offer_undo, withdraw_offers
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import NARROW, Sheet
from salescenter.ui.kit.terms import step_words
from salescenter.ui.kit.waiting import LoadingOverlay

R = TypeVar("R")


class OneDeed(Sheet):
    """A form for one step.

    The key is made once for the sheet, so that pressing twice, or again after a lost connection, does the
    deed once.
    """

    def __init__(self, room: Room, step: Step, *, width: int = NARROW, title: str = "", subtitle: str = "") -> None:
        super().__init__(title or step_words(step), width=width, subtitle=subtitle)
        self.room, self.step = room, step
        self.key = uuid4().hex
        self._waiting = LoadingOverlay(self)
        self._wanted: tuple[ApprovalRequest, str] | None = None
        self._way_out: OutlinedButton | None = None

    def load(self, job: Callable[[], R], loaded: Callable[[R], object]) -> None:
        """Fetch what the form needs; a skeleton stands there if it takes long."""
        self._waiting.begin()

        def fill(found: R) -> None:
            self._waiting.end()
            loaded(found)

        def again() -> None:
            self.banner.hide()
            self.load(job, loaded)

        def not_loaded(trouble: Trouble) -> None:
            self._waiting.end()
            self.banner.not_loaded(trouble, again if isinstance(trouble, Weather) else None)

        self.room.lane.run(job, fill, owner=self, refused=not_loaded)

    def send(self, deed: Callable[[], R], done: Callable[[R], object] | None = None) -> None:
        """Do the deed in the lane; on success the sheet closes and every grid looks at the feed."""
        self.busy()

        def finished(result: R) -> None:
            if (window := self.parentWidget()) is not None:
                withdraw_offers(window)
            self.room.changed()
            self.finish(result)
            if done is not None:
                done(result)

        self.room.lane.run(deed, finished, owner=self, refused=self.refuse)

    def wanted(self, trouble: Exception) -> tuple[ApprovalRequest, str] | None:
        """Return what to ask a manager for, and in words, where their leave opens what was refused."""
        return None

    def refuse(self, trouble: Exception) -> None:
        """Show a refusal; where a manager's leave would open it, offer to ask for it."""
        super().refuse(trouble)
        self._wanted = self.wanted(trouble)
        if self._wanted is not None and self._way_out is None:
            self._way_out = self.add_action(tr("Ask for approval"), self._ask)
        if self._way_out is not None:
            self._way_out.setVisible(self._wanted is not None)

    def _ask(self) -> None:
        if self._wanted is not None:
            ask_approval(self.room, self, *self._wanted)

    def offer_undo(self, said: str, undo: Callable[[], object]) -> None:
        """Say at the window's foot what was done, and offer the way back; Ctrl+Z takes it too."""
        window, room = self.parentWidget(), self.room
        if window is None:
            room.say(said)
            return

        def take_back() -> None:
            room.lane.run(undo, lambda _: room.changed(), owner=room.bulletin)

        offer_undo(window, said, take_back)
