"""Who could listen on the way to the server: nobody, whoever pretends to be it, or everybody on the cable."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import text

from salescenter.data.engine import is_here
from salescenter.services.work import Desk

CHECKED = frozenset({"verify-ca", "verify-full"})


class Privacy(StrEnum):
    """How well a connection is kept from others."""

    KEPT = "kept"            # encrypted to the server whose certificate is known; or no cable between
    UNCHECKED = "unchecked"  # encrypted, whoever answered
    OPEN = "open"            # in the clear


def privacy(desk: Desk) -> Privacy:
    """Ask the server itself how this desk is connected."""
    if desk.engine.dialect.name == "sqlite" or is_here(desk.engine.url):
        return Privacy.KEPT
    with desk.reading() as line:
        encrypted = line.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
        raw = line.connection.driver_connection
        assert raw is not None, "the line is open"
        mode = raw.info.get_parameters().get("sslmode", "")
    return Privacy.OPEN if not encrypted else Privacy.KEPT if mode in CHECKED else Privacy.UNCHECKED
