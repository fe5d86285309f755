"""Opening a work: the first thing a deed says to a server is who does which step, and the server holds it to that."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.scripts import DEFINER, IS, OF_THIS_WORK, SCHEMA, SPELLED, rows_of
from salescenter.domain.doors import TELLS, WRITES
from salescenter.domain.staff import MAY
from salescenter.domain.units import KEEPING_BACK, NEXT, Step, UnitState

NO_STEP = ""
"""A work that is nobody's step, such as telling what was looked at: it may only tell."""

ANY_STEP = "any"
"""Numbers, figures and answers go with every step; the history with every work."""

_TABLES = """
CREATE SCHEMA doors;
GRANT USAGE ON SCHEMA doors TO PUBLIC;
CREATE UNLOGGED TABLE doors.opening (
    pid integer PRIMARY KEY, xact xid8 NOT NULL, person bigint NOT NULL, step text NOT NULL,
    words text[] NOT NULL, tells text[] NOT NULL
) WITH (autovacuum_enabled = off, fillfactor = 50);
CREATE TABLE doors.may (role text, step text, PRIMARY KEY (role, step));
CREATE TABLE doors.writes (step text, word text, PRIMARY KEY (step, word));
CREATE TABLE doors.tells (step text, told text, PRIMARY KEY (step, told));
CREATE TABLE doors.life (was integer, step text, become integer, PRIMARY KEY (was, step, become))
"""
"""One row a connection in `opening`, used again and again within its page, so that it never grows; `words` are the
parts of the house its step writes, `tells` what it may tell the history: put there once, they are asked for a score of
times.

Counted by itself it would be counted each minute, and with each count every desk plans all these functions anew.
"""

_FUNCTIONS = (
    f"""
CREATE FUNCTION doors.is_free() RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN pg_has_role(session_user, current_user, 'MEMBER'); END $$
""",
    f"""
CREATE FUNCTION doors.me() RETURNS bigint LANGUAGE plpgsql STABLE {SPELLED} AS
$$ BEGIN RETURN (SELECT id FROM public.person WHERE login {IS} session_user AND active); END $$
""",
    f"""
CREATE FUNCTION doors.step() RETURNS text LANGUAGE plpgsql STABLE {SPELLED} AS
$$ BEGIN RETURN (SELECT o.step FROM doors.opening AS o WHERE {OF_THIS_WORK}); END $$
""",
    f"""
CREATE FUNCTION doors.enter(who bigint, asked text) RETURNS text LANGUAGE plpgsql {DEFINER} AS $$
DECLARE found text; named text; opened text;
BEGIN
    SELECT role, login INTO found, named FROM public.person WHERE id = who AND active FOR SHARE;
    IF found IS NULL OR doors.is_free() THEN
        RETURN found;
    END IF;
    IF named <> session_user THEN
        RAISE EXCEPTION 'this account is not that person''s' USING ERRCODE = 'insufficient_privilege';
    ELSIF current_setting('transaction_isolation') <> 'read committed' THEN -- guards look at what stands now
        RAISE EXCEPTION 'a work looks at the house as it is, not as it was' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF asked <> '' AND NOT EXISTS (SELECT FROM doors.may WHERE role = found AND step = asked) THEN
        RETURN found; -- nothing was opened
    END IF;
    opened := doors.step();
    IF opened <> asked THEN
        RAISE EXCEPTION 'this work was opened to %', opened USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO doors.opening AS o VALUES (pg_backend_pid(), pg_current_xact_id(), who, asked,
        ARRAY(SELECT word FROM doors.writes WHERE step = asked) || '{ANY_STEP}'::text,
        ARRAY(SELECT told FROM doors.tells WHERE step = asked))
        ON CONFLICT (pid) DO UPDATE SET xact = excluded.xact, person = excluded.person, step = excluded.step,
            words = excluded.words, tells = excluded.tells, met = DEFAULT, deals = DEFAULT
        WHERE o.xact <> excluded.xact;
    RETURN found;
END $$
""",
    f"""
CREATE FUNCTION doors.answer(asked text) RETURNS json LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN (SELECT answer FROM public.answered WHERE key = asked); END $$
""",
)


def orders() -> Iterator[str]:
    """Give the orders that make tables and functions; the tables say what `domain` says."""
    yield _TABLES
    yield from _FUNCTIONS
    yield _filled("may", ((role, step) for role, steps in MAY.items() for step in steps))
    yield _filled("writes", ((step or NO_STEP, word) for step, words in WRITES.items() for word in words))
    yield _filled("tells", ((step or NO_STEP, told) for step, said in TELLS.items() for told in said))
    yield _filled("life", life())


def life() -> Iterator[tuple[object, ...]]:
    """Give every change of state a step may make of a unit as it is stored; a hold that ran out is as good as none."""
    for (was, step), become in NEXT.items():
        yield int(was), step, int(become)
        if was is UnitState.FOR_SALE and (UnitState.HELD, step) not in NEXT:
            yield int(UnitState.HELD), step, int(become)
        if step in KEEPING_BACK:
            yield int(was), step, int(UnitState.NOT_RELEASED)
    for (was, step), become in NEXT.items():
        if step is Step.CHANGE_UNIT:  # what the new unit becomes: the state of the one left behind
            yield int(become), step, int(was)
            yield int(UnitState.HELD), step, int(was)


def _filled(table: str, rows: Iterator[tuple[object, ...]]) -> str:
    return f"INSERT INTO {SCHEMA}.{table} VALUES {rows_of(dict.fromkeys(rows))}"
