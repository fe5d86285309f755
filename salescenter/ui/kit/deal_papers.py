"""Papers of a deal: made in the paper lane, shown, and kept when they are printed."""

from __future__ import annotations

from collections.abc import Callable

from salescenter.i18n import tr
from salescenter.print.contract import contract_pdf
from salescenter.print.subscription import subscription_pdf
from salescenter.services.papers.contracts import contract_paper, subscription_paper
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

    def make() -> Paper:
        value = subscription_paper(room.desk, deal, now)
        title = tr("Subscription {number}", number=value.number)
        return Paper("subscription", value.number, title, subscription_pdf(value), deal=deal)

    _show(room, make)


def show_contract(room: Room, deal: int) -> None:
    """Show a contract; it is marked as a draft until it is signed."""
    now = room.now()

    def make() -> Paper:
        value = contract_paper(room.desk, deal, now)
        title = tr("Contract {number}", number=value.number)
        return Paper("contract", value.number, title, contract_pdf(value), deal=deal)

    _show(room, make)


def _show(room: Room, make: Callable[[], Paper]) -> None:
    room.papers.run(make, room.show_paper, owner=room.bulletin)
