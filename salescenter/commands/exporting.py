"""export and paper: lists into Excel, papers into PDF; both are told to the history."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from salescenter.commands.desk import sitting
from salescenter.data.papers import paper
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.refusals import NotFound
from salescenter.i18n import tr
from salescenter.print.batch import house_pdf
from salescenter.print.contract import contract_pdf
from salescenter.print.receipt import receipt_pdf
from salescenter.print.registration import registration_pdf
from salescenter.print.subscription import subscription_pdf
from salescenter.services.exports import export, tell_left
from salescenter.services.files import write_file
from salescenter.services.papers.archive import as_it_was
from salescenter.services.papers.contracts import contract_paper, deal_numbered, subscription_paper
from salescenter.services.papers.house import HOUSE, house_paper, wished
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.registration import registration_paper
from salescenter.services.work import Desk


def run_export(asked: Namespace) -> int:
    """Write a list into an Excel file."""
    with sitting(asked.database, asked.project) as (desk, now):
        book, rows = export(desk, asked.what, now)
    write_file(Path(asked.file), book)
    print(tr("{rows} rows written to {file}", rows=rows, file=asked.file))
    return 0


def run_paper(asked: Namespace) -> int:
    """Write a paper as PDF, as it would be printed now or as it was."""
    with sitting(asked.database, asked.project) as (desk, now):
        make = _as_it_was(asked.kind) if asked.as_printed else PAPERS[asked.kind]
        pdf = make(desk, asked.number, now)
        tell_left(desk, asked.kind, asked.number, now)
    write_file(Path(asked.output), pdf)
    print(tr("{kind} {number} written to {file}", kind=asked.kind, number=asked.number, file=asked.output))
    return 0


def _receipt(desk: Desk, number: str, now: datetime) -> bytes:
    return receipt_pdf(receipt_paper(desk, number, now))


def _contract(desk: Desk, number: str, now: datetime) -> bytes:
    return contract_pdf(contract_paper(desk, deal_numbered(desk, number), now))


def _subscription(desk: Desk, number: str, now: datetime) -> bytes:
    return subscription_pdf(subscription_paper(desk, deal_numbered(desk, number), now))


def _registration(desk: Desk, number: str, now: datetime) -> bytes:
    _, _, visit = number.partition("-")
    if not visit.isdigit():
        raise NotFound(what="visit", sought=number)
    return registration_pdf(registration_paper(desk, int(visit), now))


def _as_it_was(kind: str) -> Paper:
    """The last copy of a paper as it went to the printer."""

    def find(desk: Desk, number: str, _now: datetime) -> bytes:
        mine = (paper.c.project_id == desk.project, paper.c.kind == kind, paper.c.number == number)
        with desk.reading() as connection:
            found = connection.scalar(select(paper.c.id).where(*mine).order_by(paper.c.copy.desc()).limit(1))
        return as_it_was(desk, found or 0)

    return find


Paper = Callable[[Desk, str, datetime], bytes]

def _house(kind: PaperKind) -> Paper:
    """A letter, form or list of the house, found by its own number, its deal's or its unit's."""

    def make(desk: Desk, number: str, now: datetime) -> bytes:
        return house_pdf(house_paper(desk, wished(desk, kind, number, now.date()), now))

    return make


PAPERS: dict[str, Paper] = {
    "receipt": _receipt,
    "contract": _contract,
    "subscription": _subscription,
    "registration": _registration,
    "quotation": _as_it_was("quotation"),
    **{kind.value: _house(kind) for kind in HOUSE},
}
"""How each kind is made; a quotation holds for its day and is given as it was."""
