"""Receipt books: numbers that no two books share, issued to a cashier, never taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from salescenter.data import money
from salescenter.data.payments import receipt_book
from salescenter.domain.papers.form_faults import OtherSheetNext
from salescenter.domain.papers.printing import SpoiledAt
from salescenter.domain.refusals import (
    FieldMissing,
    NotFound,
    NotYours,
    NumbersTaken,
    NumbersUsed,
    OutOfBounds,
    ReasonMissing,
)
from salescenter.services import books
from salescenter.services.books import BookChange, NewBook
from salescenter.services.check import check
from salescenter.services.papers.spoiled import BlankRequest, books_at_hand, spoil_blank, spoiled_sheets
from tests.services.reception_house import Reception

FIRST = NewBook("一号簿", 1, 500, prefix="SJ", digits=7)


def add(here: Reception, asked: NewBook) -> int:
    return books.add(here.desk("boss"), asked, here.now).book


def use(here: Reception, book: int, count: int) -> None:
    """Give so many numbers out."""
    with here.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(update(receipt_book).where(receipt_book.c.id == book).values(next=receipt_book.c.first + count))


def test_a_book_is_listed_with_what_is_used_and_left(both: Reception) -> None:
    book = add(both, FIRST)
    use(both, book, 120)
    row = books.books(both.desk("boss"))[0]
    assert (row.used, row.left, row.written(row.next), row.cashier) == (120, 380, "SJ0000121", None)


@pytest.mark.parametrize(
    "other",
    [
        NewBook("重", 500, 600, prefix="SJ"), NewBook("重", 1, 1, prefix="SJ"), NewBook("重", 1, 900, prefix="SJ"),
        NewBook("重", 4, 9, prefix="SJ00000", digits=2), NewBook("重", 1, 9, prefix="SJ0000", digits=3),
    ],
)  # fmt: skip
def test_no_two_books_write_the_same_number(both: Reception, other: NewBook) -> None:
    add(both, FIRST)
    with pytest.raises(NumbersTaken):
        add(both, other)
    assert len(books.books(both.desk("boss"))) == 1


@pytest.mark.parametrize(
    "other",
    [
        NewBook("二", 501, 600, prefix="SJ"), NewBook("二", 1, 500, prefix="TK"), NewBook("二", 1, 500, prefix="SJ", digits=8),
        NewBook("二", 1, 9, prefix="SJ00006", digits=2),
    ],
)  # fmt: skip
def test_books_side_by_side_are_fine(both: Reception, other: NewBook) -> None:
    add(both, FIRST)
    assert add(both, other) == 2


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (replace(FIRST, last=0), "last"), (replace(FIRST, first=0), "first"), (replace(FIRST, digits=2), "last"),
        (replace(FIRST, digits=0), "digits"),
    ],
)  # fmt: skip
def test_a_book_that_cannot_be_written_is_refused_at_its_field(both: Reception, asked: NewBook, field: str) -> None:
    with pytest.raises(OutOfBounds) as refused:
        add(both, asked)
    assert refused.value.details["field"] == field


def test_a_book_needs_a_name(both: Reception) -> None:
    with pytest.raises(FieldMissing):
        add(both, replace(FIRST, name=" "))


def test_a_book_is_issued_to_a_cashier_and_gives_them_their_numbers(both: Reception) -> None:
    house, own = add(both, FIRST), add(both, NewBook("收银簿", 1, 50, prefix="A"))
    cashier = both.people["lead"].id
    books.change(both.desk("boss"), BookChange(own, "收银簿", 50, cashier), both.now)
    with both.house.engine.connect() as connection:
        found, other = money.book_for(connection, 1, cashier), money.book_for(connection, 1, both.people["a"].id)
    assert found is not None
    assert other is not None
    assert (found.id, other.id) == (own, house)
    with pytest.raises(NotFound):
        books.change(both.desk("boss"), BookChange(own, "收银簿", 50, 999), both.now)


def test_a_book_never_ends_below_a_number_it_gave_out(both: Reception) -> None:
    book = add(both, FIRST)
    use(both, book, 120)
    with pytest.raises(NumbersUsed) as refused:
        books.change(both.desk("boss"), BookChange(book, "一号簿", 119), both.now)
    assert refused.value.details["last"] == "SJ0000120"
    books.change(both.desk("boss"), BookChange(book, "一号簿", 120), both.now)
    assert books.books(both.desk("boss"))[0].left == 0
    told = both.told("edit-settings")[-1]
    assert isinstance(told["before"], dict)
    assert told["before"]["last"] == 500


def test_a_book_grows_only_into_free_numbers(both: Reception) -> None:
    book = add(both, FIRST)
    add(both, NewBook("二号簿", 1001, 2000, prefix="SJ"))
    with pytest.raises(NumbersTaken):
        books.change(both.desk("boss"), BookChange(book, "一号簿", 1001), both.now)
    with pytest.raises(OutOfBounds):
        books.change(both.desk("boss"), BookChange(book, "一号簿", 10_000_000), both.now)
    books.change(both.desk("boss"), BookChange(book, "一号簿", 1000), both.now)
    assert books.books(both.desk("boss"))[0].last == 1000
    with pytest.raises(NotFound):
        books.change(both.desk("boss"), BookChange(99, "无", 1), both.now)


def test_only_who_may_change_settings_begins_a_book(both: Reception) -> None:
    with pytest.raises(NotYours):
        books.add(both.desk("a"), FIRST, both.now)


def test_books_can_be_issued_to_whoever_receives_money(both: Reception) -> None:
    assert [one.name for one in books.cashiers(both.desk("boss"))] == ["经理"]


# --- blank sheets


def blank(here: Reception, book: int, first: int, count: int = 1, **more: str) -> None:
    asked = BlankRequest(book, first, count, more.get("reason", "茶水打湿"), SpoiledAt.STORING, more.get("key", ""))
    spoil_blank(here.desk(more.get("who", "boss")), asked, here.now)


def test_blank_sheets_that_were_spoiled_use_up_their_numbers_without_a_gap(both: Reception) -> None:
    book = add(both, FIRST)
    blank(both, book, 1, 3, key="once")
    blank(both, book, 1, 3, key="once")
    assert books.books(both.desk("boss"))[0].next == 4
    with both.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        taken = money.take_number(connection, 1, both.people["boss"].id)
        assert taken is not None
        assert taken.serial == 4
        connection.rollback()
    sheets = spoiled_sheets(both.desk("boss"))
    assert [(one.number, one.reason, one.blank) for one in sheets] == [
        (f"SJ000000{number}", "茶水打湿", True) for number in (1, 2, 3)
    ]
    assert check(both.desk("boss")) == []
    use(both, book, 4)
    assert [one.law for one in check(both.desk("boss"))] == ["receipt numbers without gaps"]


def test_a_blank_sheet_that_another_desk_used_meanwhile_is_not_spoiled(both: Reception) -> None:
    book = add(both, FIRST)
    use(both, book, 1)
    with pytest.raises(OtherSheetNext) as refused:
        blank(both, book, 1)
    assert refused.value.details == {"book": "一号簿", "number": "SJ0000002"}
    assert spoiled_sheets(both.desk("boss")) == ()


def test_no_more_blank_sheets_are_spoiled_than_a_book_has_and_none_without_a_reason(reception: Reception) -> None:
    book = add(reception, FIRST)
    for count in (0, 501):
        with pytest.raises(OutOfBounds):
            blank(reception, book, 1, count)
    with pytest.raises(ReasonMissing):
        blank(reception, book, 1, reason=" ")
    with pytest.raises(NotYours):
        blank(reception, book, 1, who="a")
    blank(reception, book, 1, 500)
    assert books_at_hand(reception.desk("boss")) == ()


def test_only_who_holds_a_book_spoils_its_blank_sheets(reception: Reception) -> None:
    own = add(reception, FIRST)
    books.change(reception.desk("boss"), BookChange(own, "收银簿", 500, reception.people["lead"].id), reception.now)
    assert books_at_hand(reception.desk("boss")) == ()
    with pytest.raises(NotFound):
        blank(reception, own, 1)
