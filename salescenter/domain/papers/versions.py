"""The life of a template's version: drafted, tried on sample deals, approved for a day, in force, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

SHIPPED = 0
"""The version the program ships; it holds until the house's first own version is in force."""


class Sample(StrEnum):
    """A kind of deal that a template is tried on before it is approved."""

    ONE_OFF = "one-off"          # 一次性付款
    INSTALMENTS = "instalments"  # 分期付款
    MORTGAGE = "mortgage"        # 贷款付款
    SEVERAL = "several"          # 共有: several buyers
    COMPANY = "company"          # 单位买受人
    PARKING = "parking"          # 车位
    MORTGAGED = "mortgaged"      # 房屋设有抵押


TRIED_ON: Mapping[str, tuple[Sample, ...]] = {
    "contract_presale": tuple(Sample),
    "contract_completed": tuple(Sample),
    "subscription": (Sample.ONE_OFF, Sample.MORTGAGE, Sample.SEVERAL, Sample.COMPANY),
}
"""The deals each kind of text must have been tried on; a letter is tried on one."""


def tried_on(kind: str) -> tuple[Sample, ...]:
    """Return the deals a kind of text is tried on."""
    return TRIED_ON.get(kind, (Sample.ONE_OFF,))


class Standing(StrEnum):
    """How a version stands on a day."""

    DRAFT = "draft"          # 草稿
    TRIED = "tried"          # 已试用, waits for approval
    TO_COME = "to-come"      # 待生效: approved for a day to come
    IN_FORCE = "in-force"    # 生效中
    REPLACED = "replaced"    # 已被新版替代
    WITHDRAWN = "withdrawn"  # 已停用


@dataclass(frozen=True, slots=True)
class Told:
    """Who did it, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a template; its text never changes. `since` is the day it is in force from, set by approval."""

    id: int
    kind: str
    name: str
    version: int
    text: str
    since: date | None = None
    tried: frozenset[Sample] = frozenset()
    drafted: Told | None = None
    approved: Told | None = None
    withdrawn: Told | None = None
    reason: str = ""  # why it was withdrawn

    def untried(self) -> tuple[Sample, ...]:
        """Return the deals it has still to be tried on."""
        return tuple(one for one in tried_on(self.kind) if one not in self.tried)

    def begun(self, day: date) -> bool:
        """Say whether it was approved and its day has come."""
        return self.approved is not None and self.since is not None and self.since <= day

    def living(self, day: date) -> bool:
        """Say whether it has begun and is not withdrawn; on the day it is withdrawn it holds no more."""
        return self.begun(day) and (self.withdrawn is None or day < self.withdrawn.at.date())


def holding(versions: Iterable[Version], day: date) -> Version | None:
    """Return the version in force on a day: of the living ones the one that began last.

    Where no version of the house's own ever began it is the shipped one; where all of them are withdrawn, none.
    """
    known = tuple(versions)
    own = [one for one in known if one.version != SHIPPED]
    living = [one for one in own if one.living(day)]
    if living:
        return max(living, key=lambda one: (one.since or date.min, one.version))
    if any(one.begun(day) for one in own):
        return None
    return next((one for one in known if one.version == SHIPPED), None)


def after_withdrawing(versions: Sequence[Version], gone: Version, day: date) -> Version | None:
    """Return the version that holds on a day once one is withdrawn; none where the house would stand without."""
    left = [one for one in versions if one.id != gone.id or one.version == SHIPPED]
    found = holding(left, day)
    was_own = found is not None and found.version == SHIPPED and gone.begun(day)
    return None if was_own else found


def standing(one: Version, versions: Iterable[Version], day: date) -> Standing:
    """Say how a version stands among the others on a day."""
    if one.withdrawn is not None:
        return Standing.WITHDRAWN
    if one == holding(versions, day):
        return Standing.IN_FORCE
    if one.version == SHIPPED or one.begun(day):
        return Standing.REPLACED
    if one.approved is not None:
        return Standing.TO_COME
    return Standing.DRAFT if one.untried() else Standing.TRIED
