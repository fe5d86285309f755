"""What a desk says to its server, word for word, and what it has prepared there: a peer says the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg
from sqlalchemy import Engine

OPTIONS = "-c jit=off"
"""What a peer asks of its connection, as a desk does (`data.limits`): compiling takes longer than a sale."""

PREPARED = "SELECT statement FROM pg_prepared_statements WHERE from_sql ORDER BY prepare_time"


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


def prepared(engine: Engine) -> tuple[str, ...]:
    """Return what prepares all that the one connection of this engine has prepared by now."""
    with engine.connect() as connection:
        return tuple(connection.exec_driver_sql(PREPARED).scalars())
