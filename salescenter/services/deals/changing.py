"""Changing a living deal: to another unit (换房), or to other buyers (更名, 增减名)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from salescenter.data import money, trips, units
from salescenter.data.deals import deal, deal_buyer, deal_consultant
from salescenter.domain.money import Money
from salescenter.domain.receipts import MoneyKind
from salescenter.domain.refusals import ReasonMissing, WrongWay
from salescenter.domain.shares import check_whole
from salescenter.domain.units import Step, UnitState
from salescenter.services.deals.annexes import check_bound
from salescenter.services.deals.claims import Claimed, ask_first, end_of_day, free, late, look, parts, take
from salescenter.services.deals.closing import check_no_loan, count_end, end_deal, review_flags
from salescenter.services.deals.gates import check_buyers, check_saleable, check_term
from salescenter.services.deals.opening import (
    day_to_sign,
    frozen,
    leader,
    open_deal,
    with_grant,
    write_buyers,
    write_terms,
)
from salescenter.services.deals.pricing import price
from salescenter.services.deals.requests import Buyer, ChangeBuyersRequest, ChangeUnitRequest, Split
from salescenter.services.deals.signing import look_deal
from salescenter.services.payments.receipts import carry_over
from salescenter.services.settings import rules_now
from salescenter.services.work import Desk, Work, deed


@dataclass(frozen=True, slots=True)
class UnitChanged:
    """The buyers have another unit now."""

    deal: int
    number: str
    unit: int
    revision: int
    total: Money
    carried: Money


@dataclass(frozen=True, slots=True)
class BuyersChanged:
    """The deal has other buyers now."""

    deal: int
    unit: int
    revision: int


@deed(Step.CHANGE_UNIT, UnitChanged)
def change_unit(work: Work, asked: ChangeUnitRequest) -> UnitChanged:
    """Leave one unit and subscribe another in one transaction; the money goes along."""
    old, row, new = _look_at_both(work, asked)
    buyers, consultants = _people(work, row.id)
    rules = rules_now(work)
    ids = [b.customer for b in buyers]
    rows = check_buyers(work, ids, rules)
    check_saleable(work, new, ids, rules)
    sign_by = day_to_sign(work, asked.terms, rules)
    check_term(rows[0], asked.terms.loans, work.today, rules)
    priced = price(work, new.row, asked.terms, sign_by, rules)
    end_deal(work, row, Step.CHANGE_UNIT, asked.reason)
    take(work, old, **free(old.row), **review_flags(work, old))
    columns = frozen(work, asked.terms, priced, sign_by)
    deal_id, number = open_deal(work, new, buyers, consultants, **columns, after_id=row.id)
    write_terms(work, deal_id, asked.terms, priced)
    total = priced.build_up.total
    until = end_of_day(work.now + (sign_by - work.today))
    took = take(work, new, until=until, deal_id=deal_id, buyer=rows[0].name, total=total)
    carried = carry_over(work, row.id, deal_id)
    changed = UnitChanged(deal_id, number, new.id, took.revision, total, carried)
    count_end(work, old, row, "changed-unit")
    _tell(work, old, new, changed, asked.reason)
    area = int(new.row.area * 100)
    work.count("subscribed", *parts(new, leader(consultants)), count=1, fen=total.fen, area=area)
    return changed


def change_unit_with_approval(desk: Desk, asked: ChangeUnitRequest, now: datetime) -> UnitChanged:
    """Change the unit; where a manager granted this price for the new one and the grant is unused, it is used."""
    return change_unit(desk, replace(asked, terms=with_grant(desk, asked.new_unit, asked.terms)), now)


def _look_at_both(work: Work, asked: ChangeUnitRequest) -> tuple[Claimed, Any, Claimed]:
    """Return the unit that is left, its deal, and the unit that is wanted; refuse what may not be changed."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.CHANGE_UNIT)
    units.by_ids(work.connection, (asked.unit, asked.new_unit))  # both at once, in one order: no desk waits in a ring
    old, row = look_deal(work, asked.unit, asked.seen, Step.CHANGE_UNIT)
    _check_open(work, row, Step.CHANGE_UNIT)
    new = look(work, asked.new_unit, asked.new_seen, Step.SUBSCRIBE)
    if new.state is UnitState.RESERVED:
        raise WrongWay(step=Step.CHANGE_UNIT, why="new-unit-reserved", instead=Step.GIVE_BACK)
    return old, row, new


@deed(Step.CHANGE_BUYER, BuyersChanged)
def change_buyers(work: Work, asked: ChangeBuyersRequest) -> BuyersChanged:
    """Write other buyers or shares into a deal; earlier ones stay on record."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.CHANGE_BUYER)
    unit, row = look_deal(work, asked.unit, asked.seen, Step.CHANGE_BUYER)
    if unit.state is UnitState.SIGNED and not (asked.near_relatives or asked.notarised):
        raise WrongWay(step=Step.CHANGE_BUYER, why="signed-near-relatives-only", instead=Step.CANCEL)
    _check_open(work, row, Step.CHANGE_BUYER)
    check_whole([b.share for b in asked.buyers])
    rules = rules_now(work)
    ids = [b.customer for b in asked.buyers]
    rows = check_buyers(work, ids, rules)
    check_bound(work, unit.row, unit.state, ids)
    before, _ = _people(work, row.id)
    c = deal_buyer.c
    work.connection.execute(update(deal_buyer).where(c.deal_id == row.id, c.active).values(active=False))
    write_buyers(work, row.id, asked.buyers)
    work.connection.execute(update(deal).where(deal.c.id == row.id).values(revision=work.revision))
    took = take(work, unit, buyer=rows[0].name, since=unit.row.since)
    told = {"buyers": _pairs(asked.buyers), "reason": asked.reason}
    work.note(Step.CHANGE_BUYER, "deal", row.id, unit=unit.id, deal=row.id, before=_pairs(before), after=told)
    return BuyersChanged(row.id, unit.id, took.revision)


def _asked_first(_desk: Desk, asked: ChangeUnitRequest, _now: datetime) -> Iterator[trips.Question]:
    yield units.to_all_alone(sorted({asked.unit, asked.new_unit}))
    yield from (units.to_as_seen(*one) for one in _both(asked))


def _claim_both(asked: ChangeUnitRequest, now: datetime) -> trips.Question:
    return units.to_claim_all(_both(asked), asked.key, now)


def _both(asked: ChangeUnitRequest) -> tuple[tuple[int, int], ...]:
    return (asked.unit, asked.seen), (asked.new_unit, asked.new_seen)


change_unit.asks(_asked_first, _claim_both, late)
ask_first(change_buyers)


def _pairs(buyers: Sequence[Buyer]) -> list[list[int]]:
    return [[buyer.customer, buyer.share] for buyer in buyers]


def _check_open(work: Work, row: Any, step: Step) -> None:
    """Refuse a change of a deal that is settled in parts already; cancelling it stays open."""
    check_no_loan(work, row, step, Step.CANCEL)
    if money.received_for(work.connection, row.id, [MoneyKind.AREA_DIFFERENCE.value]):
        raise WrongWay(step=step, why="area-settled", instead=Step.CANCEL)
    if row.terms.get("approval"):
        raise WrongWay(step=step, why="special-discount", instead=Step.CANCEL)


def _people(work: Work, deal_id: int) -> tuple[tuple[Buyer, ...], tuple[Split, ...]]:
    b, s = deal_buyer.c, deal_consultant.c
    buyers = work.connection.execute(
        select(b.customer_id, b.share).where(b.deal_id == deal_id, b.active).order_by(b.position)
    )
    splits = work.connection.execute(select(s.person_id, s.share).where(s.deal_id == deal_id).order_by(s.id))
    return tuple(Buyer(*row) for row in buyers), tuple(Split(*row) for row in splits)


def _tell(work: Work, old: Claimed, new: Claimed, changed: UnitChanged, reason: str) -> None:
    """Tell the history of both units where the deal went."""
    after = {
        "from": old.row.code, "to": new.row.code, "reason": reason, "total": changed.total.fen,
        "carried": changed.carried.fen,
    }  # fmt: skip
    for unit in (new, old):
        work.note(Step.CHANGE_UNIT, "deal", changed.deal, unit=unit.id, deal=changed.deal, after=after)
