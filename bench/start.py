"""Start: from the start of the process to the first usable input field, and to the painted sample grid."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.figure import Figure
from bench.timing import MS, ratio

NAME = "start"
ROUNDS = {"small": 5, "full": 21}
ROOT = Path(__file__).resolve().parent.parent

EMPTY = """
import os
from PySide6.QtWidgets import QApplication, QMainWindow, QLabel

class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        os._exit(0)

app = QApplication([])
window = QMainWindow()
window.setCentralWidget(Label("empty"))
window.resize(800, 600)
window.show()
app.exec()
"""
"""The peer: the least a PySide6 program can show."""

HOMES = (
    "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "WIN_PD_OVERRIDE_APPDATA",
)
"""What says where the program keeps its files: for a bench, in a folder that goes away."""

MIB = 1024.0
"""KiB in a MiB; Linux tells the peak in KiB, macOS in bytes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds until it said it was there, its peak memory in MiB, and what it said."""

    seconds: float
    memory: float
    said: str = ""


def measure(size: str) -> list[Figure]:
    """Start the empty window, the log-in and the grid in turns, each process warm from the disk's cache."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        surroundings = kept | {name: f"{folder}/{name}" for name in HOMES}
        program = [sys.executable, "main.py", "--demo", "--stop-after"]
        commands = {
            "empty": [sys.executable, "-c", EMPTY],
            "login": [*program, "login"],
            "typing": [sys.executable, "-m", "bench.opening"],
            "grid": [*program, "grid"],
        }
        start(commands["grid"], surroundings)  # makes the sample
        runs: dict[str, list[Run]] = {name: [] for name in commands}
        for turn in range(ROUNDS[size] + 1):
            for name, command in commands.items():
                run = start(command, surroundings)
                if turn:
                    runs[name].append(run)
    return figures(runs)


def figures(runs: dict[str, list[Run]]) -> list[Figure]:
    """Compare the program's runs with the empty window's, neighbour with neighbour."""
    seconds = {name: [run.seconds for run in each] for name, each in runs.items()}
    empty = median(seconds["empty"]) * MS
    memory = {name: median(run.memory for run in each) for name, each in runs.items()}
    return [
        Figure("to the first input field, ms", median(seconds["login"]) * MS, empty,
               ratio(seconds["login"], seconds["empty"]), 1.15),
        Figure("to the painted sample grid, ms", median(seconds["grid"]) * MS, empty,
               ratio(seconds["grid"], seconds["empty"]), 3.5),
        Figure("typing held up at most while the rest is imported, ms", max(float(run.said) for run in runs["typing"]),
               None, None, 50),
        Figure("memory at the first input field, MB (peer: empty window)", memory["login"], memory["empty"], None, 65),
        Figure("memory at the sample grid, MB", memory["grid"], memory["empty"]),
    ]


def start(command: list[str], surroundings: dict[str, str]) -> Run:
    """Start a process and wait until it says a line; raises CalledProcessError when it fails."""
    began = perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.readline().decode().strip()
        seconds = perf_counter() - began
        process.stdout.read()
        code, memory = _wait(process)
    if code:
        raise subprocess.CalledProcessError(code, command)
    return Run(seconds, memory, said)


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Exit code and peak memory in MiB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return process.wait(), 0.0
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_maxrss / MIB / (MIB if sys.platform == "darwin" else 1)
