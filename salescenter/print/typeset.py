"""A line of type as pages show it, wherever it will stand: set once, drawn as often as it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from salescenter.print.fonts import Typeface


class Typeset(NamedTuple):
    """A line ready to be placed; `shown` are its operators from the font it opens in on."""

    said: str
    shown: tuple[str, ...] = ()
    spread: str = ""                            # the operator that sets its letters apart
    opens: str = ""                             # the font it begins in
    closes: str = ""                            # the font it ends in
    drawn: tuple[tuple[str, str], ...] = ()     # font files with the letters drawn from each


def set_tight(text: str, face: Typeface, size: float) -> Typeset:
    """Set a text at a size in points."""
    found = face.coded(text)
    if not found:
        return Typeset(text)
    if len(found) == 1:  # as most are
        ((file, _, codes),) = found
        font = f"/{file.tag} {size:g} Tf"
        return Typeset(text, (f"[<{codes}>]TJ",), "", font, font, ((file.name, text),))
    line = _Line(face, f" {size:g} Tf")
    line.show(text)
    return line.typeset(text)


def set_spread(pieces: Sequence[str], gap: float, face: Typeface, size: float) -> Typeset:
    """Set a line's pieces with a gap (points) added between them, none inside a number."""
    line, apart, after = _Line(face, f" {size:g} Tf"), f"{gap:.3f} Tc", f"{-gap * 1000 / size:.0f}"
    for length, some in groupby(pieces, key=len):
        if length == 1:
            line.show("".join(some))
        else:
            for piece in some:
                line.shown.append("0 Tc")
                line.show(piece, after)
                line.shown.append(apart)
    line.shown.append("0 Tc")
    return line.typeset("".join(pieces), f" {apart}")


@dataclass(slots=True)
class _Line:
    """Collects a line's operators; `at_size` ends the operator that chooses a font."""

    face: Typeface
    at_size: str
    shown: list[str] = field(default_factory=list)
    drawn: list[tuple[str, str]] = field(default_factory=list)
    opens: str = ""
    font: str = ""

    def show(self, text: str, after: str = "") -> None:
        """Show letters, each from the first file that has it; `after`: thousandths of the size left blank behind."""
        for file, part, codes in self.face.coded(text):
            if file.tag != self.font:
                if self.font:
                    self.shown.append(f"/{file.tag}{self.at_size}")
                self.opens, self.font = self.opens or file.tag, file.tag
            self.shown.append(f"[<{codes}>{after}]TJ")
            self.drawn.append((file.name, part))

    def typeset(self, said: str, spread: str = "") -> Typeset:
        """Return the line as it was collected."""
        opens, closes = (f"/{tag}{self.at_size}" if tag else "" for tag in (self.opens, self.font))
        return Typeset(said, tuple(self.shown), spread, opens, closes, tuple(self.drawn))
