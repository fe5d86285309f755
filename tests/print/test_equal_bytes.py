"""Equal papers are equal bytes: in another process, place and language, and whatever was printed before them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.print.test_papers import PAPERS

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "99", "TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "FONTCONFIG_PATH": "/nowhere", "HOME": "/nowhere"},
)
ALONE = "from tests.print.test_equal_bytes import printed; print(printed({back}))"


def printed(back: bool) -> str:
    """Print every kind of paper, in this order or from the last, and say what came of it."""
    found = {name: hashlib.sha256(pdf(make())).hexdigest() for name, (make, pdf) in sorted(PAPERS.items(), reverse=back)}
    return " ".join(f"{name}:{found[name]}" for name in sorted(found))


def test_equal_papers_are_equal_bytes_wherever_and_in_whatever_order_they_are_printed() -> None:
    said = [
        subprocess.run([sys.executable, "-c", ALONE.format(back=back)], cwd=ROOT, env=os.environ | place, check=True,
                       stdout=subprocess.PIPE, text=True).stdout.split()
        for back, place in zip((False, True), PLACES, strict=True)
    ]  # fmt: skip
    assert len(said[0]) == len(PAPERS)
    assert said[0] == said[1]
