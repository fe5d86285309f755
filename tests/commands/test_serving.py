"""serve-setup and move from the command line: what they print, how they end, and no password anywhere."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL

from salescenter import cli
from salescenter.data.engine import plain
from salescenter.data.server_rights.accounts import GROUP, group_of
from salescenter.domain.refusals import NotFound, ServerUnfit
from salescenter.domain.staff import Role
from salescenter.domain.units import UnitState
from salescenter.services.house import open_house
from salescenter.services.server.preparing import give_account, prepare
from tests.houses import NOON, Estate, order, pg_model, small, small_on_server, sqlite_model
from tests.pair import Member, guarded
from tests.test_cli import Said

__all__ = ["pg_model", "small", "small_on_server", "sqlite_model"]

SECRET = "Tr0ub4dor"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


@pytest.fixture
def where(pg_url: URL) -> str:
    return plain(pg_url)


@pytest.fixture
def nowhere(pg_server: URL) -> Iterator[str]:
    """The address of a database that is not there yet."""
    url = pg_server.set(database="not_there_yet")
    yield plain(url)
    order(pg_server, 'DROP DATABASE IF EXISTS "not_there_yet" WITH (FORCE)')


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))


def rows(where: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(where) as server:
        return server.execute(question.encode()).fetchall()


HOUSE = ("--project", "云栖花园", "--manager", "沈知行", "--login", "shen")


# --- serve-setup


def test_a_look_says_what_is_missing_and_writes_nothing(run: Said, nowhere: str, pg_server: URL) -> None:
    assert run("serve-setup", nowhere, "--dry-run", "--lang", "en") == 1
    said = run.out.splitlines()
    assert "+ Database on the server: is not there yet and can be made" in said
    assert "! Connections: 60 are too few: 30 desks need 100" in said
    assert "    ALTER SYSTEM SET max_connections = 100; then restart PostgreSQL." in said
    assert "! Encryption (TLS): is off: names and ID numbers would be readable in the network" in said
    assert "! Backup there: none was found; archive_mode is off, standbys: 0" in said
    assert said[-1] == "nothing was written"
    assert rows(plain(pg_server), "SELECT 1 FROM pg_database WHERE datname = 'not_there_yet'") == []


def test_the_same_is_said_in_chinese(run: Said, where: str) -> None:
    assert run("serve-setup", where, "--dry-run", "--desks", 3, "--lang", "zh_CN") == 1
    assert "+ 连接数: 60，3 台电脑需要 19" in run.out.splitlines()


def test_a_server_is_prepared_once_and_the_second_time_nothing_is_done(
    run: Said, nowhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, SECRET)
    assert run("serve-setup", nowhere, *HOUSE, "--lang", "en") == 1  # prepared; what the server lacks is still said
    assert "the project and its first manager were made" in run.out
    typed(monkeypatch, "something else")
    assert run("serve-setup", nowhere, *HOUSE, "--lang", "en") == 1
    assert run.out.splitlines()[-1] == "nothing to do: all was there"
    house = open_house(nowhere)
    assert house.log_in("shen", SECRET).who.name == "沈知行"
    house.close()
    assert run("check", "--database", nowhere, "--lang", "en") == 0
    assert rows(nowhere, "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database "
                         "WHERE datname = current_database()") == [("C", "UTF8")]  # fmt: skip


def test_nobody_but_the_group_reads_and_the_group_changes_no_receipt(run: Said, where: str) -> None:
    run("serve-setup", where)
    cashier = group_of(Role.CASHIER)
    for who, table, right, has in ((GROUP, "phase", "SELECT", True), (GROUP, "customer", "SELECT", False),
                                   (GROUP, "unit", "SELECT", False), (GROUP, "unit", "UPDATE", False),
                                   (GROUP, "receipt", "INSERT", False), (cashier, "receipt", "INSERT", True),
                                   (cashier, "receipt", "UPDATE", False), (cashier, "history", "DELETE", False)):  # fmt: skip
        assert rows(where, f"SELECT has_table_privilege('{who}', '{table}', '{right}')") == [(has,)]
    for column, has in (("list_total", True), ("floor_total", False)):
        assert rows(where, f"SELECT has_column_privilege('{GROUP}', 'unit', '{column}', 'SELECT')") == [(has,)]
    assert rows(where, "SELECT has_database_privilege('pg_monitor', current_database(), 'CONNECT')") == [(False,)]


def test_passwords_are_in_no_output_no_log_and_no_history(
    run: Said, where: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    typed(monkeypatch, SECRET)
    run("serve-setup", where.replace("@", f":{SECRET}@"), *HOUSE)
    assert SECRET not in run.out + run.err + caplog.text
    assert rows(where, f"SELECT 1 FROM history WHERE after::text LIKE '%{SECRET}%'") == []
    assert str(rows(where, "SELECT rolpassword FROM pg_authid WHERE rolname = 'shen'")[0][0]).startswith("SCRAM-SHA-256$")
    run("serve-setup", f"mysql://anna:{SECRET}@host/x")
    assert SECRET not in run.out + run.err


def test_another_house_is_left_alone(
    run: Said, small_on_server: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, SECRET)
    where = plain(small_on_server.house.url)
    assert run("serve-setup", where, "--project", "别处", "--manager", "王", "--login", "wang", "--lang", "en") == 2
    assert "already holds another house" in run.err


def test_a_database_whose_order_loses_names_is_refused(pg_server: URL, run: Said) -> None:
    order(pg_server, "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    url = pg_server.set(database="latin")
    try:
        assert run("serve-setup", plain(url), "--lang", "en") == 2
        assert "x Encoding: LATIN1 does not hold every Chinese character" in run.out
        with pytest.raises(ServerUnfit) as refused:
            prepare(url, None, 1, NOON)
        assert refused.value.details["why"] == ("server-encoding",)
    finally:
        order(pg_server, "DROP DATABASE latin")


def test_what_the_manager_needs_is_asked_for(run: Said, where: str) -> None:
    assert run("serve-setup", where, "--project", "云栖花园", "--lang", "en") == 2
    assert "is required" in run.err
    assert run("serve-setup", "house.db", "--lang", "en") == 2
    assert "not the address of a PostgreSQL server" in run.err


@pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
def test_a_person_gets_an_account_and_comes_in_with_nothing_but_a_password(
    run: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "first")
    with guarded() as server:
        server.let_in("host all all 127.0.0.1/32 scram-sha-256")
        server.order("CREATE ROLE boss LOGIN SUPERUSER PASSWORD 'x'")
        owner = _owner(server)
        where = owner.replace("sales@", "boss:x@")
        assert run("serve-setup", where, *HOUSE, "--lang", "en") == 1
        give_account(_url(where), "shen", SECRET)
        house = open_house(owner.replace("sales@", f"shen:{SECRET}@"))
        desk = house.log_in("shen", SECRET)
        assert desk.who.name == "沈知行"
        house.close()
        with pytest.raises(NotFound):
            give_account(_url(where), "nobody", SECRET)
        assert run("serve-setup", owner.replace("sales@", "shen@"), "--dry-run", "--lang", "en") == 2
        assert "asks for a password" in run.err


def _owner(server: Member) -> str:
    return f"postgresql://sales@127.0.0.1:{server.port}/house"


def _url(where: str) -> URL:
    from salescenter.data.engine import address

    return address(where)


# --- move


def test_a_house_is_moved_in_one_step(run: Said, small: Estate, nowhere: str) -> None:
    small.carried_to(UnitState.SIGNED)
    small.house.close()
    file = Path(str(small.house.url.database))
    assert run("move", file, nowhere, "--lang", "en") == 0
    said = run.out.splitlines()
    there = nowhere.replace("sales@", "")
    assert said[0].endswith(f"rows moved to {there}; every row is the same on both sides")
    assert "云栖花园: all deals: 1, 1,000,000.00" in said
    assert said[-1] == f"{file} is kept and takes no deeds any more"
    assert run("check", "--database", nowhere, "--lang", "en") == 0
    assert run("check", "--database", file, "--lang", "en") == 2
    assert run.err.splitlines()[0].startswith(f"The house of {file} was moved to {there}.")
    assert run("move", file, nowhere, "--lang", "en") == 0
    assert run.out.startswith("nothing to do")


def test_every_command_that_goes_to_a_server_names_it_itself(run: Said) -> None:
    for command in cli.TO_SERVER:
        assert run(command, "--help") == 0
        assert "--database" not in run.out
