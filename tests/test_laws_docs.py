"""Laws of the documents: links lead somewhere, both READMEs give the same commands, and CI runs just those."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
RUN = "python3 -m venv .venv && .venv/bin/pip install -q -r requirements.txt && .venv/bin/python main.py --demo"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q -r requirements-dev.txt && .venv/bin/python -m pytest"


def on_windows(command: str) -> str:
    return command.replace("python3 -m venv", "py -m venv").replace(".venv/bin/", ".venv\\Scripts\\")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
@pytest.mark.parametrize("command", [RUN, TEST])
def test_both_readmes_give_the_two_commands_on_a_line_of_their_own(readme: str, command: str) -> None:
    lines = (ROOT / readme).read_text("utf-8").splitlines()
    assert {command, on_windows(command)} <= set(lines)


def test_continuous_integration_finds_the_commands_in_the_readme() -> None:
    patterns = re.findall(r"\$\(readme '([^']+)'\)", (ROOT / ".ci" / "run").read_text("utf-8"))
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    wanted = [re.compile(rf"^ *python3 -m venv .*{pattern}$") for pattern in patterns]
    assert [next(line for line in lines if each.search(line)) for each in wanted] == [RUN, TEST]


@pytest.mark.skipif(sys.platform == "win32", reason="the script is for Debian")
def test_the_script_that_guards_the_house_is_a_sound_script() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(script)], check=True)


FILE = re.compile(r"`((?:[\w.*-]+/)*[\w*-]+\.(?:py|toml|txt|md|qss|sh))`|`((?:[\w.-]+/)+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_and_folder_a_page_names_is_there(page: Path) -> None:
    named = {file or folder for file, folder in FILE.findall(page.read_text("utf-8"))}
    assert sorted(name for name in named if not any(ROOT.glob(name)) and not any(ROOT.glob(f"[!.]*/**/{name}"))) == []


def test_the_index_of_decisions_lists_every_page_by_its_own_title() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"^\| \[(\d{4})\]\((\S+)\) \| (.+) \|$", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    pages = sorted(folder.glob("[0-9]*.md"))
    assert [name for _, name, _ in listed] == [page.name for page in pages]
    heads = [page.read_text("utf-8").partition("\n")[0].removeprefix("# ") for page in pages]
    assert [f"{number} {title}" for number, _, title in listed] == heads
    assert [int(number) for number, _, _ in listed] == list(range(1, len(pages) + 1))
