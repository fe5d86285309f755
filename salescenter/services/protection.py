"""Whose customer somebody is, kept on the customer: each contact renews, wins or leaves the protection (判客)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from salescenter.domain import ownership
from salescenter.domain.ownership import ContactKind, OwnershipRule, missing_fields, owner_on
from salescenter.services.reception_rules import OWNERSHIP_KINDS, Contact


@dataclass(frozen=True, slots=True)
class Held:
    """The protection as a customer's columns keep it; it may have run out."""

    owner: int
    since: date
    until: date
    won_by: ContactKind

    def living(self, day: date) -> bool:
        """Say whether the owner is still protected on a day."""
        return day <= self.until

    def columns(self) -> dict[str, Any]:
        """Return the customer's columns that say so."""
        return {
            "owner_id": self.owner, "owned_since": self.since, "protected_until": self.until,
            "won_by": self.won_by.value,
        }


def held_by(row: Any) -> Held | None:
    """Read the protection from a customer's row."""
    if row is None or row.owner_id is None or row.protected_until is None:
        return None
    return Held(
        row.owner_id, row.owned_since or row.protected_until, row.protected_until,
        ContactKind(row.won_by or ContactKind.VISIT),
    )


def contact(kind: Contact, day: date, consultant: int, *, complete: bool, held: Held | None) -> ownership.Contact:
    """Return a registered contact as the rule sees it: one's own call-out is a follow-up, a first one may win."""
    own_call = kind is Contact.CALL_OUT and held is not None and held.owner == consultant
    seen_as = ContactKind.FOLLOW_UP if own_call else OWNERSHIP_KINDS[kind]
    return ownership.Contact(day, consultant, seen_as, complete=complete)


def follow_up(day: date, person: int, *, effective: bool) -> ownership.Contact:
    """Return a follow-up as the rule sees it."""
    return ownership.Contact(day, person, ContactKind.FOLLOW_UP, effective=effective)


def after(held: Held | None, contacts: Iterable[ownership.Contact], rule: OwnershipRule) -> Held | None:
    """Return the protection after further contacts; one that ran out stays on record until somebody else wins."""
    for each in contacts:
        held = _after(held, each, rule)
    return held


def _after(held: Held | None, each: ownership.Contact, rule: OwnershipRule) -> Held | None:
    before = [] if held is None else [ownership.Contact(held.until - rule.window(held.won_by), held.owner, held.won_by)]
    if before and each.day < before[0].day:  # an older line of a ledger: it neither wins nor renews any more
        return held
    now = owner_on([*before, each], each.day, rule)
    if now is None:
        return held
    same = held is not None and held.owner == now.owner
    return Held(int(now.owner), held.since if same and held else now.since, now.until, now.won_by)


def given(owner: int, day: date, rule: OwnershipRule) -> Held:
    """Return the protection of a customer a supervisor gives to somebody."""
    return Held(owner, day, day + rule.window(ContactKind.VISIT), ContactKind.VISIT)


def lacking(**known: object) -> tuple[str, ...]:
    """Return which of the six are missing, by the sheets' names: name, sex, phone, channel, area, product."""
    names = {"source": "channel", "type": "product"}
    return tuple(
        names.get(field, field)
        for field in missing_fields({"source": known.get("channel"), "type": known.get("product"), **known})
    )
