"""Claiming a unit: a server keeps it for one desk, and tells every other, as it sends them off, who was faster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, literal_column
from sqlalchemy.engine import make_url

from salescenter.data import units
from salescenter.data.trips import STOPPED


def orders() -> Iterator[str]:
    """Give the order that makes the function.

    It waits for an earlier press of the same key, then for the unit, in the order all works take their locks. A
    function keeps its plans: where two hundred desks are after one unit, a server did little but make plans. Those who
    come too late are told one after the other, so that whoever is first at the next unit finds a processor free.
    """
    touch = _written(units.touch_of(literal_column("$1")))
    beside = _written(units.free_beside(literal_column("$1"), literal_column("$4")))
    yield f"""
CREATE FUNCTION doors.claim(wanted bigint, as_seen bigint, pressed text, moment bigint) RETURNS void LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM FROM unit WHERE id = $1 AND revision = $2;
    IF FOUND THEN
        PERFORM pg_advisory_xact_lock(hashtextextended($3, 0)) WHERE $3 <> '';
        PERFORM FROM unit WHERE id = $1 AND revision = $2 FOR NO KEY UPDATE;
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    IF doors.answer($3) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('late', 0));
    RAISE EXCEPTION 'another desk was faster' USING ERRCODE = '{STOPPED}', DETAIL = coalesce((
        SELECT json_build_object('unit', this.code, 'state', this.state, 'by', touch.name, 'at', touch.at,
            'step', touch.step, 'free', (SELECT coalesce(json_agg(code), '[]') FROM ({beside}) AS beside))
        FROM unit AS this LEFT JOIN ({touch}) AS touch ON true WHERE this.id = $1)::text, '');
END $$
"""


def _written(asked: Select[Any]) -> str:
    """Write a question with its constants, as a server reads it."""
    server = make_url("postgresql+psycopg://").get_dialect()()
    return str(asked.compile(dialect=server, compile_kwargs={"literal_binds": True}))
