"""Making the sample house: the same seed gives the same year, ending today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from random import Random

from salescenter.data.types import CHINA
from salescenter.services import sealing
from salescenter.services.house import House
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.sample import annexes, blueprint, estate, reception, year
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class Size:
    """How large a sample is made."""

    homes: int = 600
    shops: int = 60
    parking: int = 200
    days: int = year.YEAR
    seed: int = 20260101


Tell = Callable[[int, int], None]


def silent(_done: int, _of: int) -> None:
    """Tell nobody about progress."""


def make_sample(where: str | Path, now: datetime, size: Size = Size(), tell: Tell = silent) -> House:
    """Make the sample in a new database; `tell` hears (days lived, of how many)."""
    house = make_house(where, NewHouse("云栖花园", "沈知行", "manager", developer="云栖置业有限公司"))
    desk = house.log_in("manager", "")
    _live(desk, now.astimezone(CHINA), size, tell)
    annexes.bind(desk, now)
    sealing.seal(desk, now)
    return house


def _live(desk: Desk, now: datetime, size: Size, tell: Tell) -> None:
    start = now - timedelta(days=size.days)
    plans = chain(blueprint.homes(size.homes), blueprint.shops(size.shops), blueprint.parking(size.parking))
    with desk.working(start) as work:
        estate.furnish(work, plans, start.date())
        rng = Random(size.seed)
        opened = reception.furnish(work, Random(size.seed + 1), now)
        town = year.Town(rng, desk, year.staff(work), opened, now, size.days)
    for ago in range(size.days, -1, -1):
        day = (now - timedelta(days=ago)).date()
        with desk.working(now - timedelta(days=ago)) as work:
            year.live(town, work, day, ago)
            work.desk = desk
        tell(size.days - ago, size.days)
