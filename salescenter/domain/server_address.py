"""The address of a server as people write it: told from a file, and without the password it may carry."""

from __future__ import annotations

import re

_IN_FRONT = re.compile(r"(?P<way>^\s*[a-z0-9+]+://[^/?#@:]*):[^@]*@", re.IGNORECASE)
_BEHIND = re.compile(r"(?P<before>[?&])password=[^&]*(?P<more>&?)", re.IGNORECASE)


def is_server(where: str) -> bool:
    """Say whether this is the address of a server, not a file."""
    return where.strip().lower().startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def without_password(where: str) -> str:
    """Return an address as it may be kept and shown; a file's path is returned as it is."""
    if "://" not in where:
        return where
    bare = _IN_FRONT.sub(r"\g<way>@", where)
    bare = _BEHIND.sub(lambda found: found["before"] if found["more"] else "", bare)
    return bare.rstrip("?&")
