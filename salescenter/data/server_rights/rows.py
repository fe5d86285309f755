"""Rows: which customers, visits, deals and money a person sees on a server, by the scope of their role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

from salescenter.data.server_rights.scripts import DEFINER, rows_of
from salescenter.domain.doors import Write
from salescenter.domain.staff import SCOPE, Scope

_MINE = "ANY ((SELECT doors.mine())::bigint[])"
_MET = "ANY ((SELECT doors.met())::bigint[])"
_OPENED = "ANY ((SELECT doors.opened())::bigint[])"
_CUSTOMER = "EXISTS (SELECT FROM public.customer AS seen WHERE seen.id = customer_id)"
_DEAL = "EXISTS (SELECT FROM public.deal AS seen WHERE seen.id = deal_id)"

SEEN = {
    "customer": f"owner_id IS NULL OR owner_id = {_MINE} OR id = {_MET} OR family_id = {_MET} OR EXISTS "
    "(SELECT FROM public.deal_buyer AS bought JOIN public.deal AS seen ON seen.id = bought.deal_id "
    "WHERE bought.customer_id = customer.id)",
    "customer_phone": _CUSTOMER,
    "phone_tail": _CUSTOMER,
    "spelling": _CUSTOMER,
    "visit": f"consultant_id = {_MINE} OR registered_by = {_MINE} OR {_CUSTOMER}",
    "follow_up": f"person_id = {_MINE} OR {_CUSTOMER}",
    "quotation": f"by_id = {_MINE} OR {_CUSTOMER}",
    "deal": f"id = {_OPENED} OR EXISTS (SELECT FROM public.deal_consultant AS sold "
    f"WHERE sold.deal_id = deal.id AND sold.person_id = {_MINE})",
    "deal_buyer": _DEAL,
    "deal_discount": _DEAL,
    "due": _DEAL,
    "receipt": f"cashier_id = {_MINE} OR {_DEAL}",
    "allocation": "EXISTS (SELECT FROM public.receipt AS seen WHERE seen.id = receipt_id)",
    "paper": f"by_id = {_MINE} OR {_DEAL}",
    "history": f"person_id = {_MINE} OR ((customer_id IS NULL OR {_CUSTOMER}) AND (subject <> 'receipt' OR {_DEAL}))",
}
"""What a person sees of a table who does not see all of it; what a work newly opened or met it sees until it ends.

Who sold which deal (`deal_consultant`) everybody may read: no customer stands in it, and every row here leans on it.
"""

_TABLES = """
CREATE TABLE doors.scope (role text PRIMARY KEY, scope text NOT NULL);
ALTER TABLE doors.opening
    ADD COLUMN met bigint[] NOT NULL DEFAULT '{}', ADD COLUMN deals bigint[] NOT NULL DEFAULT '{}'
"""

_FUNCTIONS = (
    f"""
CREATE FUNCTION doors.sees_all() RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS
$$ SELECT EXISTS (SELECT FROM public.person AS p JOIN doors.scope AS s ON s.role = p.role
    WHERE p.login = session_user AND p.active AND s.scope = '{Scope.ALL}') $$
""",
    f"""
CREATE FUNCTION doors.mine() RETURNS bigint[] LANGUAGE sql STABLE {DEFINER} AS
$$ SELECT array_agg(other.id) FROM public.person AS own JOIN doors.scope AS s ON s.role = own.role
    JOIN public.person AS other ON other.id = own.id OR (s.scope = '{Scope.TEAM}' AND other.team = own.team)
    WHERE own.login = session_user AND own.active $$
""",
    f"""
CREATE FUNCTION doors.met() RETURNS bigint[] LANGUAGE sql VOLATILE {DEFINER} AS
$$ SELECT met FROM doors.opening WHERE pid = pg_backend_pid() AND xact = pg_current_xact_id_if_assigned() $$
""",
    f"""
CREATE FUNCTION doors.note_met() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE head bigint := NEW.id;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        head := coalesce(OLD.family_id, OLD.id);
    END IF;
    UPDATE doors.opening SET met = met || head
        WHERE pid = pg_backend_pid() AND xact = pg_current_xact_id() AND head <> ALL (met);
    RETURN NEW;
END $$
""",
    f"""
CREATE FUNCTION doors.opened() RETURNS bigint[] LANGUAGE sql VOLATILE {DEFINER} AS
$$ SELECT deals FROM doors.opening WHERE pid = pg_backend_pid() AND xact = pg_current_xact_id_if_assigned() $$
""",
    f"""
CREATE FUNCTION doors.note_opened() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    UPDATE doors.opening SET deals = deals || NEW.id WHERE pid = pg_backend_pid() AND xact = pg_current_xact_id();
    RETURN NEW;
END $$
""",
    f"""
CREATE FUNCTION doors.meet(project bigint, phones text[]) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_open(ARRAY['{Write.CUSTOMER}']) THEN
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
    for table, seen in SEEN.items():
        sees = f"((SELECT doors.sees_all()) OR {seen})"
        yield f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY"
        yield f"CREATE POLICY door_seen ON public.{table} FOR SELECT USING {sees}"
        yield f"CREATE POLICY door_added ON public.{table} FOR INSERT WITH CHECK (true)"
        yield f"CREATE POLICY door_changed ON public.{table} FOR UPDATE USING {sees} WITH CHECK (true)"
        yield f"CREATE POLICY door_gone ON public.{table} FOR DELETE USING {sees}"
    for table, what, noted in (("customer", "INSERT OR UPDATE", "met"), ("deal", "INSERT", "opened")):
        yield (
            f"CREATE TRIGGER door_{noted} BEFORE {what} ON public.{table} FOR EACH ROW "
            f"WHEN (NOT doors.is_free() AND NOT doors.sees_all()) EXECUTE FUNCTION doors.note_{noted}()"
        )


def meet(connection: Connection, project: int, phones: Sequence[str]) -> None:
    """Let open work see, until it ends, who has one of these whole numbers, whoever's customer it is."""
    if connection.dialect.name == "postgresql":
        connection.execute(_MEET, {"project": project, "phones": list(phones)})


_MEET = text("SELECT doors.meet(:project, CAST(:phones AS text[]))")
