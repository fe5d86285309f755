"""What a desk says to its server, word for word: a peer says the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg


@contextmanager
def overheard() -> Iterator[list[str]]:
    """Overhear the messages desks of this process send to their servers, whole as they are sent."""
    messages: list[str] = []
    say = psycopg.ClientCursor.execute

    def hear(cursor: psycopg.ClientCursor[Any], query: Any, *rest: Any, **more: Any) -> Any:
        messages.append(query)
        return say(cursor, query, *rest, **more)

    with patch.object(psycopg.ClientCursor, "execute", hear):
        yield messages
