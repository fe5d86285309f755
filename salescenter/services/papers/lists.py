"""Gathering lists of the title clerk: mortgage documents, contracts for filing, loans for the bank, performance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from salescenter.data.customer_phones import first_of
from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, due
from salescenter.data.estate import building, stair, unit
from salescenter.data.payments import allocation, receipt
from salescenter.domain.late_fees import days_late
from salescenter.domain.loans import Loan, Method, quote
from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.fields import names, written
from salescenter.domain.papers.filling import SUBTOTAL
from salescenter.domain.papers.form import FormPaper, Section
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.domain.papers.received import Document
from salescenter.domain.refusals import PaperNotNow
from salescenter.domain.templates import BOX, TICK
from salescenter.domain.units import SIGNED_STATES, UnitState
from salescenter.i18n import mark
from salescenter.money_words import item_words, plan_words
from salescenter.services.papers.case import Case, account, contract_of, said
from salescenter.services.papers.received import on_file
from salescenter.services.payments.lists import late_on

CHECKLIST: tuple[tuple[str, str, str, Document | None], ...] = (
    (mark("Identity cards of all borrowers and their spouses"), mark("original and copy"), "3", Document.IDENTITY),
    (mark("Household register: first page, own page, changes"), mark("original and copy"), "3", Document.HOUSEHOLD),
    (mark("Proof of marital status: unmarried, married, divorced with settlement, or widowed"),
     mark("original and copy"), "3", Document.MARRIAGE),
    (mark("Contract of sale"), mark("original"), "1", None),
    (mark("Receipts of the down payment"), mark("original and copy"), "2", None),
    (mark("The seller's account for the loan"), mark("copy"), "1", None),
    (mark("Proof of income of at least twice the monthly payment"), mark("original"), "1", Document.INCOME),
    (mark("Bank statements of the last six months"), mark("original"), "1", Document.STATEMENTS),
    (mark("Tax and social insurance record"), mark("original"), "1", Document.TAXES),
    (mark("Proof of assets, where income alone does not carry the loan"), mark("copy"), "1", Document.ASSETS),
    (mark("Residence permit, for buyers from elsewhere"), mark("original and copy"), "2", Document.RESIDENCE),
    (mark("Record of six months in the housing provident fund, for its loans"), mark("original"), "1",
     Document.PROVIDENT),
)  # fmt: skip
"""What the bank wants: paper, original or copy, how many, and under which name a copy of it is filed (按揭资料)."""


def checklist(case: Case) -> FormPaper:
    """Gather the list of mortgage documents (按揭资料清单); refuses a deal without a loan."""
    terms, say = case.deal.terms, case.say
    if not terms.payment.loan:
        raise PaperNotNow(why="no-loan")
    columns = (Column(say("No."), "centre"), Column(say("Document")), Column(say("Original or copy"), "centre"),
               Column(say("How many"), "centre"), Column(say("There"), "centre", 0.08),
               Column(say("Received on"), "centre", 0.15))  # fmt: skip
    there = on_file(case.connection, case.about)
    rows = [
        ListRow((str(at), say(name), say(form), many, *_there(case, there.get(document, {}) if document else {})))
        for at, (name, form, many, document) in enumerate(CHECKLIST, start=1)
    ]
    return case.form([
        Section(answers=said(
            (say("Borrower"), names(terms.buyers)), (say("Unit"), terms.home.room),
            (say("Contract no."), contract_of(case.deal)), (say("Price (yuan)"), str(terms.price.total)),
            (say("Loan (yuan)"), str(terms.payment.loan)), (say("Bank"), terms.payment.lender))),
        Section(columns=columns, rows=tuple(rows)),
        Section(words=(say("The borrower signs copies as true, and brings what is missing within seven days."),)),
    ], amount=terms.payment.loan, signers=(say("Borrower"), say("Received by"), say("Date")))  # fmt: skip


def _there(case: Case, whose: Mapping[int | None, date]) -> tuple[str, str]:
    """Tick what every borrower's copy is on file of, with the day the last one came; else say of how many."""
    many = len(case.deal.terms.buyers)
    if len(whose) < many:
        return (f"{len(whose)}/{many}" if whose else BOX), ""
    return TICK, case.written(max(whose.values()))


def performance(case: Case) -> FormPaper:
    """Gather a contract's performance (合同履行一览表): what was agreed, paid, is late, and the days of its life.

    The program keeps no record of banks and registries: the mortgage (按揭) and the title (办证) count from the day the
    bank's papers and the certificate were filed, the loan (放款) from its last receipt.
    """
    row, terms, stands = case.deal.deal, case.deal.terms, account(case)
    paid = _paid_on(case)
    columns = (
        Column("期次", "centre"), Column("款项"), Column("应付日", "centre"), Column("应付额", "right"),
        Column("实付日", "centre"), Column("实付额", "right"), Column("收据"), Column("欠款", "right"),
        Column("逾期天数", "right"), Column("违约金", "right"),
    )  # fmt: skip
    rows = tuple(_performed(case, at, line, paid.get(line.id, [])) for at, line in enumerate(stands.dues, start=1))
    agreed, got = Money.sum(line.amount for line in stands.dues), Money.sum(line.paid for line in stands.dues)
    total = ("合计", "", "", str(agreed), "", str(got), "", str(stands.left), "", "")
    days = (("认购", row.subscribed), ("草签", row.drafted), ("网签", row.signed), ("备案", row.filed),
            ("按揭", _filed_on(case, Document.LENDING) if terms.payment.loan else "不贷款"),
            ("放款", _lent_on(stands.dues, paid)), ("合同约定交付", terms.handover), ("交付", row.handed_over),
            ("办证", _filed_on(case, Document.TITLE)))  # fmt: skip
    return case.form([
        Section(answers=said(
            ("合同编号", contract_of(case.deal)), ("房号", terms.home.room), ("买受人", names(terms.buyers)),
            ("建筑面积", f"{written(row.area)} ㎡"), ("单价", str(row.unit_price)), ("总价", str(row.total)),
            ("付款方式", plan_words(row.plan, case.lang)), ("置业顾问", terms.consultant))),
        Section("价款履行", columns=columns, rows=rows, totals=(total,)),
        Section("办理进度", answers=said(*((name, written(day)) for name, day in days)), words=(
            "按揭以银行贷款资料归档之日、放款以贷款到账之日、办证以不动产权证书归档之日为准。",)),
    ], amount=row.total, signers=("制表", "审核"), landscape=True)  # fmt: skip


def _filed_on(case: Case, document: Document) -> date | None:
    """The day the newest copy of a document of the deal itself was filed."""
    return on_file(case.connection, case.about).get(document, {}).get(None)


def _lent_on(dues: Sequence[Any], paid: Mapping[int, Sequence[Any]]) -> str:
    """The day the last of the loans came; marked while they are not there in full, empty while nothing came."""
    lent = [line for line in dues if line.loan and line.paid > ZERO]
    if not lent:
        return ""
    whole = all(line.paid >= line.amount for line in dues if line.loan)
    return written(max(one.day for line in lent for one in paid[line.id])) + ("" if whole else "（未足额）")


def _paid_on(case: Case) -> dict[int, list[Any]]:
    a, r = allocation.c, receipt.c
    found: dict[int, list[Any]] = {}
    for row in case.connection.execute(
        select(a.due_id, r.day, r.number).join(receipt, r.id == a.receipt_id)
        .where(r.deal_id == case.about).order_by(r.id)
    ):
        found.setdefault(row.due_id, []).append(row)
    return found


def _performed(case: Case, at: int, line: Any, came: Sequence[Any]) -> ListRow:
    owed = line.amount - line.paid
    late = owed > ZERO and line.due is not None and line.due < case.day
    return ListRow((
        str(at), item_words(line.item, case.lang), str(line.due or line.condition or "银行放款"), str(line.amount),
        "\n".join(str(one.day) for one in came), str(line.paid), "\n".join(one.number for one in came), str(owed),
        str(days_late(line.due, case.day)) if late else "",
        str(late_on(owed, line.due, case.day, case.rules)) if late else "",
    ), alarm=late)  # fmt: skip


def filing(case: Case) -> FormPaper:
    """Gather the hand-over of signed contracts that are to be filed (备案批次), the first to lapse first."""
    found = case.connection.execute(
        contracts_of(case.project).add_columns(_of_buyer(customer.c.id), _of_buyer(customer.c.phone_shown))
        .where(deal.c.state == UnitState.SIGNED).order_by(deal.c.signed, deal.c.id)
    ).all()
    columns = (
        Column("序号", "centre"), Column("房号"), Column("买受人"), Column("电话"), Column("合同编号"),
        Column("签订日期", "centre"), Column("建筑面积（㎡）", "right"), Column("总价（元）", "right"),
        Column("备案期限", "centre"), Column("份数", "centre", 0.05), Column("状态", "centre"),
        Column("备案日期", "centre", 0.08),
    )  # fmt: skip
    whole = first_of(case.connection, case.project, {row.buyer_id for row in found})
    term = timedelta(days=case.rules.filing_days)
    rows = [
        ListRow((str(at), room_of(row), row.buyer, whole.get(row.buyer_id, row.buyer_phone_shown),
                 row.contract_number, str(row.signed), written(row.area), str(row.total), str(row.signed + term),
                 "", "未送案", ""),
                alarm=row.signed + term < case.day)
        for at, row in enumerate(found, start=1)
    ]  # fmt: skip
    return _batch(case, columns, rows, Money.sum(row.total for row in found), 7)


def _of_buyer(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """What is known of a deal's first buyer, under the same name."""
    return (
        select(column).join(deal_buyer, deal_buyer.c.customer_id == customer.c.id)
        .where(deal_buyer.c.deal_id == deal.c.id, deal_buyer.c.active).order_by(deal_buyer.c.position).limit(1)
        .correlate(deal).scalar_subquery().label(f"buyer_{column.key}")
    )  # fmt: skip


def lending(case: Case) -> FormPaper:
    """Gather the hand-over of loans that are not paid out yet (按揭批次), each lender's together with their sum.

    A combined loan (组合贷款) is two lines: either lender is told its own amount alone.
    """
    c = due.c
    found = case.connection.execute(
        contracts_of(case.project).add_columns(c.amount, c.item, c.loan)
        .join(due, c.deal_id == deal.c.id)
        .where(deal.c.state.in_([int(state) for state in SIGNED_STATES]), c.loan != "", c.paid < c.amount)
        .order_by(deal.c.signed, deal.c.id, c.position)
    ).all()
    columns = (
        Column("序号", "centre"), Column("房号"), Column("借款人"), Column("合同编号"), Column("签订日期", "centre"),
        Column("总价（元）", "right"), Column("贷款种类"), Column("贷款额（元）", "right"), Column("年限", "centre"),
        Column("月供（元）", "right"), Column("等额本金首月（元）", "right"), Column("贷款机构"),
        Column("资料份数", "centre", 0.05), Column("接收签字", share=0.08),
    )  # fmt: skip
    loans = sorted(((row, _agreed(row)) for row in found), key=lambda one: one[1].bank)
    rows: list[ListRow] = []
    for bank, mine in groupby(enumerate(loans, start=1), key=lambda one: one[1][1].bank):
        lent = list(mine)
        rows += (_lent(case, at, *loan) for at, loan in lent)
        if len(lent) < len(loans):
            rows.append(_summed(Money.sum(row.amount for _, (row, _) in lent), bank))
    return _batch(case, columns, rows, Money.sum(row.amount for row in found), 7, (_MONTHLY,))


_MONTHLY = (
    "月供按等额本息计算：贷款额×月利率×（1＋月利率）^月数÷［（1＋月利率）^月数－1］；"
    "等额本金首月为：贷款额÷月数＋贷款额×月利率。利率、年限未约定的留空，由经办人填写。"
)


@dataclass(frozen=True, slots=True)
class AgreedLoan:
    """Who lends a line of the schedule, for how many years, at which yearly rate; empty or none where nobody said."""

    bank: str = ""
    years: int = 0
    rate: Decimal | None = None

    def monthly(self, amount: Money) -> tuple[str, str]:
        """What is paid a month by equal payments, and in the first month by equal principal; empty where not known."""
        if not self.years or self.rate is None:
            return "", ""
        loan = Loan(amount, self.rate, self.years * 12)
        by_payment, by_principal = (quote(loan, how).first for how in (Method.EQUAL_PAYMENT, Method.EQUAL_PRINCIPAL))
        return str(by_payment), str(by_principal)


def _agreed(row: Any) -> AgreedLoan:
    of = next((one for one in row.terms.get("loans", []) if one["kind"] == row.loan), None)
    if of is None:
        return AgreedLoan()
    return AgreedLoan(of.get("bank", ""), of.get("years") or 0, Decimal(of["rate"]) if of.get("rate") else None)


def _lent(case: Case, at: int, row: Any, agreed: AgreedLoan) -> ListRow:
    return ListRow((
        str(at), room_of(row), row.buyer, row.contract_number, str(row.signed or ""), str(row.total),
        item_words(row.item, case.lang), str(row.amount), str(agreed.years or ""), *agreed.monthly(row.amount),
        agreed.bank, "", "",
    ))  # fmt: skip


def _summed(amount: Money, bank: str) -> ListRow:
    return ListRow((SUBTOTAL, *[""] * 6, str(amount), "", "", "", bank, "", ""), strong=True)


def _batch(case: Case, columns: Sequence[Column], rows: Sequence[ListRow], total: Money, at: int,
           words: tuple[str, ...] = ()) -> FormPaper:  # fmt: skip
    """Make a hand-over list; refuses where nothing is to be handed over. The total stands in column `at`."""
    if not rows:
        raise PaperNotNow(why="nothing-to-list")
    sums = tuple("合计" if column == 0 else str(total) if column == at else "" for column in range(len(columns)))
    about = said(("批次日期", written(case.day)), ("份数", f"{sum(not row.strong for row in rows)} 份"))
    listed = Section(columns=tuple(columns), rows=tuple(rows), totals=(sums,), words=words)
    signers = ("移交人", "接收人", "接收日期")
    return case.form([Section(answers=about), listed], amount=total, signers=signers, landscape=True)


def contracts_of(project: int) -> Select[Any]:
    """Living deals of the project with their place and first buyers' names."""
    d = deal.c
    return (
        select(d.id, d.contract_number, d.signed, d.area, d.total, d.plan, d.terms, unit.c.number,
               unit.c.buyer, building.c.name.label("building"), stair.c.name.label("stair"))
        .join(unit, unit.c.id == d.unit_id)
        .join(building, building.c.id == unit.c.building_id)
        .join(stair, stair.c.id == unit.c.stair_id)
        .where(d.project_id == project, d.living)
    )  # fmt: skip


def room_of(row: Any) -> str:
    """Name a unit as papers do: 3号楼1单元1201."""
    return f"{row.building}{row.stair}{row.number}"
