"""Printing on the tour: a printer for each paper, copies by list, a reprint with its reason, the print centre."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from salescenter.domain.papers.check import PaperKind
from salescenter.i18n import tr
from salescenter.services.papers.search import PaperRow
from salescenter.services.papers.titles import paper_words
from salescenter.tour.album import Album
from salescenter.tour.area_stops import enter
from salescenter.tour.lan_stops import open_section
from salescenter.tour.papers import previews
from salescenter.tour.robot import Robot
from salescenter.ui.kit.issuing import ReasonSheet
from salescenter.ui.kit.preview import Preview
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.papers.centre_view import CentreView
from salescenter.ui.settings.printers import KindRow, PrintersSection
from salescenter.ui.shell import Shell

K = Qt.Key


def set_up(robot: Robot, album: Album) -> None:
    """Say where contracts are printed and for whom there are copies."""
    open_section(robot, tr("Printers", context="settings"))
    section = robot.the(PrintersSection, "the printers' section")
    table = section.table
    robot.until(table.rows, "the kinds of paper")
    kinds: list[KindRow] = table.rows()
    table.select_key(next(one.kind for one in kinds if one.kind == PaperKind.CONTRACT))
    where = section.way_form.field("printer").editor
    assert isinstance(where, QComboBox)
    robot.choose(where, tr("Contract printer"))
    robot.fill(tr("A copy for"), "买受人、出卖人、备案、存档")
    robot.settle(200)
    album.see("printers")
    robot.key(K.Key_Return, ctrl=True)
    robot.settle(400)


def print_again(robot: Robot, album: Album) -> None:
    """Print a contract and a receipt of the archive once more, each with its reason; then see what became of them."""
    enter(robot, tr("Papers"))
    robot.press(tr("Printed papers"))
    table: RecordTable[PaperRow] = robot.the(RecordTable, "the printed papers")
    robot.until(table.rows, "printed papers")
    for kind in (PaperKind.CONTRACT, PaperKind.RECEIPT):
        table.select_key(next(row.id for row in table.rows() if row.kind is kind))
        robot.settle(200)
        robot.key(K.Key_F8)
        robot.until(lambda: previews(robot), f"{paper_words(kind)} in a preview")
        shown = previews(robot)[0]
        robot.settle(400)
        _print(robot, album, shown, kind)
        shown.close()
        robot.settle(100)
    robot.press(tr("Print centre"))
    centre = robot.the(CentreView, "the print centre")
    robot.until(lambda: len(centre.table.rows()) > 1, "both jobs in the print centre")
    robot.settle(300)
    album.see("print-centre")
    centre.table.select_key(next(job.key for job in centre.table.rows() if job.kind == PaperKind.RECEIPT))
    robot.press(tr("Cancel the job"))
    robot.until(lambda: not _warned(robot), "the word of the jam to go")


def _warned(robot: Robot) -> bool:
    shell = robot.the(Shell, "the frame of the pages")
    return shell.banner.isVisible()


def _print(robot: Robot, album: Album, shown: Preview, kind: PaperKind) -> None:
    if kind is PaperKind.RECEIPT:
        robot.choose(shown.printers, tr("Receipt printer"))
    album.see_window(f"before-it-leaves-{kind.value}", shown)
    robot.key(K.Key_P, ctrl=True, at=shown)
    robot.until(lambda: shown.findChild(ReasonSheet), "the sheet that asks why")
    sheet = shown.findChild(ReasonSheet)
    assert sheet is not None
    assert sheet.form is not None
    robot.settle(150)
    sheet.form.field("reason").editor.setFocus()
    robot.write(tr("A copy for the bank"))
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: shown.paper.reason, "the marked reprint")
    robot.settle(400)


STOPS = (("say where papers are printed", set_up), ("print again and see the print centre", print_again))
"""Printing's part of the tour."""
