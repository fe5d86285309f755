"""The few facts about a unit and its deal that stand above every form."""

from __future__ import annotations

from datetime import date

from salescenter.domain.units import UnitState
from salescenter.i18n import listed, tr
from salescenter.services.card_values import UnitCard
from salescenter.ui.kit import formats
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.terms import state_words


def unit_facts(card: UnitCard, today: date) -> FactsTable:
    """Show what the unit is and what is agreed on it."""
    table = FactsTable()
    facts = card.facts
    place = f"{facts.building} {facts.stair} {facts.number}".replace("  ", " ")
    lines = [
        Fact(tr("Unit"), place, strong=True),
        Fact(tr("Areas (gross / inner)"), f"{formats.area(facts.area)} / {formats.area(facts.inner, unit=True)}"),
        Fact(tr("List price"), formats.money(facts.list_total)),
    ]
    if card.deal is not None:
        deal = card.deal
        lines += [
            Fact(tr("Buyers"), listed(buyer.name for buyer in deal.buyers)),
            Fact(tr("Deal total"), formats.money(deal.total), strong=True),
            Fact(tr("Received"), formats.money(deal.received)),
        ]
        if deal.sign_by is not None and deal.signed is None:
            lines.append(Fact(tr("Sign by"), formats.day(deal.sign_by, today)))
    table.show_facts(lines)
    return table


def staying(card: UnitCard) -> tuple[Banner, ...]:
    """Say what goes with a home and is held or sold too: no step of the home does anything to it."""
    found = [one for one in card.annexes if one.state >= UnitState.HELD]
    if not found:
        return ()
    named = listed(f"{one.code} · {state_words(one.state)}" for one in found)
    return (Banner(tr("Bound to this home: {units}.", units=named),
                   tr("Each stays as it is: change or end its deal by itself."), "warning"),)  # fmt: skip
