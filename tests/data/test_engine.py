"""Addresses of databases: files, servers, several servers, and no password where it could be read."""

from __future__ import annotations

from pathlib import Path
from traceback import format_exception

import pytest
from sqlalchemy import Column, MetaData, String, Table, insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from salescenter.data.engine import address, hosts, open_engine, plain
from salescenter.domain.refusals import FieldMalformed
from salescenter.domain.server_address import is_server, without_password


def test_a_path_is_a_file_and_an_address_a_server() -> None:
    assert address("house.db").get_backend_name() == "sqlite"
    assert address("postgresql://anna@db/house").drivername == "postgresql+psycopg"
    assert address("postgres://anna@db/house").drivername == "postgresql+psycopg"
    assert address("postgresql://db").database == "salescenter"
    assert is_server(" postgresql://db/x")
    assert not is_server("/home/anna/house.db")


@pytest.mark.parametrize(
    "where",
    [
        "postgresql://anna@/house?host=a,b&port=5432,5433&target_session_attrs=read-write",
        "postgresql://anna@a:5432,b:5433/house?target_session_attrs=read-write",
        "postgresql://anna@/house?host=a:5432&host=b:5433&target_session_attrs=read-write",
    ],
)
def test_several_servers_are_understood_however_they_are_written(where: str) -> None:
    url = address(where)
    words, options = open_engine(url).dialect.create_connect_args(url)
    assert words == []
    assert (options["host"], options["port"]) == ("a,b", "5432,5433")
    assert options["target_session_attrs"] == "read-write"
    assert [host.partition(":")[0] for host in hosts(url)] == ["a", "b"]


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("postgresql://anna:s3cret@db/house", "postgresql://anna@db/house"),
        ("postgresql://anna:s3:c/ret@db/house", "postgresql://anna@db/house"),
        ("postgresql://anna:s%40c@a:1,b:2/house?x=y", "postgresql://anna@a:1,b:2/house?x=y"),
        ("postgresql://anna@db/house?password=s3cret&sslmode=require", "postgresql://anna@db/house?sslmode=require"),
        ("postgresql://anna@db/house?sslmode=require&password=s3cret", "postgresql://anna@db/house?sslmode=require"),
        ("postgresql://anna@db/house?password=s3cret", "postgresql://anna@db/house"),
        ("C:\\sales\\house.db", "C:\\sales\\house.db"),
    ],
)
def test_an_address_is_kept_without_its_password(where: str, kept: str) -> None:
    assert without_password(where) == kept


def test_a_password_behind_the_question_mark_is_hidden_like_any_other() -> None:
    url = address("postgresql://anna@db/house?password=s3cret&sslmode=require")
    assert (url.password, dict(url.query)) == ("s3cret", {"sslmode": "require"})
    assert plain(url) == "postgresql://anna@db/house?sslmode=require"
    assert "s3cret" not in repr(url)


def test_what_is_no_address_is_refused_without_its_password() -> None:
    with pytest.raises(FieldMalformed) as refused:
        address("mysql://anna:s3cret@db/house")
    assert refused.value.details["value"] == "mysql://anna@db/house"
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        ("postgresql://anna@db.house/x", "verify-full"),
        ("postgresql://anna@/x?host=127.0.0.1,db.house", "verify-full"),
        ("postgresql://anna@db.house/x?sslmode=disable", "disable"),
        ("postgresql://anna@127.0.0.1/x", None),
        ("postgresql://anna@/x?host=/var/run/postgresql", None),
    ],
)
def test_what_goes_over_a_cable_is_encrypted_and_its_certificate_looked_at(
    where: str, asked: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGSSLMODE", raising=False)
    given: dict[str, object] = {}
    engine = open_engine(address(where))
    monkeypatch.setattr(engine.dialect, "connect", lambda *_, **options: given.update(options) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        engine.raw_connection()
    assert given.get("sslmode") == asked


SECRET = "13977778888"


def failure(url: URL) -> DBAPIError:
    """What is said where a number is written that is there already, with a statement of which a place is named."""
    book = Table("book", MetaData(), Column("number", String, primary_key=True))
    engine = open_engine(url)
    try:
        book.create(engine)
        with pytest.raises(DBAPIError) as refused, engine.begin() as line:
            line.execute(insert(book), [{"number": SECRET}] * 2)
    finally:
        engine.dispose()
    return refused.value


@pytest.mark.parametrize("database", ["file", "server"])
def test_the_report_of_a_statement_that_failed_holds_none_of_its_values(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = address(tmp_path / "house.db") if database == "file" else request.getfixturevalue("pg_url")
    report = "".join(format_exception(failure(url)))
    assert "INSERT INTO book" in report
    assert "constraint" in report
    assert SECRET not in report
