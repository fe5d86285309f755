"""What a buyer brings, on the tour: a copy of the identity card filed at the deal, opened, kept beyond its years."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QLineEdit

from salescenter.domain.papers.received import Document
from salescenter.i18n import tr
from salescenter.services.deals.register import DealRow
from salescenter.services.papers.titles import document_words
from salescenter.tour.album import Album
from salescenter.tour.area_stops import enter
from salescenter.tour.papers import previews
from salescenter.tour.robot import Robot
from salescenter.tour.selling_stops import Sale
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.document_list import DocumentList
from salescenter.ui.kit.keep_list import KeepList
from salescenter.ui.kit.keep_marks import KeepSheet
from salescenter.ui.kit.record_table import RecordTable

_COPY = "id-card.png"


def file_copy(robot: Robot, album: Album) -> None:
    """File a copy of the identity card of whoever bought on the tour, and open it again."""
    enter(robot, tr("Deals"))
    table: RecordTable[DealRow] = robot.the(RecordTable, "the register of deals")
    robot.until(table.rows, "deals in the register")
    table.select_key(next(row.id for row in table.rows() if row.code == Sale.code))
    papers = robot.the(DocumentList, "the customers' documents", lambda one: bool(one.found))
    robot.click(papers.fold)
    robot.settle(200)
    robot.click(next(one for one in robot.every(LinkButton, papers) if one.text() == tr("Attach …")))
    _choose(robot, _sample_copy(album.folder / _COPY))
    robot.until(lambda: any(one.copies for one in papers.found), "the copy on file")
    robot.settle(200)
    robot.bring_into_view(papers.more)
    album.see("documents")
    robot.click(next(one for one in robot.every(LinkButton, papers) if one.accessibleName() == _COPY))
    robot.until(lambda: previews(robot), "the copy in a window")
    previews(robot)[0].close()
    robot.settle(60)


def keep_copy(robot: Robot, album: Album) -> None:
    """Mark the copy for a lawsuit, and see the mark among all that keep papers."""
    papers = robot.the(DocumentList, "the customers' documents", lambda one: bool(one.found))
    robot.click(next(one for one in robot.every(LinkButton, papers) if one.text() == tr("Keep beyond its years …")))
    robot.until(lambda: isinstance(robot.window(), KeepSheet), "the sheet that asks why it is kept")
    robot.press(tr("A lawsuit"))
    album.see("keep-beyond")
    robot.key(Qt.Key.Key_Return, ctrl=True)
    robot.until(lambda: any(one.marks for one in papers.found), "the mark on the copy")
    enter(robot, tr("Papers"))
    robot.press(tr("Kept longer"))
    marks = robot.the(KeepList, "the list of marks")
    robot.until(marks.table.rows, "the mark in the list")
    robot.settle(200)
    album.see("kept-longer")
    robot.press(tr("Printed papers"))


def _choose(robot: Robot, file: Path) -> None:
    robot.until(lambda: isinstance(robot.window(), QFileDialog), "the dialog that asks which files")
    robot.the(QLineEdit, "the file's name in the dialog").setFocus()
    robot.paste(str(file.absolute()))
    robot.key(Qt.Key.Key_Return)


def _sample_copy(file: Path) -> Path:
    """Draw what stands for a scanned card: nobody's."""
    picture = QImage(856, 540, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.drawText(picture.rect(), Qt.AlignmentFlag.AlignCenter, document_words(Document.IDENTITY))
    painter.end()
    picture.save(str(file))
    return file


STOPS = (("file what the buyer brought", file_copy), ("keep a copy beyond its years", keep_copy))
"""Its part of the tour."""
