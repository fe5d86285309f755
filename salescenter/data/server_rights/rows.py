"""Rows: which customers, visits, deals and money a person sees on a server, by the scope of their role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

from salescenter.data.scope import Terms, seen
from salescenter.data.server_rights.scripts import DEFINER, OF_THIS_WORK, SPELLED, opened_to, rows_of
from salescenter.domain.doors import Write
from salescenter.domain.staff import SCOPE, Scope
from salescenter.domain.units import Step

_MINE = "(SELECT doors.mine())::bigint[]"
_MET = "(SELECT doors.met())::bigint[]"
_OPENED = "(SELECT doors.opened())::bigint[]"

TERMS = Terms(
    mine=f"= ANY ({_MINE})",
    sold="IN (SELECT unnest((SELECT doors.sold())::bigint[]))",
    bought="IN (SELECT unnest((SELECT doors.bought())::bigint[]))",
    homes="IN (SELECT unnest((SELECT doors.homes())::bigint[]))",
    met=f"= ANY ({_MET})",
    opened=f"= ANY ({_OPENED})",
    of_customer=f"doors.sees_customer(customer_id, {_MINE}, {_MET})",
    of_receipt=f"doors.sees_receipt(receipt_id, {_MINE}, {_OPENED})",
    of_approval=f"doors.asked(subject_id, {_MINE})",
)
"""How a server says what stands in `data.scope`; what a work newly opened or met is seen until it ends.

Each condition asks functions, never another table that has such a condition: a server would work out all of them, one
within the other, before it reads a row. Each function stands in a query of its own, which is put once: bare, it would
be asked again for every row that is compared, and once more as the plan is made.
"""

_OPENED_HERE = f"deal_id = ANY ({_OPENED})"

_IN_CHANGE = f"(SELECT doors.step()) = '{Step.CHANGE_BUYER}'"
_SEES_DEAL = f"((SELECT doors.sees_all()) OR deal_id {TERMS.sold})"
_SEES_CUSTOMER = f"((SELECT doors.sees_all()) OR {TERMS.of_customer})"

_ADDED = {
    "customer_phone": _SEES_CUSTOMER,
    "phone_tail": _SEES_CUSTOMER,
    "deal_discount": _OPENED_HERE,
    "due": f"paid = 0 AND {_OPENED_HERE}",
    "receipt": f"({_OPENED_HERE} OR {_SEES_DEAL})",
    "deal_buyer": f"({_OPENED_HERE} OR {_IN_CHANGE} AND {_SEES_DEAL}) AND {_SEES_CUSTOMER}",
}
"""What goes with a deal is written as it is agreed, its buyers also as they change; nobody buys whom one does not see,
nor is money taken for a deal one does not see.

Whose deal it is decides whose customers are seen, so that these are as good as a look at them. A phone put to a
colleague's customer would let them be met by it, and an ending tell whether it is theirs.
"""

_GONE = {"deal_buyer": _OPENED_HERE}

_TABLES = """
CREATE TABLE doors.scope (role text PRIMARY KEY, scope text NOT NULL);
ALTER TABLE doors.opening
    ADD COLUMN met bigint[] NOT NULL DEFAULT '{}', ADD COLUMN deals bigint[] NOT NULL DEFAULT '{}'
"""

_MET_AT = {"door_met": "AFTER INSERT", "door_met_again": "BEFORE UPDATE"}
"""A new customer is met once their row stands: before that, its key may be one a colleague's open work has written, and
a writing that gives way to theirs would show them. Who is written anew is met before it, while they are still seen.
"""

_FUNCTIONS = (
    f"""
CREATE FUNCTION doors.sees_all() RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN EXISTS (SELECT FROM public.person AS p JOIN doors.scope AS s ON s.role = p.role
    WHERE p.login = session_user AND p.active AND s.scope = '{Scope.ALL}'); END $$
""",
    f"""
CREATE FUNCTION doors.mine() RETURNS bigint[] LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN (SELECT array_agg(other.id) FROM public.person AS own JOIN doors.scope AS s ON s.role = own.role
    JOIN public.person AS other ON other.id = own.id OR (s.scope = '{Scope.TEAM}' AND other.team = own.team)
    WHERE own.login = session_user AND own.active); END $$
""",
    f"""
CREATE FUNCTION doors.met() RETURNS bigint[] LANGUAGE plpgsql VOLATILE {DEFINER} AS
$$ BEGIN RETURN (SELECT o.met FROM doors.opening AS o WHERE {OF_THIS_WORK}); END $$
""",
    f"""
CREATE FUNCTION doors.sold() RETURNS bigint[] LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN (SELECT array_agg(deal_id) FROM public.deal_consultant
    WHERE person_id = ANY ((SELECT doors.mine())::bigint[])); END $$
""",
    f"""
CREATE FUNCTION doors.bought() RETURNS bigint[] LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN (SELECT array_agg(customer_id) FROM public.deal_buyer
    WHERE deal_id = ANY ((SELECT doors.sold())::bigint[])); END $$
""",
    f"""
CREATE FUNCTION doors.homes() RETURNS bigint[] LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN (SELECT array_agg(unit_id) FROM public.deal
    WHERE id = ANY ((SELECT doors.sold())::bigint[])); END $$
""",
    f"""
CREATE FUNCTION doors.asked(one bigint, mine bigint[]) RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN RETURN EXISTS (SELECT FROM public.approval WHERE id = one AND asked_by = ANY (mine)); END $$
""",
    f"""
CREATE FUNCTION doors.sees_customer(one bigint, mine bigint[], met bigint[]) RETURNS boolean
LANGUAGE plpgsql STABLE {DEFINER} AS $$ BEGIN
    RETURN EXISTS (SELECT FROM public.customer WHERE id = one
            AND (owner_id IS NULL OR owner_id = ANY (mine) OR id = ANY (met) OR family_id = ANY (met)))
        OR EXISTS (SELECT FROM public.deal_buyer AS b JOIN public.deal_consultant AS s ON s.deal_id = b.deal_id
            WHERE b.customer_id = one AND s.person_id = ANY (mine));
END $$
""",
    f"""
CREATE FUNCTION doors.sees_receipt(one bigint, mine bigint[], opened bigint[]) RETURNS boolean
LANGUAGE plpgsql STABLE {DEFINER} AS $$ BEGIN
    RETURN EXISTS (SELECT FROM public.receipt AS r WHERE r.id = one AND (
        r.cashier_id = ANY (mine) OR r.deal_id = ANY (opened) OR EXISTS (
            SELECT FROM public.deal_consultant AS s WHERE s.deal_id = r.deal_id AND s.person_id = ANY (mine))));
END $$
""",
    f"""
CREATE FUNCTION doors.note_met() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE head bigint := NEW.id;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        head := OLD.id;
        IF doors.sees_customer(OLD.family_id, doors.mine(), doors.met()) THEN
            head := OLD.family_id;
        END IF;
    END IF;
    UPDATE doors.opening SET met = met || head
        WHERE pid = pg_backend_pid() AND xact = pg_current_xact_id() AND head <> ALL (met);
    RETURN NEW;
END $$
""",
    f"""
CREATE FUNCTION doors.opened() RETURNS bigint[] LANGUAGE plpgsql VOLATILE {SPELLED} AS
$$ BEGIN RETURN (SELECT o.deals FROM doors.opening AS o WHERE {OF_THIS_WORK}); END $$
""",
    f"""
CREATE FUNCTION doors.meet(project bigint, phones text[]) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF {opened_to(Write.CUSTOMER)} THEN
        UPDATE doors.opening SET met = met || ARRAY(
            SELECT coalesce(c.family_id, c.id)
            FROM public.customer_phone AS p JOIN public.customer AS c ON c.id = p.customer_id
            WHERE p.digits = ANY (phones) AND c.project_id = project AND length(p.digits) >= 7
        ) WHERE pid = pg_backend_pid() AND xact = pg_current_xact_id();
    END IF;
END $$
""",
)
"""Met is whom a work wrote down newly, and who has a whole phone number that it was told: else one customer would be
registered twice and given to two consultants."""


def orders() -> Iterator[str]:
    """Give the orders that put the policies up; the owner of the tables sees all of them."""
    yield _TABLES
    yield f"INSERT INTO doors.scope VALUES {rows_of((role, scope) for role, scope in SCOPE.items())}"
    yield from _FUNCTIONS
    for table, condition in seen(TERMS).items():
        sees = f"((SELECT doors.sees_all()) OR {condition})"
        yield f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY"
        yield f"CREATE POLICY door_seen ON public.{table} FOR SELECT USING {sees}"
        yield f"CREATE POLICY door_added ON public.{table} FOR INSERT WITH CHECK ({_ADDED.get(table, 'true')})"
        yield f"CREATE POLICY door_changed ON public.{table} FOR UPDATE USING {sees} WITH CHECK (true)"
        yield f"CREATE POLICY door_gone ON public.{table} FOR DELETE USING ({_GONE.get(table, sees)})"
    yield "ALTER TABLE public.deal_consultant ENABLE ROW LEVEL SECURITY"
    yield "CREATE POLICY door_seen ON public.deal_consultant FOR SELECT USING (true)"
    yield f"CREATE POLICY door_added ON public.deal_consultant FOR INSERT WITH CHECK ({_OPENED_HERE})"
    yield f"CREATE POLICY door_gone ON public.deal_consultant FOR DELETE USING ({_OPENED_HERE})"
    for name, moment in _MET_AT.items():
        yield (
            f"CREATE TRIGGER {name} {moment} ON public.customer FOR EACH ROW "
            "WHEN (NOT doors.is_free() AND NOT doors.sees_all()) EXECUTE FUNCTION doors.note_met()"
        )


def meet(connection: Connection, project: int, phones: Sequence[str]) -> None:
    """Let open work see, until it ends, who has one of these whole numbers, whoever's customer it is."""
    if connection.dialect.name == "postgresql":
        connection.execute(_MEET, {"project": project, "phones": list(phones)})


_MEET = text("SELECT doors.meet(:project, CAST(:phones AS text[]))")
