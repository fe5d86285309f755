"""Papers of a deal: made in the paper lane, shown, and kept when they are printed."""

from __future__ import annotations

from collections.abc import Callable

from salescenter.ui.kit.issued_papers import contract, subscription
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.stationery import receipt


def show_receipt(room: Room, number: str, reason: str = "") -> None:
    """Show a receipt."""
    now = room.now()
    _show(room, lambda: receipt(room.desk, number, now, reason))


def show_subscription(room: Room, deal: int) -> None:
    """Show a subscription agreement."""
    now = room.now()
    _show(room, lambda: subscription(room.desk, deal, now))


def show_contract(room: Room, deal: int) -> None:
    """Show a contract; it is marked as a draft until it is signed."""
    now = room.now()
    _show(room, lambda: contract(room.desk, deal, now))


def _show(room: Room, make: Callable[[], Paper]) -> None:
    room.papers.run(make, room.show_paper, owner=room.bulletin)
