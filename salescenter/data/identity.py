"""Who a customer is by their card: read as it stands from a file, and from a server as that lets the person see it."""

from __future__ import annotations

from sqlalchemy import Integer, String

from salescenter.data.as_seen import AsSeen
from salescenter.data.customers import customer
from salescenter.data.types import Day


class IdNumber(AsSeen):
    """The ID number; from a server masked, unless this person has told the history that they look at it."""

    inherit_cache = True
    name = "id_number"
    type = String()


class Birth(AsSeen):
    """The day of birth; from a server none where it would tell what the mask of a resident's number hides."""

    inherit_cache = True
    name = "birth"
    type = Day()


class Age(AsSeen):
    """The full years of age today by a server's clock; none on a file, where the day of birth is read."""

    inherit_cache = True
    name = "age"
    type = Integer()
    only_on_server = True


_C = customer.c
id_number = IdNumber(_C.id_number, _C.id).label("id_number")
birth = Birth(_C.birth, _C.id).label("birth")
age = Age(_C.birth, _C.id).label("age")

HIDDEN = frozenset({_C.id_number.name, _C.id_reversed.name, _C.birth.name})
"""Nobody at a server's desks reads these as they stand; the day of birth is what the mask of a number leaves out."""

as_seen = (*(column for column in customer.columns if column.name not in HIDDEN), id_number, birth, age)
"""A customer's whole row as a person may read it."""
