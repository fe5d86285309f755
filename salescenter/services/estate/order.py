"""The order buildings stand in: by their numbers, for as long as nobody arranged them otherwise."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update

from salescenter.data.estate import building
from salescenter.domain.addresses import in_order
from salescenter.services.work import Work


def arrange(work: Work, fresh: Collection[int]) -> None:
    """Put new buildings (by id) among the others by number: 2号楼 before 10号楼; a house's own order is left alone."""
    rows = work.connection.execute(
        select(building.c.id, building.c.name, building.c.position)
        .where(building.c.project_id == work.project)
        .order_by(building.c.position, building.c.id)
    ).all()
    before = [name for number, name, _ in rows if number not in fresh]
    if before != sorted(before, key=in_order):
        return
    for at, (number, _, position) in enumerate(sorted(rows, key=lambda row: in_order(row.name))):
        if position != at:
            work.connection.execute(update(building).where(building.c.id == number).values(position=at))
