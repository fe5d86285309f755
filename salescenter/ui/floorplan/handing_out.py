"""Handing the grid out as it looks: on paper through the preview, or as an Excel file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QFileDialog

from salescenter.domain.papers.grid_sheet import GridPaper
from salescenter.i18n import tr
from salescenter.services.files import write_file
from salescenter.services.leaving import tell_left
from salescenter.ui.floorplan.grounds import grounds
from salescenter.ui.floorplan.output import Heading, Picture, grid_paper
from salescenter.ui.kit import cell_colours, tokens
from salescenter.ui.kit.paper import Paper

if TYPE_CHECKING:
    from salescenter.ui.floorplan.page import FloorplanPage

Size = Literal["A4", "A3"]


def print_grid(page: FloorplanPage, size: Size = "A3") -> None:
    """Set the grid in the papers lane and open the preview."""
    if (paper := paper_of(page, size)) is not None:
        room, title, press = page.room, file_name(paper), page.presses.pdf
        room.papers.run(lambda: press(paper), lambda pdf: room.show_paper(Paper("grid", "", title, pdf)), owner=page)


def export_grid(page: FloorplanPage, file: str = "") -> None:
    """Write the grid into an Excel file; asks for the file when none is named."""
    if (paper := paper_of(page, "A3")) is None:
        return
    if not file:
        file, _ = QFileDialog.getSaveFileName(page, tr("Save as Excel"), f"{file_name(paper)}.xlsx", "Excel (*.xlsx)")
    if file:
        press = page.presses.xlsx
        desk, now = page.room.desk, page.room.now()

        def write() -> str:
            tell_left(desk, "grid-xlsx", Path(file).name, now)
            write_file(file, press(paper))
            return tr("Saved: {file}", file=file)

        page.room.papers.run(write, page.room.say, owner=page, refused=page.room.refuse)


def paper_of(page: FloorplanPage, size: Size) -> GridPaper | None:
    """Make the value of what the page shows; None while there is nothing."""
    canvas, sight, clock = page.canvas, page.sight, page.clock
    if canvas is None or sight is None:
        return None
    painting = canvas.picture
    choice = cell_colours.chosen()
    ink = grounds(tokens.LIGHT, choice.theme, canvas.colour_by, choice.edited)  # paper is white, whatever the screen is
    picture = Picture(canvas.estate, canvas.plan, painting.looks, ink, painting.averages, sight.tallies)
    about = (page.scope(), page.filters.said(), clock.title())
    said, who = " · ".join(part for part in about if part), page.room.desk.who.name
    heading = Heading(tr("Control grid"), page.project(), page.room.now(), said, size, who)
    return grid_paper(picture, heading)


def file_name(paper: GridPaper) -> str:
    """Return what a file of the grid is called."""
    return tr("Control grid {moment}", moment=f"{paper.made:%Y-%m-%d %H%M}")
