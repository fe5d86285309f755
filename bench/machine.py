"""The facts of the PC a figure was taken on; figures of two PCs do not compare."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("PySide6_Essentials", "SQLAlchemy", "reportlab", "pyqtgraph", "numpy")


def facts() -> dict[str, str]:
    """What to print above a table of figures."""
    return {
        "system": platform.platform(terse=True),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": _memory(),
        "load before": f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "libraries": ", ".join(f"{name} {_version(name)}" for name in LIBRARIES),
        "screen": os.environ.get("QT_QPA_PLATFORM", "a real one"),
        "commit": _commit(),
    }


def _processor() -> str:
    return _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()


def _memory() -> str:
    kib = _line("/proc/meminfo", "MemTotal").split()
    return f"{int(kib[0]) / 1024 / 1024:.0f} GiB" if kib else ""


def _line(file: str, name: str) -> str:
    path = Path(file)
    lines = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def _commit() -> str:
    command = ["git", "-C", str(Path(__file__).resolve().parent), "describe", "--always", "--dirty"]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    return told.stdout.strip()
