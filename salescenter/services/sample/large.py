"""The sample in large, for measuring: tens of thousands of released homes, hundreds of thousands of customers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from sqlalchemy import Connection, select, text

from salescenter.data.bulk import insert_many
from salescenter.data.customer_search import tails_of
from salescenter.data.customers import customer, customer_phone, phone_tail, spelling
from salescenter.data.estate import unit
from salescenter.data.types import CHINA, millis
from salescenter.domain.masks import mask_phone
from salescenter.services.house import House
from salescenter.services.names import Spelling, spell
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.release import ReleaseRequest, Seen, release
from salescenter.services.sample import blueprint, estate
from salescenter.services.sample.people import Someone, invent
from salescenter.services.work import Desk

AT_ONCE = 20_000
"""So many customers are invented, then written."""

BATCH = 2_000
"""So many units are released by one deed."""


@dataclass(frozen=True, slots=True)
class LargeSize:
    """How large; the same seed gives the same people."""

    homes: int = 20_000
    customers: int = 200_000
    seed: int = 20260101


def make_large(where: str | Path, now: datetime, size: LargeSize = LargeSize()) -> House:
    """Make a large house in a new database: homes through the deed of release, customers straight into the tables."""
    house = make_house(where, NewHouse("云栖大城", "沈知行", "manager", developer="云栖置业有限公司"))
    desk = house.log_in("manager", "")
    moment = now.astimezone(CHINA)
    with desk.working(moment) as work:
        estate.furnish(work, blueprint.homes(size.homes), moment.date())
    _release(desk, moment)
    rng = Random(size.seed)
    for start in range(0, size.customers, AT_ONCE):
        serials = range(start + 1, min(start + AT_ONCE, size.customers) + 1)
        with desk.working(moment) as work:
            write_customers(work.connection, desk, [invent(rng, serial, moment.date()) for serial in serials], moment)
    return house


def _release(desk: Desk, now: datetime) -> None:
    with desk.reading() as connection:
        rows = connection.execute(select(unit.c.id, unit.c.revision).order_by(unit.c.id)).all()
    for at in range(0, len(rows), BATCH):
        release(desk, ReleaseRequest(tuple(Seen(*row) for row in rows[at : at + BATCH]), "开盘"), now)


def write_customers(connection: Connection, desk: Desk, people: list[Someone], now: datetime) -> None:
    """Write new customers as the deeds leave them, with every ending of each phone and every spelling of each name."""
    first = (connection.scalar(select(customer.c.id).order_by(customer.c.id.desc()).limit(1)) or 0) + 1
    spelt = [spell(one.name) for one in people]
    numbers = range(first, first + len(people))
    insert_many(connection, customer, _COLUMNS, list(_rows(desk, people, spelt, numbers, now)))
    if connection.dialect.name != "sqlite":  # its own counter has to go on behind ours
        connection.execute(text("SELECT setval(pg_get_serial_sequence('customer', 'id'), :last)"), {"last": numbers[-1]})
    phones = [(number, one.phone, mask_phone(one.phone), True) for number, one in zip(numbers, people, strict=True)]
    insert_many(connection, customer_phone, ("customer_id", "digits", "shown", "well_formed"), phones)
    tails = sorted({(tail, number) for number, digits, *_ in phones for tail in tails_of(digits)})
    insert_many(connection, phone_tail, ("tail", "customer_id"), tails)
    others = sorted({(way, number) for number, one in zip(numbers, spelt, strict=True) for way in one.others})
    if others:
        insert_many(connection, spelling, ("text", "customer_id"), others)


_COLUMNS = (
    "id", "project_id", "name", "pinyin", "initials", "sex", "phone_shown", "id_kind", "id_number", "id_reversed", "birth",
    "consent_at", "consent_text", "created", "last_seen", "last_kind",
)  # fmt: skip


def _rows(
    desk: Desk, people: list[Someone], spelt: list[Spelling], numbers: range, now: datetime
) -> Iterator[tuple[object, ...]]:
    moment = millis(now)
    for number, one, said in zip(numbers, people, spelt, strict=True):
        yield (
            number, desk.project, one.name, said.pinyin, said.initials, one.sex, mask_phone(one.phone), "resident",
            one.id_number, one.id_number[::-1], one.birth.toordinal(), moment, "同意", moment, moment - number * 60_000, "visit",
        )  # fmt: skip
