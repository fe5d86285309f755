"""The grid in Excel looks like the grid: titles merged, cells coloured, letters and lines within."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from salescenter.domain.papers.grid_sheet import GridBuilding, GridPaper
from salescenter.services.grid_export import WIDEST, grid_xlsx
from tests.print import examples


def sheet(paper: GridPaper) -> Any:
    return openpyxl.load_workbook(BytesIO(grid_xlsx(paper))).active


def found(sheet: Any, begins: str) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith(begins))


def test_every_unit_stands_in_a_cell_of_its_colour_with_number_letter_and_lines() -> None:
    paper = examples.grid(1)
    written = sheet(paper)
    building = paper.buildings[0]
    top = found(written, f"{building.name}  ")
    for line, floor in enumerate(building.floors):
        row = top.row + 2 + line
        assert written.cell(row, 1).value == floor.label
        for unit in floor.cells:
            cell = written.cell(row, 2 + unit.column)
            assert cell.value.split()[:2] == [unit.number, unit.letter]
            assert cell.value.split("\n")[1:] == list(unit.lines)
            assert cell.fill.patternType == ("lightUp" if unit.hatched else "solid")
            assert unit.hatched or cell.fill.fgColor.rgb == "FF" + unit.ground[1:]


def test_titles_stairs_and_legend_are_merged() -> None:
    written = sheet(examples.grid(1))
    merged = {cells.coord for cells in written.merged_cells.ranges}
    top = found(written, "1号楼  ").row
    assert f"A{top}:I{top}" in merged
    assert f"B{top + 1}:D{top + 1}" in merged
    assert f"E{top + 1}:H{top + 1}" in merged
    assert found(written, "售 ").value.endswith("亿")


def test_a_stair_of_one_column_needs_no_merging() -> None:
    paper = examples.grid(1)
    single = replace(paper.buildings[0], stairs=(replace(paper.buildings[0].stairs[0], columns=1),))
    assert found(sheet(replace(paper, buildings=(single,))), "1单元").row > 1


def test_buildings_stand_side_by_side_until_the_line_is_full() -> None:
    written = sheet(examples.grid(6))
    tops = [found(written, f"{name}号楼  ") for name in range(1, 7)]
    assert tops[0].row == tops[1].row
    assert tops[-1].row > tops[0].row
    assert max(cell.column for cell in tops) <= WIDEST


@pytest.mark.parametrize("buildings", [(), (GridBuilding("空楼", (), ()),)])
def test_an_empty_grid_is_written_too(buildings: tuple[GridBuilding, ...]) -> None:
    assert sheet(replace(examples.grid(1), buildings=buildings))["A1"].value == examples.grid(1).title


def test_the_name_of_the_sheet_obeys_excel() -> None:
    written = sheet(replace(examples.grid(1), title="销控[一期]/二期: 很长很长很长很长很长很长很长很长很长很长很长很长的名字"))
    assert written.title.startswith("销控一期二期")
    assert len(written.title) <= 31
