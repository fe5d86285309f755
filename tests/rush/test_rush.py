"""A small rush: desks of their own processes, killed, cut off and left without a server; every promise is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import cluster
from tests.rush.ledger import Asked, Report, read
from tests.rush.rush import Plan, Rush
from tests.rush.server import serving

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no such signals")


def rush(folder: Path, plan: Plan) -> Report:
    programs = cluster.programs() or cluster.do_without()
    with serving(programs) as server:
        return Rush(server, plan, folder).run().report


def test_a_rush_with_pcs_killed_cables_cut_and_the_server_stopped_keeps_every_promise(tmp_path: Path) -> None:
    plan = Plan(connections=12, units=30, seconds=5, pcs=2, kill=True, cut=True, stop=True, least=10, wrong=7_200,
                seed="small")  # fmt: skip
    report = rush(tmp_path, plan)
    assert report.faults == []
    assert report.told["done"] >= 10


def test_all_after_one_unit_over_a_long_cable(tmp_path: Path) -> None:
    report = rush(tmp_path, Plan(connections=6, units=10, after=1, seconds=2, pcs=1, least=5, delay=0.1))
    assert report.faults == []
    assert report.told["done"] >= 5


def test_a_journal_knows_what_was_asked_and_never_told(tmp_path: Path) -> None:
    lines = ['{"what": "asked", "key": "a", "step": "subscribe", "unit": 1}',
             '{"what": "asked", "key": "b", "step": "cancel", "unit": 1}',
             '{"what": "done", "key": "a", "seconds": 1.0}',
             '{"what": "refu']
    (tmp_path / "1.journal").write_text("\n".join(lines), "utf-8")
    found = read([tmp_path / "1.journal"])
    assert (found["a"].told, found["b"]) == ("done", Asked("cancel", 1))
