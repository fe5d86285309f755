"""How void papers are found: what is out by the archive, against what the deals and the history tell since.

Each finder reads papers of one cause. A paper is void as it left the house last: what is printed anew after the change
counts again, and a contract's draft that was taken back stays void beside the copy drafted after it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, and_, cast, func, select

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.estate import unit
from salescenter.data.history import history
from salescenter.data.papers import paper
from salescenter.data.payments import receipt
from salescenter.data.types import CHINA
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.voiding import (
    ENDINGS,
    RESTS_ON,
    VOIDED,
    Duty,
    duty_after,
    duty_corrected,
    duty_edited,
)
from salescenter.domain.receipts import EARLY_KINDS, MoneyKind
from salescenter.domain.units import Step, UnitState
from salescenter.services.papers.quotations import VALID_DAYS


@dataclass(frozen=True, slots=True)
class Found:
    """A paper that is void: its row of `out`, what is due, since which step and day."""

    row: Any
    duty: Duty
    step: Step
    since: date

    @property
    def copies(self) -> tuple[int, int]:
        """Which paper, up to which of its copies."""
        return self.row.id, self.row.copy


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked over: the project's deals, or one of them; before: as if nothing was printed from then on."""

    project: int
    now: datetime
    deal: int | None = None
    before: datetime | None = None

    def of(self, deals: Select[Any], before: ColumnElement[Any] | None = None) -> Select[Any]:
        """The papers that are out of these deals (a question for their ids), so that few papers are looked at."""
        out = _out(self.project, self.before if before is None else before)
        if self.deal is None:
            return out.where(paper.c.deal_id.in_(deals))
        one = deals.where(deals.selected_columns[0] == self.deal)
        return out.where(paper.c.deal_id == self.deal, one.correlate(None).exists())

    def deals(self, *which: ColumnElement[bool], before: ColumnElement[Any] | None = None) -> Select[Any]:
        """The papers that are out of the project's deals of some condition."""
        return self.of(select(deal.c.id).where(deal.c.project_id == self.project, *which), before)


def _out(project: int, before: ColumnElement[Any] | datetime | None = None) -> Select[Any]:
    """Every paper that is out, once: its original, when it was printed last (before a moment), as which copy, whose."""
    p, b = paper.c, deal_buyer.c
    last = paper.alias("last")
    same = [last.c.kind == p.kind, last.c.number == p.number]
    if before is not None:
        same.append(last.c.at < before)
    printed = select(func.max(last.c.at)).where(*same).correlate(paper).scalar_subquery()
    copy = select(func.max(last.c.copy)).where(*same).correlate(paper).scalar_subquery()
    return (
        select(p.id, p.kind, p.number, p.unit_id, p.deal_id, printed.label("last"), copy.label("copy"), unit.c.code,
               customer.c.name.label("buyer"), deal.c.state, deal.c.living)
        .outerjoin(unit, unit.c.id == p.unit_id)
        .outerjoin(deal, deal.c.id == p.deal_id)
        .outerjoin(deal_buyer, and_(b.deal_id == p.deal_id, b.active, b.position == 0))
        .outerjoin(customer, customer.c.id == b.customer_id)
        .where(p.project_id == project, p.copy == 1)
    )  # fmt: skip


def find(connection: Connection, asked: Asked) -> Iterator[Found]:
    """Yield whatever is void, settled or not; a paper may be found for several causes."""
    return (one for finder in _FINDERS for one in finder(connection, asked))


def after(connection: Connection, asked: Asked, step: Step, number: str = "") -> Iterator[Found]:
    """Yield what a step on the asked deal would make void now; `number`: the receipt it counters."""
    countering = step is Step.VOID_RECEIPT
    for row in connection.execute(asked.deals().where(*_WHICH.get(step, (_NOT_GIVEN_BACK,)))).all():
        if not countering or _rests_on(connection, row, number):
            yield from _due(row, step, _day(asked.now))


_NOT_GIVEN_BACK = paper.c.number.not_in(
    select(receipt.c.number).where(receipt.c.deal_id == paper.c.deal_id, receipt.c.amount < Money())
)
"""Not a receipt of money given back or countered, which the buyer keeps."""

_NOT_LENT = paper.c.number.not_in(
    select(receipt.c.number).where(receipt.c.deal_id == paper.c.deal_id, receipt.c.kind == MoneyKind.LOAN.value)
)
"""Not a receipt of a bank's money, which says the bank, whoever the buyers are."""

_EARLY = paper.c.number.in_(
    select(receipt.c.number).where(receipt.c.deal_id == paper.c.deal_id, receipt.c.kind.in_(EARLY_KINDS))
)
"""A receipt of money that came before there was a deposit, and is to be turned into it."""

_WHICH: dict[Step, tuple[ColumnElement[bool], ...]] = {
    Step.VOID_RECEIPT: (),
    Step.CHANGE_BUYER: (_NOT_GIVEN_BACK, _NOT_LENT),
    Step.SUBSCRIBE: (_NOT_GIVEN_BACK, _EARLY),
}
"""Which papers a step may concern, where these are others than all but receipts of money given back."""


def _ended(connection: Connection, asked: Asked) -> Iterator[Found]:
    ending = deal.c.ending.in_([step.value for step in ENDINGS])
    of = asked.deals(deal.c.living.is_(False), ending).add_columns(deal.c.ending, deal.c.closed)
    for row in connection.execute(of.where(_NOT_GIVEN_BACK)):
        yield from _due(row, Step(row.ending), row.closed)


def _undrafted(connection: Connection, asked: Asked) -> Iterator[Found]:
    """Contracts as they were printed before their draft was taken back last, drafted again since or not."""
    undone = _last(Step.UNDO_DRAFT, "deal_id")
    of = asked.deals(deal.c.living, before=undone).add_columns(undone.label("changed"))
    for row in connection.execute(of.where(paper.c.kind == PaperKind.CONTRACT.value, paper.c.at < undone)):
        yield from _due(row, Step.UNDO_DRAFT, _day(row.changed))


def _turned(connection: Connection, asked: Asked) -> Iterator[Found]:
    """Receipts of early money that a subscription turned into the deposit since they were printed."""
    of = asked.deals(deal.c.living, deal.c.state >= int(UnitState.SUBSCRIBED)).where(*_WHICH[Step.SUBSCRIBE])
    return _overtaken(connection, of.where(paper.c.kind == PaperKind.RECEIPT.value), Step.SUBSCRIBE, "deal_id")


def _renamed(connection: Connection, asked: Asked) -> Iterator[Found]:
    earlier = select(deal_buyer.c.deal_id).where(deal_buyer.c.active.is_(False))
    of = asked.of(earlier).where(deal.c.living, *_WHICH[Step.CHANGE_BUYER])
    return _overtaken(connection, of, Step.CHANGE_BUYER, "deal_id")


def _countered(connection: Connection, asked: Asked) -> Iterator[Found]:
    """Receipts that were countered, and papers of living deals that count their money (付清证明 above all)."""
    wrong, counter = receipt.alias("wrong"), receipt.alias("counter")
    pairs = select(wrong.c.deal_id, wrong.c.number, wrong.c.kind, wrong.c.at, counter.c.at.label("gone"))
    countered = pairs.join(counter, counter.c.counters_id == wrong.c.id).subquery()
    of = asked.of(select(countered.c.deal_id)).join(countered, countered.c.deal_id == paper.c.deal_id)
    kinds = [PaperKind.RECEIPT.value, *(kind.value for kind in RESTS_ON)]
    said = (countered.c.number.label("wrong"), countered.c.kind.label("money"), countered.c.at.label("taken"))
    of = of.add_columns(*said, countered.c.gone)
    for row in connection.execute(of.where(paper.c.kind.in_(kinds)).order_by(countered.c.gone)):
        receipt_itself = row.kind == PaperKind.RECEIPT and row.number == row.wrong
        if receipt_itself or (row.living and row.last < row.gone and _counts(row, row.money, row.taken)):
            yield from _due(row, Step.VOID_RECEIPT, _day(row.gone))


def _rests_on(connection: Connection, row: Any, number: str) -> bool:
    """Say whether a paper is the receipt of this number, or counts its money."""
    if row.kind == PaperKind.RECEIPT:
        return bool(row.number == number)
    c = receipt.c
    wrong = connection.execute(select(c.kind, c.at).where(c.number == number, c.deal_id == row.deal_id)).first()
    return wrong is not None and row.living and _counts(row, wrong.kind, wrong.at)


def _counts(row: Any, money: str, taken: datetime) -> bool:
    """Say whether a paper counts money of a kind that was taken before the paper was printed."""
    return taken <= row.last and MoneyKind(money) in RESTS_ON.get(PaperKind(row.kind), ())


def _corrected(connection: Connection, asked: Asked, coming: Correction | None = None) -> Iterator[Found]:
    """Papers of living deals that say of a buyer what was corrected in their card since, or is about to be."""
    edits = _gather(connection.execute(_corrections(asked)), lambda line: line.deal_id)
    if coming is not None and asked.deal is not None:
        edits.setdefault(asked.deal, []).append(coming)
    of = asked.of(select(deal.c.id).where(deal.c.id.in_(edits))).where(paper.c.kind.in_(_CARDED), _NOT_GIVEN_BACK)
    for row in connection.execute(of.add_columns(_PAYER)).all() if edits else ():
        later = [line for line in edits[row.deal_id] if line.at > row.last]
        if row.payer is not None and row.payer not in {line.before.get("name") for line in later}:
            continue  # a receipt says who paid, who may be somebody else
        fields = _differing(later)
        duty = duty_corrected(PaperKind(row.kind), fields, UnitState(row.state))
        if duty is not None:
            since = next(line.at for line in later if fields.intersection(line.after))
            yield Found(row, duty, Step.REGISTER_VISIT, _day(since))


@dataclass(frozen=True, slots=True)
class Correction:
    """Fields of a customer's card as they are about to be corrected, as the history will tell them."""

    about: int
    at: datetime
    before: Mapping[str, object]
    after: Mapping[str, object]


def if_corrected(connection: Connection, asked: Asked, coming: Correction) -> Iterator[Found]:
    """Yield what a correction of a buyer would make void of the asked deal, and what earlier ones made so."""
    return _corrected(connection, asked, coming)


def _corrections(asked: Asked) -> Select[Any]:
    """What was corrected in the cards of the buyers of living deals, in the order it was."""
    h, b = history.c, deal_buyer.c
    told = (
        select(b.deal_id, h.customer_id.label("about"), h.at, h.before, h.after)
        .join(deal_buyer, and_(b.customer_id == h.customer_id, b.active)).join(deal, deal.c.id == b.deal_id)
        .where(deal.c.project_id == asked.project, deal.c.living, h.subject == "customer",
               h.step == Step.REGISTER_VISIT.value, _CHANGED).order_by(h.id)
    )  # fmt: skip
    return told if asked.deal is None else told.where(deal.c.id == asked.deal)


_PAYER = (
    select(receipt.c.payer).where(receipt.c.number == paper.c.number, receipt.c.deal_id == paper.c.deal_id,
                                  paper.c.kind == PaperKind.RECEIPT.value)
    .correlate(paper).scalar_subquery().label("payer")
)  # fmt: skip
_CARDED = tuple(kind.value for kind in VOIDED[Step.REGISTER_VISIT])
_CHANGED = cast(history.c.before, String) != "null"
"""Lines of the history that say what stood there before; others (registered, agreed) changed nothing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Facts of a part of the estate (by what the history calls it) as they are about to read, as it will tell them."""

    subject: str
    number: int
    at: datetime
    before: Mapping[str, object]
    after: Mapping[str, object]


def if_edited(connection: Connection, asked: Asked, coming: Edit) -> Iterator[Found]:
    """Yield what an edit of the estate would make void, and what earlier ones made so."""
    return _edited(connection, asked, coming)


def _edited(connection: Connection, asked: Asked, coming: Edit | None = None) -> Iterator[Found]:
    """Papers of living deals that say of unit, building, permit or project what is corrected since, or about to be."""
    h, contract = history.c, PaperKind.CONTRACT.value
    since = (h.unit_id == paper.c.unit_id, h.at > paper.c.at, h.step.in_(_EDITS), h.subject == "unit")
    corrected: ColumnElement[bool] = select(h.id).where(*since).correlate(paper).exists()
    if coming is not None and coming.subject == "unit":
        corrected |= paper.c.unit_id == coming.number
    measured = [kind.value for kind in VOIDED[Step.EDIT_ESTATE] if kind != contract]
    of = asked.deals(deal.c.living).where(
        and_(paper.c.kind == contract, deal.c.state == int(UnitState.DRAFTED))
        | and_(paper.c.kind.in_(measured), corrected)
    )
    about = (unit.c.building_id, unit.c.permit_id, unit.c.type_id, deal.c.project_id)
    rows = connection.execute(of.add_columns(*about)).all()
    edits = _estate_edits(connection, asked, rows) if rows else {}
    if coming is not None:
        edits.setdefault((coming.subject, coming.number), []).append(coming)
    for row in rows if edits else ():
        for subject, column in _KEY.items():
            later = [line for line in edits.get((subject, getattr(row, column)), ()) if line.at > row.last]
            duty = duty_edited(PaperKind(row.kind), subject, _differing(later), UnitState(row.state))
            if duty is not None:
                yield Found(row, duty, Step.EDIT_ESTATE, _day(later[-1].at))


_KEY = {"unit": "unit_id", "unit_type": "type_id", "building": "building_id", "permit": "permit_id",
        "project": "project_id"}  # fmt: skip
"""What the history calls a part of the estate -> where a paper's row names it."""


_EDITS = (Step.EDIT_ESTATE.value, Step.IMPORT.value)
"""Measured areas come by hand, or with the survey's list."""


def _estate_edits(connection: Connection, asked: Asked, rows: Iterable[Any]) -> dict[Any, list[Any]]:
    """What was corrected: of these papers' units ever, of the rest since the oldest of the drafted contracts."""
    h = history.c
    told = select(h.subject, h.subject_id, h.at, h.before, h.after).where(h.step.in_(_EDITS), _CHANGED)
    units = told.where(h.unit_id.in_({row.unit_id for row in rows}), h.subject == "unit")
    lines = list(connection.execute(units.order_by(h.id)))
    if drafts := [row.last for row in rows if row.kind == PaperKind.CONTRACT]:
        since = told.where(h.project_id == asked.project, h.at > min(drafts), h.subject != "unit")
        lines += connection.execute(since.order_by(h.id))
    return _gather(lines, lambda line: (line.subject, line.subject_id))


def _repriced(connection: Connection, asked: Asked) -> Iterator[Found]:
    """Quotations that still hold by their day, of units whose price was set anew since."""
    if asked.deal is not None:
        return iter(())
    fresh = paper.c.at >= asked.now - timedelta(days=VALID_DAYS)
    of = _out(asked.project).where(paper.c.deal_id.is_(None), fresh)
    return _overtaken(connection, of, Step.SET_PRICE, "unit_id")


def _overtaken(connection: Connection, of: Select[Any], step: Step, about: str) -> Iterator[Found]:
    """Papers of a question that were printed before a step was taken last on what they are `about`."""
    for row in connection.execute(of.add_columns(_last(step, about).label("changed"))):
        if row.changed is not None and row.last < row.changed:
            yield from _due(row, step, _day(row.changed))


def _last(step: Step, about: str) -> Any:
    """When a step was taken last on what a paper is `about`."""
    told = (history.c[about] == paper.c[about], history.c.step == step.value)
    return select(func.max(history.c.at)).where(*told).correlate(paper).scalar_subquery()


def _due(row: Any, step: Step, since: date) -> Iterator[Found]:
    duty = duty_after(step, PaperKind(row.kind))
    if duty is not None:
        yield Found(row, duty, step, since)


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()


def _gather(lines: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return found


_MASKED = ("id_number", "phones")
"""Told only where they changed: the masks of two numbers may be the same."""


def _differing(lines: Collection[Any]) -> set[str]:
    """Which fields read otherwise after these corrections than before; what is told masked is not compared."""
    first: dict[Any, Any] = {}
    last: dict[Any, Any] = {}
    for line in lines:
        for name in line.after:
            key = getattr(line, "about", 0), name
            first.setdefault(key, line.before.get(name))
            last[key] = line.after[name]
    return {name for (who, name), value in last.items() if name in _MASKED or value != first[who, name]}


_FINDERS: tuple[Callable[[Connection, Asked], Iterator[Found]], ...] = (
    _ended, _undrafted, _turned, _renamed, _countered, _corrected, _edited, _repriced,
)
