"""The form of the plan: what is to be received in each month of a year."""

from __future__ import annotations

from uuid import uuid4

from salescenter.domain.money import Money
from salescenter.i18n import tr
from salescenter.services.reports.plan import PlanRequest, keep_plan, plan_of
from salescenter.ui.kit.editors import MoneyEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import NARROW, Sheet
from salescenter.ui.reports import saying


class PlanSheet(Sheet):
    """Twelve amounts; a month left empty has no plan. `finished_with` tells the year."""

    def __init__(self, room: Room, year: int) -> None:
        subtitle = tr("yuan a month; a month left empty has no plan")
        super().__init__(tr("Plan of collection {year}", year=year), width=NARROW, subtitle=subtitle)
        self.room, self.year, self.key = room, year, uuid4().hex
        form = FormGrid(columns=3)
        for month in range(1, 13):
            form.add(_field(month), saying.month_words(month), MoneyEdit())
        self.put_form(form)
        self.main_action(tr("Keep the plan"), self._keep)
        desk = room.desk
        room.lane.run(lambda: plan_of(desk, year), self._fill, owner=self, refused=self.refuse)

    def _fill(self, plan: dict[int, Money]) -> None:
        assert self.form is not None
        self.form.put(**{_field(month): amount for month, amount in plan.items()})

    def _keep(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        typed = {month: self.form.value(_field(month)) for month in range(1, 13)}
        months = {month: amount for month, amount in typed.items() if amount is not None}
        asked = PlanRequest(self.year, months, self.key)
        desk, now = self.room.desk, self.room.now()
        self.busy()
        self.room.lane.run(
            lambda: keep_plan(desk, asked, now), lambda _: self.finish(self.year), owner=self, refused=self.refuse
        )


def _field(month: int) -> str:
    return f"month_{month}"
