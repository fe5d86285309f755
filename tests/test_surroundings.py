"""The environment is written before there is a second thread, and then by nobody: a C library reads it without a lock."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent / "salescenter"

BEFORE_A_WINDOW = {"__init__.py", "cli.py", "tour/run.py"}
"""Who may write the environment: what runs before the first window, and so before the first lane."""

WATCHED = """
import importlib, sys
import salescenter
import PySide6.QtWidgets  # writes for itself, before any window
written = []
sys.addaudithook(lambda event, told: written.append(told) if event in ("os.putenv", "os.unsetenv") else None)
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError:  # another system's
        pass
from salescenter.services.names import spell
assert spell("钱多多"), "nothing was spelt"
assert "numpy" in sys.modules and "pypinyin" in sys.modules
sys.exit(f"written: {written}" if written else 0)
"""


def sources() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PROGRAM.rglob("*.py")):
        yield file.relative_to(PROGRAM).as_posix(), ast.parse(file.read_text("utf-8"))


def imported() -> set[str]:
    """Every module the program imports at any time, ours among them."""
    found: set[str] = set()
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
    return found


def writes_environment(tree: ast.Module) -> bool:
    """Say whether a module sets or takes away a variable, or changes the mapping by a method of its."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load) and _is_environ(node.value):
            return True
        if isinstance(node, ast.Attribute):
            if node.attr in {"putenv", "unsetenv", "qputenv", "qunsetenv"}:
                return True
            if node.attr in {"setdefault", "update", "pop", "popitem", "clear"} and _is_environ(node.value):
                return True
    return False


def _is_environ(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute | ast.Name) and getattr(node, "attr", getattr(node, "id", "")) == "environ"


def test_nothing_that_is_imported_later_writes_the_environment() -> None:
    run = subprocess.run([sys.executable, "-c", WATCHED, *sorted(imported())], capture_output=True, text=True,
                         cwd=PROGRAM.parent, check=False)
    assert run.returncode == 0, run.stderr


def test_nobody_writes_the_environment_once_a_window_stands() -> None:
    assert {name for name, tree in sources() if writes_environment(tree)} == BEFORE_A_WINDOW
