"""What a server is asked as a connection opens is what the library would ask, and no server is shut out by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL

from salescenter.data import greeting
from salescenter.data.engine import open_engine


@pytest.fixture
def greeted(pg_url: URL) -> Iterator[Engine]:
    """An engine of ours, nothing connected yet."""
    made = open_engine(pg_url)
    yield made
    made.dispose()


@pytest.fixture
def plain(pg_url: URL) -> Iterator[Engine]:
    """An engine whose connections nobody greets: the library asks by itself."""
    made = create_engine(pg_url)
    yield made
    made.dispose()


def known(engine: Engine) -> dict[str, object]:
    """What the library knows of a server once it is connected."""
    with engine.connect():
        return {name: said for name, said in vars(engine.dialect).items()
                if name in {"server_version_info", "default_schema_name", "default_isolation_level", "_backslash_escapes"}
                or name.startswith(("supports_", "_supports_"))}  # fmt: skip


def test_the_library_knows_of_the_server_what_it_would_have_asked(greeted: Engine, plain: Engine) -> None:
    told = known(greeted)
    assert told == known(plain)
    assert {"server_version_info", "default_schema_name", "default_isolation_level", "_backslash_escapes"} <= told.keys()


def test_a_server_that_cannot_look_whether_a_desk_is_there_lets_it_in_all_the_same(
    greeted: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(greeting, "_LOOK", greeting._LOOK.replace("'1s'", "'-1s'").replace(
        "client_connection_check_interval", "tcp_keepalives_idle"))  # fmt: skip  a value no server takes
    with greeted.connect() as line:
        assert line.scalar(text("SELECT current_setting('server_version_num')::int")) // 10_000 == (
            greeted.dialect.server_version_info or (0,)
        )[0]
        assert greeting.told_on(line.connection.driver_connection) is not None
