"""The lists of an import: rows that cannot be taken or want a look, units that would change, units not in the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from salescenter.domain.import_terms import BadRow
from salescenter.domain.money import Money
from salescenter.domain.units import PriceBasis, Use
from salescenter.i18n import tr
from salescenter.import_words import FACTS, remedy_words, where_words, why_words
from salescenter.services.importing.plan import Change, FactChange, ImportPlan
from salescenter.ui.estate.checking import Checked
from salescenter.ui.kit import formats
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.terms import basis_words, use_words

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row that cannot be taken (`stops`) or wants a look."""

    bad: BadRow
    stops: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One fact of one unit that would change, or would if no deal bound it."""

    change: Change
    fact: FactChange
    bound: bool


def troubles(checked: Checked) -> list[Trouble]:
    """All troubles by row, those that stop first."""
    return [Trouble(bad, stops=True) for bad in checked.bad] + [Trouble(bad, stops=False) for bad in checked.flagged]


def changes(planned: ImportPlan) -> list[ChangeLine]:
    """All changes, fact by fact."""
    made = [ChangeLine(change, fact, bound=False) for change in planned.changed for fact in change.facts]
    return made + [ChangeLine(change, fact, bound=True) for change in planned.bound for fact in change.facts]


def trouble_table(now: Now) -> RecordTable[Trouble]:
    """The list of troubles: where, what stands there, why, what to do."""
    return RecordTable(
        (
            Column(tr("Row"), lambda one: one.bad.row, Kind.COUNT, 60),
            Column(tr("Column"), lambda one: where_words(one.bad), width=130),
            Column(tr("What stands there"), lambda one: one.bad.value or None, width=150),
            Column(tr("Weight"), _weight, Kind.BADGE, 96),
            Column(tr("Why"), lambda one: why_words(one.bad), tip=lambda one: why_words(one.bad)),
            Column(tr("What to do"), lambda one: remedy_words(one.bad), tip=lambda one: remedy_words(one.bad)),
        ),
        now=now,
    )


def _weight(one: Trouble) -> Mark:
    return Mark(tr("stops"), "danger") if one.stops else Mark(tr("is kept"), "warning")


def change_table(now: Now) -> RecordTable[ChangeLine]:
    """The list of changes: unit, fact, before, after, difference."""
    return RecordTable(
        (
            Column(tr("Unit"), lambda one: one.change.code, width=110),
            Column(tr("Row"), lambda one: one.change.row, Kind.COUNT, 60),
            Column(tr("Fact"), lambda one: tr(FACTS[one.fact.fact]), width=150),
            Column(tr("Before"), lambda one: _said(one.fact.old)),
            Column(tr("After"), lambda one: _said(one.fact.new)),
            Column(tr("Difference"), _difference, Kind.MONEY, 130),
            Column("", lambda one: Mark(tr("bound by a deal"), "warning") if one.bound else None, Kind.BADGE, 110),
        ),
        now=now,
    )


def missing_table(now: Now) -> RecordTable[str]:
    """Units that are here but not in the list."""
    return RecordTable((Column(tr("Here but not in the list, kept"), lambda code: code),), now=now)


def _difference(one: ChangeLine) -> Money | None:
    old, new = one.fact.old, one.fact.new
    return new - old if isinstance(old, Money) and isinstance(new, Money) else None


def _said(value: object) -> str:
    if isinstance(value, Money):
        return formats.money(value)
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, Use):
        return use_words(value)
    return (
        basis_words(value) if isinstance(value, PriceBasis) else formats.NOTHING if value in (None, "") else str(value)
    )
