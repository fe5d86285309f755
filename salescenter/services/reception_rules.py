"""What a house decides for its reception: rota, ownership windows, required fields, the consent text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from salescenter.data.types import CHINA
from salescenter.domain.ownership import ContactKind, OwnershipRule
from salescenter.domain.policies import OWNERSHIP, ROTA, in_force
from salescenter.domain.rota import Away, Order, RotaKind, RotaRule
from salescenter.i18n import mark, tr
from salescenter.services import settings
from salescenter.services.work import Desk


class Contact(StrEnum):
    """How a registered contact came about; kept apart in every list and figure."""

    VISIT = "visit"        # 来访
    CALL_IN = "call-in"    # 来电
    CALL_OUT = "call-out"  # 去电


REQUIRED: dict[Contact, tuple[str, ...]] = {
    Contact.VISIT: ("phone", "name", "sex", "channel", "product", "area"),
    Contact.CALL_IN: ("phone", "channel"),
    Contact.CALL_OUT: ("phone",),
}
"""What a first registration must hold unless the house says otherwise; a visit's six win the customer (判客)."""

MAY_BE_REQUIRED = (
    "phone", "name", "sex", "age", "district", "channel", "introducer", "product", "area", "budget", "floor",
    "concern", "resistance", "purpose", "family", "job", "payment", "level", "asked", "consent", "follow-up",
)
"""Fields of the sheets a house may require, in the sheets' order."""

BUSY_MINUTES = 120
"""A reception counts as over after so long unless the customer was seen to go; else nobody would be free."""

CONSENT = mark(
    "I agree that the sales centre keeps my name, phone, needs and visits to serve my purchase, keeps them secret "
    "and deletes them when the purpose ends or I ask for it."
)

OWNERSHIP_KINDS: dict[Contact, ContactKind] = {
    Contact.VISIT: ContactKind.VISIT,
    Contact.CALL_IN: ContactKind.CALL,
    Contact.CALL_OUT: ContactKind.CALL,
}

ROTAS: dict[Contact, RotaKind] = {Contact.VISIT: RotaKind.VISIT, Contact.CALL_IN: RotaKind.CALL}
"""Which rota a contact takes its consultant from; whoever calls out is their own."""


@dataclass(frozen=True, slots=True)
class ReceptionRules:
    """The rules of one day."""

    rota: RotaRule
    ownership: OwnershipRule
    required: Mapping[Contact, tuple[str, ...]]
    consent: str
    hours: tuple[time, time] | None = None  # outside them a customer uses no turn

    def counts(self, now: datetime) -> bool:
        """Say whether a customer who comes now counts in the rota."""
        if self.hours is None:
            return True
        return self.hours[0] <= now.astimezone(CHINA).time() <= self.hours[1]


def rules_on(connection: Connection, project: int, day: date) -> ReceptionRules:
    """Read the rules in force on a day; settings `rota`, `ownership`, `required.KIND`, `consent`, `rota-hours`."""
    kept = settings.values(connection, project, day)
    required = {kind: tuple(kept.get(f"required.{kind}", REQUIRED[kind])) for kind in Contact}
    return ReceptionRules(
        _rota(in_force(ROTA, day), kept.get("rota", {})),
        _with(in_force(OWNERSHIP, day), kept.get("ownership", {})),
        required,
        kept.get("consent") or tr(CONSENT),
        _hours(kept.get("rota-hours")),
    )


def rules_of(desk: Desk, day: date) -> ReceptionRules:
    """Return the rules for a screen."""
    with desk.reading() as connection:
        return rules_on(connection, desk.project, day)


def _rota(rule: RotaRule, kept: Mapping[str, Any]) -> RotaRule:
    return RotaRule(
        Order(kept.get("order", rule.order)),
        frozenset(map(Away, kept["made_up"])) if "made_up" in kept else rule.made_up,
        kept.get("busy_minutes", rule.busy_minutes or BUSY_MINUTES),
    )


def _with(rule: OwnershipRule, kept: Mapping[str, Any]) -> OwnershipRule:
    days: dict[str, Any] = {f.name: int(kept[f.name]) for f in fields(rule) if f.name in kept and f.name in _DAYS}
    return replace(rule, **days)


_DAYS = frozenset({"visit_days", "call_days", "claim_days", "retrospective_days", "stale_days", "channel_days"})


def _hours(kept: object) -> tuple[time, time] | None:
    if not isinstance(kept, list | tuple) or len(kept) != 2:
        return None
    return time.fromisoformat(str(kept[0])), time.fromisoformat(str(kept[1]))
