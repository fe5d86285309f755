"""What the card says about a unit, as lines of text: facts, price build-up, history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from salescenter.domain.money import Money
from salescenter.domain.units import PriceBasis, Step, Use
from salescenter.i18n import tr, trn
from salescenter.ui.floorplan.why import outside_words
from salescenter.ui.kit import formats
from salescenter.ui.kit.facts import Fact
from salescenter.ui.kit.terms import basis_words, state_words, step_words, use_words

if TYPE_CHECKING:
    from salescenter.services.card_values import Companion, DealView, Facts, HistoryLine, UnitCard


def unit_facts(card: UnitCard, *, private: bool = False) -> list[Fact]:
    """Say what the unit is and what goes with it; empty facts are left out."""
    facts = card.facts
    lines = [
        Fact(tr("Layout"), _layout(facts)),
        Fact(tr("Floor"), _floor(facts)),
        Fact(tr("Construction / inner"), f"{formats.area(facts.area)} / {formats.area(facts.inner, unit=True)}"),
        Fact(tr("Usable share"), _usable(facts), tip=tr("Inner area ÷ construction area")),
        Fact(tr("Facing"), facts.facing),
        Fact(tr("Use"), "" if facts.use is Use.HOME else use_words(facts.use)),
        Fact(tr("Goes with home"), companion_words(card.home, private=private) if card.home else ""),
        *_annexes(card, private=private),
        Fact(tr("Presale permit"), facts.permit),
        Fact(tr("Quoted"), trn("{count} time", "{count} times", count=facts.quoted) if facts.quoted else ""),
        Fact(tr("Remark"), facts.note),
    ]
    return [line for line in lines if line.value]


def _annexes(card: UnitCard, *, private: bool) -> list[Fact]:
    """What goes with a home, a line each under one label."""
    said = [companion_words(one, private=private) for one in card.annexes]
    return [Fact(tr("With it go") if at == 0 else "", words) for at, words in enumerate(said)]


def companion_words(one: Companion, *, private: bool) -> str:
    """Name a unit that goes with this one and how far it is: `B1-017 · For sale`."""
    return f"{one.code} · {outside_words(one.state) if private else state_words(one.state)}"


def layout_words(facts: Facts) -> str:
    """Write rooms, halls and baths as the trade does: `3室2厅2卫`."""
    if not facts.rooms:
        return ""
    return tr("{rooms} bed {halls} living {baths} bath", rooms=facts.rooms, halls=facts.halls, baths=facts.baths)


def _layout(facts: Facts) -> str:
    return " · ".join(part for part in (facts.type, layout_words(facts)) if part)


def _floor(facts: Facts) -> str:
    if facts.floor_natural == facts.floor_sale:
        return facts.floor_sale
    return tr("{sale} (natural {natural})", sale=facts.floor_sale, natural=facts.floor_natural)


def _usable(facts: Facts) -> str:
    return formats.percent(facts.inner / facts.area) if facts.area and facts.inner else ""


def price_facts(card: UnitCard, *, private: bool) -> list[Fact]:
    """Say how the price comes about and what bounds it."""
    facts, deal = card.facts, card.deal
    lines = [Fact(_rate_label(facts), formats.money(facts.unit_price) if facts.unit_price else "")]
    if deal is None or private:
        lines.append(Fact(tr("List total"), formats.money(facts.list_total) if facts.list_total else tr("no price yet"),
                          strong=True))  # fmt: skip
    else:
        lines += _build_up(deal)
    total = deal.total if deal is not None else facts.list_total
    lines.append(_ceiling(facts, total))
    if facts.floor_total is not None and not private:
        lines.append(Fact(tr("Floor price"), formats.money(facts.floor_total), tone="warning"))
    return [line for line in lines if line.value]


def _rate_label(facts: Facts) -> str:
    if facts.basis is PriceBasis.LUMP:
        return tr("Price a square metre")
    return tr("Price a ㎡ ({basis})", basis=basis_words(facts.basis))


def _build_up(deal: DealView) -> list[Fact]:
    lines = [Fact(tr("List total"), formats.money(deal.list_total))]
    lines += [Fact(line.name, formats.money(line.difference)) for line in deal.lines]
    lines.append(Fact(tr("Deal total"), formats.money(deal.total), strong=True))
    if deal.list_total and deal.list_total != deal.total:
        share = (Decimal(deal.total.fen) / deal.list_total.fen).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        lines.append(Fact(tr("Of the list price"), formats.percent(share, 2)))
    return lines


def _ceiling(facts: Facts, total: Money) -> Fact:
    """The filed price (备案价), above which nothing may be sold."""
    if facts.filed_total is None:
        return Fact(tr("Filed price, at most"), "")
    fine = total <= facts.filed_total
    sign, tone = ("✓", "accent") if fine else ("!", "danger")
    return Fact(tr("Filed price, at most"), f"{formats.money(facts.filed_total)} {sign}", tone=tone)


def history_text(line: HistoryLine) -> str:
    """Write one line of the history: the step, who did it, and what mattered about it."""
    parts = [_step(line.step), line.who, *_details(line.after)]
    return " · ".join(part for part in parts if part)


def history_moment(line: HistoryLine, now: datetime) -> str:
    """Write when it was, always with the day."""
    here = line.at.astimezone(now.tzinfo)
    return f"{formats.day(here.date(), now.date())} {here:%H:%M}"


def _step(code: str) -> str:
    return step_words(Step(code)) if code in set(Step) else code


def _details(after: object) -> list[str]:
    """What of the new values a reader wants to know: amount, number, reason."""
    if not isinstance(after, Mapping):
        return []
    said = []
    if isinstance(fen := after.get("fen"), int):
        said.append(formats.money(Money(fen)))
    said += [str(after[key]) for key in ("number", "contract_number", "reason") if after.get(key)]
    return said
