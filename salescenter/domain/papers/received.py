"""Documents that customers bring for a deal (客户资料): of which kinds, whose each is, and what it is needed for."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from salescenter.domain.loans import LoanKind
from salescenter.domain.papers.check import CODES, PaperKind


class Document(StrEnum):
    """What a copy shows."""

    IDENTITY = "identity"        # 身份证件
    LICENCE = "licence"          # 营业执照, of a company that buys
    HOUSEHOLD = "household"      # 户口本
    MARRIAGE = "marriage"        # 婚姻证明
    INCOME = "income"            # 收入证明
    STATEMENTS = "statements"    # 银行流水
    TAXES = "taxes"              # 个税、社保记录
    PROVIDENT = "provident"      # 公积金缴存证明
    ASSETS = "assets"            # 资产证明
    RESIDENCE = "residence"      # 居住证
    POWER = "power"              # 授权委托书
    ELIGIBILITY = "eligibility"  # 购房资格证明
    LENDING = "lending"          # 银行贷款资料
    OTHER = "other"              # 其他资料
    TITLE = "title"              # 不动产权证书; last, because kept copies are numbered by their kind's place here


class Need(StrEnum):
    """What a deal needs a document for."""

    FILING = "filing"  # 备案
    LOAN = "loan"      # 按揭


SHARED = frozenset({Document.ELIGIBILITY, Document.LENDING, Document.OTHER, Document.TITLE})
"""What is the deal's as a whole; every other document is one buyer's."""

_OF_LOANS = frozenset({
    Document.IDENTITY, Document.HOUSEHOLD, Document.MARRIAGE, Document.INCOME, Document.STATEMENTS, Document.TAXES,
})  # fmt: skip
"""What banks ask of every borrower (按揭资料清单)."""


def needs(document: Document, loans: Collection[LoanKind], *, company: bool) -> tuple[Need, ...]:
    """Say what a buyer's document is needed for in a deal with these loans; for nothing where only some cases ask it.

    A company shows its licence in place of an identity card; the fund asks only for its own loans.
    """
    found: list[Need] = []
    if document is (Document.LICENCE if company else Document.IDENTITY):
        found.append(Need.FILING)
    of_fund = document is Document.PROVIDENT and LoanKind.PROVIDENT in loans
    if not company and (of_fund or (document in _OF_LOANS and loans)):
        found.append(Need.LOAN)
    return tuple(found)


def place_number(deal: str, document: Document, customer: int | None) -> str:
    """Return the number under which all copies of one document are kept and destroyed; it tells nobody's name."""
    at = list(Document).index(document) + 1
    return f"{CODES[PaperKind.RECEIVED]}{deal}-{at:02}-{customer or 0}"
