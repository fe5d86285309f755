"""Truths: a line of the history names who wrote it, a receipt who took the money, and a unit changes only as it may."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.scripts import DEFINER
from salescenter.domain.units import DEAL_STATES

LATE = 10 * 60 * 1000
"""Milliseconds a moment told may be away from the server's own: a work may wait for others before it is written."""

_AT = f"""
    IF abs(NEW.at - (extract(epoch FROM clock_timestamp()) * 1000)::bigint) > {LATE} THEN
        NEW.at := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
    END IF;
"""
"""The server's clock decides, whatever a desk's own may say."""

_HISTORY = f"""
CREATE FUNCTION doors.true_history() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_free() THEN
        RETURN NEW;
    END IF;
    {_AT}
    IF NEW.person_id IS DISTINCT FROM doors.me() OR NOT EXISTS (
        SELECT FROM doors.tells
        WHERE step = doors.step() AND (told = NEW.step OR told = NEW.step || '/' || NEW.subject)
    ) THEN
        RAISE EXCEPTION 'the history is told by who did it, as it is done' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""

_RECEIPT = f"""
CREATE FUNCTION doors.true_receipt() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_free() THEN
        RETURN NEW;
    END IF;
    {_AT}
    IF NEW.cashier_id IS DISTINCT FROM doors.me() THEN
        RAISE EXCEPTION 'a receipt is written by who takes the money' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""

_UNIT = f"""
CREATE FUNCTION doors.true_unit() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    now_is public.unit;
BEGIN
    SELECT * INTO now_is FROM public.unit WHERE id = NEW.id;
    IF NOT FOUND OR now_is.state <> NEW.state OR now_is.deal_id IS DISTINCT FROM NEW.deal_id THEN
        RETURN NULL; -- what became of it later in the same work is looked at by itself
    END IF;
    IF (now_is.state IN ({", ".join(str(int(state)) for state in sorted(DEAL_STATES))})) IS DISTINCT FROM EXISTS (
        SELECT FROM public.deal
        WHERE unit_id = NEW.id AND living AND state = now_is.state AND id = now_is.deal_id
    ) OR NOT EXISTS (
        SELECT FROM doors.life
        WHERE was = OLD.state AND step = doors.step() AND become = NEW.state
    ) OR NOT EXISTS (
        SELECT FROM public.history
        WHERE (unit_id = NEW.id OR deal_id IN (SELECT id FROM public.deal WHERE unit_id = NEW.id OR id = OLD.deal_id))
        AND step = doors.step() AND xmin::text::bigint = pg_current_xact_id()::text::bigint % 4294967296
    ) THEN
        RAISE EXCEPTION 'a unit changes only with its deal and its history' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$
"""
"""Looked at as the work ends: the state fits the living deal, the step leads there, and the history tells of it."""

_GONE = f"""
CREATE FUNCTION doors.true_end() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF NOT doors.is_free() AND OLD.day <> (
        (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date - '0001-01-01'::date + 1
    ) THEN
        RAISE EXCEPTION 'a registration is taken back on its own day' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$
"""


def orders() -> Iterator[str]:
    """Give the orders that put them up."""
    yield from (_HISTORY, _RECEIPT, _UNIT, _GONE)
    for table in ("visit", "rota_event"):
        yield (
            f"CREATE TRIGGER door_true_end_{table} BEFORE DELETE ON public.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION doors.true_end()"
        )
    for table in ("history", "receipt"):
        yield (
            f"CREATE TRIGGER door_true_{table} BEFORE INSERT ON public.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION doors.true_{table}()"
        )
    yield (
        "CREATE CONSTRAINT TRIGGER door_true_unit AFTER UPDATE ON public.unit DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW WHEN ((OLD.state IS DISTINCT FROM NEW.state OR OLD.deal_id IS DISTINCT FROM NEW.deal_id) "
        "AND NOT doors.is_free()) EXECUTE FUNCTION doors.true_unit()"
    )
