"""Words in the reader's language: gettext catalogues, one for each area, looked up at call time."""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("zh_CN", "en")
LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"

_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})

_spoken = "zh_CN"


def speak(language: str) -> None:
    """Choose the language of the screens; `zh_CN` or `en`."""
    global _spoken  # noqa: PLW0603  one process shows one language
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    _spoken = language


def spoken() -> str:
    """Return the language the screens speak now."""
    return _spoken


def tr(message: str, /, *, context: str = "", lang: str | None = None, **details: object) -> str:
    """Say an English sentence in the reader's language, `{name}` places filled from the details.

    Papers pass their own `lang`. `context` tells apart English words with two Chinese terms.
    """
    said = _said(lang or _spoken, context, message)
    return said.format(**details) if details else said


def trn(
    one: str, many: str, /, *, count: int, shown: str = "", context: str = "", lang: str | None = None,
    **details: object,
) -> str:
    """Say the sentence that fits a count: `trn("{count} unit", "{count} units", count=n)`.

    `{count}` is filled with the number, its thousands separated, or with `shown` where it is written in another way.
    """
    part = _counting(lang or _spoken, context, one, many)
    said = part.npgettext(context, one, many, count) if context else part.ngettext(one, many, count)
    said = said if isinstance(part, gettext.GNUTranslations) else _straight(said)
    return said.format(count=shown or f"{count:,}", **details)


def listed(words: Iterable[str]) -> str:
    """Set words side by side as the language does: a、b in Chinese, a, b in English."""
    return tr(", ").join(words)


def sentences(said: Iterable[str]) -> str:
    """Set sentences one after the other as the language does: a blank between them in English, none in Chinese."""
    return ("" if _spoken == "zh_CN" else " ").join(said)


def mark(message: str) -> str:
    """Mark a constant for translation; it is said later by `tr(constant)`."""
    return message


def markn(one: str, many: str) -> tuple[str, str]:
    """Mark a constant that counts for translation; it is said later by `trn(*constant, count=n)`."""
    return one, many


@lru_cache(maxsize=8192)
def _said(language: str, context: str, message: str) -> str:
    """Ask one catalogue after the other, each opened when it is first needed; English is the source and has none."""
    for file in _catalogues(language):
        part = _opened(file)
        said = part.pgettext(context, message) if context else part.gettext(message)
        if said != message:
            return said
    return _straight(message)


def _straight(english: str) -> str:
    """English as it is shown: Chinese fonts draw curly quotes as wide as a character, which tears a line apart."""
    return english.translate(_QUOTES)


@lru_cache(maxsize=2048)
def _counting(language: str, context: str, one: str, many: str) -> gettext.NullTranslations:
    """Return the catalogue that knows a sentence that counts; English has none and says 1 apart from the rest."""
    for part in map(_opened, _catalogues(language)):
        said = part.npgettext(context, one, many, 2) if context else part.ngettext(one, many, 2)
        if said != many:
            return part
    return gettext.NullTranslations()


@lru_cache
def _catalogues(language: str) -> tuple[Path, ...]:
    """The catalogues of a language; the shell's first, because the log-in page waits for nothing else."""
    return tuple(sorted((LOCALE / language).glob("*.mo"), key=lambda file: (file.stem != "shell", file.name)))


@lru_cache
def _opened(file: Path) -> gettext.GNUTranslations:
    with file.open("rb") as stream:
        return gettext.GNUTranslations(stream)
