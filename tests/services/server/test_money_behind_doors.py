"""A server lets nobody make money of nothing by hand: on a closed day, under a number of one's own, or by writing a line paid."""

from __future__ import annotations

import os

import pytest

from salescenter.data.payments import allocation, closed_day
from salescenter.domain.receipts import Method
from salescenter.domain.units import Step
from salescenter.services.deals import opening
from salescenter.services.deals.requests import Payment
from salescenter.services.failed_log_ins import LiftRequest, lift
from tests.houses import DEPOSIT, Estate, yuan
from tests.services.server.by_hand import IN_FULL, NUMBER, NUMBERED, SERIAL, goes_through, sold
from tests.services.server.guarded_house import desk_of, house, opened, psql, refused, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"


@pytest.fixture(scope="module")
def sales(house: Estate) -> Estate:
    """A sale of each of two consultants, with a deposit paid on each; 1-101 is a's, 1-201 is b's."""
    for login, code in (("a", "1-101"), ("b", "1-201")):
        with desk_of(house, login) as desk:
            asked = house.asked(code, paid=Payment(DEPOSIT, Method.CARD, "陈一帆"), consultants=house.seller(login))
            opening.subscribe(desk, asked, house.now)
    return house


def received(estate: Estate, login: str, code: str, ago: int = 0, number: str = IN_FULL, serial: str = SERIAL) -> str:
    """The order that writes a receipt of a unit's deal, for 500 fen."""
    one, day = estate.deal(code), estate.today.toordinal() - ago
    return (
        "INSERT INTO receipt (id, project_id, book_id, deal_id, unit_id, serial, number, kind, method, amount, payer, day, "
        f"at, cashier_id, note, slip) VALUES ({NUMBER}, 1, 1, {one.id}, {one.unit_id}, {serial}, {number}, 'price', "
        f"'cash', 500, '陈一帆', {day}, (extract(epoch FROM now()) * 1000)::bigint, {estate.people[login].id}, '', '')"
    )


def line_of(estate: Estate, code: str) -> str:
    """The last line of a deal's schedule."""
    return f"(SELECT max(id) FROM due WHERE deal_id = {estate.deal(code).id})"


def laid(estate: Estate, code: str, amount: int, receipt: int = NUMBER) -> str:
    """The order that lays money of a receipt on a line."""
    return f"SELECT doors.lay({receipt}, {line_of(estate, code)}, {amount})"


def test_money_taken_by_hand_as_the_program_takes_it_goes_through(sales: Estate) -> None:
    money = received(sales, "cash", "1-101"), laid(sales, "1-101", 300), laid(sales, "1-101", 200)
    goes_through(sales, "cash", opened(sales, "cash", Step.RECEIVE_MONEY), NUMBERED, *money)


@pytest.mark.parametrize(
    ("login", "step"), [("cash", Step.RECEIVE_MONEY), ("a", Step.SUBSCRIBE), ("boss", Step.REFUND)]
)
def test_nobody_writes_a_line_paid(sales: Estate, login: str, step: Step) -> None:
    door, paid = opened(sales, login, step), int(sales.read(allocation.select())[1])
    refused(sales, login, door, "UPDATE due SET paid = amount")
    refused(
        sales,
        login,
        door,
        f"INSERT INTO allocation (receipt_id, due_id, amount) VALUES ({paid}, {line_of(sales, '1-101')}, 1)",
    )
    refused(sales, login, laid(sales, "1-101", -1, paid))


def test_money_is_laid_on_its_own_deal_once_and_no_more_than_came(sales: Estate) -> None:
    door, money = opened(sales, "cash", Step.RECEIVE_MONEY), received(sales, "cash", "1-101")
    for code, amount in (("1-101", 501), ("1-101", -1), ("1-201", 500)):
        refused(sales, "cash", door, NUMBERED, money, laid(sales, code, amount))
    refused(sales, "cash", door, NUMBERED, money, laid(sales, "1-101", 300), laid(sales, "1-101", 201))
    first = int(sales.read(allocation.select().order_by(allocation.c.id))[1])
    refused(sales, "cash", door, laid(sales, "1-101", 500, first))
    refused(sales, "front", opened(sales, "front", Step.REGISTER_VISIT), laid(sales, "1-101", -500, first))


@pytest.mark.parametrize("login", ["a", "cash", "office", "boss"])
def test_a_row_bears_the_revision_of_the_work_that_changed_it_and_keeps_its_key(sales: Estate, login: str) -> None:
    """A revision far ahead would hide from every screen what changes until the server has given out so many."""
    with psql(sales, login) as line:
        line.execute("UPDATE unit SET revision = pg_current_xact_id()::text::bigint WHERE code = '1-103'")
        line.rollback()
    for order in ("UPDATE unit SET revision = 900000000000", "UPDATE deal SET revision = 900000000000",
                  "UPDATE due SET id = id + 1000", "UPDATE receipt_book SET id = id + 1000"):  # fmt: skip
        refused(sales, login, order)
    step = Step.QUOTE if login != "cash" else Step.RECEIVE_MONEY
    refused(sales, login, opened(sales, login, step), "UPDATE unit SET touched = 900000000000")


def test_a_receipt_bears_the_number_its_book_gave(sales: Estate) -> None:
    door = opened(sales, "cash", Step.RECEIVE_MONEY)
    refused(sales, "cash", door, received(sales, "cash", "1-101", serial="(SELECT next FROM receipt_book)"))
    refused(sales, "cash", door, NUMBERED, received(sales, "cash", "1-101", number="'A7777777'"))
    refused(sales, "cash", door, NUMBERED, received(sales, "cash", "1-101", serial="0"))
    for jump in ("next - 1", "next", "last + 2", "1"):
        refused(sales, "cash", door, f"UPDATE receipt_book SET next = {jump}")
    refused(sales, "a", opened(sales, "a", Step.SUBSCRIBE), "UPDATE receipt_book SET next = last")


def test_numbers_are_given_one_after_the_other(sales: Estate) -> None:
    for login, step in (("a", Step.QUOTE), ("cash", Step.RECEIVE_MONEY), ("front", Step.REGISTER_VISIT)):
        door = opened(sales, login, step)
        for next_ in ("1", "next + 2", "next"):
            refused(sales, login, door, f"UPDATE series SET next = {next_}")
        refused(sales, login, door, "INSERT INTO series (project_id, name, next) VALUES (1, 'mine', 500)")


def test_a_consultant_takes_no_money_for_a_colleagues_deal(sales: Estate) -> None:
    door = opened(sales, "a", Step.SUBSCRIBE)
    refused(sales, "a", door, NUMBERED, received(sales, "a", "1-201"))
    goes_through(sales, "a", door, NUMBERED, received(sales, "a", "1-101"))


def test_a_day_that_is_closed_takes_no_more_money(sales: Estate) -> None:
    day = {"project_id": 1, "person_id": 1, "day": sales.today, "at": sales.now, "total": yuan(0), "count": 0}
    sales.put(closed_day.insert().values(day))
    money = received(sales, "cash", "1-101", ago=1)
    for login, step in (("cash", Step.RECEIVE_MONEY), ("office", Step.RECEIVE_MONEY), ("a", Step.SUBSCRIBE)):
        refused(sales, login, opened(sales, login, step), NUMBERED, received(sales, login, "1-101"))
    goes_through(sales, "cash", opened(sales, "cash", Step.RECEIVE_MONEY), NUMBERED, money)
    sales.put(closed_day.delete())


def test_whoever_closes_the_day_waits_for_money_that_is_being_written_by_hand(sales: Estate) -> None:
    with psql(sales, "cash") as till, psql(sales, "boss") as closing:
        for order in (opened(sales, "cash", Step.RECEIVE_MONEY), NUMBERED, received(sales, "cash", "1-101")):
            till.execute(order.encode())
        alone = f"SELECT pg_try_advisory_xact_lock(hashtextextended('day:1:{sales.today}', 0))".encode()
        assert closing.execute(alone).fetchone() == (False,)
        till.rollback()
        assert closing.execute(alone).fetchone() == (True,)


def test_a_work_that_looks_at_the_house_of_yesterday_opens_no_step(sales: Estate) -> None:
    """What a guard counts must be what stands now: an older view would hide that the day was closed meanwhile."""
    for level in ("REPEATABLE READ", "SERIALIZABLE"):
        refused(sales, "cash", f"SET TRANSACTION ISOLATION LEVEL {level}", opened(sales, "cash", Step.RECEIVE_MONEY))


def test_a_unit_without_a_permit_of_sale_is_sold_to_nobody(sales: Estate) -> None:
    for login in ("a", "boss"):
        sale = sold(sales, login, "1-103", yuan(1_000_000))
        goes_through(sales, login, *sale)
        sales.alter("1-103", permit_id=None)
        refused(sales, login, *sale[:2])
        sales.alter("1-103", permit_id=1)


def test_a_schedule_is_closed_once_it_was_looked_at(sales: Estate) -> None:
    more = f"INSERT INTO due (deal_id, position, item, name, amount, paid, condition, loan) VALUES ({NUMBER}, 1, 'x', '', 1, 0, '', '')"
    refused(sales, "a", *sold(sales, "a", "1-103", yuan(1_000_000)), AT_ONCE, more)


def test_a_line_begins_unpaid(sales: Estate) -> None:
    orders = [one.replace("0, '', '')", "500, '', '')") if one.startswith("INSERT INTO due") else one
              for one in sold(sales, "a", "1-103", yuan(1_000_000))]  # fmt: skip
    number = next(at for at, one in enumerate(orders) if one.startswith("INSERT INTO due"))
    refused(sales, "a", *orders[: number + 1])


def test_nobody_keeps_for_themselves_what_every_sale_writes(sales: Estate) -> None:
    """Who may change every column of a table, or take rows away, may lock it; who does nothing locks no row either."""
    tables = (
        "series",
        "tally",
        "stock",
        "receipt_book",
        "due",
        "receipt",
        "history",
        "answered",
        "deal",
        "allocation",
        "unit",
    )
    for login in ("a", "cash", "office", "boss", "guest"):
        for table in tables[: -1 if login in ("office", "boss") else None]:
            refused(sales, login, f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    for table in ("unit", "deal", "customer", "due", "receipt_book"):
        refused(sales, "guest", f"SELECT FROM {table} FOR UPDATE")


def test_everybody_is_present_in_their_own_name(sales: Estate) -> None:
    mine, other = sales.people["a"], sales.people["b"]
    there = "INSERT INTO presence VALUES ('desk', 1, {0.id}, '{1.name}', 1, true, 9999999999999)".format
    refused(sales, "a", there(other, other))
    refused(sales, "a", there(mine, other))
    with psql(sales, "b") as line:
        line.execute(there(other, other).encode())
        line.commit()
    with psql(sales, "a") as line:
        assert line.execute("UPDATE presence SET until = 0").rowcount == 0
        assert line.execute("DELETE FROM presence").rowcount == 0
        assert line.execute("SELECT name FROM presence").fetchall() == [(other.name,)]
    with psql(sales, "b") as line:
        assert line.execute("DELETE FROM presence").rowcount == 1


def test_nobody_keeps_a_colleague_out_by_failures_that_never_were(sales: Estate) -> None:
    for login in ("a", "cash", "boss"):
        refused(sales, login, f"INSERT INTO failed_log_in VALUES ({sales.people['lead'].id}, 'pc', 99, 0, 1)")
        refused(sales, login, "DELETE FROM failed_log_in")
    with desk_of(sales, "boss") as boss:
        assert lift(boss, LiftRequest(sales.people["lead"].id, "pc"), sales.now).count == 0
