"""Sealing the history and reading it back: on a server by the server itself, in a file by whoever has it open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, text

from salescenter.data.history import clock, history, seal
from salescenter.data.types import millis
from salescenter.domain.seals import BLOCK, FIRST, MARK, Block, Digested, Flaw, chain_flaws, digest, row_flaws, sealed

FORMS: dict[int, tuple[str, ...]] = {
    1: ("project_id", "at", "person_id", "pc", "step", "subject", "subject_id", "unit_id", "deal_id", "customer_id",
        "before", "after"),
}  # fmt: skip
"""What of a row is sealed beside its number, the two documents last. A column that comes later makes a new form: what
was sealed before is read as it was sealed."""

FORM = max(FORMS)

AT_ONCE = 20
"""Blocks written together, so that a house that was never sealed holds nobody up."""

Torn = tuple[Flaw, Any]
"""What is wrong, and the moment the row itself tells (milliseconds since 1970 UTC, or whatever stands there now); None
where there is no row."""


# --- on a server

_DOCUMENT = """
CREATE OR REPLACE FUNCTION sealed_document(said json) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN CASE WHEN said IS NOT NULL THEN jsonb_build_array(said::jsonb) END;
EXCEPTION WHEN data_exception THEN -- jsonb knows no NUL and no half of a pair
    RETURN to_jsonb(said::text);
END $$
"""

_SEAL = f"""
CREATE OR REPLACE FUNCTION seal_history() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    settled bigint; edge xid8; was seal; now_sealed seal; hashed bytea; done integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('salescenter: the history is sealed', 0)) THEN
        RETURN 0;
    END IF;
    SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END INTO settled FROM history_id_seq;
    IF settled <= coalesce((SELECT max(last) FROM seal), 0) THEN
        RETURN 0;
    END IF;
    PERFORM pg_sleep(0.05); -- a row has its number a moment before its transaction has one
    -- Whoever took a number up to here had begun before now: once they have all ended, no row can come in between.
    edge := pg_snapshot_xmax(pg_current_snapshot());
    FOR patience IN 1..20 LOOP
        EXIT WHEN pg_snapshot_xmin(pg_current_snapshot()) >= edge;
        PERFORM pg_sleep(0.05);
    END LOOP;
    IF pg_snapshot_xmin(pg_current_snapshot()) < edge THEN
        RETURN 0;
    END IF;
    FOR turn IN 1..{AT_ONCE} LOOP
        SELECT * INTO was FROM seal ORDER BY number DESC LIMIT 1;
        SELECT count(*), string_agg(key || substr(said, 1, {MARK}), ''::bytea ORDER BY id),
            string_agg(key || said, ''::bytea ORDER BY id),
            CASE WHEN count(*) < {BLOCK} THEN settled ELSE max(id) END
        INTO now_sealed.count, now_sealed.marks, hashed, now_sealed.last
        FROM (
            SELECT id, int8send(id) AS key, sha256(convert_to(jsonb_build_array(
                {", ".join(FORMS[FORM][:-2])}, sealed_document(before), sealed_document(after))::text, 'UTF8')) AS said
            FROM history WHERE id > coalesce(was.last, 0) AND id <= settled ORDER BY id LIMIT {BLOCK}
        ) AS rows;
        EXIT WHEN now_sealed.count = 0;
        now_sealed.number := coalesce(was.number, 0) + 1;
        now_sealed.form := {FORM};
        now_sealed.first := coalesce(was.last, 0) + 1;
        now_sealed.at := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
        now_sealed.previous := coalesce(was.hash, '{FIRST}');
        now_sealed.hash := encode(sha256(convert_to(jsonb_build_array(now_sealed.form, now_sealed.number,
            now_sealed.first, now_sealed.last, now_sealed.count, now_sealed.at, now_sealed.previous)::text, 'UTF8')
            || hashed), 'hex');
        INSERT INTO seal VALUES (now_sealed.*);
        done := done + now_sealed.count;
    END LOOP;
    RETURN done;
END $$
"""
"""Whoever calls it need not be able to read the history, and can write nothing into the seals but the truth."""


def put_up(connection: Connection) -> None:
    """Let a server seal by itself, with its owner's rights."""
    if connection.dialect.name == "postgresql":
        for function in (_DOCUMENT, _SEAL):
            connection.exec_driver_sql(function)


def seal_on_server(connection: Connection) -> int:
    """Let the server seal what is settled; returns how many rows. In a transaction of its own, outside any deed."""
    return connection.scalar(_ON_SERVER) or 0


_ON_SERVER = text("SELECT seal_history()")


# --- in a file


def next_blocks(connection: Connection, now: datetime) -> list[Block]:
    """Make the next blocks of a file, which are written afterwards: what is read there was committed in turn."""
    made: list[Block] = []
    was = last_block(connection)
    while len(made) < AT_ONCE and (rows := _rows(connection, FORM, was.last + 1 if was else 1, limit=BLOCK)):
        was = sealed(was, FORM, rows[-1][0], millis(now), rows)
        made.append(was)
    return made


def add(connection: Connection, blocks: Sequence[Block]) -> bool:
    """Write blocks behind the last one; False where another process was faster."""
    connection.execute(_DEMAND_HERE)
    was = last_block(connection)
    if (was.number if was else 0) != blocks[0].number - 1:
        return False
    rows = [dict(zip(Block.__slots__, astuple(one), strict=True)) for one in blocks]
    return connection.execute(_PLAIN_INSERT, rows).rowcount == len(rows)


_DEMAND_HERE = text(f"UPDATE {clock.name} SET revision = revision")
"""A file whose house moved to a server says so here."""

_COLUMNS = ", ".join(f'"{column.name}"' for column in seal.columns)
_PLAIN_INSERT = text(
    f"INSERT OR IGNORE INTO seal ({_COLUMNS}) VALUES ({', '.join(f':{name}' for name in Block.__slots__)})"
)


# --- looking


def last_block(connection: Connection) -> Block | None:
    """Return the newest block."""
    return _block(connection.execute(text(f"SELECT {_COLUMNS} FROM seal ORDER BY number DESC LIMIT 1")).first())


def sees_all(connection: Connection) -> bool:
    """Say whether this log-in reads the whole history: to whoever does not, rows only seem to be missing."""
    if connection.dialect.name == "sqlite" or not connection.scalar(_IS_KEPT_FROM):
        return True
    return bool(connection.scalar(_SEES_ALL))


_IS_KEPT_FROM, _SEES_ALL = text("SELECT row_security_active('history')"), text("SELECT doors.sees_all()")


def flaws(connection: Connection) -> Iterator[Torn]:
    """Hash everything that was sealed again and give what is not as it was, the oldest first."""
    if not sees_all(connection):
        return
    previous: Block | None = None
    for row in connection.execute(text(f"SELECT {_COLUMNS} FROM seal ORDER BY number")).all():
        block = _block(row)
        assert block is not None
        found = [*chain_flaws(previous, block), *_torn(connection, block, first=previous is None)]
        yield from ((flaw, _told(connection, flaw)) for flaw in found)
        previous = block


def _torn(connection: Connection, block: Block, *, first: bool) -> Iterator[Flaw]:
    rows = _rows(connection, block.form, None if first else block.first, block.last) if block.form in FORMS else []
    yield from row_flaws(block, rows)


def _told(connection: Connection, flaw: Flaw) -> Any:
    if flaw.kind.startswith("block"):
        return None
    return connection.scalar(text("SELECT at FROM history WHERE id = :number"), {"number": flaw.number})


def _rows(
    connection: Connection, form: int, first: int | None, last: int | None = None, limit: int | None = None
) -> list[Digested]:
    """Read rows from one number to another and digest what they say."""
    said = [f'CAST("{name}" AS TEXT)' for name in FORMS[form][-2:]]
    names = ", ".join(["id", *(f'"{name}"' for name in FORMS[form][:-2]), *said])
    bounds = [f"id >= {first}"] * (first is not None) + [f"id <= {last}"] * (last is not None)
    asked = f"SELECT {names} FROM history WHERE {' AND '.join(bounds)} ORDER BY id" + f" LIMIT {limit}" * bool(limit)
    return [(row[0], digest(row[1:])) for row in connection.exec_driver_sql(asked)]


def _block(row: Any) -> Block | None:
    """Read a block; what a damaged file has in the place of a number or a text counts as nothing."""
    if row is None:
        return None
    fitting: Any = (one if isinstance(one, kind) else kind() for one, kind in zip(row, _KINDS, strict=True))
    return Block(*fitting)


_KINDS = (*(int,) * 6, str, bytes, str)


def span(connection: Connection) -> tuple[datetime | None, int, int]:
    """Return the moment the sealed history begins, how many rows are sealed, and how many wait to be."""
    was = last_block(connection)
    count = connection.scalar(select(func.coalesce(func.sum(seal.c.count), 0))) or 0
    begins = connection.scalar(select(history.c.at).order_by(history.c.id).limit(1)) if was else None
    waits = select(func.count()).select_from(history).where(history.c.id > (was.last if was else 0))
    return begins, int(count), connection.scalar(waits) or 0


def begins_with(connection: Connection, said: str) -> Block | None:
    """Return the block whose hash begins so."""
    asked = text(f"SELECT {_COLUMNS} FROM seal WHERE hash LIKE :said")
    return _block(connection.execute(asked, {"said": f"{said}%"}).first())
