"""Deals a template is tried on: the newest real one of each kind, and one made up for what was never sold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.estate import permit, project, unit
from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.deal import Buyer, DueLine, Estate, Home, Payment, Price, Terms
from salescenter.domain.papers.fields import field_values
from salescenter.domain.papers.needs import COMPLETED, PRESALE, Unmet, unmet
from salescenter.domain.papers.versions import Sample, tried_on
from salescenter.domain.units import PriceBasis, UnitState, Use
from salescenter.services.papers.terms import estate_facts, gather, project_clauses, project_handover, seller
from salescenter.services.work import Desk

NUMBER = "HT000000000"
"""The number on the paper of a made-up deal."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A deal to try a template on: a real one with its number and room, or (deal None) the made-up one of its kind."""

    sample: Sample
    deal: int | None = None
    number: str = ""
    room: str = ""


def candidates(desk: Desk, kind: str) -> tuple[Candidate, ...]:
    """For each kind of deal that a text is tried on the newest real one, where there is one, and the made-up one."""
    found: list[Candidate] = []
    with desk.reading() as connection:
        for sample in tried_on(kind):
            row = _newest(connection, desk.project, kind, sample)
            found += [row] if row else []
            found.append(Candidate(sample))
    return tuple(found)


def trial_terms(connection: Connection, project_id: int, kind: str, on: Candidate, today: date) -> tuple[str, Terms]:
    """The number and terms of the deal that is tried."""
    if on.deal is None:
        return NUMBER, made_up(connection, project_id, kind, on.sample, today)
    gathered = gather(connection, on.deal)
    return gathered.deal.contract_number or gathered.deal.number, gathered.terms


def law_gaps(connection: Connection, project_id: int, kind: str, text: str, today: date) -> tuple[Unmet, ...]:
    """What the law wants and a text would not say of the made-up deals; an answer the project owes is a gap."""
    samples = [made_up(connection, project_id, kind, sample, today) for sample in tried_on(kind)]
    return unmet(kind, text, [field_values(terms, NUMBER) for terms in samples])


def gaps_now(desk: Desk, kind: str, text: str, today: date) -> tuple[Unmet, ...]:
    """The same for a text that is being written; it must be free of faults."""
    with desk.reading() as connection:
        return law_gaps(connection, desk.project, kind, text, today)


def made_up(connection: Connection, project_id: int, kind: str, sample: Sample, today: date) -> Terms:
    """A deal nobody made, of this kind, with the project's own seller, facts and clauses."""
    row = connection.execute(select(project).where(project.c.id == project_id)).one()
    facts = estate_facts(row, "")
    terms = Terms(
        seller(row), _licensed(facts, kind), _HOME, _BUYERS[Sample.ONE_OFF], _price(_TOTAL, PriceBasis.GROSS),
        _one_off(today), handover=project_handover(row) or today + timedelta(days=400), signed=today,
        sign_by=today + timedelta(days=7), clauses=project_clauses(row),
    )  # fmt: skip
    return _made_as(terms, sample, today)


_TOTAL, _DEPOSIT = Money.yuan("2340482.47"), Money.yuan(20_000)
_HOME = Home(
    "3号楼1单元1201", "3号楼", "1单元", "12", "1201", "三室两厅两卫", "南北", "住宅",
    structure="剪力墙", floors="18", floors_above="17", floors_below="1", height="3.00", balconies="2",
    balconies_closed="1", balconies_open="1",
    gross=Decimal("107.62"), inner=Decimal("85.77"), shared=Decimal("21.85"),
)  # fmt: skip
_SPACE = Home("地下一层A023", "地下车库", "", "-1", "A023", "", "", "车位", structure="框架",
              gross=Decimal("13.25"), inner=Decimal("12.50"), shared=Decimal("0.75"))  # fmt: skip
_ONE = Buyer("张三", "", "男", date(1990, 1, 1), "中国", id_number="示例身份证号一",
             address="示例市示例路 1 号", postcode="100000", phone="13800000000")  # fmt: skip
_OTHER = Buyer("欧阳若曦", "50%", "女", date(1992, 2, 29), "中国", id_number="示例身份证号二",
               address="示例市示例路 1 号", postcode="100000", phone="13900000000")  # fmt: skip
_COMPANY = Buyer("示例商贸有限公司", id_kind="营业执照", id_number="示例社会信用代码", origin="示例市",
                 address="示例市示例路 2 号", postcode="100000", phone="010-00000000", agent="王五",
                 agent_id="示例身份证号三", agent_phone="13700000000")  # fmt: skip
_BUYERS = {
    Sample.ONE_OFF: (_ONE,), Sample.SEVERAL: (replace(_ONE, share="50%"), _OTHER), Sample.COMPANY: (_COMPANY,),
}  # fmt: skip
_PLEDGE: Mapping[str, str] = {
    "抵押类型": "在建建筑物抵押", "抵押人": "示例置业有限公司", "抵押权人": "示例银行",
    "登记机构": "示例市不动产登记中心", "登记日期": "2025年6月1日", "债务期限": "2025年6月1日至2028年5月31日",
}  # fmt: skip


def _licensed(facts: Estate, kind: str) -> Estate:
    """Permit and title certificate come with the building a deal is in; a made-up deal brings its own."""
    return replace(
        facts, presale_permit="" if kind == COMPLETED else "示例预售许可证号",
        title_certificate=facts.title_certificate or ("示例登记证明号" if kind == COMPLETED else ""),
    )  # fmt: skip


def _price(total: Money, basis: PriceBasis) -> Price:
    bare = Price(total, in_words(total))
    each = Money() if basis is PriceBasis.LUMP else Money.yuan("21747.65")
    return replace(
        bare, unit_price=each, basis=basis, boxes=digit_boxes(total, bare.places), deposit=_DEPOSIT,
        deposit_words=in_words(_DEPOSIT), deposit_boxes=digit_boxes(_DEPOSIT, bare.deposit_places),
    )  # fmt: skip


def _line(name: str, amount: Money, due: date | None, condition: str = "") -> DueLine:
    return DueLine(name, amount, due, condition, words=in_words(amount))


def _one_off(today: date, total: Money = _TOTAL) -> Payment:
    week = today + timedelta(days=7)
    return Payment("一次性", (_line("定金", _DEPOSIT, today), _line("房款", total - _DEPOSIT, week)), paid_by=week)


def _in_parts(today: date) -> Payment:
    week, later = today + timedelta(days=7), today + timedelta(days=90)
    first = Money.yuan(700_000)
    lines = (_line("定金", _DEPOSIT, today), _line("首期房款", first - _DEPOSIT, week),
             _line("尾款", _TOTAL - first, later))  # fmt: skip
    return Payment("分期", lines, first, in_words(first), week, "29.91", parts=2)


def _lent(today: date) -> Payment:
    week, loan = today + timedelta(days=7), Money.yuan(1_630_000)
    down = _TOTAL - loan
    lines = (_line("定金", _DEPOSIT, today), _line("首付款", down - _DEPOSIT, week),
             _line("商业贷款", loan, None, "银行放款"))  # fmt: skip
    return Payment("贷款", lines, down, in_words(down), week, "30.36", loan, in_words(loan), "商业贷款", "示例银行")


def _made_as(terms: Terms, sample: Sample, today: date) -> Terms:
    """The same deal as the kind it stands for."""
    space = Money.yuan(128_000)
    changes: dict[Sample, dict[str, Any]] = {
        Sample.ONE_OFF: {},
        Sample.INSTALMENTS: {"payment": _in_parts(today)},
        Sample.MORTGAGE: {"payment": _lent(today), "price": _price(_TOTAL, PriceBasis.INNER)},
        Sample.SEVERAL: {"buyers": _BUYERS[Sample.SEVERAL], "sharing": "按份共有：张三 50%，欧阳若曦 50%"},
        Sample.COMPANY: {"buyers": _BUYERS[Sample.COMPANY]},
        Sample.PARKING: {"home": _SPACE, "price": _price(space, PriceBasis.LUMP), "payment": _one_off(today, space)},
        Sample.MORTGAGED: {"mortgages": (_PLEDGE,)},
    }
    return replace(terms, **changes[sample])


def _newest(connection: Connection, project_id: int, kind: str, sample: Sample) -> Candidate | None:
    if sample not in _FITS:
        return None
    stmt = (
        select(deal.c.id, deal.c.number, deal.c.contract_number, unit.c.code)
        .join(unit, unit.c.id == deal.c.unit_id)
        .outerjoin(permit, permit.c.id == unit.c.permit_id)
        .where(deal.c.project_id == project_id, deal.c.living, deal.c.state >= int(UnitState.SUBSCRIBED))
        .where(*_of_kind(kind), _FITS[sample])
        .order_by(deal.c.subscribed.desc(), deal.c.id.desc())
        .limit(1)
    )
    row = connection.execute(stmt).first()
    return Candidate(sample, row.id, row.contract_number or row.number, row.code) if row else None


def _of_kind(kind: str) -> tuple[ColumnElement[bool], ...]:
    completed = func.coalesce(permit.c.kind, "") == "completed"
    return {COMPLETED: (completed,), PRESALE: (~completed,)}.get(kind, ())


_HOW_MANY = select(func.count()).where(deal_buyer.c.deal_id == deal.c.id, deal_buyer.c.active).scalar_subquery()
_BY_LICENCE = (
    select(deal_buyer.c.deal_id).join(customer, customer.c.id == deal_buyer.c.customer_id)
    .where(deal_buyer.c.deal_id == deal.c.id, deal_buyer.c.active, customer.c.id_kind == "licence")
    .correlate(deal).exists()
)  # fmt: skip
_FITS: dict[Sample, ColumnElement[bool]] = {
    Sample.ONE_OFF: deal.c.plan == "one-off",
    Sample.INSTALMENTS: deal.c.plan == "instalments",
    Sample.MORTGAGE: deal.c.plan.in_(("mortgage", "provident", "combined")),
    Sample.SEVERAL: _HOW_MANY > 1,
    Sample.COMPANY: _BY_LICENCE,
    Sample.PARKING: unit.c.use == Use.PARKING.value,
}
"""Which real deals stand for a kind."""
