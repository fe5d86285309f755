"""A small disk of the test's own that can really be full; only root may lay one, and not everywhere."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

REST = "rest"
"""The file that takes the room."""


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """Lay a disk of so many megabytes at a place of its own; the test is skipped where that cannot be."""
    place.mkdir()
    lay = ("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(place))
    if not shutil.which("mount") or subprocess.run(lay, check=False, capture_output=True).returncode:
        pytest.skip("only root may lay a disk of its own, and not everywhere")
    try:
        yield place
    finally:
        subprocess.run(("umount", "-l", place), check=True)


def fill(place: Path, left: int = 0) -> None:
    """Take all the room of a disk but so many bytes."""
    (place / REST).write_bytes(bytes(shutil.disk_usage(place).free - left))


def empty(place: Path) -> None:
    """Give the room back."""
    (place / REST).unlink()
