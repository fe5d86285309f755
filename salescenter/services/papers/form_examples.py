"""A paper of each kind to try a form on: a receipt as it was given, else one of a deal nobody made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from salescenter.data.payments import receipt
from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.deal_fields import NUMBER, deal_filling
from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.form_fields import CATALOGUES
from salescenter.domain.papers.house_fields import HOUSE_FORM
from salescenter.domain.papers.needs import PRESALE
from salescenter.domain.papers.overlay import PLACES
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper
from salescenter.domain.papers.receipt_fields import receipt_filling
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.domain.papers.versions import Sample
from salescenter.services.papers.receipts import untold_receipt
from salescenter.services.papers.titles import paper_words
from salescenter.services.papers.trials import Candidate, trial_terms
from salescenter.services.work import Desk

_NUMBER, _AMOUNT = "000000000", Money.yuan(20_000)


def example(desk: Desk, kind: PaperKind, now: datetime) -> Filling:
    """Return what a paper of a kind says to a form, without marks; nobody's ID number is looked at for it."""
    if kind is PaperKind.RECEIPT:
        return replace(receipt_filling(_receipt(desk, now)), reprint=None, voided=None)
    named = _named(kind, now)
    if kind in HOUSE_FORM:
        return named
    with desk.reading() as connection:
        number, terms = trial_terms(connection, desk.project, PRESALE, Candidate(Sample.MORTGAGE), now.date())
    of_deal = deal_filling(SubscriptionPaper(number, terms, "", now))
    return replace(
        named, number=number, house=of_deal.house, fields={**named.fields, **of_deal.fields},
        rows={**named.rows, **of_deal.rows}, amounts={**named.amounts, **of_deal.amounts},
    )  # fmt: skip


def _named(kind: PaperKind, now: datetime) -> Filling:
    """A paper whose every field says its own name, and whose amounts are 20,000 yuan."""
    offered = CATALOGUES[kind]
    return Filling(
        kind, _NUMBER, paper_words(kind, "zh_CN"), "", now, "zh_CN",
        fields={**_their_names(offered.fields), NUMBER: _NUMBER},
        rows={name: (said,) for name, said in _their_names(offered.rows).items()},
        amounts=dict.fromkeys((name for names in offered.boxes.values() for name in names), _AMOUNT),
    )  # fmt: skip


def _their_names(offered: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {name: f"〔{name.rpartition('·')[2]}〕" for names in offered.values() for name in names}


def _receipt(desk: Desk, now: datetime) -> ReceiptPaper:
    """The newest receipt there is, else a fictional one."""
    r = receipt.c
    newest = select(r.number).where(r.project_id == desk.project, r.amount > ZERO).order_by(r.id.desc()).limit(1)
    with desk.reading() as connection:
        number = connection.scalar(newest)
    return _fictional(now) if number is None else untold_receipt(desk, number, now)


def _fictional(now: datetime) -> ReceiptPaper:
    return ReceiptPaper(
        "SJ0000001", now.date(), "示例置业有限公司", "张三、李四", (ReceiptLine("定金", _AMOUNT, "认购定金"),), _AMOUNT,
        in_words(_AMOUNT), digit_boxes(_AMOUNT, PLACES), now, room="3号楼1单元1201", area="107.62",
        phone="13800000000", deal="RG000000000", method="转账", slip="0000001", cashier="王五", handler="赵六",
    )  # fmt: skip
