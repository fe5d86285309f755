"""Leaves: what a role does alone only so far (holds, days to sign, refunds), a server lets go further with leave.

Each rule is the one of the deed it names; the house's numbers are its settings, else those of `HouseRules`. A leave
counts in the work that uses it up, for what it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.scripts import DEFINER, LATE, NOW, literal, written_now
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.money import Money
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.staff import Role
from salescenter.domain.units import Step, UnitState

_DAY, _HOUR = 24 * 60 * 60 * 1000, 60 * 60 * 1000
"""Milliseconds."""

_OPENING_STEPS = f"('{Step.RESERVE}', '{Step.SUBSCRIBE}', '{Step.CHANGE_UNIT}')"

_ROLE = f"""
CREATE FUNCTION doors.role() RETURNS text LANGUAGE plpgsql STABLE {DEFINER} AS $$
BEGIN
    RETURN (SELECT p.role FROM doors.opening AS o JOIN public.person AS p ON p.id = o.person
        WHERE o.pid = pg_backend_pid() AND o.xact = pg_current_xact_id_if_assigned());
END $$
"""


def _leave(step: str, unit: str, covers: str) -> str:
    """Say that this work used up a leave for a step on a unit (as SQL), which covers what is done."""
    return f"""(doors.role() = '{Role.MANAGER}' OR EXISTS (
        SELECT FROM public.approval AS a WHERE a.step = {step} AND a.unit_id IS NOT DISTINCT FROM {unit}
        AND a.granted AND a.used AND {written_now("a")} AND {covers}))"""


def _rule(name: str) -> str:
    """Read one of the house's numbers out of `kept`."""
    usual = getattr(HouseRules(), name)
    return f"coalesce((kept ->> '{name}')::bigint, {usual.fen if isinstance(usual, Money) else usual})"


def _guard(name: str, declared: str, first: str, lawful: str, gives: str = "NEW") -> str:
    """Write a guard that lets go what is lawful, looked at after what it does `first`."""
    return f"""
CREATE FUNCTION doors.true_{name}() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    does text := doors.step();
    {declared}
BEGIN
    {first}
    IF doors.is_free() OR coalesce({lawful}, false) THEN
        RETURN {gives};
    END IF;
    RAISE EXCEPTION 'this goes further than this role goes without leave: %', does
        USING ERRCODE = 'insufficient_privilege';
END $$
"""


def _kept(project: str, *names: str) -> str:
    return f"kept := doors.kept({project}, ARRAY[{', '.join(map(literal, names))}]);"


def _no_longer_than(days: str) -> str:
    return f"NEW.until <= {NOW} + {_rule(days)} * {_DAY} + {_HOUR + LATE}"


_ASKED_UNTIL = "round(extract(epoch FROM (a.asked ->> 'until')::timestamptz) * 1000)"

_HOLD = _guard(
    "hold", "kept json;",
    _kept("(SELECT project_id FROM public.unit WHERE id = NEW.unit_id)", "hold_days", "hold_days_manager"),
    f"""(does = '{Step.EXTEND_HOLD}' OR does = '{Step.HOLD}' AND NEW.by_id = doors.me()) AND NEW.ended IS NULL
        AND {_no_longer_than("hold_days_manager")} AND ({_no_longer_than("hold_days")} OR {_leave(
            "does", "NEW.unit_id", f"NEW.until <= {_ASKED_UNTIL}")})""",
)  # fmt: skip
"""`services.deals.holds`: how long a hold is without leave."""

_HOLD_END = _guard(
    "hold_end", "", "",
    f"""OLD.ended IS NULL AND (OLD.until <= {NOW} + {LATE} OR OLD.by_id = doors.me() OR does = '{Step.EXTEND_HOLD}'
        OR does = '{Step.END_HOLD}' AND doors.role() <> '{Role.CONSULTANT}'
        OR does = '{Step.END_HOLD}' AND {_leave("does", "OLD.unit_id", "true")}
        OR does IN {_OPENING_STEPS} AND (doors.role() = '{Role.MANAGER}' OR EXISTS (
            SELECT FROM public.deal AS d JOIN public.deal_buyer AS b ON b.deal_id = d.id
            WHERE d.unit_id = OLD.unit_id AND d.living AND b.customer_id = OLD.customer_id)))""",
)  # fmt: skip
"""`services.deals.holds` and `gates`: whose hold one ends, and whom it lets buy."""

_SIGNING = _guard(
    "signing", "kept json;", _kept("NEW.project_id", "days_to_sign", "extend_days"),
    f"""does = '{Step.EXTEND_SIGNING}' AND (
        NEW.sign_by <= greatest(OLD.subscribed + {_rule("days_to_sign")} + {_rule("extend_days")}, OLD.sign_by)
        OR {_leave("does", "NEW.unit_id", "NEW.sign_by <= (a.asked ->> 'sign_by')::date - '0001-01-01'::date + 1")})""",
)  # fmt: skip
"""`services.deals.signing`: how far the day to sign by moves without leave."""

_VOIDED = f"""
(SELECT wrong.amount = -NEW.amount AND wrong.deal_id = NEW.deal_id AND wrong.kind = NEW.kind
    AND wrong.method = NEW.method AND (
        NOT EXISTS (SELECT FROM public.closed_day WHERE project_id = wrong.project_id AND day = wrong.day)
        OR {_leave("does", "wrong.unit_id", "a.asked ->> 'receipt' = wrong.number")})
    FROM public.receipt AS wrong WHERE wrong.id = NEW.counters_id)
"""

_REFUNDED = f"""
NEW.kind = '{MoneyKind.REFUND}' AND NEW.amount < 0 AND NEW.counters_id IS NULL AND (
    -NEW.amount <= {_rule("refund_alone")} OR {_leave("does", "NEW.unit_id", '''
        a.asked ->> 'deal' = (SELECT number FROM public.deal WHERE id = NEW.deal_id)
        AND -NEW.amount <= (a.asked ->> 'refund')::bigint''')})
"""

_RETURN = _guard(
    "return", "kept json;", _kept("NEW.project_id", "refund_alone"),
    f"""NEW.amount + (SELECT coalesce(sum(amount), 0) FROM public.receipt WHERE deal_id = NEW.deal_id) >= 0 AND (
        does = '{Step.VOID_RECEIPT}' AND {_VOIDED} OR does = '{Step.REFUND}' AND {_REFUNDED}
        OR does = '{Step.CHANGE_UNIT}' AND NEW.method = '{Method.CARRIED}' AND NEW.counters_id IS NULL)""",
)  # fmt: skip
"""`services.payments.receipts`: money goes back by a counter-entry, a refund or a change of unit."""

_REOPENING = _guard(
    "reopening", "", "", _leave("does", "NULL", "(a.asked ->> 'day')::date - '0001-01-01'::date + 1 = OLD.day"), "OLD"
)
"""`services.payments.lists`: a day that is closed stays so."""

_WHEN = (
    ("hold", "INSERT ON public.hold", "true"),
    ("hold_end", "UPDATE OF ended ON public.hold", "true"),
    ("signing", "UPDATE OF sign_by ON public.deal",
     f"OLD.sign_by IS DISTINCT FROM NEW.sign_by AND OLD.state <> {int(UnitState.RESERVED)}"),
    ("return", "INSERT ON public.receipt",
     f"NEW.amount <= 0 OR NEW.counters_id > 0 OR '{MoneyKind.REFUND}' = NEW.kind OR '{Method.CARRIED}' = NEW.method"),
    ("reopening", "DELETE ON public.closed_day", "true"),
)  # fmt: skip
"""Which guard looks at which writing, and of which rows."""


def orders() -> Iterator[str]:
    """Give the orders that put them up."""
    yield from (_ROLE, _HOLD, _HOLD_END, _SIGNING, _RETURN, _REOPENING)
    for name, what, when in _WHEN:
        yield (
            f"CREATE TRIGGER door_true_{name} BEFORE {what} FOR EACH ROW WHEN ({when}) "
            f"EXECUTE FUNCTION doors.true_{name}()"
        )
