"""The main job through the real windows, in both languages, as the tour drives it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from salescenter.domain.papers.check import PRINTED, PaperKind
from salescenter.domain.receipts import MoneyKind
from salescenter.i18n import tr
from salescenter.money_words import item_words, kind_words
from salescenter.reception_words import sheet_words
from salescenter.services.papers.house import HOUSE
from salescenter.services.reception_rules import Contact
from tests.print import reading
from tests.print.reading import words

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {"job", "whole", "form", "test"}
"""What is printed beside the kinds of papers: many at once, a deal's whole file, a form, the ruled sheet."""

RECEIPTED = (MoneyKind.DEPOSIT, MoneyKind.PRICE, MoneyKind.COLLECTED)
"""Kinds of money of which a receipt is listed among the documents of the house, beside early money turned into another."""

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
    assert {name: found for name in papers if (found := reading.astray((tmp_path / name).read_bytes(), margin(name)))} == {}
    printed = {name.split("-")[2].removesuffix(".pdf") for name in papers}
    assert printed == PAPERS | {kind.value for kind in PRINTED if kind not in chinese}
    assert unseen_editions(tmp_path, papers, language) == []
    assert len(pictures) >= 40


def margin(name: str) -> float:
    """How near to its edges a paper may come (points): a form is as wide as it is, marks stand in the margin."""
    return 0.0 if name.split("-")[2].removesuffix(".pdf") in ("whole", "form", "test") else 6.0


def unseen_editions(folder: Path, papers: list[str], language: str) -> list[str]:
    """Name every edition that is on no paper of its kind, by the words only that edition bears."""
    read: dict[str, list[str]] = {}
    for name in papers:
        read.setdefault(name.split("-")[2].removesuffix(".pdf"), []).append(words((folder / name).read_bytes()))
    return [
        f"{kind}: {said}" for kind, said in editions(language)
        if not any("".join(said.split()) in paper for paper in read.get(kind.value, ()))
    ]  # fmt: skip


def editions(language: str) -> list[tuple[PaperKind, str]]:
    """The papers of one kind that are different papers to the house, as issue 4 lists them, and what each is known by.

    A contract is Chinese whoever prints it, so the completed home's is printed in the Chinese tour alone.
    """
    into_deposit = tr("turned into: {item}", context="paper", lang=language, item=item_words("deposit", language))
    small = kind_words(MoneyKind.SMALL_DEPOSIT, language)
    money = (*(kind_words(kind, language) for kind in RECEIPTED), f"{small}{into_deposit}")
    sales = ("（预售）", "（现售）") if language == "zh_CN" else ("（预售）",)
    return [
        *((PaperKind.RECEIPT, said) for said in money),
        *((PaperKind.CONTRACT, said) for said in sales),
        *((PaperKind.REGISTRATION, sheet_words(kind, language)) for kind in Contact),
    ]


def test_an_edition_that_no_paper_bears_is_named(tmp_path: Path) -> None:
    assert unseen_editions(tmp_path, [], "en") == [f"{kind}: {said}" for kind, said in editions("en")]
