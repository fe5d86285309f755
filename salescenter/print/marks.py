"""What papers share: amounts and dates as they are written, text made to fit, marks of void and reprint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from salescenter.domain.money import Money
from salescenter.i18n import tr
from salescenter.print.breaker import break_lines
from salescenter.print.fonts import FIGURES, Face
from salescenter.print.page import Colour, Ink, Page, wide

_LEAST_LINE = 6.5
_TWO_LINES = (6.5, 6.0, 5.5, 5.0, 4.5, 4.0)
PALE_RED: Colour = (0.95, 0.72, 0.70)
PALE_GREY: Colour = (0.9, 0.91, 0.92)
DRAFT = "草签"
"""Stands across a contract that is not signed yet."""


def words(lang: str) -> Callable[..., str]:
    """Return the function that says the words of papers in this language, whatever the screens speak."""
    return partial(tr, context="paper", lang=lang)


def yuan(amount: Money) -> str:
    """Write an amount in figures with its sign: `¥1,234.00`, `-¥50.00`."""
    return f"-¥{-amount}" if amount.fen < 0 else f"¥{amount}"


def fitted(page: Page, x: float, y: float, width: float, text: str, ink: Ink, side: str = "left") -> None:
    """Draw a text in one line of the width, smaller if it must be; in two small lines when even that is too wide.

    Nothing is ever left out: a text too long for two lines of the smallest size takes more lines.
    """
    space = wide(text, ink)
    if space > width:
        ink = replace(ink, size=max(_LEAST_LINE, ink.size * width / space))
    if wide(text, ink) > width + 0.01:
        _small_lines(page, x, y, width, text, ink)
        return
    if side != "left":
        text = text.translate(FIGURES) if side == "right" else text
        x += (width - wide(text, ink)) / (1 if side == "right" else 2)
    page.text(x, y, text, ink)


def _small_lines(page: Page, x: float, y: float, width: float, text: str, ink: Ink) -> None:
    for size in _TWO_LINES:
        lines = break_lines(text, ink.face, int(width / size * 1000))
        if len(lines) <= 2:
            break
    ink, top = replace(ink, size=size), y + size * (len(lines) - 1) * 0.55
    for at, line in enumerate(lines):
        page.text(x, top - at * size * 1.1, "".join(line.pieces), ink)


def shortened(text: str, ink: Ink, width: float) -> str:
    """Cut a text to a width, ending in …; for a picture such as the grid, never for a paper with legal force."""
    if wide(text, ink) <= width:
        return text
    while text and wide(f"{text}…", ink) > width:
        text = text[:-1]
    return f"{text}…"


def stamp(page: Page, x: float, y: float, text: str, size: float, tint: Colour = PALE_RED) -> None:
    """Draw a pale slanting mark across a paper, under its text: 作废, 草签."""
    page.turned(x, y, text, Ink(Face.SANS_BOLD, size, tint))


def reprinted(count: int, reason: str, lang: str) -> str:
    """Say that this is a reprint, which, and why."""
    return words(lang)("Reprint no. {count}: {reason}", count=count, reason=reason)
