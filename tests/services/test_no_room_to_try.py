"""A server without room for the trial of a backup: it is said, nothing is left there, the house stays and sells on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from salescenter.domain.refusals import ServerDiskFull
from salescenter.services import upkeep
from tests import cluster
from tests.houses import Estate, found
from tests.pair import Member, member
from tests.services.test_dumping import databases
from tests.services.test_never_lost import is_a_sentence
from tests.small_disk import empty, fill, small_disk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

@pytest.fixture
def server() -> Iterator[Member]:
    """A server whose databases lie on a small disk, its log elsewhere."""
    with member() as one, small_disk(one.data, megabytes=120):
        cluster._somebody_else(one.data)
        one.make("-X", str(one.base / "log-of-changes"))
        one.start()
        yield one
        one.stop()


@pytest.fixture
def estate(server: Member, monkeypatch: pytest.MonkeyPatch) -> Iterator[Estate]:
    """A house of some twenty megabytes there."""
    monkeypatch.setenv("PG_BINDIR", str(server.programs))
    server.order("CREATE DATABASE house")
    made = found(server.url.replace("/postgres", "/house"))
    made.put(text("INSERT INTO answered SELECT n, 'x', to_json(repeat('x', 900)), 0 FROM generate_series(1, 20000) AS n"))
    yield made
    made.house.close()


@pytest.mark.parametrize("left", [4 << 20, 14 << 20])  # too little for an empty database; enough, and not for a house
def test_a_backup_that_finds_no_room_on_the_server_to_be_tried_is_said_and_leaves_nothing(
    server: Member, estate: Estate, tmp_path: Path, left: int
) -> None:
    where = estate.house.url.render_as_string(hide_password=False)
    upkeep.backup(where, tmp_path / "monday.dump")
    monday, before = (tmp_path / "monday.dump").read_bytes(), databases(estate.house.url)
    estate.subscribe()
    fill(server.data, left)
    tries: tuple[Callable[[], object], ...] = (
        lambda: upkeep.backup(where, tmp_path / "monday.dump"),
        lambda: upkeep.restore(tmp_path / "monday.dump", where),
    )
    for again in tries:
        with pytest.raises(ServerDiskFull) as refused:
            again()
        assert is_a_sentence(refused.value)
        assert databases(estate.house.url) == before
    assert estate.subscribe("1-102").number == "RG202600002"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["monday.dump"]
    assert (tmp_path / "monday.dump").read_bytes() == monday
    empty(server.data)
    upkeep.backup(where, tmp_path / "tuesday.dump")
    assert estate.broken() == []
