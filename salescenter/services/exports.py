"""Lists as Excel workbooks: units, deals, receipts, keep marks; each export is told to the history and stamped."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from salescenter.data.types import CHINA, millis
from salescenter.domain.grid import Cells
from salescenter.domain.money import Money
from salescenter.domain.staff import demand
from salescenter.domain.units import Flag, Step, state_now
from salescenter.i18n import mark, tr
from salescenter.money_words import kind_words, method_words, plan_words
from salescenter.services import grid
from salescenter.services.deals import register
from salescenter.services.papers import kept
from salescenter.services.papers.titles import marked_words
from salescenter.services.payments import lists
from salescenter.services.work import Desk
from salescenter.services.xlsx_mark import mark_workbook
from salescenter.unit_words import flag_words, state_words
from salescenter.watermark_words import watermark

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]


def export(desk: Desk, what: str, now: datetime) -> tuple[bytes, int]:
    """Write a list as .xlsx; returns the file and how many rows it has. Refuses who may not export."""
    demand(desk.who.role, Step.EXPORT)
    titles, rows = TABLES[what](desk, now)
    with desk.working(now, step=Step.EXPORT) as work:
        work.note(Step.EXPORT, what, desk.project, after={"rows": len(rows)})
    return workbook(what, titles, rows, watermark(desk.who.name, now)), len(rows)


def workbook(name: str, titles: Sequence[str], rows: Sequence[Sequence[Any]], words: str) -> bytes:
    """Write one sheet: header, rows with their own formats, and the watermark."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(name)
    formats = {kind: book.add_format(how) for kind, how in _FORMATS.items()}
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, formats["head"])
        sheet.set_column(column, column, max(12, len(title) * 2 + 2))
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, line, column, value, formats)
    sheet.autofilter(0, 0, max(1, len(rows)), len(titles) - 1)
    mark_workbook(book, words, name)
    book.close()
    return out.getvalue()


_FORMATS = {
    "head": {"bold": True, "bg_color": "#ECEEF2", "bottom": 1},
    "money": {"num_format": "#,##0.00"},
    "area": {"num_format": "0.00"},
    "day": {"num_format": "yyyy-mm-dd"},
}


def _write(sheet: Any, line: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    match value:
        case Money():
            sheet.write_number(line, column, float(Decimal(value.fen) / 100), formats["money"])
        case Decimal():
            sheet.write_number(line, column, float(value), formats["area"])
        case bool() | None:
            sheet.write_string(line, column, "")
        case date():
            sheet.write_datetime(line, column, datetime.combine(value, datetime.min.time()), formats["day"])
        case int():
            sheet.write_number(line, column, value)
        case _:
            sheet.write_string(line, column, str(value))  # a name that begins with = stays a name


_DEALS: tuple[tuple[str, Callable[[register.DealRow], Any]], ...] = (
    (mark("Deal"), lambda d: d.number),
    (mark("Unit"), lambda d: d.code),
    (mark("Buyer"), lambda d: d.buyer),
    (mark("Consultant"), lambda d: d.consultant),
    (mark("State"), lambda d: state_words(d.state)),
    (mark("Plan"), lambda d: plan_words(d.plan)),
    (mark("Floor area"), lambda d: d.area),
    (mark("List total"), lambda d: d.list_total),
    (mark("Total price"), lambda d: d.total),
    (mark("Received"), lambda d: d.received),
    (mark("Subscribed on"), lambda d: d.subscribed),
    (mark("Sign by"), lambda d: d.sign_by),
    (mark("Signed on"), lambda d: d.signed),
    (mark("Contract number"), lambda d: d.contract_number),
    (mark("Ended on"), lambda d: d.closed),
)

_RECEIPTS: tuple[tuple[str, Callable[[lists.ReceiptRow], Any]], ...] = (
    (mark("Receipt"), lambda r: r.number),
    (mark("Day"), lambda r: r.day),
    (mark("Unit"), lambda r: r.code),
    (mark("Payer"), lambda r: r.payer),
    (mark("Kind of money"), lambda r: kind_words(r.kind)),
    (mark("Method"), lambda r: method_words(r.method)),
    (mark("Amount"), lambda r: r.amount),
    (mark("Cashier"), lambda r: r.cashier),
    (mark("Voided"), lambda r: tr("voided") if r.voided else ""),
    (mark("Remark"), lambda r: r.note),
)

_KEPT: tuple[tuple[str, Callable[[kept.Kept], Any]], ...] = (
    (mark("Paper"), lambda k: marked_words(k.kind, k.document)),
    (mark("Number"), lambda k: k.number),
    (mark("Deal"), lambda k: k.deal_number),
    (mark("Customer"), lambda k: k.customer),
    (mark("Kept because"), lambda k: k.reason),
    (mark("Kept by"), lambda k: k.by),
    (mark("Kept since"), lambda k: k.at.astimezone(CHINA).date()),
    (mark("Papers kept"), lambda k: k.terms.papers),
    (mark("Past their years"), lambda k: k.terms.over),
    (mark("Due from"), lambda k: k.terms.due),
    (mark("Lifted on"), lambda k: k.lifted.at.astimezone(CHINA).date() if k.lifted else None),
    (mark("Lifted by"), lambda k: k.lifted.by if k.lifted else ""),
    (mark("Lifted because"), lambda k: k.lifted.why if k.lifted else ""),
)

_UNITS: tuple[tuple[str, Callable[[Cells, int, int], Any]], ...] = (
    (mark("Unit"), lambda c, i, _: c.code[i]),
    (mark("State"), lambda c, i, moment: state_words(state_now(c.state[i], c.until[i], moment))),
    (mark("Type"), lambda c, i, _: c.type[i]),
    (mark("Floor area"), lambda c, i, _: Decimal(c.area[i]) / 100),
    (mark("Inner area"), lambda c, i, _: Decimal(c.inner[i]) / 100),
    (mark("Unit price"), lambda c, i, _: Money(c.unit_price[i])),
    (mark("Total price"), lambda c, i, _: Money(c.total[i])),
    (mark("Buyer"), lambda c, i, _: c.buyer[i]),
    (mark("Flags"), lambda c, i, _: flag_words(Flag(c.flags[i]))),
    (mark("Times quoted"), lambda c, i, _: c.quoted[i]),
)
"""Each column's title and what stands in it; units are read from the grid's columns at a moment."""


def _units(desk: Desk, now: datetime) -> Table:
    cells, moment = grid.cells(desk), millis(now)
    rows = [tuple(value(cells, i, moment) for _, value in _UNITS) for i in range(len(cells))]
    return _titles(_UNITS), rows


def _deals(desk: Desk, _now: datetime) -> Table:
    found = register.deals(desk, limit=1_000_000)
    return _titles(_DEALS), [tuple(value(row) for _, value in _DEALS) for row in found]


def _receipts(desk: Desk, _now: datetime) -> Table:
    found = lists.receipts(desk, date.min, date.max)
    return _titles(_RECEIPTS), [tuple(value(row) for _, value in _RECEIPTS) for row in found]


def _kept(desk: Desk, now: datetime) -> Table:
    return _titles(_KEPT), [tuple(value(row) for _, value in _KEPT) for row in kept.kept(desk, now)]


def _titles(columns: Sequence[tuple[str, object]]) -> tuple[str, ...]:
    return tuple(tr(title) for title, _ in columns)


TABLES: dict[str, Callable[[Desk, datetime], Table]] = {
    "units": _units, "deals": _deals, "receipts": _receipts, "kept": _kept,
}  # fmt: skip
