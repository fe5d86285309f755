"""The fields that say how a paper goes on paper: printer, tray, sides, size."""

from __future__ import annotations

from collections.abc import Sequence

from salescenter.domain.papers.printing import Sides, Size, Way
from salescenter.i18n import tr
from salescenter.services.printing.spooler import Printer
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.printing_words import hitch_words, sides_words, size_words, tray_words

LEAST = 190
"""Pixels in which the words of a tray or a size are read whole; a form has fewer columns where there are less."""


class WayFields:
    """Four fields of a form; trays and sides are those of the printer that is chosen."""

    def __init__(self, form: FormGrid, *, none: str = "") -> None:
        """`none`: what it is called when no printer is chosen, where that is an answer."""
        self._form, self._none = form, none
        self._found: dict[str, Printer] = {}
        self._printer, self._tray = ComboBox(placeholder=tr("no printer")), ComboBox()
        self._sides = ComboBox([(one.value, sides_words(one)) for one in Sides])
        self._size = ComboBox([(one.value, size_words(one)) for one in Size])
        for box in (self._printer, self._tray, self._sides, self._size):
            box.setMinimumWidth(LEAST)
        form.add("printer", tr("Printer"), self._printer, required=not none)
        form.add("tray", tr("Tray"), self._tray)
        form.add("sides", tr("Sides"), self._sides)
        hint = tr("another size than its own is filled as large as it goes")
        form.add("size", tr("Paper size"), self._size, hint=hint)
        form.changed.connect(lambda name: self._follow() if name == "printer" else None)
        self.offer(())

    def offer(self, found: Sequence[Printer]) -> None:
        """Offer these printers, with what holds one up."""
        self._found = {one.name: one for one in found}
        names = [(one.name, hitch_words(one.hitch, one.name) if one.hitch else one.name) for one in found]
        self._printer.set_choices([("", self._none), *names] if self._none else names)
        self._follow()

    def put(self, way: Way | None) -> None:
        """Show a way; one by a printer that is gone shows no printer."""
        known = way if way is not None and way.printer in self._found else None
        self._printer.put(known.printer if known else ("" if self._none else None))
        self._follow()
        self._tray.put(known.tray if known else "")
        self._sides.put((way.sides if way else Sides.ONE).value)
        self._size.put((way.size if way else Size.OWN).value)

    def value(self) -> Way | None:
        """Return the way; None where no printer is chosen."""
        printer = self._printer.value()
        if not printer:
            return None
        sides, size = self._sides.value() or Sides.ONE, self._size.value() or Size.OWN
        return Way(printer, self._tray.value() or "", Sides(sides), Size(size))

    def _follow(self) -> None:
        """Offer the trays of the printer that is chosen."""
        printer = self._found.get(self._printer.value() or "")
        trays = printer.trays if printer is not None else ()
        self._tray.set_choices([("", tr("as the printer likes")), *((one, tray_words(one)) for one in trays)])
        if self._tray.value() is None:
            self._tray.put("")
