"""Presence: on a server everybody says where they are themselves, and only in their own name."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.data.server_rights.scripts import NOW

_OWN = "person_id = (SELECT doors.me())"
_STALE = f"until < {NOW} - 60000"
"""Of a desk that died without taking leave: whoever leaves next takes its row along (`data.presence.LEAVE`)."""


def orders() -> Iterator[str]:
    """Give the orders that put the policies up."""
    named = "name = (SELECT own.name FROM public.person AS own WHERE own.id = person_id)"
    yield "ALTER TABLE public.presence ENABLE ROW LEVEL SECURITY"
    yield "CREATE POLICY door_seen ON public.presence FOR SELECT USING (true)"
    yield f"CREATE POLICY door_added ON public.presence FOR INSERT WITH CHECK ({_OWN} AND {named})"
    yield f"CREATE POLICY door_changed ON public.presence FOR UPDATE USING ({_OWN})"
    yield f"CREATE POLICY door_gone ON public.presence FOR DELETE USING ({_OWN} OR {_STALE})"
