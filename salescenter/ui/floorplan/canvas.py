"""The canvas of the control grid: scrolls, zooms and repaints no more than what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QToolTip, QWidget

from salescenter.domain.grid import CellChange, Onlooker
from salescenter.domain.grid_scales import ColourBy
from salescenter.i18n import tr
from salescenter.ui.floorplan import saying
from salescenter.ui.floorplan.anchor import Anchor
from salescenter.ui.floorplan.backing import Backing, whole_step
from salescenter.ui.floorplan.company import said_of
from salescenter.ui.floorplan.drawing import Drawing, draw
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.grounds import aged, grounds
from salescenter.ui.floorplan.keys import Keys
from salescenter.ui.floorplan.lens import Lens
from salescenter.ui.floorplan.looks import Looks, Showing
from salescenter.ui.floorplan.mouse import Mouse
from salescenter.ui.floorplan.painter import Painting
from salescenter.ui.floorplan.pinned import BAND, Pinned
from salescenter.ui.floorplan.plan import EMPTY, Plan, lay_out
from salescenter.ui.floorplan.rings import paint_rings
from salescenter.ui.floorplan.selection import NOBODY, Selection
from salescenter.ui.floorplan.zoom import USUAL
from salescenter.ui.kit import cell_colours, theme

MANY = 60         # changes at once beyond which painting all in sight is quicker than cell by cell
RING = 3          # pixels around a cell that its rings may touch
FRESH_FOR = 1800  # milliseconds a cell that changed keeps its glow


class GridCanvas(Lens):
    """The picture of the estate. Units are named by their index in the columns; the page turns them into ids."""

    opened = Signal(int)         # Enter or double click on a unit
    menu_wanted = Signal(int, QPoint)
    building_opened = Signal(int)  # double click on a building's title: its id
    all_shown = Signal()         # the unit gone to stands in none of the buildings shown: all are shown
    aged = Signal()              # holds ended because their minute came

    def __init__(
        self, estate: Estate, today: int, plan: Plan | None = None, parent: QWidget | None = None
    ) -> None:
        """Show an estate; `today` is `date.toordinal()`. A plan made aside beforehand saves the screen the work."""
        super().__init__(parent)
        self.estate, self.today = estate, today
        self.selection = Selection(self)
        self.selection.repaint.connect(self.refresh_rings)
        self.selection.moved.connect(self._announce)
        self.presence: dict[int, tuple[Onlooker, ...]] = {}  # by unit, who else is at it
        self.old = False
        self.fresh: set[int] = set()
        self.colour_by = ColourBy.STATE
        self.showing = Showing()
        self._averages: Mapping[tuple[int, int], int] = {}
        self._chosen: frozenset[int] = frozenset()
        self._plan = plan or lay_out(estate.layout, estate.cells)
        self._looks = Looks(estate, self.showing)
        self.mouse, self.keys = Mouse(self), Keys(self)
        self._pinned, self._backing = Pinned(self.font()), Backing()
        self._drawing, self._painting = self._drawn()
        self._prepare()
        theme.changed.connect(self.restyle)

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Control grid"))
        self.setCornerWidget(QWidget())
        self.setViewport(QWidget())  # for Qt's own PySide6 would first look through every kind of widget there is
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)

    # --- what is shown

    def set_estate(self, estate: Estate) -> None:
        """Show another estate, or the same after its buildings changed; the place looked at is kept."""
        current = self.estate.cells.id[self.selection.current] if self.selection.current >= 0 else 0
        same = estate.layout is self.estate.layout and estate.cells.id == self.estate.cells.id
        self.estate, self.showing = estate, Showing(private=self.showing.private)
        self.fresh.clear()
        if same:
            self._looks = Looks(estate, self.showing)
            self.restyle()
            self._announce(self.selection.current)
            return
        self.selection.unmark_all()
        self.replan()
        self.selection.go(estate.index.get(current, NOBODY))

    @property
    def picture(self) -> Painting:
        """What the present picture is made of."""
        return self._painting

    def show_buildings(self, chosen: Collection[int]) -> None:
        """Show these buildings (ids) only; all of them when none is named."""
        if frozenset(chosen) != self._chosen:
            self._chosen = frozenset(chosen)
            self.replan()

    def set_showing(self, showing: Showing, colour_by: ColourBy = ColourBy.STATE) -> None:
        """Fade, colour and compare as asked."""
        self.showing, self.colour_by = showing, colour_by
        self._looks = Looks(self.estate, showing)
        self.restyle()

    def set_averages(self, averages: Mapping[tuple[int, int], int]) -> None:
        """Write each floor's average price (fen a square metre) in the margin; an empty mapping hides the margin."""
        if averages == self._averages:
            return
        resized = bool(averages) != bool(self._averages)
        self._averages = averages
        self.redraw(Anchor.at(self, QPoint())) if resized else self.restyle()

    def apply(self, changes: Iterable[CellChange]) -> list[int]:
        """Take over what the feed brought; only the cells that changed are painted again."""
        changed = self.estate.take(changes)
        self.refresh(changed)
        return changed

    def glow(self, units: Iterable[int]) -> None:
        """Ring cells for a moment, so that the eye finds what just changed."""
        shining = set(units)
        self.fresh |= shining
        self.refresh_rings(shining)
        QTimer.singleShot(FRESH_FOR, self, lambda: self._dim(shining))

    def show_present(self, onlookers: Iterable[Onlooker]) -> None:
        """Show who else is at which unit; only the cells where that changed are painted again."""
        now: dict[int, tuple[Onlooker, ...]] = defaultdict(tuple)
        for one in onlookers:
            if (unit := self.estate.index.get(one.unit)) is not None:
                now[unit] += (one,)
        before, self.presence = self.presence, dict(now)
        self.refresh_rings({unit for unit in {*before, *now} if before.get(unit) != now.get(unit)})

    def show_old(self, old: bool) -> None:
        """Grey the picture while nobody knows whether it is still true."""
        if old is not self.old:
            self.old = old
            self.restyle()

    def pass_time(self, now: int, today: int) -> None:
        """Let the clock move (milliseconds; day ordinal): holds whose minute came are for sale."""
        self.today = self._painting.today = today
        if ended := self.estate.pass_time(now):
            self.refresh(ended)
            self.aged.emit()

    def refresh(self, units: Collection[int]) -> None:
        """Paint cells again that say something else now."""
        self._looks.refresh(units)
        self._looks.repixel(self._plan, units)
        if len(units) > MANY:
            self.repaint_all()
            return
        for unit in units:
            if where := self._plan.place(unit):
                self._backing.soil(QRect(*self._drawing.cell(where)))
        self.refresh_rings(units)

    def refresh_rings(self, units: Iterable[int]) -> None:
        """Paint cells again whose rings or badges changed."""
        units = list(units)
        if len(units) > MANY:
            self.viewport().update()
            return
        update, place, cell, corner = self.viewport().update, self._plan.place, self._drawing.cell, self.corner()
        dx, dy = RING + corner.x(), RING + corner.y()
        for unit in units:
            if unit >= 0 and (where := place(unit)):
                x, y, w, h = cell(where)
                update(x - dx, y - dy, w + 2 * RING, h + 2 * RING)

    def restyle(self) -> None:
        """Paint everything anew: theme, language or font changed."""
        self._pinned = Pinned(self.font())
        self._painting = self._painted(self._drawing)
        self.repaint_all()

    def repaint_all(self) -> None:
        """Paint everything in sight again."""
        self._backing.soil_all()
        self.viewport().update()

    # --- where to

    def go_to(self, unit: int) -> None:
        """Make a unit the current one, legible and in sight."""
        if self._plan.place(unit) is None:
            self.show_buildings(())
            self.all_shown.emit()
        self.selection.go(unit)
        if self._width < USUAL:
            self.zoom_to(USUAL)
        self.reveal(unit, margin=2 * self._width)

    # --- Qt asks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the exposed rectangles."""
        painter, corner, room = QPainter(self.viewport()), self.corner(), self.viewport().size()
        self._backing.paint(painter, event.region(), corner, room, self._painting)
        painter.resetTransform()
        painter.translate(-corner)
        paint_rings(painter, self, self._painting)
        painter.resetTransform()
        if event.rect().top() < BAND:
            self._pinned.paint(painter, self._drawing, corner, room.width())
        self.mouse.paint_band(painter)
        painter.end()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Show another part of what is painted already."""
        self._backing.keep()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Ask for a comfortable size; the grid takes what it is given."""
        return QSize(900, 640)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show tooltips."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event)
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of font or language."""
        super().changeEvent(event)
        looks_different = (QEvent.Type.FontChange, QEvent.Type.LanguageChange, QEvent.Type.DevicePixelRatioChange)
        if event.type() in looks_different and hasattr(self, "_painting"):
            self._step = whole_step(self.devicePixelRatioF())
            self.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, type a number, zoom, mark."""
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Mark on release of Space, when it was not held to pan."""
        if not self.keys.release(event):
            super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click, a rubber band or a pan."""
        self.mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the rubber band or pan."""
        self.mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish what the press began."""
        self.mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a unit, or go to one building by its title."""
        self.mouse.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if not self.mouse.wheel(event):
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the unit under the mouse, or of the current one from the keyboard."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        unit = self.selection.current if by_key else self.unit_at(event.pos())
        if unit < 0:
            return
        if unit not in self.selection.chosen:
            self.selection.go(unit)
        spot = self.cell_rect(unit).center() if by_key else event.pos()
        self.menu_wanted.emit(unit, self.viewport().mapToGlobal(spot))

    # --- how

    def anchor_unit(self) -> int:
        """What a zoom without a mouse keeps in place: the current unit."""
        return self.selection.current

    def has_margin(self) -> bool:
        """Whether a margin with averages is drawn."""
        return bool(self._averages)

    def replan(self) -> None:
        """Lay the chosen buildings out anew."""
        self._plan = lay_out(self.estate.layout, self.estate.cells, self._chosen, self._aspect)
        self._looks = Looks(self.estate, self.showing)
        self._pinned = Pinned(self.font())
        self.redraw(None)

    def _drawn(self) -> tuple[Drawing, Painting]:
        drawing = draw(self._plan, self._width, bool(self._averages))
        return drawing, self._painted(drawing)

    def _painted(self, drawing: Drawing) -> Painting:
        choice = cell_colours.chosen()
        colours = grounds(theme.tokens(), choice.theme, self.colour_by, choice.edited)
        colours = aged(colours) if self.old else colours
        return Painting(self.estate, self._looks, drawing, colours, self.font(), self.devicePixelRatioF(),
                        self._averages, self.today)  # fmt: skip

    def redraw(self, anchor: Anchor | None) -> None:
        """Draw the plan at the present zoom; what is named by the anchor stays where it was."""
        self._drawing, self._painting = self._drawn()
        self.set_ranges()
        if anchor is not None:
            anchor.restore(self)
        self.repaint_all()

    def _dim(self, units: set[int]) -> None:
        self.fresh -= units
        self.refresh_rings(units)

    def _announce(self, unit: int) -> None:
        """Let a screen reader say the current cell."""
        said = "" if unit < 0 else saying.spoken_cell(self.estate.cells, self.estate.states, unit, self.showing.private)
        self.setAccessibleDescription(said)

    def _tell(self, event: QHelpEvent) -> None:
        unit = self.unit_at(event.pos())
        if unit == EMPTY:
            QToolTip.hideText()
            return
        said = saying.tip(self.estate.cells, self.estate.states, unit, self.showing.private, self.today)
        said = "\n".join(part for part in (said, said_of(self.presence.get(unit, ()))) if part)
        QToolTip.showText(event.globalPos(), said, self.viewport(), self.cell_rect(unit))
