"""The contracts of who may import whom hold; and each of them is seen to break on a tree made to break it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "pyproject.toml"
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

TREE = (
    "app", "cli", "i18n",
    "ui/shell", "ui/pages", "ui/kit/lane", "ui/floorplan/page", "ui/reception/page", "ui/reports/plots",
    "print/receipt", "services/deals", "data/deals", "domain/deals",
)
"""Enough of the tree for every contract to have something to look at."""

INNOCENT = {
    "app": "from salescenter.ui import shell",
    "ui/shell": "from salescenter.ui.pages import PAGES",
    "ui/pages": "from salescenter.ui.floorplan import page\nPAGES = (page,)",
    "ui/floorplan/page": "import PySide6, salescenter.services.deals\nfrom salescenter.ui.kit import lane",
    "ui/reports/plots": "import numpy, pyqtgraph",
    "print/receipt": "import reportlab\nfrom salescenter import i18n",
    "services/deals": "import sqlalchemy\nfrom salescenter.data import deals",
    "data/deals": "import sqlite3, os\nfrom salescenter.domain import deals",
    "domain/deals": "from decimal import Decimal",
}
"""What each part may do: on this tree every contract is kept."""

FORBIDDEN = [
    ("Work flows one way", "data/deals", "salescenter.services.deals"),
    ("Work flows one way", "domain/deals", "salescenter.data.deals"),
    ("Work flows one way", "services/deals", "salescenter.print.receipt"),
    ("Work flows one way", "services/deals", "salescenter.ui.kit.lane"),
    ("Work flows one way", "ui/reception/page", "salescenter.app"),
    ("Work flows one way", "i18n", "salescenter.domain.deals"),
    ("Only the screens know Qt", "services/deals", "PySide6"),
    ("Only the screens know Qt", "print/receipt", "shiboken6"),
    ("Only data and services know SQL", "ui/reception/page", "sqlalchemy"),
    ("Only data and services know SQL", "print/receipt", "sqlite3"),
    ("Screens never see tables", "ui/floorplan/page", "salescenter.data.deals"),
    ("Papers set type", "print/receipt", "salescenter.data.deals"),
    ("Only print knows reportlab", "ui/kit/lane", "reportlab"),
    ("Rules know no world", "domain/deals", "random"),
    ("Rules know no world", "domain/deals", "os"),
    ("Rules know no world", "domain/deals", "salescenter.i18n"),
    ("Tables speak to nobody", "data/deals", "salescenter.i18n"),
    ("One screen never reaches into another", "ui/reception/page", "salescenter.ui.floorplan.page"),
    ("One screen never reaches into another", "ui/kit/lane", "salescenter.ui.reception.page"),
    ("One screen never reaches into another", "ui/reports/plots", "salescenter.ui.shell"),
    ("Plots are drawn by the reports alone", "ui/reception/page", "pyqtgraph"),
    ("Plots are drawn by the reports alone", "services/deals", "numpy"),
]
"""Contract, the module that breaks it, and what it imports."""


def contract_names() -> list[str]:
    return [each["name"] for each in tomllib.loads(CONFIG.read_text("utf-8"))["tool"]["importlinter"]["contracts"]]


def lint(folder: Path) -> tuple[int, str]:
    """Run the linter on the `salescenter` package of a folder; exit code and report."""
    ended = subprocess.run(
        [sys.executable, "-c", LINT, "--config", str(CONFIG), "--no-cache"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "300", "NO_COLOR": "1"},
        check=False, capture_output=True, text=True, encoding="utf-8",
    )
    return ended.returncode, ended.stdout + ended.stderr


def plant(folder: Path, sources: dict[str, str]) -> Path:
    """Write a small `salescenter` package, each module with the source given for it."""
    for module in TREE:
        file = folder / "salescenter" / f"{module}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(sources.get(module, ""), "utf-8")
    for package in (folder / "salescenter").rglob("*"):
        if package.is_dir():
            (package / "__init__.py").touch()
    (folder / "salescenter" / "__init__.py").touch()
    return folder


def sections(report: str) -> dict[str, str]:
    """Cut the report's list of broken contracts into one text for each contract."""
    titles = "|".join(map(re.escape, contract_names()))
    parts = re.split(f"^({titles})$", report.partition("Broken contracts")[2], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the linter says of a tree that does everything that is forbidden."""
    sources = dict(INNOCENT)
    for _, module, imported in FORBIDDEN:
        sources[module] = f"{sources.get(module, '')}\nimport {imported}"
    code, report = lint(plant(tmp_path_factory.mktemp("broken"), sources))
    assert code == 1, report
    return sections(report)


def test_the_program_keeps_every_contract() -> None:
    code, report = lint(ROOT)
    assert code == 0, report


def test_a_tree_that_does_only_what_it_may_keeps_every_contract(tmp_path: Path) -> None:
    code, report = lint(plant(tmp_path, INNOCENT))
    assert code == 0, report


@pytest.mark.parametrize(("contract", "module", "imported"), FORBIDDEN)
def test_a_forbidden_import_is_reported(contract: str, module: str, imported: str, broken: dict[str, str]) -> None:
    told = next(text for name, text in broken.items() if name.startswith(contract))
    importer = f"salescenter.{module.replace('/', '.')}"
    assert re.search(rf"{re.escape(importer)} -> {re.escape(imported)}\b", told), told


def test_a_new_module_at_the_top_must_find_its_floor(tmp_path: Path) -> None:
    folder = plant(tmp_path, INNOCENT)
    (folder / "salescenter" / "manager.py").touch()
    code, report = lint(folder)
    assert code == 1
    assert "salescenter.manager" in report


def test_every_contract_is_seen_to_break() -> None:
    seen = tuple(contract for contract, _, _ in FORBIDDEN)
    assert [name for name in contract_names() if not name.startswith(seen)] == []
