"""The pinned files hold exactly what the project file asks for, with hashes, and both pin the same versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NOTICES = (ROOT / "THIRD_PARTY_NOTICES").read_text("utf-8")
RUN, DEV = "requirements.txt", "requirements-dev.txt"


def pins(file: str) -> dict[str, set[str]]:
    """Versions pinned for each package; a package may have one a platform."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / file).read_text("utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9_.-]+)==(\S+)", line):
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


def asked(file: str) -> list[Requirement]:
    lines = list(PROJECT["dependencies"])
    return [Requirement(line) for line in (lines + PROJECT["optional-dependencies"]["dev"] if file == DEV else lines)]


@pytest.mark.parametrize("file", [RUN, DEV])
def test_every_need_is_pinned_within_its_bounds(file: str) -> None:
    found = pins(file)
    outside = [
        f"{need} has {found.get(canonicalize_name(need.name))}"
        for need in asked(file)
        if not any(need.specifier.contains(version) for version in found.get(canonicalize_name(need.name), set()))
    ]
    assert outside == []


def test_the_tests_run_on_the_versions_the_program_runs_on() -> None:
    run, dev = pins(RUN), pins(DEV)
    assert {name: versions for name, versions in run.items() if dev.get(name) != versions} == {}


@pytest.mark.parametrize("file", [RUN, DEV])
def test_every_pin_carries_hashes_and_no_address(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.search(r"://|--(extra-)?index|--find-links| @ ", text) is None


def test_the_library_that_aborts_on_this_python_is_kept_out() -> None:
    assert all(int(version.split(".")[1]) < 12 for version in pins(RUN)["pyside6-essentials"])


@pytest.mark.parametrize("file", [RUN, DEV])
def test_every_library_is_named_with_its_licence(file: str) -> None:
    named = set(re.findall(r"^([a-z0-9-]+) \| \S.*\| ", NOTICES, re.MULTILINE))
    assert sorted(set(pins(file)) - named) == []


def test_every_font_is_named_with_its_licence() -> None:
    fonts = [font.name for font in (ROOT / "resources" / "fonts").glob("*.?tf")]
    assert fonts
    assert [font for font in fonts if font not in NOTICES] == []
