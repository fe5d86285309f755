"""What is looked at before a house stands on a server, each on a real one that lacks it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import URL

from salescenter.data.engine import address
from salescenter.domain.refusals import ServerUnfit
from salescenter.services.server import preparing
from salescenter.services.server import survey as looks
from salescenter.services.server.preparing import prepare
from salescenter.services.server.survey import Grade, survey
from tests.pair import Member, member

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

BY_LANGUAGE = ("--locale-provider=icu", "--icu-locale=en")


@pytest.fixture(scope="module")
def server() -> Iterator[Member]:
    """A server that orders by a language where nobody tells it otherwise, where its version knows how to."""
    with member() as one:
        try:
            one.make(*BY_LANGUAGE)
        except subprocess.CalledProcessError:  # before 15, or built without it
            shutil.rmtree(one.data, ignore_errors=True)
            one.make()
        one.start()
        one.let_in("host all anna 10.0.0.0/8 trust", "hostssl all all 192.168.1.0/24 scram-sha-256")
        yield one


@pytest.fixture
def by_language(server: Member) -> None:
    if server.ask("SELECT array_agg(c ORDER BY c) = '{B,a}' FROM unnest(ARRAY['a', 'B']) AS c"):
        pytest.skip("this PostgreSQL orders by no language of its own")


def at(server: Member, database: str) -> URL:
    return address(f"postgresql://sales@127.0.0.1:{server.port}/{database}")


def found(url: URL, **later: float) -> dict[str, tuple[Grade, dict[str, Any]]]:
    seen = survey(url, 1, datetime.now(UTC) + timedelta(**later)).findings
    return {one.code: (one.grade, dict(one.found)) for one in seen}


@pytest.mark.usefixtures("by_language")
def test_a_database_that_orders_by_a_language_holds_no_house_whatever_it_calls_its_order(server: Member) -> None:
    server.order("CREATE DATABASE theirs LC_COLLATE 'C' LC_CTYPE 'C'")
    assert found(at(server, "theirs"))["collation"] == (Grade.BLOCKING, {"found": "en"})
    with pytest.raises(ServerUnfit) as refused:
        prepare(at(server, "theirs"), None, 1, datetime.now(UTC))
    assert refused.value.details["why"] == ("server-collation",)


@pytest.mark.usefixtures("by_language")
def test_a_database_made_for_a_house_orders_by_characters_alone_on_any_server(server: Member) -> None:
    prepare(at(server, "house"), None, 1, datetime.now(UTC))
    assert found(at(server, "house"))["collation"] == (Grade.GOOD, {"found": "C"})
    with psycopg.connect(f"postgresql://sales@127.0.0.1:{server.port}/house") as line:
        order = line.execute("SELECT array_agg(c ORDER BY c) FROM unnest(ARRAY['zhang', 'Z', '-z', '丁', '一']) AS c")
        assert order.fetchone() == (["-z", "Z", "zhang", "一", "丁"],)


def test_a_clock_that_differs_is_told_and_how_much(server: Member) -> None:
    for hours in (-2, 2):
        grade, said = found(at(server, "postgres"), hours=hours)["clock"]
        assert grade is Grade.MISSING
        assert abs(said["seconds"] - 7_200) <= looks.CLOCK_SECONDS
    assert found(at(server, "postgres"))["clock"][0] is Grade.GOOD


def test_a_preparation_that_takes_its_time_makes_no_clock_wrong(
    server: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed, furnish = [0.0], preparing._furnish

    def slowly(*words: Any) -> list[str]:
        passed[0] += 120
        return furnish(*words)

    monkeypatch.setattr(preparing, "steady", lambda: passed[0])
    monkeypatch.setattr(preparing, "_furnish", slowly)
    done = prepare(at(server, "slow"), None, 1, datetime.now(UTC) - timedelta(seconds=120))
    assert {one.code: one.grade for one in done.survey.findings}["clock"] is Grade.GOOD


def test_a_version_too_old_makes_a_house_impossible(server: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(at(server, "postgres"))["version"][0] is Grade.GOOD
    monkeypatch.setattr(looks, "LEAST_VERSION", 990_000)
    with pytest.raises(ServerUnfit) as refused:
        prepare(at(server, "not_there_yet"), None, 1, datetime.now(UTC))
    assert refused.value.details["why"] == ("server-version",)


def test_who_comes_in_without_a_password_and_how_passwords_are_kept_is_looked_at(server: Member) -> None:
    seen = found(at(server, "postgres"))
    assert (seen["doors"], seen["passwords"][0]) == ((Grade.MISSING, {"count": 1}), Grade.GOOD)
    server.order("ALTER ROLE sales SET password_encryption = 'md5'")
    assert found(at(server, "postgres"))["passwords"] == (Grade.MISSING, {"found": "md5"})
    server.order("ALTER ROLE sales RESET password_encryption")


def test_a_server_that_forgets_in_a_power_cut_or_hears_nobody_is_told(server: Member) -> None:
    seen = found(at(server, "postgres"))
    assert seen["durable"] == (Grade.MISSING, {"found": "fsync, full_page_writes, synchronous_commit"})
    assert seen["listen"][0] is Grade.MISSING

