"""A server whose own log of changes (WAL) finds no room stops: every desk is told, and what it acknowledged is there again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.services import grid
from salescenter.services.house import open_house
from salescenter.services.payments import receipts
from salescenter.services.payments.receipts import Receipted, ReceiveRequest
from tests import cluster
from tests.houses import Estate, at_home, found, yuan
from tests.pair import Member, member
from tests.services.test_never_lost import is_a_sentence
from tests.small_disk import empty, fill, small_disk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

CAREFUL = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
"""As a server of a house is: what it acknowledged is on its disk."""


AHEAD = "SELECT count(*) FROM pg_ls_waldir() WHERE name > pg_walfile_name(pg_current_wal_lsn())"
"""How many files the log has made ahead of need."""


@dataclass(frozen=True, slots=True)
class Narrow:
    """A server and the small disk its log is on."""

    server: Member
    disk: Path

    def start(self) -> None:
        self.server.start(**CAREFUL)

    def crowd(self) -> None:
        """Leave the log the file it is in, and one it made ahead of need."""
        fill(self.disk)
        while self.server.ask(AHEAD) not in {0, 1}:
            self.server.order("SELECT pg_logical_emit_message(false, 'test', ''), pg_switch_wal()")


@pytest.fixture
def narrow() -> Iterator[Narrow]:
    with member() as server, small_disk(server.base / "log-disk", megabytes=40) as disk:
        cluster._somebody_else(disk)
        server.make("-X", str(disk / "pg_wal"), "--wal-segsize=1")
        made = Narrow(server, disk)
        made.start()
        yield made
        server.stop()


def receive(estate: Estate, key: str) -> Receipted:
    """Take one yuan for the deal that was made."""
    asked = ReceiveRequest(1, MoneyKind.PRICE, method=Method.TRANSFER, amount=yuan(1), payer="陈一帆", key=key)
    return receipts.receive(estate.desk("cash"), asked, estate.now)


def until_it_stops(where: str, name: str) -> tuple[dict[str, str], str, Refusal | Weather]:
    """Take money at a desk of its own until nothing goes; what was acknowledged by its key, the last key, what was said."""
    done: dict[str, str] = {}
    with closing(open_house(where)) as house:
        estate = at_home(house)
        for number in count():
            key = f"{name}-{number}"
            try:
                done[key] = receive(estate, key).number
            except (Refusal, Weather) as said:
                return done, key, said
    raise AssertionError


def told(work: Callable[[], object]) -> Refusal | Weather:
    try:
        work()
    except (Refusal, Weather) as said:
        return said
    pytest.fail("a server that stopped answered")


def test_a_server_stopped_by_a_full_log_disk_tells_every_desk_and_has_every_acknowledged_receipt_again(
    narrow: Narrow,
) -> None:
    where = narrow.server.url
    estate = found(where)
    estate.subscribe()
    narrow.crowd()
    with ThreadPoolExecutor() as desks:
        tills = [one.result() for one in [desks.submit(until_it_stops, where, name) for name in ("left", "right")]]
    looks = [told(lambda: grid.cells(estate.desk())), told(lambda: open_house(where))]
    assert all(is_a_sentence(one) for one in [*looks, *(said for _, _, said in tills)])
    empty(narrow.disk)
    narrow.start()
    done = {key: number for acknowledged, _, _ in tills for key, number in acknowledged.items()}
    assert len(done) > 10
    assert {key: receive(estate, key).number for key in done} == done
    for _, last, _ in tills:
        receive(estate, last)  # pressed again, whether it got through or not
    everything = [number for number, _, _ in estate.receipts()]
    assert everything == [f"A{number:07}" for number in range(1, len(done) + 4)]  # the subscription's, theirs, the two
    assert estate.broken() == []
    estate.house.close()
