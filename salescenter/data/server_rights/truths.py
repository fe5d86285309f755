"""Truths: a line of the history names who wrote it, a receipt who took the money, and a unit changes only as it may."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.money import RECEIPT_STANDS
from salescenter.data.server_rights.scripts import DEFINER, LATE, NOW, OF_THIS_WORK, TODAY, opened_to, written_now
from salescenter.domain.doors import Write
from salescenter.domain.units import DEAL_STATES, Step, UnitState

_AT = f"""
    IF abs(NEW.at - {NOW}) > {LATE} THEN
        NEW.at := {NOW};
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
    IF NOT EXISTS (
        SELECT FROM doors.opening AS o WHERE {OF_THIS_WORK} AND o.person = NEW.person_id
        AND o.tells && ARRAY[NEW.step::text, NEW.step || '/' || NEW.subject]
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
    {RECEIPT_STANDS}
    RETURN NEW;
END $$
"""

_TOLD_NOW = f"step = now_does AND {written_now('history')}"
"""By this very work."""

_STANDS = "SELECT FROM public.hold WHERE unit_id = NEW.id AND ended IS NULL"
_HELD = f"""
    IF now_is.state = {int(UnitState.HELD)} THEN
        as_held := EXISTS ({_STANDS} AND until = now_is.until);
    ELSIF OLD.state = {int(UnitState.HELD)} THEN
        as_held := NOT EXISTS ({_STANDS} AND until > {NOW} + {LATE});
    END IF;
"""
"""Whether it is held as its hold says, and free of one that still stands; asked only where there is a hold, for a
server would plan a question with that within it anew for each sale."""

_UNIT = f"""
CREATE FUNCTION doors.true_unit() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    now_is public.unit;
    now_does text := doors.step();
    as_held boolean := true;
BEGIN
    SELECT * INTO now_is FROM public.unit WHERE id = NEW.id;
    IF NOT FOUND OR now_is.state <> NEW.state OR now_is.deal_id IS DISTINCT FROM NEW.deal_id THEN
        RETURN NULL; -- what became of it later in the same work is looked at by itself
    END IF;
    {_HELD}
    IF now_is.total <> coalesce((SELECT total FROM public.deal WHERE id = now_is.deal_id), now_is.list_total) THEN
        RAISE EXCEPTION 'a unit shows its deal''s price' USING ERRCODE = 'insufficient_privilege';
    ELSIF NOT as_held THEN
        RAISE EXCEPTION 'a unit is held as long as its hold says' USING ERRCODE = 'insufficient_privilege';
    ELSIF (OLD.state, OLD.deal_id) IS NOT DISTINCT FROM (NEW.state, NEW.deal_id) THEN
        RETURN NULL;
    END IF;
    IF (now_is.state IN ({", ".join(str(int(state)) for state in sorted(DEAL_STATES))})) IS DISTINCT FROM EXISTS (
        SELECT FROM public.deal
        WHERE unit_id = NEW.id AND living AND state = now_is.state AND id = now_is.deal_id
    ) OR NOT EXISTS (
        SELECT FROM doors.life
        WHERE was = OLD.state AND step = now_does AND become = NEW.state
    ) OR NOT (
        EXISTS (SELECT FROM public.history WHERE unit_id = NEW.id AND {_TOLD_NOW})
        OR EXISTS (SELECT FROM public.history WHERE deal_id = OLD.deal_id AND {_TOLD_NOW})
        OR EXISTS (SELECT FROM public.deal AS d JOIN public.history ON history.deal_id = d.id
            WHERE d.unit_id = NEW.id AND {_TOLD_NOW})
    ) THEN
        RAISE EXCEPTION 'a unit changes only with its deal and its history' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$
"""
"""Looked at as the work ends: state and price fit the living deal, the step leads there, the history tells of it."""

_GONE = f"""
CREATE FUNCTION doors.true_end() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF NOT doors.is_free() AND OLD.day <> {TODAY} THEN
        RAISE EXCEPTION 'a registration is taken back on its own day' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$
"""

_APPROVAL = f"""
CREATE FUNCTION doors.true_approval() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_free() THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.asked_by IS DISTINCT FROM doors.me() OR NEW.decided_at IS NOT NULL OR NEW.granted OR NEW.used THEN
            RAISE EXCEPTION 'leave is asked by oneself and given by others' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF NEW.decided_by IS DISTINCT FROM doors.me() OR OLD.decided_at IS NOT NULL
        OR (NEW.granted AND NEW.asked_by = doors.me()) THEN
        RAISE EXCEPTION 'nobody grants their own wish, nor in another name' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""

_LISTED = f"""
CREATE FUNCTION doors.true_destruction() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE marked boolean;
BEGIN
    IF doors.is_free() THEN
        RETURN NEW;
    END IF;
    marked := EXISTS (
        SELECT FROM public.keep_mark AS k WHERE k.project_id = NEW.project_id AND k.lifted_at IS NULL
        AND (k.kind = NEW.kind AND k.number = NEW.number OR k.number = '' AND k.deal_id = NEW.deal_id)
    );
    IF TG_TABLE_NAME = 'scan' AND NEW.destruction_id IS NULL AND {opened_to(Write.SCAN_GONE)}
        AND NOT marked THEN
        RETURN NEW;
    END IF;
    IF marked OR OLD.destruction_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM public.destruction AS d JOIN public.approval AS a ON a.id = d.approval_id
        JOIN public.destruction_line AS l ON l.destruction_id = d.id
        WHERE d.id = NEW.destruction_id AND d.project_id = NEW.project_id AND d.done_at IS NULL
        AND a.granted AND a.decided_by <> a.asked_by AND a.step = '{Step.DESTROY_PAPERS}'
        AND l.kind = NEW.kind AND l.number = NEW.number AND l.stays = ''
    ) THEN
        RAISE EXCEPTION 'only what an approved list names is destroyed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_TABLE_NAME = 'paper' THEN
        IF length(NEW.pdf) <> 0 OR NEW.said <> '' THEN
            RAISE EXCEPTION 'a paper is never changed' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    RETURN NEW;
END $$
"""

_MARK = f"""
CREATE FUNCTION doors.true_mark() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    IF doors.is_free() THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        {_AT}
    END IF;
    IF TG_OP = 'INSERT' AND (NEW.by_id IS DISTINCT FROM doors.me() OR NEW.lifted_at IS NOT NULL)
        OR TG_OP = 'UPDATE' AND (NEW.lifted_by IS DISTINCT FROM doors.me() OR OLD.lifted_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a mark is set and lifted in one''s own name' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""

_EMPTIED = f"""
CREATE FUNCTION doors.true_emptying() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE lawful boolean;
BEGIN
    IF TG_TABLE_NAME = 'paper_words' THEN
        lawful := EXISTS (SELECT FROM public.paper WHERE id = OLD.paper_id AND destruction_id IS NOT NULL);
    ELSE
        lawful := EXISTS (SELECT FROM public.scan WHERE id = OLD.scan_id AND gone IS NOT NULL);
    END IF;
    IF NOT (lawful OR doors.is_free()) THEN
        RAISE EXCEPTION 'what the archive holds goes with its paper' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$
"""


_BEFORE = (
    ("approval", "INSERT OR UPDATE OF decided_by, decided_at, granted", "approval"),
    ("mark", "INSERT OR UPDATE", "keep_mark"), ("destruction", "UPDATE", "paper"), ("destruction", "UPDATE", "scan"),
    ("emptying", "DELETE", "paper_words"), ("emptying", "DELETE", "scan_bytes"),
)  # fmt: skip
"""Which truth is looked at before which writing of which table."""


def orders() -> Iterator[str]:
    """Give the orders that put them up."""
    yield from (_HISTORY, _RECEIPT, _UNIT, _GONE, _APPROVAL, _LISTED, _MARK, _EMPTIED)
    for name, when, table in _BEFORE:
        yield (
            f"CREATE TRIGGER door_true_{name} BEFORE {when} ON public.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION doors.true_{name}()"
        )
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
        "FOR EACH ROW WHEN ((OLD.state IS DISTINCT FROM NEW.state OR OLD.deal_id IS DISTINCT FROM NEW.deal_id "
        f"OR NEW.state = {int(UnitState.HELD)} AND OLD.until IS DISTINCT FROM NEW.until "
        "OR OLD.total <> NEW.total AND (NEW.deal_id IS NOT NULL OR NEW.total <> NEW.list_total)) "
        "AND NOT doors.is_free()) EXECUTE FUNCTION doors.true_unit()"
    )
