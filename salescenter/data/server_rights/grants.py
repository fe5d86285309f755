"""Grants: what each role of the house may do on the server at all, worked out from its steps."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, text

from salescenter.data import identity
from salescenter.data.customers import phone_tail
from salescenter.data.estate import unit
from salescenter.data.history import answered
from salescenter.data.presence import presence
from salescenter.data.server_rights import floors
from salescenter.data.server_rights.accounts import GROUP, group_of
from salescenter.data.server_rights.scripts import run
from salescenter.data.server_rights.watches import Watch, open_to, quoted
from salescenter.data.tables import metadata
from salescenter.domain.doors import WRITES
from salescenter.domain.staff import MAY, Role

UNWATCHED = (presence.name,)
"""Written outside any deed: who is where just now."""

LOCKED = ("unit", "deal", "customer", "due", "receipt_book")
"""A work takes rows of these for itself before it changes anything, which takes the right to change one column; who has
no step that writes takes none."""


HIDDEN: dict[str, frozenset[str]] = {
    "person": frozenset({"password"}),
    "customer": identity.HIDDEN,
    "customer_phone": frozenset({"digits"}),
    "phone_tail": frozenset(phone_tail.columns.keys()),
    "paper": frozenset({"pdf", "said"}),
    "paper_words": frozenset({"words", "grams"}),
    "scan_bytes": frozenset({"data"}),
    "answered": frozenset(answered.columns.keys()),
    "unit": frozenset({unit.c.floor_total.name}),
}
"""What nobody at a desk reads as it stands; each has functions in the schema `doors` that tell what may be told."""


def make_groups(connection: Connection) -> bool:
    """Make the roles nobody logs in as; True where any was missing."""
    known = set(connection.scalars(text("SELECT rolname FROM pg_roles WHERE rolname LIKE 'salescenter\\_%'")))
    missing = [name for name in (GROUP, *map(group_of, Role)) if name not in known]
    for name in missing:
        connection.exec_driver_sql(f"CREATE ROLE {name} NOLOGIN")
    return bool(missing)


def grant(connection: Connection, database: str) -> None:
    """Let the people work and nobody else look; whatever an older version granted beyond that is taken back."""
    run(connection, _orders(connection.engine, database))


def _orders(engine: Engine, database: str) -> Iterator[str]:
    name = engine.dialect.identifier_preparer.quote_identifier(database)
    everybody = ", ".join((GROUP, *map(group_of, Role)))
    yield f"REVOKE ALL ON DATABASE {name} FROM PUBLIC"
    yield f"GRANT CONNECT ON DATABASE {name} TO {GROUP}"
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {GROUP}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {GROUP}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {GROUP}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {GROUP}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {everybody}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {GROUP}"
    for table, hidden in HIDDEN.items():
        yield f"REVOKE SELECT ON {table} FROM {GROUP}"
        if shown := [column.name for column in metadata.tables[table].columns if column.name not in hidden]:
            yield f"GRANT SELECT ({quoted(shown)}) ON {table} TO {GROUP}"
    seeing = ", ".join(group_of(role) for role in Role if floors.sees(role))
    yield f"GRANT SELECT ({unit.c.floor_total.name}) ON {unit.name} TO {seeing}"
    for table in UNWATCHED:
        columns = quoted(metadata.tables[table].columns.keys())
        yield f"GRANT SELECT, INSERT, UPDATE ({columns}), DELETE ON {table} TO {GROUP}"
    working = ", ".join(group_of(role) for role in Role if any(WRITES.get(step) for step in MAY[role]))
    for table in LOCKED:
        column = "revision" if "revision" in metadata.tables[table].columns else "id"
        yield f"GRANT UPDATE ({column}) ON {table} TO {working}"
    for role in Role:
        yield from (f"GRANT {_right(watch)} ON {watch.table.name} TO {group_of(role)}" for watch in open_to(role))


def _right(watch: Watch) -> str:
    """Say a right; to change is always said by columns: whoever may change a whole table may lock it for everybody."""
    if watch.way != "UPDATE":
        return watch.way
    return f"UPDATE ({quoted(watch.columns or watch.table.columns.keys())})"
