"""An import is taken back as if it had never been, while nothing was built on it; else it says what was."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Table, select

from salescenter.data.estate import building, phase, stair, unit, unit_moment, unit_type
from salescenter.data.history import history
from salescenter.data.schema import metadata
from salescenter.data.unit_ties import TIES
from salescenter.domain.import_refusals import ImportBuiltOn, ImportTakenBack
from salescenter.domain.money import Money
from salescenter.domain.refusals import NotFound, NotYours, WrongWay
from salescenter.domain.staff import Role
from salescenter.domain.units import Flag, Step
from salescenter.services import grid, release
from salescenter.services.check import check
from salescenter.services.estate.deeds import PermitRequest, RemoveBuilding, keep_permit, remove_building
from salescenter.services.importing.taking_back import TakeBack, TakenBack, recent, take_back
from salescenter.services.papers.archive import PrintRequest, keep
from salescenter.services.work import Desk
from tests.houses import colleague
from tests.services.importing.estates import HEADER, NOW, desk, imported, planned, small
from tests.services.importing.estates import unit as row

__all__ = ["desk", "small"]

LIST = [row("1201"), row("1202"), row("1101", 8900.0), row("201", building="10栋", stair="--")]
LATER = NOW + timedelta(hours=1)
EVENING = NOW + timedelta(hours=8)


def rows(desk: Desk, table: Table) -> list[Any]:
    with desk.reading() as connection:
        return [one._mapping for one in connection.execute(select(table).order_by(table.c.id))]


def stands(desk: Desk) -> list[dict[str, Any]]:
    """Every unit but for the work that changed it last."""
    return [{name: value for name, value in one.items() if name != "revision"} for one in rows(desk, unit)]


def test_a_list_taken_back_leaves_nothing_of_it(desk: Desk) -> None:
    done = imported(desk, LIST)
    before = grid.news(desk, 0)
    assert take_back(desk, TakeBack(done.revision), LATER) == TakenBack(4, 0)
    assert (before.units, grid.news(desk, before.upto).units) == (4, 0)
    assert [rows(desk, table) for table in (unit, unit_moment, stair, building, unit_type, phase)] == [[]] * 6
    assert check(desk) == []
    assert imported(desk, LIST, now=EVENING).units == 4


def test_changed_units_stand_as_before_and_new_ones_are_gone(desk: Desk) -> None:
    header = [*HEADER, "备案总价", "是否抵押", "预售许可证", "朝向"]
    imported(desk, LIST)
    keep_permit(desk, PermitRequest("深房许字001", date(2026, 1, 5)), NOW)
    before, built = stands(desk), (len(rows(desk, stair)), len(rows(desk, building)))
    news = [
        [*row("1201", 9500.0, 101.5), 990000.0, "是", "深房许字001", "南"],
        [*row("1301"), None, "", "", ""],
        [*row("301", building="11栋", stair="--"), None, "", "", ""],
    ]
    done = imported(desk, news, header, now=LATER)
    assert (done.units, done.changed) == (2, 1)
    changed = stands(desk)[0]
    assert (changed["area"], changed["flags"], changed["filed_total"]) == (
        Decimal("101.5"), Flag.MORTGAGED, Money.yuan(990_000))
    assert take_back(desk, TakeBack(done.revision), EVENING) == TakenBack(2, 1)
    assert stands(desk) == before
    assert (len(rows(desk, stair)), len(rows(desk, building))) == built
    assert check(desk) == []
    assert planned(desk, LIST).empty
    assert grid.cells_at(desk, EVENING).total == grid.cells(desk).total


def test_floor_prices_are_told_in_lines_of_their_own_and_taken_back_with_the_rest(desk: Desk) -> None:
    header = [*HEADER, "底价"]
    imported(desk, [[*row("1201"), 800000.0], [*row("1202"), None]], header)
    before = stands(desk)
    done = imported(desk, [[*row("1201"), 850000.0], [*row("1202", 9000.0, 101.5), 820000.0]], header, now=LATER)
    assert [one["floor_total"] for one in stands(desk)] == [Money.yuan(850_000), Money.yuan(820_000)]
    told = [one for one in rows(desk, history) if "floor_total" in (one["after"] or {})]
    assert {(one["subject"], one["unit_id"]) for one in told} == {("floor-price", None)}
    assert [(one["before"]["floor_total"] is None) for one in told] == [False, True]
    assert take_back(desk, TakeBack(done.revision), EVENING) == TakenBack(0, 2)
    assert stands(desk) == before
    assert check(desk) == []


def test_what_was_done_with_a_unit_since_keeps_the_import(desk: Desk) -> None:
    done = imported(desk, LIST)
    number = rows(desk, unit)[1]["id"]
    keep_permit(desk, PermitRequest("深房许字001", date(2026, 1, 5), buildings=(rows(desk, building)[0]["id"],)), NOW)
    release.release(desk, release.ReleaseRequest((release.Seen(number, done.revision),)), LATER)
    with pytest.raises(ImportBuiltOn) as refused:
        take_back(desk, TakeBack(done.revision), EVENING)
    told = refused.value.details
    assert (told["unit"], told["step"], told["by"], told["at"], told["count"]) == (
        "3-1-1202", Step.RELEASE, "王经理", LATER, 1)
    assert len(rows(desk, unit)) == 4


def test_a_paper_or_a_quotation_about_a_unit_keeps_the_import_and_its_building(small: Desk) -> None:
    done = imported(small, LIST)
    last = rows(small, unit)[-1]
    keep(small, PrintRequest("selection", "XF-1", "选房确认单", b"%PDF", unit=last["id"]), LATER)
    with pytest.raises(ImportBuiltOn) as refused:
        take_back(small, TakeBack(done.revision), EVENING)
    assert (refused.value.details["unit"], refused.value.details["step"]) == ("10-201", Step.PRINT_PAPER)
    with pytest.raises(WrongWay):
        remove_building(small, RemoveBuilding(last["building_id"]), EVENING)
    assert len(rows(small, building)) == 2


def test_a_unit_that_is_gone_already_is_told_without_its_name(small: Desk) -> None:
    done = imported(small, LIST)
    remove_building(small, RemoveBuilding(rows(small, building)[1]["id"]), LATER)
    with pytest.raises(ImportBuiltOn) as refused:
        take_back(small, TakeBack(done.revision), EVENING)
    assert refused.value.details == {"count": 1}


def test_what_others_put_into_a_new_building_stays_in_it(small: Desk) -> None:
    first = imported(small, LIST)
    imported(small, [row("1301")], now=LATER)
    assert take_back(small, TakeBack(first.revision), EVENING) == TakenBack(4, 0)
    assert [one["code"] for one in rows(small, unit)] == ["3-1-1301"]
    assert [one["name"] for one in rows(small, building)] == ["3栋"]


def test_the_last_imports_are_told_with_who_took_them_back(small: Desk) -> None:
    first, second = imported(small, LIST), imported(small, [row("1301")], now=LATER)
    take_back(small, TakeBack(second.revision), EVENING)
    told = [(one.revision, one.file, one.new, one.changed, one.by, one.back) for one in recent(small)]
    assert told == [
        (second.revision, "价目表.xlsx", 1, 0, "王经理", "王经理"), (first.revision, "价目表.xlsx", 4, 0, "王经理", "")]


def test_an_import_is_taken_back_once_and_by_whoever_may_import(small: Desk) -> None:
    done = imported(small, LIST)
    with pytest.raises(NotYours):
        take_back(colleague(small, Role.CONSULTANT), TakeBack(done.revision), LATER)
    with pytest.raises(NotFound):
        take_back(small, TakeBack(done.revision + 1), LATER)
    assert take_back(small, TakeBack(done.revision, "k"), LATER) == take_back(small, TakeBack(done.revision, "k"), LATER)
    with pytest.raises(ImportTakenBack):
        take_back(small, TakeBack(done.revision, "other"), EVENING)


def test_everything_that_points_at_a_unit_is_known() -> None:
    pointing = {
        table for table in metadata.tables.values() for link in table.foreign_keys if link.column.table is unit
    }
    assert pointing - {unit_moment} == set(TIES)
