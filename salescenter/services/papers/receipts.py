"""Gathering a receipt into the value its paper is printed from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from salescenter.data.customer_phones import first_phone
from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, due
from salescenter.data.estate import project, unit
from salescenter.data.payments import allocation, receipt
from salescenter.data.staff import person
from salescenter.data.units import SHOWN
from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.papers.check import PaperKind, check_value
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper, Reprint, Voided
from salescenter.domain.receipts import EARLY_KINDS, Method, MoneyKind
from salescenter.domain.refusals import NotFound
from salescenter.i18n import spoken, tr
from salescenter.money_words import item_words, kind_words, method_words
from salescenter.services.papers import archive
from salescenter.services.papers.buyers import tell_payer
from salescenter.services.papers.terms import home
from salescenter.services.work import Desk


def receipt_paper(desk: Desk, number: str, now: datetime, *, reason: str = "", lang: str = "") -> ReceiptPaper:
    """Gather the receipt of a number with its payer's phone whole; a print after the first is marked as a reprint."""
    tell_payer(desk, number, now)
    return untold_receipt(desk, number, now, reason=reason, lang=lang)


def untold_receipt(desk: Desk, number: str, now: datetime, *, reason: str = "", lang: str = "") -> ReceiptPaper:
    """Gather it as it is to be looked at, not given: a server masks its phone."""
    key = archive.secret(desk, now)
    with desk.reading() as connection:
        row = connection.execute(
            select(receipt).where(receipt.c.number == number, receipt.c.project_id == desk.project)
        ).first()
        if row is None:
            raise NotFound(what="receipt", sought=number)
        before = archive.copies(connection, PaperKind.RECEIPT, number)
        return _paper(connection, row, key, Reprint(before, reason) if before else None, lang or spoken())


_PROJECT, _DEAL = (select(table).where(table.c.id == bindparam("id")) for table in (project, deal))
_UNIT = select(*SHOWN).where(unit.c.id == bindparam("id"))
_CASHIER = select(person.c.name).where(person.c.id == bindparam("id"))
_PHONE = (
    select(first_phone)
    .join(deal_buyer, deal_buyer.c.customer_id == customer.c.id)
    .where(deal_buyer.c.deal_id == bindparam("deal"), customer.c.name == bindparam("payer"))
    .order_by(deal_buyer.c.active.desc(), deal_buyer.c.position)
    .limit(1)
)
"""Of the buyer who paid; whoever else pays for a deal is not on record."""


def _paper(connection: Connection, row: Any, key: bytes, reprint: Reprint | None, lang: str) -> ReceiptPaper:
    of_project = connection.execute(_PROJECT, {"id": row.project_id}).one()
    of_unit = connection.execute(_UNIT, {"id": row.unit_id}).first()
    of_deal = connection.execute(_DEAL, {"id": row.deal_id}).first()
    places = ReceiptPaper.__dataclass_fields__["places"].default
    return ReceiptPaper(
        row.number, row.day, of_project.developer, row.payer, _lines(connection, row, lang), row.amount,
        in_words(row.amount), digit_boxes(row.amount, str(places)), row.at,
        project=of_project.name,
        room=home(connection, of_unit, of_deal).room if of_unit is not None else "",
        area=f"{of_deal.area:.2f}" if of_deal is not None else "",
        deal=(of_deal.contract_number or of_deal.number) if of_deal is not None else "",
        method=method_words(Method(row.method), lang),
        slip=row.slip,
        phone=connection.scalar(_PHONE, {"deal": row.deal_id, "payer": row.payer}) or "",
        remark=row.note,
        cashier=connection.scalar(_CASHIER, {"id": row.cashier_id}) or "",
        check=check_value(PaperKind.RECEIPT, row.number, row.amount.fen, key),
        reprint=reprint,
        voided=_voided(connection, row),
        lang=lang,
        title=_title(row, lang),
    )  # fmt: skip


def _title(row: Any, lang: str) -> str:
    return kind_words(MoneyKind.REFUND, lang) if row.kind == MoneyKind.REFUND else ""


def _lines(connection: Connection, row: Any, lang: str) -> tuple[ReceiptLine, ...]:
    """One line for each due the money paid, and one for what is not allocated."""
    kind = kind_words(MoneyKind(row.kind), lang)
    paid = connection.execute(
        select(due.c.item, allocation.c.amount)
        .join(due, due.c.id == allocation.c.due_id)
        .where(allocation.c.receipt_id == row.id)
        .order_by(due.c.position)
    ).all()
    if len(paid) < 2 or sum(amount.fen for _, amount in paid) != row.amount.fen:
        return (ReceiptLine(kind, row.amount, _what_for(row, paid[0][0], lang) if paid else ""),)
    return tuple(ReceiptLine(kind, amount, item_words(item, lang)) for item, amount in paid)


def _what_for(row: Any, item: str, lang: str) -> str:
    """What the money paid; of early money, what it was turned into (诚意金、小订金转定金)."""
    said = item_words(item, lang)
    return tr("turned into: {item}", context="paper", lang=lang, item=said) if row.kind in EARLY_KINDS else said


def _voided(connection: Connection, row: Any) -> Voided | None:
    other = connection.execute(select(receipt).where(receipt.c.counters_id == row.id)).first()
    return None if other is None else Voided(other.day, other.note, other.number)
