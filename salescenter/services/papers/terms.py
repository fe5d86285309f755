"""Gathering a deal into the terms its papers cite: seller, estate, home, buyers, price, payment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from salescenter.data import money
from salescenter.data.customer_phones import first_phone
from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, deal_consultant
from salescenter.data.estate import building, permit, project, stair, unit, unit_type
from salescenter.data.identity import as_seen
from salescenter.data.staff import person
from salescenter.data.units import SHOWN
from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import Money
from salescenter.domain.papers.deal import Buyer, DueLine, Estate, Home, Payment, Price, Seller, Terms
from salescenter.domain.plans import DEPOSIT
from salescenter.domain.refusals import FieldMalformed, NotFound
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import PriceBasis, Use
from salescenter.i18n import mark, tr
from salescenter.money_words import item_words

_USES = {
    Use.HOME: mark("Home"),
    Use.SHOP: mark("Shop"),
    Use.PARKING: mark("Parking space"),
    Use.STORAGE: mark("Storage"),
}
_ID_KINDS = {"resident": "居民身份证", "passport": "护照", "licence": "营业执照", "other": "其他证件", "": "居民身份证"}
_SEXES = {"male": "男", "female": "女"}
_BUILDING_FACTS = (
    "structure",
    "floors",
    "floors_above",
    "floors_below",
    "height",
    "balconies",
    "balconies_closed",
    "balconies_open",
)
_CHINESE = "zh_CN"  # official forms are written in Chinese whatever the screen speaks


@dataclass(frozen=True, slots=True)
class Gathered:
    """A deal's rows and the terms made of them."""

    deal: Any
    unit: Any
    project: Any
    terms: Terms


def gather(connection: Connection, deal_id: int) -> Gathered:
    """Gather a deal; refuses with NotFound."""
    row = connection.execute(select(deal).where(deal.c.id == deal_id)).first()
    if row is None:
        raise NotFound(what="deal", sought=deal_id)
    of_unit = connection.execute(select(*SHOWN).where(unit.c.id == row.unit_id)).one()
    of_project = connection.execute(select(project).where(project.c.id == row.project_id)).one()
    buyers = _buyers(connection, row.id)
    terms = Terms(
        seller(of_project),
        estate(connection, of_project, of_unit),
        home(connection, of_unit, row),
        buyers,
        _price(row),
        _payment(connection, row),
        sharing=_sharing(buyers),
        handover=project_handover(of_project),
        signed=row.signed,
        sign_by=row.sign_by,
        consultant=_consultant(connection, row.id),
        clauses=project_clauses(of_project),
    )
    return Gathered(row, of_unit, of_project, terms)


def seller(of_project: Any) -> Seller:
    """The developer, as the project's facts name it."""
    known = {f.name for f in fields(Seller)} - {"name"}
    facts = of_project.facts.get("seller", {})
    return Seller(of_project.developer, **{name: value for name, value in facts.items() if name in known})


def estate(connection: Connection, of_project: Any, of_unit: Any) -> Estate:
    """The project with its land, permits and escrow account; the permit is the unit's own."""
    number = connection.scalar(select(permit.c.number).where(permit.c.id == of_unit.permit_id)) or ""
    return estate_facts(of_project, number)


def estate_facts(of_project: Any, presale_permit: str) -> Estate:
    """The project as its facts tell it, with the permit of the unit that is meant."""
    facts = of_project.facts.get("estate", {})
    known = {f.name: f.type for f in fields(Estate)}
    days = {name for name, kind in known.items() if "date" in str(kind)}
    read: dict[str, Any] = {
        name: _day(value) if name in days else value for name, value in facts.items() if name in known
    }
    return Estate(of_project.name, **{**read, "presale_permit": presale_permit})


def project_handover(of_project: Any) -> date | None:
    """The day the project promises to hand over; none where it promises none."""
    return _day(of_project.facts.get("handover"))


def project_clauses(of_project: Any) -> Mapping[str, str]:
    """What the project answers once for all its contracts."""
    clauses: Mapping[str, str] = of_project.facts.get("clauses", {})
    return clauses


def home(connection: Connection, of_unit: Any, of_deal: Any = None) -> Home:
    """The unit as papers cite it; areas are the deal's frozen ones where there is a deal."""
    of = connection.execute(
        select(building.c.name, building.c.facts, stair.c.name.label("stair"), unit_type.c.name.label("type"))
        .select_from(building.join(stair, stair.c.id == of_unit.stair_id))
        .outerjoin(unit_type, unit_type.c.id == of_unit.type_id)
        .where(building.c.id == of_unit.building_id)
    ).one()
    source = of_deal if of_deal is not None else of_unit
    facts = {name: str(of.facts[name]) for name in _BUILDING_FACTS if name in of.facts}
    return Home(
        f"{of.name}{of.stair}{of_unit.number}",
        of.name,
        of.stair,
        of_unit.floor_sale,
        of_unit.number,
        of.type or "",
        of_unit.facing,
        tr(_USES[Use(of_unit.use)], lang=_CHINESE),
        gross=source.area,
        inner=source.inner,
        shared=source.area - source.inner,
        **facts,
    )


def _buyers(connection: Connection, deal_id: int) -> tuple[Buyer, ...]:
    b = deal_buyer.c
    rows = connection.execute(
        select(*as_seen, first_phone, b.share)
        .select_from(customer)
        .join(deal_buyer, b.customer_id == customer.c.id)
        .where(b.deal_id == deal_id, b.active)
        .order_by(b.position)
    ).all()
    return tuple(
        Buyer(
            row.name,
            f"{Decimal(row.share) / 100:g}%" if len(rows) > 1 else "",
            _SEXES.get(row.sex, ""),
            row.birth,
            "中国" if row.id_kind in ("resident", "") else "",
            _ID_KINDS.get(row.id_kind, ""),
            row.id_number,
            row.address,
            phone=row.phone,
            agent=row.guardian,
        )
        for row in rows
    )


def _sharing(buyers: tuple[Buyer, ...]) -> str:
    if len(buyers) < 2:
        return ""
    return "按份共有：" + "，".join(f"{buyer.name} {buyer.share}" for buyer in buyers)


def _price(row: Any) -> Price:
    return Price(
        row.total,
        in_words(row.total),
        row.unit_price or Money(),
        PriceBasis(row.basis),
        boxes=_boxes(row.total, Price(row.total, "").places),
        deposit=row.deposit,
        deposit_words=in_words(row.deposit) if row.deposit else "",
        deposit_boxes=_boxes(row.deposit, Price(row.total, "").deposit_places) if row.deposit else (),
    )


def _boxes(amount: Money, places: str) -> tuple[str, ...]:
    """An amount in digit boxes; none where they cannot hold it, which the paper that asks them refuses."""
    try:
        return digit_boxes(amount, places)
    except FieldMalformed:
        return ()


_KIND = {
    "one-off": "一次性",
    "instalments": "分期",
    "mortgage": "贷款",
    "provident": "贷款",
    "combined": "贷款",
    "": "一次性",
}
_LOANS = {
    frozenset({LoanKind.COMMERCIAL}): "商业贷款",
    frozenset({LoanKind.PROVIDENT}): "公积金贷款",
    frozenset(LoanKind): "组合贷款",
    frozenset[LoanKind](): "",
}


def _payment(connection: Connection, row: Any) -> Payment:
    lines = sorted(money.dues_of(connection, row.id), key=lambda line: line.position)
    own = [line for line in lines if not line.loan]
    lent = [line for line in lines if line.loan]
    parts = sum(line.item != DEPOSIT.item for line in own) if row.plan == PlanKind.INSTALMENTS else 0
    first = own if lent else own[:len(own) - parts + 1] if parts else []  # the deposit is part of what is paid first
    down = Money.sum(line.amount for line in first)
    loan = Money.sum(line.amount for line in lent)
    return Payment(
        _KIND[row.plan],
        tuple(map(_due_line, lines)),
        down,
        in_words(down) if down else "",
        _last_day(first),
        f"{Decimal(down.fen) * 100 / row.total.fen:.2f}" if down else "",
        loan,
        in_words(loan) if loan else "",
        _LOANS[frozenset(LoanKind(line.loan) for line in lent)],
        "、".join(one["bank"] for one in row.terms.get("loans", []) if one.get("bank")),
        _last_day(own) if row.plan == PlanKind.ONE_OFF else None,
        parts,
    )


def _last_day(lines: Sequence[Any]) -> date | None:
    return max((line.due for line in lines if line.due), default=None)


def _due_line(line: Any) -> DueLine:
    condition = line.condition or ("银行放款" if line.loan else "")
    return DueLine(item_words(line.item, _CHINESE), line.amount, line.due, condition, words=in_words(line.amount))


def _consultant(connection: Connection, deal_id: int) -> str:
    s = deal_consultant.c
    names = connection.scalars(
        select(person.c.name)
        .join(deal_consultant, s.person_id == person.c.id)
        .where(s.deal_id == deal_id)
        .order_by(s.id)
    )
    return "、".join(names)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
