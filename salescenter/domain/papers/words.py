"""The words of a paper: kept beside it so that it is found by any two letters, and shown around what was sought."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from salescenter.domain.id_numbers import check_digit
from salescenter.domain.masks import mask_id, mask_name, mask_phone

_BEFORE, _AFTER = 6, 30
_GONE = "\0"
_ID = re.compile(r"(?<![0-9A-Za-z])[0-9]{6}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d(?:\d{8}|([ -])\d{4}\1\d{4})(?!\d)")
"""Both as they are typed: in one, or in the groups people read them in."""
_GAP = re.compile("[ -]")
_IN_A_SUM = re.compile(r"(?<=\d),(?=\d{3})")


class Pdf(bytes):
    """A PDF that the house has set, and the words it drew into it, in their order."""

    words: str

    def __new__(cls, pdf: bytes, words: str) -> Pdf:
        """Put both together."""
        made = super().__new__(cls, pdf)
        made.words = words
        return made


def kept_words(text: str) -> str:
    """Return a text as it is kept and sought: signs of one width, blanks as one, 1,280 as 1280, numbers masked.

    An ID number (GB 11643) and a mobile telephone are found whole or by what their masks leave, never figure by figure.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return _PHONE.sub(_masked_phone, _ID.sub(_masked_id, _IN_A_SUM.sub("", plain)))


def grams(text: str) -> frozenset[str]:
    """Return every two letters or figures that follow each other, whatever signs stand between; none of fewer."""
    return frozenset(first + second for first, second in pairwise(_letters(text)))


def says(words: str, sought: str) -> re.Match[str] | None:
    """Find a text in the words of a paper, both as `kept_words` writes them; signs and blanks do not count."""
    return re.search(r"[\W_]*".join(map(re.escape, _letters(sought))), words, re.IGNORECASE)


def excerpt(words: str, found: re.Match[str], hidden: Iterable[str] = (), *, whole: bool) -> str:
    """Return the words around what was found; unless `whole`, the `hidden` names are masked."""
    begin, end = max(0, found.start() - _BEFORE), min(len(words), found.end() + _AFTER)
    said = words if whole else _masked(words, hidden)
    inside = said[begin:end].replace(_GONE, "").strip()
    return f"{'…' if begin else ''}{inside}{'…' if end < len(words) else ''}"


def _masked(words: str, hidden: Iterable[str]) -> str:
    """Mask and keep every place, so that no edge of an excerpt cuts a name that its mask would have known."""
    said = words
    for name in sorted(filter(None, hidden), key=len, reverse=True):
        broken = r"\s*".join(map(re.escape, name))  # a line may end within a name
        for place in {it.span() for it in re.finditer(broken, said)}:
            said = said[:place[0]] + mask_name(name).ljust(place[1] - place[0], _GONE) + said[place[1]:]
    return said


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _masked_phone(number: re.Match[str]) -> str:
    return mask_phone(_GAP.sub("", number[0]))


def _masked_id(number: re.Match[str]) -> str:
    said = _GAP.sub("", number[0].upper())
    return mask_id(said) if check_digit(said) == said[-1] else number[0].upper()
