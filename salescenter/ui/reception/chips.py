"""Choices made with one key: chips picked by their number, a list picked by its initials."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from salescenter.services.names import is_typed, spell, typed_form
from salescenter.ui.kit import theme
from salescenter.ui.kit.choices import Chip, ChipGroup, Choice, ComboBox

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
"""The key of each chip, in their order."""


class KeyedChips(ChipGroup):
    """Chips that also answer to 1, 2, 3 ... while one of them has the focus; their keys show then.

    `picked_by_key` is sent when a key chose one of which only one may be on: the form can go on.
    """

    picked_by_key = Signal()

    def __init__(self, choices: Sequence[Choice] = (), *, multi: bool = False,
                 add: Callable[[], object] | None = None, parent: QWidget | None = None) -> None:
        self.keys_shown = False
        self._one_only = not multi
        super().__init__(choices, multi=multi, add=add, parent=parent)

    def chips(self) -> list[Chip]:
        """Return the chips in their order."""
        return [chip for _, chip in self._chips]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = KEYS.find(event.text().lower()) if event.text() and not _held(event) else -1
        if 0 <= at < len(self._chips):
            self._chips[at][1].click()
            if self._one_only:
                self.picked_by_key.emit()
        elif event.text().isdigit() and not _held(event):
            event.accept()  # no such chip; a digit here never begins a search
        else:
            super().keyPressEvent(event)

    def _chip(self, words: str) -> Chip:
        chip = _KeyedChip(words, self, len(self.findChildren(_KeyedChip)))
        chip.clicked.connect(lambda on: self._picked(chip, on))
        chip.installEventFilter(self)
        self._flow.addWidget(chip)
        return chip

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show other choices; what is chosen stays chosen where it still exists."""
        super().set_choices(choices)
        for at, chip in enumerate(self.chips()):
            if isinstance(chip, _KeyedChip):
                chip.at = at

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.keys_shown = event.type() == QEvent.Type.FocusIn
            for chip in self.chips():
                chip.update()
        return super().eventFilter(watched, event)


class _KeyedChip(Chip):
    """A chip with its key in the upper corner while the group has the focus."""

    def __init__(self, words: str, group: KeyedChips, at: int) -> None:
        super().__init__(words, group)
        self._group, self.at = group, at

    def sizeHint(self) -> QSize:
        """Leave room for the bold words of a chip that is on."""
        bold = QFont(self.font())
        bold.setBold(True)
        more = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(0, more - 4), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._group.keys_shown or self.at >= len(KEYS):
            return
        painter = QPainter(self)
        small = QFont(self.font())
        small.setPixelSize(9)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRectF(self.width() - 14, 2, 9, 11), Qt.AlignmentFlag.AlignCenter, KEYS[self.at].upper())
        painter.end()


class WordBox(ComboBox):
    """One word of a dictionary, or a new one; initials typed without an input method find it (gszz: 改善自住)."""

    def __init__(self, words: Sequence[str] = (), *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__([(word, word) for word in words], free=True, placeholder=placeholder, parent=parent)
        line = self.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._by_initials)

    def set_words(self, words: Sequence[str]) -> None:
        """Offer other words."""
        self.set_choices([(word, word) for word in words])

    def put(self, value: object) -> None:
        """Show a word from its beginning."""
        super().put(value)
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _by_initials(self) -> None:
        typed = self.currentText().strip()
        if not is_typed(typed) or self._at(typed) is not None:
            return
        form = typed_form(typed)
        fitting = [at for at in range(self.count()) if _sounds(self.itemText(at), form)]
        if len(fitting) == 1:
            self.setCurrentIndex(fitting[0])
            self.edited.emit()


def _sounds(word: str, form: str) -> bool:
    spelt = spell(word)
    return spelt.initials.startswith(form) or spelt.pinyin.startswith(form) or word.casefold().startswith(form)


def _held(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
