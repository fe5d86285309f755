"""Forms of the steps for one unit or many at once: release, withdraw, flags."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salescenter.domain.units import Flag, Step, UnitState
from salescenter.i18n import tr, trn
from salescenter.services import card, release
from salescenter.services.card_values import UnitCard
from salescenter.services.release import BatchDone, FlagRequest, ReleaseRequest
from salescenter.services.work import Desk
from salescenter.ui.floorplan.batch import Chosen
from salescenter.ui.floorplan.batch_sheet import BatchSheet
from salescenter.ui.floorplan.grounds import FLAG_ORDER
from salescenter.ui.floorplan.price_sheet import PriceSheet
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.terms import flag_words, step_words

Deed = Callable[[Desk, ReleaseRequest, datetime], BatchDone]


class ReleaseSheet(BatchSheet):
    """Releases units for sale; those already released are left out."""

    step = Step.RELEASE
    fitting = UnitState.NOT_RELEASED

    def build(self) -> None:
        """Say what will happen and ask for a reason."""
        self._fit = [one for one in self.units if one.state is self.fitting]
        said = [self.sentence(len(self._fit))]
        if left_out := len(self.units) - len(self._fit):
            said.append(trn("{count} of the selected units is in another state and left out.",
                            "{count} of the selected units are in another state and left out.", count=left_out))
        self.says.setText(" ".join(said))
        form = FormGrid(columns=1)
        form.add("reason", tr("Reason"), LineEdit(placeholder=self.hint()), hint=tr("Kept in the history."))
        self.put_form(form)
        self.main_action(step_words(self.step), self.do).setEnabled(bool(self._fit))

    def sentence(self, count: int) -> str:
        """Say what will happen."""
        return trn("{count} unit goes on sale. It needs a price and a presale permit.",
                   "{count} units go on sale. Each needs a price and a presale permit.", count=count)  # fmt: skip

    def hint(self) -> str:
        """An example of a reason."""
        return tr("Opening, second batch …")

    def do(self) -> None:
        """Release; taken back by withdrawing."""
        self._carry_out(release.release, release.withdraw)

    def _carry_out(self, there: Deed, back: Deed) -> None:
        desk, now, units, key = self.room.desk, self.room.now, self._fit, self.key
        asked = ReleaseRequest(self.seen(units), self.form.value("reason") if self.form else "", key)

        def undo(done: BatchDone) -> BatchDone:
            return back(desk, ReleaseRequest(self.seen(units, done.revision), tr("taken back"), f"{key}-back"), now())

        self.carry_out(lambda: there(desk, asked, now()), undo)


class WithdrawSheet(ReleaseSheet):
    """Takes units off sale."""

    step = Step.WITHDRAW
    fitting = UnitState.FOR_SALE

    def sentence(self, count: int) -> str:
        """Say what will happen."""
        return trn("{count} unit is taken off sale until it is released again.",
                   "{count} units are taken off sale until they are released again.", count=count)  # fmt: skip

    def hint(self) -> str:
        """An example of a reason."""
        return tr("Kept for the next opening …")

    def do(self) -> None:
        """Withdraw; taken back by releasing."""
        self._carry_out(release.withdraw, release.release)


class FlagSheet(BatchSheet):
    """Sets a flag on units, or takes it away."""

    step = Step.SET_FLAG

    def build(self) -> None:
        """Ask which flag, on or off, and why."""
        self.says.setText(tr("Mortgaged, seized, locked or under review: a unit with such a flag cannot be sold."))
        form = FormGrid(columns=2)
        form.add("flag", tr("Flag"), ComboBox([(int(flag), flag_words(flag)) for flag in FLAG_ORDER]), required=True)
        on = ChipGroup([("on", tr("Set")), ("off", tr("Take away"))])
        form.add("on", tr("Set or take away"), on, required=True)
        form.add("reason", tr("Reason"), LineEdit(), span=2, hint=tr("Kept in the history."))
        common = [flag for flag in FLAG_ORDER if all(one.flags & flag for one in self.units)]
        form.put(flag=int((common or [Flag.LOCKED])[0]), on="off" if common else "on")
        self.put_form(form)
        self.main_action(tr("Do it"), self.do)

    def do(self) -> None:
        """Set or clear; taken back by the opposite on those it changed."""
        if self.form is None or not self.form.check():
            return
        values, desk, now, key = self.form.values(), self.room.desk, self.room.now, self.key
        flag, on = Flag(values["flag"]), values["on"] == "on"
        changed = [one for one in self.units if bool(one.flags & flag) is not on]
        asked = FlagRequest(self.seen(changed), flag, on, values["reason"] or "", key)

        def undo(done: BatchDone) -> BatchDone:
            back = FlagRequest(self.seen(changed, done.revision), flag, not on, tr("taken back"), f"{key}-back")
            return release.set_flag(desk, back, now())

        self.carry_out(lambda: release.set_flag(desk, asked, now()), undo)


SHEETS: dict[Step, Callable[[Room], BatchSheet]] = {
    Step.RELEASE: ReleaseSheet,
    Step.WITHDRAW: WithdrawSheet,
    Step.SET_FLAG: FlagSheet,
    Step.SET_PRICE: PriceSheet,
}


def for_one(room: Room, step: Step, unit: int) -> BatchSheet:
    """Build the form of a step for one unit (id); it fills when the unit was read."""
    sheet, now, desk = SHEETS[step](room), room.now(), room.desk

    def fill(read: UnitCard) -> None:
        sheet.take([Chosen(read.id, read.revision, read.code, read.state, int(read.flags))])

    room.lane.run(lambda: card.card(desk, unit, now), fill, owner=sheet, refused=sheet.refuse)
    return sheet
