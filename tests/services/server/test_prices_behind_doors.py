"""Prices on a server: the limit of a role, floors, the filed price and approvals hold with whatever program one comes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import psycopg
import pytest
from sqlalchemy import delete, insert, select, update

from salescenter.data.customers import customer
from salescenter.data.deals import approval
from salescenter.data.estate import building, phase, project, setting
from salescenter.domain.errors import Refusal
from salescenter.domain.money import Money, Rounding, average, round_fen
from salescenter.domain.prices import FLOORS, LIMITS, BuildUp, Discount, DiscountKind, building_group, phase_group
from salescenter.domain.receipts import Method
from salescenter.domain.refusals import BelowFloorPrice, DiscountTooDeep
from salescenter.domain.staff import DISCOUNT_LIMIT, Role, may
from salescenter.domain.units import Flag, Step
from salescenter.services import approvals
from salescenter.services.deals import opening, pricing
from salescenter.services.deals.changing import change_unit
from salescenter.services.deals.requests import ChangeUnitRequest, Payment, ReserveRequest, Terms
from salescenter.services.settings import rules_now
from tests.houses import DEPOSIT, LIST, PEOPLE, Estate, yuan
from tests.services.server.by_hand import agreed, due, goes_through, sold, taken
from tests.services.server.guarded_house import desk_of, house, opened, psql, refused, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

CODE = "1-201"
SELLERS = [login for login, _, role in PEOPLE if may(role, Step.SUBSCRIBE)]


# --- server and services give the same answers


@dataclass(frozen=True, slots=True)
class Case:
    """A house as somebody may have set it up: what is asked of the unit, and settings of the house."""

    unit: dict[str, Money | None]
    settings: dict[str, Any]
    grouped: tuple[str, ...] = ()  # shares that floors of groups are


ODD = Money(1_234_567_89)
CASES = {
    "nothing but the limits": Case({}, {}),
    "a floor of the unit": Case({"floor_total": Money(1_222_222_22)}, {}),
    "a floor above the list price": Case({"floor_total": Money(1_234_567_90)}, {}),
    "a filed price below the list price": Case({"filed_total": Money(1_230_000_55)}, {}),
    "a floor of the project": Case({"floor_total": Money(1_100_000_00)}, {"floor_rate": "0.9755"}),
    "floors of building and phase": Case(
        {"floor_total": Money(1_100_000_00)},
        {FLOORS: {building_group(1): "0.9855", phase_group(1): "0.981"}, "floor_rate": "0.5"}, ("0.9855", "0.981"),
    ),
    "a floor of the phase": Case({}, {FLOORS: {phase_group(1): "0.9933", building_group(9): "1"}}, ("0.9933",)),
    "limits of its own": Case({}, {LIMITS: {"consultant": "0.9555", "back-office": "0.985", "supervisor": "1"}}),
    "no limits at all": Case({}, {LIMITS: {}}),
}  # fmt: skip


@pytest.fixture
def plain(house: Estate) -> Iterator[Estate]:
    """The house with a unit of an odd price in a phase; whatever was set for the test is taken back."""
    was = house.unit(CODE)
    house.put(insert(phase).values(id=1, project_id=1, name="一期"))
    house.put(update(building).values(phase_id=1))
    house.alter(CODE, list_total=ODD, total=ODD, filed_total=None, floor_total=None)
    kept = {row.id for row in house.all(select(setting.c.id))}
    yield house
    house.alter(CODE, list_total=LIST, total=LIST, filed_total=was.filed_total, floor_total=was.floor_total)
    house.put(update(building).values(phase_id=None))
    house.put(update(project).values(rounding=Rounding.TO_FEN.value))
    for order in (delete(phase), delete(setting).where(setting.c.id.not_in(kept)), delete(approval)):
        house.put(order)


def totals(case: Case, role: Role, how: Rounding) -> list[Money]:
    """Prices a fen to either side of whatever may be a limit."""
    limits = case.settings.get(LIMITS, DISCOUNT_LIMIT)
    shares = (case.settings.get("floor_rate", "1"), limits.get(role, "1"), *case.grouped)
    limits_ = {round_fen(ODD.fen * Decimal(share), how) for share in shares} | {ODD, ODD.rounded(how)}
    limits_ |= {price for price in case.unit.values() if price}
    return sorted({limit + Money(fen) for limit in limits_ for fen in (-1, 0, 1)})


def by_the_services(estate: Estate, login: str, prices: list[Money], grant: int | None = None) -> list[bool]:
    """Say of each price whether the services let this person agree to it."""
    said = []
    with estate.desk(login).working(estate.now) as work:
        row = estate.unit(CODE)
        for total in prices:
            build_up = BuildUp(row.list_total, (), total, average(total, row.area))
            try:
                pricing.check_limits(
                    work, row, Terms(approval=grant), build_up, Rounding(row.rounding), rules_now(work)
                )
            except Refusal:
                said.append(False)
            else:
                said.append(True)
    return said


def by_the_server(estate: Estate, login: str, prices: list[Money], grant: int | None = None) -> list[bool]:
    """Say the same of the server, asked from outside."""
    terms = f"'{json.dumps({'approval': grant})}'::json"
    with psql(estate, login) as line:
        line.execute(opened(estate, login, Step.SUBSCRIBE).encode())
        said = [is_let(line, agreed(estate, CODE, total, terms=terms)) for total in prices]
        line.rollback()
    return said


def is_let(line: psycopg.Connection[tuple[object, ...]], order: str) -> bool:
    line.execute(b"SAVEPOINT here")
    try:
        line.execute(order.encode())
    except psycopg.errors.InsufficientPrivilege:
        return False
    finally:
        line.execute(b"ROLLBACK TO here")
    return True


@pytest.mark.parametrize("how", Rounding)
@pytest.mark.parametrize("case", CASES)
def test_server_and_services_agree_on_every_price_of_every_role(plain: Estate, case: str, how: Rounding) -> None:
    plain.alter(CODE, **{"list_total": ODD} | CASES[case].unit)
    plain.put(update(project).values(rounding=how.value))
    for name, value in CASES[case].settings.items():
        plain.rule(name, value)
    for login in SELLERS:
        prices = totals(CASES[case], plain.people[login].role, how)
        said = by_the_services(plain, login, prices)
        assert by_the_server(plain, login, prices) == said, (login, prices)
        assert False in said


GRANTS: dict[str, dict[str, Any]] = {
    "granted": {},
    "asked but not decided": {"granted": None, "decided_by": None, "decided_at": None},
    "declined": {"granted": False},
    "used before": {"used": True},
    "of another step": {"step": Step.HOLD.value},
    "of another unit": {"unit_id": 1},
}


@pytest.mark.parametrize("kind", GRANTS)
def test_server_and_services_agree_on_what_an_approval_opens(plain: Estate, kind: str) -> None:
    plain.alter(CODE, floor_total=yuan(1_000_000))
    boss, asker = plain.people["boss"].id, plain.people["a"].id
    least = Money(950_000_55)
    said = {"project_id": 1, "unit_id": plain.unit(CODE).id, "step": "subscribe", "asked": {"fen": least.fen},
            "asked_by": asker, "asked_at": plain.now, "decided_by": boss, "decided_at": plain.now, "granted": True,
            "id": 77} | GRANTS[kind]  # fmt: skip
    plain.put(insert(approval).values(said))
    prices = [least + Money(fen) for fen in (-1, 0, 1)] + [ODD + Money(fen) for fen in (0, 1)]
    for login in SELLERS:
        found = by_the_services(plain, login, prices, grant=77)
        assert by_the_server(plain, login, prices, grant=77) == found
        assert found == [False, *[kind == "granted"] * 2, True, False]
        assert by_the_server(plain, login, prices[:3]) == [False] * 3


# --- done by hand


def test_what_a_role_may_agree_to_goes_through_by_hand_too(house: Estate) -> None:
    goes_through(house, "a", *sold(house, "a", CODE, yuan(990_000)))
    goes_through(house, "lead", *sold(house, "lead", CODE, yuan(970_000)))


FORGED: dict[str, dict[str, Any]] = {
    "deeper than the role's limit": {"total": 989_999_99},
    "above the list price": {"total": 1_000_000_01},
    "nothing": {"total": 0},
    "another list price": {"list_total": 990_000_00},
    "another area": {"area": 20_000},
    "another inner area": {'"inner"': 1},
    "another basis": {"basis": "'inner'"},
    "a price of its own for the square metre": {"unit_price": 1},
    "signed already": {"state": 6},
    "over already": {"living": False},
    "a small deposit": {"state": 3},
    "an approval that is none": {"total": 900_000_00, "terms": "'{\"approval\": 4711}'::json"},
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_deal_written_by_hand_says_nothing_that_the_program_would_not(house: Estate, kind: str) -> None:
    refused(house, "a", opened(house, "a", Step.SUBSCRIBE), agreed(house, CODE, yuan(990_000), **FORGED[kind]))


def test_a_deal_never_comes_without_its_unit_nor_without_its_schedule(house: Estate) -> None:
    total = yuan(990_000)
    enter, deal, buyer, seller, line, history, unit = sold(house, "a", CODE, total)
    refused(house, "a", enter, deal, buyer, seller, line)
    refused(house, "a", enter, deal, buyer, seller, history, unit)
    refused(house, "a", enter, deal, buyer, seller, due(total - yuan(1)), history, unit)
    refused(house, "a", enter, deal, buyer, seller, line, due(yuan(1)), history, unit)
    refused(house, "a", enter, deal, buyer, seller, line, history, taken(CODE, total - yuan(1)))
    goes_through(house, "a", enter, deal, buyer, seller, due(total - yuan(1)), due(yuan(1)), history, unit)


def test_a_unit_whose_price_is_under_review_is_not_sold_by_hand(house: Estate) -> None:
    house.alter(CODE, flags=int(Flag.PRICE_REVIEW))
    refused(house, "a", opened(house, "a", Step.SUBSCRIBE), agreed(house, CODE, LIST))
    house.alter(CODE, flags=0)


def test_other_steps_agree_to_no_price(house: Estate) -> None:
    for step in (Step.RESERVE, Step.CHANGE_BUYER, Step.DRAFT):
        refused(house, "a", opened(house, "a", step), agreed(house, CODE, LIST))


@pytest.fixture(scope="module")
def agreed_deal(house: Estate) -> int:
    """A deal of a consultant's own, agreed by the program and kept."""
    with desk_of(house, "a") as desk:
        less = (Discount("九九折", DiscountKind.RATE, Decimal("0.99")),)
        return opening.subscribe(desk, house.asked("1-102", terms=Terms(less, deposit=DEPOSIT)), house.now).deal


REWRITTEN = (
    "UPDATE deal SET total = 1 WHERE id = {}", "UPDATE deal SET deposit = 1 WHERE id = {}",
    "UPDATE deal SET unit_price = 1 WHERE id = {}", "UPDATE deal SET list_total = 1 WHERE id = {}",
    "UPDATE deal SET area = 1 WHERE id = {}", "UPDATE deal SET unit_id = 1 WHERE id = {}",
    "UPDATE deal SET terms = '{{\"approval\": null, \"loans\": [1]}}' WHERE id = {}",
    "UPDATE deal SET subscribed = subscribed - 30 WHERE id = {}", "UPDATE deal SET living = false WHERE id = {}",
    "UPDATE deal SET state = 5 WHERE id = {}", "UPDATE due SET amount = 1 WHERE deal_id = {}",
    "UPDATE deal_discount SET value = '0.5' WHERE deal_id = {}", "DELETE FROM due WHERE deal_id = {}",
    "DELETE FROM deal_discount WHERE deal_id = {}", "UPDATE unit SET total = 1 WHERE deal_id = {}",
    "UPDATE unit SET total = list_total WHERE deal_id = {}",
    "INSERT INTO due (deal_id, position, item, name, amount, paid, condition, loan) VALUES ({}, 9, '', '', 1, 0, '', '')",
    "INSERT INTO deal_discount (deal_id, position, name, kind, value) VALUES ({}, 9, '', 'rate', '0.5')",
    "INSERT INTO deal_consultant (deal_id, person_id, share) VALUES ({}, 1, 1)",
    "INSERT INTO deal_buyer (deal_id, customer_id, position, share, active) VALUES ({}, 1, 9, 1, true)",
    "UPDATE deal_buyer SET customer_id = 2 WHERE deal_id = {}",
)  # fmt: skip


@pytest.mark.parametrize("writing", REWRITTEN)
@pytest.mark.parametrize("step", [Step.SUBSCRIBE, Step.RESERVE, Step.DRAFT])
def test_what_was_agreed_is_never_written_again(house: Estate, agreed_deal: int, writing: str, step: Step) -> None:
    refused(house, "a", opened(house, "a", step), writing.format(agreed_deal))


def test_who_sold_and_who_bought_are_not_taken_away_again(house: Estate, agreed_deal: int) -> None:
    with psql(house, "a") as line:
        line.execute(opened(house, "a", Step.SUBSCRIBE).encode())
        for table in ("deal_consultant", "deal_buyer"):
            assert line.execute(f"DELETE FROM {table} WHERE deal_id = {agreed_deal}".encode()).rowcount == 0
        line.rollback()


def test_nobody_writes_themselves_into_a_colleagues_deal_to_see_its_buyers(house: Estate, agreed_deal: int) -> None:
    seller = f"INSERT INTO deal_consultant (deal_id, person_id, share) VALUES ({agreed_deal}, {house.people['b'].id}, 0)"
    for login, step in product(("b", "office", "boss"), (Step.SUBSCRIBE, Step.RESERVE)):
        refused(house, login, opened(house, login, step), seller)


# --- approvals


def granted(estate: Estate, code: str, fen: int) -> int:
    """A consultant asks and the manager grants, each at a desk of their own."""
    asked = approvals.ApprovalRequest(estate.unit(code).id, Step.SUBSCRIBE, {"fen": fen}, "老客户")
    with desk_of(estate, "a") as desk, desk_of(estate, "boss") as boss:
        number = approvals.ask(desk, asked, estate.now).approval
        approvals.decide(boss, approvals.Decision(number, granted=True), estate.now)
    return number


def test_an_approval_opens_one_sale_by_hand_and_is_used_up_whatever_is_said(house: Estate) -> None:
    number, total = granted(house, CODE, 950_000_00), yuan(950_000)
    terms = {"terms": f"'{json.dumps({'approval': number})}'::json"}
    goes_through(house, "a", *sold(house, "a", CODE, total, **terms))
    refused(house, "a", *sold(house, "a", CODE, total - Money(1), **terms)[:2])
    with psql(house, "a") as line:
        for order in sold(house, "a", CODE, total, **terms)[:2]:
            line.execute(order.encode())
        assert line.execute(b"SELECT used FROM approval WHERE id = %s", (number,)).fetchone() == (True,)
        line.rollback()
    back = f"UPDATE approval SET used = false WHERE id = {number}"
    for step in (Step.SUBSCRIBE, Step.HOLD):
        refused(house, "a", opened(house, "a", step), back)
    other = f"UPDATE approval SET used = true WHERE id = {number}"
    refused(house, "a", opened(house, "a", Step.HOLD), other)
    enter = opened(house, "a", Step.SUBSCRIBE)
    refused(house, "a", enter, other, agreed(house, CODE, total, **terms))
    house.put(delete(approval).where(approval.c.id == number))


ASKED = (
    "INSERT INTO approval (project_id, unit_id, step, asked, asked_by, asked_at, note, used{columns}) "
    "VALUES (1, 4, 'subscribe', '{{\"fen\": 1}}', {who}, 1, '', {used}{values})"
)


def test_no_approval_is_forged(house: Estate) -> None:
    me, boss = house.people["a"].id, house.people["boss"].id
    enter = opened(house, "a", Step.QUOTE)
    decided = ", granted, decided_by, decided_at"
    refused(house, "a", enter, ASKED.format(who=me, used=False, columns=decided, values=f", true, {boss}, 1"))
    refused(house, "a", enter, ASKED.format(who=boss, used=False, columns="", values=""))
    refused(house, "a", enter, ASKED.format(who=me, used=True, columns="", values=""))
    plain = ASKED.format(who=me, used=False, columns="", values="")
    goes_through(house, "a", enter, plain)
    for change in ("granted = true", "asked = '{}'", "unit_id = 1", "step = 'hold'", "used = true", "asked_by = 1"):
        refused(house, "a", enter, plain, f"UPDATE approval SET {change}")
    refused(house, "a", opened(house, "a", Step.SUBSCRIBE), plain)


BENT = (
    f"INSERT INTO setting (project_id, name, since, value) VALUES (1, '{LIMITS}', 1, '{{}}')",
    f"UPDATE setting SET value = '{{}}' WHERE name = '{LIMITS}'", "DELETE FROM setting",
    "UPDATE unit SET list_total = list_total * 2", "UPDATE unit SET floor_total = 0", "UPDATE unit SET filed_total = 0",
    "UPDATE unit SET building_id = 2", "UPDATE building SET phase_id = NULL", "UPDATE project SET rounding = 'yuan-down'",
    "UPDATE person SET role = 'manager'", "INSERT INTO doors.writes VALUES ('subscribe', 'setting')",
)  # fmt: skip


@pytest.mark.parametrize("writing", BENT)
@pytest.mark.parametrize("login", ["a", "lead"])
def test_nobody_who_sells_bends_what_a_price_is_measured_by(house: Estate, login: str, writing: str) -> None:
    for step in (Step.SUBSCRIBE, Step.RESERVE, Step.QUOTE, Step.REGISTER_VISIT):
        refused(house, login, opened(house, login, step), writing)


# --- the program's own deeds


def test_a_special_price_goes_through_the_doors_with_the_managers_password_at_the_consultants_desk(
    house: Estate,
) -> None:
    less = Terms((Discount("特价", DiscountKind.FIXED_TOTAL, Decimal(880_000)),), deposit=DEPOSIT)
    asked = house.asked("1-203", terms=less)
    wanted = approvals.ApprovalRequest(asked.unit, Step.SUBSCRIBE, {"fen": yuan(880_000).fen}, "特价房")
    with desk_of(house, "a") as desk, desk_of(house, "boss") as boss:
        with pytest.raises(BelowFloorPrice):
            opening.subscribe_with_approval(desk, asked, house.now)
        number = approvals.grant_here(desk, boss, wanted, house.now).approval
        assert opening.subscribe_with_approval(desk, asked, house.now).total == yuan(880_000)
        again = Terms((Discount("九八", DiscountKind.RATE, Decimal("0.98")),), deposit=DEPOSIT, approval=number)
        with pytest.raises(DiscountTooDeep):
            opening.subscribe(desk, house.asked(CODE, terms=again), house.now)
    kept = house.read(select(approval).where(approval.c.id == number))
    assert (kept.used, house.deal("1-203").terms["approval"]) == (True, number)


def test_a_small_deposit_becomes_a_subscription_at_a_price_below_and_then_another_unit(house: Estate) -> None:
    """For a customer who is a colleague's by now: whoever has the deal carries it on."""
    number, seen = house.seen("1-103")
    asked = ReserveRequest(number, seen, house.buyer(), house.seller("a"), Payment(yuan(5_000), Method.MOBILE, "陈一帆"))
    terms = Terms((Discount("九九", DiscountKind.RATE, Decimal("0.99")),), deposit=DEPOSIT)
    deeper = Terms((Discount("九八", DiscountKind.RATE, Decimal("0.98")),), deposit=DEPOSIT)
    with desk_of(house, "a") as desk, desk_of(house, "lead") as lead:
        small = opening.reserve(desk, asked, house.now)
        won = {"owner_id": house.people["b"].id, "protected_until": house.today - timedelta(days=1)}
        house.put(update(customer).where(customer.c.id == house.customers["陈一帆"]).values(won))
        with pytest.raises(DiscountTooDeep):
            opening.subscribe(desk, house.asked("1-103", terms=deeper), house.now)
        done = opening.subscribe(desk, house.asked("1-103", terms=terms), house.now)
        assert (done.deal, done.total) == (small.deal, yuan(990_000))
        change = ChangeUnitRequest(*house.seen("1-103"), *house.seen("1-202"), deeper, "换楼层")
        house.rule(FLOORS, {building_group(1): "0.985"})
        with pytest.raises(BelowFloorPrice) as low:
            change_unit(lead, change, house.now)
        assert (low.value.details["floor"], low.value.details["price"]) == (yuan(985_000), yuan(980_000))
        house.put(delete(setting).where(setting.c.name == FLOORS))
        assert change_unit(lead, change, house.now).total == yuan(980_000)
    house.put(update(customer).values(owner_id=None, protected_until=None))
    assert sum(line[1] for line in house.dues("1-202")) == 980_000
    assert house.broken() == []
