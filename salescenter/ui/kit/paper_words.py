"""What the house's papers are called on the screen."""

from __future__ import annotations

from salescenter.domain.papers.check import PaperKind
from salescenter.i18n import mark, tr

_KINDS: dict[PaperKind, str] = {
    PaperKind.RECEIPT: mark("Receipt"),
    PaperKind.SUBSCRIPTION: mark("Subscription"),
    PaperKind.CONTRACT: mark("Sale contract"),
    PaperKind.QUOTATION: mark("Quotation sheet"),
    PaperKind.REGISTRATION: mark("Registration slip"),
    PaperKind.GRID: mark("Control grid"),
    PaperKind.LISTING: mark("List"),
}


def paper_words(kind: PaperKind) -> str:
    """Name a kind of paper: 收据, 认购书, 买卖合同, ..."""
    return tr(_KINDS[kind], context="papers")
