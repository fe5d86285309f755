"""Cards: a server tells ID numbers masked, whole only to who told the history that they look; and papers by role."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.scripts import DEFINER, LATE, rows_of
from salescenter.domain.papers.access import kinds_for
from salescenter.domain.staff import Role
from salescenter.domain.units import Step

LEAST_END, MOST_END, LEAST_WHOLE = 3, 6, 15
"""So many last digits find a number, or all of it: else it could be guessed digit by digit."""

_SEES = f"""
CREATE FUNCTION doors.sees(one bigint) RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN
    RETURN doors.is_free() OR doors.sees_all() OR doors.sees_customer(one, doors.mine(), doors.met());
END $$
"""

_MAY_LOOK = f"""
CREATE FUNCTION doors.may_look(one bigint) RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN EXISTS (SELECT FROM public.person AS p WHERE p.id = doors.me() AND (
    EXISTS (SELECT FROM public.customer WHERE id = one AND owner_id = p.id)
    OR EXISTS (SELECT FROM doors.may WHERE role = p.role AND step = '{Step.REVEAL}')
    OR EXISTS (SELECT FROM public.deal_buyer WHERE customer_id = one)
        AND EXISTS (SELECT FROM doors.may WHERE role = p.role AND step = '{Step.PRINT_PAPER}')
        AND EXISTS (SELECT FROM doors.may
            WHERE role = p.role AND step IN ('{Step.SUBSCRIBE}', '{Step.RECEIVE_MONEY}'))
)); END $$
"""
"""Whose customer it is, whoever may look behind masks, and whoever makes out a buyer's papers."""

_TOLD = f"""
CREATE FUNCTION doors.has_told(one bigint) RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN
    RETURN pg_current_xact_id_if_assigned() IS NULL AND EXISTS (SELECT FROM public.history
        WHERE customer_id = one AND person_id = doors.me() AND step = '{Step.REVEAL}'
        AND at > (extract(epoch FROM clock_timestamp()) * 1000)::bigint - {LATE});
END $$
"""
"""A work that has written nothing sees no line of its own: what it finds stands for good and can't be taken back."""

_SAID = f"""
CREATE FUNCTION doors.has_said(project bigint, about text, one bigint) RETURNS boolean
LANGUAGE plpgsql STABLE {DEFINER} AS $$ BEGIN
    RETURN pg_current_xact_id_if_assigned() IS NULL AND EXISTS (SELECT FROM public.history
        WHERE project_id = project AND at > (extract(epoch FROM clock_timestamp()) * 1000)::bigint - {LATE}
        AND person_id = doors.me() AND subject = about AND subject_id = one
        AND step IN ('{Step.PRINT_PAPER}', '{Step.REVEAL}'));
END $$
"""
"""Of a paper or a scan: its printing, its taking out, or that it was looked at; for good, as above."""

_OPENS = f"""
CREATE FUNCTION doors.opens_kind(asked text) RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN
    RETURN EXISTS (SELECT FROM doors.opens AS o JOIN public.person AS p ON p.role = o.role
        WHERE p.id = doors.me() AND o.kind = asked);
END $$
"""

_MASK = f"""
CREATE FUNCTION doors.masked(number text) RETURNS text LANGUAGE plpgsql IMMUTABLE {DEFINER} AS
$$ DECLARE
    head integer := CASE WHEN length(number) IN (15, 18) THEN 6 ELSE 2 END;
    tail integer := CASE WHEN length(number) IN (15, 18) THEN 4 ELSE 2 END;
BEGIN
    RETURN CASE WHEN length(number) <= head + tail THEN repeat('*', length(number))
        ELSE left(number, head) || repeat('*', length(number) - head - tail) || right(number, tail) END;
END $$
"""
"""As `masks.mask_id` does it."""

_NUMBER = f"""
CREATE FUNCTION doors.id_number(one bigint) RETURNS text LANGUAGE plpgsql STABLE {DEFINER} AS
$$ DECLARE kept text;
BEGIN
    SELECT c.id_number INTO kept FROM public.customer AS c WHERE id = one;
    IF doors.is_free() OR kept = '' THEN
        RETURN kept;
    ELSIF NOT doors.sees(one) THEN
        RETURN NULL;
    ELSIF doors.has_told(one) AND doors.may_look(one) THEN
        RETURN kept;
    END IF;
    RETURN doors.masked(kept);
END $$
"""

_BIRTH = f"""
CREATE FUNCTION doors.birth(one bigint) RETURNS integer LANGUAGE plpgsql STABLE {DEFINER} AS
$$ DECLARE kept public.customer;
BEGIN
    SELECT * INTO kept FROM public.customer WHERE id = one;
    IF doors.is_free() OR (doors.sees(one) AND (
        kept.id_kind <> 'resident' OR (doors.has_told(one) AND doors.may_look(one))
    )) THEN
        RETURN kept.birth;
    END IF;
    RETURN NULL;
END $$
"""

_AGE = f"""
CREATE FUNCTION doors.age(one bigint) RETURNS integer LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN
    RETURN (SELECT extract(year FROM age(
            (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date::timestamp,
            ('0001-01-01'::date + (birth - 1))::timestamp))::integer
        FROM public.customer WHERE id = one AND birth IS NOT NULL AND doors.sees(one));
END $$
"""

_FOUND = f"""
CREATE FUNCTION doors.with_id_end(project bigint, ending text, most bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE {DEFINER} AS $$
DECLARE
    everybody boolean := doors.is_free() OR doors.sees_all();
    mine bigint[] := doors.mine();
    met bigint[] := doors.met();
BEGIN
    IF length(ending) >= {LEAST_END} THEN
        RETURN QUERY SELECT id FROM public.customer
            WHERE project_id = project AND id_reversed >= ending AND id_reversed < ending || U&'\\+10FFFF'
            AND (length(ending) <= {MOST_END} OR (id_reversed = ending AND length(ending) >= {LEAST_WHOLE}))
            AND (everybody OR doors.sees_customer(id, mine, met))
            ORDER BY id_reversed LIMIT most;
    END IF;
END $$
"""
"""`ending` stands as numbers are kept to be found: the last digit first."""


_KEPT = f"""
CREATE FUNCTION doors.paper_%(column)s(one bigint) RETURNS %(type)s LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN
    RETURN (SELECT %(column)s FROM public.paper AS made WHERE id = one AND (doors.is_free() OR (
        (doors.sees_all() OR by_id = ANY (doors.mine()) OR deal_id = ANY (doors.sold()))
        AND doors.opens_kind(made.kind) AND doors.has_said(made.project_id, 'paper', made.id))));
END $$
"""
"""Papers hold ID numbers whole: one is given for ten minutes to whom the history has heard say so."""

_PDF, _SAYS = _KEPT % {"column": "pdf", "type": "bytea"}, _KEPT % {"column": "said", "type": "text"}

_IS_KEPT = f"""
CREATE FUNCTION doors.paper_%(name)s(one bigint) RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN (SELECT octet_length(%(column)s) > 0 FROM public.paper WHERE id = one); END $$
"""
_HAS_BYTES = _IS_KEPT % {"name": "has_bytes", "column": "pdf"}
_HAS_SAYINGS = _IS_KEPT % {"name": "says", "column": "said"}


def orders() -> Iterator[str]:
    """Give the orders that make the functions, and the table that says which role opens which paper."""
    yield "CREATE TABLE doors.opens (role text, kind text, PRIMARY KEY (role, kind))"
    yield f"INSERT INTO doors.opens VALUES {rows_of((role, kind) for role in Role for kind in kinds_for(role))}"
    yield from (_SEES, _MAY_LOOK, _TOLD, _SAID, _OPENS, _MASK, _NUMBER, _BIRTH, _AGE, _FOUND)
    yield from (_PDF, _SAYS, _HAS_BYTES, _HAS_SAYINGS)
