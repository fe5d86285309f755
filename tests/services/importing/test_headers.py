"""The header is found under titles, in one row or several, and not where there is none."""

from __future__ import annotations

from salescenter.domain.columns import Kind
from salescenter.services.importing.headers import find_header
from tests.services.importing.sheets import Rows, sheet

HEADER = ["楼栋", "楼层", "房号", "建筑面积", "单价", "总价"]
UNIT = ["3栋", "1F", 101.0, 90.5, 9000.0, 814500.0]


def test_a_header_in_the_first_row_is_found() -> None:
    found = find_header(sheet([HEADER, UNIT]), Kind.UNITS)
    assert found is not None
    assert (found.row, found.height, found.names, found.title) == (0, 1, tuple(HEADER), "")


def test_a_header_under_title_and_remark_rows_is_found() -> None:
    rows: Rows = [["住宅导入信息表"], ["制表：内勤", "", "", "2024-02-24"], [], HEADER, UNIT]
    found = find_header(sheet(rows, [((0, 0), (0, 5))]), Kind.UNITS)
    assert found is not None
    assert (found.row, found.height) == (3, 1)
    assert found.title == "住宅导入信息表 制表:内勤 2024-02-24"


def test_a_header_written_over_two_merged_rows_is_read_down_its_columns() -> None:
    rows: Rows = [
        ["认购日期", "楼栋", "", "面积", "", "价格", ""],
        ["", "栋号", "房号", "建筑面积", "套内面积", "单价", "总价"],
        ["2024-02-24", "3栋", "101", 90.5, 72.0, 9000.0, 814500.0],
    ]
    merged = [((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (0, 4)), ((0, 5), (0, 6))]
    found = find_header(sheet(rows, merged), Kind.UNITS)
    assert found is not None
    assert (found.row, found.height) == (0, 2)
    assert found.names == (
        "认购日期",
        "楼栋›栋号",
        "楼栋›房号",
        "面积›建筑面积",
        "面积›套内面积",
        "价格›单价",
        "价格›总价",
    )


def test_a_two_row_header_of_a_csv_is_read_without_merge_marks() -> None:
    rows: Rows = [
        ["房源", "", "", "面积", ""],
        ["楼栋", "楼层", "房号", "建筑面积", "套内面积"],
        ["3栋", "1", "101", "90.5", "72.0"],
    ]
    found = find_header(sheet(rows), Kind.UNITS)
    assert found is not None
    assert found.body == 2
    assert found.names[2].endswith("房号")


def test_a_wide_two_row_ledger_header_is_found() -> None:
    top = ["序号", "来访日期", "客户信息", *[""] * 6, "需求", *[""] * 5, "顾问", *[f"跟进{n}" for n in range(1, 23)]]
    below = [
        "",
        "",
        "姓名",
        "性别",
        "联系方式",
        "年龄",
        "职业",
        "居住区域",
        "家庭结构",
        "产品需求",
        "面积需求",
        "意向价格",
        "付款方式",
        "关注点",
        "抗拒点",
        "",
        *[""] * 22,
    ]
    merged = [((0, 2), (0, 8)), ((0, 9), (0, 14)), *[((0, i), (1, i)) for i in (0, 1, 15, *range(16, 38))]]
    row = ["1", "2024.3.1", "林木", "男", "13900001234", "35", *[""] * 32]
    found = find_header(sheet([top, below, row], merged), Kind.VISITS)
    assert found is not None
    assert (found.row, found.height, len(found.names)) == (0, 2, 38)
    assert found.names[4] == "客户信息›联系方式"


def test_data_rows_of_text_are_not_taken_into_the_header() -> None:
    rows: Rows = [["姓名", "性别", "职业", "居住区域"], ["林木", "男", "教师", "城东"], ["何平", "女", "医生", "城西"]]
    found = find_header(sheet(rows), Kind.VISITS)
    assert found is not None
    assert (found.row, found.height) == (0, 1)


def test_a_sheet_without_a_header_has_none() -> None:
    assert find_header(sheet([UNIT, UNIT, UNIT]), Kind.UNITS) is None
    assert find_header(sheet([]), Kind.UNITS) is None
    assert find_header(sheet([["填表说明"], ["请勿改动表头"]]), Kind.UNITS) is None
