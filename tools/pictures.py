"""The README's pictures, taken from a tour in each language: `python -m tools.pictures`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"

SHOWN = {
    "grid": "grid-card-subscribed",
    "reception": "reception-known-visitor",
    "deal": "subscribe",
    "paper": "preview-receipt",
    "reports": "reports",
}
"""Name in the README -> name of the tour's picture."""


def main() -> int:
    """Run both tours and copy what the READMEs show; 1 where a tour failed."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for language in ("zh_CN", "en"):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "main.py", "--tour", folder, "--lang", language], cwd=ROOT, check=False
            )
            if done.returncode:
                return 1
            for name, taken in SHOWN.items():
                found = min(Path(folder).glob(f"[0-9][0-9]-{taken}.png"))
                shutil.copyfile(found, PICTURES / f"{name}-{language}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
