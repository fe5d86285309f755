"""The list of keep marks, on both engines: papers, documents and whole deals, with whose, why, and since when due."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert

from salescenter.data.archive import scan
from salescenter.data.estate import setting
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.destruction import KeptByMark
from salescenter.domain.papers.received import Document, place_number
from salescenter.domain.papers.retention import Held
from salescenter.domain.refusals import NotYours
from salescenter.domain.units import Step
from salescenter.services.exports import export
from salescenter.services.papers.keep_marks import LiftRequest, lift
from salescenter.services.papers.kept import Kept, Lifted, Terms, held_back, kept, standing
from salescenter.services.papers.past_years import past_years
from salescenter.services.papers.received import documents
from salescenter.services.papers.scans import TakeOutRequest, scans_where, take_out
from tests.domain.test_scans import PNG
from tests.services.reception_house import NINE, Reception
from tests.services.test_archive import CONTRACT, printed, sold
from tests.services.test_destruction import decide, destroy, old, propose
from tests.services.test_keep_marks import keep
from tests.services.test_received import buyer, file
from tests.services.test_retention import write

__all__ = ["old", "sold"]


def listed(here: Reception) -> tuple[Kept, ...]:
    return kept(here.desk("boss"), here.now)


def test_each_mark_is_listed_with_what_it_keeps_and_since_when_that_might_be_gone(
    old: Reception, sold: dict[str, int]
) -> None:
    assert listed(old) == ()
    mark = keep(old)
    (one,) = listed(old)
    assert one == Kept(
        mark, PaperKind.RECEIPT, "0000001", None, sold["deal"], "RG202600001", "陈晓明", "诉讼", "内勤", old.now,
        Terms(papers=1, over=1, due=date(2057, 1, 1)),
    )  # fmt: skip
    whole = keep(old, whole_deal=True)
    first, second = listed(old)
    assert (first.id, first.kind, first.number, first.terms) == (whole, None, "", Terms(1, 1, date(2057, 1, 1)))
    assert (second.id, standing(old.desk("boss"))) == (mark, 2)
    lift(old.desk("office"), LiftRequest(whole, "结案"), old.now)
    first, second = listed(old)
    assert (first.id, first.lifted) == (mark, None)
    assert (second.id, second.lifted, second.terms) == (whole, Lifted("内勤", old.now, "结案"), Terms())
    assert standing(old.desk("boss")) == 1


def test_what_has_no_end_yet_says_why_and_a_deal_counts_each_of_its_numbers(
    old: Reception, sold: dict[str, int]
) -> None:
    printed(old, "subscription", "RG202600002", deal=sold["other"])
    printed(old, "quotation", "ZY2026020001")
    keep(old, "RG202600002", PaperKind.SUBSCRIPTION)
    keep(old, "ZY2026020001", PaperKind.QUOTATION)
    good, goes_on = listed(old)
    assert (good.customer, good.deal, good.terms) == ("欧阳娜", None, Terms(papers=1))
    assert (goes_on.customer, goes_on.terms) == ("欧阳娜", Terms(papers=1, held=Held.DEAL))
    printed(old, "contract", CONTRACT, deal=sold["deal"])
    write(old, insert(setting).values(project_id=1, name="keep_deals", since=date(2025, 1, 1), value=10))
    keep(old, whole_deal=True)
    assert listed(old)[0].terms == Terms(papers=2, over=1, due=date(2057, 1, 1))


def test_one_document_of_a_customer_is_kept_while_the_rest_of_its_deal_goes(
    old: Reception, sold: dict[str, int]
) -> None:
    old.now = NINE
    write(old, insert(setting).values(project_id=1, name="keep_deals", since=date(2025, 1, 1), value=10))
    file(old, sold["deal"], Document.IDENTITY, PNG)
    file(old, sold["deal"], Document.INCOME, PNG + b"\0")
    old.now = NINE.replace(year=2057)
    card, income = (
        place_number("RG202600001", one, buyer(old, sold["deal"])) for one in (Document.IDENTITY, Document.INCOME)
    )
    mark = keep(old, card, PaperKind.RECEIVED)
    (one,) = listed(old)
    assert (one.document, one.customer, one.terms.due) == (Document.IDENTITY, "陈晓明", date(2037, 1, 1))
    filed = {one.document: one.marks for one in documents(old.desk("boss"), sold["deal"])}
    assert [one.id for one in filed[Document.IDENTITY]] == [mark]
    assert filed[Document.INCOME] == ()
    stays = {one.number: one.stays for one in past_years(old.desk("office"), old.now)}
    assert stays == {card: Held.MARKED, income: None, "0000001": None}
    listing = propose(old, ("received", card), ("received", income))
    decide(old)
    keep(old, income, PaperKind.RECEIVED)
    assert held_back(old.desk("boss"), listing.list) == 1
    assert destroy(old, listing.list).stayed == 1
    assert {one.document for one in listed(old)} == {Document.IDENTITY, Document.INCOME}


@pytest.mark.parametrize("whole_deal", [False, True])
def test_what_is_marked_is_not_taken_out_of_the_archive_either(old: Reception, whole_deal: bool) -> None:
    with old.desk("boss").reading() as line:
        (one,) = scans_where(line, old.desk("boss"), scan.c.kind == "receipt")
    mark = keep(old, whole_deal=whole_deal)
    with pytest.raises(KeptByMark) as refused:
        take_out(old.desk("boss"), TakeOutRequest(one.id, "放错"), old.now)
    assert refused.value.details == {"number": "0000001", "why": "诉讼"}
    lift(old.desk("office"), LiftRequest(mark, "结案"), old.now)
    take_out(old.desk("boss"), TakeOutRequest(one.id, "放错"), old.now)


def test_the_list_is_seen_and_taken_away_by_whose_work_it_is_and_the_history_is_told(old: Reception) -> None:
    for who in ("a", "lead", "front"):
        with pytest.raises(NotYours):
            kept(old.desk(who), old.now)
    keep(old)
    _, rows = export(old.desk("office"), "kept", old.now)
    assert rows == 1
    (told,) = old.told(Step.EXPORT.value)
    assert (told["subject"], told["after"]) == ("kept", {"rows": 1})
