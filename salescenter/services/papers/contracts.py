"""Gathering a contract or a subscription agreement from a deal and the version of the template that holds for it."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import select

from salescenter.data.deals import deal
from salescenter.data.types import CHINA
from salescenter.domain.papers.check import PaperKind, check_value
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.needs import COMPLETED, SUBSCRIPTION
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.domain.refusals import NotFound
from salescenter.domain.units import UnitState
from salescenter.services.papers import archive
from salescenter.services.papers.buyers import tell_buyers
from salescenter.services.papers.template_versions import bound, contract_kind, in_force
from salescenter.services.papers.terms import Gathered, gather
from salescenter.services.work import Desk


def contract_paper(desk: Desk, deal_id: int, now: datetime) -> ContractPaper:
    """Gather a deal's contract; a drafted one is marked as a draft on every page."""
    key = archive.secret(desk, now)
    tell_buyers(desk, deal_id, now)
    with desk.reading() as connection:
        found = gather(connection, deal_id)
        kind = contract_kind(connection, found.unit.id)
        text = bound(connection, found.deal, kind, now.astimezone(CHINA).date())
    number = found.deal.contract_number or found.deal.number
    check = check_value(PaperKind.CONTRACT, number, found.deal.total.fen, key)
    edition = "（现售）" if kind == COMPLETED else "（预售）"
    draft = found.deal.state < UnitState.SIGNED
    return ContractPaper(number, found.terms, text, _made(found, now), edition=edition, check=check, draft=draft)


def subscription_paper(desk: Desk, deal_id: int, now: datetime) -> SubscriptionPaper:
    """Gather a deal's subscription agreement (认购书)."""
    key = archive.secret(desk, now)
    tell_buyers(desk, deal_id, now)
    with desk.reading() as connection:
        found = gather(connection, deal_id)
        if found.deal.subscribed is None:
            raise NotFound(what="subscription", sought=found.deal.number)
        text = in_force(connection, desk.project, SUBSCRIPTION, found.deal.subscribed).text
    check = check_value(PaperKind.SUBSCRIPTION, found.deal.number, found.deal.total.fen, key)
    return SubscriptionPaper(found.deal.number, found.terms, text, midnight(found.deal.subscribed, now), check=check)


def deal_numbered(desk: Desk, number: str) -> int:
    """Find a deal by its own or its contract's number."""
    with desk.reading() as connection:
        found = connection.scalar(
            select(deal.c.id).where(
                deal.c.project_id == desk.project, (deal.c.number == number) | (deal.c.contract_number == number)
            )
        )
    if found is None:
        raise NotFound(what="deal", sought=number)
    return int(found)


def _made(found: Gathered, now: datetime) -> datetime:
    return midnight(found.deal.signed or found.deal.drafted or found.deal.subscribed, now)


def midnight(day: date, now: datetime) -> datetime:
    """The moment in the properties of a file: midnight of its day, so that the same paper has the same bytes."""
    return datetime.combine(day, time(), now.tzinfo)
