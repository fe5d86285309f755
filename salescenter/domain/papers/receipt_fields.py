"""What of a receipt may stand on a pre-printed form: every field, and how a receipt answers it (套打项目)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from salescenter.domain.amounts_in_words import digit_boxes, without_yuan
from salescenter.domain.money import Money
from salescenter.domain.papers.fields import written
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper


def _bare(paper: ReceiptPaper) -> str:
    """Leave 元整 off where the form has it; an amount with 角 or 分 says all of itself."""
    return paper.words if paper.total.fen % 100 else without_yuan(paper.words)


RECEIPT_FIELDS: Mapping[str, Callable[[ReceiptPaper], str]] = {
    "number": lambda paper: paper.number,
    "day": lambda paper: written(paper.day, paper.lang),
    "year": lambda paper: str(paper.day.year),
    "month": lambda paper: f"{paper.day.month:02}",
    "day-of-month": lambda paper: f"{paper.day.day:02}",
    "payer": lambda paper: paper.payer,
    "phone": lambda paper: paper.phone,
    "house": lambda paper: paper.house,
    "project": lambda paper: paper.project,
    "room": lambda paper: paper.room,
    "area": lambda paper: paper.area,
    "deal": lambda paper: paper.deal,
    "matter": lambda paper: "、".join(line.name for line in paper.lines),
    "total": lambda paper: str(paper.total),
    "words": lambda paper: paper.words,
    "words-without-yuan": _bare,
    "method": lambda paper: paper.method,
    "slip": lambda paper: paper.slip,
    "remark": lambda paper: paper.remark,
    "cashier": lambda paper: paper.cashier,
    "handler": lambda paper: paper.handler,
}
"""Fields that stand once on a receipt; the form may have 元整 printed already."""

RECEIPT_ROWS: Mapping[str, Callable[[ReceiptLine], str]] = {
    "line-name": lambda line: line.name,
    "line-note": lambda line: line.note,
    "line-amount": lambda line: str(line.amount),
}
"""Fields that stand once for each item, row below row."""

RECEIPT_BOXES: Mapping[str, Callable[[ReceiptPaper], Money]] = {"total-boxes": lambda paper: paper.total}
"""Amounts written into printed boxes, one digit a box."""


def receipt_answers(paper: ReceiptPaper, source: str, places: str = "") -> tuple[str, ...]:
    """Answer one field of a form: one text, one a row, or one a box of `places` (亿仟佰拾万仟佰拾元角分).

    Refuses (`FieldMalformed`) an amount that the boxes cannot hold.
    """
    if source in RECEIPT_BOXES:
        return digit_boxes(RECEIPT_BOXES[source](paper), places)
    if source in RECEIPT_ROWS:
        return tuple(map(RECEIPT_ROWS[source], paper.lines))
    return (RECEIPT_FIELDS[source](paper),)
