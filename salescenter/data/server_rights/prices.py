"""Prices: a server lets nobody agree to a price below the floor or beyond their role's limit but by an approval.

The rule is `domain.prices.check_price`, said again where a person with another program meets it; a test holds both to
the same answers. Only the numbers are the domain's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from salescenter.data.deals import BOUND
from salescenter.data.server_rights.scripts import DEFINER, TODAY, literal
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.money import STEPS, Rounding
from salescenter.domain.prices import FLOORS, LIMITS, building_group, phase_group
from salescenter.domain.staff import DISCOUNT_LIMIT
from salescenter.domain.units import NOT_SALEABLE, PriceBasis, Step, UnitState

_MODES = {ROUND_HALF_UP: "round", ROUND_DOWN: "trunc"}

_ROUNDED = f"""
CREATE FUNCTION doors.rounded(exact numeric, how text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN CASE how
        {" ".join(f"WHEN '{how}' THEN {_MODES[mode]}(exact * {1 / Decimal(step)}) * {step}"
                  for how, (step, mode) in STEPS.items())}
    END;
END $$
"""

_KEPT = f"""
CREATE FUNCTION doors.kept(project bigint, names text[]) RETURNS json LANGUAGE plpgsql STABLE AS $$
DECLARE
    today integer := {TODAY};
BEGIN
    RETURN (SELECT json_object_agg(name, value) FROM (
        SELECT DISTINCT ON (name) name, value FROM public.setting
        WHERE project_id = project AND name = ANY (names) AND since <= today ORDER BY name, since DESC) AS newest
        WHERE json_typeof(value) <> 'null');
END $$
"""
"""Settings of the house in force today by name; those never set are left out, NULL where all are."""

_USUAL_LIMITS = literal(json.dumps({role: str(share) for role, share in DISCOUNT_LIMIT.items()}))

_LEAST = f"""
CREATE FUNCTION doors.least_price(one public.unit, how text, whose text, at_list boolean) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    kept json := doors.kept(one.project_id, ARRAY['floor_rate', '{FLOORS}', '{LIMITS}']);
    floors json := kept -> '{FLOORS}';
    rate numeric := coalesce((kept ->> 'floor_rate')::numeric, {HouseRules().floor_rate});
    least bigint := greatest(one.floor_total, doors.rounded(one.list_total * rate, how));
    phase bigint;
BEGIN
    IF floors IS NOT NULL THEN
        SELECT phase_id INTO phase FROM public.building WHERE id = one.building_id;
        least := greatest(
            least,
            doors.rounded(one.list_total * (floors ->> ('{building_group("")}' || one.building_id))::numeric, how),
            doors.rounded(one.list_total * (floors ->> ('{phase_group("")}' || phase))::numeric, how)
        );
    END IF;
    IF at_list THEN
        RETURN least;
    END IF;
    rate := coalesce((coalesce(kept -> '{LIMITS}', {_USUAL_LIMITS}) ->> whose)::numeric, 1);
    RETURN greatest(least, doors.rounded(one.list_total * rate, how));
END $$
"""
"""The lowest total a role agrees to without approval: the highest floor, and below the list price its limit."""

_METRES = f"nullif(CASE sold.basis WHEN '{PriceBasis.INNER}' THEN sold.inner ELSE sold.area END, 0)"

_RESERVED = f"""
does = '{Step.RESERVE}' AND TG_OP = 'INSERT' AND NEW.state = {int(UnitState.RESERVED)}
    AND NEW.total = sold.list_total AND NEW.unit_price = sold.unit_price
"""

_SUBSCRIBED = f"""
NEW.state = {int(UnitState.SUBSCRIBED)}
    AND NEW.unit_price = doors.rounded(NEW.total * 100::numeric / {_METRES}, '{Rounding.TO_FEN}')
    AND (TG_OP = 'INSERT' AND does IN ('{Step.SUBSCRIBE}', '{Step.CHANGE_UNIT}')
        OR TG_OP = 'UPDATE' AND does = '{Step.SUBSCRIBE}' AND OLD.state = {int(UnitState.RESERVED)} AND OLD.living)
"""

_NOTED = """
    UPDATE doors.opening AS o SET deals = o.deals || NEW.id FROM public.person AS p
        WHERE o.pid = pg_backend_pid() AND o.xact = pg_current_xact_id() AND p.id = o.person
        RETURNING o.step, p.role INTO does, whose;
    IF TG_OP = 'UPDATE' THEN -- whoever buys it is known until the work ends, though written down anew
        UPDATE doors.opening SET met = met || ARRAY(SELECT customer_id FROM public.deal_buyer WHERE deal_id = NEW.id)
            WHERE pid = pg_backend_pid();
    END IF;
"""

_PRICE = f"""
CREATE FUNCTION doors.true_price() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    sold public.unit;
    how text;
    does text;
    whose text;
BEGIN
    {_NOTED}
    SELECT * INTO sold FROM public.unit WHERE id = NEW.unit_id;
    IF (NEW.project_id, NEW.basis, NEW.area, NEW.inner, NEW.list_total)
            IS DISTINCT FROM (sold.project_id, sold.basis, sold.area, sold.inner, sold.list_total)
        OR NOT coalesce(NEW.living AND ({_RESERVED} OR {_SUBSCRIBED}), false) THEN
        RAISE EXCEPTION 'a deal takes its list price from its unit, and its price as it is agreed'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF sold.flags & {int(NOT_SALEABLE)} <> 0 THEN
        RAISE EXCEPTION 'a unit that is locked, or whose price is under review, is not sold'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF NOT EXISTS (SELECT FROM public.permit WHERE id = sold.permit_id AND issued <= {TODAY}) THEN
        RAISE EXCEPTION 'nothing is sold that no permit of sale covers' USING ERRCODE = 'insufficient_privilege';
    ELSIF NEW.total <= 0 OR NEW.total > sold.list_total OR NEW.total > sold.filed_total THEN
        RAISE EXCEPTION 'a price is never above the list price nor the filed price'
            USING ERRCODE = 'insufficient_privilege';
    ELSIF NEW.state = {int(UnitState.RESERVED)} THEN
        RETURN NULL;
    END IF;
    SELECT rounding INTO how FROM public.project WHERE id = sold.project_id;
    IF NEW.total < doors.least_price(sold, how, whose, NEW.total = sold.list_total) THEN
        UPDATE public.approval SET used = true
            WHERE id = (NEW.terms ->> 'approval')::bigint AND unit_id = NEW.unit_id AND step = '{Step.SUBSCRIBE}'
            AND granted AND decided_by <> asked_by AND NOT used AND (asked ->> 'fen')::bigint <= NEW.total;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a price below what this role may agree to needs an approval of its own'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    RETURN NULL;
END $$
"""
"""Looked at once the row stands: only then is the deal this work's own, to be given its people, discounts, schedule."""

_DEAL = f"""
CREATE FUNCTION doors.true_deal() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.deal AS d JOIN public.unit AS u ON u.id = d.unit_id
        WHERE d.id = NEW.id AND d.state = NEW.state AND d.living = NEW.living -- else it is looked at as it is now
        AND (d.living <> coalesce(u.deal_id = d.id, false) OR d.living AND u.state <> d.state
            OR (TG_OP = 'INSERT' OR OLD.state = {int(UnitState.RESERVED)} AND d.state = {int(UnitState.SUBSCRIBED)})
            AND (CASE d.state WHEN {int(UnitState.RESERVED)} THEN 0 ELSE d.total END) <> (
                SELECT coalesce(sum(amount), 0) FROM public.due WHERE deal_id = d.id))
    ) THEN
        RAISE EXCEPTION 'a deal stands on its unit, and its schedule adds up to its price'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE doors.opening SET deals = '{{}}' WHERE pid = pg_backend_pid() AND deals <> '{{}}';
    RETURN NULL;
END $$
"""
"""Looked at as the work ends, from when on nothing is added to a deal; the unit itself is looked at as it changes."""

_USE = f"""
CREATE FUNCTION doors.true_use() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_free() OR NEW.used AND NEW.granted AND (
        NEW.step = doors.step() OR NEW.step = '{Step.SUBSCRIBE}' AND doors.step() = '{Step.CHANGE_UNIT}'
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a grant is used once, for what it was given for' USING ERRCODE = 'insufficient_privilege';
END $$
"""

AGREED = ("total", "unit_price", "deposit", "plan", "subscribed")
"""Columns of a deal that are written as its price is agreed, and never again."""

_WRITTEN = f"""
(OLD.state = {int(UnitState.RESERVED)} AND NEW.state = {int(UnitState.SUBSCRIBED)}
OR ({", ".join(f"OLD.{name}" for name in AGREED)}, OLD.terms::jsonb - '{BOUND}')
    IS DISTINCT FROM ({", ".join(f"NEW.{name}" for name in AGREED)}, NEW.terms::jsonb - '{BOUND}'))
"""
"""A price is agreed, or something that goes with it written anew; which text its contract has is known later."""


def orders() -> Iterator[str]:
    """Give the orders that put them up."""
    yield from (_ROUNDED, _KEPT, _LEAST, _PRICE, _DEAL, _USE)
    yield (
        "CREATE TRIGGER door_true_price AFTER INSERT ON public.deal FOR EACH ROW WHEN (NOT doors.is_free()) "
        "EXECUTE FUNCTION doors.true_price()"
    )
    yield (
        f"CREATE TRIGGER door_true_price_again AFTER UPDATE OF state, terms, {', '.join(AGREED)} ON public.deal "
        f"FOR EACH ROW WHEN ({_WRITTEN} AND NOT doors.is_free()) EXECUTE FUNCTION doors.true_price()"
    )
    yield (
        "CREATE CONSTRAINT TRIGGER door_true_deal AFTER INSERT OR UPDATE OF state, living ON public.deal "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT doors.is_free()) EXECUTE FUNCTION doors.true_deal()"
    )
    yield (
        "CREATE TRIGGER door_true_use BEFORE UPDATE OF used ON public.approval FOR EACH ROW "
        "EXECUTE FUNCTION doors.true_use()"
    )
