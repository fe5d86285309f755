"""A list longer than the rows of a form runs on over its further pages, and over further copies of the form (续页)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.filling import BEFORE, HERE, PAGE, PAGES, SO_FAR, SUBTOTAL, Filling
from salescenter.domain.papers.form_fields import CATALOGUES
from salescenter.domain.papers.overlay import FormField, OverlayForm
from salescenter.domain.refusals import FieldMalformed


@dataclass(frozen=True, slots=True)
class _List:
    """One list on a form: how many lines the paper has, and how many rows each page has for it, by the page.

    beside: its columns are shared out over pages that lie beside each other, so that all of them show the same lines;
    else a page goes on where the one before it ends.
    """

    lines: int
    rows: Mapping[int, int]
    beside: bool

    @property
    def room(self) -> int:
        """How many lines one copy of the form holds."""
        return min(self.rows.values()) if self.beside else sum(self.rows.values())

    @property
    def copies(self) -> int:
        """How many copies of the form it takes."""
        return max(1, -(-self.lines // self.room))

    def span(self, copy: int, page: int) -> range:
        """Which lines stand on a page of a copy (both from 1)."""
        rows = dict.fromkeys(self.rows, self.room) if self.beside else self.rows
        earlier = 0 if self.beside else sum(count for at, count in rows.items() if at < page)
        first = (copy - 1) * self.room + earlier
        return range(min(first, self.lines), min(first + rows.get(page, 0), self.lines))


def copies_of(form: OverlayForm, said: Filling) -> int:
    """Say how many copies of a form a paper takes: more than one where a list is longer than its rows."""
    return max((one.copies for one in _lists(form, said).values()), default=1)


def pages_of(form: OverlayForm, said: Filling) -> tuple[Filling, ...]:
    """Return what a paper says on each page, copy after copy: heads again on each, of every list the next lines.

    Amounts that sum a list up and stand below it are said where it ends.
    """
    lists, copies = _lists(form, said), copies_of(form, said)
    whole = copies * form.pages
    return tuple(
        _page(form, said, lists, _Place(copy, page, whole))
        for copy in range(1, copies + 1) for page in range(1, form.pages + 1)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """One page: of which copy, which one of the form, and of how many pages in all."""

    copy: int
    page: int
    whole: int


def table_of(source: str) -> str:
    """The list a column belongs to: 欠款明细·欠款 is of 欠款明细; the one list of a receipt has no name."""
    return source.rpartition("·")[0]


def _lists(form: OverlayForm, said: Filling) -> dict[str, _List]:
    """The lists that have rows on a form; a list has as many on a page as the shortest of its columns."""
    columns: dict[str, list[FormField]] = {}
    for field in form.fields:
        if field.source in said.rows:
            columns.setdefault(table_of(field.source), []).append(field)
    return {table: _list(of, max(len(said.rows[one.source]) for one in of)) for table, of in columns.items()}


def _list(columns: Sequence[FormField], lines: int) -> _List:
    pages = {page: [one for one in columns if one.page == page] for page in sorted({one.page for one in columns})}
    named = {frozenset(one.source for one in here) for here in pages.values()}
    return _List(lines, {page: min(one.rows for one in here) for page, here in pages.items()}, len(named) > 1)


def _page(form: OverlayForm, said: Filling, lists: Mapping[str, _List], at: _Place) -> Filling:
    spans = {table: one.span(at.copy, at.page) for table, one in lists.items()}
    rows = {
        source: texts[spans[table].start : spans[table].stop] if (table := table_of(source)) in spans else texts
        for source, texts in said.rows.items()
    }
    number = (at.copy - 1) * form.pages + at.page
    fields = {**said.fields, PAGE: str(number), PAGES: str(at.whole), **_carried(form, said, lists, spans)}
    waits = set(_waiting(form, lists, spans, at))
    return replace(
        said, rows=rows, fields={name: "" if name in waits else text for name, text in fields.items()},
        amounts={name: ZERO if name in waits else amount for name, amount in said.amounts.items()},
    )  # fmt: skip


def _waiting(form: OverlayForm, lists: Mapping[str, _List], spans: Mapping[str, range], at: _Place) -> Iterable[str]:
    """The sums that stand behind a list which does not end here: they wait for its last page."""
    if all(spans[table].stop == one.lines for table, one in lists.items()):
        return ()
    there = [field for field in form.fields if table_of(field.source) in lists and field.rows > 1]
    foot = max(((field.page, field.y + field.deep) for field in there if field.page <= at.page), default=None)
    feet = CATALOGUES[form.kind].feet
    return (one.source for one in form.fields
            if one.page == at.page and one.source in feet and foot is not None and (one.page, one.y) > foot)


def _carried(
    form: OverlayForm, said: Filling, lists: Mapping[str, _List], spans: Mapping[str, range]
) -> dict[str, str]:
    """What is brought forward, carried forward and summed on this page, of each column a form asks for."""
    asked = {field.source for field in form.fields}
    found: dict[str, str] = {}
    for source in CATALOGUES[said.kind].carried:
        if not asked & {source + end for end in (BEFORE, HERE, SO_FAR)}:
            continue
        table = table_of(source)
        span = spans.get(table, range(0))
        column, over = _amounts(said, source), table not in lists or span.stop == lists[table].lines
        found[source + BEFORE] = str(Money.sum(column[: span.start])) if span.start and len(span) else ""
        found[source + HERE] = str(Money.sum(column[span.start : span.stop])) if len(span) else ""
        found[source + SO_FAR] = "" if over else str(Money.sum(column[: span.stop]))
    return found


def _amounts(said: Filling, source: str) -> Sequence[Money]:
    """A column as amounts; a line that sums others up counts for nothing, nor does what is no amount."""
    first = next(texts for name, texts in said.rows.items() if table_of(name) == table_of(source))
    return [_amount("" if first[at] == SUBTOTAL else text) for at, text in enumerate(said.rows[source])]


def _amount(text: str) -> Money:
    try:
        return Money.read(text)
    except FieldMalformed:
        return ZERO
