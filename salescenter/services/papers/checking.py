"""Checking a paper somebody brings: is its code the house's own, do the books agree, does it still count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from salescenter.data.deals import deal
from salescenter.data.estate import unit
from salescenter.data.papers import paper
from salescenter.data.payments import receipt
from salescenter.domain.masks import mask_name
from salescenter.domain.money import Money
from salescenter.domain.papers.access import demand_open
from salescenter.domain.papers.check import PaperKind, ReadBack, Verdict, plain, read_back, typed_off
from salescenter.domain.staff import may
from salescenter.domain.units import Step, UnitState
from salescenter.services.papers import archive
from salescenter.services.papers.gone import Gone, destroyed_under
from salescenter.services.papers.voiding import VoidPaper, voids
from salescenter.services.work import Desk


class Standing(StrEnum):
    """What a paper is worth today."""

    COUNTS = "counts"          # 有效
    VOID = "void"              # 作废: a counter-entry took it back
    COUNTER = "counter"        # 红冲: it takes another one back
    SUPERSEDED = "superseded"  # 已被取代: the contract stands in its place, or the price was agreed anew
    CLOSED = "closed"          # 交易已结束
    RECALLED = "recalled"      # 应收回: a change of its deal or price made it void
    UNKNOWN = "unknown"        # the house has no such number


@dataclass(frozen=True, slots=True)
class Known:
    """What the house's books say under a number; by: the number or step that ended or replaced it."""

    standing: Standing
    amount: Money | None = None
    by: str = ""
    on: date | None = None
    name: str = ""
    code: str = ""
    unit: int | None = None
    deal: int | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """Prints of a paper, up to a copy, that a step made void before it was printed anew under its number."""

    copy: int
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer: what the code proves, what the books say, how often it was printed, its newest archived copy."""

    verdict: Verdict
    kind: PaperKind | None = None
    number: str = ""
    amount: Money | None = None  # as the paper says it
    known: Known | None = None
    copies: int = 0
    printed: datetime | None = None
    paper: int | None = None
    gone: Gone | None = None  # where the newest print was destroyed
    earlier: Earlier | None = None  # where the newest print counts, and not every one before it


def check_paper(desk: Desk, text: str, now: datetime) -> Checked:
    """Check what a scanner or a person read off a paper; a bare number is looked up, which proves nothing."""
    said, key = text.strip(), archive.secret(desk, now)
    found = read_back(said, key)
    with desk.reading() as connection:
        if found.verdict is Verdict.UNREADABLE:
            found = _typed(connection, desk.project, said, key)
        if found.kind is None:
            return Checked(found.verdict)
        demand_open(desk.who.role, found.kind)
        known = _LOOK.get(found.kind, _nothing)(connection, desk, found)
        earlier = None
        if known is None or known.standing is Standing.COUNTS:
            prints = _prints(connection, desk, found)
            recalled = _recalled(connection, desk, prints, now, known or Known(Standing.COUNTS))
            known, earlier = recalled or known, None if recalled else _earlier(connection, desk, prints, now)
        p = paper.c
        mine = (p.project_id == desk.project, p.kind == found.kind, p.number == found.number)
        newest = select(p.copy, p.at, p.id, p.destruction_id).where(*mine).order_by(p.id.desc()).limit(1)
        row = connection.execute(newest).first()
        gone = destroyed_under(connection, row.destruction_id) if row and row.destruction_id else None
    amount = Money(found.amount_fen) if found.verdict is not Verdict.UNREADABLE else None
    checked = Checked(found.verdict, found.kind, found.number, amount, known, gone=gone, earlier=earlier)
    return replace(checked, copies=row.copy, printed=row.at, paper=row.id) if row else checked


def _prints(connection: Connection, desk: Desk, found: ReadBack) -> Sequence[Any]:
    """Every print of a paper that is kept, the newest first."""
    p = paper.c
    of = select(p.kind, p.number, p.deal_id, p.copy, p.at)
    mine = of.where(p.project_id == desk.project, p.kind == found.kind, p.number == found.number)
    return connection.execute(mine.order_by(p.copy.desc())).all()


def _recalled(connection: Connection, desk: Desk, prints: Sequence[Any], now: datetime, known: Known) -> Known | None:
    """Say what made a paper void that its own number knows nothing of; none where it stays good."""
    one = _void_of(connection, desk, prints, now) if prints else None
    if one is None:
        return None
    gone = replace(known, standing=Standing.RECALLED, by=one.step, on=one.since)
    return replace(gone, name=one.buyer, code=one.code, unit=one.unit, deal=one.deal)


def _earlier(connection: Connection, desk: Desk, prints: Sequence[Any], now: datetime) -> Earlier | None:
    """Say up to which copy a paper was void when it was printed anew: all its copies bear the same code."""
    for at in range(1, len(prints) if prints and prints[0].deal_id is not None else 0):
        one = _void_of(connection, desk, prints[at:], now, prints[at - 1].at)
        if one is not None:
            return Earlier(one.copy, one.step, one.since)
    return None


def _void_of(connection: Connection, desk: Desk, prints: Sequence[Any], now: datetime,
             before: datetime | None = None) -> VoidPaper | None:  # fmt: skip
    """What made the first of these prints void, `before`: as if nothing was printed from then on."""
    newest = prints[0]
    same = (newest.kind, newest.number, newest.copy)
    told = voids(connection, desk, now, newest.deal_id, before)
    return next((one for one in told if (one.kind, one.number, one.copy) == same), None)


def standing_of(connection: Connection, desk: Desk, kind: PaperKind, number: str) -> Known | None:
    """Say what the books know of a paper of the house by its number; none of papers that bind nobody."""
    return _LOOK.get(kind, _nothing)(connection, desk, ReadBack(Verdict.UNREADABLE, kind, number))


def _typed(connection: Connection, project: int, said: str, key: bytes) -> ReadBack:
    """What a person typed off a paper: its number and check value, perhaps its amount; or its number alone."""
    typed = typed_off(said)
    if typed is not None:
        proven = typed.proven(_amounts(connection, project, typed.number), key)
        if proven is not None:
            return proven
        kind, number = _named(connection, project, typed.number)
        if kind is not None and typed.amount_fen is not None:
            return ReadBack(Verdict.ALTERED, kind, number, typed.amount_fen)
        if kind is not None:
            return ReadBack(Verdict.UNREADABLE, kind, number)
    return ReadBack(Verdict.UNREADABLE, *_named(connection, project, said))


def _amounts(connection: Connection, project: int, number: str) -> set[int]:
    """What the books say under a number, in fen, and none, which papers without an amount say."""
    numbers = (number, number.upper())
    taken = select(receipt.c.amount).where(receipt.c.project_id == project, receipt.c.number.in_(numbers))
    named = deal.c.number.in_(numbers) | deal.c.contract_number.in_(numbers)
    agreed = select(deal.c.total).where(deal.c.project_id == project, named)
    return {0, *(one.fen for stmt in (taken, agreed) for one in connection.scalars(stmt))}


def _named(connection: Connection, project: int, said: str) -> tuple[PaperKind | None, str]:
    """Which paper carries a number: as it was typed, else as an input method or lazy capitals left it."""
    found = (_kind_of(connection, project, one) for one in dict.fromkeys((said, plain(said), plain(said).upper())))
    return next((one for one in found if one[0] is not None), (None, ""))


def _kind_of(connection: Connection, project: int, number: str) -> tuple[PaperKind | None, str]:
    """Which paper carries a bare number: a receipt, a signed contract, an agreement, or whatever was printed."""
    asked = (
        (PaperKind.RECEIPT, select(receipt.c.id).where(receipt.c.project_id == project, receipt.c.number == number)),
        (PaperKind.CONTRACT, select(deal.c.id).where(deal.c.project_id == project, deal.c.contract_number == number)),
        (PaperKind.SUBSCRIPTION, select(deal.c.id).where(deal.c.project_id == project, deal.c.number == number)),
    )
    for kind, stmt in asked:
        if number and connection.scalar(stmt.limit(1)) is not None:
            return kind, number
    printed = select(paper.c.kind).where(paper.c.project_id == project, paper.c.number == number).limit(1)
    found = connection.scalar(printed) if number else None
    return (PaperKind(found), number) if found else (None, "")


def _receipt(connection: Connection, desk: Desk, found: ReadBack) -> Known:
    stmt = select(receipt, unit.c.code).outerjoin(unit, unit.c.id == receipt.c.unit_id)
    row = connection.execute(stmt.where(receipt.c.project_id == desk.project, receipt.c.number == found.number)).first()
    if row is None:
        return Known(Standing.UNKNOWN)
    other = connection.execute(
        select(receipt.c.number, receipt.c.day).where(
            receipt.c.id == row.counters_id if row.counters_id else receipt.c.counters_id == row.id
        )
    ).first()
    standing = Standing.COUNTS if other is None else Standing.COUNTER if row.counters_id else Standing.VOID
    by, on = (other.number, other.day) if other is not None else ("", None)
    return Known(standing, row.amount, by, on, _name(desk, row.payer), row.code or "", row.unit_id, row.deal_id)


def _deal(connection: Connection, desk: Desk, found: ReadBack) -> Known:
    signed = found.kind is PaperKind.CONTRACT
    named = (deal.c.number == found.number) | (deal.c.contract_number == found.number)
    row = connection.execute(
        select(deal, unit.c.code, unit.c.buyer)
        .join(unit, unit.c.id == deal.c.unit_id)
        .where(deal.c.project_id == desk.project, named if signed else deal.c.number == found.number)
        .order_by(deal.c.id.desc())
    ).first()
    if row is None:
        return Known(Standing.UNKNOWN)
    standing, by, on = _stands(row, found)
    name = _name(desk, row.buyer) if row.living else ""
    return Known(standing, row.total, by, on, name, row.code, row.unit_id, row.id)


def _stands(row: Any, found: ReadBack) -> tuple[Standing, str, date | None]:
    if not row.living:
        return Standing.CLOSED, row.ending, row.closed
    contract = row.contract_number
    if row.state >= UnitState.SIGNED and contract and found.number != contract:
        return Standing.SUPERSEDED, contract, row.signed
    if found.verdict is not Verdict.UNREADABLE and found.amount_fen != row.total.fen:
        return Standing.SUPERSEDED, "", None
    return Standing.COUNTS, "", None


def _nothing(connection: Connection, desk: Desk, found: ReadBack) -> Known | None:
    """Papers that bind nobody have nothing in the books beside the archive."""
    del connection, desk, found
    return None


_LOOK = {PaperKind.RECEIPT: _receipt, PaperKind.SUBSCRIPTION: _deal, PaperKind.CONTRACT: _deal}


def _name(desk: Desk, name: str) -> str:
    whole = may(desk.who.role, Step.REVEAL) or may(desk.who.role, Step.RECEIVE_MONEY)
    return name if whole else mask_name(name)
