"""A house comes back from its backup on a server that never saw it: its old one burned."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from salescenter.data.deals import deal
from salescenter.data.engine import address
from salescenter.domain.refusals import ServerUnfit
from salescenter.services import upkeep
from salescenter.services.house import open_house
from salescenter.services.server.preparing import give_account, prepare
from tests import cluster
from tests.houses import NOON, Estate
from tests.pair import Member, guarded
from tests.services.server.guarded_house import WORD

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


@pytest.fixture
def new() -> Iterator[Member]:
    """A server nobody has prepared."""
    with guarded() as one:
        yield one


@pytest.fixture
def dump(small_on_server: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The backup of a house made ready for many desks, where one unit is sold."""
    if folder := cluster.programs():
        monkeypatch.setenv("PG_BINDIR", str(folder))
    small_on_server.subscribe("1-101")
    small_on_server.house.close()
    url = small_on_server.house.url
    prepare(url, None, 1, NOON)
    upkeep.backup(url.render_as_string(hide_password=False), tmp_path / "monday.dump")
    return tmp_path / "monday.dump"


def test_a_house_comes_back_on_a_server_that_never_saw_it_and_takes_its_people_in_again(new: Member, dump: Path) -> None:
    url = address(new.url).set(database="salescenter")
    new.order("CREATE ROLE tenant LOGIN CREATEDB")
    with pytest.raises(ServerUnfit) as refused:
        upkeep.restore(dump, url.set(username="tenant").render_as_string())
    assert refused.value.details["why"] == ("server-no-roles",)
    assert new.ask("SELECT count(*) FROM pg_database WHERE datname LIKE 'salescenter%'") == 0
    assert upkeep.restore(dump, url.render_as_string()) is None
    give_account(url, "boss", WORD)
    house = open_house(url.set(username="boss", password=WORD).render_as_string(hide_password=False))
    desk = house.log_in("boss", WORD)
    with desk.reading() as line:
        assert list(line.execute(select(deal.c.number))) == [("RG202600001",)]
    house.close()
