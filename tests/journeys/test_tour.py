"""The main job through the real windows, in both languages, as the tour drives it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from salescenter.domain.papers.check import PRINTED, PaperKind
from salescenter.services.papers.house import HOUSE

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {"job", "whole", "form", "test"}
"""What is printed beside the kinds of papers: many at once, a deal's whole file, a form, the ruled sheet."""

LATER = {PaperKind.DESTRUCTION}
"""No paper of a sample one year old is past its years."""

WATCHED = """
import sys, threading
from pathlib import Path

class Watch:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is not threading.main_thread() and asks_qt(name, path):
            print("imported aside:", name)

def asks_qt(name, path):
    file = Path(next(iter(path or [""])), name.rpartition(".")[2] + ".py")
    if name.startswith("salescenter.") and file.exists():
        return "PySide6" in file.read_text(encoding="utf-8")
    return name.partition(".")[0] in ("PySide6", "shiboken6", "pyqtgraph")

sys.meta_path.insert(0, Watch())
from salescenter.app import main
sys.exit(main(sys.argv[1:]))
"""
"""The program, telling what is imported by another thread than the screen's and uses Qt."""


@pytest.mark.parametrize(("language", "program"), [("zh_CN", ["main.py"]), ("en", ["-c", WATCHED])])
def test_the_tour_sells_a_flat_with_keys_and_mouse_and_leaves_pictures_and_papers(
    tmp_path: Path, language: str, program: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, *program, "--tour", str(tmp_path), "--lang", language],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "imported aside" not in done.stdout, "two threads that make Qt's types at once end the process"
    told = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))
    steps = {step["name"]: step for step in told["steps"]}
    assert told["language"] == language
    assert steps["register a known visitor"]["keys"] <= 10
    assert steps["register a known visitor"]["clicks"] == 0
    assert steps["register a new visitor"]["keys"] <= 50
    pictures = [name for step in told["steps"] for name in step["pictures"]]
    papers = [name for step in told["steps"] for name in step["papers"]]
    assert all((tmp_path / name).stat().st_size > 5_000 for name in pictures)
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF") for name in papers)
    chinese = {kind for kind, form in HOUSE.items() if not form.english} if language != "zh_CN" else set()
    printed = {name.split("-")[2].removesuffix(".pdf") for name in papers}
    assert printed == PAPERS | {kind.value for kind in PRINTED if kind not in LATER | chinese}
    assert len(pictures) >= 40
