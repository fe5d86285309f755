"""Loading and long work: a skeleton after 150 ms, a panel with progress and a way out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from salescenter.i18n import tr
from salescenter.ui.kit import theme
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.formats import count
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.lane import Progress
from salescenter.ui.kit.notices import LOADS, WAITS, EmptyState
from salescenter.ui.kit.panel import Panel, row

SKELETON_AFTER = 150
"""Milliseconds an answer may take before a skeleton is drawn; faster answers never flicker."""

_LINES = (0.38, 0.82, 0.67, 0.74, 0.55, 0.8, 0.62, 0.7)


class Skeleton(QWidget):
    """Grey bars where lines of text will stand."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("grey_soft"))
        for line, share in enumerate(_LINES):
            top = 16 + line * 30
            if top + 14 < self.height():
                painter.drawRoundedRect(QRectF(16, top, (self.width() - 32) * share, 14), 4, 4)
        painter.end()


class LoadingOverlay(QWidget):
    """A skeleton over a widget while its answer is on the way: `begin()`, then `end()`, or `give_up()`.

    stale: says whether something stands there from before, which is better than words about its absence.
    """

    def __init__(self, over: QWidget, stale: Callable[[], bool] = lambda: False) -> None:
        super().__init__(over)
        self._over, self._stale = over, stale
        self._bones = Skeleton(self)
        self._words: EmptyState | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SKELETON_AFTER)
        self._late.timeout.connect(self.appear)
        over.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """An answer was asked for."""
        self._late.start()

    def end(self) -> None:
        """The answer is here."""
        self._late.stop()
        self.hide()

    def give_up(self) -> None:
        """No answer comes while the database is away: say so, or show again what stood there before."""
        if not (self._late.isActive() or self._waits()):
            return
        self.end()
        if not self._stale():
            self._appear(self._absence())

    @property
    def is_under_way(self) -> bool:
        """Say whether something in sight still waits for its answer."""
        return self._over.isVisible() and (self._late.isActive() or self._waits())

    def appear(self) -> None:
        """Show the skeleton now."""
        self._appear(self._bones)

    def _waits(self) -> bool:
        return not self.isHidden() and not self._bones.isHidden()

    def _absence(self) -> EmptyState:
        if self._words is None:
            self._words = EmptyState(tr(WAITS), tr(LOADS), icon="clock", parent=self)
        return self._words

    def _appear(self, piece: QWidget) -> None:
        self._bones.setVisible(piece is self._bones)
        if self._words is not None:
            self._words.setVisible(piece is self._words)
        self._cover()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        painter.end()

    def _cover(self) -> None:
        self.setGeometry(self._over.rect())
        for piece in (self._bones, self._words):
            if piece is not None:
                piece.setGeometry(self.rect())


class ProgressPanel(Panel):
    """How far a long job is, and a button to stop it."""

    cancelled = Signal()

    def __init__(self, title: str, parent: QWidget | None = None,
                 *, cancel: Callable[[], object] | None = None) -> None:
        super().__init__(title, parent)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._what = Label("", "muted")
        self._cancel = OutlinedButton(tr("Cancel"), self._stop)
        self.setFocusProxy(self._cancel)
        if cancel is not None:
            self.cancelled.connect(cancel)
        self.put(self._bar, row(self._what, None, self._cancel))
        self.show_progress(Progress(0, 0))

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is; a whole of 0 moves to and fro."""
        self._cancel.setEnabled(True)
        self._bar.setRange(0, progress.whole)
        self._bar.setValue(progress.done)
        figures = f"{count(progress.done)} / {count(progress.whole)}" if progress.whole else ""
        self._what.setText("  ".join(part for part in (progress.what, figures) if part))

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._what.setText(tr("Stopping …"))
        self.cancelled.emit()
