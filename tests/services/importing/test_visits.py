"""Visit and call ledgers are put on record: customers joined by phone, malformed phones kept and flagged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from salescenter.data.customers import customer, customer_phone
from salescenter.data.history import tally
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.data.visits import visit
from salescenter.domain.columns import Kind
from salescenter.domain.refusals import BadRowsRemain, ColumnsMissing, Stopped
from salescenter.domain.sheet_values import Why
from salescenter.services.importing.draft import FREE, Choice, find
from salescenter.services.importing.reader import Book, Range, read_book
from salescenter.services.importing.visit_draft import VisitDraft, visits_of
from salescenter.services.importing.visit_store import carry_out_visits, plan_visits
from salescenter.services.importing.watch import Watch
from salescenter.services.reception_rules import Contact
from salescenter.services.work import Desk
from tests.services.importing.estates import NOW, made_house, new_path
from tests.services.importing.sheets import Rows, sheet, write_csv

TODAY = date(2026, 3, 2)
HEADER = ["日期", "姓名", "性别", "联系方式", "居住区域", "置业动机", "客户来源", "产品需求", "面积需求", "意向价格", "客户意向", "关注点",
          "置业顾问", "备注"]  # fmt: skip


def line(day: Any = "2026.2.24", name: str = "林木", phone: Any = "13900001234", **other: Any) -> list[Any]:
    """One line under `HEADER`."""
    said = {
        "sex": "男", "district": "城东", "purpose": "自住", "channel": "路过", "product": "三室", "area": "90-110㎡",
        "budget": "200-250万", "level": "B类", "concern": "学区＼价格", "consultant": "何平", "note": "",
    } | other  # fmt: skip
    values = list(said.values())
    return [day, name, values[0], phone, *values[1:]]


def drafted(
    rows: Rows, header: Sequence[str] = HEADER, words: Mapping[str, Sequence[str]] | None = None,
    merged: Sequence[Range] = (), choice: Choice = FREE, title: str = "",
) -> VisitDraft:  # fmt: skip
    above = [[title]] if title else []
    book = Book("来访登记.xlsx", (sheet([*above, header, *rows], merged),))
    return visits_of(find(book, Kind.VISITS, choice), TODAY, words or {})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = made_house(new_path(tmp_path))
    with found.working(NOW) as work:
        work.connection.execute(insert(person).values(name="何平", login="he", role="consultant"))
    yield found
    found.engine.dispose()


def put_on_record(desk: Desk, rows: Rows) -> tuple[int, int, int]:
    done = carry_out_visits(desk, plan_visits(desk, drafted(rows)), NOW)
    return done.customers, done.visits, done.repeated


def count(desk: Desk, table: Any) -> int:
    with desk.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_a_line_of_the_trades_sheet_is_read_whole() -> None:
    found = drafted([line()]).rows[0]
    assert (found.at, found.kind) == (datetime(2026, 2, 24, 12, tzinfo=CHINA), Contact.VISIT)
    assert (found.name, found.sex, found.phones, found.level) == ("林木", "male", ("13900001234",), "B")
    assert dict(found.answers) == {
        "district": ("城东",), "purpose": ("自住",), "product": ("三室",), "area": ("90–110",), "budget": ("200–250万",),
        "concern": ("学区", "价格"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "digits"),
    [(13900001234.0, "13900001234"), ("139-0000-1234", "13900001234"), ("１３９００００１２３４", "13900001234"),
     ("+8613900001234", "13900001234")],
)  # fmt: skip
def test_phones_are_cleaned_of_what_spreadsheets_do_to_them(typed: Any, digits: str) -> None:
    found = drafted([line(phone=typed)])
    assert (found.rows[0].phones, found.flagged) == ((digits,), ())


@pytest.mark.parametrize("typed", ["1390000123", 1390000123.0, "139000012345"])
def test_a_malformed_phone_is_kept_and_flagged(typed: Any) -> None:
    found = drafted([line(phone=typed)])
    assert found.rows[0].phones == (str(typed).removesuffix(".0"),)
    assert [(flag.row, flag.column, flag.why) for flag in found.flagged] == [(2, "D", Why.PHONE_MALFORMED)]
    assert found.bad == ()


def test_two_phones_in_one_cell_are_two_phones() -> None:
    assert drafted([line(phone="13900001234/0731-88881234")]).rows[0].phones == ("13900001234", "073188881234")


def test_a_word_that_sounds_like_the_houses_own_is_that_word() -> None:
    words = {"purpose": ("自住", "投资"), "channel": ("路过", "朋友介绍")}
    found = drafted([line(purpose="自主", channel="陆过"), line(purpose="养老")], words=words)
    assert [dict(row.answers)["purpose"] for row in found.rows] == [("自住",), ("养老",)]
    assert found.rows[0].channel == "路过"


@pytest.mark.parametrize(
    ("area", "said"),
    [("150-200㎡", "150–200"), ("300m2左右", "300"), ("200以上", "200–"), ("越大越好", "越大越好"), (120.0, "120")],
)
def test_wished_areas_come_in_one_spelling(area: Any, said: str) -> None:
    assert dict(drafted([line(area=area)]).rows[0].answers)["area"] == (said,)


@pytest.mark.parametrize(
    ("title", "kind"),
    [("来访客户登记表", Contact.VISIT), ("来电登记表", Contact.CALL_IN), ("去电记录", Contact.CALL_OUT)],
)
def test_the_title_says_what_kind_of_contact_is_listed(title: str, kind: Contact) -> None:
    assert drafted([line()], title=title).rows[0].kind is kind


def test_a_column_says_it_line_by_line() -> None:
    header = [*HEADER, "来访方式"]
    found = drafted([[*line(), "首访"], [*line(), "来电"], [*line(), ""]], header)
    assert [row.kind for row in found.rows] == [Contact.VISIT, Contact.CALL_IN, Contact.VISIT]


def test_merged_and_left_out_days_mean_the_day_above() -> None:
    rows = [line(), line(day="", name="何"), line(day=46076.0, name="高"), line(day=None, name="马")]
    found = drafted(rows, merged=[((3, 0), (4, 0))])
    assert [row.at.date() for row in found.rows] == [date(2026, 2, 24)] * 2 + [date(2026, 2, 23)] * 2


def test_an_hour_beside_the_day_is_kept() -> None:
    assert drafted([line(day="2026-02-24 16:30")]).rows[0].at == datetime(2026, 2, 24, 16, 30, tzinfo=CHINA)


def test_a_day_without_a_year_takes_the_titles_year() -> None:
    assert drafted([line(day="2月24日")], title="2025年来访登记").rows[0].at.date() == date(2025, 2, 24)
    assert [bad.why for bad in drafted([line(day="2月24日")]).bad] == [Why.YEAR_MISSING]


def test_a_line_without_name_and_phone_or_with_a_day_to_come_cannot_be_taken() -> None:
    found = drafted([line(name="", phone=""), line(day="2027-01-01"), line()])
    assert [(bad.row, bad.column, bad.why) for bad in found.bad] == [(2, "B", Why.MISSING), (3, "A", Why.OUT_OF_RANGE)]
    assert len(found.rows) == 1


def test_a_malformed_card_number_is_kept_and_flagged() -> None:
    found = drafted([[*line(), "430102199001011234"]], [*HEADER, "身份证号"])
    assert found.rows[0].id_number == "430102199001011234"
    assert [flag.why for flag in found.flagged] == [Why.ID_MALFORMED]


def test_a_sheet_without_days_or_names_is_refused() -> None:
    with pytest.raises(ColumnsMissing):
        drafted([["林木", "男", "13900001234"]], ["姓名", "性别", "联系方式"])


def test_the_plan_counts_new_and_known_customers_before_anything_is_written(desk: Desk) -> None:
    put_on_record(desk, [line()])
    draft = drafted([line(), line(day="2026.2.25"), line(phone="13900005678", name="高山", consultant="谁")])
    plan = plan_visits(desk, draft)
    assert (plan.repeated, plan.known, plan.new) == (1, 1, 1)
    assert plan.unknown_consultants == ("谁",)
    assert count(desk, visit) == 1


def test_lines_of_one_phone_are_one_customer(desk: Desk) -> None:
    assert put_on_record(desk, [line(), line(day="2026.2.26"), line(phone="13900005678", name="高山")]) == (2, 3, 0)
    with desk.reading() as connection:
        first = connection.execute(select(customer).where(customer.c.name == "林木")).one()
        met = connection.execute(
            select(visit.c.first).where(visit.c.customer_id == first.id).order_by(visit.c.at)
        ).all()
        who = connection.scalar(select(person.c.name).where(person.c.id == first.owner_id))
    assert (first.level, first.sex, who) == ("B", "male", "何平")
    assert [one.first for one in met] == [True, False]


def test_the_same_ledger_again_changes_nothing(desk: Desk) -> None:
    rows = [line(), line(phone="", name="路人甲"), line(phone="1390000123", name="高山")]
    assert put_on_record(desk, rows) == (3, 3, 0)
    before = count(desk, customer), count(desk, visit), count(desk, tally)
    assert plan_visits(desk, drafted(rows)).empty
    assert put_on_record(desk, rows) == (0, 0, 3)
    assert (count(desk, customer), count(desk, visit), count(desk, tally)) == before


def test_a_malformed_phone_is_on_record_as_such(desk: Desk) -> None:
    put_on_record(desk, [line(phone="1390000123")])
    with desk.reading() as connection:
        kept = connection.execute(select(customer_phone.c.digits, customer_phone.c.well_formed)).one()
    assert tuple(kept) == ("1390000123", False)


def test_bad_lines_stop_everything_until_left_out_on_purpose(desk: Desk) -> None:
    plan = plan_visits(desk, drafted([line(), line(day="上周")]))
    with pytest.raises(BadRowsRemain):
        carry_out_visits(desk, plan, NOW)
    assert count(desk, visit) == 0
    assert carry_out_visits(desk, plan, NOW, leave_out=True).left_out == 1


def test_a_stop_half_way_leaves_no_trace(desk: Desk) -> None:
    plan = plan_visits(desk, drafted([line(phone=f"1390{n:07d}", name=f"客{n}") for n in range(2_100)]))
    asked: list[None] = []
    watch = Watch(cancelled=lambda: asked.append(None) or len(asked) > 1)  # type: ignore[func-returns-value]
    with pytest.raises(Stopped):
        carry_out_visits(desk, plan, NOW, watch)
    assert (count(desk, visit), count(desk, customer)) == (0, 0)


def test_a_csv_of_an_old_system_is_read_the_same(tmp_path: Path) -> None:
    book = read_book(write_csv(tmp_path / "a.csv", [HEADER, line(), line(name="高山")], "gb18030"))
    found = visits_of(find(book, Kind.VISITS, FREE), TODAY, {})
    assert [row.name for row in found.rows] == ["林木", "高山"]


def test_a_name_no_paper_could_print_is_kept_and_flagged_with_its_character() -> None:
    found = drafted([line(name="王😀"), line(name="欧阳䶮")])
    assert [row.name for row in found.rows] == ["王😀", "欧阳䶮"]
    assert [(flag.row, flag.column, flag.why, flag.detail) for flag in found.flagged] == [(2, "B", Why.UNPRINTABLE, "😀")]


def test_a_name_written_in_parts_is_read_whole_and_flagged_by_nobody() -> None:
    found = drafted([line(name="Ame\u0301lie"), line(name="Am\u00e9lie"), line(name="林木")])
    assert [one.name for one in found.rows] == ["Am\u00e9lie", "Am\u00e9lie", "林木"]
    assert found.flagged == ()

