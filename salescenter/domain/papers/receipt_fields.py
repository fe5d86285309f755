"""What of a receipt may stand on a pre-printed form: every field, and how a receipt answers it (套打项目)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.fields import written
from salescenter.domain.papers.filling import Catalogue, Filling, bare
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper

_FIELDS: Mapping[str, Callable[[ReceiptPaper], str]] = {
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
    "words-without-yuan": lambda paper: bare(paper.words),
    "method": lambda paper: paper.method,
    "slip": lambda paper: paper.slip,
    "remark": lambda paper: paper.remark,
    "cashier": lambda paper: paper.cashier,
    "handler": lambda paper: paper.handler,
}
"""Fields that stand once on a receipt; the form may have 元整 printed already."""

_ROWS: Mapping[str, Callable[[ReceiptLine], str]] = {
    "line-name": lambda line: line.name,
    "line-note": lambda line: line.note,
    "line-amount": lambda line: str(line.amount),
}
"""Fields that stand once for each item, row below row."""

_BOXES = "total-boxes"
_GROUP = "单据"
RECEIPT = Catalogue({_GROUP: tuple(_FIELDS)}, {_GROUP: tuple(_ROWS)}, {_GROUP: (_BOXES,)})
"""What a receipt offers."""


def receipt_filling(paper: ReceiptPaper) -> Filling:
    """Answer every field from a receipt."""
    return Filling(
        PaperKind.RECEIPT, paper.number, paper.title, paper.house, paper.made, paper.lang,
        fields={name: said(paper) for name, said in _FIELDS.items()},
        rows={name: tuple(map(said, paper.lines)) for name, said in _ROWS.items()},
        amounts={_BOXES: paper.total}, reprint=paper.reprint, voided=paper.voided,
    )  # fmt: skip


_KEPT = ("payer", "phone", "house", "project", "room", "area", "deal", "method", "slip", "remark", "cashier", "handler")
"""What may read otherwise later, though the receipt is the same: a contract's number, a telephone, a name."""


def as_said(paper: ReceiptPaper, said: Filling) -> ReceiptPaper:
    """Return a receipt gathered anew as it read when it said this; how much, when and whether it is void stay its own.

    Items that were shared out otherwise since are left as they are now.
    """
    kept = {name: said.fields[name] for name in _KEPT}
    named = tuple(zip(said.rows["line-name"], said.rows["line-note"], said.rows["line-amount"], strict=True))
    same = [str(line.amount) for line in paper.lines] == [amount for _, _, amount in named]
    lines = tuple(
        ReceiptLine(name, line.amount, note) for line, (name, note, _) in zip(paper.lines, named, strict=False)
    )
    return replace(paper, **kept, lines=lines if same else paper.lines, title=said.title, lang=said.lang)  # type: ignore[arg-type]
