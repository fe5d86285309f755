"""What stands in one field of a pre-printed form: which field of the paper, where, in what type, boxes and rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.errors import Refusal
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.form_fields import CATALOGUES
from salescenter.domain.papers.overlay import PLACES, WORDS, FormField, Side, Type
from salescenter.i18n import mark, tr
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.editors import LineEdit, WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.form_words import part_words, source_words
from salescenter.ui.kit.panel import row
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
        self._shown_names: tuple[str, ...] = ()
        self.grid = grid = FormGrid(columns=2)
        self._offered = CATALOGUES[PaperKind.RECEIPT]
        grid.add("group", tr("Belongs to"), ComboBox(), span=2)
        grid.add("source", tr("Field"), ComboBox(), span=2)
        grid.add("words", tr("Words"), LineEdit(), span=2)
        for name, words in (("x", tr("From the left, mm")), ("y", tr("Base line from above, mm")),
                            ("width", tr("Width, mm")), ("spacing", tr("Letter spacing, mm"))):
            grid.add(name, words, TenthEdit())
        grid.add("type", tr("Typeface"), ComboBox([(kind, tr(words)) for kind, words in TYPES.items()]))
        grid.add("size", tr("Size, points"), TenthEdit())
        grid.add("side", tr("Stands"), ComboBox([(side, tr(words)) for side, words in SIDES.items()]), span=2)
        grid.add("places", tr("Digit boxes"), ComboBox([(one, one) for one in BOXES]), span=2)
        grid.add("page", tr("On page"), ComboBox(), span=2)
        grid.add("rows", tr("Rows"), WholeEdit())
        grid.add("step", tr("From row to row, mm"), TenthEdit())
        grid.changed.connect(self._tell)
        self.remove = OutlinedButton(tr("Remove"), self.removed.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(OutlinedButton(tr("Add a field"), self._add), self.remove, None))
        layout.addWidget(grid)
        self.show_field(None)

    def offer(self, kind: PaperKind) -> None:
        """Offer the fields of a kind of paper."""
        self._offered = CATALOGUES[kind]
        self._combo("group").set_choices([(group, part_words(group)) for group in self._groups()])

    def _groups(self) -> dict[str, tuple[str, ...]]:
        return {**self._offered.groups(), WORDS: (WORDS,)}

    def _combo(self, name: str) -> ComboBox:
        found = self.grid.field(name).editor
        assert isinstance(found, ComboBox)
        return found

    def _show_group(self, source: str) -> None:
        """Choose the group a field belongs to, and offer what stands beside it."""
        group, names = next((group, names) for group, names in self._groups().items() if source in names)
        if self.grid.value("group") != group or self._shown_names != names:
            self._shown_names = names
            self._combo("source").set_choices([(name, source_words(name)) for name in names])
            self.grid.put(group=group)

    def show_field(self, field: FormField | None, pages: int = 1) -> None:
        """Show a field of a form of so many pages; what is being typed is left alone where it says the same."""
        self._field = field
        self._combo("page").set_choices([(page, str(page)) for page in range(1, pages + 1)])
        self.grid.field("page").setVisible(pages > 1)
        self.grid.setEnabled(field is not None)
        self.remove.setEnabled(field is not None)
        if field is None:
            return
        self._show_group(field.source)
        for name in filter(lambda name: name != "group", self.grid.values()):
            value = getattr(field, name)
            if self.grid.value(name) != value:
                self.grid.put(**{name: value})
            self.grid.field(name).set_error("")
        rows, boxes = self._offered.is_row(field.source), self._offered.is_boxes(field.source)
        for name, shown in (("words", field.source == WORDS), ("source", field.source != WORDS), ("places", boxes),
                            ("rows", rows), ("step", rows), ("spacing", not boxes), ("side", not boxes)):
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
        if name == "group":
            name, value = "source", self._groups()[value][0]
        said = {**self._plain(), name: value or ("" if name in ("words", "places") else value)}
        if self._offered.is_boxes(said["source"]) and not said["places"]:
            said["places"] = PLACES
        if self._offered.is_row(said["source"]) and not said["step"]:
            said["step"] = 80
        if not self._offered.is_row(said["source"]):
            said["rows"] = 1
        self.changed.emit(FormField(**{**said, "type": Type(said["type"]), "side": Side(said["side"])}))

    def _plain(self) -> dict[str, Any]:
        field = self._field
        return {name: getattr(field, name) for name in FormField.__dataclass_fields__}

    def _add(self) -> None:
        """Begin a field below the chosen one, or near the corner."""
        near = self._field or FormField(next(iter(self._groups().values()))[0], 200, 200, 400)
        self.added.emit(FormField(near.source, near.x, near.y + 60, near.width, near.type, near.size, near.spacing,
                                  near.side, near.places, near.rows, near.step, near.words, near.page))  # fmt: skip


def _said(name: str, value: object) -> str:
    return TenthEdit().write(value) if isinstance(value, int) and name != "rows" else str(value)
