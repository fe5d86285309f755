"""Lists as Excel workbooks: units, deals, receipts; each export is told to the history and stamped."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from salescenter.data.types import millis
from salescenter.domain.money import Money
from salescenter.domain.staff import demand
from salescenter.domain.units import Flag, Step, state_now
from salescenter.i18n import mark, tr
from salescenter.money_words import kind_words, method_words, plan_words
from salescenter.services import grid
from salescenter.services.deals import register
from salescenter.services.payments import lists
from salescenter.services.work import Desk
from salescenter.unit_words import flag_words, state_words

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]


def export(desk: Desk, what: str, now: datetime) -> tuple[bytes, int]:
    """Write a list as .xlsx; returns the file and how many rows it has. Refuses who may not export."""
    demand(desk.who.role, Step.EXPORT)
    titles, rows = TABLES[what](desk, now)
    with desk.working(now) as work:
        work.note(Step.EXPORT, what, desk.project, after={"rows": len(rows)})
    stamp = tr("Exported by {who} on {at}", who=desk.who.name, at=f"{now:%Y-%m-%d %H:%M}")
    return workbook(what, titles, rows, stamp), len(rows)


def workbook(name: str, titles: Sequence[str], rows: Sequence[Sequence[Any]], stamp: str) -> bytes:
    """Write one sheet: header, rows with their own formats, and the stamp below."""
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
    sheet.write_string(len(rows) + 2, 0, stamp, formats["muted"])
    book.close()
    return out.getvalue()


_FORMATS = {
    "head": {"bold": True, "bg_color": "#ECEEF2", "bottom": 1},
    "money": {"num_format": "#,##0.00"},
    "area": {"num_format": "0.00"},
    "day": {"num_format": "yyyy-mm-dd"},
    "muted": {"font_color": "#5A6372", "italic": True},
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


def _units(desk: Desk, now: datetime) -> Table:
    titles = (
        mark("Unit"),
        mark("State"),
        mark("Type"),
        mark("Floor area"),
        mark("Inner area"),
        mark("Unit price"),
        mark("Total price"),
        mark("Buyer"),
        mark("Flags"),
        mark("Times quoted"),
    )
    cells, moment = grid.cells(desk), millis(now)
    rows = [
        (
            cells.code[i],
            state_words(state_now(cells.state[i], cells.until[i], moment)),
            cells.type[i],
            Decimal(cells.area[i]) / 100,
            Decimal(cells.inner[i]) / 100,
            Money(cells.unit_price[i]),
            Money(cells.total[i]),
            cells.buyer[i],
            flag_words(Flag(cells.flags[i])),
            cells.quoted[i],
        )
        for i in range(len(cells))
    ]
    return _said(titles), rows


def _deals(desk: Desk, _now: datetime) -> Table:
    titles = (
        mark("Deal"),
        mark("Unit"),
        mark("Buyer"),
        mark("Consultant"),
        mark("State"),
        mark("Plan"),
        mark("Floor area"),
        mark("List total"),
        mark("Total price"),
        mark("Received"),
        mark("Subscribed on"),
        mark("Sign by"),
        mark("Signed on"),
        mark("Contract number"),
        mark("Ended on"),
    )
    rows = [
        (
            d.number,
            d.code,
            d.buyer,
            d.consultant,
            state_words(d.state),
            plan_words(d.plan),
            d.area,
            d.list_total,
            d.total,
            d.received,
            d.subscribed,
            d.sign_by,
            d.signed,
            d.contract_number,
            d.closed,
        )
        for d in register.deals(desk, limit=1_000_000)
    ]
    return _said(titles), rows


def _receipts(desk: Desk, _now: datetime) -> Table:
    titles = (
        mark("Receipt"),
        mark("Day"),
        mark("Unit"),
        mark("Payer"),
        mark("Kind of money"),
        mark("Method"),
        mark("Amount"),
        mark("Cashier"),
        mark("Voided"),
        mark("Remark"),
    )
    rows = [
        (
            r.number,
            r.day,
            r.code,
            r.payer,
            kind_words(r.kind),
            method_words(r.method),
            r.amount,
            r.cashier,
            tr("voided") if r.voided else "",
            r.note,
        )
        for r in lists.receipts(desk, date.min, date.max)
    ]
    return _said(titles), rows


def _said(titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(tr(title) for title in titles)


TABLES: dict[str, Callable[[Desk, datetime], Table]] = {"units": _units, "deals": _deals, "receipts": _receipts}
