"""What stands in one field of a pre-printed form: which field of the receipt, where, in what type, boxes and rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.errors import Refusal
from salescenter.domain.papers.overlay import PLACES, SOURCES, WORDS, FormField, Side, Type
from salescenter.domain.papers.receipt_fields import RECEIPT_BOXES, RECEIPT_ROWS
from salescenter.i18n import mark, tr
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.editors import LineEdit, WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.panel import row
from salescenter.ui.settings.form_canvas import field_words
from salescenter.ui.settings.form_sheets import TenthEdit

TYPES: dict[Type, str] = {
    Type.SONG: mark("Song"), Type.SONG_BOLD: mark("Song, bold"), Type.HEI: mark("Hei"),
    Type.HEI_BOLD: mark("Hei, bold"),
}  # fmt: skip
SIDES: dict[Side, str] = {Side.LEFT: mark("left"), Side.CENTRE: mark("centre"), Side.RIGHT: mark("right")}
BOXES = (PLACES, PLACES[1:], PLACES[2:], PLACES[3:], PLACES[1:-2], PLACES[:-2])
"""The boxes forms have, by the names printed over them."""

_OF_REFUSAL = {
    "form-x": "x", "form-y": "y", "form-width": "width", "type-size": "size", "letter-spacing": "spacing",
    "form-rows": "rows", "row-step": "step", "boxes": "places", "form-field": "source",
}  # fmt: skip
"""What the rules call a field -> the field of this form that holds it."""


class FieldEdit(QWidget):
    """The chosen field; `changed(FormField)` at each change that can be read, `added(FormField)`, `removed`."""

    changed = Signal(object)
    added = Signal(object)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._field: FormField | None = None
        self.grid = grid = FormGrid(columns=2)
        sources = [(source, field_words(source)) for source in SOURCES]
        grid.add("source", tr("Field"), ComboBox(sources), span=2)
        grid.add("words", tr("Words"), LineEdit(), span=2)
        for name, words in (("x", tr("From the left, mm")), ("y", tr("Base line from above, mm")),
                            ("width", tr("Width, mm")), ("spacing", tr("Letter spacing, mm"))):
            grid.add(name, words, TenthEdit())
        grid.add("type", tr("Typeface"), ComboBox([(kind, tr(words)) for kind, words in TYPES.items()]))
        grid.add("size", tr("Size, points"), TenthEdit())
        grid.add("side", tr("Stands"), ComboBox([(side, tr(words)) for side, words in SIDES.items()]), span=2)
        grid.add("places", tr("Digit boxes"), ComboBox([(one, one) for one in BOXES]), span=2)
        grid.add("rows", tr("Rows"), WholeEdit())
        grid.add("step", tr("From row to row, mm"), TenthEdit())
        grid.changed.connect(self._tell)
        self.remove = OutlinedButton(tr("Remove"), self.removed.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(OutlinedButton(tr("Add a field"), self._add), self.remove, None))
        layout.addWidget(grid)
        self.show_field(None)

    def show_field(self, field: FormField | None) -> None:
        """Show a field; what is being typed is left alone where it says the same."""
        self._field = field
        self.grid.setEnabled(field is not None)
        self.remove.setEnabled(field is not None)
        if field is None:
            return
        for name in self.grid.values():
            value = getattr(field, name)
            if self.grid.value(name) != value:
                self.grid.put(**{name: value})
            self.grid.field(name).set_error("")
        one = field.source
        for name, shown in (("words", one == WORDS), ("places", one in RECEIPT_BOXES), ("rows", one in RECEIPT_ROWS),
                            ("step", one in RECEIPT_ROWS), ("spacing", one not in RECEIPT_BOXES),
                            ("side", one not in RECEIPT_BOXES)):
            self.grid.field(name).setVisible(shown)

    def refuse(self, trouble: Refusal) -> None:
        """Say under the field it concerns why a figure cannot be."""
        name = _OF_REFUSAL.get(str(trouble.details.get("field")))
        if name is not None:
            least, most = (trouble.details.get(end) for end in ("least", "most"))
            self.grid.field(name).set_error(
                tr("Enter a value from {least} to {most}.", least=_said(name, least), most=_said(name, most)))

    def _tell(self, name: str) -> None:
        value = self.grid.value(name)
        if self._field is None or (value is None and name not in ("words", "places")):
            return
        said = {**self._plain(), name: value or ("" if name in ("words", "places") else value)}
        if said["source"] in RECEIPT_BOXES and not said["places"]:
            said["places"] = PLACES
        if said["source"] in RECEIPT_ROWS and not said["step"]:
            said["step"] = 80
        if said["source"] not in RECEIPT_ROWS:
            said["rows"] = 1
        self.changed.emit(FormField(**said))

    def _plain(self) -> dict[str, Any]:
        field = self._field
        return {name: getattr(field, name) for name in FormField.__dataclass_fields__}

    def _add(self) -> None:
        """Begin a field below the chosen one, or near the corner."""
        near = self._field or FormField("remark", 200, 200, 400)
        self.added.emit(FormField(near.source, near.x, near.y + 60, near.width, near.type, near.size, near.spacing,
                                  near.side, near.places, near.rows, near.step, near.words))  # fmt: skip


def _said(name: str, value: object) -> str:
    return TenthEdit().write(value) if isinstance(value, int) and name != "rows" else str(value)
