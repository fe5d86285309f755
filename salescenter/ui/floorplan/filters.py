"""The filters beside the legend: type, area, price, floor, orientation, free text, and what the colours say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from salescenter.domain.grid import Cells, Layout
from salescenter.domain.grid_figures import TypeLeft, Wanted, clean_text
from salescenter.domain.grid_scales import ColourBy
from salescenter.domain.money import Money
from salescenter.i18n import listed, mark, tr
from salescenter.ui.floorplan.pick import GAP, Fold, Pick
from salescenter.ui.floorplan.ranges import FloorRange, Range, Scale
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import QuietButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.editors import AreaEdit, MoneyEdit
from salescenter.ui.kit.labels import SectionLabel
from salescenter.ui.kit.panel import column, hold, row
from salescenter.ui.kit.search_box import SearchBox

COLOUR_NAMES: dict[ColourBy, str] = {
    ColourBy.STATE: mark("State"),
    ColourBy.PRICE: mark("Price a square metre"),
    ColourBy.UNSOLD: mark("Days unsold"),
    ColourBy.QUOTED: mark("Times quoted"),
}


def _fen(value: object) -> int:
    assert isinstance(value, Money)
    return value.fen


def _hundredths(value: object) -> int:
    assert isinstance(value, Decimal)
    return int(value * 100)


AREA = Scale(AreaEdit, _hundredths, lambda area: f"{Decimal(area) / 100:.4g}")
MONEY = Scale(MoneyEdit, _fen, lambda fen: formats.money_short(Money(fen)))


class Filters(QWidget):
    """What is looked for beside the state, and what colours say."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.types, self.facings = ChipGroup(multi=True), ChipGroup(multi=True)
        self.area = Range(tr("Area, ㎡"), AREA)
        self.price, self.rate = Range(tr("Total price"), MONEY), Range(tr("Per ㎡"), MONEY)
        self.floors = FloorRange()
        self.colours = ChipGroup([(by.value, tr(words)) for by, words in COLOUR_NAMES.items()])
        self.colours.put(ColourBy.STATE.value)
        self.text = SearchBox(tr("Room, type, buyer"))
        self.text.setFixedWidth(260)
        self.clear_button = QuietButton("", self.clear)
        self._picks = self._make_picks()
        self.fold = Fold(list(self._picks.values()))
        self.setLayout(row(None, self.clear_button, *self._picks.values(), self.fold, gap=GAP))
        for group in (self.types, self.facings, self.area, self.price, self.rate, self.floors, self.colours):
            group.edited.connect(self._changed)
        self.text.searched.connect(self._changed)  # by name: a pause in typing may end after all this has gone
        self.show_matching(None)

    def sizeHint(self) -> QSize:
        """Room for every filter; the buttons stand in a line."""
        return QSize(self._clear_room() + sum(self.fold.widths()), self.fold.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room to take the filters away, and for the menu the others stand in."""
        return QSize(self._clear_room() + self.fold.sizeHint().width(), self.fold.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold.fit(self.width() - self._clear_room())

    def _clear_room(self) -> int:
        return 0 if self.clear_button.isHidden() else self.clear_button.sizeHint().width() + GAP

    def _make_picks(self) -> dict[str, Pick]:
        for chips in (self.types, self.facings, self.colours):
            chips.setFixedWidth(300)
        prices = _together(self.price, self.rate)
        place = _together(self.floors, SectionLabel(tr("Facing")), self.facings)
        picks = {
            "types": Pick(tr("Type"), self.types, lambda: self.types.put(())),
            "area": Pick(tr("Area"), self.area, self.area.clear),
            "price": Pick(tr("Price"), prices, self._clear_prices),
            "place": Pick(tr("Floor, facing"), place, self._clear_place),
            "text": Pick(tr("Text"), self.text, self._clear_text),
            "colours": Pick(tr("Colour by"), self.colours, lambda: self.colours.put(ColourBy.STATE.value)),
        }
        for pick in picks.values():
            pick.edited.connect(self._changed)
        return picks

    def offer(self, layout: Layout, cells: Cells, left: Sequence[TypeLeft]) -> None:
        """Offer what there is in the estate to choose from."""
        self.types.set_choices([(one.name, tr("{type} · {count} left", type=one.name, count=one.left)) for one in left])
        facings = dict.fromkeys(facing for facing in cells.facing if facing)
        self.facings.set_choices([(facing, facing) for facing in facings])
        labels = {floor.order: floor.natural for building in layout.buildings for floor in building.floors}
        self.floors.set_floors(sorted(labels.items()))

    def wanted(self) -> Wanted:
        """Return what is looked for, states left out."""
        return Wanted(
            types=frozenset(self.types.value()),
            facings=frozenset(self.facings.value()),
            area=self.area.value(),
            price=self.price.value(),
            unit_price=self.rate.value(),
            floors=self.floors.value(),
            text=clean_text(self.text.text()),
        )

    def colour_by(self) -> ColourBy:
        """Return what colours say."""
        return ColourBy(self.colours.value() or ColourBy.STATE)

    def pick_type(self, name: str) -> None:
        """Look for one unit type, or for all again when it was the only one."""
        self.types.put(() if self.types.value() == (name,) else (name,))
        self._changed()

    def ask_for_text(self) -> None:
        """Open the filter by free text (Ctrl+F)."""
        pick = self._picks["text"]
        pick.open_drop(self.fold if pick.isHidden() else None)

    def clear(self) -> None:
        """Look for everything again; the colours stay."""
        for group in (self.area, self.price, self.rate, self.floors):
            group.clear()
        self.types.put(())
        self.facings.put(())
        self._clear_text()
        self._changed()

    def said(self) -> str:
        """Say shortly what is looked for, for the head of a paper."""
        return " · ".join(part for part in self._said().values() if part)

    def show_matching(self, count: int | None) -> None:
        """Show how many units match, None where nothing is looked for."""
        self.clear_button.setVisible(count is not None)
        if count is not None:
            self.clear_button.setText(tr("{count} match ×", count=formats.count(count)))
            self.clear_button.setToolTip(tr("Look for everything again"))
        self._refit()

    def _clear_place(self) -> None:
        self.floors.clear()
        self.facings.put(())

    def _clear_text(self) -> None:
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)

    def _clear_prices(self) -> None:
        self.price.clear()
        self.rate.clear()

    def _changed(self) -> None:
        for name, said in self._said().items():
            self._picks[name].say(said)
        self._refit()
        self.edited.emit()

    def _refit(self) -> None:
        self.updateGeometry()
        self.fold.fit(self.width() - self._clear_room())

    def _said(self) -> dict[str, str]:
        by = self.colour_by()
        return {
            "types": listed(self.types.value()),
            "area": self.area.words(),
            "price": ", ".join(words for words in (self.price.words(), self.rate.words()) if words),
            "place": " ".join(part for part in (self.floors.words(), *self.facings.value()) if part),
            "text": self.text.text().strip(),
            "colours": "" if by is ColourBy.STATE else tr(COLOUR_NAMES[by]),
        }


def _together(*pieces: QWidget) -> QWidget:
    both = hold(column(*pieces))
    both.setFocusProxy(pieces[0])
    return both
