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

BEFORE, HERE, SO_FAR = "·承前页", "·本页小计", "·过次页"
"""End the name of a column of amounts: brought forward, summed on this page, carried forward."""

PAGE, PAGES = "页次", "页数"
"""Which page of a paper this one is, and how many there are: on whose form a list runs on."""

SUBTOTAL = "小计"
"""Stands first in a line of a list that sums up others."""

_AMOUNTS = frozenset({"金额", "应付", "已付", "尚欠", "欠款", "违约金", "实付", "贷款额", "月供", "line-amount"})
_NO_SUMS = frozenset({"价格"})
"""Columns of amounts that a list may sum up, and tables that only reckon."""

_FEET = frozenset({
    "金额", "金额大写", f"金额大写{BARE}", OWN_AMOUNT, "total", "words", "words-without-yuan", "total-boxes",
    *(one for name in ("欠款合计", "应付合计", "已收款", "尚欠款")
      for one in (name, f"{name}大写", f"{name}大写{BARE}")), "违约金",
})  # fmt: skip
"""Amounts that sum a list up."""

DATE_PARTS = ("年", "月", "日")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What one kind offers, by groups as they are chosen from: fields that stand once, lists, amounts for boxes.

    A name may have two parts (买受人2·姓名); the parts have words of their own.
    """

    fields: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boxes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def carried(self) -> tuple[str, ...]:
        """The columns whose sums are carried from page to page."""
        return tuple(
            name for names in self.rows.values() for name in names
            if name.rpartition("·")[2] in _AMOUNTS and name.rpartition("·")[0] not in _NO_SUMS
        )  # fmt: skip

    @property
    def feet(self) -> frozenset[str]:
        """The amounts that sum a list up: below a list that runs on they wait for its end."""
        return _FEET

    @property
    def running(self) -> Mapping[str, tuple[str, ...]]:
        """What is known of each page as it is laid: its number, and what is carried on."""
        sums = tuple(f"{name}{end}" for name in self.carried for end in (BEFORE, HERE, SO_FAR))
        return {"续页": (PAGE, PAGES, *sums)} if self.rows else {}

    def groups(self) -> dict[str, tuple[str, ...]]:
        """All names by group, in the order they are offered."""
        found: dict[str, tuple[str, ...]] = {}
        for part in (self.fields, self.rows, self.boxes, self.running):
            for group, names in part.items():
                found[group] = found.get(group, ()) + names
        return found

    def offers(self, source: str) -> bool:
        """Say whether there is such a field."""
        return any(_holds(part, source) for part in (self.fields, self.rows, self.boxes, self.running))

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
