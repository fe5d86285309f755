"""Importing from the command line: what would be made is printed, bad rows are said, exit codes are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescenter.cli import main
from salescenter.services.estate.views import overview
from tests.services.importing.estates import HEADER, made_house, new_path, unit
from tests.services.importing.sheets import Rows, write_book

LEDGER: Rows = [["日期", "姓名", "联系方式"], ["2026-02-24", "林木", "13900001234"], ["上周", "高山", "13900005678"]]


@pytest.fixture
def house(tmp_path: Path) -> str:
    made_house(new_path(tmp_path)).engine.dispose()
    return str(new_path(tmp_path))


def stored(house: str) -> int:
    from salescenter.commands.desk import sitting

    with sitting(house) as (desk, _):
        return sum(building.units for building in overview(desk).buildings)


def test_a_dry_run_prints_and_writes_nothing(house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_book(tmp_path / "价目表.xlsx", {"房源": [HEADER, unit("101"), unit("102")]})
    assert main(["import", "units", str(file), "--database", house, "--dry-run"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "价目表.xlsx，工作表 房源，表头在第 1 行",
        "新增 2 套，变更 0 套，不变 0 套，表中没有 0 套",
        "* 到分: 1,800,000.00",
        "  到元（四舍五入）: 1,800,000.00",
        "  到元（舍去角分）: 1,800,000.00",
        "没有写入任何内容",
    ]
    assert stored(house) == 0


def test_a_list_is_imported_and_the_same_again_changes_nothing(
    house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_book(tmp_path / "a.xlsx", {"房源": [HEADER, unit("101"), unit("102")]})
    for said in ("已导入 2 套，变更 0 套", "已导入 0 套，变更 0 套"):
        assert main(["import", "units", str(file), "--database", house]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == said
    assert stored(house) == 2


def test_a_changed_price_is_printed_old_and_new(house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for price in (9000.0, 9100.0):
        file = write_book(tmp_path / "a.xlsx", {"房源": [HEADER, unit("101", price)]})
        assert main(["--lang", "en", "import", "units", str(file), "--database", house]) == 0
    assert "3-1-101: 900,000.00 -> 910,000.00" in capsys.readouterr().out


def test_bad_rows_end_with_one_until_they_are_left_out(
    house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [*unit("103")[:5], "待测", 80.0, 9000.0]
    file = write_book(tmp_path / "a.xlsx", {"房源": [HEADER, unit("101"), bad]})
    assert main(["import", "units", str(file), "--database", house]) == 1
    assert capsys.readouterr().err == "第 3 行 · F  建筑面积 · 待测 · 不是数字。 · 只写数字，例如 107.62。\n"
    assert stored(house) == 0
    assert main(["import", "units", str(file), "--database", house, "--leave-out-bad"]) == 0
    assert stored(house) == 1


def test_more_bad_rows_than_anybody_reads_are_counted(
    house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [unit(f"1{n:02d}") for n in range(1, 100)] * 3
    file = write_book(tmp_path / "a.xlsx", {"房源": [HEADER, *rows]})
    assert main(["import", "units", str(file), "--database", house]) == 1
    told = capsys.readouterr().err.splitlines()
    assert (len(told), told[-1]) == (101, "……还有 98 处")


def test_columns_that_are_not_imported_are_named(
    house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_book(tmp_path / "a.xlsx", {"房源": [[*HEADER, "戊"], [*unit("101"), "己"]]})
    assert main(["import", "units", str(file), "--database", house, "--dry-run"]) == 0
    assert "不导入的列：I 戊" in capsys.readouterr().out


def test_a_ledger_is_put_on_record(house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_book(tmp_path / "来访.xlsx", {"来访": LEDGER})
    assert main(["import", "visits", str(file), "--database", house]) == 1
    assert main(["import", "visits", str(file), "--database", house, "--leave-out-bad"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "已录入 1 条来访来电、1 位客户"


def test_a_sheet_without_room_numbers_is_refused_naming_the_column(
    house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_book(tmp_path / "a.xlsx", {"房源": [["楼栋", "楼层", "建筑面积"], ["3栋", "1", 90.0]]})
    assert main(["import", "units", str(file), "--database", house]) == 2
    assert "房号" in capsys.readouterr().err


def test_the_programs_own_export_comes_back_without_a_change(
    house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_book(
        tmp_path / "a.xlsx", {"房源": [HEADER, unit("101"), unit("102"), unit("201", building="5栋", stair="--")]}
    )
    out = tmp_path / "out.xlsx"
    assert main(["import", "units", str(file), "--database", house]) == 0
    assert main(["export", "units", str(out), "--database", house]) == 0
    assert main(["import", "units", str(out), "--database", house, "--dry-run"]) == 0
    assert "新增 0 套，变更 0 套，不变 3 套，表中没有 0 套" in capsys.readouterr().out
