"""How long a connection to the server may wait, so that a desk that is gone holds up one unit for seconds only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

from salescenter.data import patience

_SERVER = {
    "lock_timeout": "5s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "4s",  # less than the wait for a lock: who waits outlasts who is gone
    "tcp_keepalives_idle": "2", "tcp_keepalives_interval": "1", "tcp_keepalives_count": "2",
    "tcp_user_timeout": "4000",  # milliseconds
    "jit": "off",  # compiling a statement full of row policies takes seconds, running it tenths of one
}  # fmt: skip
"""The server's own limits for this connection; every server from version 12 on knows them."""

CONNECT: dict[str, Any] = {
    "options": " ".join(f"-c {name}={value}" for name, value in _SERVER.items()),
    "connect_timeout": 5, "keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
    "prepare_threshold": None,  # the driver would let the server forget all that is prepared at each ROLLBACK
}  # fmt: skip
"""What every connection asks for as it is made: a desk notices within five seconds that the server is gone, too."""


def keep(engine: Engine) -> None:
    """Hold the connections of an engine to the limits, and never hand out one the server has closed."""
    driver: Any = engine.dialect.dbapi

    def demand_open(raw: Any, *_: object) -> None:
        # Reads what has arrived and waits for nothing: no round trip, unlike a ping. First the server's last word,
        # if there is one, then the end.
        try:
            raw.pgconn.consume_input()
            raw.pgconn.consume_input()
        except driver.OperationalError as gone:
            raise DisconnectionError from gone

    patience.keep(engine)
    event.listen(engine, "checkout", demand_open)
