"""Writing the blueprint into a fresh house: people, project facts, permits, buildings, units, receipt book."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import Any

from sqlalchemy import insert, select

from salescenter.data import units as unit_queries
from salescenter.data.estate import building, permit, phase, project, stair, unit, unit_type
from salescenter.data.payments import receipt_book
from salescenter.data.record import new_id
from salescenter.data.staff import person
from salescenter.data.stock import counted
from salescenter.domain.money import Money, total_of
from salescenter.domain.staff import Role
from salescenter.domain.units import PriceBasis, Use
from salescenter.services.sample.blueprint import TYPES, UnitPlan
from salescenter.services.settings import rounding_of
from salescenter.services.work import Work

STAFF = (
    ("周敏", "zhoumin", Role.SUPERVISOR, "一组"), ("吴强", "wuqiang", Role.SUPERVISOR, "二组"),
    ("林晓", "linxiao", Role.CONSULTANT, "一组"), ("何雨", "heyu", Role.CONSULTANT, "一组"),
    ("陈立", "chenli", Role.CONSULTANT, "一组"), ("赵婷", "zhaoting", Role.CONSULTANT, "一组"),
    ("孙浩", "sunhao", Role.CONSULTANT, "二组"), ("钱静", "qianjing", Role.CONSULTANT, "二组"),
    ("郑远", "zhengyuan", Role.CONSULTANT, "二组"), ("冯佳", "fengjia", Role.CONSULTANT, "二组"),
    ("唐悦", "tangyue", Role.RECEPTIONIST, ""), ("曹琳", "caolin", Role.CASHIER, ""),
    ("许宁", "xuning", Role.BACK_OFFICE, ""), ("韩松", "hansong", Role.TITLE_CLERK, ""),
    ("邓可", "dengke", Role.PLANNER, ""),
)  # fmt: skip

FACTS: dict[str, Any] = {
    "seller": {
        "address": "云栖市望江区观澜路 18 号", "licence": "91430100MA0SAMPLE1", "person": "顾远山", "phone": "0731-8800 1200",
        "postcode": "410000", "qualification": "建开企 2019-0107", "agent": "许宁", "agent_phone": "0731-8800 1208",
    },
    "estate": {
        "approved_name": "云栖花园一期", "land_how": "出让", "land_where": "云栖市望江区观澜路以东、清溪路以北",
        "land_certificate": "云（2024）望江区不动产权第 0012345 号", "land_area": "46,812.50", "land_use": "住宅、商业",
        "land_since": "2024-03-18", "land_until": "2094-03-17", "planning_permit": "建规〔建〕字第 2025-0031 号",
        "building_permit": "430102202505180101", "permit_by": "云栖市住房和城乡建设局", "surveyor": "云栖市房产测绘中心",
        "bank": "云栖银行望江支行", "account_name": "云栖花园预售资金监管专户", "account": "6500 0018 2026 0001",
        "manager": "云栖物业服务有限公司", "manager_fee": "2.80", "manager_from": "2027-12-31", "manager_until": "2030-12-30",
    },
    "handover": "2027-12-31",
    "clauses": {
        "绿地率": "35%", "配套日期": "2027年12月31日", "会所归属": "全体业主", "外墙标准": "真石漆", "公共部位标准": "墙面乳胶漆，地面防滑地砖",
        "室内标准": "水泥砂浆找平", "门窗标准": "断桥铝合金窗，钢制入户门", "厨卫标准": "防水层施工完毕，管线接至户内",
        "阳台标准": "防水涂料，铝合金栏杆", "电梯标准": "每单元两部，载重 1,000 千克",
    },
}  # fmt: skip


def furnish(work: Work, plans: Iterable[UnitPlan], opening: date) -> None:
    """Write the whole estate and its staff; everything starts unreleased."""
    laid = list(plans)
    c = work.connection
    c.execute(insert(person), [{"name": n, "login": g, "role": r.value, "team": t} for n, g, r, t in STAFF])
    c.execute(
        project.update().where(project.c.id == work.project)
        .values(facts=FACTS, developer="云栖置业有限公司", address="云栖市望江区观澜路 18 号")
    )  # fmt: skip
    c.execute(
        insert(receipt_book).values(
            project_id=work.project, cashier_id=None, name="一号收据簿", prefix="", first=1, last=99_999, next=1
        )
    )
    permits, types = _permits(work, opening), _types(work)
    places = _buildings(work, laid)
    how = rounding_of(c, work.project)
    c.execute(insert(unit), [_unit(work, plan, places, types, permits, how) for plan in laid])
    mine = unit.c.project_id == work.project
    work.stock.take(counted(c, mine), 1)
    ids = list(c.scalars(select(unit.c.id).where(mine)))
    for start in range(0, len(ids), 500):
        unit_queries.remember(c, ids[start : start + 500], work.now)


def _permits(work: Work, opening: date) -> list[int]:
    return [
        new_id(work.connection.execute(insert(permit).values(project_id=work.project, number=number, issued=opening)))
        for number in ("云房预字〔2025〕第 038 号", "云房预字〔2026〕第 012 号")
    ]


def _types(work: Work) -> dict[str, int]:
    return {
        t.name: new_id(work.connection.execute(insert(unit_type).values(
            project_id=work.project, name=t.name, rooms=t.rooms, halls=t.halls, baths=t.baths)))
        for t in TYPES.values()
    }  # fmt: skip


def _buildings(work: Work, laid: list[UnitPlan]) -> dict[tuple[str, str], tuple[int, int, str]]:
    """Write phases, buildings and stairs; return (building id, stair id, short name) by their names."""
    c = work.connection
    phases = [new_id(c.execute(insert(phase).values(project_id=work.project, name=name))) for name in ("一期", "二期")]
    names = list(dict.fromkeys(plan.building for plan in laid))
    ordered = sorted(names, key=lambda name: (_number(name) or len(names) + 100, names.index(name)))
    found: dict[tuple[str, str], tuple[int, int, str]] = {}
    for at, name in enumerate(ordered):
        short = str(_number(name) or {"商业街": "S", "地下车位": "P"}[name])
        of = phases[1] if name in ("6号楼", "7号楼") else phases[0]
        building_id = new_id(c.execute(insert(building).values(
            project_id=work.project, phase_id=of, name=name, short=short, position=at,
            facts=_facts([plan for plan in laid if plan.building == name]))))  # fmt: skip
        stairs = sorted(dict.fromkeys(plan.stair for plan in laid if plan.building == name), key=_shops_last)
        for position, stair_name in enumerate(stairs):
            stair_id = new_id(
                c.execute(insert(stair).values(building_id=building_id, name=stair_name, position=position))
            )
            found[name, stair_name] = (building_id, stair_id, short)
    return found


def _facts(plans: list[UnitPlan]) -> dict[str, str]:
    """What a contract says of a building: structure, floors, and where all in it are homes the balconies of each."""
    facts = {"structure": "钢筋混凝土剪力墙", "height": "3.00", "floors_below": "1"}
    above = max(plan.floor for plan in plans) // 10
    if above > 0:
        facts |= {"floors": str(above + 1), "floors_above": str(above)}
    if all(plan.use is Use.HOME for plan in plans):
        facts |= {"balconies": "2", "balconies_closed": "1", "balconies_open": "1"}
    return facts


def _number(name: str) -> int:
    """The number a building's name begins with; 0 where it has none."""
    return int("".join(takewhile(str.isdigit, name)) or 0)


def _shops_last(stair_name: str) -> tuple[bool, str]:
    return stair_name == "商铺", stair_name


def _unit(
    work: Work, plan: UnitPlan, places: Any, types: dict[str, int], permits: list[int], how: Any
) -> dict[str, Any]:
    building_id, stair_id, short = places[plan.building, plan.stair]
    area = plan.inner if plan.basis is PriceBasis.INNER else plan.area
    lump = plan.basis is PriceBasis.LUMP
    total = Money(plan.price) if lump else total_of(area, Money(plan.price), how)
    stair_part = plan.stair[0] if plan.stair[:1].isdigit() else ""
    code = "-".join(part for part in (short, stair_part, plan.number) if part)
    return {
        "project_id": work.project, "building_id": building_id, "stair_id": stair_id, "type_id": types.get(plan.type),
        "permit_id": permits[1] if plan.building in ("6号楼", "7号楼") else permits[0], "code": code, "number": plan.number,
        "floor": plan.floor, "floor_natural": plan.natural, "floor_sale": plan.sale, "place": plan.place,
        "use": plan.use.value, "facing": plan.facing, "area": plan.area, "inner": plan.inner,
        "shared": plan.area - plan.inner, "basis": plan.basis.value, "unit_price": Money() if lump else Money(plan.price),
        "list_total": total, "total": total, "filed_total": total.times(Decimal("1.03")),
        "floor_total": total.times(Decimal("0.93")), "since": work.today,
    }  # fmt: skip
