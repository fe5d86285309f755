"""export and paper: lists into Excel, papers into PDF; what leaves is told to the history, a paper is kept as well."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, select

from salescenter.commands.desk import sitting
from salescenter.data.deals import deal
from salescenter.data.papers import paper
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.refusals import NotFound
from salescenter.i18n import tr, trn
from salescenter.services.exports import export
from salescenter.services.files import demand_writable, write_file
from salescenter.services.papers.archive import take_out
from salescenter.services.papers.contracts import deal_numbered
from salescenter.services.papers.house import HOUSE, wished
from salescenter.services.work import Desk
from salescenter.ui.kit import issued_papers
from salescenter.ui.kit.keeping import HouseKeeper
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.stationery import receipt


def run_export(asked: Namespace) -> int:
    """Write a list into an Excel file."""
    file = demand_writable(asked.file)
    with sitting(asked.database, asked.project) as (desk, now):
        book, rows = export(desk, asked.what, now)
    write_file(file, book)
    print(trn("{count} row written to {file}", "{count} rows written to {file}", count=rows, file=asked.file))
    return 0


def run_paper(asked: Namespace) -> int:
    """Write a paper as PDF: issued now and kept like any that leaves a window, or given again as it was."""
    file = demand_writable(asked.output)
    give = _as_it_was if asked.as_printed or asked.kind == PaperKind.QUOTATION else _issued
    with sitting(asked.database, asked.project) as (desk, now):
        pdf = give(desk, asked, now)
    write_file(file, pdf)
    print(tr("{kind} {number} written to {file}", kind=asked.kind, number=asked.number, file=asked.output))
    return 0


def _issued(desk: Desk, asked: Namespace, now: datetime) -> bytes:
    """Make a paper and keep it; one that left before wants a reason, and is marked as a reprint with it."""
    keeper = HouseKeeper(desk, lambda: now)
    made = replace(PAPERS[PaperKind(asked.kind)](desk, asked.number, now), reason=asked.reason)
    if asked.reason and keeper.before(made):
        made = keeper.again(made, asked.reason)
    keeper.keep(made, uuid4().hex)
    return made.pdf


def _as_it_was(desk: Desk, asked: Namespace, now: datetime) -> bytes:
    """Return the last copy of a paper as it went to the printer."""
    with desk.reading() as connection:
        numbers = _numbers(connection, desk, asked)
        mine = (paper.c.project_id == desk.project, paper.c.kind == asked.kind, paper.c.number.in_(numbers))
        found = connection.scalar(select(paper.c.id).where(*mine).order_by(paper.c.copy.desc()).limit(1))
    if found is None:
        raise NotFound(what="paper", sought=asked.number)
    return take_out(desk, found, now)


def _numbers(connection: Connection, desk: Desk, asked: Namespace) -> set[str]:
    """What the paper may stand under: a contract is found by its own number or its deal's."""
    mine = (deal.c.number == asked.number) | (deal.c.contract_number == asked.number)
    stmt = select(deal.c.number, deal.c.contract_number).where(deal.c.project_id == desk.project, mine)
    deals = connection.execute(stmt).all() if asked.kind == PaperKind.CONTRACT else ()
    return {asked.number, *(number for row in deals for number in row if number)}


def _registration(desk: Desk, number: str, now: datetime) -> Paper:
    _, _, visit = number.partition("-")
    if not visit.isdigit():
        raise NotFound(what="visit", sought=number)
    return issued_papers.registration(desk, int(visit), now)


Make = Callable[[Desk, str, datetime], Paper]


def _of_house(kind: PaperKind) -> Make:
    """A letter, form or list of the house, found by its own number, its deal's or its unit's."""
    return lambda desk, number, now: issued_papers.of_house(desk, wished(desk, kind, number, now.date()), now)


PAPERS: dict[PaperKind, Make] = {
    PaperKind.RECEIPT: receipt,
    PaperKind.CONTRACT: lambda desk, number, now: issued_papers.contract(desk, deal_numbered(desk, number), now),
    PaperKind.SUBSCRIPTION: lambda desk, number, now: issued_papers.subscription(
        desk, deal_numbered(desk, number), now),
    PaperKind.REGISTRATION: _registration,
    **{kind: _of_house(kind) for kind in HOUSE},
}
"""How each kind is made; a quotation alone is not: it holds for its day and is given as it was."""
