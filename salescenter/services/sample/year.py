"""A year in the life of the sample estate, day by day, through the same deeds the desks use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select, update

from salescenter.data.estate import building, unit
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import ZERO, Money
from salescenter.domain.plans import STANDARD
from salescenter.domain.policies import least_down
from salescenter.domain.prices import Discount, DiscountKind
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.schedules import LENT_BY, PlanKind, loan_and_down_payment
from salescenter.domain.staff import Person, Role
from salescenter.domain.units import Flag, UnitState
from salescenter.services import release
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import NewCustomer, keep
from salescenter.services.deals import changing, closing, holds, opening, signing
from salescenter.services.deals.requests import (
    Buyer,
    ChangeBuyersRequest,
    ChangeUnitRequest,
    CloseRequest,
    Loan,
    Payment,
    ReserveRequest,
    SignRequest,
    Split,
    StepRequest,
    SubscribeRequest,
    Terms,
)
from salescenter.services.payments import receipts
from salescenter.services.sample import office, reception
from salescenter.services.sample.people import invent
from salescenter.services.sample.reception import CONSENT
from salescenter.services.work import Desk, Work

DEPOSIT = Money(20_000_00)
FUND = Money(500_000_00)
"""What the provident fund lends beside a bank."""
YEAR = 365

Errand = Callable[["Town", Work], None]


@dataclass
class Town:
    """Everything the simulation remembers between days."""

    rng: Random
    desk: Desk
    people: dict[Role, list[Person]]
    reception: reception.Desk
    until: datetime
    days: int = YEAR
    invented: int = 0
    contracts: int = 0
    errands: dict[date, list[Errand]] = field(default_factory=dict)

    def later(self, day: date, errand: Errand) -> None:
        """Do something on a later day."""
        self.errands.setdefault(day, []).append(errand)

    def act(self, work: Work, role: Role) -> Person:
        """Let someone of a role sit at the desk for the next deed."""
        who = self.rng.choice(self.people[role])
        work.desk = Desk(self.desk.engine, who, self.desk.project, self.desk.pc)
        return who


def staff(work: Work) -> dict[Role, list[Person]]:
    """Everybody by role."""
    found: dict[Role, list[Person]] = {role: [] for role in Role}
    for row in work.connection.execute(select(person).order_by(person.c.id)):
        found[Role(row.role)].append(Person(row.id, row.name, Role(row.role), row.team))
    return found


BATCHES = (
    (5, ("3号楼", "5号楼")),
    (70, ("6号楼", "商业街")),
    (120, ("地下车位",)),
    (160, ("7号楼",)),
    (250, ("1号楼",)),
)
"""Which buildings are released how many days after the start; the rest stays unreleased."""


def live(town: Town, work: Work, day: date, ago: int) -> None:
    """Live one day: releases, new subscriptions, and what fell due of earlier deals."""
    for after_days, buildings in BATCHES:
        if town.days - ago == after_days * town.days // YEAR:
            _release(town, work, buildings)
    errands = [*town.errands.pop(day, []), *[_sell] * _sales_today(town, day, ago)]
    hours = sorted((town.rng.randint(9, 16), town.rng.randint(0, 59)) for _ in errands)
    for (hour, minute), errand in zip(hours, errands, strict=True):  # the numbers of receipts rise with the clock
        at(town, work, day, hour, minute)
        errand(town, work)
    if town.rng.random() < 0.35:
        _hold(town, work, day)
    office.live(town.rng, work, town.people, ago, town.until)
    reception.live(town.reception, day, town.people[Role.CONSULTANT])
    if ago % reception.FLUSH_DAYS == 0:
        reception.flush(town.reception, work)
    if ago == 0:
        town.act(work, Role.RECEPTIONIST)
        reception.sign_in(town.reception, work, day, town.people)


def at(town: Town, work: Work, day: date, hour: int, minute: int) -> None:
    """Move the clock of the work; today nothing happens later than now."""
    work.now = min(datetime.combine(day, time(hour, minute), CHINA), town.until)


def _sales_today(town: Town, day: date, ago: int) -> int:
    age = town.days - ago
    since = min((age - at for at in (start * town.days // YEAR for start, _ in BATCHES) if age >= at), default=-1)
    if since < 0:
        return 0
    if since < 2:
        return town.rng.randint(6, 11)
    busy = 2 if day.weekday() >= 5 else 1
    return town.rng.choice((0, 0, 1, 1, 1)) * busy + (since < 10) + (ago < 6)


def _release(town: Town, work: Work, buildings: tuple[str, ...]) -> None:
    rows = work.connection.execute(
        select(unit.c.id, unit.c.revision)
        .join(building, building.c.id == unit.c.building_id)
        .where(building.c.name.in_(buildings), unit.c.state == UnitState.NOT_RELEASED)
    )
    town.act(work, Role.MANAGER)
    seen = tuple(release.Seen(*row) for row in rows if town.rng.random() < 0.92)
    release.release.within(work, release.ReleaseRequest(seen, reason="开盘"))
    for one in seen:
        if town.rng.random() < 0.01:
            now = work.connection.scalar(select(unit.c.revision).where(unit.c.id == one.unit)) or 0
            flag = town.rng.choice((Flag.MORTGAGED, Flag.SHOW_FLAT))
            release.set_flag.within(work, release.FlagRequest((release.Seen(one.unit, now),), flag, on=True))


def pick(town: Town, work: Work) -> Any | None:
    """Pick a free unit without locks; homes more often than shops, those more often than parking."""
    rows = office.for_sale(work)
    weights = [{"home": 10, "shop": 3}.get(row.use, 2) for row in rows]
    return town.rng.choices(rows, weights)[0] if rows else None


def newcomer(town: Town, work: Work, owner: Person) -> tuple[int, str]:
    """Register a new customer with consent; returns (id, name)."""
    town.invented += 1
    one = invent(town.rng, town.invented, work.today)
    facts = CustomerFacts(
        name=one.name, phones=(one.phone,), sex=one.sex, id_kind="resident", id_number=one.id_number, birth=one.birth,
        address=f"云栖市望江区{town.rng.choice(('清溪路', '观澜路', '书院街', '桂花巷'))}{town.rng.randint(1, 199)}号", level="A",
    )  # fmt: skip
    kept = keep(work, NewCustomer(facts, owner=owner.id, consent=CONSENT))
    reception.bought(town.reception, one, owner, work.today)
    return kept.id, one.name


def _hold(town: Town, work: Work, day: date) -> None:
    at(town, work, day, town.rng.randint(10, 17), 0)  # first the clock: what is free depends on it
    row = pick(town, work)
    if row is None:
        return
    town.act(work, Role.SUPERVISOR)
    until = work.now + timedelta(days=town.rng.randint(1, 3))
    reason = town.rng.choice(("领导预留", "老业主推荐，等家人看房", "团购洽谈"))
    holds.hold.within(work, holds.HoldRequest(row.id, row.revision, until, reason))


def _sell(town: Town, work: Work) -> None:
    row = pick(town, work)
    if row is None:
        return
    consultant = town.act(work, Role.CONSULTANT)
    buyers = [newcomer(town, work, consultant)]
    if town.rng.random() < 0.35:
        buyers.append(newcomer(town, work, consultant))
    shares = (10_000,) if len(buyers) == 1 else (5_000, 5_000)
    people = tuple(Buyer(id_, share) for (id_, _), share in zip(buyers, shares, strict=True))
    splits = (Split(consultant.id, 10_000),)
    if town.rng.random() < 0.15:
        _reserve_first(town, work, row, people, splits, buyers[0][1])
        return
    subscribe(town, work, row, people, splits, buyers[0][1])


def _reserve_first(
    town: Town, work: Work, row: Any, people: tuple[Buyer, ...], splits: tuple[Split, ...], payer: str
) -> None:
    paid = Payment(Money(5_000_00), Method.MOBILE, payer)
    opening.reserve.within(work, ReserveRequest(row.id, row.revision, people, splits, paid))

    def go_on(then: Town, later: Work) -> None:
        fresh = fresh_row(later, row.id)
        if fresh.state != UnitState.RESERVED:
            return
        if then.rng.random() < 0.75:
            then.act(later, Role.CONSULTANT)
            subscribe(then, later, fresh, people, splits, payer)
            return
        then.act(later, Role.MANAGER)
        ended = closing.give_back.within(later, CloseRequest(row.id, fresh.revision, "客户放弃"))
        refund(then, later, ended.deal, ended.received, payer)

    town.later(work.today + timedelta(days=town.rng.randint(1, 3)), go_on)


def subscribe(
    town: Town, work: Work, row: Any, people: tuple[Buyer, ...], splits: tuple[Split, ...], payer: str
) -> None:
    """Subscribe a unit with a plan of the buyer's choice and plan what follows."""
    terms = choose_terms(town, row.list_total, work.today)
    paid = Payment(terms.deposit, town.rng.choice((Method.CARD, Method.TRANSFER, Method.MOBILE)), payer)
    already = _received(work, row.id)
    paid = Payment(terms.deposit - already, paid.method, payer) if already else paid
    asked = SubscribeRequest(row.id, row.revision, people, splits, terms, paid if paid.amount > ZERO else None)
    opening.subscribe.within(work, asked)
    fate = town.rng.random()
    sign_day = work.today + timedelta(days=town.rng.randint(2, 9))
    if fate < 0.03:
        town.later(sign_day, lambda t, w: _forfeit(t, w, row.id))
    elif fate < 0.06:
        town.later(sign_day, lambda t, w: _cancel(t, w, row.id, payer))
    elif fate < 0.08:
        town.later(sign_day, lambda t, w: _move(t, w, row.id))
    elif fate < 0.10:
        town.later(sign_day, lambda t, w: _rename(t, w, row.id))
    else:
        town.later(sign_day, lambda t, w: _sign(t, w, row.id, payer))


def choose_terms(town: Town, list_total: Money, day: date) -> Terms:
    """Choose a plan and discounts a buyer of this price would take."""
    kind = town.rng.choices(list(PlanKind), (3, 2, 9, 2, 3))[0] if list_total > Money(300_000_00) else PlanKind.ONE_OFF
    discounts = [Discount("按时签约优惠", DiscountKind.RATE, Decimal("0.99"))]
    if kind is PlanKind.ONE_OFF and town.rng.random() < 0.5:
        discounts = [Discount("一次性付款优惠", DiscountKind.RATE, Decimal("0.99"))]
    total = list_total.times(Decimal("0.99"))
    loans: tuple[Loan, ...] = ()
    share = Decimal(town.rng.choice(("0.15", "0.20", "0.30", "0.40")))
    most = loan_and_down_payment(total, max(share, least_down(LENT_BY[kind], day))).loan
    if kind is PlanKind.COMBINED and most <= FUND:
        kind = PlanKind.MORTGAGE  # too little for two lenders
    if kind is PlanKind.MORTGAGE:
        loans = (Loan(LoanKind.COMMERCIAL, most, 30, Decimal("0.0305"), "云栖银行"),)
    elif kind is PlanKind.PROVIDENT:
        loans = (Loan(LoanKind.PROVIDENT, min(most, Money(800_000_00)), 25, Decimal("0.026"), "公积金中心"),)
    elif kind is PlanKind.COMBINED:
        loans = (
            Loan(LoanKind.PROVIDENT, FUND, 30, Decimal("0.026"), "公积金中心"),
            Loan(LoanKind.COMMERCIAL, most - FUND, 30, Decimal("0.0305"), "云栖银行"),
        )
    return Terms(tuple(discounts), STANDARD[kind], loans, min(DEPOSIT, total.times(Decimal("0.2"))))


def fresh_row(work: Work, unit_id: int) -> Any:
    """Read a unit as it stands now."""
    return work.connection.execute(select(unit).where(unit.c.id == unit_id)).one()


def _received(work: Work, unit_id: int) -> Money:
    row = fresh_row(work, unit_id)
    return receipts.received(work, row.deal_id) if row.deal_id else ZERO


def _sign(town: Town, work: Work, unit_id: int, payer: str) -> None:
    row = fresh_row(work, unit_id)
    if row.state != UnitState.SUBSCRIBED:
        return
    town.act(work, Role.BACK_OFFICE)
    signing.draft.within(work, StepRequest(unit_id, row.revision))
    if town.rng.random() < 0.3:
        town.later(work.today + timedelta(days=town.rng.randint(1, 4)), lambda t, w: _seal(t, w, unit_id, payer))
    else:
        _seal(town, work, unit_id, payer)


def _seal(town: Town, work: Work, unit_id: int, payer: str) -> None:
    """Sign the drafted contract and take the first payment."""
    row = fresh_row(work, unit_id)
    if row.state != UnitState.DRAFTED:
        return
    town.act(work, Role.BACK_OFFICE)
    town.contracts += 1
    number = f"YX{work.today:%Y}{town.contracts:06d}"
    signing.sign.within(work, SignRequest(unit_id, row.revision, number))
    town.act(work, Role.CASHIER)
    _pay_next(town, work, row.deal_id, payer)
    for days in (35, 95, 190):
        late = town.rng.randint(0, 12) if town.rng.random() < 0.8 else 400  # some stay in arrears
        town.later(work.today + timedelta(days=days + late), lambda t, w: _pay_if_owed(t, w, row.deal_id, payer))
    town.later(work.today + timedelta(days=town.rng.randint(8, 28)), lambda t, w: _file(t, w, unit_id))


def _pay_if_owed(town: Town, work: Work, deal_id: int, payer: str) -> None:
    town.act(work, Role.CASHIER)
    _pay_next(town, work, deal_id, payer)


def _pay_next(town: Town, work: Work, deal_id: int, payer: str) -> None:
    """Pay the oldest line still owed; bank lines are paid by the bank."""
    if not receipts.deal_row(work, deal_id).living:
        return
    for line in receipts.owed(work, deal_id):
        loan = bool(line.loan)
        kind, method = (MoneyKind.LOAN, Method.BANK_LOAN) if loan else (MoneyKind.PRICE, Method.TRANSFER)
        left = line.amount - line.paid
        amount = left if town.rng.random() < 0.93 or loan else Money(left.fen // 2 // 100_00 * 100_00) or left
        asked = receipts.ReceiveRequest(deal_id, kind, method, amount, (line.loan and "云栖银行") or payer, due=line.id)
        receipts.receive.within(work, asked)
        return


def _file(town: Town, work: Work, unit_id: int) -> None:
    row = fresh_row(work, unit_id)
    if row.state == UnitState.SIGNED:
        town.act(work, Role.TITLE_CLERK)
        signing.file.within(work, StepRequest(unit_id, row.revision))
        if row.code.startswith("5-"):  # the building that is finished first
            town.later(work.today + timedelta(days=240), lambda t, w: _hand_over(t, w, unit_id))


def _hand_over(town: Town, work: Work, unit_id: int) -> None:
    row = fresh_row(work, unit_id)
    if row.state == UnitState.FILED and not receipts.owed(work, row.deal_id):
        town.act(work, Role.TITLE_CLERK)
        _measure(work, row)
        signing.hand_over.within(work, StepRequest(unit_id, row.revision))


def _measure(work: Work, row: Any) -> None:
    """Survey a finished home: up to 1.2 % off what the contract says, drawing no lots that others wait for."""
    off = Decimal(row.id * 7 % 25 - 12) / 1_000
    areas = {"measured_area": row.area, "measured_inner": row.inner}
    found = {name: (area * (1 + off)).quantize(Decimal("0.01")) for name, area in areas.items()}
    work.connection.execute(update(unit).where(unit.c.id == row.id).values(found))


def _forfeit(town: Town, work: Work, unit_id: int) -> None:
    row = fresh_row(work, unit_id)
    if row.state == UnitState.SUBSCRIBED:
        town.act(work, Role.MANAGER)
        closing.forfeit.within(work, CloseRequest(unit_id, row.revision, "逾期未签约，催告后仍不签"))


def _cancel(town: Town, work: Work, unit_id: int, payer: str) -> None:
    row = fresh_row(work, unit_id)
    if row.state == UnitState.SUBSCRIBED:
        town.act(work, Role.MANAGER)
        ended = closing.cancel.within(work, CloseRequest(unit_id, row.revision, "按揭未获批准，非因双方过错"))
        refund(town, work, ended.deal, ended.received, payer)


def refund(town: Town, work: Work, deal_id: int, amount: Money, payer: str) -> None:
    """Give a closed deal's money back."""
    if amount > ZERO:
        town.act(work, Role.CASHIER)
        asked = receipts.RefundRequest(deal_id, amount, Method.TRANSFER, payer, "退款")
        receipts.refund.within(work, asked)


def _move(town: Town, work: Work, unit_id: int) -> None:
    row, other = fresh_row(work, unit_id), pick(town, work)
    if row.state == UnitState.SUBSCRIBED and (other is None or other.use != row.use):
        _sign(town, work, unit_id, row.buyer)  # nothing to change to: they stay and sign
    elif row.state == UnitState.SUBSCRIBED and other is not None:
        town.act(work, Role.MANAGER)
        terms = choose_terms(town, other.list_total, work.today)
        asked = ChangeUnitRequest(unit_id, row.revision, other.id, other.revision, terms, "换更高楼层")
        changing.change_unit.within(work, asked)
        town.later(work.today + timedelta(days=5), lambda t, w: _sign(t, w, other.id, row.buyer))


def _rename(town: Town, work: Work, unit_id: int) -> None:
    row = fresh_row(work, unit_id)
    if row.state == UnitState.SUBSCRIBED:
        consultant = town.act(work, Role.CONSULTANT)
        id_, name = newcomer(town, work, consultant)
        changed = ChangeBuyersRequest(unit_id, row.revision, (Buyer(id_, 10_000),), "更名为配偶")
        changing.change_buyers.within(work, changed)
        town.later(work.today + timedelta(days=3), lambda t, w: _sign(t, w, unit_id, name))
