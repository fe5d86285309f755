"""The offer, right after a registration, to take it back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from salescenter.i18n import tr
from salescenter.services.taking_back import TakeBackRequest, TakenBack, take_back
from salescenter.ui.kit.notices import Banner, offer_undo
from salescenter.ui.kit.room import Room


def offer_to_take_back(
    page: QWidget, room: Room, banner: Banner, visit: int, said: str, then: Callable[[], object]
) -> None:
    """Say at the window's foot that a visit is registered; Undo or Ctrl+Z takes it back, and `then` follows."""
    asked = TakeBackRequest(visit, tr("Undone"), uuid4().hex)

    def done(_done: TakenBack) -> None:
        banner.say(tr("The registration is taken back."), "", "accent")
        then()

    def undo() -> None:
        desk, now = room.desk, room.now()
        room.lane.run(lambda: take_back(desk, asked, now), done, owner=page, refused=banner.refuse)

    offer_undo(page, said, undo)
