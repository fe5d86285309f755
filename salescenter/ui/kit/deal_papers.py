"""Papers of a deal: made in the paper lane, shown, and kept when they are printed."""

from __future__ import annotations

from collections.abc import Callable

from salescenter.i18n import tr
from salescenter.print.contract import contract_pdf
from salescenter.print.receipt import receipt_pdf
from salescenter.print.subscription import subscription_pdf
from salescenter.services.papers.contracts import contract_paper, subscription_paper
from salescenter.services.papers.receipts import receipt_paper
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room


def show_receipt(room: Room, number: str, reason: str = "") -> None:
    """Show a receipt."""
    now = room.now()

    def make() -> Paper:
        value = receipt_paper(room.desk, number, now, reason=reason)
        title = tr("Receipt {number}", number=number)
        return Paper("receipt", number, title, receipt_pdf(value), reason=reason)

    _show(room, make)


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
