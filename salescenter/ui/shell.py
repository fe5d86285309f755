"""The window around all pages: rail, top bar, the open page, status line; pages register, the shell only shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.led_out import LOG_IN_AGAIN
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.services.server.privacy import privacy
from salescenter.ui.kit import late
from salescenter.ui.kit.finder import Finder
from salescenter.ui.kit.form import keep_all
from salescenter.ui.kit.keys import keys_sheet
from salescenter.ui.kit.notices import Banner, undo_offered
from salescenter.ui.kit.page import Page, call
from salescenter.ui.kit.panel import column, row
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.performing import perform
from salescenter.ui.kit.premises import Premises
from salescenter.ui.kit.rail import Rail
from salescenter.ui.kit.room import Looks, Room, deaf
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.stage import Stage
from salescenter.ui.kit.statusline import StatusLine
from salescenter.ui.kit.terms import role_words
from salescenter.ui.kit.topbar import TopBar, WhoMenu

PAGE_KEYS: dict[Qt.Key, str] = {
    Qt.Key.Key_F2: "edit", Qt.Key.Key_F4: "customer_view", Qt.Key.Key_F6: "main_step", Qt.Key.Key_F8: "print_page",
    Qt.Key.Key_F9: "next_in_rota", Qt.Key.Key_F11: "wall_view",
}
"""Keys handed on to the open page, where it has the method."""


class Shell(QWidget):
    """The main window of one person at one desk."""

    def __init__(self, premises: Premises) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setWindowTitle(premises.project)
        self._premises, role = premises, premises.desk.who.role
        allowed = sorted((page for page in premises.pages if page.needs is None or may(role, page.needs)),
                         key=lambda page: page.order)
        self._pages: dict[str, Page] = {page.key: page for page in allowed}
        self._trail: list[str] = []  # the areas opened, the newest last, for Esc
        self.calmly: Callable[[Exception], bool] = lambda _: False  # says a trouble in its own way, where it can
        self.stage = Stage()
        self.banner = Banner(closable=True)
        self.status = StatusLine()
        self.finder = Finder(premises.find, premises.lane)
        who = WhoMenu(premises.desk.who.name, role_words(role), premises.doors.switch_user, premises.doors.language,
                      premises.doors.dark, self.show_keys, premises.doors.leave)
        self.bar = TopBar(premises.project, self.finder, who)
        self.rail = Rail(premises.project[:1], allowed, self.open_page)
        self.setLayout(row(self.rail, column(self.bar, self.banner, self.stage, self.status, gap=0), gap=0))
        self.room = self._furnish(premises)
        self._connect(premises)
        self._shortcuts()
        self.setMinimumSize(900, 500)

    def open_page(self, key: str, argument: object = None) -> None:
        """Bring an area to the front, building it the first time; the argument is shown by the page."""
        page = self._pages.get(key)
        if page is None:
            return
        widget = self.stage.bring(page, self.room)
        if not page.own_window and self._trail[-1:] != [key]:
            self._trail = [*self._trail[-20:], key]
            self.rail.show_open(key)
            self.bar.show_switches(self.stage.switches(key))
            widget.setFocus()
        if argument is not None:
            call(widget, "show_argument", argument)
        away = self.room.bulletin.away_since is not None  # what is counted then may be what has not come
        self.status.say("" if away else str(call(widget, "status") or ""))

    def refuse(self, trouble: Exception) -> None:
        """Show why not, above the page; anything but an answer or the weather is a bug."""
        if isinstance(trouble, LOG_IN_AGAIN):
            self._lead_out(trouble)
        elif self.calmly(trouble):
            return
        elif isinstance(trouble, Refusal | Weather):
            again = self._premises.changed if isinstance(trouble, Weather) else None
            self.banner.refuse(trouble, again)
        else:
            self._premises.bug(trouble)

    def answer(self, trouble: Exception) -> None:
        """Show why what somebody asked for cannot be: in the sheet they look at, where one stands over the page."""
        sheet = self._sheet_in_front()
        if sheet is None or isinstance(trouble, LOG_IN_AGAIN) or not isinstance(trouble, Refusal | Weather):
            self.refuse(trouble)
        else:
            self.calmly(trouble)
            sheet.banner.refuse(trouble)

    def heard(self) -> None:
        """The database answered: the time is shown, and what waited for it waits no more."""
        self.status.show_heard(self._premises.now())
        if self.banner.waits:
            self.banner.hide()

    def perform(self, step: Step, unit: int) -> None:
        """Open the form of a step over the window, whichever page owns it."""
        try:
            perform(self.room, self._premises.pages, self, step, unit)
        except Refusal as refusal:
            self.refuse(refusal)

    def show_paper(self, paper: Paper) -> None:
        """Open the preview of a finished paper."""
        from salescenter.ui.kit.preview import Preview  # noqa: PLC0415  the PDF library comes with the first paper

        given, watch = self._premises, self.room.printing()
        Preview(paper, given.papers, self, keeper=given.keeper(), memory=given.drafts, watch=watch).show()

    def show_keys(self) -> None:
        """Open the sheet of keys."""
        keys_sheet(self).stand_over(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in PAGE_KEYS and plain:
            self._hand_on(PAGE_KEYS[key])
        elif key == Qt.Key.Key_F5:
            self._premises.changed()
        elif key == Qt.Key.Key_Escape:
            self._back()
        elif plain and event.text().isdigit():
            self.finder.begin(event.text())  # a room number may be typed anywhere
        elif event.matches(QKeySequence.StandardKey.Undo):
            if not undo_offered(self):
                self.stage.ask("undo")
        else:
            super().keyPressEvent(event)

    def _lead_out(self, trouble: Exception) -> None:
        """Nobody goes on here: keep what is typed, close what stands over the window, and lead to the log-in."""
        window = self.window()
        keep_all(window)
        for sheet in window.findChildren(QDialog):
            sheet.reject()
        self._premises.doors.led_out(trouble)

    def _sheet_in_front(self) -> Sheet | None:
        return next((one for one in reversed(self.window().findChildren(Sheet)) if one.isVisible()), None)

    def _weather_turned(self, since: object) -> None:
        self.stage.weather_turned(since)
        if since is None:
            for sheet in self.window().findChildren(Sheet):
                for banner in sheet.findChildren(Banner):
                    banner.heal()

    def _back(self) -> None:
        """Esc: the page goes a step back, else the banner goes, else the page before returns."""
        if self.stage.ask("back"):
            return
        if self.banner.isVisible():
            self.banner.close_it()
        elif len(self._trail) > 1:
            self._trail.pop()
            self.open_page(self._trail.pop())

    def _hand_on(self, method: str) -> None:
        if method == "next_in_rota" and not hasattr(self.stage.currentWidget(), method):
            self.open_page("reception")
        self.stage.ask(method)

    def _connect(self, given: Premises) -> None:
        late.bring_home(self.room, self)
        late.look_after_printing(self.room, self, self.banner.say, self.banner.unsay)
        given.bulletin.away.connect(self._weather_turned)
        self.finder.chosen.connect(lambda hit: self.open_page(hit.page, hit.argument))
        self.finder.nothing.connect(lambda text: self.status.say(tr("Nothing found: {text}", text=text)))
        given.lane.run(lambda: privacy(given.desk), self.status.show_privacy, owner=self, refused=deaf)

    def _shortcuts(self) -> None:
        QShortcut(QKeySequence("Ctrl+K"), self, lambda: self.finder.begin(self.finder.text()))
        QShortcut(QKeySequence("F1"), self, self.show_keys)
        QShortcut(QKeySequence("Ctrl+L"), self, self._premises.doors.switch_user)
        for place, key in enumerate(list(self._pages)[:9], 1):
            QShortcut(QKeySequence(f"Ctrl+{place}"), self, lambda key=key: self.open_page(key))

    def _furnish(self, given: Premises) -> Room:
        return Room(given.desk, given.lane, given.papers, given.now, self.status.say, self.answer, self.open_page,
                    self.perform, self.show_paper, given.changed, given.bulletin, given.drafts,
                    Looks(given.doors.language, given.doors.dark, given.doors.cells), given.waiting,
                    door=given.door, printing=late.printing(given, self))

