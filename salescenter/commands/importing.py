"""import: a unit list or a visit ledger; what would be made is printed before anything is written."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from salescenter.commands.desk import sitting
from salescenter.domain.import_terms import BadRow
from salescenter.domain.money import Rounding
from salescenter.domain.refusals import ColumnsMissing
from salescenter.i18n import listed, tr
from salescenter.import_words import field_words, remedy_words, where_words, why_words
from salescenter.services.importing.assistant import open_units, open_visits
from salescenter.services.importing.plan import ImportPlan, plan
from salescenter.services.importing.reader import letter, read_book
from salescenter.services.importing.store import carry_out
from salescenter.services.importing.visit_store import VisitPlan, carry_out_visits, plan_visits
from salescenter.services.work import Desk
from salescenter.ui.kit.terms import rounding_words

MOST_TOLD = 100
BAD = 1
"""Exit code where rows are bad and nobody said to leave them out."""


def run_import(asked: Namespace) -> int:
    """Import a file; `--dry-run` only prints what would be made."""
    with sitting(asked.database, asked.project) as (desk, now):
        planned = _planned(desk, asked, now)
        for line in _told(planned):
            print(line)
        for line in _bad(planned.bad):
            print(line, file=sys.stderr)
        if planned.bad and not asked.leave_out_bad:
            return BAD
        if asked.dry_run:
            print(tr("nothing was written"))
            return 0
        if isinstance(planned, VisitPlan):
            done = carry_out_visits(desk, planned, now, leave_out=asked.leave_out_bad)
            print(tr("{visits} visits and calls, {customers} customers written", visits=done.visits,
                     customers=done.customers))  # fmt: skip
        else:
            made = carry_out(desk, planned, now, leave_out=asked.leave_out_bad)
            print(tr("{units} units written, {changed} changed", units=made.units, changed=made.changed))
    return 0


def _planned(desk: Desk, asked: Namespace, now: datetime) -> ImportPlan | VisitPlan:
    book = read_book(Path(asked.file))
    try:
        if asked.what == "visits":
            return plan_visits(desk, open_visits(desk, book, now.date()))
        return plan(desk, open_units(desk, book))
    except ColumnsMissing as trouble:
        fields = trouble.details["fields"]
        assert isinstance(fields, tuple)
        raise ColumnsMissing(fields=tuple(map(field_words, fields))) from trouble


def _told(planned: ImportPlan | VisitPlan) -> Iterable[str]:
    draft = planned.draft
    yield tr("{file}, sheet {sheet}, header in row {row}", file=draft.source, sheet=draft.sheet, row=draft.header_row)
    left = [f"{letter(column.index)} {column.header}" for column in draft.mapping.columns if column.field is None]
    if left:
        yield tr("columns not imported: {columns}", columns=listed(left))
    yield from _visits(planned) if isinstance(planned, VisitPlan) else _units(planned)


def _visits(planned: VisitPlan) -> Iterable[str]:
    counts: dict[str, Any] = {"new": planned.new, "known": planned.known, "repeated": planned.repeated}
    yield tr("{new} new customers, {known} lines of known ones, {repeated} on record already", **counts)


def _units(planned: ImportPlan) -> Iterable[str]:
    counts: dict[str, Any] = {
        "new": len(planned.new), "changed": len(planned.changed), "same": planned.unchanged,
        "missing": len(planned.missing),
    }  # fmt: skip
    yield tr("{new} units to make, {changed} to change, {same} the same, {missing} not in the list", **counts)
    for change in planned.changed:
        if change.total:
            yield tr("{unit}: {old} -> {new}", unit=change.code, old=change.total[0], new=change.total[1])
    for how in Rounding:
        mark = "*" if how is planned.rounding else " "
        yield f"{mark} {rounding_words(how)}: {planned.draft.totals.amounts[how]}"


def _bad(bad: Sequence[BadRow]) -> Iterable[str]:
    """Say each bad row: where, what stands there, why, what to do; after the first hundred only how many."""
    for one in bad[:MOST_TOLD]:
        said = (tr("row {row}", row=one.row), where_words(one), one.value, why_words(one), remedy_words(one))
        yield " · ".join(filter(None, said))
    if len(bad) > MOST_TOLD:
        yield tr("… and {count} more", count=len(bad) - MOST_TOLD)
