"""Lists imported through a server by who may import: back office as well, which sets no prices."""

from __future__ import annotations

import os
from dataclasses import fields
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from salescenter.data.estate import unit
from salescenter.domain.refusals import NotYours
from salescenter.domain.units import PriceBasis, Use
from salescenter.services.estate import deeds
from salescenter.services.estate.deeds import UnitRequest
from salescenter.services.importing import taking_back
from salescenter.services.importing.store import ImportResult, carry_out
from tests.houses import Estate, yuan
from tests.services.importing.estates import planned
from tests.services.server.guarded_house import desk_of, house, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

HEADER = ["楼栋", "楼层", "房号", "建筑面积", "套内面积", "单价", "朝向"]


_SECONDS = count(1)


def later(house: Estate) -> datetime:
    """A moment of its own: what one person imported at one moment is one import."""
    return house.now + timedelta(seconds=next(_SECONDS))


def imported(house: Estate, login: str, *rows: list[object]) -> ImportResult:
    with desk_of(house, login) as desk:
        return carry_out(desk, planned(desk, rows, HEADER), later(house))


@pytest.mark.parametrize(("login", "number"), [("office", "901"), ("plan", "902")])
def test_a_list_with_new_and_changed_units_goes_in_and_is_taken_back(house: Estate, login: str, number: str) -> None:
    new = ["1号楼", 9, number, 100, 80, 10_000, "东"]
    done = imported(house, login, ["1号楼", 3, "301", 100, 80, 10_000, f"北{number}"], new)
    assert (done.units, done.changed) == (1, 1)
    facing = select(unit.c.facing).where(unit.c.code == "1-301")
    assert house.all(facing)[0].facing == f"北{number}"
    with desk_of(house, login) as desk:
        assert taking_back.take_back(desk, taking_back.TakeBack(done.revision), later(house)) == taking_back.TakenBack(1, 1)
    assert house.all(facing)[0].facing == "南"


@pytest.mark.parametrize(("column", "told"), [("备案总价", 1_040_000), ("底价", 910_000), ("单价", 9_900)])
def test_prices_of_units_already_there_are_left_to_who_sets_prices(house: Estate, column: str, told: int) -> None:
    header = ["楼栋", "楼层", "房号", column]
    before = house.all(select(unit).order_by(unit.c.id))
    with desk_of(house, "office") as desk:
        listed = planned(desk, [["1号楼", 3, "302", told]], header)
        assert listed.prices_changed
        with pytest.raises(NotYours):
            carry_out(desk, listed, house.now)
    assert house.all(select(unit).order_by(unit.c.id)) == before
    with desk_of(house, "plan") as desk:
        done = carry_out(desk, planned(desk, [["1号楼", 3, "302", told]], header), later(house))
        assert done.changed == 1
        taking_back.take_back(desk, taking_back.TakeBack(done.revision), later(house))


def form_of(house: Estate, code: str, **changed: object) -> UnitRequest:
    row = house.all(select(unit).where(unit.c.code == code))[0]
    told = {one.name: getattr(row, one.name) for one in fields(UnitRequest) if hasattr(row, one.name)}
    told |= {"seen": row.revision, "use": Use(row.use), "basis": PriceBasis(row.basis), "bound_to": "", "key": ""}
    return UnitRequest(**told | changed)


def test_back_office_corrects_a_unit_and_leaves_its_prices(house: Estate) -> None:
    with desk_of(house, "office") as desk:
        deeds.keep_unit(desk, form_of(house, "1-203", note="端户"), house.now)
        with pytest.raises(NotYours):
            deeds.keep_unit(desk, form_of(house, "1-203", filed_total=yuan(1_040_000)), house.now)
    assert house.all(select(unit.c.note).where(unit.c.code == "1-203"))[0].note == "端户"
