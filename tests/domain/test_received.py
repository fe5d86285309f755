"""What customers bring: which document a deal needs for what, its number, and who may open a copy of it."""

from __future__ import annotations

import pytest

from salescenter.domain.loans import LoanKind
from salescenter.domain.papers.access import may_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.received import SHARED, Document, Need, needs, place_number
from salescenter.domain.staff import Role

FILING, LOAN = Need.FILING, Need.LOAN


@pytest.mark.parametrize(("document", "loans", "company", "found"), [
    (Document.IDENTITY, (), False, (FILING,)),
    (Document.IDENTITY, (LoanKind.COMMERCIAL,), False, (FILING, LOAN)),
    (Document.INCOME, (), False, ()),
    (Document.INCOME, (LoanKind.COMMERCIAL,), False, (LOAN,)),
    (Document.PROVIDENT, (LoanKind.COMMERCIAL,), False, ()),
    (Document.PROVIDENT, (LoanKind.COMMERCIAL, LoanKind.PROVIDENT), False, (LOAN,)),
    (Document.IDENTITY, (), True, ()),
    (Document.LICENCE, (), True, (FILING,)),
    (Document.POWER, (LoanKind.COMMERCIAL,), False, ()),
])  # fmt: skip
def test_a_document_is_needed_for_filing_or_loan_as_the_deal_is(
    document: Document, loans: tuple[LoanKind, ...], company: bool, found: tuple[Need, ...]
) -> None:
    assert needs(document, loans, company=company) == found


def test_every_document_of_every_buyer_has_a_number_of_its_own() -> None:
    of = [(one, who) for one in Document for who in ((None,) if one in SHARED else (7, 8))]
    assert len({place_number("RG202600001", *each) for each in of}) == len(of)


def test_a_copy_opens_to_who_sells_and_to_who_sees_numbers_whole() -> None:
    assert {role for role in Role if may_open(role, PaperKind.RECEIVED)} == {
        Role.CONSULTANT, Role.SUPERVISOR, Role.MANAGER, Role.BACK_OFFICE, Role.TITLE_CLERK,
    }
