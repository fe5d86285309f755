"""Laws of the source: small files that say what they are, no clock below the screens, nothing of one machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 400

SPEAKS_OF_ONE_MACHINE = {
    # written so that no pattern matches itself and this file keeps its own law
    "a package registry": r"pypi\.org|python(?:)hosted|npm(?:)js\.org|deb\.debian|anaconda\.org",
    "a folder of one PC": r"(?<![\w.])/(?:work|root|tmp|opt/wheels)/",
}

CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time"}
TIMELESS = ("domain", "data", "services", "print")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [file for file in tracked() if file.suffix == ".py"]


def layer_files(*layers: str) -> list[Path]:
    folders = [ROOT / "salescenter" / layer for layer in layers]
    return [file for file in python_files() if any(file.is_relative_to(folder) for folder in folders)]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def first_sentence(source: str) -> str:
    return (ast.get_docstring(ast.parse(source)) or "").split("\n\n")[0].strip()


def clock_readings(source: str) -> Iterator[int]:
    """Lines that ask the PC what time it is."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            owner = node.func.value
            if getattr(owner, "id", getattr(owner, "attr", "")) in CLOCK_OWNERS:
                yield node.lineno


def outside_imports(source: str) -> set[str]:
    """Top-level packages a module imports that are neither Python's own nor ours."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"salescenter"}


def machine_words(text: str) -> list[str]:
    return [f"{what}: {found[0]}" for what, p in SPEAKS_OF_ONE_MACHINE.items() if (found := re.search(p, text))]


# --- the laws


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {name_of(file): len(file.read_text("utf-8").splitlines()) for file in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_module_opens_with_one_sentence() -> None:
    first = {name_of(file): first_sentence(file.read_text("utf-8")) for file in python_files() if file.stat().st_size}
    assert [name for name, sentence in first.items() if not re.search(r"[.。`]$", sentence)] == []


def test_nothing_committed_speaks_of_one_machine() -> None:
    found = {}
    for file in tracked():
        data = file.read_bytes()
        if b"\0" not in data and (words := machine_words(data.decode("utf-8", "replace"))):
            found[name_of(file)] = words
    assert found == {}


def test_no_lock_file_with_addresses_is_committed() -> None:
    assert [name_of(f) for f in tracked() if f.stem in {"uv", "poetry", "Pipfile"} and f.suffix == ".lock"] == []


def test_time_is_a_parameter_below_the_screens() -> None:
    asked = {name_of(file): list(clock_readings(file.read_text("utf-8"))) for file in layer_files(*TIMELESS)}
    assert {name: lines for name, lines in asked.items() if lines} == {}


def test_the_rules_know_only_the_standard_library() -> None:
    outside = {name_of(file): outside_imports(file.read_text("utf-8")) for file in layer_files("domain")}
    assert {name: packages for name, packages in outside.items() if packages} == {}


# --- the laws see what they should


@pytest.mark.parametrize(
    ("source", "sentence"),
    [('"""One sentence."""', "One sentence."), ('"""Two\nlines.\n\nMore."""', "Two\nlines."), ("x = 1", "")],
)
def test_the_first_sentence_is_read(source: str, sentence: str) -> None:
    assert first_sentence(source) == sentence


def test_a_clock_is_heard_however_it_is_asked() -> None:
    source = "datetime.now(UTC)\ndatetime.datetime.now()\ndate.today()\ntime.time()\nself.now()\nwork.today\n"
    assert list(clock_readings(source)) == [1, 2, 3, 4]


def test_an_import_from_outside_is_seen() -> None:
    source = "import os\nimport numpy.linalg\nfrom salescenter import i18n\nfrom PySide6 import QtCore"
    assert outside_imports(source) == {"numpy", "PySide6"}


@pytest.mark.parametrize("text", ["see files.{}hosted.example", "open('/{}/x')", "cd /{}/main", "registry.{}.org"])
def test_words_of_one_machine_are_seen(text: str) -> None:
    word = {"see": "python", "ope": "root", "cd ": "work", "reg": "npmjs"}[text[:3]]
    assert len(machine_words(text.format(word))) == 1


@pytest.mark.parametrize("text", ["docs/work/plan", "../work/x", "./tmp/x", "https://example.org/root"])
def test_innocent_paths_are_left_alone(text: str) -> None:
    assert machine_words(text) == []
