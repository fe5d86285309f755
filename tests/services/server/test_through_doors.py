"""The program works through the doors of a server: every person by their own log-in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from random import Random

import pytest

from salescenter.data.server_rights import accounts
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.units import UnitState
from salescenter.services.check import broken
from salescenter.services.deals import holds, opening, signing
from salescenter.services.deals.holds import HoldRequest
from salescenter.services.deals.requests import Payment, SignRequest, StepRequest
from salescenter.services.house import open_house
from salescenter.services.payments import receipts
from salescenter.services.payments.receipts import ReceiveRequest
from salescenter.services.server.preparing import prepare
from tests.houses import DEPOSIT, NOON, Estate, yuan
from tests.services.histories import Life
from tests.services.server.guarded_house import EachAlone, desk_of, house, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


def test_a_whole_sale_goes_through_the_doors_each_person_by_their_own(house: Estate) -> None:
    with ExitStack() as open_:
        desks = {login: open_.enter_context(desk_of(house, login)) for login in ("a", "office", "cash", "title")}
        number, seen = house.seen("1-101")
        took = holds.hold(desks["a"], HoldRequest(number, seen, house.now + timedelta(days=1), "考虑中"), house.now)
        asked = house.asked("1-101", paid=Payment(DEPOSIT, Method.CARD, "陈一帆"), key="sale-1")
        assert asked.seen == took.revision
        sold = opening.subscribe(desks["a"], asked, house.now)
        assert sold.receipt
        assert opening.subscribe(desks["a"], asked, house.now) == sold
        paid = ReceiveRequest(sold.deal, MoneyKind.PRICE, Method.TRANSFER, yuan(1_000), "陈一帆")
        receipts.receive(desks["cash"], paid, house.now)
        signing.draft(desks["office"], StepRequest(*house.seen("1-101")), house.now)
        signing.sign(desks["office"], SignRequest(*house.seen("1-101"), "YX-1"), house.now)
        signing.file(desks["title"], StepRequest(*house.seen("1-101")), house.now)
    assert house.state("1-101") is UnitState.FILED
    with house.house.engine.connect() as line:
        assert broken(line) == []


@pytest.fixture
def living(house: Estate) -> Iterator[Estate]:
    """The house once more, whose people come and go; afterwards everybody is again what the first one says."""
    url = house.house.url.set(database="life")
    prepare(url, None, 1, NOON)
    twin = open_house(url.render_as_string(hide_password=False))
    alone = EachAlone(twin, house.people, house.customers, house.now)
    for login in house.people:  # whoever has come in stays in, and yet may do nothing once off the list
        alone.desk(login).engine.connect().close()
    yield alone
    for engine in (twin.engine, *EachAlone.engines.values()):
        engine.dispose()
    with house.house.engine.begin() as line:
        accounts.refresh(line)


def test_no_deed_of_a_random_life_writes_beyond_its_doors(living: Estate) -> None:
    life = Life(living, Random(1))
    life.live(30)
    assert life.wrong == [], "\n".join(life.log)
    assert life.acknowledged
