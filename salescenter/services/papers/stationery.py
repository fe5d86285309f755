"""Pre-printed forms (套打格式) kept as versions beside the templates, and which one a receipt's book is printed on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from salescenter.data.papers import template
from salescenter.data.payments import receipt, receipt_book
from salescenter.data.record import new_id
from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.overlay import PLACES, OverlayForm, demand_sound_form
from salescenter.domain.papers.overlay_file import demand_picture, form_text, read_form_text
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper
from salescenter.domain.refusals import NotFound
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
    t = template.c
    newest = select(func.coalesce(func.max(t.version), 0)).where(t.project_id == work.project, t.kind == KIND)
    version = 1 + (work.connection.scalar(newest) or 0)
    row = {"kind": KIND, "name": form.name.strip(), "version": version, "since": asked.since}
    written = work.connection.execute(
        insert(template).values(**row, project_id=work.project, text=form_text(form))
    )
    after = {"kind": KIND, "name": row["name"], "version": version}
    work.note(Step.EDIT_TEMPLATES, "template", new_id(written), after=after)
    return FormKept(form.name.strip(), version)


def forms(desk: Desk) -> tuple[FormRow, ...]:
    """List the forms of receipts, in the order of their names."""
    t = template.c
    stmt = (
        select(t.name, func.max(t.version))
        .where(t.project_id == desk.project, t.kind == KIND)
        .group_by(t.name)
        .order_by(t.name)
    )
    with desk.reading() as connection:
        return tuple(FormRow(name, version) for name, version in connection.execute(stmt))


def form_named(desk: Desk, name: str) -> OverlayForm:
    """Return a form as it is kept now."""
    with desk.reading() as connection:
        found = _newest(connection, desk.project, name)
    if found is None:
        raise NotFound(what="form", sought=name)
    return found


def form_of_receipt(desk: Desk, number: str) -> OverlayForm | None:
    """Return the form that the book of a receipt is printed on; none where it is plain paper."""
    stmt = (
        select(receipt_book.c.form)
        .join(receipt, receipt.c.book_id == receipt_book.c.id)
        .where(receipt.c.number == number, receipt.c.project_id == desk.project)
    )
    with desk.reading() as connection:
        name = connection.scalar(stmt)
        return _newest(connection, desk.project, name) if name else None


def _newest(connection: Connection, project: int, name: str) -> OverlayForm | None:
    t = template.c
    text = connection.scalar(
        select(t.text)
        .where(t.project_id == project, t.kind == KIND, t.name == name)
        .order_by(t.version.desc())
        .limit(1)
    )
    return None if text is None else read_form_text(text)


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
