"""Every word a paper says is in the catalogue of papers, in Chinese, and nothing there is said by none."""

from __future__ import annotations

import ast
from pathlib import Path

from salescenter.i18n import tr
from tools import catalogues

PRINT = Path(__file__).resolve().parent.parent.parent / "salescenter" / "print"


def _said() -> set[str]:
    """Literals in print/ that begin with a capital: calls of the words, and tables of them."""
    found = set()
    for file in PRINT.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.id if isinstance(node.func, ast.Name) else ""
                words = isinstance(node.func, ast.Call) and getattr(node.func.func, "id", "") == "words"
                if called == "say" or words:
                    found.add(str(node.args[0].value))
    return found


def test_every_word_of_a_paper_has_its_chinese() -> None:
    known = {entry.text for entry in catalogues.entries(catalogues.CHINESE / "print.po") if entry.context == "paper"}
    assert _said() >= {"Purchase plan", "Item", "VOID"}
    assert _said() - known == set()


def test_no_word_is_kept_that_no_paper_says() -> None:
    source = "".join(file.read_text("utf-8") for file in PRINT.glob("*.py"))
    for entry in catalogues.entries(catalogues.CHINESE / "print.po"):
        assert f'"{entry.text}"' in source or f"'{entry.text}'" in source, entry.text


def test_a_paper_speaks_its_own_language() -> None:
    assert tr("Total", context="paper", lang="zh_CN") == "合计"
    assert tr("Total", context="paper", lang="en") == "Total"
