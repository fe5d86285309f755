"""Workbooks and ledgers in the shapes found in real sales centres, with made-up contents."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from salescenter.services.importing.reader import Range, Sheet

Rows = Sequence[Sequence[Any]]


def write_book(path: Path, sheets: dict[str, Rows], merged: dict[str, Sequence[Range]] | None = None) -> Path:
    """Write rows as an .xlsx; days are written as real dates, merged ranges keep their first cell."""
    book: Any = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            page.write_row(at, 0, ["" if cell is None else cell for cell in row])
        for (top, left), (bottom, right) in (merged or {}).get(name, ()):
            page.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return path


def write_csv(path: Path, rows: Rows, encoding: str, delimiter: str = ",") -> Path:
    """Write rows as text in an encoding."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def sheet(rows: Rows, merged: Sequence[Range] = (), name: str = "Sheet1") -> Sheet:
    """Make a sheet as the reader would: every row equally wide."""
    width = max((len(row) for row in rows), default=0)
    return Sheet(name, [[*row, *[""] * (width - len(row))] for row in rows], tuple(merged))
