"""Words that stand in what is written for something a server says only as it writes, such as the next number of a book.

A number without gaps keeps everybody else waiting from when it is taken until the work ends. So it is taken in the
message that ends the work, where nobody waits for a cable; until then a word stands for it, in any text or whole number
that is written after it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

_SLOT = "salescenter.promised_"
_TEXT = re.compile(r"(?:\bE)?'(?:[^']|'')*'")
"""A text as the driver writes it into a statement; of one with a backslash each is doubled, and an E goes before."""


@dataclass(slots=True)
class Promises:
    """The words of one work, and what became of them."""

    slots: dict[str, str] = field(default_factory=dict)  # word: setting of the transaction that holds the value
    kept: dict[str, str] = field(default_factory=dict)  # word: value, once the server has said it

    def give(self, count: int) -> Mapping[str, str]:
        """Make so many new words; returns them with the settings in which their values are to be put."""
        given = {f"<{uuid.uuid4().hex}>": f"{_SLOT}{len(self.slots) + number}" for number in range(count)}
        self.slots |= given
        return given

    def spell_out(self, statement: str) -> str:
        """Let the server put the values into a statement that has words in it."""
        found = {word: slot for word, slot in self.slots.items() if word in statement}

        def with_values(text: re.Match[str]) -> str:
            said = text[0]
            for word, slot in found.items():
                if word in text[0]:
                    said = f"replace({said}, '{word}', current_setting('{slot}'))"
            return said

        return _TEXT.sub(with_values, statement) if found else statement

    def fill(self, text: str) -> str:
        """Put the values the server said in the place of their words."""
        for word, value in self.kept.items():
            text = text.replace(word, value)
        return text
