"""The texts a house may edit, by name: contracts, agreement, letters in each language; what each of them may name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.contract import template_faults
from salescenter.domain.papers.fields import BLOCKS, FIELDS
from salescenter.domain.papers.letter import LETTERS, letter_blocks, letter_faults, letter_fields
from salescenter.domain.templates import Fault

ENGLISH = "en"


def text_name(kind: PaperKind, lang: str) -> str:
    """Return the name of a letter's text: dunning, dunning_en."""
    return kind.value if lang != ENGLISH else f"{kind.value}_{ENGLISH}"


LETTER_TEXTS: dict[str, tuple[PaperKind, str]] = {
    text_name(kind, lang): (kind, lang)
    for kind, wording in LETTERS.items() for lang in ("zh_CN", *[ENGLISH] * wording.english)
}  # fmt: skip
"""The texts of letters: which letter, in which language."""


def text_fields(name: str) -> Mapping[str, Sequence[str]]:
    """The fields a text may name; those that are lists with the fields of their entries."""
    return letter_fields(LETTER_TEXTS[name][0]) if name in LETTER_TEXTS else FIELDS


def text_blocks(name: str) -> Sequence[str]:
    """The tables and blocks a text may place."""
    return letter_blocks(LETTER_TEXTS[name][0]) if name in LETTER_TEXTS else BLOCKS


def text_faults(name: str, text: str) -> tuple[Fault, ...]:
    """Check a text before it is kept: every fault with its line and column."""
    return letter_faults(text, LETTER_TEXTS[name][0]) if name in LETTER_TEXTS else template_faults(text)
