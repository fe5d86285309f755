"""Whose customer somebody is (判客): first reception and registration, protection windows, claims and splits."""

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


class Relation(StrEnum):
    """Who else may come for a customer."""

    SELF = "self"
    SPOUSE = "spouse"    # 配偶
    PARENT = "parent"    # 父母
    CHILD = "child"      # 子女
    SIBLING = "sibling"  # 兄弟姐妹
    FRIEND = "friend"    # 朋友


class Dispute(StrEnum):
    """Cases in which a sale is shared, or not."""

    OWNER_ABSENT = "owner-absent"  # owner away, another served and sold the same day
    CONCEALED = "concealed"        # the server knew and hid it
    SPOUSES = "spouses"            # husband and wife received by two consultants


SPLITS: dict[Dispute, tuple[int, int]] = {
    Dispute.OWNER_ABSENT: (5_000, 5_000),
    Dispute.CONCEALED: (10_000, 0),
    Dispute.SPOUSES: (5_000, 5_000),
}
"""What the owner and the server get, in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class OwnershipRule:
    """The house's windows, in days; the last day of a window is inside it."""

    visit_days: int = 10
    call_days: int = 7
    claim_days: int = 2           # to claim a customer who forgot their consultant
    retrospective_days: int = 7   # to claim after the deal
    stale_days: int = 30          # without progress: to the manager
    channel_days: int = 15        # a channel's report (报备) protects its customer
    family: frozenset[Relation] = frozenset({Relation.SELF, Relation.SPOUSE, Relation.PARENT, Relation.CHILD})

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


def receiver(contacts: Iterable[Contact], today: date, rule: OwnershipRule, asked_for: Who | None = None) -> Who | None:
    """Return who receives a visitor: their owner, else whom they ask for by name, else None: the rota decides."""
    held = owner_on(contacts, today, rule)
    return held.owner if held else asked_for


def missing_fields(registration: Mapping[str, object]) -> tuple[str, ...]:
    """Return the mandatory fields a registration lacks; any one missing and it protects nobody."""
    return tuple(name for name in MANDATORY if not registration.get(name))


def same_customer(relation: Relation, rule: OwnershipRule) -> bool:
    """Say whether a relative counts as the customer."""
    return relation in rule.family


def may_claim_visit(served: date, claimed: date, rule: OwnershipRule) -> bool:
    """Say whether the first consultant may still claim a customer another one served."""
    return served <= claimed <= served + timedelta(days=rule.claim_days)


def may_claim_deal(deal: date, claimed: date, rule: OwnershipRule) -> bool:
    """Say whether a claim after the deal comes in time."""
    return claimed <= deal + timedelta(days=rule.retrospective_days)


def needs_manager(last_progress: date, today: date, rule: OwnershipRule) -> bool:
    """Say whether a customer without progress goes to the manager."""
    return today - last_progress >= timedelta(days=rule.stale_days)


def channel_protects(reported: date, visited: date, rule: OwnershipRule) -> bool:
    """Say whether a channel reported its customer before the visit, and not too long before."""
    return reported <= visited <= reported + timedelta(days=rule.channel_days)


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
