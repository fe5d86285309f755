"""What a parking space or store (车位、储藏室) is sold with: the home it is bound to, else any home or none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from salescenter.data import annexes
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.estate import unit as units
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.refusals import NotFound, SoldAlone
from salescenter.domain.sale_refusals import AnnexBound, AnnexOfOthers
from salescenter.domain.staff import Role
from salescenter.domain.units import ANNEXES, DEAL_STATES, UnitState, Use
from salescenter.services.deals.claims import Claimed, standing_hold, state_of
from salescenter.services.work import Work


def check_annex(work: Work, unit: Claimed, buyers: Collection[int] | None, rules: HouseRules) -> None:
    """Refuse to sell an annex ahead of its home, to others than the home's buyers, or alone where the house forbids it.

    No buyers (None) asks whether anybody at all could have it.
    """
    if unit.row.use not in ANNEXES:
        return
    if unit.row.bound_to is not None:
        check_bound(work, unit.row, unit.then, buyers)
    elif buyers is not None and not rules.annex_alone:
        _check_has_home(work, unit, buyers)


def check_bound(work: Work, row: Any, then: UnitState, buyers: Collection[int] | None) -> None:
    """Hold a unit's row against the home it is bound to, if it is to one; see `check_home`."""
    if row.bound_to is not None:
        check_home(work, row.code, row.bound_to, then, buyers)


def check_home(work: Work, code: str, home: int, then: UnitState, buyers: Collection[int] | None) -> None:
    """Refuse to bring the annex of a home to `then`, unless the home is so far itself, held or bought by the same.

    From the subscription on it is enough that the home is subscribed: contracts of the two need no order.
    """
    found = _found(work, home)
    state = state_of(found, work.now)
    needed = min(then, UnitState.SUBSCRIBED)
    if state < needed:
        raise AnnexBound(unit=code, home=found.code, state=state, needed=needed)
    if buyers is not None and not _have(work, home, state, buyers):
        raise AnnexOfOthers(unit=code, home=found.code, by=_with(work, home, state))


def check_hold(work: Work, row: Any, customer: int | None) -> None:
    """Refuse to hold a bound annex for others than its home; a manager keeps it back for nobody as any unit."""
    if customer is None and work.desk.who.role is Role.MANAGER:
        return
    check_bound(work, row, UnitState.HELD, () if customer is None else (customer,))


def check_offer(work: Work, row: Any, then: UnitState) -> None:
    """Refuse a step of a bound annex that nobody could be given now, whoever wants it."""
    if not (then is UnitState.HELD and work.desk.who.role is Role.MANAGER):
        check_bound(work, row, then, None)


def check_deal(work: Work, row: Any, then: UnitState) -> None:
    """Refuse to carry the deal of a bound annex on when its home is not its buyers' any more."""
    if row.bound_to is not None:
        check_bound(work, row, then, annexes.buyers_of(work.connection, row.id))


def _found(work: Work, home: int) -> Any:
    row = annexes.home_of(work.connection, home)
    if row is None:
        raise NotFound(what="home", sought=home)
    return row


def _have(work: Work, home: int, state: UnitState, buyers: Collection[int]) -> bool:
    """Say whether a home is held for or bought by all of these; who named nobody must hold it themselves."""
    if state in DEAL_STATES:
        return bool(buyers) and annexes.buyers_of(work.connection, home).issuperset(buyers)
    row = standing_hold(work, home)
    if row is None:
        return False
    return {row.customer_id}.issuperset(buyers) if buyers else row.by_id == work.desk.who.id


def _with(work: Work, home: int, state: UnitState) -> tuple[str, ...]:
    """Name those of the house who sold a home, or hold it."""
    if state in DEAL_STATES:
        return annexes.sellers_of(work.connection, home)
    row = standing_hold(work, home)
    return () if row is None else (row.by_name,)


def _check_has_home(work: Work, unit: Claimed, buyers: Collection[int]) -> None:
    home = work.connection.scalar(
        select(deal.c.id)
        .join(deal_buyer, deal_buyer.c.deal_id == deal.c.id)
        .join(units, units.c.id == deal.c.unit_id)
        .where(deal.c.living, deal_buyer.c.active, deal_buyer.c.customer_id.in_(buyers), units.c.use == Use.HOME)
        .limit(1)
    )
    if home is None:
        raise SoldAlone(unit=unit.row.code, use=Use(unit.row.use))
