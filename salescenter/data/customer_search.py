"""Questions that find customers: by any part of a phone, the end of an ID number, a name, its pinyin or initials."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Select, String, bindparam, func, select, true, type_coerce, union_all
from sqlalchemy.sql.expression import ColumnElement, FromClause

from salescenter.data.customers import customer, phone_tail, spelling
from salescenter.data.staff import person
from salescenter.domain.masks import mask_phone

_C = customer.c
BEYOND = "\U0010ffff"
"""Comes after every character: a beginning and itself followed by this are the range of all texts that begin so."""

LEAST_DIGITS = 3
"""Phones are found from so many digits on; their shorter endings are not kept."""


class Way(StrEnum):
    """What is being looked for; each has one statement, made once."""

    DIGITS = "digits"  # part of a phone, or the end of an ID number
    ID = "id"          # the end of an ID number with its X
    NAME = "name"      # the beginning of a name
    TYPED = "typed"    # pinyin, initials, or another spelling


def tails_of(digits: str) -> tuple[str, ...]:
    """Return every ending of a phone that is long enough to be found by its beginning."""
    return tuple(digits[at:] for at in range(len(digits) - LEAST_DIGITS + 1))


@lru_cache
def statement(way: Way, on_server: bool = False) -> Select[Any]:
    """Return the statement of a way of finding; parameters project, text, beyond, end, end_beyond, most,
    shown.

    Columns: id, name, phone, level, owner id, owner's name, protected until, last seen, last kind; a customer may
    come more than once. Moments and days are plain numbers. A server finds phones and ID numbers itself
    (`server_rights.phones`, `cards`).
    """
    found = union_all(*(select(source) for source in _SOURCES[way](on_server))).subquery("found")
    return (
        select(
            _C.id, _C.name, _C.phone_shown, _C.level, func.coalesce(_C.owner_id, 0), func.coalesce(person.c.name, ""),
            type_coerce(_C.protected_until, BigInteger), type_coerce(_C.last_seen, BigInteger), _C.last_kind,
        )
        .select_from(found.join(customer, _C.id == found.c.id).outerjoin(person, person.c.id == _C.owner_id))
        .where(_C.project_id == _PROJECT)
    )


def parameters(project: int, text: str, most: int) -> dict[str, object]:
    """Return the parameters of a statement for the text sought."""
    end = text[::-1]
    return {
        "project": project, "text": text, "beyond": text + BEYOND, "end": end, "end_beyond": end + BEYOND, "most": most,
        "shown": mask_phone(text),
    }


_PROJECT = bindparam("project", type_=BigInteger)
_END = bindparam("end", type_=String)
_TEXT, _SHOWN = bindparam("text", type_=String), bindparam("shown", type_=String)
_MOST = bindparam("most", type_=BigInteger)


def _begins(column: ColumnElement[str], text: str = "text") -> ColumnElement[bool]:
    beyond = "beyond" if text == "text" else "end_beyond"
    return (column >= bindparam(text, type_=column.type)) & (column < bindparam(beyond, type_=column.type))


def _few(source: Select[Any], order: ColumnElement[str], name: str) -> FromClause:
    # An index read in its own order stops after `most` rows, however many begin so.
    return source.order_by(order).limit(_MOST).subquery(name)


def _phones(on_server: bool) -> FromClause:
    if on_server:
        found = func.doors.with_phone_part(_PROJECT, _TEXT, _SHOWN, _MOST, type_=BigInteger)
        return select(found.label("id")).subquery("p")
    return _few(select(phone_tail.c.customer_id.label("id")).where(_begins(phone_tail.c.tail)), phone_tail.c.tail, "p")


def _spellings() -> FromClause:
    return _few(select(spelling.c.customer_id.label("id")).where(_begins(spelling.c.text)), spelling.c.text, "s")


def _own(column: ColumnElement[str], name: str, text: str = "text") -> FromClause:
    return _few(select(_C.id).where(_C.project_id == _PROJECT, _begins(column, text)), column, name)


def _ids(on_server: bool) -> FromClause:
    if on_server:
        return select(func.doors.with_id_end(_PROJECT, _END, _MOST, type_=BigInteger).label("id")).subquery("i")
    return _own(_C.id_reversed, "i", "end")


_SOURCES: dict[Way, Any] = {
    Way.DIGITS: lambda on_server: (_phones(on_server), _ids(on_server)),
    Way.ID: lambda on_server: (_ids(on_server),),
    Way.NAME: lambda _: (_own(_C.name, "n"),),
    Way.TYPED: lambda _: (_own(_C.initials, "a"), _own(_C.pinyin, "y"), _spellings()),
}


def latest(
    project: int, *, number: int = 0, owner: int = 0, level: str = "", offset: int = 0, most: int = 100
) -> Select[Any]:
    """Customers of a project, the last seen first; one, or those of one owner or level. Columns as above."""
    query = (
        select(
            _C.id, _C.name, _C.phone_shown, _C.level, func.coalesce(_C.owner_id, 0), func.coalesce(person.c.name, ""),
            type_coerce(_C.protected_until, BigInteger), type_coerce(_C.last_seen, BigInteger), _C.last_kind,
        )
        .select_from(customer.outerjoin(person, person.c.id == _C.owner_id))
        .where(
            _C.project_id == project,
            _C.id == number if number else true(),
            _C.owner_id == owner if owner else true(),
            _C.level.startswith(level, autoescape=True) if level else true(),
        )
        .order_by(_C.last_seen.desc(), _C.id.desc())
    )
    return query.offset(offset).limit(most)

