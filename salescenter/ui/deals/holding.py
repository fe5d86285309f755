"""The forms of a hold (预留): until when, why, for whom, by whose leave."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4

from salescenter.domain.refusals import NeedsApproval
from salescenter.domain.staff import Role, may
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr, trn
from salescenter.services.approvals import ApprovalRequest
from salescenter.services.card_values import UnitCard
from salescenter.services.deals import holds
from salescenter.services.deals.choices import DealChoices
from salescenter.services.deals.claims import Took
from salescenter.ui.deals.people import BuyersEdit
from salescenter.ui.deals.step_sheet import StepSheet
from salescenter.ui.deals.summary import unit_facts
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.room import Room

REASONS = (
    mark("Customer is deciding"),
    mark("Group purchase"),
    mark("Kept by the management"),
    mark("Relative of an owner"),
)
HOURS = (9, 12, 18, 21)


class HoldSheet(StepSheet):
    """Hold a unit, or move the end of its hold."""

    def __init__(self, room: Room, unit: int, step: Step = Step.HOLD) -> None:
        super().__init__(room, step, unit)

    def fill(self, card: UnitCard, offered: DealChoices) -> None:
        """Build the form."""
        now = self.room.now()
        form = FormGrid(columns=6)
        days = [(str(n), trn("{count} day", "{count} days", count=n)) for n in range(1, offered.rules.hold_days + 1)]
        form.add("days", tr("Hold for"), ChipGroup(days), span=3)
        form.add("day", tr("Until"), DayEdit(lambda: self.room.now().date()), required=True, span=2,
                 hint=self._hint(offered))
        form.add("hour", tr("At"), ComboBox([(hour, f"{hour:02d}:00") for hour in HOURS]), required=True)
        form.add("why", tr("Reason"), ChipGroup([(reason, tr(reason)) for reason in REASONS]), span=6)
        form.add("reason", tr("In words"), LineEdit(), span=6, required=True)
        form.add(
            "customer", tr("For a customer"), BuyersEdit(self.room, offered.consent, one=True, optional=True), span=6
        )
        form.changed.connect(lambda name: self._follow(form, name))
        form.put(days="1", day=(now + timedelta(days=1)).date(), hour=18)
        self.put(unit_facts(card, now.date()))
        self.put_form(form)
        form.keep_draft(self.room.drafts, f"{self.step}-{self.unit_id}")
        self.main_action(tr("Hold") if self.step is Step.HOLD else tr("Extend the hold"), self._press)

    def _hint(self, offered: DealChoices) -> str:
        rules = offered.rules
        if self.room.desk.who.role is Role.MANAGER:
            return tr("at most {most} days", most=rules.hold_days_manager)
        return tr("beyond {days} days, up to {most}, a manager's leave is asked for", days=rules.hold_days,
                  most=rules.hold_days_manager)

    def _follow(self, form: FormGrid, name: str) -> None:
        if name == "days" and form.value("days"):
            form.put(day=(self.room.now() + timedelta(days=int(form.value("days")))).date())
        if name == "day" and form.value("day"):
            form.put(days=str((form.value("day") - self.room.now().date()).days))
        if name == "why" and form.value("why"):
            form.put(reason=tr(form.value("why")))

    def wanted(self, trouble: Exception) -> tuple[ApprovalRequest, str] | None:
        """A hold longer than one's own days may be granted."""
        if not isinstance(trouble, NeedsApproval) or self.card is None:
            return None
        until = self._until()
        asked = ApprovalRequest(self.unit_id, self.step, {"until": until.isoformat()})
        return asked, tr("{code} held until {until}", code=self.card.code, until=f"{until:%Y-%m-%d %H:%M}")

    def _until(self) -> datetime:
        assert self.form is not None
        values = self.form.values()
        return datetime.combine(values["day"], time(values["hour"]), self.room.now().tzinfo)

    def _press(self) -> None:
        assert self.form is not None
        assert self.card is not None
        if not self.form.check():
            return
        values, until = self.form.values(), self._until()
        customer = values["customer"][0].customer if values["customer"] else None
        asked = holds.HoldRequest(
            self.unit_id, self.card.revision, until, values["reason"], customer, self.key
        )
        deed = holds.hold if self.step is Step.HOLD else holds.extend_hold
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: deed(desk, asked, now), self._done)

    def _done(self, took: Took) -> None:
        assert self.card is not None
        said = tr("{code} is held", code=self.card.code)
        if self.step is not Step.HOLD or not may(self.room.desk.who.role, Step.END_HOLD):
            self.room.say(said)
            return
        back = holds.EndHoldRequest(took.unit, took.revision, tr("Undone"), uuid4().hex)
        desk, clock = self.room.desk, self.room.now
        self.offer_undo(said, lambda: holds.end_hold(desk, back, clock()))
