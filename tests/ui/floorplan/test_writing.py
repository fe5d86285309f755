"""What a cell says at each zoom: a room's number is never cut so that two rooms read alike."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from salescenter.ui.floorplan.writing import Writing
from salescenter.ui.floorplan.zoom import Level, level_of, metrics

WIDTHS = [width for width in range(40, 109) if level_of(width) >= Level.NUMBER]


@pytest.mark.parametrize("number", ["102", "1201", "12A04", "S101", "B016"])
def test_a_number_as_estates_have_them_stands_whole_at_every_zoom_that_shows_numbers(
    number: str, dressed: QApplication
) -> None:
    for width in WIDTHS:
        m = metrics(width)
        numbers = Writing(dressed.font(), m).numbers
        text, font = numbers[number]
        assert text.text() == number, f"cut in cells of {width} pixels"
        assert 3 + QFontMetrics(numbers.fonts[font]).horizontalAdvance(number) <= width - 3 - m.small_px + 1


def test_of_a_number_longer_than_any_cell_the_end_is_kept_which_tells_two_doors_apart(dressed: QApplication) -> None:
    numbers = Writing(dressed.font(), metrics(WIDTHS[0])).numbers
    said = {numbers[door][0].text() for door in ("A112A0401", "A112A0402", "A112A0403")}
    assert len(said) == 3
    assert all(text.startswith("…") for text in said)
