"""Where a file is dropped or chosen, and what kind of list it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from salescenter.domain.columns import Kind
from salescenter.i18n import tr
from salescenter.ui.kit import icons, theme
from salescenter.ui.kit.buttons import FilledButton
from salescenter.ui.kit.choices import Chip, ChipGroup
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import row

SUFFIXES = (".xls", ".xlsx", ".xlsm", ".csv", ".txt", ".tsv")


class DropZone(QWidget):
    """`given(path)` when a file was dropped or chosen."""

    given = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._over = False
        self.kinds = ChipGroup([(Kind.UNITS, tr("Unit list")), (Kind.VISITS, tr("Visit or call ledger"))])
        self.kinds.put(Kind.UNITS)
        self.kinds.edited.connect(self._keep_one)
        self.button = FilledButton(tr("Choose a file …"), self.choose)
        title = Label(tr("Drop an Excel or CSV file here"), "headline")
        words = tr("Title rows, merged cells and any order of columns are fine; nothing is written before you agree.")
        hint = Label(words, "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(2)
        layout.addSpacing(64)
        for piece in (title, hint):
            piece.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(piece)
        layout.addLayout(row(None, self.kinds, None))
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._title = title

    def showEvent(self, event: QShowEvent) -> None:
        chips = self.kinds.findChildren(Chip)  # their widths are known once they are dressed
        self.kinds.setFixedWidth(sum(chip.sizeHint().width() + 8 for chip in chips))
        super().showEvent(event)

    def kind(self) -> Kind:
        """Return what kind of list is expected."""
        return Kind(self.kinds.value() or Kind.UNITS)

    def choose(self) -> None:
        """Ask for a file."""
        pattern = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a file"), "", f"{tr('Excel and CSV files')} ({pattern});;{tr('All files')} (*)"
        )
        if chosen:
            self.given.emit(Path(chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._show_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(over=False)
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.given.emit(Path(files[0]))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("accent" if self._over else "edge"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour("accent_soft" if self._over else "panel"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 10, 10)
        middle = self.width() / 2
        icons.paint(painter, "folder", QRectF(middle - 22, self._title.y() - 58, 44, 44), theme.tokens().edge)
        painter.end()

    def _keep_one(self) -> None:
        if self.kinds.value() is None:
            self.kinds.put(Kind.UNITS)

    def _show_over(self, *, over: bool) -> None:
        self._over = over
        self.update()
