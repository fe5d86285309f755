"""The lists behind the figures, each read from the detail tables so that it proves the figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Connection

from salescenter.data.customer_phones import first_of
from salescenter.data.reports import contacts, deals, money, stock
from salescenter.data.types import CHINA
from salescenter.domain.database_refusals import LookUntold
from salescenter.domain.money import Money
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.report_periods import Span
from salescenter.domain.staff import demand, may
from salescenter.domain.units import SOLD_STATES, Step, UnitState, Use
from salescenter.i18n import mark, tr
from salescenter.money_words import item_words
from salescenter.services.looks import tell_list
from salescenter.services.reports import listings as col
from salescenter.services.reports.listings import Column, Line, ListAsked, Listing, ListKind, Names, listing
from salescenter.services.reports.sales import NET_FIGURES
from salescenter.services.reports.stock import Group, moment_at
from salescenter.services.reports.values import Amounts
from salescenter.services.work import Desk

EARLIEST = date(1990, 1, 1)
"""Before anything a house could have recorded."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What every list is read with."""

    connection: Connection
    project: int
    asked: ListAsked
    names: Names
    now: datetime

    @property
    def today(self) -> date:
        """The house's calendar day."""
        return self.now.date()


def figure_list(desk: Desk, asked: ListAsked, now: datetime) -> Listing:
    """Open the list behind a figure; names and phones whole only for who may see them, phones told to the history."""
    demand(desk.who.role, Step.SEE_REPORTS)
    reveal = may(desk.who.role, Step.REVEAL)
    told = reveal and asked.kind in WITH_PHONES and _tells(desk, asked, now)
    with desk.reading() as connection:
        whole = partial(first_of, connection, desk.project) if told else None
        return read_list(Reading(connection, desk.project, asked, Names(reveal, whole), now.astimezone(CHINA)))


WITH_PHONES = (ListKind.CONTACTS, ListKind.COHORT)
"""Lists that say customers' phones."""


def _tells(desk: Desk, asked: ListAsked, now: datetime) -> bool:
    """Tell the history of a look at all the phones of a list; where it cannot be told, they stay masked."""
    span = {"first": asked.span.first.isoformat(), "last": asked.span.last.isoformat()}
    try:
        tell_list(desk, now, asked.kind.value, **span)
    except LookUntold:
        return False
    return True


def read_list(of: Reading) -> Listing:
    """Read a list of any kind."""
    return BUILDERS[of.asked.kind](of)


# --- deals


_DEAL_COLUMNS = (
    col.DAY, col.WHAT, col.NUMBER, col.UNIT, col.BUILDING, col.USE, col.BUYER, col.CONSULTANT, col.COUNT, col.AREA,
    col.AMOUNT,
)


def _net_signed(of: Reading) -> Listing:
    lines = [line for figure, sign in NET_FIGURES.items() for line in _deal_lines(of, figure, sign)]
    return listing(of.asked, _DEAL_COLUMNS, sorted(lines, key=lambda line: (str(line.cells[0]), line.deal)))


def _deals(of: Reading) -> Listing:
    return listing(of.asked, _DEAL_COLUMNS, _deal_lines(of, of.asked.figure, 1))


def _deal_lines(of: Reading, figure: str, sign: int) -> list[Line]:
    rows = deals.deals_in(of.connection, of.project, figure, of.asked.span, of.asked.part)
    return [
        Line(
            (
                row.day, tr(EVENTS[figure]), row.number, row.code, row.building, Use(row.use), of.names.name(row.buyer),
                row.consultant, sign, _area(sign * row.area), Money(sign * row.fen),
            ),
            row.unit_id, row.id,
        )
        for row in rows
    ]


EVENTS = {
    "reserved": mark("Reserved"),
    "subscribed": mark("Subscribed"),
    "drafted": mark("Drafted"),
    "signed": mark("Signed"),
    "filed": mark("Filed"),
    "cancelled": mark("Cancelled"),
    "cancelled-signed": mark("Cancelled"),
    "forfeited": mark("Forfeited"),
    "given-back": mark("Deposit returned"),
    "changed-unit": mark("Changed unit"),
    "changed-unit-signed": mark("Changed unit"),
}
"""What a line of a list of deals tells, as marked English."""


# --- units


_UNIT_COLUMNS = (col.UNIT, col.BUILDING, col.TYPE, col.USE, col.STATE, col.COUNT, col.AREA, col.AMOUNT)
_BATCH_COLUMNS = (
    col.UNIT, col.BUILDING, col.TYPE, col.STATE, col.COUNT, col.SOLD, col.AREA, col.SOLD_AREA, col.AMOUNT,
    col.SOLD_AMOUNT,
)


def _units(of: Reading) -> Listing:
    return listing(of.asked, _UNIT_COLUMNS, [
        Line(
            (row.code, row.building, row.type, Use(row.use), UnitState(row.state), 1, _area(row.area), Money(row.fen)),
            row.id,
        )
        for row in _chosen(of)
    ])


def _batch(of: Reading) -> Listing:
    lines = []
    for row in _chosen(of):
        sold = row.state in SOLD_STATES
        area, total = _area(row.area), Money(row.fen)
        part = (1, int(sold), area, area if sold else Decimal(0), total, total if sold else Money())
        lines.append(Line((row.code, row.building, row.type, UnitState(row.state), *part), row.id))
    return listing(of.asked, _BATCH_COLUMNS, lines)


def _chosen(of: Reading) -> list[Any]:
    moment, past = moment_at(of.asked.span.last, of.now)
    rows = stock.units_then(of.connection, of.project, moment, past=past)
    return [row for row in rows if of.asked.units.fits(_group(row))]


def _group(row: Any) -> Group:
    return Group(row.building_id, row.type_id, Use(row.use), UnitState(row.state), bool(row.in_batch), Amounts(1))


# --- money


_CONTRACT_COLUMNS = (
    col.SIGNED_DAY, col.NUMBER, col.UNIT, col.BUYER, col.COUNT, col.AMOUNT, col.PAID, col.OPEN,
)
_DUE_COLUMNS = (
    col.DUE_DAY, col.NUMBER, col.UNIT, col.BUYER, col.ITEM, col.OVERDUE, col.COUNT, col.AMOUNT, col.PAID, col.OPEN,
)
_RECEIPT_COLUMNS = (col.DAY, col.NUMBER, col.UNIT, col.PAYER, col.KIND, col.METHOD, col.TIMES, col.AMOUNT)


def _contracts(of: Reading) -> Listing:
    rows = deals.contracts_on(of.connection, of.project, of.asked.span.last, of.today)
    return listing(of.asked, _CONTRACT_COLUMNS, [
        Line((row.day, row.number, row.code, of.names.name(row.buyer), 1, *_owed(row)), row.unit_id, row.id)
        for row in rows
    ])


def _dues(of: Reading, span: Span, *, unpaid: bool = False) -> Listing:
    until = of.asked.until or span.last
    rows = money.dues_in(of.connection, of.project, span, until, of.today, unpaid=unpaid)
    cut_off = min(until, of.today)
    return listing(of.asked, _DUE_COLUMNS, [
        Line(
            (
                row.day, row.number, row.code, of.names.name(row.buyer), row.name or item_words(row.item),
                max(0, (cut_off - row.day).days) if row.fen > row.paid else None, 1, *_owed(row),
            ),
            row.unit_id, row.deal_id,
        )
        for row in rows
    ])


def _so_far(of: Reading) -> Span:
    return Span(min(EARLIEST, of.asked.span.last), of.asked.span.last)


def _owed(row: Any) -> tuple[Money, Money, Money]:
    return Money(row.fen), Money(int(row.paid)), Money(row.fen - int(row.paid))


def _receipts(of: Reading) -> Listing:
    rows = money.receipts_in(of.connection, of.project, of.asked.span)
    return listing(of.asked, _RECEIPT_COLUMNS, [
        Line(
            (
                row.day, row.number, row.code, of.names.name(row.payer), MoneyKind(row.kind), Method(row.method), 1,
                Money(row.fen),
            ),
            row.unit_id or 0, row.deal_id or 0,
        )
        for row in rows
    ])


# --- customers


_CONTACT_COLUMNS = (col.MOMENT, col.CUSTOMER, col.PHONE, col.PEOPLE, col.CHANNEL, col.CONSULTANT, col.TIMES)
_HOLD_COLUMNS = (col.MOMENT, col.UNIT, col.BUILDING, col.CONSULTANT, col.REASON, col.COUNT, col.AREA, col.AMOUNT)
_COHORT_COLUMNS = (
    col.CUSTOMER, col.PHONE, col.CONSULTANT, col.LEVEL,
    Column("count", mark("Customers"), summed=True),
    Column("visited", mark("Visited"), summed=True),
    Column("held", mark("Held"), summed=True),
    Column("subscribed", mark("Subscribed"), summed=True),
    Column("signed", mark("Signed"), summed=True),
)


def _contacts(of: Reading) -> Listing:
    rows = contacts.contacts_in(of.connection, of.project, of.asked.figure, of.asked.span, of.asked.part)
    phones = of.names.phones({row.customer_id: row.phone_shown for row in rows})
    return listing(of.asked, _CONTACT_COLUMNS, [
        Line((
            row.at, of.names.name(row.customer), phones[row.customer_id], row.party, row.channel, row.consultant, 1,
        ))
        for row in rows
    ])


def _holds(of: Reading) -> Listing:
    rows = deals.holds_in(of.connection, of.project, of.asked.span, of.asked.part)
    return listing(of.asked, _HOLD_COLUMNS, [
        Line(
            (row.at, row.code, row.building, row.consultant, row.reason, 1, _area(row.area), Money(row.fen)),
            row.unit_id,
        )
        for row in rows
    ])


def _cohort(of: Reading) -> Listing:
    rows = contacts.cohort_rows(of.connection, of.project, of.asked.span)
    phones = of.names.phones({row.id: row.phone_shown for row in rows})
    stage = contacts.STAGES.index(of.asked.figure) if of.asked.figure else 0
    return listing(of.asked, _COHORT_COLUMNS, [
        Line((of.names.name(row.name), phones[row.id], row.consultant, row.level, 1, *row[5:]))
        for row in rows
        if not stage or row[4 + stage]
    ])


def _area(hundredths: int) -> Decimal:
    return Decimal(hundredths) / 100


BUILDERS: dict[ListKind, Callable[[Reading], Listing]] = {
    ListKind.NET_SIGNED: _net_signed,
    ListKind.DEALS: _deals,
    ListKind.BATCH: _batch,
    ListKind.CONTRACTS: _contracts,
    ListKind.DUES: lambda of: _dues(of, of.asked.span),
    ListKind.DUES_SO_FAR: lambda of: _dues(of, _so_far(of)),
    ListKind.ARREARS: lambda of: _dues(of, _so_far(of), unpaid=True),
    ListKind.RECEIPTS: _receipts,
    ListKind.UNITS: _units,
    ListKind.CONTACTS: _contacts,
    ListKind.HOLDS: _holds,
    ListKind.COHORT: _cohort,
}
