"""What a page says about itself: banners, the empty state, and the offer to undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from salescenter.domain.errors import Weather
from salescenter.domain.refusals import DatabaseAway
from salescenter.i18n import mark, tr
from salescenter.ui.kit import icons, theme
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton, ToastButton
from salescenter.ui.kit.labels import Label, restyle
from salescenter.ui.kit.late import refusal_words

AWAY = mark("The database does not answer: this waits until it is back.")
AGAIN = mark("What is typed stays. Press again then; what was done all the same is not done twice.")

WAITS = mark("Waiting for the database")
LOADS = mark("It does not answer now. What belongs here loads by itself once it is back.")

BESIDE = 12
"""Pixels between a sentence and its remedy where both stand in one line."""

TOAST_STAYS = 8_000
"""Milliseconds an offer to undo stays; it waits while the mouse is on it."""


class Banner(QFrame):
    """A sentence in the page with a coloured edge: tone accent, warning, danger or neutral."""

    closed = Signal()

    def __init__(self, text: str = "", remedy: str = "", tone: str = "neutral",
                 parent: QWidget | None = None, *, closable: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("look", "banner")
        self._text = Label("", "strong", wrap=True)
        self._remedy = Label("", "", wrap=True)
        self._again = OutlinedButton(tr("Try again"), self._try_again)
        self._retry: Callable[[], object] | None = None
        self._close = QToolButton(self)
        self._close.setAccessibleName(tr("Close"))
        self._close.clicked.connect(self.close_it)
        self._close.setVisible(closable)
        self._low = False
        self._words = QVBoxLayout()
        self._words.addWidget(self._text)
        self._words.addWidget(self._remedy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 9, 10, 9)
        layout.addLayout(self._words, 1)
        layout.addWidget(self._again, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._redraw)
        self._redraw()
        self.say(text, remedy, tone)

    def say(self, text: str, remedy: str = "", tone: str = "neutral", again: Callable[[], object] | None = None,
            press: str = "") -> None:
        """Show a sentence and its remedy; with `again` a button to try again, or whatever else `press` says."""
        self._text.setText(text)
        self._text.setProperty("look", "strong" if remedy else "")
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self._retry, self.is_weather, self.waits = again, False, False
        self._again.setText(press or tr("Try again"))
        self._again.setVisible(again is not None)
        self.setProperty("tone", tone)
        self.setAccessibleName(f"{text} {remedy}".strip())
        for widget in (self, self._text):
            restyle(widget)
        self.setVisible(bool(text))
        self._fit()

    def keep_low(self) -> Banner:
        """Stand in one line where that holds sentence and remedy: above a picture each line covers some of it."""
        self._low = True
        self._fit()
        return self

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        bold = QFont(self._text.font())
        bold.setBold(True)
        wide = QFontMetrics(bold).horizontalAdvance(self._text.text()) + BESIDE
        wide += self._remedy.fontMetrics().horizontalAdvance(self._remedy.text())
        room = self._words.geometry().width() if self._words.geometry().isValid() else self.width() - 22
        beside = self._low and not self._remedy.isHidden() and wide <= room
        self._words.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(BESIDE if beside else 2)
        self._words.setStretchFactor(self._remedy, int(beside))
        self._text.setWordWrap(not beside)  # what may wrap asks for less room than its words need

    def refuse(self, trouble: Exception, again: Callable[[], object] | None = None) -> None:
        """Show a Refusal (orange) or Weather (red) in words with its remedy; calmly that the house's database is away.

        Why it is away is said once, at the head of the window: it is the same for everything that waits.
        """
        if isinstance(trouble, DatabaseAway):
            self.say(tr(AWAY), tr(AGAIN), "warning", again)
            self.is_weather = self.waits = True
        else:
            self.explain(trouble, again)

    def not_loaded(self, trouble: Exception, again: Callable[[], object] | None) -> None:
        """Say why there is nothing to look at; unlike a deed, nothing was typed and nothing is to be pressed again."""
        if isinstance(trouble, DatabaseAway):
            self.say(tr(WAITS), tr(LOADS), "warning", again)
            self.is_weather = self.waits = True
        else:
            self.explain(trouble, again)

    def explain(self, trouble: Exception, again: Callable[[], object] | None = None) -> None:
        """Show a trouble in full: also why a server does not answer that the house does not stand on."""
        sentence, remedy = refusal_words(trouble)
        weather = isinstance(trouble, Weather)
        self.say(sentence, remedy, "danger" if weather else "warning", again)
        self.is_weather = weather

    def heal(self) -> None:
        """The database is back: what was to be loaded is loaded, and what was pressed in vain may be pressed again."""
        if not self.waits or self.isHidden():
            return
        if self._retry is not None:
            self._retry()
        else:
            self.say(tr("The database answers again: go on where you were."), tone="accent")

    def text(self) -> str:
        """Return the sentence shown."""
        return self._text.text()

    def unsay(self, text: str) -> None:
        """Take the banner away where it still says this."""
        if self.text() == text:
            self.hide()

    def close_it(self) -> None:
        """Take the banner away."""
        self.hide()
        self.closed.emit()

    def _try_again(self) -> None:
        if self._retry is not None:
            self._retry()

    def _redraw(self) -> None:
        self._close.setIcon(icons.icon("close"))


class EmptyState(QWidget):
    """What a page is for and the first thing to do, where there is nothing to show yet."""

    def __init__(self, title: str, text: str, action: str = "", pressed: Callable[[], object] | None = None,
                 *, icon: str = "empty", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._title = Label(title, "headline")
        self._text = Label(text, "muted", wrap=True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addSpacing(56)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        if action:
            layout.addSpacing(8)
            self.button = FilledButton(action, pressed)
            layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(self, title: str, text: str) -> None:
        """Change the words."""
        self._title.setText(title)
        self._text.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.width() / 2 - 22, self._title.y() - 56, 44, 44)
        icons.paint(painter, self._icon, box, theme.tokens().edge)
        painter.end()


LIFTED = 96
"""Pixels it stands above the foot of the window: over no page's buttons and not over the status line."""


class Toast(QFrame):
    """A line at the foot of the window that offers to undo what was just done, and goes by itself."""

    def __init__(self, window: QWidget, text: str, undo: Callable[[], object] | None) -> None:
        super().__init__(window)
        self.setProperty("look", "toast")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._window, self._undo = window, undo
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 10, 8)
        layout.setSpacing(14)
        layout.addWidget(Label(text))
        if undo is not None:
            layout.addWidget(ToastButton(tr("Undo"), self._undone, key="Ctrl+Z"))
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.timeout.connect(self.deleteLater)
        self._leave.start(TOAST_STAYS)
        window.installEventFilter(self)
        self._settle()
        self.show()
        self.raise_()

    def undo(self) -> bool:
        """Undo now, as Ctrl+Z does; False where nothing can be undone."""
        if self._undo is None:
            return False
        self._undone()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._leave.stop()
        elif event.type() == QEvent.Type.Leave:
            self._leave.start(TOAST_STAYS)
        return super().event(event)

    def _undone(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        self.deleteLater()
        if undo is not None:
            undo()

    def _settle(self) -> None:
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, self._window.height() - self.height() - LIFTED)


def offer_undo(widget: QWidget, text: str, undo: Callable[[], object] | None = None) -> Toast:
    """Say what was done at the foot of the widget's window, with Undo where the business allows it.

    Only the newest offer stands; Ctrl+Z in the window takes it.
    """
    withdraw_offers(widget)
    return Toast(widget.window(), text, undo)


def withdraw_offers(widget: QWidget) -> None:
    """Take offers to undo away: something later was done, and the way back is closed."""
    for old in widget.window().findChildren(Toast):
        old.hide()
        old.deleteLater()


def undo_offered(window: QWidget) -> bool:
    """Take the offer to undo that stands in a window; False where none does."""
    return any(toast.undo() for toast in window.findChildren(Toast) if toast.isVisible())
