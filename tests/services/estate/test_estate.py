"""The estate's facts are kept, buildings are made by rule, and what was agreed on is not changed under a deal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from salescenter.data.deals import hold
from salescenter.data.estate import unit, unit_moment
from salescenter.data.history import history
from salescenter.domain.generate import Avoiding, BuildingRule, ColumnRule, StairRule
from salescenter.domain.money import Money
from salescenter.domain.refusals import (
    AboveFiledPrice,
    FieldMalformed,
    FieldMissing,
    NotAllowedNow,
    NotFound,
    NotYours,
    TakenMeanwhile,
    WrongWay,
)
from salescenter.domain.staff import Role
from salescenter.domain.units import Flag, PriceBasis, Step, UnitState, Use
from salescenter.services import grid
from salescenter.services.estate import deeds, views
from salescenter.services.estate.deeds import (
    BuildingRequest,
    PermitRequest,
    PhaseRequest,
    ProjectRequest,
    RemoveBuilding,
    TypeRequest,
    UnitRequest,
)
from salescenter.services.estate.generating import Generated, GenerateRequest, generate
from salescenter.services.release import NewPrice, PriceRequest, set_prices
from salescenter.services.work import Desk
from tests.houses import colleague
from tests.services.importing.estates import NOW, desk, imported, small
from tests.services.importing.estates import unit as row

__all__ = ["desk", "small"]

COLUMN = ColumnRule("三室两厅两卫", "南", Decimal("107.62"), Decimal("85.77"), Money.yuan(20_000), Money.yuan(100))
RULE = BuildingRule(
    (StairRule("1单元", (COLUMN, COLUMN)), StairRule("2单元", (COLUMN,))), first=1, last=6,
    avoid=frozenset({4}), avoiding=Avoiding.LETTER,
)  # fmt: skip


def made(desk: Desk, name: str = "3号楼", **other: Any) -> Generated:
    said: dict[str, Any] = {"rule": RULE, "phase": "一期"} | other
    return generate(desk, GenerateRequest(name, **said), NOW)


def only_unit(desk: Desk) -> views.UnitLine:
    imported(desk, [row("1201")])
    return views.units_of(desk, views.overview(desk).buildings[0].id, NOW)[0]


def request_of(line: views.UnitLine, **other: Any) -> UnitRequest:
    said = {
        "id": line.id, "seen": line.revision, "type_id": line.type_id, "permit_id": line.permit_id, "use": line.use,
        "facing": line.facing, "floor_sale": line.floor_sale, "area": line.area, "inner": line.inner,
        "measured_area": line.measured_area, "measured_inner": line.measured_inner, "basis": line.basis,
        "unit_price": line.unit_price, "list_total": line.list_total, "filed_total": line.filed_total, "note": line.note,
        "bound_to": line.bound_to,
    }  # fmt: skip
    return UnitRequest(**(said | other))


def count(desk: Desk, table: Any) -> int:
    with desk.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_a_building_made_by_rule_stands_in_the_grid(desk: Desk) -> None:
    found = made(desk)
    assert found.units == 18
    layout = grid.layout(desk)
    assert [stair.name for stair in layout.buildings[0].stairs] == ["1单元", "2单元"]
    assert [floor.sale for floor in layout.buildings[0].floors] == ["6", "5", "3A", "3", "2", "1"]
    lines = {line.code: line for line in views.units_of(desk, found.building, NOW)}
    third = lines["3-1-3A02"]
    assert (third.floor, third.floor_natural, third.type, third.unit_price) == (
        40,
        "4",
        "三室两厅两卫",
        Money.yuan(20_300),
    )
    assert (third.list_total, third.state) == (Money.yuan("2184686"), UnitState.NOT_RELEASED)
    assert count(desk, unit_moment) == 18


def test_the_overview_adds_up_each_building(desk: Desk) -> None:
    made(desk)
    seen = views.overview(desk)
    building = seen.buildings[0]
    assert (building.units, building.released, building.permitted, building.priced) == (18, 0, 0, 18)
    assert building.area == Decimal("107.62") * 18
    assert building.total == Money.sum(line.list_total for line in views.units_of(desk, building.id, NOW))
    assert (seen.phases[0].name, seen.phases[0].buildings) == ("一期", 1)
    assert [(line.name, line.rooms, line.units) for line in seen.types] == [("三室两厅两卫", 3, 18)]


def test_a_building_name_that_another_has_is_refused_in_any_spelling(small: Desk) -> None:
    made(small)
    with pytest.raises(FieldMalformed) as refusal:
        made(small, "3栋")
    assert refusal.value.details["why"] == "name-taken"


def test_a_lump_sum_rule_prices_by_the_unit(small: Desk) -> None:
    rule = BuildingRule((StairRule("", (ColumnRule(area=Decimal("12.5"), unit_price=Money.yuan(150_000)),)),), last=1,
                        first=-1, without=frozenset({1}), use=Use.PARKING, basis=PriceBasis.LUMP)  # fmt: skip
    found = made(small, "地下车库", rule=rule)
    line = views.units_of(small, found.building, NOW)[0]
    assert (line.list_total, line.unit_price, line.use, line.number) == (
        Money.yuan(150_000),
        Money(),
        Use.PARKING,
        "B101",
    )


def test_prices_in_a_rule_need_the_right_to_set_prices(small: Desk) -> None:
    back_office = colleague(small, Role.BACK_OFFICE)
    with pytest.raises(NotYours):
        made(back_office)
    free = replace(RULE, stairs=(StairRule("", (ColumnRule(area=Decimal(90)),)),))
    assert made(back_office, rule=free).units == 6


def test_the_projects_facts_are_kept_for_the_contracts(small: Desk) -> None:
    asked = ProjectRequest(
        "云栖花园", "云栖置业", "观澜路 18 号", date(2027, 12, 31), {"person": "顾", "phone": " "}, {"bank": "云栖银行"}
    )
    deeds.keep_project(small, asked, NOW)
    found = views.overview(small).project
    assert (found.developer, found.handover, found.seller, found.estate) == (
        "云栖置业", date(2027, 12, 31), {"person": "顾"}, {"bank": "云栖银行"},
    )  # fmt: skip


def test_a_permit_covers_the_units_of_its_buildings(desk: Desk) -> None:
    first, second = made(desk), made(desk, "5号楼")
    deeds.keep_permit(desk, PermitRequest("(2026)001", date(2026, 1, 5), buildings=(first.building,)), NOW)
    by_name = {line.name: line.permitted for line in views.overview(desk).buildings}
    assert by_name == {"3号楼": 18, "5号楼": 0}
    assert views.overview(desk).permits[0].units == 18
    kept = views.overview(desk).permits[0]
    deeds.keep_permit(desk, PermitRequest("(2026)002", kept.issued, id=kept.id, buildings=(second.building,)), NOW)
    assert [(line.number, line.units) for line in views.overview(desk).permits] == [("(2026)002", 36)]


def test_a_permit_without_its_day_is_refused(small: Desk) -> None:
    with pytest.raises(FieldMissing):
        deeds.keep_permit(small, PermitRequest("(2026)001", None), NOW)


def test_phases_and_types_are_made_renamed_and_never_doubled(desk: Desk) -> None:
    first = deeds.keep_phase(desk, PhaseRequest("一期"), NOW)
    deeds.keep_phase(desk, PhaseRequest("一期·云起", first.id), NOW)
    with pytest.raises(FieldMalformed):
        deeds.keep_phase(desk, PhaseRequest("一期·云起"), NOW)
    kept = deeds.keep_type(desk, TypeRequest("A", 3, 2, 1, b"png"), NOW)
    deeds.keep_type(desk, TypeRequest("A1", 3, 2, 2, id=kept.id), NOW)
    assert [(line.name, line.baths, line.has_picture) for line in views.overview(desk).types] == [("A1", 2, True)]
    assert views.picture_of(desk, kept.id) == b"png"
    assert [line.name for line in views.overview(desk).phases] == ["一期·云起"]


def test_a_buildings_facts_are_kept_and_its_codes_stay(small: Desk) -> None:
    found = made(small)
    deeds.keep_building(small, BuildingRequest(found.building, "3号楼·观澜", "二期", {"height": "3.00"}), NOW)
    line = views.overview(small).buildings[0]
    assert (line.name, line.phase, line.facts) == ("3号楼·观澜", "二期", {"height": "3.00"})
    assert views.units_of(small, found.building, NOW)[0].code.startswith("3-")


def test_a_units_facts_are_changed_and_told(desk: Desk) -> None:
    line = only_unit(desk)
    deeds.keep_unit(desk, request_of(line, facing="南北", note="端户"), NOW)
    after = views.units_of(desk, line.building, NOW)[0]
    assert (after.facing, after.note, after.list_total) == ("南北", "端户", line.list_total)
    with desk.reading() as connection:
        told = connection.execute(select(history).where(history.c.step == Step.EDIT_ESTATE.value)).one()
    assert (told.before, told.after) == ({"facing": "", "note": ""}, {"facing": "南北", "note": "端户"})


def test_a_new_price_or_area_counts_the_total_anew(small: Desk) -> None:
    line = only_unit(small)
    deeds.keep_unit(small, request_of(line, area=Decimal("101.5"), unit_price=Money.yuan(9_100)), NOW)
    after = views.units_of(small, line.building, NOW)[0]
    assert (after.list_total, after.shared) == (Money.yuan(923_650), Decimal("21.50"))


def test_a_stated_total_stays_while_nothing_of_it_changes(small: Desk) -> None:
    line = only_unit(small)
    with small.working(NOW) as work:
        stated = {"list_total": Money.yuan(905_000), "total": Money.yuan(905_000)}
        work.connection.execute(update(unit).values(**stated))
    line = views.units_of(small, line.building, NOW)[0]
    deeds.keep_unit(small, request_of(line, facing="南"), NOW)
    assert views.units_of(small, line.building, NOW)[0].list_total == Money.yuan(905_000)


@pytest.mark.parametrize(
    ("changed", "flags"),
    [({"area": Decimal(99)}, Flag.PRICE_REVIEW), ({"inner": Decimal(77)}, 0), ({"facing": "南"}, 0),
     ({"area": Decimal(99), "list_total": Money.yuan(880_000)}, 0)],
)  # fmt: skip
def test_a_lump_sum_set_for_another_area_must_be_approved_again(
    small: Desk, changed: dict[str, object], flags: int
) -> None:
    line = only_unit(small)
    with small.working(NOW) as work:
        lump = {"basis": PriceBasis.LUMP.value, "unit_price": Money(), "list_total": Money.yuan(900_000)}
        work.connection.execute(update(unit).values(total=Money.yuan(900_000), **lump))
    line = views.units_of(small, line.building, NOW)[0]
    deeds.keep_unit(small, request_of(line, **changed), NOW)
    assert views.units_of(small, line.building, NOW)[0].flags == flags
    if flags:
        with small.reading() as connection:
            row = connection.execute(select(unit)).one()
        again = PriceRequest((NewPrice(row.id, row.revision, total=Money.yuan(900_000)),), "面积重测")
        set_prices(small, again, NOW)
        assert views.units_of(small, line.building, NOW)[0].flags == 0


def test_a_price_above_the_filed_one_is_refused_at_its_field(small: Desk) -> None:
    with pytest.raises(AboveFiledPrice) as refusal:
        deeds.keep_unit(small, request_of(only_unit(small), filed_total=Money.yuan(800_000)), NOW)
    assert refusal.value.details["field"] == "filed_total"


def test_what_a_living_deal_agreed_on_cannot_be_changed_but_the_rest_can(small: Desk) -> None:
    line = only_unit(small)
    with small.working(NOW) as work:
        work.connection.execute(update(unit).values(state=int(UnitState.SUBSCRIBED)))
    with pytest.raises(NotAllowedNow):
        deeds.keep_unit(small, request_of(line, area=Decimal(99)), NOW)
    deeds.keep_unit(small, request_of(line, measured_area=Decimal("100.25")), NOW)
    assert views.units_of(small, line.building, NOW)[0].measured_area == Decimal("100.25")


def test_a_unit_changed_meanwhile_is_not_overwritten(small: Desk) -> None:
    line = only_unit(small)
    deeds.keep_unit(small, request_of(line, facing="南"), NOW)
    with pytest.raises(TakenMeanwhile):
        deeds.keep_unit(small, request_of(line, facing="北"), NOW)


def test_the_back_office_changes_facts_but_not_prices(small: Desk) -> None:
    line = only_unit(small)
    back_office = colleague(small, Role.BACK_OFFICE)
    deeds.keep_unit(back_office, request_of(line, facing="南"), NOW)
    line = views.units_of(small, line.building, NOW)[0]
    with pytest.raises(NotYours):
        deeds.keep_unit(back_office, request_of(line, unit_price=Money.yuan(1)), NOW)


def test_the_floor_price_is_shown_only_to_who_may_see_it(small: Desk) -> None:
    line = only_unit(small)
    with small.working(NOW) as work:
        work.connection.execute(update(unit).values(floor_total=Money.yuan(850_000)))
    consultant = colleague(small, Role.CONSULTANT)
    assert views.units_of(small, line.building, NOW)[0].floor_total == Money.yuan(850_000)
    assert views.units_of(consultant, line.building, NOW)[0].floor_total is None


def test_a_building_made_by_mistake_is_taken_away_whole(desk: Desk) -> None:
    found = made(desk)
    deeds.remove_building(desk, RemoveBuilding(found.building), NOW)
    assert (views.overview(desk).buildings, count(desk, unit), count(desk, unit_moment)) == ((), 0, 0)
    with pytest.raises(NotFound):
        deeds.remove_building(desk, RemoveBuilding(found.building), NOW)


def test_a_building_somebody_held_a_unit_of_stays(small: Desk) -> None:
    line = only_unit(small)
    with small.working(NOW) as work:
        kept = {"unit_id": line.id, "by_id": small.who.id, "reason": "客户", "at": NOW, "until": NOW}
        work.connection.execute(insert(hold).values(**kept))
    with pytest.raises(WrongWay):
        deeds.remove_building(small, RemoveBuilding(line.building), NOW)
