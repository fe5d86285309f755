"""Pin every dependency with its hashes, for all platforms at once: `python -m tools.compile_requirements`.

Needs `uv` on the PATH or in this Python (`pip install uv`); pip alone suffices to install the result. The files name
no index, no host and no folder, so they mean the same everywhere.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES: dict[str, tuple[str, ...]] = {
    "requirements.txt": (),
    "requirements-dev.txt": ("--extra", "dev", "--constraint", "requirements.txt"),
}
"""Each file and what it takes in beside the program's own needs; both pin the same versions."""

HEADER = "# Made from pyproject.toml by `python -m tools.compile_requirements`; do not edit.\n"
OPTIONS = (
    "--universal", "--generate-hashes", "--python-version", "3.11",
    "--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
)


def main() -> int:
    """Write both files anew; versions already pinned stay unless `--upgrade` is given."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        print("uv is not here: pip install uv", file=sys.stderr)
        return 2
    for name, extras in FILES.items():
        target = ROOT / name
        command = [uv, "pip", "compile", *OPTIONS, *extras, *sys.argv[1:], "pyproject.toml", "-o", name]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        target.write_text(HEADER + target.read_text("utf-8"), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
