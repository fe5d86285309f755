"""An import shows what it would do, does all of it or nothing, and does nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, func, select, update

from salescenter.data.estate import building, import_mapping, permit, stair, unit, unit_moment, unit_type
from salescenter.data.feed import horizon
from salescenter.data.history import history
from salescenter.domain.columns import UnitField
from salescenter.domain.import_terms import Fact
from salescenter.domain.money import Money, Rounding
from salescenter.domain.refusals import BadRowsRemain, ChangedMeanwhile, NotYours, Stopped
from salescenter.domain.sheet_values import Why
from salescenter.domain.staff import Role
from salescenter.domain.units import Flag, PriceBasis, Step, UnitState
from salescenter.services import grid
from salescenter.services.importing.memory import taught
from salescenter.services.importing.plan import plan
from salescenter.services.importing.store import CHUNK, carry_out
from salescenter.services.importing.watch import Watch
from salescenter.services.work import Desk
from tests.houses import colleague
from tests.services.importing.estates import HEADER, NOW, desk, drafted, imported, made_house, new_path, planned, small
from tests.services.importing.estates import unit as row

__all__ = ["desk", "small"]

LIST = [row("1201"), row("1202"), row("1101", 8900.0), row("201", building="10栋", stair="--")]


def units(desk: Desk) -> dict[str, Row[Any]]:
    with desk.reading() as connection:
        return {found.code: found for found in connection.execute(select(unit).order_by(unit.c.id))}


def count(desk: Desk, table: Any) -> int:
    with desk.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def set_unit(desk: Desk, code: str, **values: Any) -> None:
    with desk.working(NOW) as work:
        work.connection.execute(update(unit).where(unit.c.code == code).values(revision=work.revision, **values))


def test_the_plan_shows_what_would_be_made_before_anything_is_written(desk: Desk) -> None:
    found = planned(desk, LIST)
    assert found.buildings == ("3栋", "10栋")
    assert found.stairs == (("3栋", "1单元"), ("10栋", ""))
    assert found.types == ("三室两厅两卫",)
    assert [new.code for new in found.new] == ["3-1-1201", "3-1-1202", "3-1-1101", "10-201"]
    assert found.total == Money.yuan(3_590_000)
    assert (found.changed, found.unchanged, found.missing, found.bad) == ((), 0, (), ())
    assert (count(desk, unit), count(desk, building)) == (0, 0)


def test_an_import_makes_buildings_stairs_types_and_units(desk: Desk) -> None:
    result = imported(desk, LIST)
    assert (result.buildings, result.stairs, result.types, result.units) == (2, 2, 1, 4)
    found = units(desk)["3-1-1201"]
    assert (found.number, found.floor, found.floor_natural, found.place) == ("1201", 120, "12", 0)
    assert (found.area, found.inner, found.shared) == (Decimal(100), Decimal(80), Decimal(20))
    assert (found.unit_price, found.list_total, found.total) == (
        Money(900_000),
        Money.yuan(900_000),
        Money.yuan(900_000),
    )
    assert (found.state, found.since) == (UnitState.NOT_RELEASED, date(2026, 3, 2))
    with desk.reading() as connection:
        types = connection.execute(select(unit_type.c.rooms, unit_type.c.halls, unit_type.c.baths)).one()
    assert tuple(types) == (3, 2, 2)


def test_the_grid_shows_imported_units_at_once(desk: Desk) -> None:
    with desk.reading() as connection:
        before = horizon(connection)
    imported(desk, LIST)
    layout = grid.layout(desk)
    assert [(block.name, [one.name for one in block.stairs]) for block in layout.buildings] == [
        ("3栋", ["1单元"]),
        ("10栋", [""]),
    ]
    assert list(grid.cells(desk).number) == ["1201", "1202", "1101", "201"]
    assert len(grid.news(desk, before).changes) == 4


def test_new_buildings_stand_among_the_others_by_their_number(small: Desk) -> None:
    imported(small, LIST)
    imported(small, [row("301", building="5栋"), row("301", building="裙楼")])
    assert [block.name for block in grid.layout(small).buildings] == ["3栋", "5栋", "10栋", "裙楼"]


def test_an_order_the_house_chose_itself_is_left_alone(small: Desk) -> None:
    imported(small, LIST)
    with small.working(NOW) as work:
        work.connection.execute(update(building).where(building.c.name == "3栋").values(position=9))
    imported(small, [row("301", building="5栋")])
    assert [block.name for block in grid.layout(small).buildings] == ["10栋", "3栋", "5栋"]


def test_the_same_list_again_changes_nothing(desk: Desk) -> None:
    imported(desk, LIST)
    before = units(desk), count(desk, history), count(desk, unit_moment)
    again = planned(desk, LIST)
    assert (again.empty, again.unchanged) == (True, 4)
    assert carry_out(desk, again, NOW).revision == 0
    assert (units(desk), count(desk, history), count(desk, unit_moment)) == before


def test_a_list_that_spells_buildings_and_stairs_otherwise_means_the_same_units(desk: Desk) -> None:
    imported(desk, LIST)
    again = planned(desk, [row("1201", building="3号楼", stair="一单元"), row("1202", building="3#", stair="1")])
    assert (again.unchanged, again.buildings) == (2, ())
    assert again.missing == ("3-1-1101",)


def test_changed_prices_are_shown_as_changes_and_carried_out(desk: Desk) -> None:
    imported(desk, LIST)
    changed = planned(desk, [row("1201", 9100.0), row("1202", 9200.0), *LIST[2:]])
    assert [(one.code, one.row, one.total) for one in changed.changed] == [
        ("3-1-1201", 2, (Money.yuan(900_000), Money.yuan(910_000))),
        ("3-1-1202", 3, (Money.yuan(900_000), Money.yuan(920_000))),
    ]
    assert {one.fact for one in changed.changed[0].facts} == {Fact.UNIT_PRICE, Fact.LIST_TOTAL}
    result = carry_out(desk, changed, NOW + timedelta(days=1))
    assert (result.units, result.changed, result.unchanged) == (0, 2, 2)
    assert (units(desk)["3-1-1201"].list_total, units(desk)["3-1-1201"].total) == (Money.yuan(910_000),) * 2
    with desk.reading() as connection:
        told = connection.execute(select(history).where(history.c.step == Step.SET_PRICE.value)).first()
    assert told is not None
    assert (told.before["fen"], told.after["fen"], told.after["reason"]) == (90_000_000, 91_000_000, "价目表.xlsx")
    assert len(grid.cells_at(desk, NOW + timedelta(hours=1)).id) == 4


def test_a_list_of_numbers_and_prices_alone_leaves_the_rest_as_it_was(desk: Desk) -> None:
    imported(desk, LIST)
    header = ["楼栋", "单元", "房号", "单价"]
    found = planned(desk, [["3栋", "1单元", "1201", 9500.0]], header)
    assert {one.fact for one in found.changed[0].facts} == {Fact.UNIT_PRICE, Fact.LIST_TOTAL}
    carry_out(desk, found, NOW)
    after = units(desk)["3-1-1201"]
    assert (after.area, after.list_total) == (Decimal(100), Money.yuan(950_000))


def test_a_new_area_without_a_price_keeps_the_price_and_counts_the_total_anew(small: Desk) -> None:
    imported(small, LIST)
    imported(small, [["3栋", "1单元", "1201", 101.5]], ["楼栋", "单元", "房号", "建筑面积"])
    assert units(small)["3-1-1201"].list_total == Money.yuan(913_500)


def test_a_lump_sum_whose_area_a_list_changes_must_be_approved_again(small: Desk) -> None:
    imported(small, LIST)
    lump = {"basis": PriceBasis.LUMP.value, "unit_price": Money(), "list_total": Money.yuan(900_000)}
    set_unit(small, "3-1-1201", **lump)
    area = [["3栋", "1单元", "1201", 101.5]], ["楼栋", "单元", "房号", "建筑面积"]
    imported(small, *area)
    after = units(small)["3-1-1201"]
    assert (after.flags, after.list_total) == (Flag.PRICE_REVIEW, Money.yuan(900_000))
    assert planned(small, *area).empty


@pytest.mark.parametrize(("how", "yuan"), [("fen", "539553.95"), ("yuan", "539554"), ("yuan-down", "539553")])
def test_totals_follow_the_projects_rounding(tmp_path: Path, how: str, yuan: str) -> None:
    desk = made_house(new_path(tmp_path), Rounding(how))
    imported(desk, [row("1201", 10001.0, 53.95)])
    assert units(desk)["3-1-1201"].list_total == Money.yuan(yuan)
    desk.engine.dispose()


def test_what_a_living_deal_agreed_is_not_changed_by_a_list(small: Desk) -> None:
    imported(small, LIST)
    set_unit(small, "3-1-1201", state=int(UnitState.SUBSCRIBED), total=Money.yuan(880_000))
    header = [*HEADER, "朝向"]
    found = planned(small, [[*row("1201", 9100.0), "南"]], header)
    assert [(one.code, one.total) for one in found.bound] == [("3-1-1201", (Money.yuan(900_000), Money.yuan(910_000)))]
    assert [[fact.fact for fact in one.facts] for one in found.changed] == [[Fact.FACING]]
    carry_out(small, found, NOW)
    after = units(small)["3-1-1201"]
    assert (after.facing, after.list_total, after.total) == ("南", Money.yuan(900_000), Money.yuan(880_000))


def test_a_price_above_the_filed_one_stops_its_row(small: Desk) -> None:
    found = planned(small, [[*row("1201"), 890_000.0], [*row("1202"), 900_000.0]], [*HEADER, "备案总价"])
    assert [(bad.row, bad.why, bad.detail) for bad in found.bad] == [(2, Why.ABOVE_FILED, "890,000.00")]
    assert [new.row.number for new in found.new] == ["1202"]


def test_bad_rows_stop_everything_until_they_are_left_out_on_purpose(desk: Desk) -> None:
    found = planned(desk, [*LIST, row("1301", area=-5.0)])
    with pytest.raises(BadRowsRemain) as refusal:
        carry_out(desk, found, NOW)
    assert refusal.value.details["count"] == 1
    assert count(desk, unit) == 0
    result = carry_out(desk, found, NOW, leave_out=True)
    assert (result.units, result.left_out) == (4, 1)


def test_a_stop_half_way_leaves_no_trace(desk: Desk) -> None:
    rows = [row(f"{floor}{room:02d}") for floor in range(1, 70) for room in range(1, 40)]
    assert len(rows) > CHUNK
    found = planned(desk, rows)
    asked: list[None] = []
    watch = Watch(cancelled=lambda: asked.append(None) or len(asked) > 1)  # type: ignore[func-returns-value]
    with pytest.raises(Stopped):
        carry_out(desk, found, NOW, watch)
    assert [count(desk, table) for table in (unit, building, stair, unit_type, history, unit_moment)] == [0] * 6


def test_an_estate_that_changed_meanwhile_refuses_the_old_plan(desk: Desk) -> None:
    old = planned(desk, [row("1201"), row("1202")])
    imported(desk, [row("1201")])
    with pytest.raises(ChangedMeanwhile):
        carry_out(desk, old, NOW)
    assert list(units(desk)) == ["3-1-1201"]


def test_new_units_beside_old_ones_stand_above_their_like(small: Desk) -> None:
    imported(small, [row("1202"), row("1203")])
    imported(small, [row("1101"), row("1103"), row("1301"), row("1305")])
    places = {code: found.place for code, found in units(small).items()}
    assert places == {
        "3-1-1202": 0, "3-1-1203": 1, "3-1-1101": 2, "3-1-1103": 1, "3-1-1301": 2, "3-1-1305": 3,
    }  # fmt: skip


def test_mortgages_come_and_go_with_the_list_and_leave_other_flags(small: Desk) -> None:
    header = [*HEADER, "是否抵押"]
    imported(small, [[*row("1201"), "是"]], header)
    assert units(small)["3-1-1201"].flags == Flag.MORTGAGED
    set_unit(small, "3-1-1201", flags=int(Flag.MORTGAGED | Flag.SHOW_FLAT))
    imported(small, [[*row("1201"), "否"]], header)
    assert units(small)["3-1-1201"].flags == Flag.SHOW_FLAT


def test_a_permit_is_joined_when_known_and_asked_for_when_not(small: Desk) -> None:
    header = [*HEADER, "预售许可证号"]
    with small.working(NOW) as work:
        work.connection.execute(
            permit.insert().values(project_id=small.project, number="(2026)001", issued=date(2026, 1, 5))
        )
    rows = [[*row("1201"), "(2026)001"], [*row("1202"), "(2026)002"]]
    assert planned(small, rows, header).unknown_permits == ("(2026)002",)
    imported(small, rows, header)
    assert [found.permit_id is not None for found in units(small).values()] == [True, False]
    assert planned(small, rows, header).empty


def test_every_new_unit_tells_its_history_and_its_first_moment(small: Desk) -> None:
    imported(small, LIST)
    with small.reading() as connection:
        told = connection.execute(select(history).where(history.c.subject == "unit")).all()
        moments = connection.execute(select(unit_moment.c.unit_id)).all()
    assert (
        {one.unit_id for one in told} == {one.id for one in units(small).values()} == {one.unit_id for one in moments}
    )
    assert {(one.step, one.after["file"]) for one in told} == {("import", "价目表.xlsx")}


def test_a_corrected_mapping_is_remembered_for_the_next_list_with_these_headers(small: Desk) -> None:
    header = [*HEADER, "戊"]
    draft = drafted([[*row("1201"), "南"]], header)
    corrected = replace(draft, mapping=draft.mapping.with_(8, UnitField.FACING))
    carry_out(small, plan(small, corrected), NOW)
    known = taught(small, draft.mapping)
    assert known["8"] == "facing"
    assert draft.mapping.recall(known).at(UnitField.FACING) is not None
    carry_out(small, plan(small, replace(draft, mapping=corrected.mapping.with_(8, None))), NOW)
    assert taught(small, draft.mapping)["8"] == ""
    assert count(small, import_mapping) == 1


def test_nothing_is_remembered_of_a_mapping_nobody_corrected(small: Desk) -> None:
    imported(small, LIST)
    assert count(small, import_mapping) == 0


@pytest.mark.parametrize(("role", "may_import", "may_price"), [
    (Role.PLANNER, True, True), (Role.BACK_OFFICE, True, False), (Role.CONSULTANT, False, False),
])  # fmt: skip
def test_who_may_import_and_who_may_change_prices(small: Desk, role: Role, may_import: bool, may_price: bool) -> None:
    other = colleague(small, role)
    for rows, allowed in ((LIST, may_import), ([row("1201", 9100.0)], may_import and may_price)):
        found = planned(other, rows)
        if allowed:
            assert carry_out(other, found, NOW).revision > 0
        else:
            with pytest.raises(NotYours):
                carry_out(other, found, NOW)
