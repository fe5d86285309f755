"""What the desks were told, held against what the database keeps: nothing acknowledged is lost, nothing refused left a trace."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from salescenter.data.deals import deal
from salescenter.data.history import answered, history
from salescenter.data.payments import receipt
from salescenter.domain.units import Step
from salescenter.services.check import check
from salescenter.services.reports.agreement import figures_agree
from salescenter.services.work import Desk


@dataclass(slots=True)
class Asked:
    """One press of a button, and what its desk was told."""

    step: str
    unit: int
    told: str = "nothing"  # done, refused, unknown; nothing where the desk died
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """How a rush went."""

    asked: int
    told: Counter[str]
    why: Counter[str]
    seconds: list[float]  # of each deed done, sorted
    sold: int
    faults: list[str]


def read(journals: Iterable[Path]) -> dict[str, Asked]:
    """Read what every desk noted; a last line a dying desk wrote in half is nothing."""
    found: dict[str, Asked] = {}
    for journal in journals:
        for line in journal.read_text("utf-8").rpartition("\n")[0].splitlines():
            said = json.loads(line)
            if said["what"] == "asked":
                found[said["key"]] = Asked(said["step"], said["unit"])
            else:
                found[said["key"]].told, found[said["key"]].more = said["what"], said
    return found


def settle(desk: Desk, presses: dict[str, Asked]) -> Report:
    """Hold the presses against the database and the laws of the house."""
    with desk.reading() as connection:
        answers = {row.key: row for row in connection.execute(select(answered))}
        slips = list(connection.execute(select(receipt.c.slip, receipt.c.number).where(receipt.c.slip != "")))
        deals = {row.number: row for row in connection.execute(select(deal))}
        told = list(connection.execute(
            select(history.c.unit_id, history.c.step).where(history.c.step.in_(("subscribe", "cancel")))
            .order_by(history.c.id)
        ))  # fmt: skip
    faults = [f"law: {one.law}: {one.about}" for one in check(desk, figures_agree)]
    faults += _promises(presses, answers, slips, deals)
    faults += _double(told)
    sales = [key for key in presses if presses[key].step == "subscribe" and key in answers]
    if not len(sales) == len(deals) == len(slips) == sum(row.step == Step.SUBSCRIBE for row in told):
        faults.append(f"half deeds: {len(sales)} answers, {len(deals)} deals, {len(slips)} receipts")
    done = sorted(one.more["seconds"] for one in presses.values() if one.told == "done")
    why = Counter(one.more["why"] for one in presses.values() if "why" in one.more)
    return Report(len(presses), Counter(one.told for one in presses.values()), why, done, len(sales), faults)


def _promises(presses: dict[str, Asked], answers: dict[str, Any], slips: Sequence[Any], deals: Any) -> Iterable[str]:
    """Whoever was told `done` finds it there as it was told; whoever was refused finds nothing."""
    paid = {row.slip: row.number for row in slips}
    if len(paid) != len(slips):
        yield "one press was paid twice"
    for key, one in presses.items():
        kept = answers.get(key)
        if one.told == "done" and kept is None:
            yield f"lost: {key} was acknowledged"
        if one.told == "refused" and (kept is not None or key in paid):
            yield f"trace: {key} was refused"
        if one.step != "subscribe":
            continue
        if (kept is not None) != (key in paid) or (kept is not None and kept.answer["number"] not in deals):
            yield f"half: {key}"
        if kept is not None and one.told == "done" and _told(one) != (kept.answer["number"], paid.get(key)):
            yield f"told otherwise: {key}"
    yield from (f"nobody asked: {key}" for key in paid if key not in presses)


def _double(told: Sequence[Any]) -> Iterable[str]:
    """On each unit sale and cancellation must take turns."""
    last: dict[int, str] = {}
    for unit_id, step in told:
        if last.get(unit_id, "cancel") == step:
            yield f"double: unit {unit_id}, {step} after {step}"
        last[unit_id] = step


def _told(one: Asked) -> tuple[str, str]:
    return one.more["number"], one.more["receipt"]
