"""Pre-printed forms (套打格式) kept as versions beside the templates, and which one a receipt's book is printed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select

from salescenter.data.papers import template
from salescenter.data.payments import receipt, receipt_book
from salescenter.data.record import new_id
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.form_faults import FormInUse, FormNameTaken
from salescenter.domain.papers.overlay import OverlayForm, demand_sound_form
from salescenter.domain.papers.overlay_file import demand_scans, form_text, read_form_text
from salescenter.domain.refusals import NotFound, ReasonMissing
from salescenter.domain.units import Step
from salescenter.services.papers.lots import in_lots
from salescenter.services.work import Desk, Work, deed

_SERIES = "form-"
"""Each form is a series of versions among the templates, of the kind `form-receipt-1f3a…`: its paper and its mark.

The mark is made once and stays when the form gets another name; books and what puts a printer right go by it.
"""

_WITHDRAWN = ""
"""The text of a version that takes a form out of use."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form as it is kept: its mark, for which papers, its newest version with its name, whether it is in use."""

    mark: str
    kind: PaperKind
    name: str
    version: int
    in_use: bool = True


@dataclass(frozen=True, slots=True)
class FormRequest:
    """A form to keep: the first version of a new mark, or the next one of a mark that is known, maybe renamed."""

    form: OverlayForm
    since: date
    mark: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class FormKept:
    """The form was kept."""

    mark: str
    name: str
    version: int


@deed(Step.EDIT_TEMPLATES, FormKept)
def keep_form(work: Work, asked: FormRequest) -> FormKept:
    """Keep a form as a new version; those of before stay in the record. Refuses the name of another one of its kind."""
    form, name = asked.form, asked.form.name.strip()
    demand_sound_form(form)
    demand_scans(form)
    for one in _rows(work.connection, work.project):
        if one.mark != asked.mark and one.in_use and (one.kind, one.name) == (form.kind, name):
            raise FormNameTaken(field="name", name=name)
    return _next_version(work, FormRow(asked.mark, form.kind, name, 0), form_text(form), asked.since)


def _next_version(work: Work, of: FormRow, text: str, since: date | None, reason: str = "") -> FormKept:
    series = f"{_SERIES}{of.kind}-{of.mark}"
    t = template.c
    newest = select(func.coalesce(func.max(t.version), 0)).where(t.project_id == work.project, t.kind == series)
    version = 1 + (work.connection.scalar(newest) or 0)
    row = {"kind": series, "name": of.name, "version": version, "since": since, "reason": reason, "text": text}
    written = work.connection.execute(insert(template).values(**row, project_id=work.project))
    after = {"kind": series, "name": of.name, "version": version} | ({"withdrawn": reason} if reason else {})
    work.note(Step.EDIT_TEMPLATES, "template", new_id(written), after=after)
    return FormKept(of.mark, of.name, version)


def forms(desk: Desk, kind: PaperKind | None = None) -> tuple[FormRow, ...]:
    """List the forms that are in use, of one kind of paper or of all, in the order of their kinds and names."""
    return tuple(one for one in every_form(desk) if one.in_use and kind in (None, one.kind))


def every_form(desk: Desk) -> tuple[FormRow, ...]:
    """List all forms there ever were; each with its newest name."""
    with desk.reading() as connection:
        return _rows(connection, desk.project)


def form_names(connection: Connection, project: int) -> dict[str, str]:
    """The newest name of every form there ever was, by its mark, within an open transaction."""
    return {one.mark: one.name for one in _rows(connection, project)}


def _rows(connection: Connection, project: int) -> tuple[FormRow, ...]:
    t = template.c
    mine = (t.project_id == project) & t.kind.startswith(_SERIES, autoescape=True)
    newest = select(t.kind, func.max(t.version).label("version")).where(mine).group_by(t.kind).subquery()
    same = (t.kind == newest.c.kind) & (t.version == newest.c.version)
    in_use = (t.text != _WITHDRAWN).label("in_use")
    stmt = select(t.kind, t.name, t.version, in_use).join(newest, same).where(t.project_id == project)
    order = list(PaperKind)
    return tuple(sorted(map(_row, connection.execute(stmt)), key=lambda one: (order.index(one.kind), one.name)))


def _row(found: Any) -> FormRow:
    kind, _, mark = found.kind.removeprefix(_SERIES).rpartition("-")
    return FormRow(mark, PaperKind(kind), found.name, found.version, bool(found.in_use))


def form_marked(desk: Desk, mark: str) -> OverlayForm:
    """Return a form as it is kept now."""
    if (found := form_kept(desk, mark)) is None:
        raise NotFound(what="form", sought=mark)
    return found


def form_kept(desk: Desk, mark: str) -> OverlayForm | None:
    """Return a form as it is kept now; None where it was withdrawn or never kept."""
    with desk.reading() as connection:
        text = connection.scalar(_newest(desk.project, mark))
    return read_form_text(text) if text else None


def _newest(project: int, mark: str) -> Any:
    t = template.c
    mine = (t.project_id == project) & t.kind.startswith(_SERIES, autoescape=True)
    return select(t.text).where(mine, t.kind.endswith(f"-{mark}", autoescape=True)).order_by(t.version.desc()).limit(1)


def forms_of(desk: Desk, numbers: Sequence[str]) -> dict[str, str]:
    """Return the mark of the form each receipt's book is printed on, by the receipt's number; plain paper left out."""
    of_book = select(receipt.c.number, receipt_book.c.form).join(receipt, receipt.c.book_id == receipt_book.c.id)
    mine = of_book.where(receipt.c.project_id == desk.project, receipt_book.c.form != "")
    found: dict[str, str] = {}
    with desk.reading() as connection:
        for some in in_lots(numbers):
            rows = connection.execute(mine.where(receipt.c.number.in_(some)))
            found |= {number: form for number, form in rows}  # noqa: C416  rows are not pairs to dict()
    return found


@dataclass(frozen=True, slots=True)
class WithdrawForm:
    """Take a form out of use, with the reason."""

    mark: str
    reason: str
    key: str = ""


@deed(Step.EDIT_TEMPLATES, FormKept)
def withdraw_form(work: Work, asked: WithdrawForm) -> FormKept:
    """Take a form out of use; its versions stay in the record. Refused while a book with numbers left prints on it."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.EDIT_TEMPLATES)
    known = {one.mark: one for one in _rows(work.connection, work.project) if one.in_use}
    if (one := known.get(asked.mark)) is None:
        raise NotFound(what="form", sought=asked.mark)
    b = receipt_book.c
    on_it = select(b.name).where(b.project_id == work.project, b.form == one.mark, b.next <= b.last).order_by(b.id)
    if books := tuple(work.connection.scalars(on_it)):
        raise FormInUse(form=one.name, books=books)
    return _next_version(work, one, _WITHDRAWN, None, asked.reason.strip())
