"""What is said of a text that no paper could print: a letter without a font, more letters than there is room for."""

from __future__ import annotations

from salescenter.domain.refusals import NoGlyph
from salescenter.domain.typed_refusals import TextTooLong
from salescenter.i18n import mark

TYPED_FAULTS: dict[type[Exception], tuple[str, str]] = {
    NoGlyph: (
        mark("No font can print “{character}” ({codepoint}) in {field}."),
        mark("Write the name with another character, or fill it in by hand.")),
    TextTooLong: (
        mark("{field} has {letters} letters; papers have room for {most}."),
        mark("Say it in fewer words.")),
}  # fmt: skip
"""The sentence and the remedy of each class, as in `words`."""
