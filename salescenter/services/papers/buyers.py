"""Telling the history that buyers' ID numbers and phones are looked at, before a paper shows them whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from salescenter.data.customers import customer
from salescenter.data.deals import deal_buyer
from salescenter.data.payments import receipt
from salescenter.domain.units import Step
from salescenter.services.looks import told_first
from salescenter.services.work import Desk

_B = deal_buyer.c


def tell_buyers(desk: Desk, deal_id: int, now: datetime) -> None:
    """Say that this person looks at the cards of a deal's buyers; a server shows them only to who said so before."""
    _tell(desk, select(_B.customer_id, _B.deal_id).where(_B.deal_id == deal_id), now)


def tell_payer(desk: Desk, number: str, now: datetime) -> None:
    """Say the same of the buyer who paid a receipt; whoever else pays for a deal is not on record."""
    paid = (receipt.c.number == number, receipt.c.project_id == desk.project, receipt.c.payer == customer.c.name)
    buyer = select(_B.customer_id, _B.deal_id).join(receipt, receipt.c.deal_id == _B.deal_id)
    _tell(desk, buyer.join(customer, customer.c.id == _B.customer_id).where(*paid), now)


def _tell(desk: Desk, who: Select[Any], now: datetime) -> None:
    if desk.engine.dialect.name == "sqlite":
        return
    with desk.reading() as connection:
        buyers = {(number, deal) for number, deal in connection.execute(who)}
    if buyers:
        with told_first(desk, now) as work:
            for number, deal in sorted(buyers):
                work.note(Step.REVEAL, "customer", number, customer=number, deal=deal)
