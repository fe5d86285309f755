"""Forms printed beforehand are kept as versions by whoever may change templates, and named by their books."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salescenter.domain.papers.form_faults import FormInUse, StationeryUnreadable
from salescenter.domain.papers.overlay import OverlayForm, starting_form
from salescenter.domain.refusals import NotFound, NotYours, OutOfBounds, ReasonMissing
from salescenter.print.overlay import overlay_pdf
from salescenter.services import books
from salescenter.services.books import BookChange, NewBook
from salescenter.services.papers import stationery
from salescenter.services.papers.stationery import FormKept, FormRequest, FormRow, WithdrawForm
from tests.services.reception_house import Reception

OLD, NEW = starting_form("旧版"), starting_form("新版", 2100, 1400)


def keep(here: Reception, form: OverlayForm, who: str = "boss") -> FormKept:
    return stationery.keep_form(here.desk(who), FormRequest(form, here.now.date()), here.now)


def test_the_newest_version_of_each_form_is_the_one_that_prints(both: Reception) -> None:
    for form in (OLD, NEW, OLD.with_field(0, OLD.fields[0].moved(7, 3))):
        keep(both, form)
    assert stationery.forms(both.desk("boss")) == (FormRow("新版", 2), FormRow("旧版", 3))
    assert stationery.form_named(both.desk("boss"), "旧版").fields[0] == OLD.fields[0].moved(7, 3)
    with pytest.raises(NotFound):
        stationery.form_named(both.desk("boss"), "没有")


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
    book = books.add(desk, NewBook("一号簿", 1, 50, form="新版"), both.now).book
    assert books.books(desk)[0].form == "新版"
    books.change(desk, BookChange(book, "一号簿", 50), both.now)
    assert books.books(desk)[0].form == ""


def test_a_house_without_receipts_tries_its_forms_on_a_fictional_one(reception: Reception) -> None:
    paper = stationery.example_receipt(reception.desk("boss"), reception.now)
    assert paper.number == "SJ0000001"
    assert overlay_pdf(OLD, paper)


def withdraw(here: Reception, name: str, reason: str = "印刷厂改版") -> FormKept:
    return stationery.withdraw_form(here.desk("boss"), WithdrawForm(name, reason), here.now)


def test_a_form_is_withdrawn_with_a_reason_and_its_versions_stay(both: Reception) -> None:
    for form in (OLD, NEW):
        keep(both, form)
    with pytest.raises(ReasonMissing):
        withdraw(both, "旧版", " ")
    withdraw(both, "旧版")
    desk = both.desk("boss")
    assert [one.name for one in stationery.forms(desk)] == ["新版"]
    assert stationery.form_kept(desk, "旧版") is None
    with pytest.raises(NotFound):
        withdraw(both, "旧版")
    keep(both, OLD)
    assert stationery.form_kept(desk, "旧版") == OLD, "kept again, it is in use again"


def test_a_form_that_a_book_prints_on_is_not_withdrawn(both: Reception) -> None:
    keep(both, OLD)
    desk = both.desk("boss")
    book = books.add(desk, NewBook("一号簿", 1, 50, form="旧版"), both.now).book
    with pytest.raises(FormInUse) as refused:
        withdraw(both, "旧版")
    assert refused.value.details == {"form": "旧版", "books": ("一号簿",)}
    books.change(desk, BookChange(book, "一号簿", 50), both.now)
    withdraw(both, "旧版")
    assert stationery.forms(desk) == ()
