"""The archive on a server: of papers and scans a person is told what they may open, never that others exist."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.scripts import DEFINER

_WITH = f"""
CREATE FUNCTION doors.papers_with(
    project bigint, wanted text[], of_kinds text[], since bigint, until bigint, most bigint
) RETURNS TABLE (id bigint, words text) LANGUAGE plpgsql STABLE {DEFINER} AS $$
DECLARE
    free boolean := doors.is_free();
    everybody boolean := free OR doors.sees_all();
    mine bigint[] := doors.mine();
    sold bigint[] := doors.sold();
    opened text[] := ARRAY(SELECT o.kind FROM doors.opens AS o JOIN public.person AS p ON p.role = o.role
        WHERE p.id = doors.me());
BEGIN
    RETURN QUERY SELECT made.id, said.words::text FROM finding.paper AS found
        JOIN public.paper AS made ON made.id = found.id JOIN public.paper_words AS said ON said.paper_id = found.id
        WHERE found.grams @> wanted AND made.project_id = project AND made.kind = ANY (of_kinds)
        AND made.at >= since AND made.at < until AND (free OR made.kind = ANY (opened))
        AND (everybody OR made.by_id = ANY (mine) OR made.deal_id = ANY (sold))
        ORDER BY found.id DESC LIMIT most;
END $$
"""


_SCAN = f"""
CREATE FUNCTION doors.scan_data(one bigint) RETURNS bytea LANGUAGE plpgsql STABLE {DEFINER} AS
$$ BEGIN
    RETURN (SELECT kept.data FROM public.scan_bytes AS kept JOIN public.scan AS made ON made.id = kept.scan_id
        WHERE made.id = one AND (doors.is_free() OR (
            (doors.sees_all() OR made.by_id = ANY (doors.mine()) OR made.deal_id = ANY (doors.sold()))
            AND doors.opens_kind(made.kind) AND doors.has_said(made.project_id, 'scan', made.id))));
END $$
"""


def orders() -> Iterator[str]:
    """Give the orders that make the functions."""
    yield from (_WITH, _SCAN)
