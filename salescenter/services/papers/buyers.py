"""Telling the history that the buyers' ID numbers are looked at, before a paper that shows them whole is made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from salescenter.data.deals import deal_buyer
from salescenter.domain.units import Step
from salescenter.services.looks import told_first
from salescenter.services.work import Desk


def tell_buyers(desk: Desk, deal_id: int, now: datetime) -> None:
    """Say that this person looks at the cards of a deal's buyers; a server shows them only to who said so before."""
    if desk.engine.dialect.name == "sqlite":
        return
    with desk.reading() as connection:
        buyers = connection.scalars(select(deal_buyer.c.customer_id).where(deal_buyer.c.deal_id == deal_id)).all()
    if buyers:
        with told_first(desk, now) as work:
            for number in sorted(set(buyers)):
                work.note(Step.REVEAL, "customer", number, customer=number, deal=deal_id)
