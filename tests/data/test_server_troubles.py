"""What keeps a desk from its server, each tried on a real one: the sentence it means, never a traceback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from salescenter.data.engine import address, open_engine
from salescenter.data.server_troubles import meaning
from salescenter.data.weather import weather
from salescenter.domain import refusals as no
from salescenter.domain.errors import Refusal, Weather
from salescenter.i18n import speak
from salescenter.ui.kit.words import refusal_words
from tests.pair import Member, follows, guarded, pair

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


@pytest.fixture(scope="module")
def server() -> Iterator[Member]:
    """A server that asks Anna for her password and lets nobody else in but its owner."""
    with guarded() as one:
        one.order(
            "CREATE ROLE anna LOGIN PASSWORD 'right'", "CREATE ROLE bert LOGIN PASSWORD 'right' CONNECTION LIMIT 0",
            "CREATE ROLE tom LOGIN", "CREATE DATABASE closed", "REVOKE CONNECT ON DATABASE closed FROM PUBLIC",
        )  # fmt: skip
        one.let_in("host all anna,bert 127.0.0.1/32 scram-sha-256", "hostssl all tom 127.0.0.1/32 trust")
        yield one


def tried(where: str) -> Refusal | Weather:
    """What opening an address means."""
    engine = open_engine(address(where))
    try:
        with weather(engine), engine.connect():
            pytest.fail("nothing keeps the desk out")
    except (Refusal, Weather) as told:
        return told
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("anna:wrong@127.0.0.1:{port}/postgres", no.WrongPassword),
        ("anna@127.0.0.1:{port}/postgres", no.PasswordNeeded),
        ("anna:right@127.0.0.1:{port}/nowhere", no.NoSuchDatabase),
        ("anna:right@127.0.0.1:{port}/closed", no.ServerLocksOut),
        ("stranger:x@127.0.0.1:{port}/postgres", no.ServerLocksOut),
        ("tom@127.0.0.1:{port}/postgres", no.ServerLocksOut),
        ("bert:right@127.0.0.1:{port}/postgres", no.ServerFull),
        ("anna:right@127.0.0.1:{port}/postgres?sslmode=require", no.ServerWithoutTls),
        ("anna:right@127.0.0.1:{port}/postgres?nonsense=1", no.FieldMalformed),
        ("anna:right@127.0.0.1:{port}/postgres?sslmode=perhaps", no.FieldMalformed),
        ("sales@127.0.0.1:{port}/postgres?target_session_attrs=standby", no.NoServerToWrite),
        ("anna:right@nowhere.invalid/postgres", no.ServerUnknown),
        ("anna:right@127.0.0.1:1/postgres", no.ServerSilent),
        ("anna:right@127.0.0.1:1,127.0.0.1:2/postgres", no.ServerSilent),
        ("anna:wrong@127.0.0.1:1,127.0.0.1:{port}/postgres", no.WrongPassword),
    ],
)
def test_what_keeps_a_desk_out_is_said_with_its_remedy(server: Member, where: str, kind: type[Exception]) -> None:
    met = tried("postgresql://" + where.format(port=server.port))
    assert type(met) is kind
    for language in ("zh_CN", "en"):
        speak(language)
        sentence, remedy = refusal_words(met)
        assert sentence
        assert remedy
        assert not {"right", "wrong"} & set(f"{sentence} {remedy}".replace(":", " ").split())


def test_a_server_without_a_free_place_says_so(server: Member) -> None:
    with ExitStack() as desks:
        while True:
            try:
                desks.enter_context(psycopg.connect(f"postgresql://anna:right@127.0.0.1:{server.port}/postgres"))
            except psycopg.OperationalError:
                break
        assert type(tried(f"postgresql://anna:right@127.0.0.1:{server.port}/postgres")) is no.ServerFull


def test_somebody_else_at_the_port_does_not_hang_the_desk() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        assert type(tried(f"postgresql://anna:x@127.0.0.1:{port}/postgres?connect_timeout=2")) is no.ServerSilent


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ('致命错误:  用户 "anna" Password 认证失败', no.WrongPassword),
        ('致命错误:  数据库 "house" 不存在', no.NoSuchDatabase),
        ("致命错误:  对不起, 已经有太多的客户", no.ServerFull),
        ("致命错误:  数据库系统启动中", no.ServerStarting),
        ("FATAL:  the database system is starting up", no.ServerStarting),
        ("FATAL:  the database system is shutting down", no.ServerStarting),
        ('root certificate file "/home/anna/.postgresql/root.crt" does not exist', no.CertificateUnknown),
        ("SSL error: certificate verify failed", no.CertificateUnknown),
        ('server certificate for "db" does not match host name "192.168.1.10"', no.CertificateUnknown),
        ("something nobody has heard of", no.DatabaseAway),
    ],
)
def test_servers_are_understood_in_both_languages(said: str, kind: type[Exception]) -> None:
    assert type(meaning(address("postgresql://anna@db/house"), said)) is kind


def test_a_desk_goes_on_when_the_first_server_dies_and_the_standby_is_promoted() -> None:
    """The address names both; nothing is asked of the person at the desk."""
    with pair() as (first, second):
        first.order("CREATE TABLE sale (unit int)")
        where = (
            f"postgresql://sales@/postgres?host=127.0.0.1,127.0.0.1&port={first.port},{second.port}"
            "&target_session_attrs=read-write"
        )
        engine = open_engine(address(where))
        sell = text("INSERT INTO sale VALUES (:unit)")
        with weather(engine), engine.begin() as desk:
            desk.execute(sell, {"unit": 1})
            assert desk.scalar(text("SELECT inet_server_port()")) == first.port
        follows(second, first)
        first.kill()
        for _ in range(2):  # the standby answers, but it may not be written to
            with pytest.raises(no.NoServerToWrite), weather(engine), engine.begin() as desk:
                desk.execute(sell, {"unit": 2})
        second.promote()
        with weather(engine), engine.begin() as desk:
            desk.execute(sell, {"unit": 3})
            assert desk.scalars(text("SELECT unit FROM sale ORDER BY unit")).all() == [1, 3]
            assert desk.scalar(text("SELECT inet_server_port()")) == second.port
        engine.dispose()


CERTIFICATES = """
openssl req -new -x509 -days 10 -nodes -subj "/CN=sales house" -keyout root.key -out root.crt
openssl req -new -nodes -subj "/CN=sales-server" -keyout server.key -out server.csr
printf "subjectAltName=DNS:localhost" > san.txt
openssl x509 -req -in server.csr -days 10 -CA root.crt -CAkey root.key -CAcreateserial -extfile san.txt -out server.crt
"""
"""As the guide has it (docs/lan.md, step 4)."""


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this PC")
def test_a_certificate_of_the_house_is_checked_against_the_name_in_the_address(tmp_path: Path) -> None:
    subprocess.run(["sh", "-ec", CERTIFICATES], cwd=tmp_path, check=True, capture_output=True)
    with guarded() as one:
        for name in ("server.crt", "server.key"):
            shutil.copy(tmp_path / name, one.data / name)
            shutil.chown(one.data / name, one.data.stat().st_uid, one.data.stat().st_gid)
        (one.data / "server.key").chmod(0o600)
        one.order("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()")
        root = f"sslmode=verify-full&sslrootcert={tmp_path / 'root.crt'}"
        engine = open_engine(address(f"postgresql://sales@localhost:{one.port}/postgres?{root}"))
        with weather(engine), engine.connect() as desk:
            assert desk.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
        engine.dispose()
        named = tried(f"postgresql://sales@127.0.0.1:{one.port}/postgres?{root}")
        assert type(named) is no.CertificateUnknown
        assert "does not match host name" in str(named.details["why"])
        nobody = tried(f"postgresql://sales@localhost:{one.port}/postgres?sslmode=verify-full&sslrootcert=/no/root.crt")
        assert type(nobody) is no.CertificateUnknown
