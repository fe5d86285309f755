"""Columns are recognised by what they are called and by what stands in them."""

from __future__ import annotations

import pytest

from salescenter.domain.columns import BY_KEY, FIELDS, Kind, UnitField, VisitField
from salescenter.domain.recognition import Because, ColumnMapping, likeness, recognise, title
from salescenter.domain.sheet_values import Cell, plain

U, V = UnitField, VisitField

UNIT_ROWS: list[list[Cell]] = [
    [
        f"{b}栋",
        "--",
        f"{f}F",
        f"{f}0{n}",
        "三室两厅",
        "住宅",
        "南",
        100.0 + n,
        80.0 + n,
        9_000.0 + f,
        (100.0 + n) * (9_000 + f),
    ]
    for b in (1, 2)
    for f in range(1, 6)
    for n in (1, 2)
]


def columns_of(rows: list[list[Cell]]) -> list[tuple[Cell, ...]]:
    return list(zip(*rows, strict=True))


def fields_of(mapping: ColumnMapping) -> list[str]:
    return [str(column.field or "") for column in mapping.columns]


def test_the_usual_headers_are_recognised() -> None:
    headers = [
        "楼栋",
        "单元",
        "楼层",
        "房号",
        "户型",
        "用途",
        "朝向",
        "建筑面积（㎡）",
        "套内面积",
        "单价（元）",
        "商铺总价（元）",
    ]
    mapping = recognise(Kind.UNITS, headers, columns_of(UNIT_ROWS))
    assert fields_of(mapping) == [
        "building",
        "stair",
        "floor",
        "number",
        "type",
        "use",
        "facing",
        "gross",
        "inner",
        "gross-price",
        "total",
    ]
    assert mapping.lacking() == ()


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("幢号", U.BUILDING),
        ("梯号", U.STAIR),
        ("自然楼层", U.FLOOR),
        ("销售楼层", U.SALE_FLOOR),
        ("室号", U.NUMBER),
        ("房间序号", U.PLACE),
        ("户内面积", U.INNER),
        ("预测套内建筑面积", U.INNER),
        ("公摊面积", U.SHARED),
        ("实测建筑面积", U.MEASURED_GROSS),
        ("预售单价", U.GROSS_PRICE),
        ("套内单价(元/㎡)", U.INNER_PRICE),
        ("总房款", U.TOTAL),
        ("备案总价", U.FILED_TOTAL),
        ("备案单价", U.FILED_PRICE),
        ("底价", U.FLOOR_TOTAL),
        ("预售许可证号", U.PERMIT),
        ("入伙日期", U.HANDOVER),
        ("签约›房号", U.NUMBER),
        ("价格（元/㎡）", U.GROSS_PRICE),
        ("房屋售价（元/㎡）", U.GROSS_PRICE),
        ("价格（万元）", U.TOTAL),
    ],
)
def test_each_name_of_the_trade_means_its_own_field_best(header: str, field: UnitField) -> None:
    best = max((one.key for one in FIELDS[Kind.UNITS]), key=lambda key: likeness(header, Kind.UNITS, key))
    assert best is field


@pytest.mark.parametrize("kind", Kind)
def test_no_name_stands_for_two_fields_and_all_are_folded(kind: Kind) -> None:
    names = [name for field in FIELDS[kind] for name in field.names]
    assert len(names) == len(set(names))
    assert [name for name in names if plain(name) != name] == []
    assert all(likeness(name, kind, field.key)[0] == 1.0 for field in FIELDS[kind] for name in field.names)


def test_contents_that_cannot_be_outweigh_the_header() -> None:
    rows: list[list[Cell]] = [[f"{n}01", "精装", "南"] for n in range(1, 30)]
    mapping = recognise(Kind.UNITS, ["房号", "建筑面积", "朝向"], columns_of(rows))
    assert fields_of(mapping) == ["number", "", "facing"]
    assert mapping.columns[1].reasons[-1].because is Because.CONTENTS_DIFFER


def test_unmistakable_contents_are_recognised_without_a_header() -> None:
    rows: list[list[Cell]] = [[f"2024-03-{n:02d}", f"赵{n}", f"1390000{n:04d}", "女"] for n in range(1, 29)]
    mapping = recognise(Kind.VISITS, ["日期", "姓名", "", "X"], columns_of(rows))
    assert fields_of(mapping) == ["day", "name", "phone", "sex"]
    assert mapping.columns[2].reasons[0].because is Because.CONTENTS_ONLY


def test_of_two_columns_for_one_field_the_better_wins_and_the_other_says_so() -> None:
    rows: list[list[Cell]] = [[f"{n}01", 500_000.0, 510_000.0] for n in range(1, 30)]
    mapping = recognise(Kind.UNITS, ["房号", "商铺总价", "总价"], columns_of(rows))
    assert fields_of(mapping) == ["number", "", "total"]
    assert mapping.columns[1].reasons[0].because is Because.TAKEN


def test_a_header_in_ten_thousands_carries_its_scale() -> None:
    assert (title("总价（万元）").stem, title("总价（万元）").scale) == ("总价", 10_000)
    assert (title("单元").stem, title("单价\n(元/㎡)").stem) == ("单元", "单价")


def test_a_correction_by_hand_takes_the_field_from_its_old_column() -> None:
    mapping = recognise(Kind.UNITS, ["房号", "面积"], columns_of([["101", 90.0], ["102", 91.0]]))
    corrected = mapping.with_(1, U.INNER).with_(0, U.INNER)
    assert fields_of(corrected) == ["inner", ""]
    assert corrected.lacking() == (U.NUMBER,)


def test_what_the_user_taught_is_recalled_for_the_same_headers_only() -> None:
    columns = columns_of([["101", 90.0, "甲"], ["102", 91.0, "乙"]])
    mapping = recognise(Kind.UNITS, ["房号", "面积", "戊列"], columns)
    taught = mapping.with_(2, U.TYPE).with_(1, None)
    again = recognise(Kind.UNITS, ["房号", "面积", "戊列"], columns)
    other = recognise(Kind.UNITS, ["房号", "面积", "己列"], columns)
    assert again.fingerprint == taught.fingerprint != other.fingerprint
    assert fields_of(again.recall(taught.taught())) == fields_of(taught)
    assert again.recall(taught.taught()).columns[2].reasons[0].because is Because.REMEMBERED


def test_a_visit_sheet_of_the_trade_is_recognised_whole() -> None:
    headers = [
        "日期",
        "姓名",
        "性别",
        "联系方式",
        "年龄",
        "居住地址",
        "职业类型",
        "家庭结构",
        "置业动机",
        "客户来源",
        "产品需求",
        "面积需求",
        "意向楼层",
        "意向价格",
        "客户意向",
        "付款方式",
        "关注点",
        "抗拒点",
        "产品类型",
        "备注",
        "置业顾问",
    ]
    row: list[Cell] = [
        "2024.3.02",
        "林木",
        "男",
        13900001234.0,
        "35",
        "城东",
        "教师",
        "三口",
        "自住",
        "路过",
        "三室",
        "90-110",
        "中层",
        "200万",
        "B",
        "按揭",
        "学区",
        "价格",
        "洋房",
        "",
        "何平",
    ]
    mapping = recognise(Kind.VISITS, headers, columns_of([row, row]))
    assert [column.header for column in mapping.columns if column.field is None] == ["产品类型"]
    assert mapping.at(V.PHONE) is not None
    assert mapping.lacking() == ()


def test_every_field_is_known_by_its_key() -> None:
    assert set(BY_KEY) == set(UnitField) | set(VisitField)
    assert len(BY_KEY) == len(UnitField) + len(VisitField)
