"""Listening: the server says at each commit which cells changed; a hint that may be lost, the feed is the truth."""

from __future__ import annotations

import json
import selectors
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, text

from salescenter.data.patience import door_of
from salescenter.data.server_clock import steady
from salescenter.data.weather import weather
from salescenter.domain.grid import CellChange, Hint
from salescenter.domain.refusals import DatabaseAway
from salescenter.domain.units import UnitState

CHANNEL = "salescenter_units"

FEW = 20
"""So many cells travel with the hint itself; more are left to the feed."""

OFTEN = 5
"""So often said, a sign of life is prepared by the driver."""

PATIENCE = 4_000
"""Milliseconds a statement of the listening connection may take: nothing waits for it, so it waits for nothing."""

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION tell_of_units() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own bigint := pg_current_xact_id()::text::bigint;
    one record;
    cells json;
BEGIN
    FOR one IN
        SELECT project_id, count(*) <= {FEW} AND bool_and(revision = own) AND TG_OP = 'UPDATE' AS few
        FROM told GROUP BY project_id
    LOOP
        cells := NULL;
        IF one.few THEN
            -- The name as everybody may see it: who may see more reads it in the feed.
            SELECT json_agg(json_build_array(id, state, flags, unit_price, total,
                CASE WHEN buyer = '' THEN '' WHEN length(buyer) = 1 THEN '*' ELSE left(buyer, 1) || '*' END,
                since, coalesce(until, 0), quoted, coalesce(released, 0), revision, touched))
            INTO cells FROM told WHERE project_id = one.project_id;
        END IF;
        PERFORM pg_notify('{CHANNEL}', json_build_array(one.project_id, cells)::text);
    END LOOP;
    RETURN NULL;
END $$
"""

_ASKING = f"""
CREATE OR REPLACE FUNCTION tell_of_approvals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{CHANNEL}', json_build_array(project_id, NULL)::text) FROM told GROUP BY project_id;
    RETURN NULL;
END $$
"""
"""Who is asked, and who waits for the answer, looks at once; what it is about stands in the table alone."""

_TRIGGERS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
_ASKED = {"INSERT": "NEW", "UPDATE": "NEW"}


def put_up(connection: Connection) -> None:
    """Let the server itself tell of every change of a unit or an approval, within the work that made it."""
    if connection.dialect.name != "postgresql":
        return
    for table, function, events in (("unit", _FUNCTION, _TRIGGERS), ("approval", _ASKING, _ASKED)):
        connection.execute(text(function.replace(":=", r"\:=").replace("::", r"\:\:")))
        for what, rows in events.items():
            name = f"{table}_tells_on_{what.lower()}"
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} AFTER {what} ON {table} REFERENCING {rows} TABLE AS told "
                f"FOR EACH STATEMENT EXECUTE FUNCTION tell_of_{table}s()"
            )


@dataclass(slots=True)
class Line:
    """A connection of its own that hears of changes; for one thread.

    A launch day brings fifty hints a second to each of two hundred desks: what is said is taken from the driver's own
    buffer, without its machinery for waits of every kind.
    """

    raw: Any  # psycopg.Connection
    errors: type[Exception]  # what the driver raises; not imported, for a house without a server never loads it
    _said: list[str] = field(default_factory=list)
    _ready: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    _encoding: str = "utf-8"

    def __post_init__(self) -> None:
        """Hear what is said while the line asks something, too."""
        self._encoding = self.raw.info.encoding
        self.raw.add_notify_handler(lambda notice: self._said.append(notice.payload))
        self._ready.register(self.raw.fileno(), selectors.EVENT_READ)

    def hear(self, project: int, seconds: float) -> list[Hint]:
        """Wait so long for word of a project's units; return at once when it comes, with all that is there."""
        until = steady() + seconds
        with self._weather():
            self._take()  # first: where the line is encrypted, what came may be out of the system's sight already
            while not self._said and (left := until - steady()) > 0:
                self._ready.select(left)
                self._take()
        said, self._said = self._said, []
        hints = [_read(payload) for payload in said]
        return [hint for hint in hints if hint is not None and hint.project == project]

    def _take(self) -> None:
        """Take what has arrived, without waiting."""
        line = self.raw.pgconn
        line.consume_input()
        while notice := line.notifies():
            self._said.append(notice.extra.decode(self._encoding))

    def close(self) -> None:
        """Hang up."""
        self._ready.close()
        self.raw.close()

    def ask(self, question: Any) -> Any:
        """Put a question to the server over this connection: `question(psycopg connection)`."""
        with self._weather():
            return question(self.raw)

    @contextmanager
    def _weather(self) -> Iterator[None]:
        """Whatever the driver says here means that nothing can be heard for now."""
        try:
            yield
        except self.errors as trouble:
            raise DatabaseAway(why=next(iter(str(trouble).splitlines()), "")) from trouble


@contextmanager
def open_line(engine: Engine) -> Iterator[Line]:
    """Open a listening connection beside the engine's own, listening already; raises Weather when it cannot."""
    with weather(engine), door_of(engine).knocking():
        lent = engine.connect()  # tells what keeps it out, as a raw connection would not
    driver: Any = engine.dialect.dbapi
    line = Line(lent.connection.driver_connection, driver.Error)
    lent.detach()  # from here on it is none of the engine's
    try:
        line.ask(_prepare)
        yield line
    finally:
        line.close()


def _prepare(raw: Any) -> None:
    raw.autocommit = True
    raw.prepare_threshold = OFTEN  # nothing is rolled back here, so what the driver prepares lasts
    raw.execute(f"SET statement_timeout = {PATIENCE}")
    raw.execute(f"SET lock_timeout = {PATIENCE // 2}")
    raw.execute(f"LISTEN {CHANNEL}")


def _read(payload: str) -> Hint | None:
    try:
        project, cells = json.loads(payload)
        return Hint(int(project), tuple(map(_change, cells or ())))
    except (
        ValueError,
        TypeError,
        LookupError,
    ):  # not our trigger's words: anybody on the server may say something here
        return None


def _change(said: list[Any]) -> CellChange:
    """Read a cell; refuses what no unit says, for a screen that painted it would break."""
    numbers = *said[:_BUYER], *said[_BUYER + 1 :]
    fits = (type(number) is int and 0 <= number <= most for number, most in zip(numbers, _MOST, strict=True))
    if type(said[_BUYER]) is not str or not all(fits):
        raise ValueError(said)
    return CellChange(*said)


_BUYER = [field_.name for field_ in fields(CellChange)].index("buyer")
_LONG, _LAST_DAY, _LAST_MOMENT = 2**63 - 1, date.max.toordinal(), 253_402_214_400_000
_MOST = (
    _LONG, max(UnitState), 2**16 - 1, _LONG, _LONG, _LAST_DAY, _LAST_MOMENT, 2**31 - 1, _LAST_DAY, _LONG, _LONG,
)  # fmt: skip
"""The most each number of a cell may say, in their order: key, state, flags, unit price, total, since, until, quoted,
released, revision, touched."""
