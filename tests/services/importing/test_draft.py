"""A unit list becomes a draft: what was meant is understood, what cannot be is said with row, column and remedy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.columns import Kind, UnitField
from salescenter.domain.import_terms import Aside, Remedy
from salescenter.domain.money import Money, Rounding, total_of
from salescenter.domain.recognition import Because
from salescenter.domain.refusals import ColumnsMissing, NoHeader, Stopped
from salescenter.domain.sheet_values import Cell, Why
from salescenter.domain.units import PriceBasis, Use
from salescenter.services.importing.draft import Choice, UnitDraft, draft_units, find, units_of
from salescenter.services.importing.reader import Book, Range, Sheet, letter
from salescenter.services.importing.totals import makes, priced_fen
from salescenter.services.importing.watch import Watch
from tests.services.importing.sheets import Rows, sheet, write_book, write_csv

HEADER = ["楼栋", "单元", "楼层", "房号", "建筑面积", "套内面积", "单价", "总价"]
FREE = Choice()


def draft(rows: Rows, merged: Sequence[Range] = (), choice: Choice = FREE, name: str = "Sheet1") -> UnitDraft:
    return drafted([sheet(rows, merged, name)], choice)


def drafted(sheets: Sequence[Sheet], choice: Choice = FREE) -> UnitDraft:
    return units_of(find(Book("名单.xlsx", tuple(sheets)), Kind.UNITS, choice), choice)


def unit(
    building: Cell = "3栋", stair: Cell = "1单元", floor: Cell = "12", number: Cell = "1201", **other: Cell
) -> list[Cell]:
    values = {"gross": 100.0, "inner": 80.0, "price": 9000.0, "total": 900_000.0} | other
    return [building, stair, floor, number, *values.values()]


def test_a_plain_list_is_understood_whole() -> None:
    found = draft([HEADER, unit(), unit(number="1202")])
    row = found.rows[0]
    assert (row.building, row.stair, row.floor.level, row.number, row.place) == ("3栋", "1单元", 12, "1201", 0)
    assert (row.gross_cents, row.inner_cents, row.shared_cents) == (10000, 8000, 2000)
    assert (row.basis, row.unit_price, row.stated, row.lump) == (PriceBasis.GROSS, Money(900000), Money(90000000), None)
    assert (found.bad, found.flagged, found.skipped) == ((), (), ())


def test_text_typed_cells_are_understood_like_numbers() -> None:
    said = unit(
        "３＃", "一单元", "１２Ｆ", 1201.0, gross="１００．００㎡", inner="80", price="￥9,000元/㎡", total="90万"
    )
    typed, plain = draft([HEADER, said]).rows[0], draft([HEADER, unit()]).rows[0]
    assert typed[3] == plain[3]
    assert typed[4].level == plain[4].level
    assert typed[6:] == plain[6:]


def test_one_room_number_on_every_floor_gets_its_floor_in_front() -> None:
    rows = [unit(stair="--", floor=str(floor), number=room) for floor in (31, 30, 9) for room in ("01", "02")]
    found = draft([HEADER, *rows])
    assert [row.number for row in found.rows] == ["3101", "3102", "3001", "3002", "901", "902"]
    assert {row.stair for row in found.rows} == {""}


def test_rooms_named_by_letter_keep_their_names() -> None:
    rows = [unit(floor=floor, number=f"{floor}{letter}") for floor in (1, 2) for letter in "ABCD"]
    found = draft([HEADER, *rows])
    assert [row.number for row in found.rows] == ["1A", "1B", "1C", "1D", "2A", "2B", "2C", "2D"]
    assert [row.place for row in found.rows] == [0, 1, 2, 3] * 2


def test_doors_stand_above_one_another_also_where_floors_lack_some() -> None:
    numbers = ["501", "502", "504", "402", "404", "301", "304"]
    found = draft([HEADER, *(unit(floor=number[0], number=number) for number in numbers)])
    assert [row.place for row in found.rows] == [0, 1, 2, 1, 2, 0, 2]


def test_a_stair_written_with_the_door_is_taken_apart() -> None:
    header = ["楼栋", "房号", "建筑面积", "总价"]
    found = draft([header, ["3栋", "1单元-901", 90.0, 800_000.0], ["3栋", "2单元-901", 90.0, 800_000.0]])
    assert [(row.stair, row.number, row.floor.level) for row in found.rows] == [
        ("1单元", "901", 9),
        ("2单元", "901", 9),
    ]


def test_a_number_before_the_dash_is_the_building_or_the_stair() -> None:
    header = ["房号", "建筑面积", "总价"]
    alone = draft([header, ["3-1201", 90.0, 800_000.0], ["35A-101", 90.0, 800_000.0]])
    assert [(row.building, row.stair, row.number) for row in alone.rows] == [("3栋", "", "1201"), ("35A", "", "101")]
    beside = draft([["楼栋", *header], ["3栋", "2-1201", 90.0, 800_000.0], ["3栋", "3-1202", 90.0, 800_000.0]])
    assert [(row.building, row.stair, row.number) for row in beside.rows] == [
        ("3栋", "2单元", "1201"),
        ("3栋", "", "1202"),
    ]


def test_shops_named_with_their_building_are_taken_apart() -> None:
    header = ["商铺号", "建筑面积", "总价（万元）"]
    found = draft([header, ["S6#-101", 60.5, 120.0], ["S6#-102", 71.0, 140.55]])
    assert [(row.building, row.number, row.use) for row in found.rows] == [
        ("S6#", "101", Use.SHOP),
        ("S6#", "102", Use.SHOP),
    ]
    assert [row.lump for row in found.rows] == [Money.yuan(1_200_000), Money.yuan(1_405_500)]


def test_a_list_without_a_building_takes_the_one_its_title_names() -> None:
    header, row = HEADER[1:], unit()[1:]
    assert draft([["听松苑5号楼价目表"], header, row]).rows[0].building == "5号楼"
    assert draft([header, row], name="7栋").rows[0].building == "7栋"
    unnamed = draft([header, row])
    assert (unnamed.rows[0].building, unnamed.building_assumed) == ("1栋", "1栋")
    assert draft([header, row], choice=Choice(building="9栋")).rows[0].building == "9栋"


def test_the_estates_name_in_front_of_every_building_is_taken_off() -> None:
    found = draft([HEADER, unit("听松苑3栋"), unit("听松苑7栋")])
    assert ([row.building for row in found.rows], found.estate) == (["3栋", "7栋"], "听松苑")


def test_a_misleading_price_header_does_not_change_the_use() -> None:
    found = draft(
        [
            ["住宅导入信息表"],
            ["楼栋", "楼层", "房号", "建筑面积（㎡）", "建面单价（元）", "商铺总价（元）"],
            ["42栋", "1F", 101.0, 135.3, 5438.0, 735761.4],
        ],
        [((0, 0), (0, 5))],
    )
    assert found.rows[0].use is Use.HOME
    assert found.rows[0].stated == Money.yuan("735761.40")


def test_parking_without_a_floor_is_put_below_ground_and_flagged() -> None:
    found = draft([["车位号", "面积", "总价"], ["A-001", 12.5, 150_000.0]], name="地下车位")
    assert (found.rows[0].use, found.rows[0].floor.level) == (Use.PARKING, -1)
    assert [flag.why for flag in found.flagged] == [Why.FLOOR_ASSUMED]


def test_merged_buildings_stairs_and_floors_are_filled_down() -> None:
    rows: Rows = [
        HEADER,
        unit(),
        unit(None, None, None, "1202"),
        unit(None, None, "11", "1101"),
        unit(None, None, None, "1102"),
    ]
    merged = [((1, 0), (4, 0)), ((1, 1), (4, 1)), ((1, 2), (2, 2)), ((3, 2), (4, 2))]
    found = draft(rows, merged)
    assert [(row.building, row.stair, row.floor.level) for row in found.rows] == [
        ("3栋", "1单元", 12),
        ("3栋", "1单元", 12),
        ("3栋", "1单元", 11),
        ("3栋", "1单元", 11),
    ]


def test_blanks_below_a_building_in_a_csv_mean_the_same_building() -> None:
    rows: Rows = [HEADER, unit(), unit("", "", "", "1202"), unit("5栋", "", "3", "301"), unit("", "", "", "302")]
    found = draft(rows)
    assert [(row.building, row.stair, row.floor.level) for row in found.rows] == [
        ("3栋", "1单元", 12),
        ("3栋", "1单元", 12),
        ("5栋", "", 3),
        ("5栋", "", 3),
    ]


def test_a_stair_left_empty_beside_its_building_stays_empty() -> None:
    found = draft([HEADER, unit(stair="1单元"), unit(stair="", number="1202")])
    assert [row.stair for row in found.rows] == ["1单元", ""]


def test_one_amount_merged_over_several_units_is_refused() -> None:
    rows: Rows = [HEADER, unit(), unit(number="1202", total=None)]
    found = draft(rows, [((1, 7), (2, 7))])
    assert [(bad.row, bad.column, bad.why, bad.remedy) for bad in found.bad] == [
        (2, "H", Why.ONE_AMOUNT_FOR_MANY, Remedy.SPLIT_MERGED),
        (3, "H", Why.ONE_AMOUNT_FOR_MANY, Remedy.SPLIT_MERGED),
    ]
    assert found.rows == ()


def test_totals_notes_repeated_headers_and_blank_rows_are_set_aside() -> None:
    rows: Rows = [
        HEADER,
        unit(),
        [],
        ["小计", "", "", "", 100.0],
        HEADER,
        unit(number="1202"),
        ["", "", "", "合计", 200.0],
        ["备注：以合同为准"],
        ["", "", "", "王经理 2026-03-02 09:30 导出"],
    ]
    found = draft(rows)
    assert [row.number for row in found.rows] == ["1201", "1202"]
    assert [(one.row, one.aside) for one in found.skipped] == [
        (4, Aside.TOTAL),
        (5, Aside.HEADER),
        (7, Aside.TOTAL),
        (8, Aside.NOTE),
        (9, Aside.NOTE),
    ]
    assert found.bad == ()


@pytest.mark.parametrize(
    ("row", "column", "why", "remedy"),
    [
        (unit(number=""), "D", Why.MISSING, Remedy.FILL_IN),
        (unit(floor="屋顶"), "C", Why.NOT_A_FLOOR, Remedy.TYPE_FLOOR),
        (unit(gross="待测"), "E", Why.NOT_A_NUMBER, Remedy.TYPE_NUMBER),
        (unit(price="-9000"), "G", Why.NEGATIVE, Remedy.TYPE_NUMBER),
        (unit(total="#REF!"), "H", Why.FORMULA_ERROR, Remedy.REPAIR_FORMULA),
    ],
)
def test_a_row_that_cannot_be_taken_is_listed_and_left_out(
    row: list[Cell], column: str, why: Why, remedy: Remedy
) -> None:
    found = draft([HEADER, unit(number="1202"), row, unit(number="1203")])
    assert [(bad.row, bad.column, bad.why, bad.remedy) for bad in found.bad] == [(3, column, why, remedy)]
    assert [kept.number for kept in found.rows] == ["1202", "1203"]


def test_a_door_that_stands_twice_names_the_first_row() -> None:
    found = draft([HEADER, unit("3栋"), unit("3#", "一单元")])
    assert [(bad.row, bad.why, bad.detail) for bad in found.bad] == [(3, Why.TWICE, "2")]


def test_a_total_no_rounding_gives_is_kept_and_flagged() -> None:
    found = draft([HEADER, unit(total=905_000.0)])
    assert found.rows[0].lump == Money.yuan(905_000)
    assert [(flag.why, flag.detail) for flag in found.flagged] == [(Why.TOTAL_DIFFERS, "900,000.00")]


def test_an_inner_area_above_the_gross_one_is_flagged() -> None:
    assert [flag.why for flag in draft([HEADER, unit(inner=120.0)]).flagged] == [Why.INNER_ABOVE_GROSS]


def test_what_matters_less_is_left_empty_and_flagged() -> None:
    header = [*HEADER, "交房日期", "用途"]
    found = draft([header, [*unit(), "年底", "配套"], [*unit(number="1202"), 43734.0, "商铺"]])
    assert [(row.handover, row.use) for row in found.rows] == [(None, Use.HOME), (date(2019, 9, 26), Use.SHOP)]
    assert [flag.why for flag in found.flagged] == [Why.NOT_A_DAY, Why.UNKNOWN_WORD]


def test_a_price_on_the_inner_area_is_told_by_the_lists_own_totals() -> None:
    rows = [unit(number=f"12{n:02d}", inner=80.0 + n, price=11_000.0, total=(80.0 + n) * 11_000) for n in range(1, 9)]
    found = draft([HEADER, *rows])
    assert {row.basis for row in found.rows} == {PriceBasis.INNER}
    column = found.mapping.at(UnitField.INNER_PRICE)
    assert column is not None
    assert column.reasons[0].because is Because.PRODUCT_AGREES
    assert found.flagged == ()


def test_filed_prices_a_mortgage_and_measured_areas_are_taken() -> None:
    header = [*HEADER, "备案单价", "是否抵押", "实测建筑面积", "户型", "底价"]
    found = draft([header, [*unit(), 9500.0, "已抵押", 100.25, "三室两厅", 880_000.0]])
    row = found.rows[0]
    assert (row.filed_total, row.mortgaged, row.measured_gross) == (Money.yuan(950_000), True, 10025)
    assert (row.type, row.floor_total) == ("三室两厅", Money.yuan(880_000))


def test_totals_are_sums_of_rounded_units_under_each_rounding() -> None:
    found = draft(
        [
            HEADER,
            unit(gross=53.95, price=10001.0, total=539554.0),
            unit(number="1202", gross=50.0, price=13000.0, total=650000.0),
        ]
    )
    assert found.totals.amounts == {
        Rounding.TO_FEN: Money.yuan("1189553.95"),
        Rounding.TO_YUAN: Money.yuan(1189554),
        Rounding.DOWN_TO_YUAN: Money.yuan(1189553),
    }
    assert (found.totals.stated, found.totals.suggested) == (Money.yuan(1189554), Rounding.TO_YUAN)


def test_the_average_is_a_ratio_of_sums() -> None:
    found = draft(
        [
            HEADER,
            unit(price=10_000.0, total=1_000_000.0),
            unit(number="1202", gross=50.0, price=13_000.0, total=650_000.0),
        ]
    )
    assert found.totals.averages[Rounding.TO_FEN] == Money.yuan(11_000)


@given(st.integers(1, 10**6), st.integers(1, 10**8), st.sampled_from(Rounding))
def test_lists_are_priced_as_single_units_are(area: int, price: int, how: Rounding) -> None:
    total = total_of(Decimal(area) / 100, Money(price), how)
    assert priced_fen(area, price, how) == total.fen
    assert makes(area * price, total.fen)


def test_the_real_sheet_is_chosen_among_blank_and_headerless_ones() -> None:
    found = drafted(
        [sheet([], name="空"), sheet([["说明"], ["勿改"]], name="说明"), sheet([HEADER, unit()], name="房源")]
    )
    assert found.sheet == "房源"


def test_a_hidden_sheet_is_taken_only_when_asked_for() -> None:
    hidden = Sheet("旧", sheet([HEADER, unit(), unit(number="1202")]).rows, hidden=True)
    shown = sheet([HEADER, unit()], name="新")
    assert drafted([hidden, shown]).sheet == "新"
    assert drafted([hidden, shown], Choice(sheet="旧")).sheet == "旧"


def test_a_book_without_any_header_is_refused_with_its_sheets() -> None:
    with pytest.raises(NoHeader) as refusal:
        draft([unit(), unit()])
    assert refusal.value.details["sheets"] == ("Sheet1",)


def test_a_list_without_door_numbers_is_refused() -> None:
    with pytest.raises(ColumnsMissing) as refusal:
        draft([["楼栋", "楼层", "建筑面积"], ["3栋", "1", 90.0]])
    assert refusal.value.details["fields"] == (UnitField.NUMBER,)


def test_the_users_header_row_and_columns_are_obeyed() -> None:
    rows: Rows = [["甲", "乙", "丙"], ["3栋", "1201", 90.0], ["3栋", "1202", 91.0]]
    taught = {"0": "building", "1": "number", "2": "gross"}
    found = draft(rows, choice=Choice(header_row=1, taught=taught))
    assert [(row.building, row.number, row.gross_cents) for row in found.rows] == [
        ("3栋", "1201", 9000),
        ("3栋", "1202", 9100),
    ]


def test_a_sheet_without_a_header_is_read_once_its_columns_are_named() -> None:
    rows: Rows = [["3栋", "1201", 90.0, 9000.0], ["3栋", "1202", 91.0, 9100.0]]
    taught = {"1": "number", "2": "gross", "3": "gross-price"}
    found = draft(rows, choice=Choice(header_row=0, taught=taught))
    assert [(row.number, row.gross_cents, row.row) for row in found.rows] == [("1201", 9000, 1), ("1202", 9100, 2)]
    assert (found.header_row, [column.header for column in found.mapping.columns]) == (0, ["A", "B", "C", "D"])


def test_progress_is_told_and_a_stop_is_obeyed(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"房源": [HEADER, *(unit(number=str(n)) for n in range(1201, 1260))]})
    told: list[tuple[int, int]] = []
    draft_units(path, watch=Watch(tell=lambda done, whole, _: told.append((done, whole))))
    assert told[-1] == (59, 59)
    assert told == sorted(told, key=lambda one: one[0] / one[1])
    with pytest.raises(Stopped):
        draft_units(path, watch=Watch(cancelled=lambda: True))


def test_the_same_list_as_workbook_and_as_csv_makes_the_same_draft(tmp_path: Path) -> None:
    rows: Rows = [HEADER, *(unit(number=str(n)) for n in range(1201, 1206))]
    book = draft_units(write_book(tmp_path / "a.xlsx", {"a": rows}))
    text = draft_units(write_csv(tmp_path / "a.csv", rows, "gbk"))
    assert book.rows == text.rows


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_the_spreadsheet_names_them(index: int, name: str) -> None:
    assert letter(index) == name
