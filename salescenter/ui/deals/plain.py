"""The forms that ask little: each step's fields and its deed as one row of a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from salescenter.domain.papers.received import Need
from salescenter.domain.refusals import NeedsApproval
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr
from salescenter.services.approvals import ApprovalRequest
from salescenter.services.card_values import UnitCard
from salescenter.services.deals import closing, holds, signing
from salescenter.services.deals.choices import DealChoices
from salescenter.services.deals.requests import CloseRequest, ExtendRequest, SignRequest, StepRequest
from salescenter.services.work import Deed, Desk
from salescenter.ui.deals.step_sheet import StepSheet
from salescenter.ui.deals.summary import staying, unit_facts
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.deal_papers import show_contract
from salescenter.ui.kit.document_list import DocumentLine
from salescenter.ui.kit.editors import LineEdit, Tick
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.words import step_words

Values = dict[str, Any]
Do = Callable[[Desk, UnitCard, Values, str, datetime], object]


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain form: its fields in order, what the main button says, and the deed it does."""

    fields: tuple[str, ...]
    says: str
    do: Do
    danger: bool = False
    shows_contract: bool = False


def _step(deed: Callable[[Desk, StepRequest, datetime], object]) -> Do:
    def do(desk: Desk, card: UnitCard, said: Values, key: str, now: datetime) -> object:
        asked = StepRequest(card.id, card.revision, said.get("reason") or "", said.get("day"), key)
        return deed(desk, asked, now)

    return do


def _close(deed: Callable[[Desk, CloseRequest, datetime], object]) -> Do:
    def do(desk: Desk, card: UnitCard, said: Values, key: str, now: datetime) -> object:
        return deed(desk, CloseRequest(card.id, card.revision, said["reason"], said["keep_back"], key=key), now)

    return do


def _sign(desk: Desk, card: UnitCard, said: Values, key: str, now: datetime) -> object:
    return signing.sign(desk, SignRequest(card.id, card.revision, said["contract_number"], said["day"], key), now)


def _extend(desk: Desk, card: UnitCard, said: Values, key: str, now: datetime) -> object:
    asked = ExtendRequest(card.id, card.revision, said["sign_by"], said["reason"], key)
    return signing.extend_signing(desk, asked, now)


def _end_hold(desk: Desk, card: UnitCard, said: Values, key: str, now: datetime) -> object:
    return holds.end_hold(desk, holds.EndHoldRequest(card.id, card.revision, said["reason"], key), now)


FORMS: dict[Step, Plain] = {
    Step.END_HOLD: Plain(("reason",), mark("End the hold"), _end_hold),
    Step.DRAFT: Plain(("day",), mark("Draft the contract"), _step(signing.draft), shows_contract=True),
    Step.UNDO_DRAFT: Plain(("reason",), mark("Back to the subscription"), _step(signing.undo_draft), danger=True),
    Step.SIGN: Plain(("contract_number", "day"), mark("Sign"), _sign, shows_contract=True),
    Step.FILE: Plain(("day",), mark("Record the filing"), _step(signing.file)),
    Step.UNDO_FILING: Plain(("why",), mark("Take the filing back"), _step(signing.undo_filing), danger=True),
    Step.HAND_OVER: Plain(("day",), mark("Record the handover"), _step(signing.hand_over)),
    Step.EXTEND_SIGNING: Plain(("sign_by", "why"), mark("Extend"), _extend),
    Step.GIVE_BACK: Plain(("why", "keep_back"), mark("Give the unit up"), _close(closing.give_back), danger=True),
    Step.CANCEL: Plain(("why", "keep_back"), mark("Cancel this deal"), _close(closing.cancel), danger=True),
    Step.FORFEIT: Plain(("why", "keep_back"), mark("Forfeit the deposit"), _close(closing.forfeit), danger=True),
}


WAYS_BACK: dict[Step, Deed[StepRequest, signing.Signed]] = {
    Step.DRAFT: signing.undo_draft,
    Step.FILE: signing.undo_filing,
}
"""Steps the business lets one take back at once; all others have a way back with its own form and reason."""


ENDINGS = frozenset({Step.GIVE_BACK, Step.CANCEL, Step.FORFEIT})
"""Steps after which the unit is its buyers' no more."""

LEAVE: dict[Step, tuple[str, ...]] = {Step.END_HOLD: (), Step.EXTEND_SIGNING: ("sign_by",)}
"""Steps that a manager's leave opens, and the days of the form that it is given for."""


class PlainSheet(StepSheet):
    """A step that asks little."""

    def __init__(self, room: Room, unit: int, step: Step) -> None:
        self.plain = FORMS[step]
        super().__init__(room, step, unit)

    def wanted(self, trouble: Exception) -> tuple[ApprovalRequest, str] | None:
        """With a manager's leave another consultant's hold ends, and a signing day moves far."""
        if not isinstance(trouble, NeedsApproval) or self.step not in LEAVE or self.card is None:
            return None
        assert self.form is not None
        asked = {name: said.isoformat() for name in LEAVE[self.step] if (said := self.form.value(name))}
        words = " · ".join((self.card.code, step_words(self.step), *asked.values()))
        return ApprovalRequest(self.unit_id, self.step, asked), words

    def fill(self, card: UnitCard, offered: DealChoices) -> None:
        """Build the form from its row of the table."""
        form = FormGrid(columns=2)
        for name in self.plain.fields:
            FIELDS[name](form, self.room, card)
        self.put(unit_facts(card, self.room.now().date()), *(staying(card) if self.step in ENDINGS else ()))
        if self.step is Step.FILE and card.deal is not None:
            self.put(DocumentLine(self.room, card.deal.id, Need.FILING))
        self.put_form(form)
        form.keep_draft(self.room.drafts, f"{self.step}-{self.unit_id}")
        if self.plain.danger:
            self.add_action(tr("Not now"), self.reject)
            self.danger_action(tr(self.plain.says), self._press)
        else:
            self.main_action(tr(self.plain.says), self._press)

    def _press(self) -> None:
        assert self.form is not None
        assert self.card is not None
        if not self.form.check():
            return
        said = self.form.values()
        if "why" in said:
            said["reason"] = said["why"]
        desk, card, key, now = self.room.desk, self.card, self.key, self.room.now()
        self.send(lambda: self.plain.do(desk, card, said, key, now), lambda done: self._done(card, done))

    def _done(self, card: UnitCard, done: object) -> None:
        said = tr("{code}: {step} done", code=card.code, step=step_words(self.step))
        back = WAYS_BACK.get(self.step)
        may_undo = back is not None and may(self.room.desk.who.role, back.step)
        if back is not None and may_undo and isinstance(done, signing.Signed):
            asked = StepRequest(card.id, done.revision, tr("Undone"), key=uuid4().hex)
            desk, clock = self.room.desk, self.room.now
            self.offer_undo(said, lambda: back(desk, asked, clock()))
        else:
            self.room.say(said)
        if self.plain.shows_contract and card.deal is not None:
            show_contract(self.room, card.deal.id)


def _day(form: FormGrid, room: Room, _card: UnitCard) -> None:
    form.add("day", tr("On"), DayEdit(lambda: room.now().date()), required=True)
    form.put(day=room.now().date())


def _sign_by(form: FormGrid, room: Room, card: UnitCard) -> None:
    form.add("sign_by", tr("Sign by"), DayEdit(lambda: room.now().date()), required=True)
    form.put(sign_by=card.deal.sign_by if card.deal else None)


FIELDS: dict[str, Callable[[FormGrid, Room, UnitCard], object]] = {
    "day": _day,
    "sign_by": _sign_by,
    "reason": lambda form, _r, _c: form.add("reason", tr("Remark"), LineEdit(), span=2),
    "why": lambda form, _r, _c: form.add("why", tr("Reason"), LineEdit(), span=2, required=True),
    "keep_back": lambda form, _r, _c: form.add(
        "keep_back", "", Tick(tr("Keep the unit back instead of putting it on sale")), span=2
    ),
    "contract_number": lambda form, _r, _c: form.add(
        "contract_number", tr("Contract number"), LineEdit(), required=True
    ),
}
