"""Every colour and measure of the screen, for light and dark, with the contrast that each text reaches."""

from __future__ import annotations

from typing import NamedTuple

READABLE = 4.5
"""The least contrast of a text on its ground (WCAG 2 AA)."""

RADIUS_CELL, RADIUS_CONTROL, RADIUS_PANEL = 5, 7, 10


class Tokens(NamedTuple):  # a dataclass of this size would cost the start four milliseconds
    """One set of colours, each `#RRGGBB`; `ink` is text, `soft` a tinted ground for the text of its name."""

    dark: bool
    page: str
    panel: str
    border: str          # hairlines and panel edges
    edge: str            # the edge of a field or an outlined button
    text: str
    muted: str
    faint: str           # disabled; still readable
    accent: str
    accent_hover: str
    accent_ink: str      # on accent
    accent_text: str     # accent as text or ring, on panel or page
    accent_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    danger_ink: str      # on danger as a ground
    rail: str
    rail_ink: str
    rail_muted: str
    field: str
    hover: str
    grey_soft: str       # neutral badge, key hints, skeleton
    tip: str
    tip_ink: str


LIGHT = Tokens(
    dark=False, page="#F6F7F9", panel="#FFFFFF", border="#E3E6EB", edge="#CDD3DC", text="#1F2430",
    muted="#5A6372", faint="#667080", accent="#2F7D6B", accent_hover="#286C5C", accent_ink="#FFFFFF",
    accent_text="#246B5A", accent_soft="#E3F1EC", warning="#945800", warning_soft="#FFF5EA", danger="#B3261E",
    danger_soft="#FDECEA", danger_ink="#FFFFFF", rail="#1F2A3A", rail_ink="#FFFFFF", rail_muted="#B7C0CE",
    field="#FFFFFF", hover="#F0F2F5", grey_soft="#EEF0F4", tip="#1F2A3A", tip_ink="#FFFFFF",
)

DARK = Tokens(
    dark=True, page="#14181F", panel="#1C222C", border="#2C3440", edge="#465162", text="#E6E9EE",
    muted="#9AA4B2", faint="#8B95A4", accent="#3FA08A", accent_hover="#4DB39B", accent_ink="#06130F",
    accent_text="#62C2AB", accent_soft="#1D3A34", warning="#F0B35A", warning_soft="#3A2D18", danger="#F28B82",
    danger_soft="#44221F", danger_ink="#2A0805", rail="#10151D", rail_ink="#FFFFFF", rail_muted="#A7B1C0",
    field="#161B23", hover="#252D39", grey_soft="#2A323E", tip="#E6E9EE", tip_ink="#14181F",
)

PAIRS: tuple[tuple[str, str], ...] = (
    ("text", "page"), ("text", "panel"), ("text", "field"), ("text", "hover"), ("text", "grey_soft"),
    ("muted", "page"), ("muted", "panel"), ("muted", "field"), ("muted", "hover"), ("muted", "grey_soft"),
    ("faint", "panel"), ("faint", "page"), ("accent_ink", "accent"), ("accent_ink", "accent_hover"),
    ("accent_text", "panel"), ("accent_text", "page"), ("accent_text", "accent_soft"), ("text", "accent_soft"),
    ("danger", "accent_soft"), ("warning", "accent_soft"), ("muted", "accent_soft"),
    ("warning", "panel"), ("warning", "page"), ("warning", "warning_soft"), ("text", "warning_soft"),
    ("danger", "panel"), ("danger", "page"), ("danger", "danger_soft"), ("text", "danger_soft"),
    ("danger_ink", "danger"), ("rail_ink", "rail"), ("rail_muted", "rail"), ("tip_ink", "tip"),
)
"""Every (text, ground) pair the screens use; the test measures each."""


def shade(colour: str, factor: float) -> str:
    """Return a colour made darker (factor below 1) with its hue kept."""
    return "#" + "".join(f"{min(255, round(part * factor)):02X}" for part in _parts(colour))


def mix(colour: str, other: str, share: float) -> str:
    """Return `share` (0..1) of the first colour over the second."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def readable(ink: str, ground: str, least: float = READABLE) -> str:
    """Return the ink, moved towards black or white just as far as it must be to read well on the ground."""
    for step in range(11):
        for pole in ("#000000", "#FFFFFF"):
            tried = mix(pole, ink, step / 10)
            if contrast(tried, ground) >= least:
                return tried
    raise ValueError(f"no ink reads on {ground}")


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
