"""A visit or call ledger from file to draft: every line read, malformed phones kept and flagged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from salescenter.data.types import CHINA
from salescenter.domain import sheet_values
from salescenter.domain.columns import VisitField as F
from salescenter.domain.id_numbers import read_id
from salescenter.domain.import_terms import BadRow, Skipped, Stage
from salescenter.domain.phones import Phone, clean_phones
from salescenter.domain.recognition import ColumnMapping
from salescenter.domain.refusals import ColumnsMissing, IdMalformed
from salescenter.domain.sheet_values import Cell, Unreadable, Why, is_blank, parts, plain, words
from salescenter.services.importing.body import Body, body_of, fill_down, fill_merged, in_rows, read_column, unprinted
from salescenter.services.importing.draft import Found
from salescenter.services.importing.rows import VisitRow
from salescenter.services.importing.watch import UNWATCHED, Watch, many_rows
from salescenter.services.names import spell
from salescenter.services.reception_rules import Contact

NOON = time(12)
"""The hour of a visit whose day alone is written: a fixed one, so that the same line is the same moment again."""

ANSWERS: dict[F, str] = {
    F.AGE: "age", F.DISTRICT: "district", F.WORKPLACE: "workplace", F.JOB: "job", F.FAMILY: "family",
    F.PURPOSE: "purpose", F.INTRODUCER: "introducer", F.PRODUCT: "product", F.AREA: "area", F.FLOOR: "floor",
    F.BUDGET: "budget", F.PAYMENT: "payment", F.CONCERN: "concern", F.RESISTANCE: "resistance", F.ASKED: "asked",
    F.ASKED_MORE: "asked",
}  # fmt: skip
"""Column of a ledger -> field of the registration sheet that keeps its words."""

RANGES = frozenset({F.AREA, F.BUDGET})


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """A ledger as it would be put on record; the fields are those of a unit draft."""

    source: str
    sheet: str
    header_row: int
    title: str
    mapping: ColumnMapping
    rows: tuple[VisitRow, ...]
    bad: tuple[BadRow, ...]
    flagged: tuple[BadRow, ...]
    skipped: tuple[Skipped, ...]


def visits_of(
    found: Found, today: date, words_of: Mapping[str, Sequence[str]], watch: Watch = UNWATCHED
) -> VisitDraft:
    """Read and check the lines of a ledger that was found.

    `words_of`: the house's dictionaries; an answer that sounds like one of their words (自主 like 自住) is that word.
    """
    if found.mapping.lacking():
        raise ColumnsMissing(fields=found.mapping.lacking())
    body = body_of(found.sheet, found.header, found.mapping, F.NAME)
    doubtful = fill_merged(body, frozenset(F) - {F.PHONE, F.NAME, F.ID_NUMBER})
    fill_down(body, F.DAY)
    reading = _Reading(body, today, words_of)
    reading.bad += [body.bad(entry, which, Why.ONE_AMOUNT_FOR_MANY) for entry, which in doubtful]
    with many_rows():
        rows = reading.rows(found, watch)
    stopped = {bad.row for bad in reading.bad}
    header = found.header
    return VisitDraft(
        source=found.book, sheet=found.sheet.name, header_row=header.shown_row, title=header.title,
        mapping=found.mapping,
        rows=tuple(row for row in rows if row.row not in stopped),
        bad=in_rows(reading.bad),
        flagged=in_rows((*reading.flagged, *unprinted(body))), skipped=body.skipped,
    )  # fmt: skip


@dataclass(slots=True)
class _Reading:
    """Reads a ledger's columns one after the other."""

    body: Body
    today: date
    words_of: Mapping[str, Sequence[str]]
    bad: list[BadRow] = field(default_factory=list)
    flagged: list[BadRow] = field(default_factory=list)

    def rows(self, found: Found, watch: Watch) -> list[VisitRow]:
        """Read every line."""
        whole = len(self.body.rows)
        moments = self._moments(_year_of(found))
        watch.step(whole // 4, whole, Stage.CHECK)
        phones, names = self._phones(), self._column(F.NAME, words)
        answers = self._answers()
        watch.step(whole // 2, whole, Stage.CHECK)
        usual = _contact_of(found)
        kinds = [kind or usual for kind in self._column(F.CONTACT, contact)]
        fields = zip(
            [row + 1 for row in self.body.rows], moments, kinds, names, self._column(F.SEX, sex), phones,
            self._ids(), self._text(F.ADDRESS), [party or 1 for party in self._column(F.PARTY, sheet_values.whole)],
            self._channels(), self._column(F.LEVEL, level), self._text(F.CONSULTANT), answers, self._text(F.NOTE),
            strict=True,
        )  # fmt: skip
        rows = list(map(VisitRow._make, fields))
        for i, row in enumerate(rows):
            if not row.name and not row.phones:
                self.bad.append(self.body.bad(i, F.NAME, Why.MISSING))
        watch.step(whole, whole, Stage.CHECK)
        return rows

    def _column(self, which: F, read: Callable[[Cell], Any]) -> list[Any]:
        cells = self.body.cells.get(which)
        if cells is None:
            return [read("")] * len(self.body.rows)
        parsed = read_column(cells, read)
        self.flagged += [self.body.bad(entry, which, why, cells[entry]) for entry, why in parsed.troubles]
        return parsed.values

    def _text(self, which: F) -> list[str]:
        return self._column(which, lambda cell: "" if is_blank(cell) else words(cell))

    def _moments(self, year: int | None) -> list[datetime]:
        """The moment of each line; a day still to come cannot have been a visit."""
        cells = self.body.cells[F.DAY]
        parsed = read_column(cells, lambda cell: sheet_values.day(cell, year))
        self.bad += [self.body.bad(entry, F.DAY, why, cells[entry]) for entry, why in parsed.troubles]
        known = {entry for entry, _ in parsed.troubles}
        for entry, day in enumerate(parsed.values):
            if entry not in known and (day is None or day > self.today):
                self.bad.append(self.body.bad(entry, F.DAY, Why.OUT_OF_RANGE if day else Why.MISSING, cells[entry]))
        return [
            datetime.combine(day or self.today, sheet_values.hour(cell) or NOON, CHINA)
            for day, cell in zip(parsed.values, cells, strict=True)
        ]

    def _phones(self) -> list[tuple[str, ...]]:
        cells = self.body.cells.get(F.PHONE, ["" for _ in self.body.rows])
        read: list[tuple[Phone, ...] | None] = read_column(cells, lambda cell: clean_phones(words(cell))).values
        for entry, several in enumerate(read):
            for phone in several or ():
                if phone.digits and not phone.well_formed:
                    self.flagged.append(self.body.bad(entry, F.PHONE, Why.PHONE_MALFORMED, cells[entry], phone.digits))
        return [tuple(phone.digits for phone in several or () if phone.digits) for several in read]

    def _ids(self) -> list[str]:
        said = self._text(F.ID_NUMBER)
        for entry, number in enumerate(said):
            if number and not _is_id(number, self.today):
                self.flagged.append(self.body.bad(entry, F.ID_NUMBER, Why.ID_MALFORMED, number))
        return said

    def _channels(self) -> list[str]:
        known = _Homophones(self.words_of.get("channel", ()))
        return [known.word(said) for said in self._text(F.CHANNEL)]

    def _answers(self) -> list[tuple[tuple[str, tuple[str, ...]], ...]]:
        """What each line answers, field by field."""
        found: list[dict[str, tuple[str, ...]]] = [{} for _ in self.body.rows]
        for which, name in ANSWERS.items():
            if which not in self.body.cells:
                continue
            known = _Homophones(self.words_of.get(name, ()))
            read = _range_words if which in RANGES else parts
            for i, several in enumerate(read_column(self.body.cells[which], read).values):
                if several:
                    found[i][name] = (*found[i].get(name, ()), *(known.word(said) for said in several))
        return [tuple(one.items()) for one in found]


class _Homophones:
    """A dictionary that also knows what sounds like its words: 自主 is typed for 自住."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = frozenset(known)
        self._sounds: dict[str, str] | None = None

    def word(self, said: str) -> str:
        """Return the dictionary's word for what was typed, or what was typed."""
        if said in self._known or not self._known or not said:
            return said
        if self._sounds is None:
            self._sounds = {spell(word).pinyin: word for word in self._known}
        return self._sounds.get(spell(said).pinyin, said)


def _range_words(cell: Cell) -> tuple[str, ...]:
    """Write a wish for an area or a price in one spelling; words that are no range stay as they are."""
    try:
        span = sheet_values.span(cell)
    except Unreadable:
        return parts(cell)
    if span is None:
        return ()
    unit = "万" if max(span.low or 0, span.high or 0) >= 10_000 else ""
    low, high = (None if end is None else f"{end / (10_000 if unit else 1):f}" for end in (span.low, span.high))
    low, high = (None if end is None else end.rstrip("0").rstrip(".") if "." in end else end for end in (low, high))
    if low == high:
        return (f"{low}{unit}",)
    return (f"{low or ''}–{high or ''}{unit}",)


_LEVEL = re.compile(r"([A-F])[+-]?(?:类|级|类客户)?")


def level(cell: Cell) -> str:
    """Read a level of interest (意向级别): B类 is B; other words stay."""
    found = _LEVEL.fullmatch(plain(cell))
    return found[1] if found else "" if is_blank(cell) else words(cell)


_SEX = {"男": "male", "先生": "male", "M": "male", "女": "female", "女士": "female", "小姐": "female", "F": "female"}


def sex(cell: Cell) -> str:
    """Read a sex; anything else than the usual words says nothing."""
    return _SEX.get(plain(cell), "")


def contact(cell: Cell) -> Contact | None:
    """Read how somebody got in touch: 来访, 首访, 复访; 来电; 去电, 回访电话. Blank gives None."""
    said = plain(cell)
    if re.search(r"去电|外呼|CALL客|回访", said):
        return Contact.CALL_OUT
    if re.search(r"来电|电话|热线", said):
        return Contact.CALL_IN
    return Contact.VISIT if re.search(r"访|来人|到场|上门", said) else None


def _contact_of(found: Found) -> Contact:
    """What a ledger without such a column lists, by its title, its sheet or its day's header."""
    column = found.mapping.at(F.DAY)
    for said in (found.header.title, found.sheet.name, column.header if column else "", found.book):
        if kind := contact(said):
            return kind
    return Contact.VISIT


def _year_of(found: Found) -> int | None:
    """The year a ledger's title, sheet or file name tells, for days written without one."""
    for said in (found.header.title, found.sheet.name, found.book):
        if year := re.search(r"(?<!\d)(20\d\d)(?!\d{3,})", said):
            return int(year[1])
    return None


def _is_id(number: str, today: date) -> bool:
    try:
        read_id(number, today)
    except IdMalformed:
        return False
    return True
