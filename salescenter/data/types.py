"""Column types: every amount, area, day and moment is a whole number in both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, Integer, func, literal
from sqlalchemy.types import TypeDecorator

from salescenter.domain import calendar
from salescenter.domain.money import Money

CHINA = calendar.CHINA


def millis(moment: datetime) -> int:
    """Milliseconds since 1970 UTC."""
    return round(moment.timestamp() * 1000)


def moment_of(value: int) -> datetime:
    """The moment of so many milliseconds since 1970 UTC, on the house's clock."""
    return datetime.fromtimestamp(value / 1000, UTC).astimezone(CHINA)


class Fen(TypeDecorator[Money]):
    """Money as BIGINT fen."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.fen

    def process_result_value(self, value: Any, dialect: Dialect) -> Money | None:
        return None if value is None else Money(int(value))  # a sum is NUMERIC on PostgreSQL


class SquareMetres(TypeDecorator[Decimal]):
    """An area as hundredths of a square metre."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value * 100)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


class Day(TypeDecorator[date]):
    """A day as its ordinal."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        return None if value is None else value.toordinal()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else date.fromordinal(value)


class Moment(TypeDecorator[datetime]):
    """A moment as milliseconds since 1970 UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else millis(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else moment_of(value)


def sum_of(column: ColumnElement[Money]) -> ColumnElement[Money]:
    """Add up a money column; no row gives zero."""
    return func.coalesce(func.sum(column), literal(Money(), Fen()), type_=Fen())
