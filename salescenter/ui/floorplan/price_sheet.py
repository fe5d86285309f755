"""The form that changes list prices: what becomes of each unit stands there before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from salescenter.domain.money import Money
from salescenter.domain.units import DEAL_STATES, Step
from salescenter.i18n import tr, trn
from salescenter.services import price_preview, release
from salescenter.services.price_preview import ChangeKind, PriceChange, Proposal
from salescenter.services.release import BatchDone, PriceRequest
from salescenter.ui.floorplan.batch_sheet import BatchSheet
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import FilledButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.editors import LineEdit, MoneyEdit, PercentEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import WIDE
from salescenter.ui.kit.terms import step_words


class SignedPercentEdit(PercentEdit):
    """A share in percent that may be below zero: `3`, `-1.5%`; `value` is the share (0.03, -0.015)."""

    def read(self, text: str) -> Decimal | None:
        """Read a share with its sign."""
        plain = text.strip().replace("−", "-").replace("－", "-")
        share = super().read(plain.removeprefix("-").removeprefix("+"))
        return None if share is None else -share if plain.startswith("-") else share

    def write(self, value: Any) -> str:
        """Write a share with its sign."""
        return f"-{super().write(-value)}" if value < 0 else super().write(value)


class PriceSheet(BatchSheet):
    """Changes the list prices of units that no deal binds."""

    step = Step.SET_PRICE
    wide = WIDE

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._proposals: tuple[Proposal, ...] = ()
        self._change: FilledButton | None = None

    def build(self) -> None:
        """Ask how prices change; the table below follows every key."""
        bound = sum(one.state in DEAL_STATES for one in self.units)
        self.says.setText(trn("{count} unit with a living deal keeps its price.",
                              "{count} units with a living deal keep their price.", count=bound))
        self.says.setVisible(bool(bound))
        self.put_form(self._fields())
        nothing = EmptyState(tr("No new prices yet"), tr("Type how they change: old and new prices then stand here."))
        self.table: RecordTable[Proposal] = RecordTable(
            _columns(), now=self.room.now, key=lambda one: one.unit, empty=nothing)
        self.table.setMinimumHeight(260)
        self.verdict = Label("", "error", wrap=True)
        self.put(self.table, self.verdict)
        self._change = self.main_action(step_words(self.step), self.do)
        self._show_fields()
        self._show(())

    def change(self) -> PriceChange | None:
        """Return the change asked for, None while it is not typed."""
        if self.form is None:
            return None
        values = self.form.values()
        kind = ChangeKind(values["kind"] or ChangeKind.SHARE)
        if kind is ChangeKind.SHARE:
            return None if values["share"] is None else PriceChange(kind, values["share"])
        return None if values["yuan"] is None else PriceChange(kind, Decimal(values["yuan"].fen) / 100)

    def do(self) -> None:
        """Ask the deed for exactly the prices shown; taken back by asking for the old ones."""
        if self.form is None or not self.form.check() or not self._proposals:
            return
        desk, now, key, shown = self.room.desk, self.room.now, self.key, self._proposals
        asked = PriceRequest(tuple(one.asked() for one in shown), self.form.value("reason"), key)

        def undo(done: BatchDone) -> BatchDone:
            back = tuple(one.taken_back(done.revision) for one in shown)
            return release.set_prices(desk, PriceRequest(back, tr("taken back"), f"{key}-back"), now())

        self.carry_out(lambda: release.set_prices(desk, asked, now()), undo)

    def preview(self) -> None:
        """Work the new prices out in the lane and show them."""
        change = self.change()
        free, desk = [one.id for one in self.units if one.state not in DEAL_STATES], self.room.desk
        if change is None:
            self._show(())
        else:
            self.room.lane.run(lambda: price_preview.proposals(desk, free, change), self._show, owner=self,
                               refused=self.refuse)  # fmt: skip

    def _fields(self) -> FormGrid:
        kinds = ChipGroup([
            (ChangeKind.SHARE.value, tr("By percent")),
            (ChangeKind.PER_METRE.value, tr("By yuan a ㎡")),
            (ChangeKind.TO.value, tr("To yuan a ㎡")),
        ])  # fmt: skip
        kinds.put(ChangeKind.SHARE.value)
        form = FormGrid(columns=4)
        form.add("kind", tr("Prices change"), kinds, span=2)
        form.add("share", tr("Percent"), SignedPercentEdit(tr("3 or -1.5")))
        form.add("yuan", tr("Yuan a ㎡"), MoneyEdit(tr("200 or -100")))
        reason = LineEdit(placeholder=tr("Price adjustment of spring …"))
        form.add("reason", tr("Reason"), reason, span=4, required=True)
        form.changed.connect(self._edited)
        return form

    def _edited(self, field: str) -> None:
        if field == "kind":
            self._show_fields()
        if field != "reason":
            self.preview()

    def _show(self, found: tuple[Proposal, ...]) -> None:
        self._proposals = found
        self.table.set_rows(list(found))
        high = sum(one.too_high for one in found)
        self.verdict.setText(trn("{count} unit would be above its filed price.",
                                 "{count} units would be above their filed price.", count=high))
        self.verdict.setVisible(bool(high))
        if self._change is not None:
            self._change.setEnabled(bool(found) and not high)

    def _show_fields(self) -> None:
        if self.form is not None:
            share = self.form.value("kind") == ChangeKind.SHARE
            self.form.field("share").setVisible(share)
            self.form.field("yuan").setVisible(not share)


def _columns() -> Sequence[Column[Proposal]]:
    return (
        Column(tr("Unit"), lambda one: one.code, width=120),
        Column(tr("A ㎡ now"), lambda one: one.rate_before or None, Kind.MONEY, 120),
        Column(tr("A ㎡ then"), lambda one: one.rate_after or None, Kind.MONEY, 120),
        Column(tr("Total now"), lambda one: one.before, Kind.MONEY, total=True),
        Column(tr("Total then"), lambda one: one.after, Kind.MONEY, total=True, tone=_tone, tip=_tip),
        Column(tr("Difference"), lambda one: one.difference, Kind.MONEY, total=True, tone=_tone),
    )


def _tone(one: Proposal) -> str:
    return "danger" if one.too_high else ""


def _tip(one: Proposal) -> str:
    filed: Money | None = one.filed
    return tr("Filed price, at most: {filed}", filed=formats.money(filed)) if one.too_high else ""
