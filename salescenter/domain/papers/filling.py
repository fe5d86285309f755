"""What a kind of paper offers a pre-printed form (套打项目), and what one paper answers: shared by all kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from salescenter.domain.amounts_in_words import digit_boxes
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.receipt import Reprint, Voided

BARE = "·不含元整"
"""Ends the name of an amount in words for a form that has 元整 printed already."""

BOXES = "·数位格"
"""Ends the name of an amount for a form that has a box for each figure."""

OWN_AMOUNT = f"金额{BOXES}"
"""The amount a paper of the house is about, which its code vouches for."""

DATE_PARTS = ("年", "月", "日")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What one kind offers, by groups as they are chosen from: fields that stand once, lists, amounts for boxes.

    A name may have two parts (买受人2·姓名); the parts have words of their own.
    """

    fields: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boxes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def groups(self) -> dict[str, tuple[str, ...]]:
        """All names by group, in the order they are offered."""
        found: dict[str, tuple[str, ...]] = {}
        for part in (self.fields, self.rows, self.boxes):
            for group, names in part.items():
                found[group] = found.get(group, ()) + names
        return found

    def offers(self, source: str) -> bool:
        """Say whether there is such a field."""
        return any(_holds(part, source) for part in (self.fields, self.rows, self.boxes))

    def is_row(self, source: str) -> bool:
        """Say whether it stands once for each line of a list."""
        return _holds(self.rows, source)

    def is_boxes(self, source: str) -> bool:
        """Say whether it is written one digit a box."""
        return _holds(self.boxes, source)


def _holds(part: Mapping[str, tuple[str, ...]], source: str) -> bool:
    return any(source in names for names in part.values())


@dataclass(frozen=True, slots=True)
class Filling:
    """What one paper says to a form: texts, lists and amounts by their names, and what the file says of itself.

    title: of the file; house: its author; reprint, voided, draft: marks no form has a place for.
    """

    kind: PaperKind
    number: str
    title: str
    house: str
    made: datetime
    lang: str
    fields: Mapping[str, str]
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    amounts: Mapping[str, Money] = field(default_factory=dict)
    reprint: Reprint | None = None
    voided: Voided | None = None
    draft: bool = False

    def answers(self, source: str, places: str = "") -> tuple[str, ...]:
        """Answer one field of a form: one text, one a row, or one a box of `places` (亿仟佰拾万仟佰拾元角分).

        Refuses (`FieldMalformed`) an amount that the boxes cannot hold.
        """
        if source in self.amounts:
            return digit_boxes(self.amounts[source], places) if self.amounts[source] else ("",) * len(places)
        return self.rows[source] if source in self.rows else (self.fields[source],)

    def stands(self, now: Filling) -> bool:
        """Say whether it was issued, and every amount is the same now: then a reprint says this and not what is new.

        A draft is no issued paper, and of another price the paper is another one.
        """
        return not self.draft and all(now.amounts.get(name, kept) == kept for name, kept in self.amounts.items())


def bare(words: str) -> str:
    """Leave 元整 off an amount in words where the form has it; one with 角 or 分 says all of itself."""
    return words.removesuffix("元整")


def dated(name: str, day: date | None) -> dict[str, str]:
    """A day in three parts, as forms have 年 月 日 printed: 签订日期·年 is 2026; empty where there is none."""
    parts = (str(day.year), f"{day.month:02}", f"{day.day:02}") if day else ("", "", "")
    return {f"{name}·{part}": said for part, said in zip(DATE_PARTS, parts, strict=True)}


def date_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names of days, each followed by its three parts."""
    return tuple(one for name in names for one in (name, *dated(name, None)))
