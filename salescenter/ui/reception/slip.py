"""The registration slip: gathered and set in the paper lane, then shown."""

from __future__ import annotations

from salescenter.print.registration import registration_pdf
from salescenter.services.waiting.slip import provisional_paper
from salescenter.services.waiting.visits import WaitingVisit
from salescenter.ui.kit.issued_papers import registration
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room


def show_slip(room: Room, visit: int) -> None:
    """Show the slip of a visit or call in the preview."""
    now = room.now()
    room.papers.run(lambda: registration(room.desk, visit, now), room.show_paper, owner=room.bulletin)


def show_provisional(room: Room, visit: WaitingVisit) -> None:
    """Show the slip of a visit that waits on this PC; nothing of it is kept, the house knows nothing of it yet."""
    now = room.now()

    def make() -> Paper:
        value = provisional_paper(visit, now)
        return Paper("registration", "", value.title, registration_pdf(value))

    room.papers.run(make, room.show_paper, owner=room.bulletin)
