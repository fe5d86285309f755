"""Forms: fields in two to six columns with label above and hint or error below, kept as a draft while typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from salescenter.domain.errors import Refusal, Weather
from salescenter.i18n import sentences, tr
from salescenter.ui.kit import theme
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.editors import Editor, WithEnter
from salescenter.ui.kit.labels import Label, restyle
from salescenter.ui.kit.late import refusal_words

DRAFT_AFTER = 300
"""Milliseconds after the last key until a draft is written."""


class Field(QWidget):
    """A label, its editor below, and under it a hint or an error in words."""

    def __init__(self, label: str, editor: QWidget, *, required: bool = False, hint: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.label = label
        self.required = required
        self._hint = hint
        self._label = QLabel(self)
        self._label.setProperty("look", "section")
        self._label.setBuddy(editor)
        self._note = Label("", "hint", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for piece in (self._label, editor, self._note):
            layout.addWidget(piece)
        self.set_label(label)
        self.set_error("")
        theme.changed.connect(self._write_label)

    def set_label(self, label: str) -> None:
        """Change the words above."""
        self.label = label
        self._write_label()

    def set_required(self, required: bool) -> None:
        """Mark the field as required, or not."""
        self.required = required
        self._write_label()

    def set_hint(self, hint: str) -> None:
        """Change the hint; an error that is shown stays."""
        self._hint = hint
        if not self._wrong():
            self._show(hint, "hint")

    def set_error(self, words: str) -> None:
        """Show an error under the field, "" takes it away and the hint returns."""
        self._show(words or self._hint, "error" if words else "hint")
        if bool(words) != self._wrong():
            self.editor.setProperty("wrong", "true" if words else "false")
            restyle(self.editor)

    def error(self) -> str:
        """Return the error shown, "" where there is none."""
        return self._note.text() if self._wrong() else ""

    def _wrong(self) -> bool:
        return bool(self.editor.property("wrong") == "true")

    def _show(self, words: str, look: str) -> None:
        self._note.say(words, look)
        self._note.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)

    def _write_label(self) -> None:
        star = f' <span style="color:{theme.tokens().danger}">*</span>' if self.required else ""
        self._label.setText(self.label.replace("&", "&amp;").replace("<", "&lt;") + star)
        self._label.setVisible(bool(self.label))
        self.editor.setAccessibleName(self.label)


class FormGrid(QWidget):
    """Fields in columns, filled line by line in the order of the paper form.

    Enter goes on to the next field, Ctrl+Enter finishes (`finished`), every change by the user is told
    (`changed(name)`). `keep_draft` brings back what was typed before and keeps it from then on.
    """

    changed = Signal(str)
    finished = Signal()

    def __init__(self, columns: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = self._most = columns
        self._pieces: list[tuple[QWidget | None, int]] = []
        # with the columns asked for, 0 for a whole line; None begins a new line
        self._fields: dict[str, Field] = {}
        self._line, self._next = 0, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._keep: Callable[[], None] | None = None
        self._forget: Callable[[], None] = lambda: None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAFT_AFTER)
        self._soon.timeout.connect(self.keep_now)

    def add(self, name: str, label: str, editor: QWidget, *, span: int = 1, required: bool = False,
            hint: str = "") -> Field:
        """Put a field behind the last one; it goes to the next line where the columns do not suffice."""
        field = Field(label, editor, required=required, hint=hint)
        self._fields[name] = field
        self.add_row_piece(field, span)
        if isinstance(editor, Editor):
            editor.edited.connect(lambda: self._edited(name))
        for receiver in (editor, *editor.findChildren(QWidget)):
            receiver.installEventFilter(self)
        return field

    def add_row_piece(self, piece: QWidget, span: int = 0) -> None:
        """Put any widget into the grid at the next place; span 0 takes a whole line."""
        self._pieces.append((piece, span))
        self._place(piece, span)

    def fit_columns(self, room: int) -> None:
        """Stand in as many columns as so many pixels hold, at most those the form was made with."""
        gap = self._grid.horizontalSpacing()
        needs = [(piece.minimumSizeHint().width(), span) for piece, span in self._pieces if piece is not None]
        wide = max((-(-width // (span or self._most)) for width, span in needs), default=1)
        columns = max(1, min(self._most, (room + gap) // (wide + gap)))
        if columns == self._columns:
            return
        self._columns, self._line, self._next = columns, 0, 0
        for column in range(self._most):
            self._grid.setColumnStretch(column, int(column < columns))
        for piece, span in self._pieces:
            if piece is None:
                self._break()
            else:
                self._grid.removeWidget(piece)
                self._place(piece, span)

    def _place(self, piece: QWidget, span: int) -> None:
        span = min(span, self._columns) or self._columns
        if self._next + span > self._columns:
            self._line, self._next = self._line + 1, 0
        self._grid.addWidget(piece, self._line, self._next, 1, span, Qt.AlignmentFlag.AlignTop)
        self._next += span

    def span(self, name: str) -> int:
        """Return how many columns a field takes."""
        place: tuple[int, ...] = self._grid.getItemPosition(self._grid.indexOf(self._fields[name]))  # type: ignore[assignment]
        return place[3]

    def arrange(self, spans: Mapping[str, int]) -> None:
        """Lay the fields named out anew in their order, each as many columns wide as said; the others leave no hole.

        For windows of another width, and for papers that ask for fewer fields; hide those that are not named.
        """
        self._pieces, self._line, self._next = [], 0, 0
        for name, field in self._fields.items():
            self._grid.removeWidget(field)
            if name in spans:
                self.add_row_piece(field, spans[name])

    def next_line(self) -> None:
        """Begin a new line."""
        self._pieces.append((None, 0))
        self._break()

    def _break(self) -> None:
        if self._next:
            self._line, self._next = self._line + 1, 0

    def field(self, name: str) -> Field:
        """Return a field by its name."""
        return self._fields[name]

    def value(self, name: str) -> Any:
        """Return what one field holds, read; None or "" where it is empty."""
        return _editor(self._fields[name]).value()

    def values(self) -> dict[str, Any]:
        """Return what all fields hold."""
        return {name: self.value(name) for name in self._fields}

    def put(self, **values: Any) -> None:
        """Show values by field name."""
        for name, value in values.items():
            _editor(self._fields[name]).put(value)

    def clear(self) -> None:
        """Empty every field and take the errors away."""
        for field in self._fields.values():
            _editor(field).put(None)
            field.set_error("")

    def check(self) -> bool:
        """Say under each field what is missing or cannot be read; go to the first. True where all is well."""
        wrong = [field for field in self._fields.values() if not field.isHidden() and not _check(field)]
        if wrong:
            _lead_to(wrong[0])
        return not wrong

    def refuse(self, refusal: Refusal | Weather, *, lead: bool = True) -> bool:
        """Show a refusal under the field it names in its details (`field`); False where none of ours is named.

        Without `lead` the hands stay where they are: for what is found while somebody types.
        """
        field = self._fields.get(str(refusal.details.get("field", "")))
        if field is None:
            return False
        field.set_error(sentences(refusal_words(refusal)))
        if lead:
            _lead_to(field)
        return True

    def keep_draft(self, drafts: Drafts, key: str) -> bool:
        """Bring back the draft of this form and keep it from now on; True where there was one."""
        first, kept = self._standing(), drafts.recall(key)
        for name, value in kept.items():
            if name in self._fields:
                _editor(self._fields[name]).restore(value)

        def keep() -> None:  # what was only proposed is no draft: tomorrow another amount may be due
            typed = {name: value for name, value in self._standing().items() if value != first.get(name)}
            drafts.keep(key, typed) if typed else drafts.drop(key)

        self._keep = keep
        self._forget = lambda: drafts.drop(key)
        return bool(kept)

    @property
    def keeps(self) -> bool:
        """Whether what is typed here is kept as a draft."""
        return self._keep is not None

    def _standing(self) -> dict[str, object]:
        return {name: _editor(one).kept() for name, one in self._fields.items()}

    def keep_now(self) -> None:
        """Write the draft at once, if this form keeps one."""
        self._soon.stop()
        if self._keep:
            self._keep()

    def drop_draft(self) -> None:
        """Forget the draft: the form was finished."""
        self._soon.stop()
        self._forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_enter(event):
            if self._wants_enter(watched):
                return False
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.finished.emit()
                return True
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return self._go_on(watched)
        return super().eventFilter(watched, event)

    def _wants_enter(self, watched: QObject) -> bool:
        """Say whether an editor made of several parts, such as a search with a form of its own, wants this Enter."""
        at: QObject | None = watched
        while at is not None and at is not self:
            if isinstance(at, WithEnter) and at.takes_enter():
                return True
            at = at.parent()
        return False

    def _edited(self, name: str) -> None:
        self._fields[name].set_error("")
        if self._keep:
            self._soon.start()
        self.changed.emit(name)

    def _go_on(self, watched: QObject) -> bool:
        """Leave the field for the next one; a list that is open takes its Enter itself."""
        at: QObject | None = watched
        while at is not None and not isinstance(at, Field):
            if isinstance(at, QComboBox) and at.view().isVisible():
                return False
            at = at.parent()
        fields = [one for one in self._fields.values() if one.isVisible() and one.isEnabled()]
        behind = fields[fields.index(at) + 1:] if at in fields else []
        if behind:
            behind[0].editor.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focusNextChild()
        return True


def _lead_to(field: Field) -> None:
    """Go to a field with its error in sight, once the words under it have their room."""
    field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
    bring_into_sight(field)


def keep_all(window: QWidget) -> None:
    """Write the drafts of all forms in a window at once."""
    for form in window.findChildren(FormGrid):
        form.keep_now()


def bring_into_sight(piece: QWidget) -> None:
    """Scroll what stands around it, once what just changed there is laid out."""
    around = piece.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if isinstance(around, QScrollArea):
        area = around
        QTimer.singleShot(0, piece, lambda: area.ensureWidgetVisible(piece, 0, 12))


def _check(field: Field) -> bool:
    editor = _editor(field)
    words = editor.problem()
    if not words and field.required and _is_empty(editor.value()):
        words = tr("{field} is required.", field=field.label)
    field.set_error(words)
    return not words


def _is_empty(value: Any) -> bool:
    """Nothing chosen, nothing typed, not ticked; a zero is an answer."""
    return value is None or value is False or value in ("", ())


def _editor(field: Field) -> Editor:
    assert isinstance(field.editor, Editor), f"{field.label}: not a kit editor"
    return field.editor


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
