"""Gathering letters and agreements: reminder, certificate, statement, notice, rescission, supplement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from salescenter.data.payments import receipt
from salescenter.domain.amounts_in_words import in_words
from salescenter.domain.late_fees import days_late
from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.fields import CLAUSES, written
from salescenter.domain.papers.form import Section
from salescenter.domain.papers.letter import LetterPaper
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.domain.papers.texts import text_name
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import PaperNotNow
from salescenter.domain.templates import Value
from salescenter.domain.units import UnitState
from salescenter.money_words import item_words, kind_words, method_words
from salescenter.services.papers.case import Account, Case, account, contract_of
from salescenter.services.papers.template_versions import in_force
from salescenter.services.payments.lists import late_on


def dunning(case: Case) -> LetterPaper:
    """Gather a payment reminder (催款函); refuses where nothing is overdue."""
    stands = account(case)
    late = [line for line in stands.dues if line.due and line.due < case.day and line.paid < line.amount]
    if not late:
        raise PaperNotNow(why="nothing-overdue")
    owed = Money.sum(line.amount - line.paid for line in late)
    fees = [late_on(line.amount - line.paid, line.due, case.day, case.rules) for line in late]
    fee = Money.sum(fees)
    mine = {
        **_money("欠款合计", owed), **_money("应付合计", owed + fee), "违约金": str(fee),
        "最长逾期日数": str(max(days_late(line.due, case.day) for line in late)),
        "付款截止日期": case.written(case.day + timedelta(days=case.rules.dunning_days)),
        "违约金公式": _formula(case),
    }  # fmt: skip
    return _letter(case, stands, owed + fee, mine, {"欠款明细": _owed(case, late, fees)})


def _formula(case: Case) -> str:
    rate = f"{case.rules.late_fee_rate * 10_000:f}".rstrip("0").rstrip(".")
    return case.say("amount overdue × {rate}/10,000 a day × days overdue, counted from the day after the due date",
                    rate=rate)  # fmt: skip


def _owed(case: Case, late: list[Any], fees: list[Money]) -> Section:
    columns = (
        Column(case.say("Item")), Column(case.say("Due on"), "centre"), Column(case.say("Due (yuan)"), "right"),
        Column(case.say("Paid (yuan)"), "right"), Column(case.say("Overdue (yuan)"), "right"),
        Column(case.say("Days"), "right"), Column(case.say("Late fee (yuan)"), "right"),
    )  # fmt: skip
    rows = [
        ListRow((item_words(line.item, case.lang), f"{line.due}", str(line.amount), str(line.paid),
                 str(line.amount - line.paid), str(days_late(line.due, case.day)), str(fee)))
        for line, fee in zip(late, fees, strict=True)
    ]  # fmt: skip
    owed = Money.sum(line.amount - line.paid for line in late)
    total = (case.say("Total"), "", "", "", str(owed), "", str(Money.sum(fees)))
    return Section(columns=columns, rows=tuple(rows), totals=(total,))


def cleared(case: Case) -> LetterPaper:
    """Gather a certificate that the price is paid (付清证明); refuses where something is left."""
    stands = account(case)
    if stands.left > ZERO or not stands.dues:
        raise PaperNotNow(why="not-paid-up")
    price = Money.sum(line.paid for line in stands.dues)  # what was collected for others is no part of it
    return _letter(case, stands, case.deal.deal.total, _money("已收款", price))


def statement(case: Case) -> LetterPaper:
    """Gather a statement of account (对账函): the schedule and every receipt, to be confirmed."""
    stands = account(case)
    mine = {"回函期限": case.written(case.day + timedelta(days=case.rules.statement_days))}
    tables = {"应收明细": schedule_table(case, stands), "收款明细": receipts_table(case)}
    return _letter(case, stands, stands.received, mine, tables)


def schedule_table(case: Case, stands: Account) -> Section:
    """The schedule with what was paid on each line, and its sums."""
    columns = (
        Column(case.say("No."), "centre"), Column(case.say("Item")), Column(case.say("Due on"), "centre"),
        Column(case.say("Due (yuan)"), "right"), Column(case.say("Paid (yuan)"), "right"),
        Column(case.say("Left (yuan)"), "right"),
    )  # fmt: skip
    rows = [
        ListRow((str(at), item_words(line.item, case.lang), _when(case, line), str(line.amount), str(line.paid),
                 str(line.amount - line.paid)))
        for at, line in enumerate(stands.dues, start=1)
    ]  # fmt: skip
    sums = (Money.sum(line.amount for line in stands.dues), Money.sum(line.paid for line in stands.dues), stands.left)
    return Section(columns=columns, rows=tuple(rows), totals=((case.say("Total"), "", "", *map(str, sums)),))


def _when(case: Case, line: Any) -> str:
    return str(line.due) if line.due else line.condition or case.say("on release by the bank")


def receipts_table(case: Case) -> Section:
    """Every receipt of a deal with its sum; a counter-entry or refund takes off."""
    c = receipt.c
    found = case.connection.execute(
        select(c.day, c.number, c.kind, c.method, c.amount).where(c.deal_id == case.about).order_by(c.id)
    ).all()
    columns = (
        Column(case.say("Day"), "centre"), Column(case.say("Receipt no.")), Column(case.say("Kind")),
        Column(case.say("Paid by")), Column(case.say("Amount (yuan)"), "right"),
    )  # fmt: skip
    rows = [
        ListRow((str(row.day), row.number, kind_words(MoneyKind(row.kind), case.lang),
                 method_words(Method(row.method), case.lang), str(row.amount)))
        for row in found
    ]  # fmt: skip
    total = (case.say("Total"), "", "", "", str(Money.sum(row.amount for row in found)))
    return Section(columns=columns, rows=tuple(rows), totals=(total,))


def handover(case: Case) -> LetterPaper:
    """Gather a notice of handover (交房通知书), with the law's notice before the day the contract names."""
    stands, terms = account(case), case.deal.terms
    if case.deal.deal.state < UnitState.SIGNED:
        raise PaperNotNow(why="not-signed")
    notice = int(terms.clauses.get("交付通知日数") or CLAUSES["交付通知日数"])
    begin = max(case.day + timedelta(days=notice), terms.handover or case.day)
    until = begin + timedelta(days=case.rules.handover_days)
    mine = {"交房日期": case.written(begin), "交房截止日期": case.written(until)}
    return _letter(case, stands, stands.left, mine, {"费用明细": schedule_table(case, stands)})


def rescission(case: Case) -> LetterPaper:
    """Gather an agreement to rescind (解除协议)."""
    stands, row = account(case), case.deal.deal
    mine = {
        "终止原因": row.reason,
        "退款期限日数": str(case.deal.terms.clauses.get("解除付款日数", CLAUSES["解除付款日数"])),
        "已备案": row.filed is not None,
    }
    return _letter(case, stands, stands.received, mine)


def supplement(case: Case) -> LetterPaper:
    """Gather a supplementary agreement (补充协议) to a subscription or contract."""
    return _letter(case, account(case), case.deal.deal.total, {})


def _letter(
    case: Case, stands: Account, amount: Money, mine: Mapping[str, Value], tables: Mapping[str, Section] | None = None
) -> LetterPaper:
    row, terms = case.deal.deal, case.deal.terms
    signed = row.state >= UnitState.SIGNED
    head = case.head(amount)
    shared: dict[str, Value] = {
        "函件编号": head.number, "出具日期": case.written(case.day), "交易编号": contract_of(case.deal),
        "合同名称": case.say("Contract of Sale" if signed else "Subscription Agreement"), "已签约": signed,
        **_money("已收款", stands.received), **_money("尚欠款", stands.left),
    }  # fmt: skip
    text = in_force(case.connection, case.project, text_name(case.kind, case.lang), case.day).text
    return LetterPaper(head, terms, text, {**shared, **mine}, tables or {})


def _money(name: str, amount: Money) -> dict[str, Value]:
    """An amount and the same in capitals; nought is said as 0.00, not struck out."""
    return {name: written(amount) or "0.00", f"{name}大写": in_words(amount)}
