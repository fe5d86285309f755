"""Handing the grid out as it looks: on paper through the preview, or as an Excel file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from salescenter.domain.papers.grid_sheet import GridPaper
from salescenter.domain.refusals import CannotWrite
from salescenter.i18n import tr
from salescenter.print.grid_sheet import grid_pdf
from salescenter.services.grid_export import grid_xlsx
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room


def print_grid(room: Room, owner: QWidget, paper: GridPaper) -> None:
    """Set the grid in the papers lane and open the preview."""
    title = file_name(paper)
    room.papers.run(lambda: grid_pdf(paper), lambda pdf: room.show_paper(Paper("grid", "", title, pdf)), owner=owner)


def export_grid(room: Room, owner: QWidget, paper: GridPaper, file: str = "") -> None:
    """Write the grid into an Excel file; asks for the file when none is named."""
    if not file:
        file, _ = QFileDialog.getSaveFileName(owner, tr("Save as Excel"), f"{file_name(paper)}.xlsx", "Excel (*.xlsx)")
    if file:
        room.papers.run(lambda: _write(file, paper), room.say, owner=owner, refused=room.refuse)


def file_name(paper: GridPaper) -> str:
    """Return what a file of the grid is called."""
    return tr("Control grid {moment}", moment=f"{paper.made:%Y-%m-%d %H%M}")


def _write(file: str, paper: GridPaper) -> str:
    try:
        Path(file).write_bytes(grid_xlsx(paper))
    except OSError as trouble:
        raise CannotWrite(path=file, why=trouble.strerror or "") from trouble
    return tr("Saved: {file}", file=file)
