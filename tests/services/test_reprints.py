"""A paper reprinted from the archive says what the first print said, and each sheet it takes is accounted for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from salescenter.data.customers import customer_phone
from salescenter.data.papers import paper
from salescenter.data.payments import receipt_book
from salescenter.data.staff import person
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.filling_text import filling_text, read_filling
from salescenter.domain.papers.form_faults import OtherSheetNext, SheetMissing
from salescenter.domain.papers.printing import SpoiledAt
from salescenter.domain.papers.receipt import ReceiptPaper, Reprint
from salescenter.domain.papers.receipt_fields import as_said, receipt_filling
from salescenter.domain.papers.sheets import OnSheet, OpenBook, SheetUse
from salescenter.domain.papers.starting_form import starting_form
from salescenter.domain.refusals import NotYours, OutOfBounds, ReasonMissing
from salescenter.services.check import check
from salescenter.services.papers import archive
from salescenter.services.papers.archive import BatchRequest, PrintRequest
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.search import PaperSearch, papers
from salescenter.services.papers.sheets import used_sheets
from salescenter.services.papers.spoiled import SpoilRequest, spoil, spoiled_sheets
from salescenter.services.papers.stationery import FormRequest, keep_form
from tests.houses import Estate

FORM = "m1"


@pytest.fixture
def house(estate: Estate) -> Estate:
    """A house whose book prints on a form; its receipts A0000001 and A0000002 are given out."""
    keep_form(estate.desk(), FormRequest(starting_form("新版收据"), estate.today, FORM), estate.now)
    estate.put(update(receipt_book).values(form=FORM))
    estate.subscribe()
    estate.receive(amount=5_000)
    while len(estate.receipts()) < 2:
        estate.receive(amount=1_000)
    return estate


def value(house: Estate, number: str = "", reason: str = "") -> ReceiptPaper:
    return receipt_paper(house.desk("cash"), number or house.receipts()[0][0], house.now, reason=reason)


def asked(of: ReceiptPaper, **more: Any) -> PrintRequest:
    """A print on the form."""
    said = {"form": FORM, "said": filling_text(receipt_filling(of))} | more
    return PrintRequest("receipt", of.number, f"收据 {of.number}", b"%PDF " + repr(more).encode(), **said)


def next_of(house: Estate) -> int:
    return int(house.read(select(receipt_book.c.next)).next)


def reprinted(house: Estate, *papers_: PrintRequest, sheet: OnSheet | None, who: str = "cash", key: str = "") -> None:
    archive.keep_on_sheets(house.desk(who), BatchRequest(papers_, key, sheet), house.now)


# --- what was said


def test_a_reprint_says_what_the_first_print_said_though_the_house_learned_otherwise(house: Estate) -> None:
    first = value(house)
    kept = archive.keep(house.desk("cash"), asked(first), house.now)
    house.put(update(customer_phone).values(digits="13911112222"))
    house.put(update(person).where(person.c.login == "a").values(name="林晓晓"))
    found = archive.print_as_it_was(house.desk("cash"), kept.paper, house.now)
    assert (found.kind, found.number, found.form) == (PaperKind.RECEIPT, first.number, FORM)
    assert found.said == replace(receipt_filling(first), reprint=None, voided=None)
    now = value(house, reason="客户遗失")
    assert now.cashier != first.cashier
    again = as_said(now, found.said)
    assert receipt_filling(again) == replace(receipt_filling(first), reprint=Reprint(1, "客户遗失"))


def test_the_print_that_knows_its_words_answers_for_a_receipt_printed_several_times(house: Estate) -> None:
    of = value(house)
    assert archive.last_print(house.desk(), "receipt", of.number, house.now) is None
    archive.keep(house.desk("cash"), asked(of), house.now)
    archive.keep(house.desk("cash"), asked(of, reason="遗失", form="", said=""), house.now)
    found = archive.last_print(house.desk("cash"), "receipt", of.number, house.now)
    assert found is not None
    assert (found.form, found.said is not None) == (FORM, True)
    with pytest.raises(NotYours):
        archive.last_print(house.desk("front"), "receipt", of.number, house.now)


def test_items_shared_out_otherwise_since_are_left_as_they_are(house: Estate) -> None:
    of = value(house)
    other = replace(of, lines=(replace(of.lines[0], amount=Money(1)), *of.lines[1:]))
    assert as_said(other, receipt_filling(of)).lines == other.lines


def test_a_print_on_plain_paper_and_an_older_one_say_nothing_to_a_form(house: Estate) -> None:
    kept = archive.keep(house.desk(), PrintRequest("receipt", value(house).number, "收据", b"%PDF plain"), house.now)
    found = archive.print_as_it_was(house.desk(), kept.paper, house.now)
    assert (found.form, found.said) == ("", None)


texts = st.text(max_size=8)


@given(st.dictionaries(texts, texts), st.dictionaries(texts, st.lists(texts).map(tuple)),
       st.dictionaries(texts, st.integers(-10**15, 10**15).map(Money)), st.booleans(), st.datetimes())  # fmt: skip
def test_what_a_paper_says_comes_back_from_its_text(
    fields: Any, rows: Any, amounts: Any, draft: bool, made: Any
) -> None:
    said = Filling(PaperKind.CONTRACT, "1", "合同", "云栖", made, "zh_CN", fields, rows, amounts, draft=draft)
    assert read_filling(filling_text(replace(said, reprint=Reprint(2, "遗失")))) == said


# --- sheets


def test_a_first_print_goes_on_the_sheet_of_its_number(house: Estate) -> None:
    of = value(house)
    archive.keep(house.desk("cash"), asked(of), house.now)
    (row,) = papers(house.desk("cash"), PaperSearch(of.number))
    assert (row.form, row.sheet) == ("新版收据", of.number)
    assert used_sheets(house.desk()) == ()


def test_a_reprint_on_a_form_asks_for_its_sheet_after_its_reason_and_offers_the_books_at_hand(house: Estate) -> None:
    of = value(house)
    archive.keep(house.desk("cash"), asked(of), house.now)
    with pytest.raises(ReasonMissing):
        archive.keep(house.desk("cash"), asked(of), house.now)
    with pytest.raises(SheetMissing) as missing:
        archive.keep(house.desk("cash"), asked(of, reason="卡纸"), house.now)
    assert missing.value.details["books"] == (OpenBook(1, "一号收据簿", 3, "A", 7, 99_997),)
    with pytest.raises(SheetMissing) as missing:
        archive.keep(house.desk("a"), asked(of, reason="卡纸"), house.now)
    assert missing.value.details["books"] == (), "a consultant holds no sheets"
    assert (missing.value.details["numbers"], missing.value.details["own"]) == ((of.number,), (of.number,))
    assert missing.value.details["further"] is False


def test_a_reprint_takes_the_next_sheet_of_a_book_with_its_number_and_no_gap_is_left(house: Estate) -> None:
    of, other = value(house), value(house, house.receipts()[1][0])
    archive.keep_all(house.desk("cash"), BatchRequest((asked(of), asked(other))), house.now)
    again = asked(of, reason="卡纸"), asked(other, reason="卡纸")
    for _ in range(2):
        reprinted(house, *again, sheet=OnSheet(SheetUse.NEXT, 1, 3), key="once")
    assert next_of(house) == 5
    assert [(one.number, one.receipt, one.reason) for one in used_sheets(house.desk())] == [
        ("A0000003", of.number, "卡纸"), ("A0000004", other.number, "卡纸"),
    ]
    assert check(house.desk()) == []
    newest = papers(house.desk("cash"), PaperSearch(of.number))[0]
    assert (newest.copy, newest.reason, newest.form, newest.sheet) == (2, "卡纸", "新版收据", "A0000003")
    house.receive(amount=1_000)
    assert house.receipts()[-1][0] == "A0000005", "the next receipt goes on behind them"
    assert check(house.desk()) == []


def test_a_receipt_that_runs_on_takes_further_sheets_of_a_book_and_each_is_accounted_for(house: Estate) -> None:
    of = value(house)
    with pytest.raises(SheetMissing) as missing:
        archive.keep(house.desk("cash"), asked(of, sheets=2), house.now)
    assert missing.value.details["numbers"] == (of.number,), "one sheet beyond its own"
    reprinted(house, asked(of, sheets=2), sheet=OnSheet(SheetUse.NEXT, 1, 3))
    reprinted(house, asked(of, sheets=2, reason="卡纸"), sheet=OnSheet(SheetUse.NEXT, 1, 4))
    assert [row.sheet for row in papers(house.desk("cash"), PaperSearch(of.number))] == [
        "A0000004、A0000005", f"{of.number}、A0000003",
    ]
    assert [(one.number, one.reason) for one in used_sheets(house.desk())] == [
        ("A0000003", ""), ("A0000004", "卡纸"), ("A0000005", "卡纸"),
    ]
    assert (next_of(house), check(house.desk())) == (6, [])


def test_a_further_page_never_goes_on_the_sheet_its_first_page_took(house: Estate) -> None:
    of = value(house)
    for use in (None, OnSheet(SheetUse.OWN)):
        with pytest.raises(SheetMissing) as missing:
            archive.keep(house.desk("cash"), asked(of, sheets=2, sheet=use), house.now)
        assert (missing.value.details["own"], missing.value.details["further"]) == ((), True)
    assert house.count(paper) == 0
    archive.keep(house.desk("cash"), asked(of, sheets=2, sheet=OnSheet(SheetUse.LOOSE)), house.now)
    assert papers(house.desk("cash"), PaperSearch(of.number))[0].sheet == of.number, "a plain one is not counted"
    with pytest.raises(SheetMissing) as missing:
        archive.keep(house.desk("cash"), asked(of, sheets=2, reason="卡纸", sheet=OnSheet(SheetUse.OWN)), house.now)
    assert (missing.value.details["own"], missing.value.details["further"]) == ((), False), "one sheet for two pages"


def test_a_receipt_of_several_sheets_goes_on_those_again_until_one_is_spoiled(house: Estate) -> None:
    of = value(house)
    reprinted(house, asked(of, sheets=2), sheet=OnSheet(SheetUse.NEXT, 1, 3))
    archive.keep(house.desk("cash"), asked(of, sheets=2, reason="脱机", sheet=OnSheet(SheetUse.OWN)), house.now)
    assert [row.sheet for row in papers(house.desk("cash"), PaperSearch(of.number))] == 2 * [f"{of.number}、A0000003"]
    reprinted(house, asked(of, sheets=2, reason="卡纸"), sheet=OnSheet(SheetUse.NEXT, 1, 4))
    archive.keep(house.desk("cash"), asked(of, sheets=2, reason="断电", sheet=OnSheet(SheetUse.OWN)), house.now)
    assert papers(house.desk("cash"), PaperSearch(of.number))[0].sheet == "A0000004、A0000005", "not those of before"
    spoil(house.desk("cash"), SpoilRequest("A0000005", "卡纸", SpoiledAt.PRINTING), house.now)
    with pytest.raises(SheetMissing) as missing:
        archive.keep(house.desk("cash"), asked(of, sheets=2, reason="重打", sheet=OnSheet(SheetUse.OWN)), house.now)
    assert missing.value.details["own"] == ()
    assert (next_of(house), check(house.desk())) == (6, [])


def test_a_receipt_goes_on_its_own_sheet_again_or_on_one_without_a_number_and_nothing_is_counted(house: Estate) -> None:
    of = value(house)
    archive.keep(house.desk("cash"), asked(of), house.now)
    for use in (SheetUse.OWN, SheetUse.LOOSE):
        archive.keep(house.desk("cash"), asked(of, reason=use, sheet=OnSheet(use)), house.now)
    found = papers(house.desk("cash"), PaperSearch(of.number))
    assert [row.sheet for row in found] == ["", of.number, of.number]
    assert (next_of(house), used_sheets(house.desk()), check(house.desk())) == (3, (), [])


def test_a_sheet_that_another_desk_used_meanwhile_is_not_taken_and_nothing_is_kept(house: Estate) -> None:
    of = value(house)
    archive.keep(house.desk("cash"), asked(of), house.now)
    again = asked(of, reason="卡纸")
    with pytest.raises(OtherSheetNext) as other:
        reprinted(house, again, sheet=OnSheet(SheetUse.NEXT, 1, 2))
    assert other.value.details["number"] == "A0000003"
    with pytest.raises(OutOfBounds):
        reprinted(house, again, sheet=OnSheet(SheetUse.NEXT, 1, 100_000))
    with pytest.raises(NotYours):
        reprinted(house, again, sheet=OnSheet(SheetUse.NEXT, 1, 3), who="a")
    assert (next_of(house), house.count(paper)) == (3, 1)


def test_of_two_desks_after_the_same_sheet_one_gets_it_and_the_other_is_told_the_next(house: Estate) -> None:
    both = [value(house, number) for number, _, _ in house.receipts()[:2]]
    archive.keep_all(house.desk("cash"), BatchRequest(tuple(map(asked, both))), house.now)
    start = Barrier(2)

    def take(of: ReceiptPaper) -> str:
        start.wait(60)
        try:
            reprinted(house, asked(of, reason="卡纸"), sheet=OnSheet(SheetUse.NEXT, 1, 3))
        except OtherSheetNext as other:
            return str(other.details["number"])
        return "taken"

    with ThreadPoolExecutor(2) as desks:
        assert sorted(desks.map(take, both)) == ["A0000004", "taken"]
    assert (next_of(house), len(used_sheets(house.desk())), house.count(paper)) == (4, 1, 3)
    assert check(house.desk()) == []


def test_no_next_sheet_is_taken_through_the_door_of_printing(house: Estate) -> None:
    of = value(house)
    archive.keep(house.desk("cash"), asked(of), house.now)
    with pytest.raises(NotYours):
        archive.keep(house.desk("a"), asked(of, reason="卡纸", sheet=OnSheet(SheetUse.NEXT, 1, 3)), house.now)
    assert next_of(house) == 3


def test_the_sheet_of_a_reprint_can_be_spoiled_too(house: Estate) -> None:
    of = value(house)
    archive.keep(house.desk("cash"), asked(of), house.now)
    reprinted(house, asked(of, reason="卡纸"), sheet=OnSheet(SheetUse.NEXT, 1, 3))
    assert spoil(house.desk("cash"), SpoilRequest("A0000003", "又卡纸", SpoiledAt.PRINTING), house.now).book == 1
    assert [(one.number, one.blank) for one in spoiled_sheets(house.desk())] == [("A0000003", False)]
    assert len(used_sheets(house.desk())) == 1
    assert check(house.desk()) == []
