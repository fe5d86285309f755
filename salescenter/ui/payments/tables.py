"""The columns of the cashier's lists."""

from __future__ import annotations

from salescenter.i18n import tr
from salescenter.money_words import item_words, kind_words, method_words
from salescenter.services.payments.lists import ArrearRow, BackRow, ReceiptRow
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.words import step_words


def receipts(room: Room) -> RecordTable[ReceiptRow]:
    """Receipts with their sum; void ones say so."""
    empty = EmptyState(
        tr("No receipt in these days"), tr("Money is received on a unit's card, or from the list of arrears.")
    )
    return RecordTable(
        [
            Column(tr("Receipt"), lambda r: r.number, width=84),
            Column(tr("At"), lambda r: r.at, Kind.MOMENT, width=100),
            Column(tr("Unit"), lambda r: r.code, width=88),
            Column(tr("Payer"), lambda r: r.payer, tip=lambda r: r.payer),
            Column(tr("Kind of money"), lambda r: kind_words(r.kind), width=109),
            Column(tr("Method"), lambda r: method_words(r.method), width=124),
            Column(tr("Amount"), lambda r: r.amount, Kind.MONEY, width=124, total=True, tone=_going_out),
            Column("", _void, Kind.BADGE, width=72),
            Column(tr("Cashier"), lambda r: r.cashier, width=84, spare=True),
            Column(tr("Remark"), lambda r: r.note or r.slip, width=150, tip=lambda r: r.note or r.slip, spare=True),
        ],
        now=room.now,
        key=lambda r: r.id,
        empty=empty,
    )


def _going_out(receipt: ReceiptRow) -> str:
    return "danger" if receipt.amount.fen < 0 else ""


def arrears(room: Room) -> RecordTable[ArrearRow]:
    """What should have been paid, longest overdue first."""
    empty = EmptyState(tr("Nobody owes anything"), tr("Lines of schedules appear here the day after they were due."))
    return RecordTable(
        [
            Column(tr("Unit"), lambda r: r.code, width=96, tone=_red),
            Column(tr("Buyer"), lambda r: r.buyer, width=110, tone=_red),
            Column(tr("For"), lambda r: item_words(r.item)),
            Column(tr("Due on"), lambda r: r.day, Kind.DAY, width=96),
            Column(tr("Days overdue"), lambda r: r.days, Kind.COUNT, width=96, tone=_red),
            Column(tr("Due"), lambda r: r.amount, Kind.MONEY, width=124, total=True, spare=True),
            Column(tr("Paid"), lambda r: r.paid, Kind.MONEY, width=124, total=True, spare=True),
            Column(tr("Owed"), lambda r: r.owed, Kind.MONEY, width=124, total=True),
            Column(tr("Late fee"), lambda r: r.late_fee, Kind.MONEY, width=110, total=True),
        ],
        now=room.now,
        key=lambda r: r.due,
        empty=empty,
    )


def refunds(room: Room) -> RecordTable[BackRow]:
    """Closed deals that hold money of their buyer."""
    empty = EmptyState(tr("Nothing to give back"), tr("Closed deals that still hold money appear here."))
    return RecordTable(
        [
            Column(tr("Unit"), lambda d: d.code, width=96),
            Column(tr("Buyer"), lambda d: d.buyer),
            Column(tr("Ended by"), lambda d: step_words(d.ending), width=132),
            Column(tr("Ended on"), lambda d: d.closed, Kind.DAY, width=96),
            Column(tr("Deal total"), lambda d: d.total, Kind.MONEY, width=124, spare=True),
            Column(tr("Still held"), lambda d: d.received, Kind.MONEY, width=124, total=True, spare=True),
            Column(tr("Deposit kept"), lambda d: d.kept, Kind.MONEY, width=124, total=True),
            Column(tr("To give back"), lambda d: d.back, Kind.MONEY, width=124, total=True),
            Column(tr("Number"), lambda d: d.number, width=128, spare=True),
        ],
        now=room.now,
        key=lambda d: d.id,
        empty=empty,
    )


def _void(line: ReceiptRow) -> Mark | None:
    if line.voided:
        return Mark(tr("void"), "danger")
    return Mark(tr("counter"), "neutral") if line.counters else None


def _red(line: ArrearRow) -> str:
    return "danger" if line.red else ""
