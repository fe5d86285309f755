"""Putting all of it up on a server, in one piece of work; a later version's takes the place of an older one's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, text

from salescenter.data.server_rights import (
    accounts,
    belongings,
    cards,
    claiming,
    finding,
    floors,
    leaves,
    money,
    openings,
    phones,
    presences,
    prices,
    revisions,
    rows,
    truths,
    watches,
)
from salescenter.data.server_rights.scripts import SCHEMA, literal, run

_TAKE_DOWN = """
DO $$ DECLARE one record; BEGIN
    FOR one IN
        SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' AND policyname LIKE 'door\\_%'
    LOOP
        EXECUTE format('DROP POLICY %I ON public.%I', one.policyname, one.tablename);
    END LOOP;
END $$
"""
"""Policies that call none of the functions do not go with them."""

PARTS = (
    openings, claiming, watches, truths, rows, prices, leaves, money, revisions, belongings, presences, cards, phones,
    finding, floors, accounts,
)  # fmt: skip


def put_up(connection: Connection) -> None:
    """Put everything up anew; what stood before goes with its schema."""
    if connection.dialect.name != "postgresql":
        return
    orders = tuple(_orders())
    mark = f"COMMENT ON SCHEMA {SCHEMA} IS {_mark(orders)}"
    run(connection, (f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", _TAKE_DOWN, *orders, mark))


def put_up_if_older(connection: Connection) -> bool:
    """Put it up where this version's does not stand; True where it was."""
    said = connection.scalar(text("SELECT obj_description(to_regnamespace(:name), 'pg_namespace')"), {"name": SCHEMA})
    if literal(str(said)) == _mark(tuple(_orders())):
        return False
    put_up(connection)
    return True


def _orders() -> Iterator[str]:
    for part in PARTS:
        yield from part.orders()


def _mark(orders: tuple[str, ...]) -> str:
    return literal(hashlib.sha256("\n".join(orders).encode()).hexdigest())
