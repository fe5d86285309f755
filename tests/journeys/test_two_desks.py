"""A house moved to its server by the window, and two desks that join it: what one sells shows on the other's grid."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import cluster
from tests.rush.server import serving

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
def test_what_one_desk_sells_shows_on_the_other_s_grid(tmp_path: Path) -> None:
    with serving(cluster.programs() or cluster.do_without(), fsync="off") as server:
        command = [sys.executable, "main.py", "--tour", str(tmp_path), "--lang", "zh_CN", "--server", server.make("tour")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))
    steps = {step["name"]: step for step in told["steps"]}
    assert list(steps)[-3:] == ["hold at the first desk", "sell at the first desk", "look at it from the second desk"]
    pictures = [name for step in told["steps"] for name in step["pictures"]]
    assert all((tmp_path / name).stat().st_size > 5_000 for name in pictures)
    shown = {"server-looked-over", "house-moved", "join-a-desk", "both-free", "both-held", "both-subscribed"}
    assert shown <= {name[4:].removesuffix(".png") for name in pictures}
    assert len(steps["sell at the first desk"]["papers"]) == 2
