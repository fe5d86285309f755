"""What the house decides for its reception: required fields, the consent text, the rota, the protection windows."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from salescenter.domain.rota import Order
from salescenter.i18n import tr
from salescenter.reception_words import contact_words, field_words
from salescenter.services import settings
from salescenter.services.reception_rules import MAY_BE_REQUIRED, Contact, ReceptionRules, rules_of
from salescenter.services.settings import SettingRequest
from salescenter.ui.kit.editors import NoteEdit, WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import WIDE, Sheet
from salescenter.ui.reception.chips import KeyedChips


class SetupSheet(Sheet):
    """Settings in force from today; only what was changed is written."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(tr("Reception of this house"), parent, width=WIDE, subtitle=tr("in force from today"))
        self._home = room
        self._before: dict[str, Any] = {}
        form = FormGrid(columns=12)
        choices = [(field, field_words(field)) for field in MAY_BE_REQUIRED]
        for kind in Contact:
            label = tr("Required at a first “{kind}”", kind=contact_words(kind))
            form.add(f"required.{kind}", label, KeyedChips(choices, multi=True), span=12)
        form.add("consent", tr("Consent text"), NoteEdit(3), span=12)
        orders = [(Order.SIGN_IN.value, tr("by sign-in")), (Order.FEWEST_NEW.value, tr("fewest new customers first"))]
        form.add("order", tr("The day's order"), KeyedChips(orders), span=6)
        form.add("busy", tr("A reception is over after, minutes"), WholeEdit(), span=6)
        form.add("visit_days", tr("A visit protects for, days"), WholeEdit(), span=6)
        form.add("call_days", tr("A call protects for, days"), WholeEdit(), span=6)
        self.put_form(form)
        self.fields = form
        self.main_action(tr("Keep", context="reception"), self._keep)
        now = room.now()
        room.lane.run(lambda: rules_of(room.desk, now.date()), self._show, owner=self)

    def _show(self, rules: ReceptionRules) -> None:
        shown: dict[str, Any] = {f"required.{kind}": rules.required[kind] for kind in Contact}
        shown |= {
            "consent": rules.consent, "order": rules.rota.order.value, "busy": rules.rota.busy_minutes,
            "visit_days": rules.ownership.visit_days, "call_days": rules.ownership.call_days,
        }
        self.fields.put(**shown)
        self._before = self._settings()
        self.fields.keep_draft(self._home.drafts, "reception-setup")

    def _settings(self) -> dict[str, Any]:
        said = self.fields.values()
        kept: dict[str, Any] = {f"required.{kind}": list(said[f"required.{kind}"]) for kind in Contact}
        kept["consent"] = said["consent"]
        kept["rota"] = {"order": said["order"] or Order.SIGN_IN.value, "busy_minutes": said["busy"]}
        kept["ownership"] = {"visit_days": said["visit_days"], "call_days": said["call_days"]}
        return kept

    def _keep(self) -> None:
        for name in ("busy", "visit_days", "call_days"):
            self.fields.field(name).set_required(True)
        if not self.fields.check():
            return
        now, desk = self._home.now(), self._home.desk
        changed = {name: value for name, value in self._settings().items() if value != self._before[name]}
        self.busy()

        def write() -> int:
            for name, value in changed.items():
                settings.change(desk, SettingRequest(name, value, now.date()), now)
            return len(changed)

        self._home.lane.run(write, self.finish, owner=self, refused=self.refuse)
