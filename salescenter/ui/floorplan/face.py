"""How the page's pieces stand: legend and filters above, the grid with its bars, the side panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.i18n import tr
from salescenter.ui.floorplan.batch import BatchBar
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.compare import CompareView
from salescenter.ui.floorplan.filters import Filters
from salescenter.ui.floorplan.foot import FootBar
from salescenter.ui.floorplan.legend import Legend
from salescenter.ui.floorplan.side import ROOMY, Side
from salescenter.ui.kit import theme
from salescenter.ui.kit.buttons import FilledButton, PickButton
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.notices import Banner, EmptyState
from salescenter.ui.kit.panel import Panel, column, hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.switch_row import SwitchRow
from salescenter.ui.kit.waiting import LoadingOverlay


class PrivateFrame(QWidget):
    """A frame around the page while a customer looks at it: nobody forgets that it is on."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self._around = around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        around.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the page."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in front."""
        super().showEvent(event)
        self.setGeometry(self._around.rect())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame."""
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour("accent"), 4))
        painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
        painter.end()


class Face(QWidget):
    """The pieces and their places; what they do is the page's."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "page")
        self.legend, self.filters, self.foot = Legend(), Filters(), FootBar()
        self.side, self.compare, self.batch = Side(room), CompareView(), BatchBar(room.desk.who.role)
        self.buildings = SwitchRow(several=True)
        self.notice = Banner(tone="accent").keep_low()
        self.private_button = FilledButton(tr("Customer view"), key="F4")
        self.private_button.setToolTip(tr("Floor prices, names and reasons are hidden. F4 shows them again."))
        self.more = PickButton("⋯")
        self.more.setAccessibleName(tr("More"))
        first = tr("Import a price list or make a building, then its grid stands here.")
        self.empty = EmptyState(tr("No units yet"), first, tr("Go to the estate"), lambda: room.go("estate", None))
        self._middle = QVBoxLayout()
        self.loading = self._lay_out()
        self.private_frame = PrivateFrame(self)
        for piece in (self.compare, self.private_button, self.private_frame, self.empty):
            piece.hide()

    def put_canvas(self, canvas: GridCanvas) -> None:
        """Give the grid its place."""
        self._middle.insertWidget(1, canvas, 1)
        begins_in(self, lambda: canvas)
        QWidget.setTabOrder(self.more, canvas)
        if self.isVisible():
            canvas.show()  # a layout would show it only later, and what is hidden takes no focus
            canvas.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit(self.width())
        self.compare.limit(max(160, self.height() // 2))
        self.fit_side()

    def fit_side(self) -> None:
        """Where the page is narrow, units side by side need the whole of it: the card gives way."""
        self.side.setVisible(self.empty.isHidden() and (self.compare.isHidden() or self.width() >= ROOMY))

    def show_empty(self, empty: bool) -> None:
        """Say what to do first where there is no unit yet."""
        self.empty.setVisible(empty)
        for piece in (self.foot, self.strip):
            piece.setVisible(not empty)
        self.fit_side()

    def _lay_out(self) -> LoadingOverlay:
        above = row(self.legend, self.private_button, self.filters, self.more, gap=8)
        above.setContentsMargins(12, 2, 12, 2)
        self.strip = strip = Panel()
        strip.setProperty("look", "flat")
        strip.body.setContentsMargins(0, 0, 0, 0)
        strip.put(above)
        for piece in (self.notice, self.empty, self.compare, self.batch, self.foot):
            self._middle.addWidget(piece, 1 if piece is self.empty else 0)
        self._middle.setSpacing(6)
        self._middle.setContentsMargins(0, 0, 0, 8)
        grid = QWidget()
        frame = column(self._middle)
        frame.setContentsMargins(8, 0, 8, 0)
        grid.setLayout(frame)
        body = row(grid, self.side, gap=0)
        body.setStretch(0, 1)
        self.setLayout(column(strip, hold(body), gap=0))
        return LoadingOverlay(grid)
