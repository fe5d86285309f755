"""The sheet that makes a building by rule: floors, stairs, doors, numbers left out, the building drawn below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from salescenter.domain.errors import Refusal
from salescenter.domain.generate import (
    PATTERNS,
    UNLUCKY_FLOORS,
    Avoiding,
    BuildingRule,
    ColumnRule,
    StairRule,
    lay_out,
    read_numbers,
)
from salescenter.domain.money import ZERO
from salescenter.domain.refusals import FieldMalformed
from salescenter.domain.units import PriceBasis, Use
from salescenter.i18n import mark, tr, trn
from salescenter.services.estate.generating import GenerateRequest, generate
from salescenter.services.estate.views import EstateView
from salescenter.ui.estate.building_preview import BuildingPreview
from salescenter.ui.estate.forms import EstateSheet
from salescenter.ui.kit import formats
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.editors import AreaEdit, LineEdit, MoneyEdit, WholeEdit
from salescenter.ui.kit.labels import Label, SectionLabel
from salescenter.ui.kit.panel import Panel, column, hold, row, scrolled
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.terms import basis_words, use_words

AVOIDING: dict[Avoiding, str] = {
    Avoiding.LETTER: mark("4 is sold as 3A"), Avoiding.NEXT: mark("4 is sold as 5"),
    Avoiding.EMPTY: mark("nothing is sold on it"),
}  # fmt: skip

EXAMPLES = dict(zip(PATTERNS, ("1202", "12B", "1-1202", "11202", "02"), strict=True))
MOST_DOORS = 12


class DoorTable(QWidget):
    """What stands above one another: a line of fields for each door from left to right; `edited` at each change."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[LineEdit, LineEdit, AreaEdit, AreaEdit, MoneyEdit, MoneyEdit]] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        heads = (tr("Door"), tr("Unit type"), tr("Orientation"), tr("Construction area"), tr("Inner area"),
                 tr("Unit price"), tr("More each floor"))  # fmt: skip
        for at, words in enumerate(heads):
            self._layout.addWidget(SectionLabel(words), 0, at)
            self._layout.setColumnStretch(at, 2 if at else 0)

    def set_doors(self, count: int) -> None:
        """Show so many lines; what was typed in the others is kept until the sheet closes."""
        while len(self._lines) < min(count, MOST_DOORS):
            self._add(len(self._lines))
        for at in range(len(self._lines)):
            for place in range(7):
                item = self._layout.itemAtPosition(at + 1, place)
                widget = item.widget() if item else None
                if widget is not None:
                    widget.setVisible(at < count)

    def columns(self) -> list[ColumnRule]:
        """Return what stands in the lines."""
        return [
            ColumnRule(
                kind.value(), facing.value(), area.value() or 0 * _NO_AREA, inner.value() or 0 * _NO_AREA,
                price.value() or ZERO, rise.value() or ZERO,
            )
            for kind, facing, area, inner, price, rise in self._lines
        ]  # fmt: skip

    def line(self, at: int) -> tuple[LineEdit, LineEdit, AreaEdit, AreaEdit, MoneyEdit, MoneyEdit]:
        """Return the fields of a door."""
        return self._lines[at]

    def _add(self, at: int) -> None:
        line = LineEdit(), LineEdit(), AreaEdit(), AreaEdit(), MoneyEdit(), MoneyEdit()
        self._layout.addWidget(Label(f"{at + 1:02d}", "muted"), at + 1, 0)
        for place, editor in enumerate(line, start=1):
            self._layout.addWidget(editor, at + 1, place)
            editor.edited.connect(self.edited)
        self._lines.append(line)


_NO_AREA = ColumnRule().area


class GeneratorSheet(EstateSheet):
    """A building by rule; the drawing follows every key."""

    def __init__(self, room: Room, parent: QWidget, estate: EstateView) -> None:
        super().__init__(room, tr("Make a building by rule"), parent, columns=4, width=1180)
        self.preview, self.doors = BuildingPreview(), DoorTable()
        self._sums = Label("", "muted", wrap=True)
        self._fields(estate)
        self.form = self.grid
        self.grid.finished.connect(self.press_main)
        drawing = Panel()
        drawing.put(self._sums, scrolled(hold(column(row(self.preview, None), None)), sideways=True))
        drawing.setMinimumWidth(380)
        drawing.setFixedHeight(396)
        beside = row(hold(column(self.grid, None)), drawing, gap=16)
        beside.setStretch(0, 6)
        beside.setStretch(1, 5)
        beside.setAlignment(drawing, Qt.AlignmentFlag.AlignTop)
        self.put(beside, SectionLabel(tr("Doors of a floor, from left to right")), self.doors, None)
        self.main_action(tr("Make the building"), self.save)
        self.grid.changed.connect(lambda _: self.draw())
        self.doors.edited.connect(self.draw)
        self.draw()

    def _fields(self, estate: EstateView) -> None:
        add = self.grid.add
        add("name", tr("Building"), LineEdit(placeholder="8号楼"), required=True)
        add("phase", tr("Phase"), ComboBox([(one.name, one.name) for one in estate.phases], free=True))
        add("use", tr("Use"), ChipGroup([(use, use_words(use)) for use in Use]), span=2)
        add("first", tr("Lowest floor"), WholeEdit(), required=True)
        add("last", tr("Highest floor"), WholeEdit(), required=True)
        add("without", tr("Floors without units"), LineEdit(placeholder="1、15"))
        add("stairs", tr("Doors a floor, stair by stair"), LineEdit(placeholder="3、4"), required=True,
            hint=tr("3、4 makes two stairs."))  # fmt: skip
        add("avoid", tr("Floor numbers to avoid"), LineEdit(), span=1)
        add("avoiding", tr("Such a floor"), ChipGroup([(one, tr(words)) for one, words in AVOIDING.items()]), span=2)
        add("avoid_doors", tr("Door numbers to avoid"), LineEdit(placeholder="4"))
        add("pattern", tr("Room numbers"), ChipGroup(list(EXAMPLES.items())), span=2)
        add("basis", tr("Priced by"), ChipGroup([(one, basis_words(one)) for one in PriceBasis]), span=2)
        add("permit", tr("Permit"), ComboBox([(one.id, one.number) for one in estate.permits]), span=2)
        self.grid.put(
            use=Use.HOME, first=1, last=18, stairs="2", avoid="、".join(map(str, sorted(UNLUCKY_FLOORS))),
            avoiding=Avoiding.LETTER, pattern=PATTERNS[0], basis=PriceBasis.GROSS,
        )  # fmt: skip

    def draw(self) -> None:
        """Draw the building as it stands in the form, or say what cannot be meant."""
        try:
            units = lay_out(self.rule())
        except Refusal as trouble:
            self.preview.show_units(())
            self._sums.say("")
            self.grid.refuse(_at_its_field(trouble))
            return
        for name in ("without", "stairs", "avoid", "avoid_doors", "pattern", "last"):
            self.grid.field(name).set_error("")
        self.preview.show_units(units)
        area = sum((unit.column.area for unit in units), _NO_AREA)
        self._sums.say(trn("{count} unit, {area}", "{count} units, {area}", count=len(units),
                           area=formats.area(area, unit=True)))

    def rule(self) -> BuildingRule:
        """Read the rule; refuses with FieldMalformed naming the field."""
        said = self.grid.values()
        counts = _doors_of(str(said["stairs"]))
        self.doors.set_doors(max(counts))
        columns = self.doors.columns()
        names = [""] if len(counts) == 1 else [f"{at}单元" for at in range(1, len(counts) + 1)]
        stairs = tuple(StairRule(name, tuple(columns[:count])) for name, count in zip(names, counts, strict=True))
        return BuildingRule(
            stairs, said["first"] if said["first"] is not None else 1, said["last"] if said["last"] is not None else 1,
            _numbers("without", said), _numbers("avoid", said), Avoiding(said["avoiding"] or Avoiding.LETTER),
            _numbers("avoid_doors", said), said["pattern"] or PATTERNS[0], Use(said["use"] or Use.HOME),
            PriceBasis(said["basis"] or PriceBasis.GROSS),
        )  # fmt: skip

    def save(self) -> None:
        """Make the building."""
        if not self.grid.check():
            return
        try:
            rule = self.rule()
        except Refusal as trouble:
            self.refuse(_at_its_field(trouble))
            return
        said = self.grid.values()
        asked = GenerateRequest(said["name"], rule, said["phase"] or "", said["permit"] or 0, self.key)
        desk, now = self.room.desk, self.room.now()
        self.keep(lambda: generate(desk, asked, now))


def _doors_of(text: str) -> list[int]:
    """Read doors a floor, stair by stair: `3、4`."""
    pieces = [piece for piece in text.replace(",", "、").replace("，", "、").replace(" ", "、").split("、") if piece]
    counts = [int(piece) for piece in pieces if piece.isdigit()]
    if len(counts) != len(pieces) or not counts or not all(0 < count <= MOST_DOORS for count in counts):
        raise FieldMalformed(field="stairs", value=text, why="stairs")
    return counts


def _numbers(name: str, said: dict[str, Any]) -> frozenset[int]:
    try:
        return read_numbers(said[name] or "")
    except FieldMalformed as trouble:
        raise FieldMalformed(**(trouble.details | {"field": name})) from trouble


def _at_its_field(trouble: Refusal) -> Refusal:
    """A rule speaks of its floors; the form has a field for the highest one."""
    field = trouble.details.get("field")
    return FieldMalformed(**(trouble.details | {"field": "last"})) if field == "floors" else trouble
