"""Pre-printed forms (套打格式) kept as versions beside the templates, and which one a receipt's book is printed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from salescenter.data.papers import template
from salescenter.data.payments import receipt, receipt_book
from salescenter.data.record import new_id
from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.form_faults import FormInUse
from salescenter.domain.papers.overlay import PLACES, OverlayForm, demand_sound_form
from salescenter.domain.papers.overlay_file import demand_picture, form_text, read_form_text
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper
from salescenter.domain.refusals import NotFound, ReasonMissing
from salescenter.domain.units import Step
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.work import Desk, Work, deed

KIND = "form-receipt"
"""The kind under which the forms of receipts stand among the templates."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form as it is kept: its name and its newest version."""

    name: str
    version: int


@dataclass(frozen=True, slots=True)
class FormRequest:
    """A form to keep, new or as the next version of the one of its name."""

    form: OverlayForm
    since: date
    key: str = ""


@dataclass(frozen=True, slots=True)
class FormKept:
    """The form was kept."""

    name: str
    version: int


@deed(Step.EDIT_TEMPLATES, FormKept)
def keep_form(work: Work, asked: FormRequest) -> FormKept:
    """Keep a form as a new version; those of before stay in the record."""
    form = asked.form
    demand_sound_form(form)
    demand_picture(form.picture)
    return _next_version(work, form.name.strip(), form_text(form), asked.since)


def _next_version(work: Work, name: str, text: str, since: date | None, reason: str = "") -> FormKept:
    t = template.c
    newest = select(func.coalesce(func.max(t.version), 0)).where(t.project_id == work.project, t.kind == KIND)
    version = 1 + (work.connection.scalar(newest) or 0)
    row = {"kind": KIND, "name": name, "version": version, "since": since, "reason": reason, "text": text}
    written = work.connection.execute(insert(template).values(**row, project_id=work.project))
    after = {"kind": KIND, "name": name, "version": version} | ({"withdrawn": reason} if reason else {})
    work.note(Step.EDIT_TEMPLATES, "template", new_id(written), after=after)
    return FormKept(name, version)


def forms(desk: Desk) -> tuple[FormRow, ...]:
    """List the forms of receipts that are in use, in the order of their names."""
    t = template.c
    mine = select(t.name, func.max(t.version).label("version")).where(t.project_id == desk.project, t.kind == KIND)
    newest = mine.group_by(t.name).subquery()
    same = (t.name == newest.c.name) & (t.version == newest.c.version) & (t.kind == KIND)
    stmt = select(t.name, t.version).join(newest, same).where(t.project_id == desk.project, t.text != _WITHDRAWN)
    with desk.reading() as connection:
        return tuple(FormRow(name, version) for name, version in connection.execute(stmt.order_by(t.name)))


def form_named(desk: Desk, name: str) -> OverlayForm:
    """Return a form as it is kept now."""
    with desk.reading() as connection:
        found = _newest(connection, desk.project, name)
    if found is None:
        raise NotFound(what="form", sought=name)
    return found


def forms_of(desk: Desk, numbers: Sequence[str]) -> dict[str, str]:
    """Return the form each receipt's book is printed on, by the receipt's number; those on plain paper are left out."""
    of_book = select(receipt.c.number, receipt_book.c.form).join(receipt, receipt.c.book_id == receipt_book.c.id)
    mine = of_book.where(receipt.c.project_id == desk.project, receipt_book.c.form != "")
    found: dict[str, str] = {}
    with desk.reading() as connection:
        for at in range(0, len(numbers), _AT_ONCE):
            rows = connection.execute(mine.where(receipt.c.number.in_(numbers[at : at + _AT_ONCE])))
            found |= {number: form for number, form in rows}  # noqa: C416  rows are not pairs to dict()
    return found


_AT_ONCE = 500
"""Numbers in one question."""


def form_kept(desk: Desk, name: str) -> OverlayForm | None:
    """Return a form as it is kept now; None where it was withdrawn or never kept."""
    with desk.reading() as connection:
        return _newest(connection, desk.project, name)


@dataclass(frozen=True, slots=True)
class WithdrawForm:
    """Take a form out of use, with the reason."""

    name: str
    reason: str
    key: str = ""


@deed(Step.EDIT_TEMPLATES, FormKept)
def withdraw_form(work: Work, asked: WithdrawForm) -> FormKept:
    """Take a form out of use; its versions stay in the record. Refused while a book with numbers left prints on it."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.EDIT_TEMPLATES)
    if _newest(work.connection, work.project, asked.name) is None:
        raise NotFound(what="form", sought=asked.name)
    b = receipt_book.c
    on_it = select(b.name).where(b.project_id == work.project, b.form == asked.name, b.next <= b.last).order_by(b.id)
    if books := tuple(work.connection.scalars(on_it)):
        raise FormInUse(form=asked.name, books=books)
    return _next_version(work, asked.name, _WITHDRAWN, None, asked.reason.strip())


_WITHDRAWN = ""
"""The text of a version that takes a form out of use."""


def _newest(connection: Connection, project: int, name: str) -> OverlayForm | None:
    t = template.c
    text = connection.scalar(
        select(t.text)
        .where(t.project_id == project, t.kind == KIND, t.name == name)
        .order_by(t.version.desc())
        .limit(1)
    )
    return read_form_text(text) if text else None


def example_receipt(desk: Desk, now: datetime) -> ReceiptPaper:
    """Return a receipt to try a form on: the newest one there is, without marks, else a fictional one."""
    r = receipt.c
    newest = select(r.number).where(r.project_id == desk.project, r.amount > ZERO).order_by(r.id.desc()).limit(1)
    with desk.reading() as connection:
        number = connection.scalar(newest)
    if number is None:
        return _fictional(now)
    return replace(receipt_paper(desk, number, now), reprint=None, voided=None)


def _fictional(now: datetime) -> ReceiptPaper:
    total = Money.yuan("20000")
    return ReceiptPaper(
        "SJ0000001", now.date(), "示例置业有限公司", "张三、李四", (ReceiptLine("定金", total, "认购定金"),), total,
        in_words(total), digit_boxes(total, PLACES), now, room="3号楼1单元1201", area="107.62", phone="13800000000",
        deal="RG000000000", method="转账", slip="0000001", cashier="王五", handler="赵六",
    )  # fmt: skip
