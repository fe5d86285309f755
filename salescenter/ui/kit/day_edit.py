"""A day, typed as the trade writes it or picked from a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from salescenter.i18n import spoken, tr
from salescenter.ui.kit import formats, theme
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.icons import icon
from salescenter.ui.kit.reading import read_day


class DayEdit(LineEdit):
    """A day: `3-5`, `+7`, `周三`, `today` are read; up and down move by a day, Alt+Down opens the calendar.

    `value` is a date or None. Typing is never stopped; what cannot be read is said under the field.
    """

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("", tr("3-5, +7, today"), parent)
        self._today = today
        self._day: date | None = None
        self._button = self.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        self._button.setToolTip(tr("Calendar"))
        self._button.triggered.connect(self.open_calendar)
        self.textEdited.connect(self._read)
        theme.changed.connect(self._redraw)

    def value(self) -> Any:
        """Return the day, or None where there is none or it cannot be read."""
        return self._day

    def put(self, value: Any) -> None:
        """Show a day."""
        self._day = value
        self.setText(self._written(full=not self.hasFocus()))

    def kept(self) -> object:
        """Return the day as ISO text, or what was typed where it cannot be read."""
        return self._day.isoformat() if self._day else self.text()

    def restore(self, kept: object) -> None:
        """Put back what `kept` gave."""
        self._read(str(kept))
        if self._day:
            self.put(self._day)
        else:
            self.setText(str(kept))

    def problem(self) -> str:
        """Say how a day is written where it cannot be read."""
        wrong = self.text().strip() and self._day is None
        return tr("This cannot be read as a day; write 3-5, +7 or today.") if wrong else ""

    def open_calendar(self) -> None:
        """Show the calendar under the field."""
        popup = _CalendarPopup(self._day or self._today(), self._picked, self)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._day:
            self.setText(self._written(full=False))
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._day:
            self.setText(self._written(full=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif step:
            self._picked((self._day or self._today()) + timedelta(days=step))
        else:
            super().keyPressEvent(event)

    def _read(self, text: str) -> None:
        self._day = read_day(text, self._today())

    def _picked(self, day: date) -> None:
        self.put(day)
        self.edited.emit()

    def _written(self, *, full: bool) -> str:
        if self._day is None:
            return ""
        return (formats.day_full if full else formats.day)(self._day, self._today())

    def _redraw(self) -> None:
        self._button.setIcon(icon("calendar"))


class _CalendarPopup(QFrame):
    """A month to pick a day from; closes by a pick, Esc or a click beside it."""

    def __init__(self, shown: date, picked: Callable[[date], None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "popup")
        month = QCalendarWidget()
        month.setLocale(QLocale(spoken()))
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        muted = QTextCharFormat()
        muted.setForeground(theme.colour("muted"))
        month.setHeaderTextFormat(muted)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            month.setWeekdayTextFormat(day, muted)
        month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        month.clicked.connect(lambda day: self._take(day, picked))
        month.activated.connect(lambda day: self._take(day, picked))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(month)
        month.setFocus()

    def _take(self, day: QDate, picked: Callable[[date], None]) -> None:
        if self.isVisible():
            self.close()
            picked(date(day.year(), day.month(), day.day()))

