"""The sheet of one unit: where it lies is fixed, all else is kept by one deed."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from salescenter.domain.money import Money
from salescenter.domain.staff import may
from salescenter.domain.units import ANNEXES, DEAL_STATES, PriceBasis, Step, Use
from salescenter.i18n import listed, tr
from salescenter.services.estate import deeds
from salescenter.services.estate.views import EstateView, UnitLine
from salescenter.ui.estate.forms import EstateSheet
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.editors import AreaEdit, LineEdit, MoneyEdit
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.state_badge import StateBadge
from salescenter.ui.kit.terms import basis_words, use_words

PRICE = ("basis", "unit_price", "list_total")
AREAS = ("area", "inner")
_EXAMPLE = "3-1201"


class UnitSheet(EstateSheet):
    """A unit's facts; areas and price are closed while a deal lives, the price also for who may not set prices."""

    deed = deeds.keep_unit

    def __init__(self, room: Room, parent: QWidget, line: UnitLine, estate: EstateView) -> None:
        super().__init__(room, line.code, parent, columns=4, width=760)
        self.line = line
        self.badge(StateBadge(line.state))
        self._what(estate)
        self._figures()
        self.grid.put(**{name: getattr(line, name) or None for name in _NAMES})
        self._close_what_may_not_change()
        self.grid.changed.connect(self._follow)
        self._follow("basis")
        self._follow("use")
        self.ready()

    def _what(self, estate: EstateView) -> None:
        add = self.grid.add
        add("use", tr("Use"), ChipGroup([(use, use_words(use)) for use in Use]), span=2)
        add("type_id", tr("Unit type"), ComboBox([(one.id, one.name) for one in estate.types]))
        add("facing", tr("Orientation"), LineEdit())
        add("permit_id", tr("Permit"), ComboBox([(one.id, one.number) for one in estate.permits]), span=2)
        add("floor_sale", tr("Sale floor"), LineEdit(), hint=tr("Natural floor {floor}", floor=self.line.floor_natural))
        self.grid.next_line()

    def _figures(self) -> None:
        add = self.grid.add
        for name, words in (
            ("area", tr("Construction area")), ("inner", tr("Inner area")),
            ("measured_area", tr("Measured construction area")), ("measured_inner", tr("Measured inner area")),
        ):  # fmt: skip
            add(name, words, AreaEdit())
        add("basis", tr("Priced by"), ChipGroup([(one, basis_words(one)) for one in PriceBasis]), span=2)
        add("unit_price", tr("Unit price"), MoneyEdit())
        add("list_total", tr("List total"), MoneyEdit())
        add("filed_total", tr("Filed total"), MoneyEdit(), hint=tr("No contract may be above it."))
        add("note", tr("Note"), LineEdit(), span=2)
        add("bound_to", tr("Goes with home"), LineEdit(),
            hint=tr("Sold only with that home, such as {code}.", code=_EXAMPLE))  # fmt: skip

    def _close_what_may_not_change(self) -> None:
        bound = self.line.state in DEAL_STATES
        prices = not bound and may(self.room.desk.who.role, Step.SET_PRICE)
        for name in (*AREAS, *PRICE):
            self.grid.field(name).editor.setEnabled(prices if name in PRICE else not bound)
        if self.line.annexes:
            self.remark(tr("Bound to this home: {units}.", units=listed(self.line.annexes)))
        elif bound:
            self.remark(tr("A deal lives on it: areas and price stay as agreed."))
        elif not prices:
            self.remark(tr("Prices are set by the sales manager or the planner."))

    def _follow(self, name: str) -> None:
        if name == "basis":
            self._follow_basis()
        if name == "use":
            self.grid.field("bound_to").setVisible(self.grid.value("use") in ANNEXES)

    def _follow_basis(self) -> None:
        """A lump sum is a total; a price by area makes the total itself."""
        lump = self.grid.value("basis") == PriceBasis.LUMP
        self.grid.field("unit_price").setVisible(not lump)
        self.grid.field("list_total").setVisible(lump)

    def asked(self) -> Any:
        said = self.grid.values()
        amounts = {name: said[name] or Money() for name in ("unit_price", "list_total")}
        areas = {name: said[name] or getattr(self.line, name) * 0 for name in AREAS}
        chosen = {"use": said["use"] or self.line.use, "basis": said["basis"] or self.line.basis}
        return deeds.UnitRequest(
            **(said | amounts | areas | chosen), id=self.line.id, seen=self.line.revision, key=self.key
        )


_NAMES = (
    "use", "type_id", "facing", "permit_id", "floor_sale", "area", "inner", "measured_area", "measured_inner", "basis",
    "unit_price", "list_total", "filed_total", "note", "bound_to",
)  # fmt: skip
