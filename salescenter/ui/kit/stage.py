"""The stage: every area's widget, built when it is first opened, the open one in front."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from salescenter.i18n import tr
from salescenter.ui.kit.page import Page, call
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.waiting import LoadingOverlay


class Stage(QStackedWidget):
    """Areas with a window of their own open beside it; all others in it."""

    def __init__(self) -> None:
        super().__init__()
        self._built: dict[str, QWidget] = {}
        self._switches: dict[str, QWidget | None] = {}

    def bring(self, page: Page, room: Room) -> QWidget:
        """Bring an area to the front and return its widget."""
        widget = self._built.get(page.key) or self._build(page, room)
        if page.own_window:
            widget.show()
            widget.raise_()
            widget.activateWindow()
        else:
            self.setCurrentWidget(widget)
        return widget

    def switches(self, key: str) -> QWidget | None:
        """Return the switches an area puts into the top bar."""
        return self._switches.get(key)

    def ask(self, method: str, *arguments: object) -> object:
        """Call a method of the area in front, if it has it."""
        return call(self.currentWidget(), method, *arguments)

    def weather_turned(self, since: object) -> None:
        """The database is away since a moment, or back (None): what waits for it says so, or all is looked up again."""
        if since is None:
            self.look_again()
            return
        for widget in list(self._built.values()):
            for waits in widget.findChildren(LoadingOverlay):
                waits.give_up()

    def look_again(self) -> None:
        """The database is back: every area that was opened meanwhile loads its lists; forms are left alone."""
        for widget in list(self._built.values()):
            call(widget, "reload" if hasattr(widget, "reload") else "load")

    def close_windows(self) -> None:
        """Close the windows that stand beside the main one."""
        for widget in list(self._built.values()):
            if widget.isWindow():
                widget.close()

    def _build(self, page: Page, room: Room) -> QWidget:
        widget = self._built[page.key] = page.build(room)
        if page.own_window:
            widget.setWindowTitle(tr(page.title))
            widget.destroyed.connect(lambda: self._built.pop(page.key, None))
        else:
            self.addWidget(widget)
            switches = call(widget, "switches")
            self._switches[page.key] = switches if isinstance(switches, QWidget) else None
        return widget
