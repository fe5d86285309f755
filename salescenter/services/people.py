"""The people of the house: who works here, as what, how they log in; nobody is deleted, they leave and may return.

On a server each is a log-in of it: what changes here changes there in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, update

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_consultant
from salescenter.data.record import new_id
from salescenter.data.server_rights import accounts
from salescenter.data.staff import person
from salescenter.domain.refusals import (
    FieldMissing,
    LastManager,
    LoginTaken,
    NotFound,
    PasswordTooShort,
    WrongPassword,
)
from salescenter.domain.staff import MAY, Role
from salescenter.domain.units import Step
from salescenter.services.house import fits, hashed
from salescenter.services.work import Desk, Work, deed

LINE = "people"
"""Who changes the list stands in it, so that two at once cannot each take the other for the last manager."""

LEAST_PASSWORD = 6
"""Characters a password must have; none at all is allowed, for a house that trusts its room."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list; customers and deals are what would be left behind by leaving."""

    id: int
    name: str
    login: str
    role: Role
    team: str
    phone: str
    active: bool
    has_password: bool
    customers: int
    deals: int


@dataclass(frozen=True, slots=True)
class PersonRequest:
    """A person as the form says; id 0 is somebody new. The password is set apart, or with somebody new."""

    name: str
    login: str
    role: Role
    team: str = ""
    phone: str = ""
    password: str = ""
    id: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class LeaveRequest:
    """Somebody leaves the house, or returns to it."""

    person: int
    active: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class PasswordRequest:
    """A new password for somebody; "" takes it away."""

    person: int
    password: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class PersonKept:
    """The person was kept."""

    person: int
    name: str


def people(desk: Desk) -> tuple[PersonRow, ...]:
    """List everybody, those who left last; managers first."""
    p = person.c
    owned = select(func.count()).where(customer.c.owner_id == p.id).scalar_subquery()
    selling = (
        select(func.count())
        .select_from(deal_consultant.join(deal, deal.c.id == deal_consultant.c.deal_id))
        .where(deal_consultant.c.person_id == p.id, deal.c.living)
        .scalar_subquery()
    )
    with desk.reading() as connection:
        has = accounts.has_password(connection)
        stmt = select(p.id, p.name, p.login, p.role, p.team, p.phone, p.active, has, owned, selling)
        rows = connection.execute(stmt.order_by(p.active.desc(), p.role != Role.MANAGER, p.id)).all()
    return tuple(
        PersonRow(row[0], row[1], row[2], Role(row[3]), row[4], row[5], bool(row[6]), bool(row[7]), row[8], row[9])
        for row in rows
    )


@deed(Step.EDIT_SETTINGS, PersonKept, line=LINE)
def keep(work: Work, asked: PersonRequest) -> PersonKept:
    """Let somebody join, or change what they are; their deeds of before stay under their name."""
    values = {
        "name": _said(asked.name, "name"),
        "login": _said(asked.login, "login"),
        "role": asked.role.value,
        "team": asked.team.strip(),
        "phone": asked.phone.strip(),
    }
    _demand_free(work, str(values["login"]), asked.id)
    if asked.id:
        before = _row(work, asked.id)
        if before.active and may_settle(Role(before.role)) and not may_settle(asked.role):
            _demand_another(work, before)
        work.connection.execute(update(person).where(person.c.id == asked.id).values(values))
        number, old = asked.id, {name: getattr(before, name) for name in values}
        accounts.keep(work.connection, number, str(values["login"]), was=before.login)
    else:
        password = hashed(_long_enough(asked.password))
        written = work.connection.execute(insert(person).values(values | {"password": password}))
        number, old = new_id(written), None
        accounts.keep(work.connection, number, str(values["login"]), password=asked.password)
    work.note(Step.EDIT_SETTINGS, "person", number, before=old, after=values)
    return PersonKept(number, str(values["name"]))


@deed(Step.EDIT_SETTINGS, PersonKept, line=LINE)
def let_go(work: Work, asked: LeaveRequest) -> PersonKept:
    """Let somebody leave (no log-in, no turn, nothing new) or return; the last who may settle things stays."""
    row = _row(work, asked.person)
    if not asked.active and row.active and may_settle(Role(row.role)):
        _demand_another(work, row)
    work.connection.execute(update(person).where(person.c.id == row.id).values(active=asked.active))
    accounts.keep(work.connection, row.id, row.login)
    work.note(
        Step.EDIT_SETTINGS, "person", row.id, before={"active": bool(row.active)}, after={"active": asked.active}
    )
    return PersonKept(row.id, row.name)


@deed(Step.EDIT_SETTINGS, PersonKept, line=LINE)
def set_password(work: Work, asked: PasswordRequest) -> PersonKept:
    """Give somebody another password; the history tells that it was done, never what it is."""
    return _set_password(work, asked)


def change_own_password(desk: Desk, old: str, new: str, now: datetime) -> PersonKept:
    """Change one's own password, whatever the role; refuses where the old one does not fit."""
    with desk.working(now, line=LINE) as work:
        row = _row(work, desk.who.id)
        if not fits(accounts.hash_of(work.connection, row.id), old):
            raise WrongPassword(login=row.login, field="old")
        return _set_password(work, PasswordRequest(row.id, new))


def may_settle(role: Role) -> bool:
    """Say whether a role may change the settings."""
    return Step.EDIT_SETTINGS in MAY[role]


def _set_password(work: Work, asked: PasswordRequest) -> PersonKept:
    row = _row(work, asked.person)
    password = hashed(_long_enough(asked.password))
    accounts.set_password(work.connection, row.id, row.login, asked.password, password)
    work.note(Step.EDIT_SETTINGS, "person", row.id, after={"password": "set" if password else "none"})
    return PersonKept(row.id, row.name)


_SHOWN = [column for column in person.columns if column is not person.c.password]


def _row(work: Work, number: int) -> Any:
    row = work.connection.execute(select(*_SHOWN).where(person.c.id == number)).first()
    if row is None:
        raise NotFound(what="person", sought=number)
    return row


def _demand_free(work: Work, login: str, own: int) -> None:
    same = and_(func.lower(person.c.login) == login.lower(), person.c.id != own)
    if (by := work.connection.scalar(select(person.c.name).where(same))) is not None:
        raise LoginTaken(field="login", login=login, by=by)


def _demand_another(work: Work, row: Any) -> None:
    """Refuse where nobody else could change the settings any more."""
    roles = [role.value for role in Role if may_settle(role)]
    others = select(func.count()).where(person.c.active, person.c.role.in_(roles), person.c.id != row.id)
    if not work.connection.scalar(others):
        raise LastManager(name=row.name)


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise FieldMissing(field=field)
    return text.strip()


def _long_enough(password: str) -> str:
    if password and len(password) < LEAST_PASSWORD:
        raise PasswordTooShort(field="password", least=LEAST_PASSWORD)
    return password
