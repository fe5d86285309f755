"""The main job through the real windows, in both languages, as the tour drives it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {"quotation", "subscription", "receipt", "contract"}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_tour_sells_a_flat_with_keys_and_mouse_and_leaves_pictures_and_papers(tmp_path: Path, language: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--tour", str(tmp_path), "--lang", language],
        capture_output=True, text=True, check=False, timeout=280,
    )
    assert done.returncode == 0, done.stdout + done.stderr
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
    assert {name.split("-")[2].removesuffix(".pdf") for name in papers} == PAPERS
    assert len(pictures) >= 40
