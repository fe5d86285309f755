"""Dunning letters (催款函) as a house sends them: nobody owes what, for when, or as long as another does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from bench.paper_values import DAY, MADE, TEMPLATES, terms
from salescenter.domain.amounts_in_words import in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind, check_value
from salescenter.domain.papers.deal import Buyer, Terms
from salescenter.domain.papers.fields import written
from salescenter.domain.papers.form import Section
from salescenter.domain.papers.head import Head, number_for
from salescenter.domain.papers.letter import LetterPaper
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.domain.templates import Value

RATE = Decimal("0.00005")
_FAMILIES = ("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "欧阳", "上官")
_NAMES = ("伟", "芳", "娜", "秀英", "敏", "静", "䶮", "强", "磊", "洋", "艳", "勇军", "杰", "娟", "𬭚", "明霞", "建国")
_COLUMNS = (
    Column("款项"), Column("应付日期", "centre"), Column("应付（元）", "right"), Column("已付（元）", "right"),
    Column("欠款（元）", "right"), Column("逾期日数", "right"), Column("违约金（元）", "right"),
)
_DUE = ("首付余款", "第二期房款", "第三期房款")


def letter(turn: int) -> LetterPaper:
    """Return a dunning letter of one page: one to three instalments overdue, one buyer or two."""
    late = [_late(turn, at) for at in range(1 + turn % 3)]
    owed, fee = Money.sum(line.missing for line in late), Money.sum(line.fee for line in late)
    number = number_for(PaperKind.DUNNING, DAY, 1000 + turn)
    check = check_value(PaperKind.DUNNING, number, (owed + fee).fen, b"house")
    head = Head(PaperKind.DUNNING, number, "催款函", "云栖置业有限公司", "云栖花园", DAY, MADE, owed + fee, check)
    paid = Money.yuan(20_000 + 1_000 * (turn % 97))
    said: dict[str, Value] = {
        "函件编号": number, "出具日期": written(DAY), "合同名称": "商品房买卖合同", "已签约": turn % 5 > 0,
        "交易编号": f"HT2026-{turn:04d}", "最长逾期日数": str(max(line.days for line in late)), "违约金": str(fee),
        "违约金公式": "逾期金额×万分之零点五/日×逾期日数，自应付日期次日起算",
        "付款截止日期": written(DAY + timedelta(days=7)),
        **_money("欠款合计", owed), **_money("应付合计", owed + fee),
        **_money("已收款", paid), **_money("尚欠款", owed),
    }  # fmt: skip
    text = (TEMPLATES / "dunning.txt").read_text("utf-8")
    return LetterPaper(head, _terms(turn), text, said, {"欠款明细": _table(late, owed, fee)})


class _Late(NamedTuple):
    """An instalment overdue."""

    name: str
    due: date
    amount: Money
    missing: Money
    days: int
    fee: Money


def _late(turn: int, at: int) -> _Late:
    days = 9 + (turn * 7 + at * 31) % 160
    amount = Money(6_904_823 + turn * 13_517 + at * 2_200_000)
    missing = amount - Money.yuan(1_000 * ((turn + at) % 4))
    return _Late(_DUE[at], DAY - timedelta(days=days), amount, missing, days, missing.times(RATE * days))


def _table(late: list[_Late], owed: Money, fee: Money) -> Section:
    rows = tuple(
        ListRow((one.name, str(one.due), str(one.amount), str(one.amount - one.missing), str(one.missing),
                 str(one.days), str(one.fee)))
        for one in late
    )  # fmt: skip
    return Section(columns=_COLUMNS, rows=rows, totals=(("合计", "", "", "", str(owed), "", str(fee)),))


def _terms(turn: int) -> Terms:
    """Whose letter it is; the house, the project and its account are everybody's."""
    plain = terms(turn)
    home = replace(plain.home, room=f"{1 + turn % 9}号楼{1 + turn % 2}单元{101 + turn % 1800}")
    buyers = tuple(Buyer(_FAMILIES[one % 14] + _NAMES[one // 14 % 17]) for one in (turn, 3 * turn + 1)[:1 + turn % 2])
    estate = replace(plain.estate, bank="临江银行青禾支行", account_name="云栖置业有限公司商品房预售款监管专户",
                     account="6222 0212 0200 1234 567")  # fmt: skip
    seller = replace(plain.seller, phone="0571-88001234")
    return replace(plain, home=home, buyers=buyers, estate=estate, seller=seller,
                   consultant=("李娜", "周建国", "赵敏", "孙磊")[turn % 4])  # fmt: skip


def _money(name: str, amount: Money) -> dict[str, Value]:
    return {name: str(amount), f"{name}大写": in_words(amount)}
