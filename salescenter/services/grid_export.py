"""The control grid as an Excel sheet that looks like the grid: coloured cells, letters, merged titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from salescenter.domain.papers.grid_sheet import GridBuilding, GridCell, GridFloor, GridPaper, LegendEntry
from salescenter.services.xlsx_mark import mark_workbook
from salescenter.watermark_words import watermark

WIDEST = 30
"""Columns of cells beside each other; then the next building goes below."""

_CELL_WIDTH, _LABEL_WIDTH, _ROW_HEIGHT = 11.5, 6.0, 46.0
_A4, _A3 = 9, 8  # Excel's numbers of paper sizes


def grid_xlsx(paper: GridPaper) -> bytes:
    """Return the grid as an .xlsx file."""
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_sheet_name(paper.title))
        _Writer(book, sheet).write(paper)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A3 if paper.size == "A3" else _A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        mark_workbook(book, watermark(paper.made_by, paper.made, paper.lang), paper.title, paper.house)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A building and its upper left place on the sheet."""

    row: int
    column: int
    building: GridBuilding


class _Writer:
    """Writes one sheet; formats are made once for each look."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def write(self, paper: GridPaper) -> None:
        """Write title, legend and buildings."""
        self._sheet.write(0, 0, paper.title, self._format(bold=True, font_size=16))
        self._sheet.write(1, 0, f"{paper.house}  {paper.made:%Y-%m-%d %H:%M}  {paper.about}".strip(),
                          self._format(font_color="#5A6372"))  # fmt: skip
        self._legend(paper.legend, 2)
        for placed in _places(paper.buildings, 5):
            self._building(placed)

    def _legend(self, legend: Sequence[LegendEntry], row: int) -> None:
        self._sheet.set_row(row, 32)
        for at, entry in enumerate(legend):
            look = self._format(bg_color=entry.ground, font_color=entry.ink, text_wrap=True, align="center",
                                valign="vcenter", **_hatching(entry.hatched))  # fmt: skip
            self._merge(row, 1 + 2 * at, row, 2 + 2 * at, f"{entry.letter} {entry.name}\n{entry.said}", look)

    def _building(self, placed: _Placed) -> None:
        building, top, left = placed.building, placed.row, placed.column
        width = _columns(building)
        title = self._format(bold=True, font_size=13, bottom=1, bottom_color="#CDD3DC")
        said = f"{building.name}   {building.note}".strip()
        self._merge(top, left, top, left + width + 1, said, title)
        self._stairs(building, top + 1, left + 1)
        self._sheet.set_column(left, left, _LABEL_WIDTH)
        self._sheet.set_column(left + 1, left + width, _CELL_WIDTH)
        for at, floor in enumerate(building.floors):
            self._floor(floor, top + 2 + at, left, width)

    def _stairs(self, building: GridBuilding, row: int, left: int) -> None:
        look = self._format(align="center", font_color="#5A6372")
        for stair in building.stairs:
            if stair.columns:
                self._merge(row, left, row, left + stair.columns - 1, stair.name, look)
            left += stair.columns

    def _floor(self, floor: GridFloor, row: int, left: int, width: int) -> None:
        self._sheet.set_row(row, _ROW_HEIGHT)
        aside = self._format(align="right", valign="vcenter", font_color="#5A6372")
        self._sheet.write_string(row, left, floor.label, aside)
        for cell in floor.cells:
            self._sheet.write_string(row, left + 1 + cell.column, _words(cell), self._cell_format(cell))
        if floor.aside:
            self._sheet.write_string(row, left + width + 1, floor.aside, aside)

    def _cell_format(self, cell: GridCell) -> Any:
        return self._format(
            bg_color=cell.ground, font_color=cell.ink, text_wrap=True, valign="vcenter", font_size=9,
            border=1, border_color="#FFFFFF", **_hatching(cell.hatched),
        )  # fmt: skip

    def _merge(self, top: int, left: int, bottom: int, right: int, said: str, look: Any) -> None:
        """Merge a range; Excel knows no merging of a single cell."""
        if (top, left) == (bottom, right):
            self._sheet.write_string(top, left, said, look)
        else:
            self._sheet.merge_range(top, left, bottom, right, said, look)

    def _format(self, **how: object) -> Any:
        key = tuple(sorted(how.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(how)
        return self._formats[key]


def _hatching(hatched: bool) -> dict[str, object]:
    """Diagonal stripes, as on the screen."""
    return {"pattern": 14, "fg_color": "#FFFFFF"} if hatched else {"pattern": 1}


def _words(cell: GridCell) -> str:
    head = "  ".join(part for part in (cell.number, cell.letter, cell.flags) if part)
    return "\n".join((head, *cell.lines[:3]))


def _columns(building: GridBuilding) -> int:
    """Columns of cells; at least one, so that an empty building has a place."""
    return max(1, sum(stair.columns for stair in building.stairs))


def _places(buildings: Sequence[GridBuilding], top: int) -> Iterator[_Placed]:
    """Stand buildings side by side, and below each other when the line is full."""
    left = tallest = 0
    for building in buildings:
        width = _columns(building) + 3
        if left and left + width > WIDEST:
            top, left, tallest = top + tallest + 2, 0, 0
        yield _Placed(top, left, building)
        left, tallest = left + width, max(tallest, len(building.floors) + 2)


def _sheet_name(title: str) -> str:
    """Excel allows 31 signs, and none of these."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\")[:31] or "Grid"
