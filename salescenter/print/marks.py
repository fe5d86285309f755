"""What papers share: amounts and dates as they are written, text made to fit, marks of void and reprint."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from salescenter.domain.money import Money
from salescenter.i18n import tr
from salescenter.print.breaker import break_lines
from salescenter.print.fonts import FIGURES, Face
from salescenter.print.page import Colour, Ink, Page, wide

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")
_PALE: Colour = (0.95, 0.72, 0.70)


def yuan(amount: Money) -> str:
    """Write an amount in figures with its sign: `¥1,234.00`, `-¥50.00`."""
    return f"-¥{-amount}" if amount.fen < 0 else f"¥{amount}"


def written(day: date | None, lang: str) -> str:
    """Write a date as papers do: 2026年2月24日, 24 February 2026; nothing for none."""
    if day is None:
        return ""
    if lang == "zh_CN":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def fitted(page: Page, x: float, y: float, width: float, text: str, ink: Ink, side: str = "left") -> None:
    """Draw a text in one line of the width, smaller if it must be; in two small lines when even that is too wide."""
    space = wide(text, ink)
    if space > width:
        ink = replace(ink, size=max(6.5, ink.size * width / space))
    if wide(text, ink) <= width + 0.01:
        text = text.translate(FIGURES) if side == "right" else text
        x += {"left": 0.0, "centre": (width - wide(text, ink)) / 2, "right": width - wide(text, ink)}[side]
        page.text(x, y, text, ink)
        return
    lines = break_lines(text, ink.face, round(width / ink.size * 1000))
    for at, line in enumerate(lines[:2]):
        page.text(x, y + ink.size * (0.55 - at * 1.1), "".join(line.pieces), ink)


def stamp(page: Page, x: float, y: float, text: str, size: float = 54) -> None:
    """Draw a pale slanting mark across a paper: 作废, 重印."""
    page.turned(x, y, text, Ink(Face.SANS_BOLD, size, _PALE))


def reprinted(count: int, reason: str, lang: str) -> str:
    """Say that this is a reprint, which, and why."""
    return tr("Reprint no. {count}: {reason}", lang=lang, count=count, reason=reason)
