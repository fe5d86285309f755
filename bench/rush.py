"""Desks claiming units at once, each sale with deal, schedule, receipt and history, beside pgbench's plain claims."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from bench.figure import Figure
from tests import cluster
from tests.rush.rush import Plan, Rush
from tests.rush.server import Server, serving

NAME = "rush"
CONNECTIONS = {"small": (10,), "full": (10, 50, 200)}
SECONDS = {"small": 6.0, "full": 20.0}
SPREAD, HOT, ONE = 2_000, 200, 1

CLAIM = """
\\set unit random(1, {units})
WITH claimed AS (
    UPDATE unit SET revision = revision + 1, state = 4 WHERE id = :unit AND revision = revision
    RETURNING id, project_id, revision
)
INSERT INTO history (project_id, at, person_id, pc, step, subject, subject_id, unit_id)
SELECT project_id, 0, 1, '', 'subscribe', 'unit', id, id FROM claimed;
"""
"""The heart of a claim alone: one statement that changes the unit and tells the history."""


def measure(size: str) -> list[Figure]:
    """Let desks of their own processes sell and cancel for a while, then let pgbench claim with as many connections."""
    programs = cluster.programs()
    if programs is None:
        return []
    found = []
    for connections in CONNECTIONS.get(size, CONNECTIONS["full"]):
        for name, after in (("spread", SPREAD), ("hot units", HOT), ("one unit", ONE)):
            with tempfile.TemporaryDirectory() as folder, serving(programs) as server:
                plan = Plan(connections, max(after, HOT), after, SECONDS.get(size, SECONDS["full"]), pcs=2)
                day = Rush(server, plan, Path(folder)).run()
                theirs = _pgbench(programs, server, connections, after)
            ours = len(day.report.seconds) / day.seconds
            what = f"{connections} connections, {name}"
            found += [
                Figure(f"{what}: deeds/s beside pgbench's claims/s", ours, theirs, theirs / max(ours, 0.01), 1 / 0.6),
                Figure(f"{what}: sold twice, lost, half or without law", len(day.report.faults), None, None, 0),
            ]
    return found


def _pgbench(programs: Path, server: Server, connections: int, units: int) -> float:
    """Claims a second; where pgbench is not installed, not a number."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "claim.sql"
        script.write_text(CLAIM.format(units=units), "utf-8")
        command = [programs / "pgbench", "-n", "-c", connections, "-j", 2, "-T", 4, "-f", script, "-M", "prepared",
                   server.url("rush")]  # fmt: skip
        told = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
    rate = re.search(r"tps = ([\d.]+)", told)
    return float(rate[1]) if rate else float("nan")
