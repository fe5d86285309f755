"""Gathering the list of papers destroyed (销毁清册): every line with its years, who said yes, who watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from salescenter.data.deals import deal
from salescenter.data.papers import destruction_line
from salescenter.data.types import CHINA
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.destruction import ListState
from salescenter.domain.papers.fields import written
from salescenter.domain.papers.form import FormPaper, Section
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.domain.papers.registration import Answer
from salescenter.domain.papers.retention import Held
from salescenter.services.papers import destruction
from salescenter.services.papers.case import Case, said
from salescenter.services.papers.destruction import DestructionList
from salescenter.services.papers.titles import paper_words

STAYS: dict[Held, str] = {
    Held.DEAL: "交易未了结", Held.MONEY: "款项未结清", Held.SEIZED: "房屋查封", Held.DAY: "当日未日结",
    Held.MARKED: "暂缓销毁", Held.LATER: "同号单据未满年限", Held.TERM: "年限未满", Held.LISTED: "已列入其他清册",
}  # fmt: skip
"""Why papers stay, as the list says it."""

_COLUMNS = (
    Column("序号", "centre", 0.05), Column("案卷／单据号"), Column("名称"), Column("年度", "centre", 0.07),
    Column("份数", "right", 0.06), Column("应保管年限", "right", 0.1), Column("已保管年限", "right", 0.1),
    Column("备注", share=0.2),
)  # fmt: skip
_OPINIONS = ("单位负责人", "档案管理机构负责人", "会计管理机构负责人")
_SIGNERS = ("档案经办人", "会计经办人", "监销人", "监销人")
"""Who signs a list (会计档案管理办法 art. 18): the heads their opinion, clerks for their part, two who watched."""


def register(case: Case) -> FormPaper:
    """Gather a list as it stands: to be signed before it is approved, and again once it was carried out."""
    one = destruction.on_list(case.connection, case.project, case.about)
    dated = replace(case, day=one.asked_at.astimezone(CHINA).date())
    until = (one.done_at or case.now).astimezone(CHINA).year
    line = destruction_line.c
    found = case.connection.execute(
        select(destruction_line, deal.c.number.label("file")).outerjoin(deal, deal.c.id == line.deal_id)
        .where(line.destruction_id == one.id).order_by(line.id)
    )  # fmt: skip
    rows = tuple(_row(at, row, until) for at, row in enumerate(found, start=1))
    total = ("合计", f"{one.papers} 件", "", "", str(one.prints), "", "", f"扫描件 {one.scans} 份" if one.scans else "")
    return dated.form([
        Section(answers=(*_facts(one), Answer("鉴定意见", one.reason, wide=True), *_answers(one))),
        Section(columns=_COLUMNS, rows=rows, totals=(total,)),
        Section(words=tuple(_words(one))),
    ], opinions=_OPINIONS, signers=_SIGNERS, landscape=True)  # fmt: skip


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(CHINA).date() if moment else None


def _row(at: int, row: Any, until: int) -> ListRow:
    scans = f"扫描件 {row.scans} 份" if row.scans else ""
    note = f"未销毁：{STAYS[Held(row.stays)]}" if row.stays else scans
    number = row.number if row.file in (None, row.number) else f"{row.number}\n{row.file}"
    name = paper_words(PaperKind(row.kind), "zh_CN")
    return ListRow((str(at), number, name, str(row.year), str(row.prints), f"{row.years} 年",
                    f"{until - row.year - 1} 年", note))  # fmt: skip


def _facts(one: DestructionList) -> tuple[Answer, ...]:
    state = {ListState.WAITING: "待审批", ListState.APPROVED: "已批准，待销毁", ListState.DECLINED: "未批准",
             ListState.DONE: "已销毁"}[one.state]  # fmt: skip
    return said(("提出人", one.asked_by), ("提出日期", written(_day(one.asked_at))), ("状态", state))


def _answers(one: DestructionList) -> Iterator[Answer]:
    if one.answered_by:
        yes = one.state is not ListState.DECLINED
        said_so = f"{one.answered_by}　{written(_day(one.answered_at))}　{'同意' if yes else '不同意'}"
        yield Answer("审批人", f"{said_so}：{one.answer}" if one.answer else said_so, wide=True)
    if one.done_at is not None:
        yield from said(("执行人", one.done_by), ("销毁时间", f"{one.done_at.astimezone(CHINA):%Y-%m-%d %H:%M}"),
                        ("监销人", one.witness))  # fmt: skip


def _words(one: DestructionList) -> Iterator[str]:
    if one.left:
        why = "、".join(f"{STAYS[Held(held)]} {count} 件" for held, count in one.left.items())
        yield f"已满年限而未列入本清册：{why}。"
    yield ("已满保管年限、经鉴定可以销毁的单据方可列入。未结清的债权债务和其他未了事项所涉单据不得销毁"
           "（《会计档案管理办法》第十八条、第十九条）。")  # fmt: skip
    yield ("销毁后，单据正文、可检索文字和扫描件不再保存；单据号、种类、日期、交易、打印人和校验值连同本清册永久保存。"
           "监销人于销毁前按本清册清点核对，销毁后签名。")  # fmt: skip
