"""The laws of the house: each holds in a lively house on both engines, and each is seen when it is broken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from salescenter.data import guards
from salescenter.domain.receipts import MoneyKind
from salescenter.domain.units import UnitState
from salescenter.services import quotations
from salescenter.services.check import LAWS, MOST, Broken, check
from salescenter.services.deals import holds
from salescenter.services.deals.requests import Terms
from salescenter.services.papers import archive
from salescenter.services.payments.receipts import VoidRequest, void
from tests.houses import DEPOSIT, Estate


def lively(estate: Estate) -> Estate:
    """A signed deal, a countered receipt, a small deposit, a cancelled deal, a hold, a quotation, a printed paper."""
    estate.carried_to(UnitState.SIGNED)
    wrong = estate.receive(amount=1_000)
    void(estate.desk("cash"), VoidRequest(wrong.receipt, "写错"), estate.later(seconds=1))
    estate.receive(amount=500, kind=MoneyKind.LATE_FEE)
    estate.reserve("1-102")
    estate.subscribe("1-103")
    estate.close(code="1-103")
    until = estate.now + timedelta(hours=5)
    holds.hold(estate.desk("a"), holds.HoldRequest(*estate.seen("1-201"), until, "等家人"), estate.now)
    quotations.keep(estate.desk("a"), quotations.QuoteRequest(estate.unit("1-202").id, Terms(deposit=DEPOSIT)), estate.now)
    archive.keep(estate.desk("cash"), archive.PrintRequest("receipt", "A0000001", "收据", b"%PDF"), estate.now)
    return estate


BROKEN: dict[str, tuple[str, ...]] = {
    "one living deal a unit": (
        "DROP INDEX ux_deal_living_unit",
        "UPDATE deal SET living = 1, unit_id = (SELECT id FROM unit WHERE code = '1-101')",
    ),
    "grid = deals: a unit in a deal's state has its living deal": ("UPDATE deal SET state = 5 WHERE living",),
    "grid = deals: a living deal stands on its unit": ("UPDATE unit SET deal_id = NULL",),
    "grid = deals: a unit without a deal names none": ("UPDATE unit SET buyer = 'x' WHERE state = 1",),
    "grid = deals: the grid's total is the deal's": ("UPDATE unit SET total = total + 1 WHERE deal_id IS NOT NULL",),
    "schedule = price": ("UPDATE due SET amount = amount + 1",),
    "paid = allocated": ("UPDATE due SET paid = paid + 1",),
    "nothing paid beyond what is due, nor below nothing": ("UPDATE due SET paid = amount + 1",),
    "receipts = paid": ("UPDATE receipt SET amount = amount / 2 WHERE kind = 'deposit'",),
    "a receipt is never allocated beyond its amount": ("UPDATE allocation SET amount = amount * 2",),
    "a void counters its receipt exactly": ("UPDATE receipt SET amount = amount + 1 WHERE counters_id IS NOT NULL",),
    "no deal gives back more than it received": ("UPDATE receipt SET amount = -abs(amount)",),
    "receipt numbers without gaps": ("UPDATE receipt SET serial = serial + 7 WHERE id = (SELECT max(id) FROM receipt)",),
    "deal numbers without gaps": ("UPDATE series SET next = next + 1",),
    "quotation numbers without gaps": ("UPDATE series SET next = next + 1",),
    "copies of a paper without gaps": ("UPDATE paper SET copy = 3",),
    "a held unit has its hold": ("UPDATE unit SET until = until + 1 WHERE state = 2",),
    "buyers' shares add up to the whole": ("UPDATE deal_buyer SET share = 9999",),
    "consultants' splits add up to the whole": ("DELETE FROM deal_consultant",),
    "no price above the filed price": ("UPDATE unit SET filed_total = 1",),
    "an annex goes with a home of its project": ("UPDATE unit SET bound_to = id WHERE code = 'P-001'",),
    "a deal's unit had a permit": ("UPDATE unit SET permit_id = NULL",),
    "the past ends at the present": ("UPDATE unit_moment SET buyer = 'x'",),
    "every deal is in the history": ("DELETE FROM history",),
}


def test_every_law_holds_in_a_lively_house(estate: Estate) -> None:
    assert lively(estate).broken() == []


@pytest.mark.parametrize("law", LAWS)
def test_every_law_is_seen_to_be_broken(small: Estate, law: str) -> None:
    lively(small)
    with small.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        guards.take_down(connection)  # only a database administrator could do all this
        for order in BROKEN[law]:
            connection.execute(text(order))
    found = check(small.desk())
    assert law in {one.law for one in found}
    assert all(one.about for one in found if one.law == law)


def test_no_law_is_tried_that_is_none() -> None:
    assert BROKEN.keys() == LAWS.keys()


def test_of_many_offenders_the_first_are_named(small: Estate) -> None:
    def hundred(_connection: object, _project: int) -> list[Broken]:
        return [Broken("a further law", "x")]

    with small.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        for _ in range(3):
            connection.execute(text(
                "INSERT INTO unit (project_id, building_id, stair_id, code, number, floor, floor_natural, floor_sale,"
                ' place, use, facing, area, "inner", shared, basis, unit_price, list_total, note, state, flags, since,'
                " quoted, total, buyer, revision, touched) SELECT project_id, building_id, stair_id,"
                " code || '-' || id || (SELECT count(*) FROM unit), number, floor, '', '', place, use, '', area,"
                " \"inner\", shared, basis, unit_price, list_total, '', 1, 0, since, 0, total, 'x', 0, 0 FROM unit"
            ))  # fmt: skip
    found = check(small.desk(), hundred)
    law = "grid = deals: a unit without a deal names none"
    assert len([one for one in found if one.law == law]) == MOST
    assert found[-1] == Broken("a further law", "x")
