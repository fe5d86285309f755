"""The server's log: what a house's database keeps out of it, since statements and errors hold names and numbers."""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

KEPT_OUT = {
    "log_min_error_statement": "panic",  # the statement that failed
    "log_error_verbosity": "terse",  # the row and the keys an error tells of, and the place in a list
    "log_parameter_max_length_on_error": "0",  # the values sent beside a statement
    "track_activities": "off",  # what is running: shown to whoever watches the server, logged when it crashes
}
"""Settings of the house's database, and what each keeps out; an error itself stays in the log, as one line.

https://www.postgresql.org/docs/current/runtime-config-logging.html
"""

_NOT_YOURS = "42501"

_SET_HERE = text("""
SELECT unnest(setconfig) FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid = s.setdatabase
WHERE s.setrole = 0 AND d.datname = :name
""")


def keep_out(connection: Connection, database: str) -> bool:
    """Let a database's later sessions keep people's data out of the log; True where anything was changed.

    Most of it only a superuser may say; for anybody else the rest stays as it is, and the survey tells.
    """
    known = set(connection.scalars(_SET_HERE, {"name": database}))
    name = connection.dialect.identifier_preparer.quote_identifier(database)
    missing = [one for one in KEPT_OUT.items() if "=".join(one) not in known]
    done = [_says(connection, f"ALTER DATABASE {name} SET {what} = {said}") for what, said in missing]
    return any(done)


def _says(connection: Connection, order: str) -> bool:
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(order)
    except ProgrammingError as no:
        if getattr(no.orig, "sqlstate", None) != _NOT_YOURS:
            raise
        return False
    return True
