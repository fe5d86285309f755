"""Write the first migration from the tables as they stand: `python -m tools.first_migration [check]`.

Until the first release there is one migration and it follows the tables; afterwards it never changes again, and the
tables move on by migrations of their own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import render_op
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateIndexOp, CreateTableOp
from sqlalchemy import Table
from sqlalchemy.types import TypeDecorator

from salescenter.data.deals import spell_out_the_last_guard
from salescenter.data.migrations import HERE, VERSIONS
from salescenter.data.tables import AREAS, metadata

VERSION = "0001"
FOLDER = HERE / "first"
PACKAGE = "salescenter.data.migrations.first"
SOURCE = "tools/first_migration.py"


def files() -> dict[Path, str]:
    """Every file of the first migration and its text."""
    areas = {area.__name__.rpartition(".")[2]: _tables(area) for area in AREAS}
    made = {FOLDER / f"{name}.py": _area(name, tables) for name, tables in areas.items()}
    made[FOLDER / "__init__.py"] = '"""The tables of the first version, one module for each area."""\n'
    made[VERSIONS / f"{VERSION}_first.py"] = _version(list(areas))
    return {path: _formatted(text) for path, text in made.items()}


def stale() -> list[str]:
    """Name the files that no longer say what the tables say."""
    there = {*FOLDER.glob("*.py"), *VERSIONS.glob(f"{VERSION}_*.py")}
    wanted = files()
    differing = {path for path, text in wanted.items() if path not in there or path.read_text("utf-8") != text}
    return sorted(path.relative_to(HERE).as_posix() for path in differing | (there - wanted.keys()))


def main(words: list[str]) -> int:
    """Write the files, or with `check` say which are stale."""
    if words == ["check"]:
        found = stale()
        print("\n".join(f"{name}: write it again with python -m tools.first_migration" for name in found))
        return int(bool(found))
    shutil.rmtree(FOLDER, ignore_errors=True)
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return 0


def _tables(area: ModuleType) -> list[Table]:
    """The tables an area's module holds, each after those it points at."""
    held = {value for value in vars(area).values() if isinstance(value, Table)}
    return [table for table in metadata.sorted_tables if table in held]


def _area(name: str, tables: list[Table]) -> str:
    known = _context()
    orders: list[Any] = []
    for table in tables:
        orders.append(CreateTableOp.from_table(table))
        orders += [CreateIndexOp.from_index(i) for i in sorted(table.indexes, key=lambda i: str(i.name))]
    lines = [line for order in orders for line in render_op(known, order)]
    body = "\n".join(lines).replace("\n", "\n    ")
    return (
        f'"""Tables of {name} as the first version made them (written by {SOURCE})."""\n\n'
        "from __future__ import annotations\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n\n"
        f'def make() -> None:\n    """Make them, each after those it points at."""\n    {body}\n'
    )


def _context() -> AutogenContext:
    options = {"render_item": _plain, "sqlalchemy_module_prefix": "sa.", "alembic_module_prefix": "op."}
    spell_out_the_last_guard()
    plan = MigrationContext.configure(dialect_name="postgresql", opts=options | {"target_metadata": metadata})
    return AutogenContext(plan, metadata=metadata)


def _plain(kind: str, item: Any, _: AutogenContext) -> str | bool:
    """Write a type of ours as the plain one it is kept as: a migration must not change when our types do."""
    return f"sa.{type(item.impl_instance).__name__}()" if kind == "type" and isinstance(item, TypeDecorator) else False


def _version(areas: list[str]) -> str:
    steps = "\n".join(f"    {name}.make()" for name in areas)
    return (
        f'"""The first version: every table (written by {SOURCE})."""\n\nfrom __future__ import annotations\n\n'
        f"from {PACKAGE} import {', '.join(areas)}\n\n"
        f'revision = "{VERSION}"\ndown_revision = None\n\n\n'
        f'def upgrade() -> None:\n    """Make every table, area by area."""\n{steps}\n'
    )


def _formatted(text: str) -> str:
    ruff = Path(sys.executable).with_name("ruff")
    for words in (["check", "--select", "I", "--fix", "--quiet"], ["format", "--quiet"]):
        command = [str(ruff), *words, "--line-length", "120", "--stdin-filename", "first.py", "-"]
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    return text


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
