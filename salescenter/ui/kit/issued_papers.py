"""Papers with a number of their own: gathered, set, and named alike for the screens and for the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from salescenter.domain.papers.form_fields import filling_of
from salescenter.i18n import tr
from salescenter.print.batch import house_pdf
from salescenter.print.contract import contract_pdf
from salescenter.print.registration import registration_pdf
from salescenter.print.subscription import subscription_pdf
from salescenter.services.papers.contracts import contract_paper, subscription_paper
from salescenter.services.papers.house import HOUSE, About, Wish, house_paper
from salescenter.services.papers.registration import registration_paper
from salescenter.services.papers.titles import paper_words
from salescenter.services.work import Desk
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.stationery import ForForms, on_forms


def subscription(desk: Desk, deal: int, now: datetime) -> Paper:
    """Make the subscription agreement of a deal."""
    value = subscription_paper(desk, deal, now)
    title = tr("Subscription {number}", number=value.number)
    return _with_forms(desk, value, Paper("subscription", value.number, title, subscription_pdf(value), deal=deal))


def contract(desk: Desk, deal: int, now: datetime) -> Paper:
    """Make the contract of a deal; it is marked as a draft until it is signed."""
    value = contract_paper(desk, deal, now)
    title = tr("Contract {number}", number=value.number)
    return _with_forms(desk, value, Paper("contract", value.number, title, contract_pdf(value), deal=deal))


def registration(desk: Desk, visit: int, now: datetime) -> Paper:
    """Make the registration slip of a visit or call."""
    value = registration_paper(desk, visit, now)
    title = tr("{sheet} {number}", sheet=value.title, number=value.number)
    return Paper("registration", value.number, title, registration_pdf(value))


def of_house(desk: Desk, wish: Wish, now: datetime) -> Paper:
    """Make a letter, form or list of the house."""
    value, of = house_paper(desk, wish, now), HOUSE[wish.kind].about
    deal, unit = (wish.about if of is which else None for which in (About.DEAL, About.UNIT))
    title = f"{paper_words(wish.kind)} {value.head.number}"
    made = Paper(wish.kind.value, value.head.number, title, house_pdf(value), deal=deal, unit=unit)
    return _with_forms(desk, value, made)


def _with_forms(desk: Desk, value: object, paper: Paper) -> Paper:
    says = filling_of(value)
    there, _ = on_forms(desk, [ForForms(says)], paper.title)
    return replace(paper, on_forms=there, says=says)
