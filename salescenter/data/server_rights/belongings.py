"""Belongings: a protected customer stays whose they are, a unit shows its own buyer, papers have one secret."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.scripts import DEFINER, TODAY
from salescenter.data.server_rights.watches import PAPER_SECRET
from salescenter.domain.units import Step

_HELD = "owner_id", "owned_since", "protected_until", "won_by"

_OWNER = f"""
CREATE FUNCTION doors.true_owner() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_free() OR doors.sees_all() OR coalesce(OLD.protected_until < {TODAY}, true)
        OR OLD.owner_id = ANY (doors.mine()) OR doors.step() = '{Step.REASSIGN_CUSTOMER}'
        OR NEW.owner_id = OLD.owner_id AND NEW.protected_until >= OLD.protected_until THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a customer stays whose they are while they are protected' USING ERRCODE = 'insufficient_privilege';
END $$
"""
"""`services.protection`: whoever knows a colleague's customer by their phone registers them, and wins nothing by it."""

_SHOWN = f"""
CREATE FUNCTION doors.true_shown() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_free() OR NEW.deal_id IS NOT NULL
            AND (doors.sees_all() OR NEW.deal_id = ANY (doors.sold()) OR NEW.deal_id = ANY (doors.opened())) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a unit shows the buyer and the days of a deal of one''s own'
        USING ERRCODE = 'insufficient_privilege';
END $$
"""

_SHOWN_WHEN = """
NEW.deal_id IS NULL AND OLD.deal_id IS NULL AND NEW.buyer <> '' AND NEW.buyer <> OLD.buyer
OR OLD.deal_id IS NOT NULL AND NEW.deal_id = OLD.deal_id AND NEW.state = OLD.state
    AND (NEW.buyer, NEW.since, NEW.until) IS DISTINCT FROM (OLD.buyer, OLD.since, OLD.until)
"""
"""What a new sale writes, and what carries a deal on, `truths` looks at."""

_SECRET = f"""
CREATE FUNCTION doors.one_secret() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF EXISTS (SELECT FROM public.setting WHERE project_id = NEW.project_id AND name = '{PAPER_SECRET}')
            AND NOT doors.is_free() THEN
        RETURN NULL; -- another desk was first
    END IF;
    RETURN NEW;
END $$
"""
"""A second one would have every paper printed before look forged."""


def orders() -> Iterator[str]:
    """Give the orders that put them up."""
    yield from (_OWNER, _SHOWN, _SECRET)
    old, new = (f"({', '.join(f'{row}.{name}' for name in _HELD)})" for row in ("OLD", "NEW"))
    yield (
        f"CREATE TRIGGER door_true_owner BEFORE UPDATE OF {', '.join(_HELD)} ON public.customer FOR EACH ROW "
        f"WHEN (OLD.owner_id IS NOT NULL AND {old} IS DISTINCT FROM {new}) EXECUTE FUNCTION doors.true_owner()"
    )
    yield (
        "CREATE TRIGGER door_true_shown BEFORE UPDATE OF buyer, since, until ON public.unit FOR EACH ROW "
        f"WHEN ({_SHOWN_WHEN}) EXECUTE FUNCTION doors.true_shown()"
    )
    yield (
        "CREATE TRIGGER door_one_secret BEFORE INSERT ON public.setting FOR EACH ROW "
        f"WHEN (NEW.name = '{PAPER_SECRET}') EXECUTE FUNCTION doors.one_secret()"
    )
