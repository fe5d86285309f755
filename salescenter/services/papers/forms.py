"""Gathering approval sheets (审批表) of changes, endings and discounts, and the confirmation of a choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from salescenter.data import money, units
from salescenter.data.customer_phones import first_phone
from salescenter.data.customers import customer
from salescenter.data.deals import approval, deal_buyer, hold
from salescenter.data.history import history
from salescenter.data.identity import id_number
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.domain.deposits import DepositKind, Outcome, settle_deposit
from salescenter.domain.money import Money, average
from salescenter.domain.papers.fields import names, written
from salescenter.domain.papers.form import FormPaper, Section
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.domain.papers.registration import Answer
from salescenter.domain.refusals import PaperNotNow
from salescenter.domain.templates import BOX, TICK
from salescenter.domain.units import Step
from salescenter.money_words import plan_words
from salescenter.services.deals.pricing import agreed_lines
from salescenter.services.papers.case import Case, account, contract_of, said
from salescenter.services.papers.terms import gather, home
from salescenter.services.payments.entries import AS_DEPOSIT
from salescenter.services.settings import rounding_of

CHAIN = ("置业顾问", "销售主管", "财务", "营销总监", "总经理")
"""Who says yes or no to a change, in the order of the house."""

_BLANK = ""


def swap(case: Case) -> FormPaper:
    """Gather the approval of a change of unit (换房审批表): before the change its new side is written by hand."""
    row = case.deal.deal
    before = gather(case.connection, row.after_id) if row.after_id else case.deal
    now = case.deal if row.after_id else None
    sides = [("原房", before), ("现房", now)]
    rows = [ListRow((name, *(_unit(side) if side else (_BLANK,) * 5))) for name, side in sides]
    more = ("增减", "", *_difference(before, now)) if now else ("增减", "", "", "", "", "")
    return case.form([
        Section(answers=_buyers(case) + said(
            ("认购日期", written(before.deal.subscribed)), ("申请日期", written(case.day)),
            ("已收款", str(account(case).received)), ("合同编号", contract_of(before)))),
        Section("房屋", columns=_UNIT_COLUMNS, rows=tuple(rows), totals=(more,)),
        Section("换房原因", answers=said(("原因", before.deal.reason if now else _BLANK), wide=("原因",))),
        Section(words=(
            "申请人同意：原认购书（合同）自获准之日起终止，已付款项转作新房价款，多退少补，原房的优惠不随之转移。",
            "原认购书（合同）与收据应当交回，由财务换开。")),
    ], opinions=CHAIN, signers=("申请人", "经办人", "日期"))  # fmt: skip


_UNIT_COLUMNS = (
    Column("", "centre"), Column("房号"), Column("户型"), Column("建筑面积（㎡）", "right"),
    Column("单价（元/㎡）", "right"), Column("总价（元）", "right"),
)  # fmt: skip


def _unit(found: Any) -> tuple[str, ...]:
    of = found.terms.home
    return of.room, of.type, written(of.gross), written(found.terms.price.unit_price), str(found.deal.total)


def _difference(before: Any, now: Any) -> tuple[str, ...]:
    area = now.deal.area - before.deal.area
    price = now.deal.unit_price - before.deal.unit_price
    return "", f"{area:+.2f}", str(price), str(now.deal.total - before.deal.total)


def renaming(case: Case) -> FormPaper:
    """Gather the approval of a change of buyers (更名、增名、减名审批表): before it the new side is written by hand."""
    told = _last_change(case)
    known = {row.id: row for row in _all_buyers(case)}
    now = [(row.id, row.share) for row in known.values() if row.active]
    earlier = [tuple(pair) for pair in told.before] if told else now
    kinds = _changed(dict(earlier), dict(now)) if told else ()
    return case.form([
        Section(answers=_about(case) + said(("申请日期", written(case.day)), ("合同编号", contract_of(case.deal)))),
        _people("原买受人", [(known[one], share) for one, share in earlier]),
        _people("变更后的买受人", [(known[one], share) for one, share in now] if told else []),
        Section("变更事项", answers=said(
            ("种类", "　".join((TICK if name in kinds else BOX) + name for name in _CHANGES)),
            ("变更原因", told.after["reason"] if told else _BLANK), ("所附证明", _BLANK),
            wide=("种类", "变更原因", "所附证明"))),
        Section(words=(
            "买受人将其权利和义务一并转让给他人的，应当经出卖人同意（民法典第五百五十五条）；网上签约之后仅限近亲属之间的变更。",)),
    ], opinions=CHAIN[:-1], signers=("原买受人", "变更后的买受人", "日期"))  # fmt: skip


_CHANGES = ("更名", "增加买受人", "减少买受人", "变更份额")


def _changed(before: Mapping[int, int], now: Mapping[int, int]) -> tuple[str, ...]:
    """Name what became of the buyers and their shares."""
    came, went = now.keys() - before.keys(), before.keys() - now.keys()
    return ("更名",) if came and went else ("增加买受人",) if came else ("减少买受人",) if went else ("变更份额",)


def _last_change(case: Case) -> Any | None:
    """What the history tells of the last change of the deal's buyers: before, after."""
    h = history.c
    last = select(h.before, h.after).where(h.deal_id == case.about, h.step == Step.CHANGE_BUYER.value)
    return case.connection.execute(last.order_by(h.id.desc()).limit(1)).first()


def _all_buyers(case: Case) -> list[Any]:
    b = deal_buyer.c
    return list(case.connection.execute(
        select(customer.c.id, customer.c.name, id_number, first_phone, b.share, b.active)
        .select_from(customer)
        .join(deal_buyer, b.customer_id == customer.c.id)
        .where(b.deal_id == case.about)
        .order_by(b.active, b.position, b.id)
    ))  # fmt: skip


def _people(title: str, buyers: Sequence[tuple[Any, int]]) -> Section:
    columns = (Column("姓名", share=0.16), Column("证件号码", share=0.29), Column("电话", share=0.2),
               Column("份额", "right", 0.13), Column("与原买受人关系", share=0.22))  # fmt: skip
    body = [ListRow((row.name, row.id_number, row.phone, f"{share / 100:g}%", "")) for row, share in buyers]
    return Section(title, columns=columns, rows=tuple(body) or (ListRow(("", "", "", "", "")),) * 2)


def withdrawal(case: Case) -> FormPaper:
    """Gather the approval of a cancellation (退房审批表)."""
    row, stands = case.deal.deal, account(case)
    return case.form([
        Section(answers=_buyers(case) + _about(case) + said(
            ("签订日期", written(row.signed)), ("备案日期", written(row.filed)),
            ("付款方式", plan_words(row.plan, case.lang)), ("已付款", str(stands.received)),
            ("退定日期", written(row.closed or case.day)), ("退房金额", _BLANK), ("退房原因", row.reason),
            wide=("退房原因",))),
        Section("应当收回的文件", words=(
            "□认购书　□买卖合同　□收据　□发票　□按揭资料　□购房资格证明　□其他：",)),
        Section("退款账户", answers=said(("户名", _BLANK), ("开户行", _BLANK), ("账号", _BLANK), wide=("账号",))),
        Section(words=("退款以买受人本人账户为限；已经备案、预告登记或者放款的，办结注销之后退款。",)),
    ], amount=stands.received, opinions=CHAIN, signers=("申请人", "经办人", "日期"))  # fmt: skip


def forfeiture(case: Case) -> FormPaper:
    """Gather the approval of a forfeiture (挞定审批表); what the house keeps is cut at the lawful share."""
    row, stands = case.deal.deal, account(case)
    paid = money.received_for(case.connection, case.about, AS_DEPOSIT)
    kept = settle_deposit(DepositKind.DEPOSIT, paid, row.total, Outcome.BUYER_AT_FAULT, case.rules.deposit_cap).kept
    late = (case.day - row.sign_by).days if row.sign_by and row.sign_by < case.day else 0
    return case.form([
        Section(answers=_buyers(case) + _about(case) + said(
            ("应签约日期", written(row.sign_by)), ("逾期天数", f"{late} 天" if late else ""),
            ("约定定金", written(row.deposit)), ("已付款", str(stands.received)), ("不予返还的定金", str(kept)),
            ("应返还金额", str(stands.received - kept)), ("挞定原因", row.reason), ("催签记录", _BLANK),
            wide=("挞定原因", "催签记录"))),
        Section(words=(
            "定金数额不超过总价款百分之二十的部分适用定金罚则，超过的部分返还（民法典第五百八十六条、第五百八十七条）。",
            "因不可归责于双方的原因未能签约的，不适用本表，定金全额返还。")),
    ], amount=kept, opinions=CHAIN)  # fmt: skip


def discount(case: Case) -> FormPaper:
    """Gather the approval of a discount (优惠审批表): price list, each discount, what is left, and why.

    Of a deal at its list price it is the application: what is asked for is written in by hand.
    """
    row, terms = case.deal.deal, case.deal.terms
    area = row.area
    columns = (Column("项目"), Column("优惠额（元）", "right", 0.2), Column("单价（元/㎡）", "right", 0.22),
               Column("总价（元）", "right", 0.24))  # fmt: skip
    listed = average(row.list_total, area) or Money()
    rows = [ListRow(("售价表", "", str(listed), str(row.list_total)))]
    rows += [
        ListRow((f"优惠：{line.name}", str(-line.difference), str(average(line.after, area) or ""), str(line.after)))
        for line in agreed_lines(case.connection, row, rounding_of(case.connection, case.project))
    ]
    if row.total == row.list_total:
        after, less = ("优惠后", "", "", ""), ("差额", "", "", "")
        rows.append(ListRow(("优惠：", "", "", "")))
    else:
        after = ("优惠后", "", str(row.unit_price), str(row.total))
        less = ("差额", "", str(listed - row.unit_price), str(row.list_total - row.total))
    rows.append(ListRow(after, strong=True))
    return case.form([
        Section(answers=_buyers(case) + _about(case) + said(
            ("付款方式", plan_words(row.plan, case.lang)), ("关系人", _BLANK), ("申请人", terms.consultant),
            ("申请日期", written(case.day)))),
        Section("价格", columns=columns, rows=tuple(rows), totals=(less,)),
        Section("申请理由", answers=said(("理由", _why(case)), ("备注", _BLANK), wide=("理由", "备注"))),
    ], amount=row.total, opinions=("填表人", "部门经理", "营销总监", "总经理"))  # fmt: skip


def _why(case: Case) -> str:
    a, by = approval.c, person.c
    found = case.connection.execute(
        select(a.note, by.name, a.granted).outerjoin(person, by.id == a.decided_by)
        .where(a.unit_id == case.deal.deal.unit_id, a.step == Step.SUBSCRIBE.value).order_by(a.id.desc()).limit(1)
    ).first()
    if found is None:
        return _BLANK
    return f"{found.note}（{found.name}{'已批准' if found.granted else '未批准'}）" if found.name else found.note


def selection(case: Case) -> FormPaper:
    """Gather the confirmation of a choice (选房确认单) of a unit, for whoever it is held or bought by."""
    row = units.by_id(case.connection, case.about)
    if row is None or not row.list_total:
        raise PaperNotNow(why="no-price")
    of, say = home(case.connection, row), case.say
    kept = _held(case)
    chosen, until = (_moment(case, kept.at), _moment(case, kept.until)) if kept else (_BLANK, _BLANK)
    return case.form([
        Section(answers=said(
            (say("Customer"), row.buyer or (kept.name if kept else "")), (say("Number drawn"), _BLANK),
            (say("Unit"), of.room), (say("Layout"), of.type), (say("Construction area"), f"{written(of.gross)} ㎡"),
            (say("Inner area"), f"{written(of.inner)} ㎡"), (say("List price (yuan)"), str(row.list_total)),
            (say("Price a square metre (yuan)"), str(average(row.list_total, row.area) or "")),
            (say("Chosen at"), chosen), (say("Valid until"), until))),
        Section(words=(
            say("I have seen the home's plan, its price and the facts on display, and choose this home."),
            say("It lapses when the deposit is not paid by the time written above; others may then choose the home."))),
    ], amount=row.list_total, signers=(say("Customer"), say("First control desk"), say("Second control desk"),
                                       say("Cashier")))  # fmt: skip


def _held(case: Case) -> Any | None:
    """The hold that keeps the unit for a customer now; one whose time has passed keeps nothing."""
    h = hold.c
    return case.connection.execute(
        select(customer.c.name, h.at, h.until).join(hold, h.customer_id == customer.c.id)
        .where(h.unit_id == case.about, h.ended.is_(None), h.until > case.now).order_by(h.id.desc()).limit(1)
    ).first()


def _moment(case: Case, at: datetime) -> str:
    here = at.astimezone(CHINA)
    return f"{case.written(here.date())} {here:%H:%M}"


def _buyers(case: Case) -> tuple[Answer, ...]:
    buyers = case.deal.terms.buyers
    return said(
        ("买受人", names(buyers)), ("联系电话", "、".join(filter(None, (one.phone for one in buyers)))),
        ("证件号码", "、".join(filter(None, (one.id_number for one in buyers)))), wide=("证件号码",)
    )  # fmt: skip


def _about(case: Case) -> tuple[Answer, ...]:
    row, of = case.deal.deal, case.deal.terms.home
    return said(
        ("房号", of.room), ("建筑面积", f"{written(of.gross)} ㎡"), ("认购日期", written(row.subscribed)),
        ("成交总价", str(row.total)),
    )  # fmt: skip
