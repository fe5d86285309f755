"""Recognises which column of a sheet says what, by its header and by what stands in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from salescenter.domain.columns import FIELDS, Field, FieldKey, Kind
from salescenter.domain.sheet_values import Cell, is_blank, plain

SURE = 0.5
"""From this confidence on a column is taken; below it the user is asked."""

GROUP = "›"
"""Stands between a group's name and a column's own where a header takes several rows (签约›单价)."""

SAMPLE = 120
"""How many filled cells of a column are looked at."""


class Because(StrEnum):
    """Why a column was, or was not, taken for something."""

    HEADER_IS = "header-is"            # the header is one of the trade's names for it
    HEADER_LIKE = "header-like"        # the header contains such a name
    CONTENTS_FIT = "contents-fit"      # detail: percent of the cells that may stand there
    CONTENTS_DIFFER = "contents-differ"
    CONTENTS_ONLY = "contents-only"    # no such header, but nothing else looks like this
    TAKEN = "taken"                    # another column says it better
    PRODUCT_AGREES = "product-agrees"  # area times this price gives the sheet's totals
    BY_HAND = "by-hand"
    REMEMBERED = "remembered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its detail: a name of the trade, or a percentage."""

    because: Because
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of a sheet is taken for; `scale` is 10 000 where its header counts in 万元."""

    index: int
    header: str
    field: FieldKey | None
    confidence: float
    reasons: tuple[Reason, ...]
    scale: int = 1


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What every column of a sheet is taken for; no field stands twice. by_hand: the user chose some of them."""

    kind: Kind
    columns: tuple[Column, ...]
    by_hand: bool = False

    def at(self, field: FieldKey) -> Column | None:
        """The column that says this field."""
        return next((column for column in self.columns if column.field == field), None)

    def fields(self) -> frozenset[FieldKey]:
        """Everything this sheet says."""
        return frozenset(column.field for column in self.columns if column.field is not None)

    def lacking(self) -> tuple[FieldKey, ...]:
        """What such a list must say and this one does not."""
        return tuple(field.key for field in FIELDS[self.kind] if field.needed and self.at(field.key) is None)

    def with_(self, index: int, field: FieldKey | None, because: Because = Because.BY_HAND) -> ColumnMapping:
        """Take a column for something else; whichever column said it before says nothing now."""
        columns = tuple(self._changed(column, index, field, because) for column in self.columns)
        return replace(self, columns=columns, by_hand=self.by_hand or because is Because.BY_HAND)

    @staticmethod
    def _changed(column: Column, index: int, field: FieldKey | None, because: Because) -> Column:
        if column.index == index:
            return replace(column, field=field, confidence=1.0, reasons=(Reason(because),))
        if field is not None and column.field == field:
            return replace(column, field=None, confidence=0.0, reasons=(Reason(Because.TAKEN),))
        return column

    @property
    def fingerprint(self) -> str:
        """What sheets with the same headers share, to find again what the user taught."""
        folded = "\x1f".join(plain(column.header) for column in self.columns)
        return hashlib.sha256(folded.encode()).hexdigest()[:24]

    def taught(self) -> dict[str, str]:
        """What to remember: column number to field, "" where the column says nothing."""
        return {str(column.index): str(column.field or "") for column in self.columns}

    def recall(self, taught: Mapping[str, str], because: Because = Because.REMEMBERED) -> ColumnMapping:
        """Take the columns as the user taught them for these headers, before or just now (BY_HAND)."""
        known = {str(field.key): field.key for field in FIELDS[self.kind]}
        mapping = replace(self, by_hand=bool(taught) and because is Because.BY_HAND)
        for column in self.columns:
            said = known.get(taught.get(str(column.index), str(column.field or "")))
            if said != column.field:
                mapping = mapping.with_(column.index, said, because)
        return mapping


@dataclass(frozen=True, slots=True)
class Title:
    """A header taken apart: its name, and how much one of its numbers is worth (万元)."""

    stem: str
    scale: int


_BRACKETS = re.compile(r"[(\[【{〔](.*?)[)\]】}〕]")
_TAIL = re.compile(r"(?:/?万元|[:*★※]|/?元/(?:M2|平方米|平米|平|套)|/?人民币|(?<=[价款额金/])元|/?M2|/?平方米)+$")
_PER_METRE = re.compile(r"元/(?:M2|平)")


@lru_cache(maxsize=4096)
def title(header: str) -> Title:
    """Fold a header: brackets and units away, 万元 kept as a scale, 元/㎡ said as 单价."""
    said = plain(header)
    scale = 10_000 if "万元" in said or "(万)" in said else 1
    bare = _BRACKETS.sub("", said)
    stem = _TAIL.sub("", bare) or bare or said
    return Title(stem + "单价" if _PER_METRE.search(said) and not stem.endswith(("单价", "均价")) else stem, scale)


@lru_cache(maxsize=65536)
def likeness(header: str, kind: Kind, key: FieldKey) -> tuple[float, str]:
    """Say how much a header sounds like a field, 0 to 1, and which name it sounds like."""
    field = next(field for field in FIELDS[kind] if field.key == key)
    whole = title(header.replace(GROUP, "")).stem
    last = title(header.rsplit(GROUP, 1)[-1]).stem
    if any(word in whole for word in field.never):
        return 0.0, ""
    return max(_sounds(whole, field.names, 1.0), _sounds(last, field.names, 0.95))


def _sounds(stem: str, names: Iterable[str], best: float) -> tuple[float, str]:
    found = (0.0, "")
    for name in names:
        if stem == name:
            return best, name
        if name in stem and (len(name) > 1 or stem.endswith(name)):
            at_end = 0.5 if stem.endswith(name) else 0.4
            found = max(found, (at_end + 0.4 * len(name) / len(stem), name))
    return found


def recognise(kind: Kind, headers: Sequence[str], columns: Sequence[Sequence[Cell]]) -> ColumnMapping:
    """Say what each column is: every field goes to the column that claims it best, no column twice."""
    samples = [_sample(column) for column in columns]
    claims = sorted(
        (claim for index, header in enumerate(headers) for claim in _claims(kind, index, header, samples[index])),
        key=lambda claim: -claim.confidence,
    )
    given: dict[int, Column] = {}
    taken: set[FieldKey] = set()
    second: dict[int, Column] = {}
    for claim in claims:
        assert claim.field is not None
        if claim.index in given:
            continue
        if claim.field in taken or claim.confidence < SURE:
            second.setdefault(claim.index, _declined(claim, claim.field in taken))
        else:
            given[claim.index] = claim
            taken.add(claim.field)
    best = {**second, **given}
    nothing = (Column(index, header, None, 0.0, (Reason(Because.UNKNOWN),)) for index, header in enumerate(headers))
    return ColumnMapping(kind, tuple(best.get(column.index, column) for column in nothing))


def _declined(claim: Column, taken: bool) -> Column:
    reasons = (Reason(Because.TAKEN, str(claim.field)),) if taken else claim.reasons
    return replace(claim, field=None, reasons=reasons)


def _claims(kind: Kind, index: int, header: str, sample: Sequence[Cell]) -> Iterable[Column]:
    for field in FIELDS[kind]:
        alike, name = likeness(header, kind, field.key)
        if alike == 0 and not field.telling:
            continue
        fit = sum(map(field.fits, sample)) / len(sample) if sample else None
        confidence, reasons = _weigh(field, alike, name, fit)
        if confidence > 0:
            yield Column(index, header, field.key, confidence, reasons, title(header).scale)


def _weigh(field: Field, alike: float, name: str, fit: float | None) -> tuple[float, tuple[Reason, ...]]:
    """Confidence of one claim: the header counts for 60 %, the contents for 40; contents alone never beat a name."""
    if alike == 0:
        only = field.telling and fit is not None and fit >= 0.95
        return (0.55, (Reason(Because.CONTENTS_ONLY, _percent(fit)),)) if only and fit else (0.0, ())
    named = Reason(Because.HEADER_IS if alike >= 0.95 else Because.HEADER_LIKE, name)
    if fit is None:
        return alike * 0.75, (named,)
    if fit < 0.3 and not field.needed:
        return SURE / 2, (named, Reason(Because.CONTENTS_DIFFER, _percent(fit)))
    return alike * (0.6 + 0.4 * fit), (named, Reason(Because.CONTENTS_FIT, _percent(fit)))


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _sample(column: Sequence[Cell]) -> list[Cell]:
    """Take filled cells spread over the whole column, so that one odd block does not decide."""
    step = max(1, len(column) // (SAMPLE * 2))
    filled = [cell for cell in column[::step] if not is_blank(cell)]
    return filled[:: max(1, len(filled) // SAMPLE)][:SAMPLE]
