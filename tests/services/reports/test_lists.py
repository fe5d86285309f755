"""What stands in the lists: the right names, masked for who may not see them, and the right signs."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, select

from salescenter.data.history import history
from salescenter.domain.money import Money
from salescenter.domain.receipts import MoneyKind
from salescenter.domain.refusals import NotYours
from salescenter.domain.report_periods import Span
from salescenter.domain.staff import Role
from salescenter.domain.units import Step
from salescenter.services.reports.listings import Chosen, ListAsked, Listing, ListKind
from salescenter.services.reports.lists import figure_list
from tests.services.reports.story import NOW, TODAY, Story, day

NOVEMBER = Span(day("11-01"), TODAY)


def opened(story: Story, kind: ListKind, role: Role = Role.MANAGER, **more: object) -> Listing:
    return figure_list(story.desk(role), ListAsked(kind, NOVEMBER, **more), NOW)  # type: ignore[arg-type]


def column(found: Listing, key: str) -> list[object]:
    at = [one.key for one in found.columns].index(key)
    return [line.cells[at] for line in found.lines]


def test_every_deal_stands_under_its_own_consultant_and_buyer(story: Story) -> None:
    found = opened(story, ListKind.DEALS, figure="signed")
    assert column(found, "unit") == ["1-2", "P-1", "2-1", "S-1", "1-9"]
    assert column(found, "consultant") == ["李娜", "李娜", "张伟", "王芳", "李娜"]
    assert len(set(column(found, "buyer"))) == 5


def test_what_was_taken_back_stands_in_the_list_with_a_minus(story: Story) -> None:
    found = opened(story, ListKind.NET_SIGNED)
    taken = {unit: count for unit, count in zip(column(found, "unit"), column(found, "count"), strict=True) if count == -1}
    assert taken == {"2-2": -1, "2-3": -1}
    assert column(found, "what")[-2:] == ["换房", "网签"]


def test_names_and_phones_are_masked_for_who_may_not_see_them(story: Story) -> None:
    shown = opened(story, ListKind.CONTACTS, figure="visit")
    masked = opened(story, ListKind.CONTACTS, Role.VIEWER, figure="visit")
    assert str(column(shown, "buyer")[0]).startswith("陈一")
    assert set(column(masked, "buyer")) == {"陈*"}
    assert all("****" in str(phone) for phone in column(masked, "phone"))


def test_a_look_at_a_list_of_whole_phones_is_told(story: Story) -> None:
    masked = opened(story, ListKind.CONTACTS, Role.VIEWER, figure="visit")
    opened(story, ListKind.DEALS, figure="signed")
    assert looks(story) == []
    for kind, figure in ((ListKind.CONTACTS, "visit"), (ListKind.COHORT, "")):
        shown = opened(story, kind, figure=figure)
        assert all(str(phone).startswith("138000") for phone in column(shown, "phone"))
    assert [told["what"] for told in looks(story)] == ["contacts", "cohort"]
    assert len(masked.lines) == len(opened(story, ListKind.CONTACTS, figure="visit").lines)


def test_while_nothing_can_be_written_a_list_keeps_its_phones_masked(story: Story) -> None:
    on = lambda raw, *_: raw.execute("PRAGMA query_only=ON").close()  # noqa: E731  what SQLite does where the disk refuses
    event.listen(story.house.engine, "checkout", on)
    shown = opened(story, ListKind.CONTACTS, figure="visit")
    event.remove(story.house.engine, "checkout", on)
    event.listen(story.house.engine, "checkout", lambda raw, *_: raw.execute("PRAGMA query_only=OFF").close())
    assert all("****" in str(phone) for phone in column(shown, "phone"))
    assert looks(story) == []


def looks(story: Story) -> list[Any]:
    """What the history was told of looks at lists."""
    h = history.c
    with story.house.engine.connect() as line:
        return list(line.scalars(select(h.after).where(h.step == Step.REVEAL, h.subject == "list").order_by(h.id)))


def test_a_consultant_sees_no_list(story: Story) -> None:
    with pytest.raises(NotYours):
        opened(story, ListKind.RECEIPTS, Role.CONSULTANT)


def test_refunds_and_voids_are_negative_receipts(story: Story) -> None:
    found = opened(story, ListKind.RECEIPTS)
    assert [amount.fen // 100 for amount in column(found, "amount") if isinstance(amount, Money)] == [
        300_000, 50_000, -50_000, -20_000,
    ]
    assert column(found, "kind")[-1] is MoneyKind.REFUND


def test_arrears_tell_how_long_they_are_overdue(story: Story) -> None:
    found = opened(story, ListKind.ARREARS)
    assert dict(zip(column(found, "unit"), column(found, "overdue"), strict=True)) == {
        "1-4": 60, "1-2": 5, "2-1": 5, "2-4": 3,
    }
    assert all(isinstance(open_, Money) and open_.fen > 0 for open_ in column(found, "open"))


def test_units_are_narrowed_to_what_was_opened(story: Story) -> None:
    everything = opened(story, ListKind.UNITS)
    shops = opened(story, ListKind.UNITS, units=Chosen(building=story.units["S-1"]["building_id"]))
    assert len(everything.lines) == 28
    assert set(column(shops, "building")) == {"S"}


def test_each_line_leads_to_its_unit(story: Story) -> None:
    found = opened(story, ListKind.DEALS, figure="signed")
    assert next(line.unit for line in found.lines) == story.units["1-2"]["id"]
    assert all(line.deal for line in found.lines)
