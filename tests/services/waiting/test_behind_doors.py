"""Waiting visits go in through the doors of a server that holds everybody to their own rows."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from salescenter.data.visits import visit
from salescenter.domain.waiting import OfAnother
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import VisitRequest, register
from salescenter.services.waiting.merging import bring_all
from salescenter.services.waiting.shelf import Shelf
from salescenter.services.waiting.visits import WaitingVisit
from tests.houses import Estate
from tests.services.server.guarded_house import desk_of, house, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
MINE, THEIRS = ("13900001111", "张一"), ("13900002222", "李二")


def test_a_consultant_brings_in_what_the_reception_took_and_joins_what_only_the_owner_sees(
    house: Estate, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path, "postgresql://sales-server/house", "云栖花园")

    def wait(key: str, who: tuple[str, str], to: str, **later: float) -> None:
        facts = CustomerFacts(who[1], (who[0],), "female")
        asked = VisitRequest(Contact.VISIT, facts, channel="路过", consultant=house.people[to].id, key=key)
        at, front = house.now + timedelta(**later), house.people["front"]
        shelf.put(WaitingVisit(at, shelf.server, shelf.project, front.id, front.name, asked, house.people[to].name))

    with desk_of(house, "b") as theirs:
        facts = CustomerFacts(THEIRS[1], (THEIRS[0],), "female")
        answers = (("product", ("三室",)), ("area", ("90–110 ㎡",)))
        first = register(theirs, VisitRequest(Contact.VISIT, facts, channel="路过", answers=answers), house.now)
    wait("new", MINE, "a", minutes=5)
    wait("twin", THEIRS, "b", minutes=10)
    wait("owned", THEIRS, "a", hours=5)
    with desk_of(house, "a") as desk:
        brought = bring_all(desk, shelf, house.now + timedelta(hours=6))
    assert [done.by for done in brought.registered] == ["asked", "joined"]
    assert brought.registered[1].visit == first.visit
    assert [type(one.refusal) for one in brought.open] == [OfAnother]
    with desk_of(house, "front") as desk:
        assert len(bring_all(desk, shelf, house.now + timedelta(hours=6)).open) == 1
    front = house.people["front"].id
    taken = house.all(select(visit.c.registered_by).where(visit.c.id == brought.registered[0].visit))
    assert taken == [(front,)]
