"""Phones: a server tells them masked, whole only to who told the history that they look; and finds them by role."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.customer_search import LEAST_DIGITS
from salescenter.data.server_rights.scripts import DEFINER, opened_to
from salescenter.domain.doors import Write
from salescenter.domain.units import Step

END, LEAST_WHOLE = 4, 11
"""So many last digits a mask leaves, and so long is a number whose mask leaves them."""

_EYES = """DECLARE
    everybody boolean := doors.is_free() OR doors.sees_all();
    mine bigint[] := doors.mine();
    met bigint[] := doors.met();"""
"""What decides on each of many rows, asked once."""

_FIRST = f"""
CREATE FUNCTION doors.phone(one bigint) RETURNS text LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN
    IF NOT doors.sees(one) THEN
        RETURN NULL;
    END IF;
    RETURN coalesce((SELECT doors.phone_line(id) FROM public.customer_phone
        WHERE customer_id = one ORDER BY position, id LIMIT 1), '');
END $$
"""

_LINE = f"""
CREATE FUNCTION doors.phone_line(line bigint) RETURNS text LANGUAGE plpgsql STABLE {DEFINER} AS
$$ DECLARE kept public.customer_phone;
BEGIN
    SELECT * INTO kept FROM public.customer_phone WHERE id = line;
    RETURN CASE
        WHEN doors.is_free() THEN kept.digits
        WHEN NOT doors.sees(kept.customer_id) THEN NULL
        WHEN doors.has_told(kept.customer_id) AND doors.may_look(kept.customer_id) THEN kept.digits
        ELSE kept.shown
    END;
END $$
"""

_LISTED = f"""
CREATE FUNCTION doors.phones_listed(project bigint, whose bigint[]) RETURNS TABLE (customer bigint, digits text)
LANGUAGE plpgsql STABLE {DEFINER} AS $$
{_EYES}
BEGIN
    IF doors.is_free() OR doors.does('{Step.REVEAL}') AND doors.has_said(project, 'list', project) THEN
        RETURN QUERY SELECT DISTINCT ON (p.customer_id) p.customer_id, p.digits::text
            FROM public.customer_phone AS p JOIN public.customer AS c ON c.id = p.customer_id
            WHERE p.customer_id = ANY (whose) AND c.project_id = project
            AND (everybody OR doors.sees_customer(c.id, mine, met))
            ORDER BY p.customer_id, p.position, p.id;
    END IF;
END $$
"""
"""The first phone of each; one line of the history about a list opens all of it, to who may look behind masks."""

_DOES = f"""
CREATE FUNCTION doors.does(VARIADIC steps text[]) RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN EXISTS (SELECT FROM public.person AS p JOIN doors.may AS m ON m.role = p.role
    WHERE p.id = doors.me() AND m.step = ANY (steps)); END $$
"""
"""Whether one of these steps is this person's."""

_FOUND = f"""
CREATE FUNCTION doors.with_phone_part(project bigint, part text, as_shown text, most bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 24 {DEFINER} AS $$
{_EYES}
BEGIN
    IF doors.is_free() OR doors.does('{Step.REGISTER_VISIT}') THEN
        IF length(part) >= {LEAST_DIGITS} THEN
            RETURN QUERY SELECT t.customer_id FROM public.phone_tail AS t
                WHERE t.tail >= part AND t.tail < part || U&'\\+10FFFF'
                AND (everybody OR doors.sees_customer(t.customer_id, mine, met))
                ORDER BY t.tail LIMIT most;
        END IF;
    ELSIF length(part) = {END} OR length(part) >= {LEAST_WHOLE} THEN
        RETURN QUERY SELECT t.customer_id FROM public.phone_tail AS t
            WHERE t.tail = right(part, {END}) AND EXISTS (SELECT FROM public.customer_phone AS p
                WHERE p.customer_id = t.customer_id AND length(p.shown) >= {LEAST_WHOLE}
                AND (length(part) = {END} AND right(p.shown, {END}) = part OR p.shown = as_shown))
            AND (everybody OR doors.sees_customer(t.customer_id, mine, met))
            LIMIT most;
    END IF;
END $$
"""
"""By any part for who registers; else by the last four digits or by what a whole number's mask leaves of it.

So whoever does not register finds by nothing that they do not see anyway.
"""

_HAVING = f"""
CREATE FUNCTION doors.having_phones(project bigint, numbers text[])
RETURNS TABLE (customer bigint, line bigint, digits text) LANGUAGE plpgsql STABLE ROWS 10 {DEFINER} AS $$
{_EYES}
BEGIN
    IF doors.is_free() OR doors.does('{Step.REGISTER_VISIT}', '{Step.IMPORT}') THEN
        RETURN QUERY SELECT p.customer_id, p.id, p.digits::text
            FROM public.customer_phone AS p JOIN public.customer AS c ON c.id = p.customer_id
            WHERE p.digits = ANY (numbers) AND c.project_id = project
            AND (everybody OR doors.sees_customer(c.id, mine, met));
    END IF;
END $$
"""
"""Who has one of these whole numbers: a registration or a ledger finds whom it is about."""

_TAILS = f"""
CREATE FUNCTION doors.forget_tails(one bigint, gone bigint[]) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_free() OR {opened_to(Write.CUSTOMER)} AND doors.sees(one) THEN
        DELETE FROM public.phone_tail AS t
            USING public.customer_phone AS p, generate_series(1, length(p.digits) - {LEAST_DIGITS - 1}) AS at
            WHERE p.id = ANY (gone) AND p.customer_id = one AND t.customer_id = one AND t.tail = substr(p.digits, at)
            AND NOT EXISTS (SELECT FROM public.customer_phone AS stays
                WHERE stays.customer_id = one AND stays.id <> ALL (gone) AND stays.digits LIKE '%' || t.tail);
    END IF;
END $$
"""
"""Before phones go: the endings that none of the customer's others has."""


def orders() -> Iterator[str]:
    """Give the orders that make the functions."""
    yield from (_DOES, _LINE, _FIRST, _LISTED, _FOUND, _HAVING, _TAILS)
