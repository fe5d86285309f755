"""The fields a form is made of: text, notes, amounts, areas, whole numbers, ticks."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from salescenter.domain.money import Money
from salescenter.domain.printed_letters import unprintable
from salescenter.i18n import mark, tr
from salescenter.ui.kit import formats
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.reading import read_area, read_money, read_whole


@runtime_checkable
class Editor(Protocol):
    """What a form asks of a field; every editor of the kit is one.

    `edited` is a Signal without arguments, sent at each change by the user; `value` is what was typed, read, or
    None where the field is empty or cannot be read; `put` shows a value; `kept` and `restore` carry what stands
    in the field, right or wrong, through a draft (plain JSON); `problem` says why it cannot be read, "" if fine.
    """

    @property
    def edited(self) -> Any: ...

    def value(self) -> Any: ...

    def put(self, value: Any) -> None: ...

    def kept(self) -> object: ...

    def restore(self, kept: object) -> None: ...

    def problem(self) -> str: ...


@runtime_checkable
class WithEnter(Protocol):
    """An editor of several parts that sometimes uses Enter itself, such as a search with its hints."""

    def takes_enter(self) -> bool: ...


def is_the_windows(event: QEvent) -> bool:
    """Say whether a key is the window's own (Ctrl+K), though Qt's fields would take it to cut the line off."""
    return (event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_K and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))


def cannot_print(text: str) -> str:
    """Say which character of a text no paper could print, and what to do; "" where all of it prints."""
    letter = unprintable(text)
    if not letter:
        return ""
    said = tr("No font can print “{character}” ({codepoint}).", character=letter, codepoint=f"U+{ord(letter):04X}")
    return f"{said} {tr('Write the name with another character, or fill it in by hand.')}"


class LineEdit(QLineEdit):
    """One line of text; `value` is without the blanks at its ends, "" where empty."""

    edited = Signal()

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(lambda _: self.edited.emit())

    def value(self) -> Any:
        """Return the text."""
        return self.text().strip()

    def put(self, value: Any) -> None:
        """Show a text, from its beginning."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def kept(self) -> object:
        """Return the text as it stands."""
        return self.text()

    def restore(self, kept: object) -> None:
        """Put back what `kept` gave."""
        self.setText(str(kept))

    def problem(self) -> str:
        """Text is fine that papers can print; a password never stands on one."""
        return cannot_print(self.text()) if self.echoMode() == QLineEdit.EchoMode.Normal else ""

    def event(self, event: QEvent) -> bool:
        return False if is_the_windows(event) else super().event(event)


class FigureEdit(LineEdit):
    """A figure typed freely and written properly when the field is left."""

    cannot = mark("This cannot be read as a number.")

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", placeholder, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFont(numbers(self.font()))

    def read(self, text: str) -> Any:
        """Read a text; None where it cannot be."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Write a value as the field shows it."""
        raise NotImplementedError

    def value(self) -> Any:
        return self.read(self.text()) if self.text().strip() else None

    def put(self, value: Any) -> None:
        self.setText("" if value is None else self.write(value))

    def problem(self) -> str:
        return tr(self.cannot) if self.text().strip() and self.value() is None else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason,
                              Qt.FocusReason.OtherFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        value = self.value()
        if value is not None and self.write(value) != self.text():
            self.setText(self.write(value))


class MoneyEdit(FigureEdit):
    """An amount of Money, right-aligned; `1234.5`, `120万` and capital words are read. `value` is Money or None."""

    cannot = mark("This cannot be read as an amount; write 1,234.50 or 120万.")

    def read(self, text: str) -> Money | None:
        return read_money(text)

    def write(self, value: Any) -> str:
        return formats.money(value).replace("−", "-")


class AreaEdit(FigureEdit):
    """An area in square metres with two places; `value` is a Decimal or None."""

    cannot = mark("This cannot be read as an area; write 107.62.")

    def read(self, text: str) -> Decimal | None:
        return read_area(text)

    def write(self, value: Any) -> str:
        return formats.area(value)


class WholeEdit(FigureEdit):
    """A whole number; `value` is an int or None."""

    cannot = mark("This cannot be read as a whole number.")

    def read(self, text: str) -> int | None:
        return read_whole(text)

    def write(self, value: Any) -> str:
        return formats.count(value).replace("−", "-")


class PercentEdit(FigureEdit):
    """A share typed in percent (`98`, `98.5%`); `value` is the share as a Decimal (0.985) or None."""

    cannot = mark("This cannot be read as a percentage; write 98.5.")

    def read(self, text: str) -> Decimal | None:
        figure = read_area(text.strip().removesuffix("%").removesuffix("％"))
        return None if figure is None else figure / 100

    def write(self, value: Any) -> str:
        return f"{(value * 100).normalize():f}%"


class NoteEdit(QPlainTextEdit):
    """Some lines of text; Enter moves on as in every field, Shift+Enter begins a new line."""

    edited = Signal()

    def __init__(self, lines: int = 2, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 22)
        self._filling = False
        self.textChanged.connect(self._tell)

    def value(self) -> Any:
        """Return the text."""
        return self.toPlainText().strip()

    def put(self, value: Any) -> None:
        """Show a text."""
        self._filling = True
        self.setPlainText("" if value is None else str(value))
        self._filling = False

    def kept(self) -> object:
        """Return the text as it stands."""
        return self.toPlainText()

    def restore(self, kept: object) -> None:
        """Put back what `kept` gave."""
        self.put(kept)

    def problem(self) -> str:
        """Text is fine that papers can print."""
        return cannot_print(self.toPlainText())

    def event(self, event: QEvent) -> bool:
        return False if is_the_windows(event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._filling:
            self.edited.emit()


class Tick(QCheckBox):
    """A yes or no with its words beside it; `value` is a bool."""

    edited = Signal()

    def __init__(self, text: str, parent: QWidget | None = None, *, told: Callable[[bool], object] | None = None
                 ) -> None:
        super().__init__(text, parent)
        self.clicked.connect(lambda _: self.edited.emit())
        if told is not None:
            self.toggled.connect(told)

    def value(self) -> Any:
        """Return whether it is ticked."""
        return self.isChecked()

    def put(self, value: Any) -> None:
        """Tick or clear it."""
        self.setChecked(bool(value))

    def kept(self) -> object:
        """Return whether it is ticked."""
        return self.isChecked()

    def restore(self, kept: object) -> None:
        """Put back what `kept` gave."""
        self.setChecked(bool(kept))

    def problem(self) -> str:
        """A tick is always fine."""
        return ""
