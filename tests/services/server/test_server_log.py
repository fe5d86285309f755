"""What a server's own log holds of a house: that something failed, and nobody's name or number."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from salescenter.data.engine import open_engine
from salescenter.data.server_rights.server_log import KEPT_OUT, keep_out
from salescenter.domain.refusals import TakenMeanwhile
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.deals import opening
from salescenter.services.house import open_house
from salescenter.services.reception_rules import Contact
from salescenter.services.server.preparing import prepare
from salescenter.services.server.survey import Finding, survey
from salescenter.services.visits import VisitRequest, register
from tests.houses import NOON, Estate
from tests.pair import Member
from tests.services.server.guarded_house import WORD, desk_of, house, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

NAME, PHONE, NUMBER = "欧阳记", "13977778888", "11010519491231002X"
SECRETS = {NAME, PHONE, NUMBER}

BROKEN = """
CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the disk has a fault' USING DETAIL = NEW::text; END $$;
CREATE TRIGGER broken BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION broken();
"""
TWICE = text("INSERT INTO phone_tail VALUES (:phone, 1), (:phone, 1)").bindparams(phone=PHONE)


class Log:
    """What a server writes into its log from now on."""

    def __init__(self, server: Member) -> None:
        self._file = server.base / "log"
        self._read = self._file.stat().st_size

    def more(self) -> str:
        with self._file.open("rb") as file:
            file.seek(self._read)
            return file.read().decode()


@pytest.fixture(scope="module")
def older(house: Estate) -> URL:
    """A house as a version before left it, in a database that is told nothing of logs; its customers cannot be kept."""
    url = house.house.url.set(database="life")
    engine = open_engine(url)
    with engine.connect() as line:
        raw = line.connection.driver_connection
        assert raw is not None
        raw.execute(BROKEN)
        raw.commit()
    engine.dispose()
    return url


def fails(url: URL) -> None:
    """A customer is registered in vain, by a person of the house; and the owner writes one thing twice."""
    there = open_house(url.set(username="front", password=WORD).render_as_string(hide_password=False))
    facts = CustomerFacts(NAME, (PHONE,), id_kind="resident", id_number=NUMBER)
    try:
        with pytest.raises(DBAPIError, match="fault"):
            register(there.log_in("front", WORD), VisitRequest(Contact.CALL_IN, facts, consent="同意", channel="路过"), NOON)
    finally:
        there.close()
    owners = open_engine(url)
    with pytest.raises(DBAPIError, match="phone_tail"), owners.begin() as line:
        line.execute(TWICE)
    owners.dispose()


def findings(url: URL) -> dict[str, Finding]:
    return {one.code: one for one in survey(url, 1, NOON).findings}


def test_an_error_puts_nobodys_name_into_the_log_of_a_server_that_was_set_up(older: URL, server: Member) -> None:
    """Unless its database is told, a server writes every statement that failed, with all that stands in it."""
    before = Log(server)
    fails(older)
    assert {secret for secret in SECRETS if secret in before.more()} == SECRETS
    assert "log_min_error_statement = panic" in str(findings(older)["log-errors"].found)
    assert "log" in prepare(older, None, 1, NOON).made
    after = Log(server)
    fails(older)
    said = after.more()
    assert [line.partition("ERROR:  ")[2] for line in said.splitlines()] == [
        "the disk has a fault", 'duplicate key value violates unique constraint "pk_phone_tail"',
    ]  # fmt: skip
    assert "log" in findings(older)
    assert "log" not in prepare(older, None, 1, NOON).made


def test_who_comes_too_late_leaves_one_short_line(house: Estate, server: Member) -> None:
    late = house.asked("1-103", consultants=house.seller("a"))
    opening.subscribe(house.desk(), replace(late, key="first"), house.now)
    with desk_of(house, "a") as desk:
        log = Log(server)
        with pytest.raises(TakenMeanwhile):
            opening.subscribe(desk, replace(late, key="second"), house.now)
    (line,) = log.more().splitlines()
    assert line.endswith("ERROR:  another desk was faster")


def test_whoever_watches_the_server_does_not_see_what_a_desk_asks(house: Estate) -> None:
    with desk_of(house, "front") as desk, desk.reading() as line:
        line.execute(text("SELECT :name"), {"name": NAME})
        texts = house.all(text("SELECT query FROM pg_stat_activity WHERE usename = 'front'"))
    assert texts
    assert NAME not in str(texts)


def test_an_account_that_is_no_superuser_is_told_what_is_not_set(house: Estate, server: Member) -> None:
    server.order("CREATE ROLE provided LOGIN CREATEDB CREATEROLE PASSWORD 'x'", "CREATE DATABASE cloud OWNER provided",
                 "ALTER DATABASE cloud SET log_statement = 'all'", "ALTER DATABASE cloud SET log_min_duration_statement = 9")  # fmt: skip
    url = house.house.url.set(username="provided", password="x", database="cloud")
    found = findings(url)
    assert dict(found["log-statements"].found)["found"] == "log_statement = all, log_min_duration_statement = 9"
    engine = open_engine(url)
    with engine.begin() as line:
        assert [keep_out(line, "cloud"), keep_out(line, "cloud")] == [True, False]  # what is anybody's to say of theirs
    engine.dispose()
    lacking = str(dict(findings(url)["log-errors"].found)["found"])
    assert {name for name in KEPT_OUT if name in lacking} == {*KEPT_OUT} - {"log_parameter_max_length_on_error"}
