"""Importing units from .xlsx: read, recognised, checked, compared and stored, beside reading and inserting alone."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.figure import Figure
from bench.timing import MS, in_turns, ratio
from salescenter.data.estate import unit
from salescenter.services.importing.draft import draft_units
from salescenter.services.importing.plan import plan
from salescenter.services.importing.store import carry_out
from salescenter.services.new_house import NewHouse, make_house

NAME = "import"
SIZES = {"small": 2_000, "full": 20_000}
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
HEADER = ("楼栋", "单元", "楼层", "房号", "户型", "用途", "朝向", "建筑面积", "套内面积", "单价", "总价", "备注")


def measure(size: str) -> list[Figure]:
    """Import a made-up list into a new database, and read and insert the same rows, in turns."""
    units = SIZES.get(size, SIZES["full"])
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        book = _book(here / "units.xlsx", units)
        number = count()
        stored = _stored_rows(here, book)
        taken = in_turns(
            {
                "import": lambda: _import(here / f"ours{next(number)}.db", book),
                "peer": lambda: _read_and_insert(here / f"peer{next(number)}.db", book, stored),
                "draft": lambda: draft_units(book),
                "read": lambda: _read(book),
            },
            rounds=5,
        )
    best = {name: min(seconds) * MS for name, seconds in taken.items()}
    return [
        Figure(f"{units:,} units from .xlsx, checked and stored, ms", best["import"], best["peer"],
               ratio(taken["import"], taken["peer"]), 3.0),
        Figure("of this reading and checking, ms", best["draft"], best["read"], ratio(taken["draft"], taken["read"])),
    ]  # fmt: skip


def _book(path: Path, units: int) -> Path:
    rng = Random(3)
    book: Any = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("房源")
    page.write_row(0, 0, HEADER)
    for i in range(units):
        floor, room = i // 4 % 50 + 1, i % 4 + 1
        area, price = round(rng.uniform(60, 180), 2), rng.randint(8_000, 20_000)
        name, stair = f"{i // 400 + 1}号楼", f"{i // 200 % 2 + 1}单元"
        page.write_row(i + 1, 0, (
            name, stair, floor, f"{floor}{room:02d}", "三室两厅两卫", "住宅", "南", area,
            round(area * 0.8, 2), price, round(area * price, 2), "",
        ))  # fmt: skip
    book.close()
    return path


def _import(database: Path, book: Path) -> None:
    house = make_house(database, NewHouse("云栖花园", "经理", "manager"))
    desk = house.log_in("manager", "")
    carry_out(desk, plan(desk, draft_units(book)), NOW)
    house.close()


def _read(book: Path) -> list[list[Any]]:
    with CalamineWorkbook.from_path(book) as opened:
        return opened.get_sheet_by_index(0).to_python()


def _stored_rows(folder: Path, book: Path) -> list[tuple[Any, ...]]:
    """The rows an import stores, so that the peer inserts the very same."""
    _import(folder / "first.db", book)
    with closing(sqlite3.connect(folder / "first.db")) as database:
        return database.execute("SELECT * FROM unit").fetchall()


def _read_and_insert(database: Path, book: Path, rows: list[tuple[Any, ...]]) -> None:
    """The peer: calamine's read, then `executemany` of the finished rows, with the same safety of the disk."""
    house = make_house(database, NewHouse("云栖花园", "经理", "manager"))
    house.close()
    _read(book)
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(f"INSERT INTO unit VALUES ({','.join('?' * len(unit.c))})", rows)
        raw.execute("COMMIT")
