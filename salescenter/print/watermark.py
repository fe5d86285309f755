"""The watermark of lists and figures on paper: pale and slanting under the whole sheet, and readable at its foot."""

from __future__ import annotations

from salescenter.print.fonts import Face
from salescenter.print.marks import stamp
from salescenter.print.page import MM, Colour, Ink, Page, wide

PALE: Colour = (0.945, 0.95, 0.955)
SIZE, APART = 15.0, 75 * MM


def draw_watermark(page: Page, words: str) -> None:
    """Draw the words across a page, under all that stands on it; where nobody is named, nothing."""
    if not words:
        return
    above, page.under[:] = [*page.under], []
    step = wide(words, Ink(Face.SANS_BOLD, SIZE)) + 12 * MM
    down, row = page.height - 45 * MM, 0
    while down > 10 * MM:
        across = page.width / 2 - step * (row % 2) / 2
        for x in (across - step, across, across + step):
            if -step / 3 < x < page.width + step / 3:
                stamp(page, x, down, words, SIZE, PALE)
        down, row = down - APART, row + 1
    page.under += above
