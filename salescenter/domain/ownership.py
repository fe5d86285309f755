"""Whose customer somebody is (判客): first reception and registration, and how long they protect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

Who = int | str

MANDATORY = ("name", "sex", "phone", "source", "area", "type")
"""Without these six (姓名 性别 电话 认知渠道 面积 户型) a registration protects nobody."""


class ContactKind(StrEnum):
    """How customer and consultant met."""

    VISIT = "visit"          # 来访
    CALL = "call"            # 来电
    FOLLOW_UP = "follow-up"  # 跟进


@dataclass(frozen=True, slots=True)
class OwnershipRule:
    """The house's windows, in days; the last day of a window is inside it."""

    visit_days: int = 10
    call_days: int = 7

    def window(self, kind: ContactKind) -> timedelta:
        """Return how long a customer won by a visit or a call is protected."""
        return timedelta(days=self.call_days if kind is ContactKind.CALL else self.visit_days)


@dataclass(frozen=True, slots=True)
class Contact:
    """One meeting of customer and consultant.

    A visit or call wins the customer only when its registration is `complete` (`MANDATORY`); a follow-up
    counts only when `effective`: no answer or a phone switched off is none.
    """

    day: date
    who: Who
    kind: ContactKind
    complete: bool = True
    effective: bool = True


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns a customer, since when, won how, and the last day of protection."""

    owner: Who
    since: date
    until: date
    won_by: ContactKind

    def living(self, day: date) -> bool:
        """Say whether the protection still holds on a day."""
        return day <= self.until


def owner_on(contacts: Iterable[Contact], today: date, rule: OwnershipRule) -> Ownership | None:
    """Return whose customer it is on a day, from all contacts up to then; None: the rota decides."""
    held: Ownership | None = None
    for contact in sorted((c for c in contacts if c.day <= today), key=lambda c: c.day):
        held = _after(held, contact, rule)
    return held if held and held.living(today) else None


def missing_fields(registration: Mapping[str, object]) -> tuple[str, ...]:
    """Return the mandatory fields a registration lacks; any one missing and it protects nobody."""
    return tuple(name for name in MANDATORY if not registration.get(name))


def _after(held: Ownership | None, contact: Contact, rule: OwnershipRule) -> Ownership | None:
    if contact.kind is ContactKind.FOLLOW_UP:
        return _followed_up(held, contact, rule)
    until = contact.day + rule.window(contact.kind)
    if held and (held.owner == contact.who or held.living(contact.day)):
        if held.owner != contact.who:  # another's customer: received out of courtesy
            return held
        return Ownership(held.owner, held.since, max(held.until, until), contact.kind)
    return Ownership(contact.who, contact.day, until, contact.kind) if contact.complete else held


def _followed_up(held: Ownership | None, contact: Contact, rule: OwnershipRule) -> Ownership | None:
    if not held or held.owner != contact.who or not contact.effective:
        return held
    return Ownership(held.owner, held.since, max(held.until, contact.day + rule.window(held.won_by)), held.won_by)
