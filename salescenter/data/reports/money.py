"""The money behind the figures: what fell due and what was paid of it, and the receipts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Integer, and_, case, func, select, type_coerce

from salescenter.data.deals import deal, due
from salescenter.data.estate import unit
from salescenter.data.payments import receipt
from salescenter.data.reports.deals import buyer_name, living_on, paid_by, signed_on
from salescenter.domain.receipts import PRICE_KINDS, Method, MoneyKind
from salescenter.domain.report_periods import Span

_R = receipt.c
_FEN = type_coerce(_R.amount, BigInteger)

RECEIVED, REFUNDED = "received", "refunded"
COLLECTED = "collected"
"""回款: what came in towards a price, refunds taken off; money carried to another deal (换房) is none."""

_SIGNS: dict[str, Any] = {RECEIVED: 1, REFUNDED: -1}


def counted(figure: str) -> ColumnElement[bool]:
    """Return which receipts a figure counts."""
    refunds = _R.kind == MoneyKind.REFUND.value
    return refunds if figure == REFUNDED else ~refunds


def sums_of(connection: Connection, project: int, figure: str) -> Sequence[Any]:
    """Return (day, kind, method, building, count, fen) of a figure, from the receipts.

    A void takes its count back; money carried to another deal (换房) moves, but is no receipt more.
    """
    carried = _R.method == Method.CARRIED.value
    count = func.sum(case((_R.counters_id.is_not(None), -1), (carried, 0), else_=1))
    return connection.execute(
        select(_R.day, _R.kind, _R.method, unit.c.building_id, count, func.sum(_FEN * _SIGNS[figure]))
        .outerjoin(unit, unit.c.id == _R.unit_id)
        .where(_R.project_id == project, counted(figure))
        .group_by(_R.day, _R.kind, _R.method, unit.c.building_id)
    ).all()


def price_money(span: Span) -> ColumnElement[bool]:
    """Say of a receipt that it brings in, or gives back, money towards a price in a span."""
    kinds = [kind.value for kind in (*sorted(PRICE_KINDS), MoneyKind.REFUND)]
    return and_(_R.day.between(span.first, span.last), _R.kind.in_(kinds), _R.method != Method.CARRIED.value)


def collected(connection: Connection, project: int) -> Sequence[Any]:
    """Return (day, fen) of 回款, added up from the receipts."""
    ever = price_money(Span(date.min, date.max))
    by_day = select(_R.day, func.sum(_FEN)).where(_R.project_id == project, ever).group_by(_R.day)
    return connection.execute(by_day).all()


def receipts_in(connection: Connection, project: int, span: Span) -> Sequence[Any]:
    """Return one row for each receipt of price money in a span; refunds and voids are negative.

    Columns: id, deal_id, unit_id, day, number, code, payer, kind, method, fen.
    """
    return connection.execute(
        select(
            _R.id,
            _R.deal_id,
            _R.unit_id,
            _R.day,
            _R.number,
            func.coalesce(unit.c.code, "").label("code"),
            _R.payer,
            _R.kind,
            _R.method,
            _FEN.label("fen"),
        )
        .outerjoin(unit, unit.c.id == _R.unit_id)
        .where(_R.project_id == project, price_money(span))
        .order_by(_R.day, _R.id)
    ).all()


# --- dues


def _owed(project: int, upto: date, today: date) -> ColumnElement[bool]:
    return and_(deal.c.project_id == project, living_on(upto, today))


def due_by_day(connection: Connection, project: int, span: Span, today: date) -> Sequence[Any]:
    """Return (day as ordinal, fen due, fen paid of it) for the schedules alive at the end of a span."""
    paid = paid_by(span.last, today)
    return connection.execute(
        select(
            type_coerce(due.c.due, Integer), func.sum(type_coerce(due.c.amount, BigInteger)), func.sum(paid)
        )
        .select_from(due.join(deal))
        .where(due.c.due.between(span.first, span.last), _owed(project, span.last, today))
        .group_by(due.c.due)
    ).all()


def owed_until(connection: Connection, project: int, day: date, today: date) -> tuple[int, int, int]:
    """Return what had fallen due by the end of a day, what was paid of that, and all that was paid on contracts signed.

    In fen, of the schedules alive that day, read in one pass over them.
    """
    paid, amount = paid_by(day, today), type_coerce(due.c.amount, BigInteger)
    is_due, is_signed = due.c.due <= day, signed_on(day, today)
    row = connection.execute(
        select(
            func.sum(case((is_due, amount), else_=0)),
            func.sum(case((is_due, paid), else_=0)),
            func.sum(case((is_signed, paid), else_=0)),
        )
        .select_from(due.join(deal))
        .where(_owed(project, day, today))
    ).one()
    due_fen, paid_fen, signed_fen = (int(fen or 0) for fen in row)
    return due_fen, paid_fen, signed_fen


def dues_in(connection: Connection, project: int, span: Span, until: date, today: date, *, unpaid: bool = False
            ) -> Sequence[Any]:
    """Return one row for each schedule line that fell due in a span; with `unpaid` only those still owing.

    What was alive and what was paid is read as it stood at the end of the day `until`.

    Columns: id, deal_id, unit_id, day, number, code, buyer, item, name, fen, paid.
    """
    paid, amount = paid_by(until, today), type_coerce(due.c.amount, BigInteger)
    columns = (
        due.c.id, due.c.deal_id, deal.c.unit_id, due.c.due.label("day"), deal.c.number, unit.c.code,
        buyer_name.label("buyer"), due.c.item, due.c.name, amount.label("fen"), paid.label("paid"),
    )
    fallen = (due.c.due.between(span.first, span.last), _owed(project, until, today))
    return connection.execute(
        select(*columns)
        .select_from(due.join(deal).join(unit))
        .where(*fallen, *((amount > paid,) if unpaid else ()))
        .order_by(due.c.due, due.c.id)
    ).all()
