"""Forms printed beforehand are kept as versions by whoever may change templates, and named by their books."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.form_faults import FormInUse, FormNameTaken, StationeryUnreadable
from salescenter.domain.papers.overlay import OverlayForm
from salescenter.domain.papers.starting_form import starting_form
from salescenter.domain.refusals import NotFound, NotYours, OutOfBounds, ReasonMissing
from salescenter.print.overlay import overlay_pdf
from salescenter.services import books
from salescenter.services.books import BookChange, NewBook
from salescenter.services.papers import stationery
from salescenter.services.papers.form_examples import example
from salescenter.services.papers.stationery import FormKept, FormRequest, FormRow, WithdrawForm
from tests.domain.test_overlay import SCAN
from tests.services.reception_house import Reception

OLD, NEW = starting_form("旧版"), starting_form("新版", 2100, 1400)
MARKS = {"旧版": "1a", "新版": "2b"}


def keep(here: Reception, form: OverlayForm, who: str = "boss", mark: str = "") -> FormKept:
    asked = FormRequest(form, here.now.date(), mark or MARKS.get(form.name, "x"))
    return stationery.keep_form(here.desk(who), asked, here.now)


def test_the_newest_version_of_each_form_is_the_one_that_prints(both: Reception) -> None:
    for form in (OLD, NEW, OLD.with_field(0, OLD.fields[0].moved(7, 3))):
        keep(both, form)
    receipts = PaperKind.RECEIPT
    assert stationery.forms(both.desk("boss")) == (FormRow("2b", receipts, "新版", 1), FormRow("1a", receipts, "旧版", 2))
    assert stationery.form_marked(both.desk("boss"), "1a").fields[0] == OLD.fields[0].moved(7, 3)
    with pytest.raises(NotFound):
        stationery.form_marked(both.desk("boss"), "没有")


def test_a_form_of_several_pages_is_kept_with_the_scan_of_each(both: Reception) -> None:
    pages = replace(OLD, fields=(replace(OLD.fields[0], page=3),), picture=SCAN, more=(b"", SCAN), both=True)
    keep(both, pages)
    assert stationery.form_marked(both.desk("boss"), "1a") == pages
    with pytest.raises(OutOfBounds):
        keep(both, replace(pages, more=(SCAN,)))


def test_a_form_that_cannot_be_printed_is_not_kept(reception: Reception) -> None:
    with pytest.raises(OutOfBounds):
        keep(reception, replace(OLD, width=10))
    with pytest.raises(StationeryUnreadable):
        keep(reception, replace(OLD, picture=b"GIF89a"))
    assert stationery.forms(reception.desk("boss")) == ()


def test_who_may_not_change_templates_may_not_change_forms(reception: Reception) -> None:
    with pytest.raises(NotYours):
        keep(reception, OLD, "a")


def test_a_book_names_its_form(both: Reception) -> None:
    desk = both.desk("boss")
    book = books.add(desk, NewBook("一号簿", 1, 50, form="2b"), both.now).book
    assert books.books(desk)[0].form == "2b"
    books.change(desk, BookChange(book, "一号簿", 50), both.now)
    assert books.books(desk)[0].form == ""


def test_a_house_without_receipts_tries_its_forms_on_a_fictional_one(reception: Reception) -> None:
    paper = example(reception.desk("boss"), PaperKind.RECEIPT, reception.now)
    assert paper.number == "SJ0000001"
    assert overlay_pdf(OLD, paper)


def withdraw(here: Reception, name: str, reason: str = "印刷厂改版") -> FormKept:
    return stationery.withdraw_form(here.desk("boss"), WithdrawForm(name, reason), here.now)


def test_a_form_is_withdrawn_with_a_reason_and_its_versions_stay(both: Reception) -> None:
    for form in (OLD, NEW):
        keep(both, form)
    with pytest.raises(ReasonMissing):
        withdraw(both, "1a", " ")
    withdraw(both, "1a")
    desk = both.desk("boss")
    assert [one.name for one in stationery.forms(desk)] == ["新版"]
    assert stationery.form_kept(desk, "1a") is None
    with pytest.raises(NotFound):
        withdraw(both, "1a")
    keep(both, OLD)
    assert stationery.form_kept(desk, "1a") == OLD, "kept again, it is in use again"


def test_a_form_that_a_book_prints_on_is_not_withdrawn(both: Reception) -> None:
    keep(both, OLD)
    desk = both.desk("boss")
    book = books.add(desk, NewBook("一号簿", 1, 50, form="1a"), both.now).book
    with pytest.raises(FormInUse) as refused:
        withdraw(both, "1a")
    assert refused.value.details == {"form": "旧版", "books": ("一号簿",)}
    books.change(desk, BookChange(book, "一号簿", 50), both.now)
    withdraw(both, "1a")
    assert stationery.forms(desk) == ()


def test_a_form_that_gets_another_name_stays_the_form_of_its_book(both: Reception) -> None:
    keep(both, OLD)
    desk = both.desk("boss")
    book = books.add(desk, NewBook("一号簿", 1, 50, form="1a"), both.now).book
    kept = keep(both, replace(OLD, name="收据 2027"), mark="1a")
    assert kept == FormKept("1a", "收据 2027", 2)
    assert stationery.forms(desk) == (FormRow("1a", PaperKind.RECEIPT, "收据 2027", 2),)
    assert books.books(desk)[0].form == "1a"
    with pytest.raises(FormInUse) as refused:
        withdraw(both, "1a")
    assert refused.value.details["form"] == "收据 2027"
    books.change(desk, BookChange(book, "一号簿", 50), both.now)


def test_two_forms_of_one_paper_have_two_names(both: Reception) -> None:
    keep(both, OLD)
    with pytest.raises(FormNameTaken):
        keep(both, replace(OLD, width=2000, fields=()), mark="3c")
    keep(both, starting_form("旧版", kind=PaperKind.SUBSCRIPTION), mark="3c")
    assert [one.kind for one in stationery.forms(both.desk("boss"))] == [PaperKind.RECEIPT, PaperKind.SUBSCRIPTION]
    assert [one.mark for one in stationery.forms(both.desk("boss"), PaperKind.SUBSCRIPTION)] == ["3c"]
    withdraw(both, "1a")
    keep(both, replace(OLD, name="新版"), mark="1a")
    assert [one.name for one in stationery.forms(both.desk("boss"))] == ["新版", "旧版"]
