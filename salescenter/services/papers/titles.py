"""What the house's papers are called, on their heads and on the screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.received import Document, Need
from salescenter.domain.papers.voiding import Duty
from salescenter.i18n import listed, mark, tr

_TITLES: dict[PaperKind, str] = {
    PaperKind.RECEIPT: mark("Receipt"),
    PaperKind.SUBSCRIPTION: mark("Subscription"),
    PaperKind.CONTRACT: mark("Sale contract"),
    PaperKind.QUOTATION: mark("Quotation sheet"),
    PaperKind.REGISTRATION: mark("Registration slip"),
    PaperKind.GRID: mark("Control grid"),
    PaperKind.LISTING: mark("List"),
    PaperKind.DUNNING: mark("Payment reminder"),
    PaperKind.CLEARED: mark("Certificate of full payment"),
    PaperKind.STATEMENT: mark("Statement of account"),
    PaperKind.HANDOVER: mark("Notice of handover"),
    PaperKind.RESCISSION: mark("Rescission agreement"),
    PaperKind.SUPPLEMENT: mark("Supplementary agreement"),
    PaperKind.SWAP: mark("Approval of a change of unit"),
    PaperKind.RENAMING: mark("Approval of a change of buyers"),
    PaperKind.WITHDRAWAL: mark("Approval of a cancellation"),
    PaperKind.FORFEITURE: mark("Approval of a forfeiture"),
    PaperKind.DISCOUNT: mark("Approval of a discount"),
    PaperKind.SETTLEMENT: mark("Settlement at handover"),
    PaperKind.MEASURING: mark("Area difference worksheet"),
    PaperKind.COSTS: mark("Purchase expenses"),
    PaperKind.SELECTION: mark("Confirmation of choice"),
    PaperKind.CHECKLIST: mark("Mortgage document list"),
    PaperKind.PERFORMANCE: mark("Contract performance sheet"),
    PaperKind.FILING: mark("Contracts handed over for filing"),
    PaperKind.LENDING: mark("Loans handed over to the bank"),
    PaperKind.COVER: mark("File cover"),
    PaperKind.LABELS: mark("File labels"),
    PaperKind.DESTRUCTION: mark("Destruction list"),
    PaperKind.RECEIVED: mark("Customer's document"),
}


def paper_words(kind: PaperKind, lang: str | None = None) -> str:
    """Name a kind of paper: 收据, 认购书, 催款函, ..."""
    return tr(_TITLES[kind], context="papers", lang=lang)


_DOCUMENTS: dict[Document, str] = {
    Document.IDENTITY: mark("Identity card"), Document.LICENCE: mark("Business licence"),
    Document.HOUSEHOLD: mark("Household register"), Document.MARRIAGE: mark("Proof of marital status"),
    Document.INCOME: mark("Proof of income"), Document.STATEMENTS: mark("Bank statements"),
    Document.TAXES: mark("Tax and insurance record"), Document.PROVIDENT: mark("Provident fund record"),
    Document.ASSETS: mark("Proof of assets"), Document.RESIDENCE: mark("Residence permit"),
    Document.POWER: mark("Power of attorney"), Document.ELIGIBILITY: mark("Proof of the right to buy"),
    Document.LENDING: mark("Loan papers of the bank"), Document.OTHER: mark("Other document"),
    Document.TITLE: mark("Certificate of title"),
}  # fmt: skip

_NEEDS: dict[Need, str] = {Need.FILING: mark("for the filing"), Need.LOAN: mark("for the loan")}


def document_words(document: Document, lang: str | None = None) -> str:
    """Name a document customers bring: 身份证件, 户口本, 收入证明, ..."""
    return tr(_DOCUMENTS[document], context="papers", lang=lang)


def marked_words(kind: PaperKind | None, document: Document | None) -> str:
    """Name what a mark keeps: a document by what it shows, a paper by its kind, none: all papers of a deal."""
    if kind is None:
        return tr("The whole deal")
    return document_words(document) if document is not None else paper_words(kind)


def need_words(need: Need) -> str:
    """Say what a document is needed for: 备案用, 按揭用."""
    return tr(_NEEDS[need], context="papers")


_DUTIES: dict[Duty, str] = {
    Duty.RETURN: mark("take back: {paper}"),
    Duty.SIGN_AGAIN: mark("take back and sign again: {paper}"),
    Duty.ISSUE_AGAIN: mark("take back and issue again: {paper}"),
}


def duty_words(duty: Duty, kind: PaperKind, *numbers: str) -> str:
    """Say what is to be done about a void paper: 收回：认购书 RG202600012."""
    return duties_words(duty, {kind: numbers})


def duties_words(duty: Duty, papers: Mapping[PaperKind, Sequence[str]]) -> str:
    """Say the same of several papers: 收回换开：收据 A0000012、A0000013、付清证明 FQ20260302-1."""
    return tr(_DUTIES[duty], paper=listed(f"{paper_words(kind)} {listed(papers[kind])}" for kind in papers))
