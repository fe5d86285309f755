"""The pages of a pre-printed form: which one is shown, one more, one less, and whether two are one sheet's sides."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from salescenter.domain.papers.overlay import MOST_PAGES, OverlayForm
from salescenter.i18n import tr
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.editors import Tick
from salescenter.ui.kit.labels import Label


class FormPages(QWidget):
    """A line above the page. `turned(page)`: show another; `changed(form, page)`: the form has other pages now."""

    turned = Signal(int)
    changed = Signal(object, int)

    def __init__(self) -> None:
        super().__init__()
        self._form = OverlayForm("", 0, 0)
        self.page = 1
        self.back, self.on = LinkButton("‹", lambda: self.turn(-1)), LinkButton("›", lambda: self.turn(1))
        for button, words in ((self.back, tr("Page before")), (self.on, tr("Next page"))):
            button.setToolTip(f"{words} (Ctrl+{'Page Up' if button is self.back else 'Page Down'})")
            button.setAccessibleName(words)
        self.said = Label("", "muted")
        self.more, self.less = LinkButton(tr("Add a page"), self.add), LinkButton(tr("Remove this page"), self.remove)
        self.both = Tick(tr("Front and back of a sheet"))
        self.both.setToolTip(tr("Off: each page is a sheet of its own."))
        self.both.edited.connect(lambda: self.changed.emit(replace(self._form, both=self.both.value()), self.page))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for piece in (self.back, self.said, self.on, self.more, self.less, self.both):
            layout.addWidget(piece)
        layout.addStretch(1)

    def show_page(self, form: OverlayForm, page: int) -> None:
        """Say which page of a form is shown."""
        self._form, self.page = form, page
        self.said.say(tr("Page {number} of {count}", number=page, count=form.pages))
        for piece in (self.back, self.said, self.on, self.less, self.both):
            piece.setVisible(form.pages > 1)
        self.more.setVisible(form.pages < MOST_PAGES)
        self.back.setEnabled(page > 1)
        self.on.setEnabled(page < form.pages)
        self.both.put(form.both)

    def turn(self, by: int) -> None:
        """Ask for a page further on or back, where there is one."""
        if 1 <= self.page + by <= self._form.pages:
            self.turned.emit(self.page + by)

    def add(self) -> None:
        """Begin another page behind the last one."""
        self.changed.emit(replace(self._form, more=(*self._form.more, b"")), self._form.pages + 1)

    def remove(self) -> None:
        """Take the page that is shown away with its fields; undo brings it back."""
        self.changed.emit(self._form.without_page(self.page), min(self.page, max(1, self._form.pages - 1)))
