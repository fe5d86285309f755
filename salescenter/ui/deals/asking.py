"""Asking a manager for what one's own limits refuse."""

from __future__ import annotations

from uuid import uuid4

from salescenter.domain.money import Money
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.services import approvals
from salescenter.ui.kit import formats
from salescenter.ui.kit.editors import NoteEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet


def ask_approval(room: Room, over: Sheet, unit: int, total: Money) -> Sheet:
    """Ask to sell a unit at this total; the sheet below stays open with all that was typed."""
    sheet = Sheet(tr("Ask for approval"), over, width=440)
    sheet.put(Label(tr("Sell at a total of {total}", total=formats.money(total)), "strong"))
    form = FormGrid(columns=1)
    form.add("note", tr("Why"), NoteEdit(), required=True)
    sheet.put_form(form)
    form.keep_draft(room.drafts, f"ask-{unit}")
    key = uuid4().hex

    def press() -> None:
        if not form.check():
            return
        asked = approvals.ApprovalRequest(unit, Step.SUBSCRIBE, {"fen": total.fen}, form.value("note"), key)
        now = room.now()
        sheet.busy()
        room.lane.run(lambda: approvals.ask(room.desk, asked, now), done, owner=sheet, refused=sheet.refuse)

    def done(_kept: approvals.ApprovalKept) -> None:
        sheet.finish()
        over.banner.say(tr("Approval asked."), tr("Press again when the manager has granted it."), "accent")

    sheet.main_action(tr("Ask"), press)
    sheet.open()
    return sheet
