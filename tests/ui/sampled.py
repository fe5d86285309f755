"""A small sample house for the screens: made once, copied for each test."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update

from salescenter.data.estate import unit
from salescenter.data.types import CHINA
from salescenter.domain.units import Flag, UnitState
from salescenter.services import grid
from salescenter.services.card import card
from salescenter.services.card_values import UnitCard
from salescenter.services.house import House, open_house
from salescenter.services.sample.make import Size, make_sample
from salescenter.services.work import Desk
from salescenter.ui.kit.room import Room
from tests.ui.rooms import Asked, make_room

NOW = datetime(2026, 6, 18, 10, 30, tzinfo=CHINA)
SMALL = Size(homes=220, shops=4, parking=6, days=45)


def small_house(file: Path) -> None:
    """Make the small sample; seconds, so once a run."""
    make_sample(file, NOW, SMALL).close()


@dataclass(slots=True)
class Sampled:
    """A copy of the small sample, a desk in it and a room for a page."""

    house: House
    desk: Desk
    room: Room
    asked: Asked

    def unit(self, state: UnitState, use: str = "home") -> UnitCard:
        """The card of some unit in a state, without locks."""
        cells = grid.cells(self.desk)
        at = next(
            i
            for i in range(len(cells))
            if cells.state[i] == state and cells.use[i] == use and not Flag(cells.flags[i]) & ~Flag.SHOW_FLAT
        )
        return card(self.desk, cells.id[at], NOW)

    def again(self, unit: int) -> UnitCard:
        """The card of a unit as it stands now."""
        return card(self.desk, unit, NOW)


def sampled(original: Path, folder: Path, login: str = "manager") -> Sampled:
    """Copy the sample and sit down in it."""
    file = folder / "house.db"
    shutil.copyfile(original, file)
    house = open_house(file)
    desk, asked = house.log_in(login, ""), Asked()
    return Sampled(house, desk, make_room(desk, lambda: NOW, folder / "drafts", asked), asked)


def bind(here: Sampled, annex: str, home: str) -> None:
    """Let a space or store go with a home, behind everybody's back."""
    with here.desk.working(NOW) as work:
        number = select(unit.c.id).where(unit.c.code == home).scalar_subquery()
        bound = update(unit).where(unit.c.code == annex).values(bound_to=number, revision=work.revision)
        work.connection.execute(bound)
