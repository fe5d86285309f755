"""Customers' documents on both engines: filed by kind and buyer, renewed, opened by who may, destroyed with their years."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, insert, select, update

from salescenter.data.archive import scan_bytes
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.estate import setting
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.received import Document, Need
from salescenter.domain.papers.scan import ScanFile
from salescenter.domain.papers.scan_faults import ScanRefused
from salescenter.domain.refusals import FieldMissing, NotFound, NotYours
from salescenter.domain.units import Step
from salescenter.services.papers import scans
from salescenter.services.papers.received import Bringing, Brought, bring, brought_by, documents, on_file
from salescenter.services.papers.scans import Attached, TakeOutRequest
from tests.domain.test_scans import PNG, pdf
from tests.services.reception_house import NINE, Reception
from tests.services.test_archive import sold
from tests.services.test_destruction import broken, decide, destroy, old, propose
from tests.services.test_retention import write

__all__ = ["old", "sold"]


def buyer(here: Reception, of: int) -> int:
    with here.house.engine.connect() as line:
        return int(line.scalar(select(deal_buyer.c.customer_id).where(deal_buyer.c.deal_id == of)) or 0)


def file(
    here: Reception, of: int, document: Document, *data: bytes, who: str = "boss", renews: bool = False
) -> Attached:
    files = tuple(ScanFile(f"{at}.jpg", one) for at, one in enumerate(data))
    whose = None if document is Document.ELIGIBILITY else buyer(here, of)
    return bring(here.desk(who), Bringing(of, document, whose, files, renews), here.later(minutes=1))


def listed(here: Reception, of: int) -> dict[Document, Brought]:
    return {one.document: one for one in documents(here.desk("boss"), of)}


def pay_by(here: Reception, of: int, plan: str) -> None:
    with here.house.engine.connect().execution_options(writes=True) as line, line.begin():
        line.execute(update(deal).where(deal.c.id == of).values(plan=plan))


def test_what_is_missing_follows_how_the_buyer_pays(both: Reception, sold: dict[str, int]) -> None:
    pay_by(both, sold["deal"], "one-off")
    assert {one.document: one.needs for one in listed(both, sold["deal"]).values()} == {
        Document.IDENTITY: (Need.FILING,)
    }
    pay_by(both, sold["deal"], "combined")
    found = listed(both, sold["deal"])
    assert found[Document.IDENTITY].needs == (Need.FILING, Need.LOAN)
    assert Document.PROVIDENT in found
    assert all(one.missing for one in found.values())
    file(both, sold["deal"], Document.IDENTITY, PNG)
    assert not listed(both, sold["deal"])[Document.IDENTITY].missing


def test_a_copy_is_filed_under_its_kind_and_buyer_and_opened_with_a_line_of_history(
    both: Reception, sold: dict[str, int]
) -> None:
    assert file(both, sold["deal"], Document.IDENTITY, PNG, pdf(2)) == Attached(2, 3)
    mine = listed(both, sold["deal"])[Document.IDENTITY]
    assert (mine.customer, mine.number) == (buyer(both, sold["deal"]), f"ZLRG202600001-01-{mine.customer}")
    assert [(one.name, one.by) for one in mine.copies] == [("0.jpg", "经理"), ("1.jpg", "经理")]
    assert scans.scan_data(both.desk("boss"), mine.copies[0].id, both.now)[1] == PNG
    (looked,) = both.told(Step.REVEAL.value)
    assert (looked["subject"], looked["customer_id"], looked["deal_id"]) == ("scan", mine.customer, sold["deal"])
    (of, own), _ = reversed(brought_by(both.desk("boss"), mine.customer or 0))
    assert (of, own.id) == ("RG202600001", mine.copies[0].id)


def test_an_id_number_in_a_files_name_is_masked(both: Reception, sold: dict[str, int]) -> None:
    files = (ScanFile("陈 44030119900307123X.png", PNG), ScanFile("11010519491231002X.pdf", pdf(1)))
    bring(both.desk("boss"), Bringing(sold["deal"], Document.IDENTITY, buyer(both, sold["deal"]), files), both.now)
    assert "110105********002X.pdf" in {one.name for one in listed(both, sold["deal"])[Document.IDENTITY].copies}


def test_a_newer_copy_replaces_and_overwrites_nothing(both: Reception, sold: dict[str, int]) -> None:
    file(both, sold["deal"], Document.IDENTITY, PNG)
    file(both, sold["deal"], Document.IDENTITY, pdf(1), pdf(2), renews=True)
    mine = listed(both, sold["deal"])[Document.IDENTITY]
    assert [one.pages for one in mine.copies] == [1, 2]
    assert [scans.scan_data(both.desk("boss"), one.id, both.now)[1] for one in mine.earlier] == [PNG]
    file(both, sold["deal"], Document.IDENTITY, pdf(3))
    assert [one.pages for one in listed(both, sold["deal"])[Document.IDENTITY].copies] == [1, 2, 3]
    for one in listed(both, sold["deal"])[Document.IDENTITY].copies:
        scans.take_out(both.desk("boss"), TakeOutRequest(one.id, "放错"), both.later(minutes=2))
    assert [one.pages for one in listed(both, sold["deal"])[Document.IDENTITY].copies] == [1]  # the first stands again


def test_a_document_of_one_person_names_a_buyer_of_the_deal(both: Reception, sold: dict[str, int]) -> None:
    desk, files = both.desk("boss"), (ScanFile("a", PNG),)
    with pytest.raises(FieldMissing):
        bring(desk, Bringing(sold["deal"], Document.INCOME, None, files), both.now)
    with pytest.raises(NotFound):
        bring(desk, Bringing(sold["deal"], Document.INCOME, buyer(both, sold["other"]), files), both.now)
    file(both, sold["deal"], Document.ELIGIBILITY, PNG)
    assert listed(both, sold["deal"])[Document.ELIGIBILITY].customer is None


def test_all_copies_are_filed_or_none_and_each_once(both: Reception, sold: dict[str, int]) -> None:
    with pytest.raises(ScanRefused):
        file(both, sold["deal"], Document.IDENTITY, PNG, b"MZ")
    assert listed(both, sold["deal"])[Document.IDENTITY].copies == ()
    file(both, sold["deal"], Document.IDENTITY, PNG)
    with pytest.raises(ScanRefused):
        file(both, sold["deal"], Document.IDENTITY, PNG)


def test_whose_numbers_are_masked_to_a_role_are_not_opened_by_it(both: Reception, sold: dict[str, int]) -> None:
    file(both, sold["deal"], Document.IDENTITY, PNG)
    (copy,) = listed(both, sold["deal"])[Document.IDENTITY].copies
    with pytest.raises(NotYours):
        documents(both.desk("front"), sold["deal"])
    with pytest.raises(NotYours):
        scans.scan_data(both.desk("front"), copy.id, both.now)
    with pytest.raises(NotYours):
        file(both, sold["deal"], Document.HOUSEHOLD, PNG, who="front")
    assert brought_by(both.desk("front"), buyer(both, sold["deal"])) == ()
    assert both.told(Step.REVEAL.value) == []


@pytest.mark.parametrize("both", ["sqlite"], indirect=True)  # a server's rows: server/test_seen_rows.py
def test_another_consultants_sale_takes_and_shows_nothing(both: Reception, sold: dict[str, int]) -> None:
    file(both, sold["deal"], Document.IDENTITY, PNG, who="a")
    (copy,) = listed(both, sold["deal"])[Document.IDENTITY].copies
    with pytest.raises(NotFound):
        documents(both.desk("b"), sold["deal"])
    with pytest.raises(NotFound):
        scans.scan_data(both.desk("b"), copy.id, both.now)
    with pytest.raises(NotFound):
        file(both, sold["deal"], Document.HOUSEHOLD, PNG, who="b")


def test_copies_of_who_left_the_deal_stay_but_count_no_more(both: Reception, sold: dict[str, int]) -> None:
    file(both, sold["deal"], Document.IDENTITY, PNG)
    before, after = buyer(both, sold["deal"]), buyer(both, sold["other"])
    with both.house.engine.connect().execution_options(writes=True) as line, line.begin():
        line.execute(update(deal_buyer).where(deal_buyer.c.deal_id == sold["deal"]).values(active=False))
        line.execute(insert(deal_buyer).values(deal_id=sold["deal"], customer_id=after, position=0, share=10_000))
    found = {(one.customer, one.document): one for one in documents(both.desk("boss"), sold["deal"])}
    assert found[before, Document.IDENTITY].copies
    assert found[before, Document.IDENTITY].needs == ()
    assert found[after, Document.IDENTITY].missing
    with both.house.engine.connect() as line:
        assert on_file(line, sold["deal"]) == {}
        assert line.scalar(select(func.count()).select_from(scan_bytes)) == 1


def test_a_code_never_calls_a_document_a_paper_of_the_house(both: Reception, sold: dict[str, int]) -> None:
    file(both, sold["deal"], Document.IDENTITY, PNG)
    assert {one.kind for one in scans.scans(both.desk("boss"), sold["deal"])} == {PaperKind.RECEIVED}


def test_a_copy_past_its_years_goes_with_those_it_replaced(old: Reception, sold: dict[str, int]) -> None:
    was, old.now = old.now, NINE
    file(old, sold["deal"], Document.IDENTITY, PNG)
    file(old, sold["deal"], Document.IDENTITY, pdf(2), renews=True)
    old.now = was
    write(old, insert(setting).values(project_id=1, name="keep_deals", since=date(2026, 1, 1), value=10))
    key = (PaperKind.RECEIVED.value, listed(old, sold["deal"])[Document.IDENTITY].number)
    made = propose(old, key)
    assert (made.papers, made.prints, made.scans) == (1, 0, 2)
    decide(old)
    assert destroy(old, made.list).scans == 2
    assert not listed(old, sold["deal"])[Document.IDENTITY].copies
    assert not broken(old)
