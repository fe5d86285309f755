"""Windows: pages are painted at the printer's own resolution; a printer that is not there does not take them."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtPrintSupport import QPrinterInfo

from salescenter.domain.papers.printing import Sides, Size, Way
from salescenter.domain.refusals import PrinterAway
from salescenter.services.printing.cups import Cups
from salescenter.services.printing.spooler import Parcel
from salescenter.ui.kit.printing import Painted, _fitting, spooler


def test_each_system_prints_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert isinstance(spooler(), Painted)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert isinstance(spooler(), Cups)


def test_printers_are_named_with_what_they_can(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["B", "A"])
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", lambda: "B")
    found = Painted().printers()
    assert [one.name for one in found] == ["B", "A"]
    assert found[0].sides == tuple(Sides)
    assert "tractor" in found[0].trays


def test_a_printer_that_is_gone_does_not_take_the_paper(qapp: object) -> None:
    with pytest.raises(PrinterAway) as refused:
        Painted().take(Parcel("m", "收据", "沈知行", Way("Nowhere", size=Size.A4), b"%PDF", (595, 842)))
    assert refused.value.details["why"] == "no-such-printer"


def test_what_became_of_it_nobody_tells(qapp: object) -> None:
    assert Painted().find("m", "A") is None
    assert Painted().standing("A", 1, "m") is None


def test_a_page_fills_its_sheet_as_far_as_its_shape_goes() -> None:
    sheet = QRectF(0, 0, 200, 100)
    assert _fitting(sheet, 1.0) == QRectF(50, 0, 100, 100)
    assert _fitting(sheet, 4.0) == QRectF(0, 25, 200, 50)
    assert _fitting(sheet, 2.0) == sheet
