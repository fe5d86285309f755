"""Sealing on a server where everybody reads their own: whoever is logged in, all of the history is sealed."""

from __future__ import annotations

import os

import pytest

from salescenter.services import sealing
from tests.houses import Estate
from tests.services.server.guarded_house import desk_of, house, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


def test_a_consultant_lets_the_server_seal_what_they_may_not_read_and_is_told_of_no_missing_row(house: Estate) -> None:
    house.subscribe("1-102", who="b", consultants=house.seller("b"))
    with desk_of(house, "a") as a, desk_of(house, "boss") as boss:
        assert sealing.seal(a, house.now)
        seen = "SELECT count(*) FROM history"
        with a.reading() as mine, boss.reading() as everybodys:
            assert (mine.exec_driver_sql(seen).scalar() or 0) < (everybodys.exec_driver_sql(seen).scalar() or 0)
            assert sealing.torn(mine, 20) == sealing.torn(everybodys, 20) == []
        assert sealing.state(boss).waiting == 0
