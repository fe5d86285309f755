"""Which papers may be printed on a form printed beforehand (套打): what each kind offers, and how one answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.deal_fields import DEAL, LETTER, deal_filling, letter_filling
from salescenter.domain.papers.filling import Catalogue, Filling
from salescenter.domain.papers.form import FormPaper
from salescenter.domain.papers.house_fields import HOUSE_FORM, house_filling
from salescenter.domain.papers.letter import LetterPaper
from salescenter.domain.papers.receipt import ReceiptPaper
from salescenter.domain.papers.receipt_fields import RECEIPT, receipt_filling
from salescenter.domain.papers.subscription import SubscriptionPaper

CATALOGUES: Mapping[PaperKind, Catalogue] = {
    PaperKind.RECEIPT: RECEIPT, PaperKind.SUBSCRIPTION: DEAL, PaperKind.CONTRACT: DEAL, **LETTER, **HOUSE_FORM,
}  # fmt: skip
"""Every kind a form can be made for, and what it offers."""

_FILLINGS: Mapping[type, Callable[[Any], Filling]] = {
    ReceiptPaper: receipt_filling, SubscriptionPaper: deal_filling, ContractPaper: deal_filling,
    LetterPaper: letter_filling, FormPaper: house_filling,
}  # fmt: skip


def filling_of(paper: object) -> Filling | None:
    """Say what a paper answers to a form of its kind; none for a kind that no form can be made for."""
    if type(paper) not in _FILLINGS or (isinstance(paper, FormPaper) and paper.head.kind not in CATALOGUES):
        return None
    return _FILLINGS[type(paper)](paper)
