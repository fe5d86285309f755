"""What people of a small house may feel like doing: requests made up from what a screen would show, often in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select

from salescenter.data.deals import approval, deal
from salescenter.data.payments import receipt
from salescenter.data.staff import person
from salescenter.data.types import millis
from salescenter.data.visits import visit
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import Money
from salescenter.domain.plans import STANDARD
from salescenter.domain.prices import Discount, DiscountKind
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.schedules import PlanKind
from salescenter.domain.staff import MAY, Person, Role
from salescenter.domain.units import Flag, Step, state_now, steps_from
from salescenter.services import approvals, people, quotations, release
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.deals import changing, closing, holds, opening, signing
from salescenter.services.deals import requests as asks
from salescenter.services.estate import deeds as estate_deeds
from salescenter.services.follow_ups import PlanFollowUp
from salescenter.services.follow_ups import plan as plan_follow_up
from salescenter.services.payments import lists, receipts
from salescenter.services.reception_rules import Contact
from salescenter.services.taking_back import TakeBackRequest, take_back
from salescenter.services.visits import VisitRequest, register
from salescenter.services.work import Deed, Desk
from tests.houses import PEOPLE, Estate, kept, yuan

UNITS = ("1-101", "1-102", "1-103", "1-201", "1-301", "1-302", "1-303", "1-S1", "P-001")
REASONS = ("客户要求",) * 14 + ("",)
WEIGHTS = {Step.WITHDRAW: 1, Step.END_HOLD: 1, Step.HOLD: 2, Step.FORFEIT: 2, Step.CANCEL: 2, Step.GIVE_BACK: 2}
"""How often a step is felt like; five times where nothing is said."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed: which deed, at whose desk, with which request, at which moment."""

    deed: Deed[Any, Any]
    desk: Desk
    request: Any
    at: Any

    def do(self) -> Any:
        """Do it, or do it again."""
        return self.deed(self.desk, self.request, self.at)

    def allowed(self) -> bool:
        """Say whether the list has the person as the desk claims: whoever it has not so may do nothing."""
        asked = select(person.c.id).where(person.c.id == self.desk.who.id, person.c.active)
        with self.desk.engine.connect() as connection:
            return connection.scalar(asked.where(person.c.role == self.desk.who.role)) is not None


Making = Callable[[Estate, Random, dict[str, Any]], tuple[Deed[Any, Any], Any] | None]


@dataclass(frozen=True, slots=True)
class Urge:
    """A wish of some weight."""

    name: str
    weight: int
    make: Making

    def press(self, estate: Estate, rng: Random, key: str) -> Press | None:
        """Make a press of it; none where there is nothing to press."""
        made = self.make(estate, rng, {"key": key})
        if made is None:
            return None
        return Press(made[0], estate.desk(_somebody(estate, rng, made[0].step)), made[1], estate.now)


def _somebody(estate: Estate, rng: Random, step: Step) -> str:
    """Mostly somebody who may, and mostly logged in since the list was changed."""
    if rng.random() < 0.25:
        _log_in_again(estate)
    able = [login for login, one in estate.people.items() if step in MAY[one.role]]
    return rng.choice(list(estate.people) if rng.random() < 0.04 or not able else able)


def _log_in_again(estate: Estate) -> None:
    """Whoever is on the list comes back to their desk as what they are there; whoever left sits there still."""
    for row in estate.all(select(person).where(person.c.active).order_by(person.c.id)):
        estate.people[row.login] = Person(row.id, row.name, Role(row.role), row.team)


def _unit(estate: Estate, rng: Random) -> Any:
    return estate.unit(rng.choice(UNITS))


def _seen(rng: Random, row: Any) -> int:
    return int(row.revision) - (rng.random() < 0.04)


def _buyers(estate: Estate, rng: Random) -> tuple[asks.Buyer, ...]:
    names = rng.sample(sorted(estate.customers), rng.choice((1, 1, 1, 2)))
    if rng.random() < 0.85:
        names = [name for name in names if name in ("陈一帆", "李娜")] or ["陈一帆"]
    share = rng.choice((10_000 // len(names),) * 9 + (1,))
    return tuple(asks.Buyer(estate.customers[name], share) for name in names)


def _sellers(estate: Estate, rng: Random) -> tuple[asks.Split, ...]:
    who = rng.sample(("a", "b", "lead"), rng.choice((1, 1, 2)))
    return tuple(asks.Split(estate.people[one].id, 10_000 // len(who)) for one in who)


def _payment(rng: Random, usual: int) -> asks.Payment:
    amount = rng.choice((*(usual,) * 6, usual // 2, 1, 300_000))
    payer = rng.choice((*("陈一帆",) * 15, " "))
    return asks.Payment(yuan(amount), rng.choice((Method.CARD, Method.CASH)), payer)


def _terms(estate: Estate, rng: Random, row: Any) -> asks.Terms:
    kind = rng.choice(list(PlanKind))
    million = row.list_total >= yuan(500_000)
    wanted = [line.loan for line in STANDARD[kind].lines if line.loan]
    rate = rng.choice(("1", "1", "1", "1", "0.99", "0.98", "0.97", "0.93"))
    bank = 890_000 if rate == "0.98" else 300_000  # whoever bargains may want to pay down too little as well
    lent = {LoanKind.COMMERCIAL: yuan(bank), LoanKind.PROVIDENT: yuan(200_000)}
    loans = tuple(asks.Loan(one, lent[one], 30, Decimal("0.03")) for one in wanted if million)
    less = () if rate == "1" else (Discount(f"{rate} 折", DiscountKind.RATE, Decimal(rate)),)
    granted = estate.read(select(approval.c.id).where(approval.c.granted, approval.c.used.is_(False)))
    deposit = yuan(20_000 if million else 10_000)
    return asks.Terms(less, STANDARD[kind], loans, deposit, approval=granted and granted[0])


# --- the life of a unit


def _life(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    """Carry some unit on by a step its state allows, sometimes by any step at all."""
    row = _unit(estate, rng) if rng.random() < 0.6 else estate.unit(rng.choice(UNITS[:2]))
    state = state_now(row.state, millis(row.until) if row.until else 0, millis(estate.now))
    steps = list(steps_from(state)) if rng.random() < 0.96 else []
    steps = steps or list(_STEPS)
    step = rng.choices(steps, [WEIGHTS.get(one, 5) for one in steps])[0]
    return _STEPS[step](estate, rng, row, key)


def _hold(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
    until = estate.now + timedelta(hours=rng.choice((1, 20, 70, 200, -1)))
    of = rng.choice((None, estate.customers["李娜"]))
    return holds.hold, holds.HoldRequest(row.id, _seen(rng, row), until, rng.choice(REASONS), of, **key)


def _extend_hold(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
    _, asked = _hold(estate, rng, row, key)
    return holds.extend_hold, asked


def _reserve(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
    people = (_buyers(estate, rng), _sellers(estate, rng))
    return opening.reserve, asks.ReserveRequest(row.id, _seen(rng, row), *people, _payment(rng, 5_000), **key)


def _subscribe(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
    people = (_buyers(estate, rng), _sellers(estate, rng))
    paid = rng.choice((None, _payment(rng, 20_000), _payment(rng, 20_000)))
    asked = asks.SubscribeRequest(row.id, _seen(rng, row), *people, _terms(estate, rng, row), paid, **key)
    return opening.subscribe, asked


def _plain(deed: Deed[Any, Any]) -> Callable[..., Any]:
    def make(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
        day = rng.choice((None,) * 6 + (estate.today, estate.today - timedelta(days=1)))
        return deed, asks.StepRequest(row.id, _seen(rng, row), rng.choice(REASONS), day, **key)

    return make


def _sign(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
    number = f"YX{rng.randrange(30)}"
    return signing.sign, asks.SignRequest(row.id, _seen(rng, row), number, None, **key)


def _close(deed: Deed[Any, Any]) -> Callable[..., Any]:
    def make(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
        asked = asks.CloseRequest(row.id, _seen(rng, row), rng.choice(REASONS), rng.random() < 0.2, **key)
        return deed, asked

    return make


def _move(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
    new = _unit(estate, rng)
    asked = asks.ChangeUnitRequest(
        row.id, _seen(rng, row), new.id, _seen(rng, new), _terms(estate, rng, new), rng.choice(REASONS), **key
    )
    return changing.change_unit, asked


def _rename(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
    near = rng.random() < 0.5
    asked = asks.ChangeBuyersRequest(row.id, _seen(rng, row), _buyers(estate, rng), rng.choice(REASONS), near, **key)
    return changing.change_buyers, asked


def _extend_signing(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
    by = estate.today + timedelta(days=rng.choice((3, 20, 80, -1)))
    return signing.extend_signing, asks.ExtendRequest(row.id, _seen(rng, row), by, rng.choice(REASONS), **key)


def _batch(deed: Deed[Any, Any]) -> Callable[..., Any]:
    def make(estate: Estate, rng: Random, row: Any, key: dict[str, Any]) -> Any:
        rows = {one.id: one for one in (row, _unit(estate, rng) if rng.random() < 0.2 else row)}
        return deed, release.ReleaseRequest(tuple(release.Seen(one.id, _seen(rng, one)) for one in rows.values()), **key)

    return make


_STEPS: dict[Step, Callable[..., Any]] = {
    Step.HOLD: _hold,
    Step.EXTEND_HOLD: _extend_hold,
    Step.END_HOLD: lambda e, r, row, key: (holds.end_hold, holds.EndHoldRequest(row.id, _seen(r, row), **key)),
    Step.RESERVE: _reserve,
    Step.SUBSCRIBE: _subscribe,
    Step.DRAFT: _plain(signing.draft),
    Step.UNDO_DRAFT: _plain(signing.undo_draft),
    Step.SIGN: _sign,
    Step.FILE: _plain(signing.file),
    Step.UNDO_FILING: _plain(signing.undo_filing),
    Step.HAND_OVER: _plain(signing.hand_over),
    Step.EXTEND_SIGNING: _extend_signing,
    Step.CANCEL: _close(closing.cancel),
    Step.FORFEIT: _close(closing.forfeit),
    Step.GIVE_BACK: _close(closing.give_back),
    Step.CHANGE_UNIT: _move,
    Step.CHANGE_BUYER: _rename,
    Step.RELEASE: _batch(release.release),
    Step.WITHDRAW: _batch(release.withdraw),
}


# --- beside it


def _price(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    row = _unit(estate, rng)
    new = release.NewPrice(row.id, _seen(rng, row), unit_price=yuan(rng.choice((9_500, 10_000, 10_400, 12_000))))
    return release.set_prices, release.PriceRequest((new,), rng.choice(REASONS), **key)


def _flag(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    row = _unit(estate, rng)
    flag = rng.choice((Flag.MORTGAGED, Flag.SHOW_FLAT, Flag.PRICE_REVIEW))
    seen = (release.Seen(row.id, _seen(rng, row)),)
    return release.set_flag, release.FlagRequest(seen, flag, rng.random() < 0.3, **key)


def _receive(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    rows = estate.all(select(deal))
    if not rows:
        return None
    row = rng.choice(rows)
    kind = rng.choice((*(MoneyKind.PRICE, MoneyKind.DEPOSIT, MoneyKind.LOAN) * 3, *MoneyKind))
    amount = rng.choice((yuan(1_000), yuan(20_000), yuan(300_000), row.total, Money(1)))
    asked = receipts.ReceiveRequest(row.id, kind, rng.choice(list(Method)), amount, "陈一帆", **key)
    return receipts.receive, asked


def _void(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    rows = estate.all(select(receipt.c.id))
    if not rows:
        return None
    return receipts.void, receipts.VoidRequest(rng.choice(rows)[0], rng.choice(REASONS), **key)


def _refund(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    rows = estate.all(select(deal))
    if not rows:
        return None
    dead = [row for row in rows if not row.living] if rng.random() < 0.8 else rows
    amount = rng.choice((yuan(1_000), yuan(5_000), yuan(20_000), yuan(320_000)))
    asked = receipts.RefundRequest(rng.choice(dead or rows).id, amount, Method.CASH, "陈一帆", rng.choice(REASONS), **key)
    return receipts.refund, asked


def _day(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    day = estate.today - timedelta(days=rng.choice((0, 0, 1, -1)))
    if rng.random() < 0.5:
        return lists.reopen_day, lists.ReopenDayRequest(day, rng.choice(REASONS), **key)
    return lists.close_day, lists.CloseDayRequest(day, **key)


def _quote(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    row = _unit(estate, rng)
    return quotations.keep, quotations.QuoteRequest(row.id, _terms(estate, rng, row), **key)


def _ask(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    row = _unit(estate, rng)
    step = rng.choice((Step.SUBSCRIBE, Step.SUBSCRIBE, Step.CANCEL, *_LEAVES))
    asked = {
        "fen": yuan(930_000).fen, "until": (estate.now + timedelta(days=20)).isoformat(),
        "sign_by": (estate.today + timedelta(days=90)).isoformat(), "refund": yuan(320_000).fen,
        "deal": _number(rng, estate.all(select(deal.c.number).where(deal.c.unit_id == row.id))),
        "receipt": _number(rng, estate.all(select(receipt.c.number).where(receipt.c.unit_id == row.id))),
    }  # fmt: skip
    ask = approvals.ask_at_the_till if step in approvals.AT_THE_TILL else approvals.ask
    return ask, approvals.ApprovalRequest(row.id, step, asked, **key)


_LEAVES = (Step.HOLD, Step.EXTEND_HOLD, Step.END_HOLD, Step.EXTEND_SIGNING, Step.VOID_RECEIPT, Step.REFUND)


def _number(rng: Random, rows: list[Any]) -> str:
    return rng.choice(rows)[0] if rows else ""


def _decide(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    rows = estate.all(select(approval.c.id))
    if not rows:
        return None
    return approvals.decide, approvals.Decision(rng.choice(rows)[0], rng.random() < 0.7, **key)


def _visit(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    number = rng.randrange(6)
    facts = CustomerFacts(name=f"访客{number}", phones=(f"1390000000{number}",), sex="female")
    asked = VisitRequest(
        rng.choice(list(Contact)), facts, channel=rng.choice(("路过", "广告")), consultant=estate.people["a"].id,
        answers=(("product", ("三室",)), ("area", ("90–110 m²",))), peer=rng.random() < 0.1, **key,
    )  # fmt: skip
    return register, asked


def _take_back(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    rows = estate.all(select(visit.c.id, visit.c.day))
    rows = [row for row in rows if row.day == estate.today] or rows[:1]
    if not rows:
        return None
    number = rng.choice(rows).id
    return take_back, TakeBackRequest(number, rng.choice(REASONS), **key)


def _follow_up(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    due = estate.today + timedelta(days=rng.choice((0, 3, -1)))
    return plan_follow_up, PlanFollowUp(rng.choice(list(estate.customers.values())), due, "回访", **key)


def _leave(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    """Somebody leaves; mostly somebody who left returns."""
    gone = estate.all(select(person.c.id).where(person.c.active.is_(False)))
    if gone and rng.random() < 0.7:
        return people.let_go, people.LeaveRequest(rng.choice(gone)[0], active=True, **key)
    who = rng.choice(list(estate.people.values()))
    return people.let_go, people.LeaveRequest(who.id, active=rng.random() < 0.1, **key)


def _role(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    """Somebody becomes something else, mostly what they were at first."""
    login, name, first = rng.choice(PEOPLE)
    role = first if rng.random() < 0.5 else rng.choice(list(Role))
    return people.keep, people.PersonRequest(name, login, role, id=estate.people[login].id, **key)


def _bind(estate: Estate, rng: Random, key: dict[str, Any]) -> Any:
    """The space goes with one home or another, and now and then with none."""
    asked = kept(estate, "P-001", bound_to=rng.choice(("1-101", "1-102", "1-201", "1-S1", "")), **key)
    return estate_deeds.keep_unit, asked


URGES = (
    Urge("life", 48, _life), Urge("price", 3, _price), Urge("flag", 2, _flag), Urge("receive", 14, _receive),
    Urge("void", 6, _void), Urge("refund", 5, _refund), Urge("day", 2, _day), Urge("quote", 3, _quote),
    Urge("ask", 4, _ask), Urge("decide", 4, _decide), Urge("visit", 6, _visit), Urge("take-back", 4, _take_back),
    Urge("bind", 3, _bind), Urge("follow-up", 2, _follow_up), Urge("leave", 5, _leave), Urge("role", 4, _role),
)  # fmt: skip


