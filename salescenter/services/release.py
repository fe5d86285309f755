"""Releasing, withdrawing, locking and pricing units, many at once, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from salescenter.data import units
from salescenter.data.trips import Question
from salescenter.data.types import millis
from salescenter.domain.money import ZERO, Money, average, total_of
from salescenter.domain.refusals import (
    AboveFiledPrice,
    AmountNotPositive,
    FieldMalformed,
    NoPrice,
    NotAllowedNow,
    NotFound,
    ReasonMissing,
)
from salescenter.domain.units import DEAL_STATES, Flag, PriceBasis, Step, UnitState, after, state_now
from salescenter.services.deals.claims import late, taken
from salescenter.services.deals.gates import check_permit
from salescenter.services.settings import rounding_of
from salescenter.services.work import Desk, Work, deed


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit and the revision the screen showed."""

    unit: int
    revision: int


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """Release units for sale, or withdraw them."""

    units: tuple[Seen, ...]
    reason: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class FlagRequest:
    """Set or clear a flag on units: mortgaged, seized, price or area under review, show flat, locked."""

    units: tuple[Seen, ...]
    flag: Flag
    on: bool
    reason: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A unit's new list price: a unit price on its own basis, or a lump sum."""

    unit: int
    revision: int
    unit_price: Money | None = None
    total: Money | None = None


@dataclass(frozen=True, slots=True)
class PriceRequest:
    """New list prices for units that no deal binds."""

    prices: tuple[NewPrice, ...]
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class BatchDone:
    """A batch is done."""

    count: int
    revision: int


@deed(Step.RELEASE, BatchDone)
def release(work: Work, asked: ReleaseRequest) -> BatchDone:
    """Put units on sale (推盘); each needs a price within the filed one and a permit, and no flag is asked."""
    for row in _rows(work, asked.units, Step.RELEASE):
        if not row.list_total:
            raise NoPrice(unit=row.code)
        _check_filed(row, row.list_total)
        check_permit(row, work.today)
        then = after(UnitState(row.state), Step.RELEASE)
        _set(work, row, state=int(then), since=work.today, released=row.released or work.today)
    return _done(work, Step.RELEASE, asked.units, {"reason": asked.reason})


@deed(Step.WITHDRAW, BatchDone)
def withdraw(work: Work, asked: ReleaseRequest) -> BatchDone:
    """Take units off sale (撤盘)."""
    for row in _rows(work, asked.units, Step.WITHDRAW):
        then = after(_state(work, row), Step.WITHDRAW)
        _set(work, row, state=int(then), since=work.today, until=None)
    return _done(work, Step.WITHDRAW, asked.units, {"reason": asked.reason})


@deed(Step.SET_FLAG, BatchDone)
def set_flag(work: Work, asked: FlagRequest) -> BatchDone:
    """Set or clear a flag beside the state."""
    for row in _rows(work, asked.units, Step.SET_FLAG):
        _set(work, row, flags=row.flags | asked.flag if asked.on else row.flags & ~asked.flag)
    after_ = {"flag": asked.flag.name, "on": asked.on, "reason": asked.reason}
    return _done(work, Step.SET_FLAG, asked.units, after_)


def _one_first(_desk: Desk, asked: ReleaseRequest | FlagRequest, _now: datetime) -> Iterable[Question]:
    """Where it is about one unit, learn with the first message whether it is too late, as any step on a unit does."""
    if len(asked.units) != 1:
        return ()
    return (units.to_all_alone([asked.units[0].unit]),)


def _claim(asked: ReleaseRequest | FlagRequest, now: datetime) -> Question | None:
    one = asked.units[0] if len(asked.units) == 1 else None
    return units.to_claim(one.unit, one.revision, asked.key, now) if one else None


release.asks(_one_first, _claim, late)
withdraw.asks(_one_first, _claim, late)
set_flag.asks(_one_first, _claim, late)


@deed(Step.SET_PRICE, BatchDone)
def set_prices(work: Work, asked: PriceRequest) -> BatchDone:
    """Change list prices (调价) of units that no deal binds; never above the filed price."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.SET_PRICE)
    how = rounding_of(work.connection, work.project)
    seen = tuple(Seen(p.unit, p.revision) for p in asked.prices)
    for row, new in zip(_rows(work, seen, Step.SET_PRICE), asked.prices, strict=True):
        if UnitState(row.state) in DEAL_STATES:
            raise NotAllowedNow(state=UnitState(row.state), step=Step.SET_PRICE, unit=row.code)
        unit_price, total = priced(row, new, how)
        if total <= ZERO:
            raise AmountNotPositive(amount=total)
        _check_filed(row, total)
        approved = row.flags & ~Flag.PRICE_REVIEW  # a new price is an approved one
        _set(work, row, unit_price=unit_price, list_total=total, total=total, flags=approved)
        work.note(
            Step.SET_PRICE,
            "unit",
            row.id,
            unit=row.id,
            before={"fen": row.list_total.fen},
            after={"fen": total.fen, "reason": asked.reason},
        )
    units.remember(work.connection, [s.unit for s in seen], work.now)
    return BatchDone(len(seen), work.revision)


def priced(row: Any, new: NewPrice, how: Any) -> tuple[Money, Money]:
    """Work out (unit price, total) of a unit from what the price maker gave."""
    area: Decimal = row.inner if row.basis == PriceBasis.INNER else row.area
    if new.total is not None:
        return (Money() if row.basis == PriceBasis.LUMP else average(new.total, area) or Money()), new.total
    if new.unit_price is None:
        raise NoPrice(unit=row.code)
    return new.unit_price, total_of(area, new.unit_price, how)


def _rows(work: Work, seen: Iterable[Seen], step: Step) -> list[Any]:
    """Read the units in the order asked; the first one another desk changed refuses the whole batch."""
    wanted = list(seen)
    found = units.by_ids(work.connection, [s.unit for s in wanted])
    if len(found) < len(wanted) and (twice := _twice(wanted)) is not None:
        raise FieldMalformed(field="unit", value=twice, why="twice")
    for s in wanted:
        row = found.get(s.unit)
        if row is None or row.project_id != work.project:
            raise NotFound(what="unit", sought=s.unit)
        if row.revision != s.revision:
            raise taken(work, row)
        if step in (Step.RELEASE, Step.WITHDRAW):
            _demand(work, row, step)
    return [found[s.unit] for s in wanted]


def _twice(seen: list[Seen]) -> int | None:
    return next((unit for unit, times in Counter(s.unit for s in seen).items() if times > 1), None)


def _check_filed(row: Any, total: Money) -> None:
    if row.filed_total is not None and total > row.filed_total:
        raise AboveFiledPrice(price=total, filed=row.filed_total, unit=row.code)


def _demand(work: Work, row: Any, step: Step) -> None:
    try:
        after(_state(work, row), step)
    except NotAllowedNow:
        raise NotAllowedNow(state=_state(work, row), step=step, unit=row.code) from None


def _state(work: Work, row: Any) -> UnitState:
    return state_now(row.state, millis(row.until) if row.until else 0, millis(work.now))


def _set(work: Work, row: Any, **values: Any) -> None:
    if not units.claim(work.connection, row.id, row.revision, work.revision, **values):
        raise taken(work, row)
    work.stock.change(row, values)


def _done(work: Work, step: Step, seen: tuple[Seen, ...], after_: object) -> BatchDone:
    for s in seen:
        work.note(step, "unit", s.unit, unit=s.unit, after=after_)
    units.remember(work.connection, [s.unit for s in seen], work.now)
    return BatchDone(len(seen), work.revision)
