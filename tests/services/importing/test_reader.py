"""Every kind of file a sales centre has is read for what it is, or refused in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salescenter.domain.refusals import SheetUnreadable
from salescenter.services.importing.reader import read_book
from tests.services.importing.sheets import Rows, write_book, write_csv

ROWS = [["楼栋", "房号", "总价"], ["3栋", "101", "900000"], ["3栋", "１０２", ""]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_is_read_in_every_encoding_and_with_every_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    book = read_book(write_csv(tmp_path / "房源.csv", ROWS, encoding, delimiter))
    assert [list(row) for row in book.sheets[0].rows] == ROWS
    assert book.sheets[0].name == "房源"


def test_rare_characters_of_gb18030_survive(tmp_path: Path) -> None:
    rows = [["姓名", "电话"], ["䶮𬭚", "13900000000"]]
    assert list(read_book(write_csv(tmp_path / "a.csv", rows, "gb18030")).sheets[0].rows[1]) == rows[1]


def test_a_quoted_cell_keeps_its_line_break(tmp_path: Path) -> None:
    rows = [["房号", "备注"], ["101", "南向\n带露台"]]
    assert list(read_book(write_csv(tmp_path / "a.csv", rows, "utf-8")).sheets[0].rows[1]) == rows[1]


def test_ragged_lines_of_a_csv_are_made_equally_wide(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("楼栋,房号,总价\n3栋,101\n", encoding="utf-8")
    assert [len(row) for row in read_book(path).sheets[0].rows] == [3, 3]


def test_a_workbook_keeps_its_empty_sheets_days_and_merged_ranges(tmp_path: Path) -> None:
    rows: Rows = [["标题", "", ""], ["房号", "日期", "面积"], ["101", date(2024, 2, 24), 90.5]]
    path = write_book(tmp_path / "a.xlsx", {"空": [], "房源": rows}, {"房源": [((0, 0), (0, 2))]})
    book = read_book(path)
    assert [len(one.rows) for one in book.sheets] == [0, 3]
    assert book.sheets[1].merged == (((0, 0), (0, 2)),)
    assert list(book.sheets[1].rows[2]) == ["101", date(2024, 2, 24), 90.5]


def test_a_workbook_under_the_wrong_name_is_read_for_what_it_is(tmp_path: Path) -> None:
    written = write_book(tmp_path / "a.xlsx", {"房源": ROWS})
    renamed = written.rename(tmp_path / "a.xls")
    assert read_book(renamed).sheets[0].name == "房源"
    as_text = write_csv(tmp_path / "b.xls", ROWS, "gbk", "\t")
    assert list(read_book(as_text).sheets[0].rows[1]) == ROWS[1]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04not a workbook at all", "damaged"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web-page"),
        (b"\x00\x01\x02\x00\x05", "not-a-table"),
        (b"\xff\x00\xff\x81\x20", "encoding"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(SheetUnreadable) as refusal:
        read_book(path)
    assert refusal.value.details["why"] == why


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetUnreadable) as refusal:
        read_book(tmp_path / "gone.xlsx")
    assert refusal.value.details["why"] == "cannot-open"
