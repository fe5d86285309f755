"""A small rush: desks of their own processes, killed, cut off and left without a server; every promise is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import cluster
from tests.rush.ledger import Asked, read
from tests.rush.rush import Plan, Rush
from tests.rush.server import Server, serving

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no such signals")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for all rushes; each makes a house of its own on it."""
    with serving(cluster.programs() or cluster.do_without()) as made:
        yield made


def test_a_rush_with_pcs_killed_cables_cut_and_the_server_stopped_keeps_every_promise(
    server: Server, tmp_path: Path
) -> None:
    plan = Plan(connections=12, units=30, seconds=5, pcs=2, kill=True, cut=True, stop=True, least=10, wrong=7_200,
                seed="small")  # fmt: skip
    day = Rush(server, plan, tmp_path).run()
    assert day.report.faults == []
    assert day.report.told["done"] >= 10
    assert min(day.killed, day.cuts, day.stops) > 0


def test_all_after_one_unit_over_a_long_cable(server: Server, tmp_path: Path) -> None:
    report = Rush(server, Plan(connections=6, units=10, after=1, seconds=2, pcs=1, least=5, delay=0.1), tmp_path).run().report
    assert report.faults == []
    assert report.told["done"] >= 5


def test_a_rush_a_second_away_with_clocks_two_hours_wrong_a_pc_killed_and_a_cable_cut(
    server: Server, tmp_path: Path
) -> None:
    plan = Plan(connections=16, units=16, seconds=7, pcs=2, kill=True, cut=True, least=6, wrong=7_200, delay=1.0, quiet=3.0,
                seed="away")  # fmt: skip
    day = Rush(server, plan, tmp_path).run()
    assert day.report.faults == []
    assert sum(seconds >= plan.delay for seconds in day.report.seconds) >= plan.least  # not one is quicker than a trip
    assert min(day.killed, day.cuts) > 0


def test_a_journal_knows_what_was_asked_and_never_told(tmp_path: Path) -> None:
    lines = ['{"what": "asked", "key": "a", "step": "subscribe", "unit": 1}',
             '{"what": "asked", "key": "b", "step": "cancel", "unit": 1}',
             '{"what": "done", "key": "a", "seconds": 1.0}',
             '{"what": "refu']
    (tmp_path / "1.journal").write_text("\n".join(lines), "utf-8")
    found = read([tmp_path / "1.journal"])
    assert (found["a"].told, found["b"]) == ("done", Asked("cancel", 1))
