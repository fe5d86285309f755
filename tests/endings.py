"""A worker that passes its tests and dies while it ends fails the run: Qt can do that, and pytest would not see it."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

_workers: dict[str, subprocess.Popen[bytes]] = {}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodeready(node: Any) -> None:
    """Remember each worker's process."""
    _workers[node.gateway.id] = node.gateway._io.popen


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Ask each worker, all of them ended by now, for its exit code."""
    died = {name: code for name, process in _workers.items() if (code := process.poll())}
    if died:
        session.exitstatus = pytest.ExitCode.INTERNAL_ERROR
        print("\nworkers died while they ended:", ", ".join(f"{name} with {code}" for name, code in died.items()))
