"""Revisions: the feed trusts them, so a row bears that of the work which changed it; and a key is never written anew.

Whoever takes a row for themselves must be let change one of its columns (`grants.LOCKED`): a number far ahead, written
there by hand, would have every screen wait for it and see no change before.
"""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.scripts import DEFINER

_OWN = "pg_catalog.pg_current_xact_id()::text::bigint"

_COUNTED = {"unit": ("revision", "touched"), "deal": ("revision",), "customer": ("revision",)}

_KEYED = ("due", "receipt_book")
"""Those without a revision."""

_REVISION = f"""
CREATE FUNCTION doors.true_revision() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_free() THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a row bears the revision of the work that changed it' USING ERRCODE = 'insufficient_privilege';
END $$
"""


def orders() -> Iterator[str]:
    """Give the orders that put them up."""
    yield _REVISION
    for table, columns in _COUNTED.items():
        foreign = " OR ".join(f"NEW.{name} <> OLD.{name} AND NEW.{name} <> {_OWN}" for name in columns)
        yield (
            f"CREATE TRIGGER door_true_revision BEFORE UPDATE OF {', '.join(columns)} ON public.{table} FOR EACH ROW "
            f"WHEN ({foreign}) EXECUTE FUNCTION doors.true_revision()"
        )
    for table in _KEYED:
        yield (
            f"CREATE TRIGGER door_true_key BEFORE UPDATE OF id ON public.{table} FOR EACH ROW "
            "EXECUTE FUNCTION doors.true_revision()"
        )
