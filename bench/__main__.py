"""Take the measurements: `python -m bench [NAME ...] [--json FILE] [--size small|full]`.

Every module of this folder with a constant `NAME` and a function `measure(size) -> list of Figure` is one bench. Each
runs in a process of its own, so that none inherits another's memory or imports. Ends with 1 only when a bench crashed:
a figure over its limit is told, not punished.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import machine
from bench.figure import Figure, table

HERE = Path(__file__).resolve().parent
ALONE = "SALESCENTER_BENCH_ALONE"
"""Set in the process that takes one bench's figures; they go to standard output as JSON, after `MARK`."""
MARK = "figures: "


def benches() -> dict[str, str]:
    """Name of each bench and its module, read without importing any."""
    found = {}
    for file in sorted(HERE.glob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            match node:
                case ast.Assign(targets=[ast.Name(id="NAME")], value=ast.Constant(value=str(name))):
                    found[name] = f"bench.{file.stem}"
    return found


def take(name: str, size: str) -> list[Figure] | None:
    """Take one bench's figures in a process of its own; None when it crashed."""
    command = [sys.executable, "-m", "bench", name, "--size", size]
    told = subprocess.run(command, cwd=HERE.parent, env={**os.environ, ALONE: "1"}, check=False, stdout=subprocess.PIPE,
                          text=True, encoding="utf-8")
    lines = [line for line in told.stdout.splitlines() if line.startswith(MARK)]
    if told.returncode or not lines:
        print(f"{name}: crashed (exit {told.returncode})\n{told.stdout}", file=sys.stderr)
        return None
    return [Figure(*row) for row in json.loads(lines[-1].removeprefix(MARK))]


def take_here(module: str, size: str) -> None:
    """Be that process."""
    print(MARK + json.dumps(list(importlib.import_module(module).measure(size))), flush=True)


def read_words(known: dict[str, str]) -> argparse.Namespace:
    """Read the command line."""
    words = argparse.ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0] if __doc__ else "")
    words.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(known)}; all when none is given")
    words.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file, too")
    words.add_argument("--size", choices=("small", "full"), default="full", help="small is a quick try")
    asked = words.parse_args()
    if unknown := set(asked.names) - set(known):
        words.error(f"no such bench: {', '.join(sorted(unknown))}")
    return asked


def main() -> int:
    """Measure what was asked for, print the table; 1 when a bench crashed."""
    known = benches()
    asked = read_words(known)
    if ALONE in os.environ:
        take_here(known[asked.names[0]], asked.size)
        return 0
    facts = machine.facts()
    print("\n".join(f"{what}: {fact}" for what, fact in facts.items()), end="\n\n", flush=True)
    taken = {name: take(name, asked.size) for name in asked.names or known}
    figures = [(name, figure) for name, given in taken.items() for figure in given or ()]
    print(table(figure.cells(name) for name, figure in figures))
    if asked.json:
        told: dict[str, Any] = {"machine": facts, "size": asked.size, "figures": [f.facts(name) for name, f in figures]}
        asked.json.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return int(None in taken.values())


if __name__ == "__main__":
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    raise SystemExit(main())
