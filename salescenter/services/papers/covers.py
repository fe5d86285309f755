"""Gathering covers and labels of the archive: a deal's file with its contents, the labels of a month's contracts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from salescenter.data.deals import deal
from salescenter.data.papers import paper
from salescenter.data.payments import receipt
from salescenter.data.types import CHINA
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.cover import CoverPaper, Filed, Label, LabelsPaper
from salescenter.domain.papers.fields import names, written
from salescenter.domain.papers.retention import longest
from salescenter.domain.refusals import PaperNotNow
from salescenter.domain.units import UnitState
from salescenter.services.papers.case import Case, contract_of
from salescenter.services.papers.lists import contracts_of, room_of
from salescenter.services.papers.received import brought_for
from salescenter.services.papers.titles import document_words, paper_words


def cover(case: Case) -> CoverPaper:
    """Gather a file's cover (装订封面): whose it is, when it begins and ends, what lies in it."""
    row, terms = case.deal.deal, case.deal.terms
    kinds, contents = zip(*_contents(case), strict=True)
    years = longest(kinds, case.rules)
    days = [one.day for one in contents if one.day]
    facts = (
        ("起止日期", f"{written(min(days))} 至 {written(max(days))}" if days else ""), ("件数", f"{len(contents)} 件"),
        ("保管期限", f"{years} 年" if years else "永久"), ("立卷人", ""), ("审核人", ""),
    )  # fmt: skip
    buyers, number = names(terms.buyers), contract_of(case.deal)
    return CoverPaper(case.head(row.total, "商品房买卖档案"), terms.home.room, buyers, number, facts, contents)


def _contents(case: Case) -> tuple[tuple[PaperKind, Filed], ...]:
    """Agreement, contract, receipts, whatever else was printed for the deal and what customers brought, each once."""
    row = case.deal.deal
    found: list[tuple[PaperKind, Filed]] = []
    if row.subscribed:
        found.append(_filed(PaperKind.SUBSCRIPTION, row.number, row.subscribed))
    if row.state >= UnitState.DRAFTED:
        found.append(_filed(PaperKind.CONTRACT, contract_of(case.deal), row.signed or row.drafted))
    r, p = receipt.c, paper.c
    receipts = case.connection.execute(select(r.number, r.day).where(r.deal_id == row.id).order_by(r.id))
    found += [_filed(PaperKind.RECEIPT, one.number, one.day) for one in receipts]
    first = [PaperKind.SUBSCRIPTION.value, PaperKind.CONTRACT.value, PaperKind.RECEIPT.value, case.kind.value]
    printed = case.connection.execute(
        select(p.kind, p.number, func.min(p.at).label("at")).where(p.deal_id == row.id, p.kind.not_in(first))
        .group_by(p.kind, p.number).order_by(func.min(p.id))
    )
    found += [_filed(PaperKind(one.kind), one.number, one.at.astimezone(CHINA).date()) for one in printed]
    brought = (Filed(document_words(document, "zh_CN"), number, day)
               for document, number, day in brought_for(case.connection, row.id))  # fmt: skip
    return (*found, *((PaperKind.RECEIVED, one) for one in brought))


def _filed(kind: PaperKind, number: str, day: Any) -> tuple[PaperKind, Filed]:
    return kind, Filed(paper_words(kind, "zh_CN"), number, day)


def labels(case: Case) -> LabelsPaper:
    """Gather the labels (档案标签) of all living contracts signed in the month of the day."""
    first = case.day.replace(day=1)
    this_month = contracts_of(case.project).where(deal.c.signed >= first, deal.c.signed <= case.day)
    found = case.connection.execute(this_month.order_by(deal.c.signed, deal.c.id)).all()
    if not found:
        raise PaperNotNow(why="nothing-to-list")
    of = [Label(room_of(row), row.buyer, row.contract_number, f"签订 {row.signed}") for row in found]
    return LabelsPaper(case.head(), tuple(of))
