"""The control grid's page: legend, filters, grid, card, time bar, and how they work together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from salescenter.domain.grid_figures import floor_averages, whole
from salescenter.domain.grid_find import find_rooms
from salescenter.domain.money import Money
from salescenter.domain.units import Step, UnitState
from salescenter.i18n import listed, tr
from salescenter.ui.floorplan.back_in_time import BackInTime
from salescenter.ui.floorplan.batch import chosen_units
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.company import Company
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.face import Face
from salescenter.ui.floorplan.glance import absorbed
from salescenter.ui.floorplan.live import Live
from salescenter.ui.floorplan.plan import Plan
from salescenter.ui.floorplan.presses import Presses
from salescenter.ui.floorplan.selection import MOST_MARKED
from salescenter.ui.floorplan.sight import Asked, Sight, look_at
from salescenter.ui.floorplan.wall import WallView
from salescenter.ui.kit import formats
from salescenter.ui.kit.room import Room

SETTLE = 120
"""Milliseconds figures wait after a change in the feed, so that a burst of changes is counted once."""

GLOWING = 40
"""Cells that changed at once and still glow; more would be a firework, not news."""

ALL = 0
"""Stands for all buildings among the switches."""


class FloorplanPage(Face):
    """The page; everything it knows of the world comes through the room."""

    def __init__(self, room: Room, presses: Presses, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.room, self.presses = room, presses
        self.live = Live(room, self)
        self.clock = BackInTime(room, self.live, self.foot.time, self)
        self.canvas: GridCanvas | None = None
        self.sight: Sight | None = None
        self.wall: WallView | None = None
        self.private, self.averages = False, True
        self._pending: object = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self.refresh)
        self._connect()
        self.company = Company(self)
        self.loading.begin()
        self.live.load()

    # --- what the shell asks

    def switches(self) -> QWidget:
        """The buildings, in the top bar."""
        return self.buildings

    def show_argument(self, argument: object) -> None:
        """Go to a unit: its id, or a room number."""
        if self.canvas is None:
            self._pending = argument
        elif isinstance(argument, int) and (unit := self.canvas.estate.index.get(argument)) is not None:
            self._go_to(unit)
        elif isinstance(argument, str):
            self.go_to_room(argument)

    def go_to_room(self, text: str) -> bool:
        """Go to the unit a typed room number means; False where it means none."""
        found = find_rooms(text, self.canvas.estate.cells) if self.canvas is not None else []
        if found:
            self._go_to(found[0])
        return bool(found)

    def status(self) -> str:
        """Say what is true of what is shown."""
        if self.sight is None:
            return ""
        free, average = self.sight.tallies[UnitState.FOR_SALE], whole(self.sight.tallies).average
        said = tr("{scope}: {count} for sale · {amount} · average {average} yuan/㎡", scope=self.scope(),
                  count=formats.count(free.count), amount=formats.money_short(Money(free.amount)),
                  average=formats.NOTHING if average is None else f"{(average + 50) // 100:,}")  # fmt: skip
        return said if self.private else f"{said} · {tr('absorbed {share}', share=absorbed(self.sight.tallies))}"

    def back(self) -> bool:
        """Go one step back: from the card to the grid, then selection, past, marks, filters, the chosen unit."""
        if self.canvas is None:
            return False
        chosen = self.canvas.selection
        ways_back: tuple[tuple[bool, Callable[[], None]], ...] = (
            (self.side.has_keys(), self.canvas.setFocus),
            (len(chosen.chosen) > 1, lambda: chosen.go(chosen.current)),
            (not self.clock.is_now, self.foot.time.back_to_now),
            (bool(chosen.marked), chosen.unmark_all),
            (bool(self.filters.wanted()) or bool(self.legend.value()), self.look_for_all),
            (chosen.current >= 0, lambda: chosen.go(-1)),
        )
        for stands, leave in ways_back:
            if stands:
                leave()
                return True
        return False

    def main_step(self) -> None:
        """F6."""
        if self.side.currentWidget() is self.side.card:
            self.side.card.main_step()

    def customer_view(self) -> None:
        """F4: hide floor prices, names and reasons, or show them again; a mark says that it is on."""
        self.private = not self.private
        self.side.card.set_private(self.private)
        self.refresh()
        self.say_what_this_is()
        self.private_frame.setVisible(self.private)
        self.foot.time.setVisible(not self.private)
        self._selected()

    def print_page(self) -> None:
        """F8."""
        from salescenter.ui.floorplan.handing_out import print_grid  # noqa: PLC0415  the grid stands before it

        print_grid(self)

    def wall_view(self) -> None:
        """F11: the hall's screen."""
        if self.wall is not None:
            self.wall.close()
        elif self.live.estate is not None and len(self.live.estate):
            self.wall = WallView(self.project(), self.live.estate, self.room.now)
            self.wall.closed.connect(self._wall_closed)
            self.destroyed.connect(self.wall.close)
            self.wall.show_tallies(look_at(self.live.estate, Asked(private=True)).tallies)
            self.wall.showFullScreen()

    # --- what is shown

    def refresh(self) -> None:
        """Work out anew what is to be seen, and show it."""
        canvas = self.canvas
        if canvas is None:
            return
        asked = Asked(self._buildings(), self.legend.value(), self.filters.wanted(), self.filters.colour_by(),
                      self.private, canvas.today)  # fmt: skip
        self.sight = sight = look_at(canvas.estate, asked, self.clock.compared)
        if (sight.showing, asked.by) != (canvas.showing, canvas.colour_by):
            canvas.set_showing(sight.showing, asked.by)
        canvas.set_averages(floor_averages(canvas.estate.cells) if self.averages else {})
        self.legend.show_tallies(sight.tallies)
        self.filters.show_matching(sight.matching)
        self.foot.key.show_scale(asked.by, sight.shades)
        self.side.glance.show_figures(self.scope(), sight.tallies, sight.types, private=self.private)
        self._show_marks()
        if self.isVisible():
            self.room.say(self.status())

    def look_for_all(self) -> None:
        """Take every filter away."""
        self.legend.put(())
        self.filters.clear()

    def show_averages(self, on: bool) -> None:
        """Write each floor's average price in the margin, or not."""
        self.averages = on
        self.refresh()

    def _loaded(self, plan: Plan) -> None:
        estate = self.live.estate
        assert estate is not None
        self.loading.end()
        if self.canvas is None:
            self._first_canvas(estate, plan)
        elif self.clock.is_now:
            self.canvas.set_estate(estate)
        self.show_empty(not len(estate))
        if self.canvas is not None:
            self.canvas.setVisible(bool(len(estate)))
        self.buildings.set_choices([(ALL, tr("All")), *((one.id, one.name) for one in estate.layout.buildings)])
        if not self.buildings.value():
            self.buildings.put((ALL,))
        self.filters.offer(estate.layout, estate.cells, look_at(estate, Asked()).types)
        self.refresh()
        self.clock.offer()
        pending, self._pending = self._pending, None
        self.show_argument(pending)

    def _first_canvas(self, estate: Estate, plan: Plan) -> None:
        self.canvas = canvas = GridCanvas(estate, self.room.now().date().toordinal(), plan)
        self.put_canvas(canvas)
        canvas.selection.moved.connect(self._moved)
        canvas.selection.changed.connect(self._selected)
        canvas.selection.marks_changed.connect(self._show_marks)
        canvas.opened.connect(lambda _: self.side.card.take_focus())
        canvas.menu_wanted.connect(self._open_menu)
        canvas.building_opened.connect(self._show_building)
        canvas.all_shown.connect(lambda: self._show_building(ALL))
        self.foot.zoom.stepped.connect(canvas.zoom_by)
        self.foot.zoom.fitted.connect(canvas.fit)

    def _changed(self, units: list[int]) -> None:
        """Cells of the living estate say something else."""
        canvas, live = self.canvas, self.live.estate
        if canvas is None or live is None:
            return
        canvas.today = self.room.now().date().toordinal()
        if canvas.estate is live:
            canvas.refresh(units)
            if len(units) <= GLOWING:
                canvas.glow(units)
            if canvas.selection.current in units:
                self._moved(canvas.selection.current)
        if self.wall is not None:
            self.wall.canvas.refresh(units)
            self.wall.show_tallies(look_at(live, Asked(private=True)).tallies)
        self._settle.start()

    def _moved(self, unit: int) -> None:
        """The current unit is another one."""
        canvas, side = self.canvas, self.side
        if canvas is None:
            return
        if self.clock.compared is not None:
            side.setCurrentWidget(side.changes)
        elif unit < 0:
            side.setCurrentWidget(side.glance)
        elif self.clock.moment is not None:
            side.past.show_unit(canvas.estate, unit, self._name(unit), self.clock.moment, private=self.private)
            side.setCurrentWidget(side.past)
        else:
            side.card.show_unit(canvas.estate.cells.id[unit], self._name(unit), UnitState(canvas.estate.states[unit]))
            side.setCurrentWidget(side.card)

    def _selected(self) -> None:
        """Several units are selected, or no longer; nothing is offered for them in the past or before a customer."""
        if self.canvas is not None:
            open_to_batches = self.clock.is_now and not self.private
            self.batch.show_chosen(self.canvas.estate, list(self.canvas.selection.chosen) if open_to_batches else [])

    def _show_marks(self) -> None:
        canvas = self.canvas
        marked = canvas.selection.marked if canvas is not None else ()
        self.compare.setVisible(len(marked) > 1)
        self.fit_side()
        if canvas is not None and len(marked) > 1:
            self.compare.show_units(canvas.estate, marked, canvas.today, private=self.private)
            if canvas.selection.current >= 0:  # the table below takes room: the chosen cell stays in sight
                QTimer.singleShot(0, canvas, lambda: canvas.reveal(canvas.selection.current))

    def _turned(self) -> None:
        """The clock shows another time."""
        canvas, estate = self.canvas, self.clock.estate
        if canvas is None or estate is None:
            return
        if canvas.estate is not estate:
            canvas.set_estate(estate)
        if self.clock.compared is not None:
            self.side.changes.show_found(self.clock.title(), self.clock.compared.found)
        self.refresh()
        self.say_what_this_is()
        self._selected()
        self._moved(canvas.selection.current)

    def say_what_this_is(self) -> None:
        """Say above the grid that this is not simply the present for the person who sits there."""
        self.private_button.setVisible(self.private)
        if self.company.as_of is not None:
            self.notice.say(*self.company.age(), "warning")
        elif self.clock.compared is not None:
            said = tr("Coloured: what changed between the two dates; the corner shows how it was.")
            self.notice.say(said, "", "accent")
        elif self.clock.moment is not None:
            self.notice.say(tr("The grid as it stood on {moment}.", moment=f"{self.clock.moment:%Y-%m-%d %H:%M}"),
                            tr("Esc or the end of the slider goes back to now."), "warning")  # fmt: skip
        else:
            self.notice.hide()

    # --- steps and menus

    def _perform_batch(self, step: Step) -> None:
        if self.canvas is not None and self.clock.is_now:
            sheet = self.presses.sheet(self.room, step)
            sheet.take(chosen_units(self.canvas.estate, list(self.canvas.selection.chosen)))
            sheet.stand_over(self.window())

    def _compare_chosen(self) -> None:
        if self.canvas is not None:
            chosen = self.canvas.selection
            chosen.unmark_all()
            for unit in sorted(chosen.chosen)[:MOST_MARKED]:
                chosen.mark(unit)

    def _open_menu(self, unit: int, at: QPoint) -> None:
        canvas = self.canvas
        if canvas is None or not self.clock.is_now:
            return
        from salescenter.ui.floorplan.menus import batch_menu, open_unit_menu  # noqa: PLC0415  as above

        if len(canvas.selection.chosen) > 1:
            batch_menu(self, list(self.batch.buttons), self._perform_batch).popup(at)
            return
        open_unit_menu(self, canvas, unit, at)

    def _open_page_menu(self) -> None:
        from salescenter.ui.floorplan.menus import page_menu  # noqa: PLC0415  as above

        page_menu(self).popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    # --- small things

    def project(self) -> str:
        """The project's name, as the window says it."""
        return self.window().windowTitle() or tr("Control grid")

    def _go_to(self, unit: int) -> None:
        assert self.canvas is not None
        self.canvas.go_to(unit)
        self.canvas.setFocus()

    def _buildings(self) -> frozenset[int]:
        return frozenset(self.buildings.value()) - {ALL}

    def _show_building(self, building: int) -> None:
        self.buildings.put((building,))
        self._buildings_edited()

    def _buildings_edited(self) -> None:
        if not self.buildings.value():
            self.buildings.put((ALL,))
        if self.canvas is not None:
            several = self._buildings()
            self.canvas.show_buildings(several)
            self.buildings.put(tuple(several) or (ALL,))
            self.canvas.fit_readable()
        self.refresh()

    def scope(self) -> str:
        """Name what is shown: the buildings, or the project."""
        if self.canvas is None or not self._buildings():
            return tr("All buildings")
        chosen = self._buildings()
        return listed(one.name for one in self.canvas.estate.layout.buildings if one.id in chosen)

    def _name(self, unit: int) -> str:
        assert self.canvas is not None
        cells, place = self.canvas.estate.cells, self.canvas.plan.place(unit)
        if place is None:
            return cells.code[unit]
        block = self.canvas.plan.blocks[place.block]
        parts = (block.building.name, block.slabs[place.slab].stair.name, cells.number[unit])
        return " ".join(part for part in parts if part)

    def _wall_closed(self) -> None:
        if self.wall is not None:
            self.wall.deleteLater()
            self.wall = None

    def _go_to_id(self, unit_id: int) -> None:
        if self.canvas is not None and (unit := self.canvas.estate.index.get(unit_id)) is not None:
            self.canvas.go_to(unit)

    def _connect(self) -> None:
        self.live.loaded.connect(self._loaded)
        self.live.changed.connect(self._changed)
        self.live.could_not.connect(self._failed)
        self.clock.turned.connect(self._turned)
        self.legend.chosen.connect(lambda _: self.refresh())
        self.filters.edited.connect(self.refresh)
        self.buildings.edited.connect(self._buildings_edited)
        self.side.glance.types.picked.connect(self.filters.pick_type)
        self.side.picked.connect(self._go_to_id)
        self.compare.chosen.connect(self._go_to)
        self.compare.unmarked.connect(lambda unit: self.canvas.selection.mark(unit) if self.canvas else None)
        self.compare.closed.connect(lambda: self.canvas.selection.unmark_all() if self.canvas else None)
        self.batch.asked.connect(self._perform_batch)
        self.batch.compared.connect(self._compare_chosen)
        self.batch.cleared.connect(self.back)
        self.more.clicked.connect(self._open_page_menu)
        self.private_button.clicked.connect(self.customer_view)
        find = QShortcut(QKeySequence.StandardKey.Find, self, self.filters.ask_for_text)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _failed(self, trouble: Exception) -> None:
        self.loading.end()
        self.notice.not_loaded(trouble, self.live.load)
