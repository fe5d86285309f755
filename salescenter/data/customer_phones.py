"""Phones of customers: kept beside their masks, recognised whole, told as a server lets this person see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Connection, Select, String, bindparam, delete, func, insert, select, update

from salescenter.data.as_seen import AsSeen
from salescenter.data.customer_search import tails_of
from salescenter.data.customers import customer, customer_phone, phone_tail
from salescenter.data.record import upsert
from salescenter.domain.masks import mask_phone
from salescenter.domain.phones import Phone

_P = customer_phone.c
_IN_ORDER = (_P.position, _P.id)

AT_ONCE = 500
"""So many numbers go into one question."""


class _FirstPhone(AsSeen):
    """A customer's first phone; from a server masked, unless this person has told the history that they look at it."""

    inherit_cache = True
    name = "phone"
    type = String()


class _Digits(AsSeen):
    """One of a customer's phones, in the same way."""

    inherit_cache = True
    name = "phone_line"
    type = String()


_FIRST = (
    select(_P.digits).where(_P.customer_id == customer.c.id).order_by(*_IN_ORDER).limit(1)
    .correlate(customer).scalar_subquery()
)  # fmt: skip
first_phone = _FirstPhone(func.coalesce(_FIRST, ""), customer.c.id).label("phone")
"""Beside the columns of `customer`, for papers that show a phone whole."""


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A phone on record as everybody who sees its customer may see it: masked, and whether it can be a number."""

    id: int
    shown: str
    well_formed: bool
    position: int


def lines_of(connection: Connection, number: int) -> tuple[PhoneLine, ...]:
    """Return a customer's phones, the first one first."""
    rows = connection.execute(
        select(_P.id, _P.shown, _P.well_formed, _P.position).where(_P.customer_id == number).order_by(*_IN_ORDER)
    )
    return tuple(PhoneLine(*row) for row in rows)


def digits_of(connection: Connection, number: int) -> tuple[str, ...]:
    """Return a customer's phones whole; a server masks them for whom it has not heard say that they look at them."""
    digits = _Digits(_P.digits, _P.id)
    return tuple(connection.scalars(select(digits).where(_P.customer_id == number).order_by(*_IN_ORDER)))


def first_of(connection: Connection, project: int, numbers: Iterable[int]) -> Mapping[int, str]:
    """Return the first phones of many customers whole; a server asks for a line of the history about the list."""
    found: dict[int, str] = {}
    for some in batches(sorted(set(numbers))):
        if connection.dialect.name == "sqlite":
            asked = select(customer.c.id, first_phone).where(customer.c.id.in_(some))
        else:
            whose = bindparam(None, list(some), type_=ARRAY(BigInteger))
            asked = select(func.doors.phones_listed(project, whose).table_valued("customer", "digits"))
        found |= {number: digits for number, digits in connection.execute(asked)}  # noqa: C416  rows are not pairs
    return found


def having(connection: Connection, project: int, numbers: Sequence[str]) -> Select[Any]:
    """Ask who has one of these whole numbers, as digits; columns: customer, line (its id), digits."""
    if connection.dialect.name != "sqlite":
        whole = bindparam(None, list(numbers), type_=ARRAY(String))
        return select(func.doors.having_phones(project, whole).table_valued("customer", "line", "digits"))
    return (
        select(_P.customer_id.label("customer"), _P.id.label("line"), _P.digits)
        .join(customer, customer.c.id == _P.customer_id)
        .where(customer.c.project_id == project, _P.digits.in_(numbers))
    )


def add(connection: Connection, phones: Iterable[tuple[int, int, Phone]]) -> None:
    """Write new phones (whose, at which place, which) and every ending of each, so that any part of one is found."""
    lines = [
        {"customer_id": number, "position": at, "digits": phone.digits, "shown": mask_phone(phone.digits),
         "well_formed": phone.well_formed}
        for number, at, phone in phones
    ]  # fmt: skip
    tails = sorted({(tail, line["customer_id"]) for line in lines for tail in tails_of(str(line["digits"]))})
    if lines:
        connection.execute(insert(customer_phone), lines)
    if tails:
        stmt = upsert(connection, phone_tail).on_conflict_do_nothing()
        connection.execute(stmt, [{"tail": tail, "customer_id": number} for tail, number in tails])


def forget(connection: Connection, number: int, lines: Collection[int]) -> None:
    """Take phones of a customer off the record; what else of theirs ends alike is found as before."""
    if not lines:
        return
    if connection.dialect.name == "sqlite":
        _forget_tails(connection, number, lines)
    else:
        gone = bindparam(None, list(lines), type_=ARRAY(BigInteger))
        connection.execute(select(func.doors.forget_tails(number, gone)))
    connection.execute(delete(customer_phone).where(_P.id.in_(lines), _P.customer_id == number))


def _forget_tails(connection: Connection, number: int, lines: Collection[int]) -> None:
    rows = connection.execute(select(_P.id, _P.digits).where(_P.customer_id == number)).all()
    gone, left = (
        {tail for line, digits in rows if (line in lines) is which for tail in tails_of(digits)}
        for which in (True, False)
    )
    ends = phone_tail.c.tail.in_(gone - left)  # by their own beginning, the table's only order
    connection.execute(delete(phone_tail).where(ends, phone_tail.c.customer_id == number))


def put_at(connection: Connection, line: PhoneLine, place: int) -> None:
    """Let a phone that stays stand at this place among its customer's."""
    if line.position != place:
        connection.execute(update(customer_phone).where(_P.id == line.id).values(position=place))


def batches(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Cut what is asked about into questions of a bearable length."""
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))
