"""Parking spaces of the sample that go with a home (随房), at the end of its year: some with homes sold, some free."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from itertools import chain

from sqlalchemy import select

from salescenter.data.estate import building
from salescenter.domain.units import ANNEXES, UnitState, Use
from salescenter.services.estate import deeds, views
from salescenter.services.work import Desk

EACH = 4
"""At most so many spaces go with homes that are sold, and with homes that are for sale."""


def bind(desk: Desk, now: datetime) -> None:
    """Bind some spaces that are for sale; at least half of those stay free for whoever comes."""
    lines = [one for one in _lines(desk, now) if not one.flags]
    free = [one for one in lines if one.state is UnitState.FOR_SALE]
    spaces = [one for one in free if one.use in ANNEXES]
    sold = [one for one in lines if one.use is Use.HOME and one.state is UnitState.SUBSCRIBED]
    homes = chain(sold[:EACH], [one for one in free if one.use is Use.HOME][:EACH])
    for space, home in zip(spaces[len(spaces) - len(spaces) // 2 :], homes, strict=False):
        said = {name: getattr(space, name) for name in _SAID} | {"bound_to": home.code}
        deeds.keep_unit(desk, deeds.UnitRequest(seen=space.revision, **said), now)


_SAID = {one.name for one in fields(deeds.UnitRequest)} & {one.name for one in fields(views.UnitLine)}


def _lines(desk: Desk, now: datetime) -> list[views.UnitLine]:
    with desk.reading() as connection:
        mine = select(building.c.id).where(building.c.project_id == desk.project).order_by(building.c.id)
        buildings = list(connection.scalars(mine))
    return [line for one in buildings for line in views.units_of(desk, one, now)]
