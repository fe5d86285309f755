"""Writing the files that leave the house: papers, lists, pictures."""

from __future__ import annotations

import os
from pathlib import Path

from salescenter.domain.refusals import CannotWrite


def write_file(path: str | Path, data: bytes) -> None:
    """Write a file whole or not at all; raises CannotWrite with what keeps it from being written.

    It is written beside its place and moved there, so that whoever looks never sees half a file, and a disk that is
    full leaves the file that was there before.
    """
    file = Path(path)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        fresh.write_bytes(data)
        fresh.replace(file)
    except OSError as trouble:
        fresh.unlink(missing_ok=True)
        raise CannotWrite(path=str(file), why=trouble.strerror or "") from trouble
