"""Words in the reader's language: gettext catalogues, one for each area, looked up at call time."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("zh_CN", "en")
LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"

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
    words = _catalogue(lang or _spoken)
    said = words.pgettext(context, message) if context else words.gettext(message)
    return said.format(**details) if details else said


def mark(message: str) -> str:
    """Mark a constant for translation; it is said later by `tr(constant)`."""
    return message


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """All catalogues of a language as one; English is the source and needs none."""
    found = gettext.NullTranslations()
    for file in sorted((LOCALE / language).glob("*.mo")):
        with file.open("rb") as stream:
            part = gettext.GNUTranslations(stream)
        part.add_fallback(found)
        found = part
    return found
