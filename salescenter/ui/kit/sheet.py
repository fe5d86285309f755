"""A sheet: a form over the window with a title, a body that scrolls, and one main action at the lower left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QWidget

from salescenter.domain.errors import Refusal, Weather
from salescenter.i18n import tr
from salescenter.ui.kit.buttons import Button, DangerButton, FilledButton, OutlinedButton
from salescenter.ui.kit.form import FormGrid, keep_all
from salescenter.ui.kit.labels import Label, TitleLabel
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import Body, Piece, column, hold, row, scrolled

WIDE, NARROW = 880, 560
"""Usual widths of a sheet in pixels; it never grows beyond the window."""


class Sheet(QDialog):
    """Opens over its window with `open()`; Esc leaves without a question and keeps the draft.

    `finished_with(result)` is sent when the main action led to a result (`finish(result)`).
    """

    finished_with = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = NARROW,
                 subtitle: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._width, self._host = width, parent
        self._main: FilledButton | DangerButton | None = None
        self.form: FormGrid | None = None
        self.banner = Banner(tone="warning")
        self._body = column(gap=14)
        self._body.setContentsMargins(20, 4, 20, 16)
        self._head = row(TitleLabel(title), Label(subtitle, "muted"), None, gap=10)
        self._head.setContentsMargins(20, 16, 20, 8)
        self._inside = Body()
        self._inside.setLayout(self._body)
        self._inside.installEventFilter(self)
        self._area = scrolled(self._inside)
        self._grown = QTimer(self)  # pieces just put in are counted only when they are shown
        self._grown.setSingleShot(True)
        self._grown.setInterval(0)
        self._grown.timeout.connect(self._grow)
        self._remark = Label("", "hint")
        self._actions = row(None, self._remark)
        self._actions.setContentsMargins(20, 12, 20, 12)
        self._foot = QFrame()
        self._foot.setProperty("look", "sheetfoot")
        self._foot.setLayout(self._actions)
        self._lay_out()

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setProperty("look", "flat")
        self._pieces = column(self._head, self._banner_row(), self._area, self._foot, gap=0)
        self._pieces.setStretch(2, 1)  # what is over is the body's, to the last pixel
        frame.setLayout(self._pieces)
        self.setLayout(column(frame))

    def stand_over(self, window: QWidget) -> None:
        """Open over this window: the shell calls it for sheets that were built without one."""
        self.setParent(window, self.windowFlags())
        self._host = window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open()

    def put(self, *pieces: Piece) -> None:
        """Add things to the body, below what is there; None is a stretch."""
        for piece in pieces:
            if piece is None:
                self._body.addStretch(1)
            elif isinstance(piece, QWidget):
                self._body.addWidget(piece)
            else:
                self._body.addLayout(piece)

    def keep_in_sight(self, piece: QWidget) -> None:
        """Add something above the actions: it is never scrolled away, and no field moves when it appears."""
        layout = row(piece)
        layout.setContentsMargins(20, 0, 20, 8)
        self._pieces.insertWidget(self._pieces.indexOf(self._foot), hold(layout))

    def grow(self) -> None:
        """Take more room once what was said beside the body is laid out."""
        self._grown.start()

    def put_form(self, form: FormGrid, *, beside: QWidget | None = None) -> None:
        """Add the sheet's form: Ctrl+Enter in it presses the main action, refusals appear under its fields.

        `beside`: what is read while the form is filled in, at its left, so that a low screen holds both.
        """
        self.form = form
        form.finished.connect(self.press_main)
        if beside is None:
            self.put(form)
            return
        both = row(column(beside, None), column(form, None), gap=20)
        for at, share in enumerate((5, 8)):
            both.setStretch(at, share)
        self.put(both)

    def main_action(self, text: str, pressed: Callable[[], object]) -> FilledButton:
        """Give the sheet its one main action."""
        self._main = main = FilledButton(text, pressed, key="Ctrl ⏎")
        self._actions.insertWidget(0, main)
        return main

    def add_action(self, text: str, pressed: Callable[[], object]) -> OutlinedButton:
        """Add another action behind the main one."""
        button = OutlinedButton(text, pressed)
        self._actions.insertWidget(self._actions.count() - 2, button)
        return button

    def danger_action(self, text: str, pressed: Callable[[], object]) -> DangerButton:
        """Add the dangerous action, far from the main one; Ctrl+Enter presses it where a form was filled in for it."""
        alone = self._main is None and self.form is not None
        button = DangerButton(text, pressed, key="Ctrl ⏎" if alone else "")
        if alone:
            self._main = button
        self._actions.addWidget(button)
        return button

    def remark(self, text: str) -> None:
        """Say something quiet at the lower right, such as that the draft is kept."""
        self._remark.setText(text)

    def badge(self, widget: QWidget) -> None:
        """Put a widget, such as a StateBadge, beside the title."""
        self._head.insertWidget(2, widget)

    def press_main(self) -> None:
        """Press the main action, as Ctrl+Enter does."""
        if self._main is not None and self._main.isEnabled():
            self._main.click()

    def busy(self, busy: bool = True) -> None:
        """Switch the actions off while the deed is under way."""
        for button in self._foot.findChildren(Button):
            button.setEnabled(not busy)

    def refuse(self, trouble: Exception) -> None:
        """Show a refusal under the field it names, else at the top; the sheet stays open with all that was typed."""
        self.busy(False)
        if isinstance(trouble, Refusal | Weather) and self.form is not None and self.form.refuse(trouble):
            return
        self.banner.refuse(trouble)
        self._area.verticalScrollBar().setValue(0)

    def finish(self, result: object = None) -> None:
        """Close with a result: the draft is dropped."""
        if self.form is not None:
            self.form.drop_draft()
        self.finished_with.emit(result)
        self.accept()

    def reject(self) -> None:
        """Leave; what was typed is kept as a draft."""
        keep_all(self)
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.press_main()
            return  # Enter alone never closes a sheet
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        chrome = self.height() - self._area.height() if self.isVisible() else self._chrome()
        body = self._body.totalHeightForWidth(self._width)
        body = body if body >= 0 else self._body.totalSizeHint().height()
        wanted = QSize(self._width, chrome + body)
        return wanted.boundedTo(self._room())

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)
        self._begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grown.start()
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        """Follow the body when it grew; a sheet never shrinks under the hand, and begins in its first field."""
        self._begin()
        before = self.height()
        if self.sizeHint().height() > before:
            self.fit()
            if self.height() > before:
                self._grown.start()  # what wraps beside the body is only now laid out

    def _begin(self) -> None:
        """Begin in the first field; where there is only something to read, there: never on an action Enter would do."""
        if self.focusWidget() not in (None, self._area):
            return
        piece = self._area.nextInFocusChain()
        while piece is not None and piece is not self._area:
            if self._inside.isAncestorOf(piece) and _can_begin(piece, self):
                piece.setFocus(Qt.FocusReason.TabFocusReason)
                return
            piece = piece.nextInFocusChain()
        self._area.setFocus()

    def fit(self) -> None:
        """Take the size the body wants now, in the middle of the window's upper part; call it when the body grew."""
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # a bar would narrow what wraps
        self.resize(self.sizeHint())  # adjustSize would stop at two thirds of the screen
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        if self._host is not None:
            window = self._host.window().frameGeometry()
            down = max(24, (window.height() - self.height()) // 3)
            self.move(window.center().x() - self.width() // 2, window.top() + down)

    def _room(self) -> QSize:
        around = self._host.window().size() if self._host else self.screen().availableSize()
        return QSize(max(360, around.width() - 40), max(320, around.height() - 56))

    def _chrome(self) -> int:
        return self._head.sizeHint().height() + self._foot.sizeHint().height() + 8

    def _banner_row(self) -> QWidget:
        layout = row(self.banner)
        layout.setContentsMargins(20, 0, 20, 8)
        return hold(layout)


def _can_begin(piece: QWidget, sheet: QWidget) -> bool:
    by_tab = Qt.FocusPolicy.TabFocus
    return piece.isVisibleTo(sheet) and piece.isEnabled() and piece.focusPolicy() & by_tab == by_tab


def ask(parent: QWidget, title: str, text: str, action: str, pressed: Callable[[], object],
        *, danger: bool = False) -> Sheet:
    """Ask one question that needs an answer, with its consequence in words; open it and go on."""
    sheet = Sheet(title, parent, width=440)
    words = QLabel(text)
    words.setWordWrap(True)
    sheet.put(words)

    def do() -> None:
        sheet.finish()
        pressed()

    sheet.add_action(tr("Not now"), sheet.reject)
    sheet.danger_action(action, do) if danger else sheet.main_action(action, do)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet
