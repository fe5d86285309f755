"""The sample's daily business beside the sales: quotations, approvals, prices looked at again, and what waits today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from salescenter.data.customers import customer
from salescenter.data.estate import unit
from salescenter.data.types import CHINA
from salescenter.domain.money import Money
from salescenter.domain.plans import STANDARD
from salescenter.domain.prices import Discount, DiscountKind
from salescenter.domain.receipts import Method
from salescenter.domain.schedules import PlanKind
from salescenter.domain.staff import Person, Role
from salescenter.domain.units import Flag, PriceBasis, Step, UnitState
from salescenter.services import approvals, quotations, release
from salescenter.services.deals import holds, opening, signing
from salescenter.services.deals.requests import Buyer, Payment, ReserveRequest, Split, StepRequest, Terms
from salescenter.services.work import Desk, Work

LOOKED_AT_AGAIN = timedelta(days=3)
"""So long the price of a unit that was given back waits to be approved again."""

LESS = (Discount("按时签约优惠", DiscountKind.RATE, Decimal("0.99")),)
PLANS = (PlanKind.ONE_OFF, PlanKind.INSTALMENTS)


def live(rng: Random, work: Work, people: dict[Role, list[Person]], ago: int, until: datetime) -> None:
    """Do a day's business; in the last days things are left as a morning finds them."""
    day = work.today
    _approve_prices(work, people, day)
    free = _homes(work)
    for _ in range(rng.choice((0, 1, 1, 2)) if free else 0):
        _sit(work, rng.choice(people[Role.CONSULTANT]), day, rng.randint(10, 16), until)
        _quote(rng, work, rng.choice(free))
    if free and rng.random() < 0.08:
        _ask(rng, work, people, rng.choice(free), decide=True)
    if free and ago in (3, 2, 1, 0):
        _leave_open(rng, work, people, ago, until)


def _sit(work: Work, who: Person, day: date, hour: int, until: datetime) -> None:
    """Let somebody sit down at an hour; nothing happens later than now."""
    work.now = min(datetime.combine(day, time(hour, 20), CHINA), until)
    work.desk = Desk(work.desk.engine, who, work.desk.project, work.desk.pc)


_C = unit.c
_HOLD_ENDED = and_(_C.state == UnitState.HELD, _C.until <= bindparam("now", type_=_C.until.type))
_SALEABLE = (
    select(_C.id, _C.revision, _C.code, _C.list_total, _C.use)
    .where(or_(_C.state == UnitState.FOR_SALE, _HOLD_ENDED), _C.flags.in_((0, int(Flag.SHOW_FLAT))))
    .order_by(_C.id)
)


def for_sale(work: Work) -> Sequence[Any]:
    """Every unit that could be sold now: without locks, and whatever hold was on it has ended."""
    return work.connection.execute(_SALEABLE, {"now": work.now}).all()


def _homes(work: Work) -> list[Any]:
    return [row for row in for_sale(work) if row.use == "home"]


def _approve_prices(work: Work, people: dict[Role, list[Person]], day: date) -> None:
    """Approve the prices of units that were given back some days ago, as they stand."""
    c = unit.c
    waiting = work.connection.execute(
        select(c.id, c.revision, c.basis, c.unit_price, c.list_total)
        .where(c.state == UnitState.FOR_SALE, c.flags == Flag.PRICE_REVIEW, c.since <= day - LOOKED_AT_AGAIN)
    ).all()  # fmt: skip
    if waiting:
        work.desk = Desk(work.desk.engine, people[Role.MANAGER][0], work.desk.project, work.desk.pc)
        prices = tuple(release.NewPrice(row.id, row.revision, **_as_it_is(row)) for row in waiting)
        release.set_prices.within(work, release.PriceRequest(prices, "退房、换房后复核，价格不变"))


def _as_it_is(row: Any) -> dict[str, Money]:
    return {"total": row.list_total} if row.basis == PriceBasis.LUMP else {"unit_price": row.unit_price}


def _quote(rng: Random, work: Work, row: Any) -> None:
    terms = Terms(LESS, STANDARD[rng.choice(PLANS)], deposit=Money(20_000_00))
    quotations.keep.within(work, quotations.QuoteRequest(row.id, terms, _own_customer(rng, work)))


def _own_customer(rng: Random, work: Work) -> int | None:
    """Somebody whom the consultant at the desk met lately and who agreed to be kept on record."""
    c = customer.c
    mine = (c.owner_id == work.desk.who.id, c.protected_until >= work.today, c.consent_at.is_not(None))
    found = work.connection.scalars(select(c.id).where(*mine).order_by(c.id.desc()).limit(12)).all()
    return rng.choice(found) if found else None


def _ask(rng: Random, work: Work, people: dict[Role, list[Person]], row: Any, *, decide: bool) -> None:
    """Ask for a deeper discount; the manager says yes or no, or has not looked yet."""
    work.desk = Desk(work.desk.engine, rng.choice(people[Role.CONSULTANT]), work.desk.project, work.desk.pc)
    lowest = row.list_total.times(Decimal("0.965"))
    asked = approvals.ApprovalRequest(row.id, Step.SUBSCRIBE, {"fen": lowest.fen}, "老业主推荐，一次性付款")
    number = approvals.ask.within(work, asked).approval
    if decide:
        work.desk = Desk(work.desk.engine, people[Role.MANAGER][0], work.desk.project, work.desk.pc)
        approvals.decide.within(work, approvals.Decision(number, granted=False, note="；维持现行折扣"))


def _leave_open(rng: Random, work: Work, people: dict[Role, list[Person]], ago: int, until: datetime) -> None:
    """Leave small deposits, drafts, holds that end today and questions to the manager for the morning to come."""
    if ago > 0:
        _sit(work, rng.choice(people[Role.CONSULTANT]), work.today, 17, until)
        _reserve(rng, work)
    if ago == 1:
        _draft(work, people)
        for row in _two(rng, _homes(work)):
            _ask(rng, work, people, row, decide=False)
    if ago == 0:
        _sit(work, people[Role.SUPERVISOR][0], work.today, 8, until)
        for row, hour in zip(_two(rng, _homes(work)), (18, 21), strict=False):
            evening = max(datetime.combine(work.today, time(hour), CHINA), work.now + timedelta(hours=1))
            holds.hold.within(work, holds.HoldRequest(row.id, row.revision, evening, "客户今晚回复"))


def _two(rng: Random, rows: list[Any]) -> list[Any]:
    return rng.sample(rows, min(2, len(rows)))


def _reserve(rng: Random, work: Work) -> None:
    number, free = _own_customer(rng, work), _homes(work)
    if number is None or not free:
        return
    row = rng.choice(free)
    name = work.connection.scalar(select(customer.c.name).where(customer.c.id == number)) or ""
    paid = Payment(Money(5_000_00), Method.MOBILE, name)
    people = ((Buyer(number, 10_000),), (Split(work.desk.who.id, 10_000),))
    opening.reserve.within(work, ReserveRequest(row.id, row.revision, *people, paid))


def _draft(work: Work, people: dict[Role, list[Person]]) -> None:
    work.desk = Desk(work.desk.engine, people[Role.BACK_OFFICE][0], work.desk.project, work.desk.pc)
    c = unit.c
    ready = select(c.id, c.revision).where(c.state == UnitState.SUBSCRIBED, c.flags == 0).order_by(c.since, c.id)
    for row in work.connection.execute(ready.limit(2)).all():
        signing.draft.within(work, StepRequest(row.id, row.revision))
