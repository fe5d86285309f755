"""Reads the sheets of an Excel workbook or a CSV file into plain rows of cells."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from salescenter.domain.refusals import SheetUnreadable
from salescenter.domain.sheet_values import Cell
from salescenter.services.decoding import decoded

Row = Sequence[Cell]
Range = tuple[tuple[int, int], tuple[int, int]]
"""A merged range: first and last (row, column), counted from 0, both inclusive."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: all rows from the first on, each equally wide; hidden ones are read too, and say so."""

    name: str
    rows: Sequence[Row]
    merged: tuple[Range, ...] = ()
    hidden: bool = False

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as it was read."""

    name: str
    sheets: tuple[Sheet, ...]


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",\t;|"


def read_book(path: Path) -> Book:
    """Read .xls, .xlsx or .csv by what the file is, whatever its name says; refuses with SheetUnreadable."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as trouble:
        raise SheetUnreadable(path=str(path), why="cannot-open", said=trouble.strerror or "") from trouble
    if not start:
        raise SheetUnreadable(path=str(path), why="empty", said="")
    return _workbook(path) if start.startswith((_ZIP, _OLE)) else _text(path)


def _workbook(path: Path) -> Book:
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:  # a path would go by its suffix
            hidden = {one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
            return Book(path.name, tuple(_sheet(book, name, name in hidden) for name in book.sheet_names))
    except PasswordError as trouble:
        raise SheetUnreadable(path=str(path), why="password", said="") from trouble
    except (CalamineError, OSError) as trouble:
        raise SheetUnreadable(path=str(path), why="damaged", said=str(trouble)) from trouble


def _sheet(book: CalamineWorkbook, name: str, hidden: bool) -> Sheet:
    found: CalamineSheet = book.get_sheet_by_name(name)
    return Sheet(name, found.to_python(skip_empty_area=False), tuple(found.merged_cell_ranges or ()), hidden)


def _text(path: Path) -> Book:
    text = _decoded(path)
    if "\0" in text:
        raise SheetUnreadable(path=str(path), why="not-a-table", said="")
    if text.lstrip()[:1] == "<":
        raise SheetUnreadable(path=str(path), why="web-page", said="")
    lines = text.splitlines(keepends=True)
    first = "".join(lines[:20])
    delimiter = max(_DELIMITERS, key=first.count)
    rows = list(csv.reader(lines, delimiter=delimiter))
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Book(path.name, (Sheet(path.stem, rows),))


def _decoded(path: Path) -> str:
    text = decoded(path.read_bytes())
    if text is None:
        raise SheetUnreadable(path=str(path), why="encoding", said="")
    return text


def letter(index: int) -> str:
    """Name a column as the spreadsheet does: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
