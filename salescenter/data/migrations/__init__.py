"""The way from every released version of the tables to this one; Alembic walks it, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from salescenter.data import guards

HERE = Path(__file__).resolve().parent
VERSIONS = HERE / "versions"


def upgrade(engine: Engine, to: str = "head", folders: tuple[Path, ...] = (VERSIONS,)) -> None:
    """Bring a database to a version, all of it in one transaction: interrupted, it is as it was before."""
    config = _config(folders)
    with engine.connect().execution_options(writes=True) as connection, _without_keys(connection), connection.begin():
        config.attributes["connection"] = connection
        if inspect(connection).has_table("receipt"):
            guards.take_down(connection)
        command.upgrade(config, to)
        guards.put_up(connection)
        _check_keys(connection)


def revisions() -> tuple[str, ...]:
    """Every version there is a way to, oldest first."""
    return tuple(script.revision for script in reversed(list(ScriptDirectory.from_config(_config()).walk_revisions())))


def _config(folders: tuple[Path, ...] = (VERSIONS,)) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(folder).replace("%", "%%") for folder in folders))
    return config


@contextmanager
def _without_keys(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild tables others point at; it can be told only outside a transaction."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON").close()


def _check_keys(connection: Connection) -> None:
    """Refuse to end a way that leaves a row pointing at nothing."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(3)
        if lost:
            raise ValueError(f"migration leaves rows that point at nothing: {lost}")
