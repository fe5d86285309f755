"""Taking a mistaken registration back (撤销登记): on its own day, while nobody went on with the customer since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from salescenter.data.customer_phones import lines_of
from salescenter.data.customers import customer
from salescenter.data.deals import deal_buyer
from salescenter.data.history import history
from salescenter.data.staff import person
from salescenter.data.visits import follow_up, rota_event, visit
from salescenter.domain.refusals import NotFound, NotYours, ReasonMissing
from salescenter.domain.staff import Role, may
from salescenter.domain.taking_back import DayOver, GoneOn, NeededSince
from salescenter.domain.units import Step
from salescenter.services.customer_records import CustomerFacts, forget_customer, row_of, update_customer
from salescenter.services.customers import facts_of, shown_name
from salescenter.services.reception_rules import Contact
from salescenter.services.work import Work, deed

PROTECTION = ("owner_id", "owned_since", "protected_until", "won_by", "last_contact")
"""What a visit changes for the whole family."""

SEEN = ("last_seen", "last_kind")
"""What a visit changes for whoever came."""

BINDS_NOBODY = (Step.REVEAL, Step.PRINT_PAPER, Step.EXPORT)
"""Steps after which a registration may still be taken back."""

OPENS = (Step.RESERVE, Step.SUBSCRIBE, Step.CHANGE_UNIT, Step.CHANGE_BUYER)
"""Steps by which somebody becomes a buyer; the history names their deal, not them."""


@dataclass(frozen=True, slots=True)
class TakeBackRequest:
    """Take a registration back, and why."""

    visit: int
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The visit is off the record; `gone` where the customer, who was registered with it, went with it."""

    visit: int
    customer: int
    gone: bool


# --- what registering writes down for it


def standing(work: Work, row: Any) -> dict[str, Any]:
    """Return, for the history, how a customer (a whole row) and the family stood before a registration changed them."""
    head = row_of(work, row.family_id) if row.family_id else row
    told = {name: getattr(head, name) for name in PROTECTION} | {name: getattr(row, name) for name in SEEN}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def learned(
    before: CustomerFacts, after: CustomerFacts, phones: Sequence[int], *, consent: bool
) -> dict[str, Any]:
    """Return, for the history, what a registration newly said of a known customer.

    Former words, fields filled, and the keys of `phones` that came newly: no number is told.
    """
    words = {name: getattr(before, name) for name in ("name", "level") if getattr(before, name) != getattr(after, name)}
    filled = [name for name in FILLED if not getattr(before, name) and getattr(after, name)]
    return {**words, "filled": [*filled, *(["consent"] if consent else [])], "phones": list(phones)}


FILLED = ("sex", "id_kind", "id_number", "birth", "address", "guardian", "note")


# --- taking it back


@deed(Step.TAKE_BACK_VISIT, TakenBack)
def take_back(work: Work, asked: TakeBackRequest) -> TakenBack:
    """Take a registration off the record: visit, turn, figures, and what it said or made of the customer."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.TAKE_BACK_VISIT)
    row = _visit(work, asked.visit)
    told = _told(work, row)
    who = row_of(work, row.customer_id)
    family = _family(work, who)
    _check_nothing_since(work, told, family)
    made = set(told.after["customers"])
    gone = who.id in made
    work.connection.execute(delete(rota_event).where(rota_event.c.visit_id == row.id))
    work.connection.execute(delete(visit).where(visit.c.id == row.id))
    work.connection.execute(delete(follow_up).where(follow_up.c.id.in_(told.after["follow_ups"])))
    _put_back(work, told, who, family - made, gone=gone)
    _forget(work, made, shown_name(who.name, who.owner_id or 0, work.desk.who))
    _uncount(work, row)
    before = {"kind": row.kind, "consultant": row.consultant_id, "at": row.at.isoformat(), "first": row.first}
    work.note(
        Step.TAKE_BACK_VISIT, "visit", row.id, customer=who.id, before=before,
        after={"reason": asked.reason.strip(), "gone": gone},
    )  # fmt: skip
    return TakenBack(row.id, who.id, gone)


def _visit(work: Work, number: int) -> Any:
    """Return the visit of today; a consultant takes back what they registered themselves."""
    row = work.connection.execute(select(visit).where(visit.c.id == number)).first()
    if row is None or row.project_id != work.project:
        raise NotFound(what="visit", sought=number)
    if row.day != work.today:
        raise DayOver(day=row.day)
    me = work.desk.who
    if me.role is Role.CONSULTANT and row.registered_by != me.id:
        others = tuple(role for role in Role if may(role, Step.TAKE_BACK_VISIT) and role is not Role.CONSULTANT)
        raise NotYours(step=Step.TAKE_BACK_VISIT, role=me.role, who=others)
    return row


def _told(work: Work, row: Any) -> Any:
    """Return the line of the history that tells of a registration; what was imported has none."""
    h = history.c
    mine = (h.customer_id == row.customer_id, h.subject == "visit", h.subject_id == row.id)
    registered = select(history).where(*mine, h.step == Step.REGISTER_VISIT.value)
    told = work.connection.execute(registered.order_by(h.id)).first()
    if told is None:
        raise NotFound(what="visit", sought=row.id)
    return told


def _family(work: Work, who: Any) -> set[int]:
    head = who.family_id or who.id
    mine = (customer.c.id == head) | (customer.c.family_id == head)
    return set(work.connection.scalars(select(customer.c.id).where(mine)))


def _check_nothing_since(work: Work, told: Any, family: Collection[int]) -> None:
    """Refuse where anything was told of the family, or one of them became a buyer, after the registration."""
    h = history.c
    bought = select(deal_buyer.c.deal_id).where(deal_buyer.c.customer_id.in_(family))
    about = h.customer_id.in_(family) & h.step.not_in([step.value for step in BINDS_NOBODY])
    opened = h.deal_id.in_(bought) & h.step.in_([step.value for step in OPENS])
    later = select(h.at, h.step, person.c.name).join(person, person.c.id == h.person_id)
    since = work.connection.execute(later.where(h.id > told.id, about | opened).order_by(h.id)).first()
    if since is not None:
        raise GoneOn(by=since.name, at=since.at, step=Step(since.step))


def _put_back(work: Work, told: Any, who: Any, family: Collection[int], *, gone: bool) -> None:
    """Let who stays stand as before: whose they are, when they were last seen, what was not known of them."""
    before = told.before or {}
    was: dict[str, Any] = {name: before.get(name) for name in (*PROTECTION, *SEEN)}
    for name in ("owned_since", "protected_until", "last_contact"):
        was[name] = date.fromisoformat(was[name]) if was[name] else None
    held = {name: was[name] for name in PROTECTION} | {"won_by": was["won_by"] or "", "revision": work.revision}
    work.connection.execute(update(customer).where(customer.c.id.in_(family)).values(**held))
    if gone:
        return
    seen = {"last_seen": datetime.fromisoformat(was["last_seen"]) if was["last_seen"] else None,
            "last_kind": was["last_kind"] or ""}  # fmt: skip
    _unlearn(work, who, before.get("learned") or {})
    work.connection.execute(update(customer).where(customer.c.id == who.id).values(**seen))


def _unlearn(work: Work, who: Any, said: dict[str, Any]) -> None:
    """Take what the registration said of a known customer off their card again."""
    filled = said.get("filled", ())
    if not filled and said.keys() <= {"filled", "phones"} and not said.get("phones"):
        return
    known = facts_of(work.connection, who)
    words: dict[str, Any] = {name: said[name] for name in ("name", "level") if name in said}
    blank: dict[str, Any] = {name: None if name == "birth" else "" for name in filled if name != "consent"}
    stay = (line for line in lines_of(work.connection, who.id) if line.id not in said.get("phones", ()))
    phones = tuple(line.shown for line in stay)
    update_customer(work, who.id, replace(known, phones=phones, **words, **blank), known)
    if "consent" in filled:
        nothing = {"consent_at": None, "consent_text": ""}
        work.connection.execute(update(customer).where(customer.c.id == who.id).values(**nothing))


def _forget(work: Work, made: Collection[int], name: str) -> None:
    """Take the customers off the record who came onto it by this registration, the family's first member last."""
    try:
        for number in sorted(made, reverse=True):
            forget_customer(work.connection, number)
    except IntegrityError as needed:  # what refers to them this person may not see
        raise NeededSince(customer=name) from needed


def _uncount(work: Work, row: Any) -> None:
    """Take the visit out of the figures of its day, as it was counted."""
    if row.peer:
        return
    parts = [f"p:{row.consultant_id}", *([f"c:{row.channel}"] if row.channel else [])]
    work.count(row.kind, *parts, count=-1, day=row.day)
    if row.kind == Contact.VISIT.value and row.first:
        work.count("visit-first", *parts, count=-1, day=row.day)
