"""A real server whose disk is full, and one whose files are damaged: a sentence, nothing lost, and the same press goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from salescenter.data.deals import deal
from salescenter.data.history import history
from salescenter.data.payments import receipt
from salescenter.domain.refusals import ServerDamaged, ServerDiskFull
from salescenter.services import grid
from salescenter.services.house import open_house
from tests import cluster
from tests.houses import Estate, at_home, found
from tests.pair import Member, guarded
from tests.services.test_never_lost import is_a_sentence
from tests.small_disk import empty, fill, small_disk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


@pytest.fixture(scope="module")
def server() -> Iterator[Member]:
    with guarded() as one:
        yield one


@pytest.fixture
def narrow(server: Member) -> Iterator[Path]:
    """A small disk of the server's own."""
    with small_disk(server.base / "narrow", megabytes=64) as place:
        cluster._somebody_else(place)
        yield place


@pytest.fixture
def full(server: Member, narrow: Path) -> Iterator[Estate]:
    """A house on it, which has taken all the room there is."""
    server.order(f"CREATE TABLESPACE narrow LOCATION '{narrow}'", "CREATE DATABASE crowded TABLESPACE narrow")
    estate = found(server.url.replace("/postgres", "/crowded"))
    fill(narrow)
    with pytest.raises(OperationalError, match="No space left on device"):
        estate.put(text("INSERT INTO answered SELECT n, 'x', '{}', 0 FROM generate_series(1, 9999) AS n"))
    yield estate
    estate.house.close()
    server.order("DROP DATABASE crowded WITH (FORCE)", "DROP TABLESPACE narrow")


def test_a_full_disk_of_the_server_is_said_and_the_same_press_goes_on(full: Estate, narrow: Path) -> None:
    before = [full.count(table) for table in (deal, history, receipt)]
    with pytest.raises(ServerDiskFull) as refused:
        full.subscribe(key="press")
    assert is_a_sentence(refused.value)
    assert len(grid.cells(full.desk())) == 11
    assert [full.count(table) for table in (deal, history, receipt)] == before
    empty(narrow)
    assert full.subscribe(key="press").number == "RG202600001"
    assert full.broken() == []


def test_a_damaged_file_of_the_server_is_said_and_from_a_whole_one_the_same_press_goes_on(server: Member) -> None:
    before = found(server.url)
    sold = before.subscribe(key="press")
    file = server.data / str(server.ask("SELECT pg_relation_filepath('receipt')"))
    before.house.close()
    whole = laid_in(server, file, lambda data: bytes(byte ^ 0xFF for byte in data))
    damaged = at_home(open_house(server.url))
    with pytest.raises(ServerDamaged) as refused:
        damaged.subscribe("1-102", key="again")
    assert is_a_sentence(refused.value)
    assert len(grid.cells(damaged.desk())) == 11
    damaged.house.close()
    laid_in(server, file, lambda _: whole)
    healed = at_home(open_house(server.url))
    assert healed.subscribe(key="press") == sold
    assert healed.subscribe("1-102", key="again").number == "RG202600002"
    assert healed.broken() == []
    healed.house.close()


def laid_in(server: Member, file: Path, change: Callable[[bytes], bytes]) -> bytes:
    """Change a file of a server while it is stopped; returns what it was."""
    server.stop("fast")
    whole = file.read_bytes()
    file.write_bytes(change(whole))
    server.start()
    return whole
