"""People and roles: who works here, as what, how they log in; they join, change, leave and return."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from salescenter.domain.staff import Role
from salescenter.i18n import listed, tr, trn
from salescenter.services import people
from salescenter.services.failed_log_ins import FailedRow, failed
from salescenter.services.people import LEAST_PASSWORD, LeaveRequest, PasswordRequest, PersonRequest, PersonRow
from salescenter.services.work import Desk
from salescenter.ui.kit.buttons import DangerButton, FilledButton, OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.password import PasswordEdit
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet, ask
from salescenter.ui.kit.words import role_words
from salescenter.ui.settings.failures import FailuresPanel
from salescenter.ui.settings.section import SectionView


class PeopleSection(SectionView):
    """Everybody in one list; Enter changes the chosen one."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("People and roles", context="settings"),
            tr("A role decides which steps a person may take. Nobody is deleted: what was done stays under the name of "
               "whoever leaves."),
        )
        self.table: RecordTable[PersonRow] = RecordTable(
            _columns(), now=room.now, key=lambda p: p.id,
            empty=EmptyState(tr("Nobody yet"), tr("Add the people who work here.")),
        )  # fmt: skip
        self.table.setMinimumHeight(430)
        self.change = OutlinedButton(tr("Change …"), self._change)
        self.password = OutlinedButton(tr("Set a password …"), self._password)
        self.leave = DangerButton(tr("Leaves …"), self._leave)
        self.back = OutlinedButton(tr("Returns"), self._return)
        panel = Panel()
        add = FilledButton(tr("Add a person"), lambda: self._edit(None))
        panel.put(row(add, self.change, self.password, self.back, None, self.leave), self.table)
        self.failures = FailuresPanel(self)
        self.put(panel, self.failures)
        self.table.opened.connect(lambda _: self._change())
        self.table.picked.connect(self._offer)
        self._offer(None)

    def load(self) -> None:
        """Look everybody up."""
        desk, now = self.room.desk, self.room.now()
        self.fetch(lambda: (people.people(desk), failed(desk, now)), lambda found: self._show(*found))

    def _show(self, rows: tuple[PersonRow, ...], failures: tuple[FailedRow, ...]) -> None:
        self.table.set_rows(rows)
        self.failures.show_rows(failures)
        self._offer(self.table.current())

    def _offer(self, chosen: PersonRow | None) -> None:
        for button in (self.change, self.password):
            button.setEnabled(chosen is not None)
        self.leave.setVisible(chosen is None or chosen.active)
        self.leave.setEnabled(chosen is not None)
        self.back.setVisible(chosen is not None and not chosen.active)

    def _edit(self, chosen: PersonRow | None) -> None:
        PersonSheet(self, chosen).stand_over(self.window())

    def _change(self) -> None:
        if (chosen := self.table.current()) is not None:
            self._edit(chosen)

    def _password(self) -> None:
        if (chosen := self.table.current()) is not None:
            SetPasswordSheet(self, chosen).stand_over(self.window())

    def _leave(self) -> None:
        chosen = self.table.current()
        if chosen is None:
            return
        said = tr("{name} can log in no more and gets no turn.", name=chosen.name)
        if chosen.customers or chosen.deals:
            kept = [trn("{count} customer", "{count} customers", count=chosen.customers),
                    trn("{count} living deal", "{count} living deals", count=chosen.deals)]  # fmt: skip
            said += "\n" + tr("Under this name stay: {kept}. Reassign them on the page of customers.",
                             kept=listed(kept))  # fmt: skip
        ask(self.window(), tr("{name} leaves", name=chosen.name), said, tr("Let go"), lambda: self._go(chosen, False),
            danger=True)  # fmt: skip

    def _return(self) -> None:
        if (chosen := self.table.current()) is not None:
            self._go(chosen, True)

    def _go(self, chosen: PersonRow, active: bool) -> None:
        asked, desk, now = LeaveRequest(chosen.id, active, self.key), self.room.desk, self.room.now()
        said = tr("{name} is back.", name=chosen.name) if active else tr("{name} has left.", name=chosen.name)
        self.send(lambda: people.let_go(desk, asked, now), said)


class PersonSheet(Sheet):
    """Somebody new, or changed."""

    def __init__(self, section: PeopleSection, chosen: PersonRow | None) -> None:
        super().__init__(tr("Change a person") if chosen else tr("Add a person"), width=560)
        self.section, self.chosen = section, chosen
        form = FormGrid(columns=2)
        form.add("name", tr("Name"), LineEdit(), required=True)
        hint = tr("letters without blanks are typed fastest")
        form.add("login", tr("Log-in name"), LineEdit(), required=True, hint=hint)
        form.add("role", tr("Role"), ComboBox([(role.value, role_words(role)) for role in Role]), required=True)
        form.add("team", tr("Team"), LineEdit())
        form.add("phone", tr("Phone"), LineEdit())
        if chosen is None:
            hint = tr("at least {least} characters, or none", least=LEAST_PASSWORD)
            form.add("password", tr("Password"), PasswordEdit(), hint=hint)
        else:
            form.put(name=chosen.name, login=chosen.login, role=chosen.role.value, team=chosen.team, phone=chosen.phone)
        self.put_form(form)
        if chosen is None:
            form.keep_draft(section.room.drafts, "person-new")
        self.put(None)
        self.main_action(tr("Keep the person"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        said = self.form.values()
        asked = PersonRequest(
            said["name"], said["login"], Role(said["role"]), said["team"], said["phone"], said.get("password", ""),
            self.chosen.id if self.chosen else 0, self.section.key,
        )  # fmt: skip
        _send(self, lambda desk, now: people.keep(desk, asked, now), tr("{name} is kept.", name=said["name"]))


class SetPasswordSheet(Sheet):
    """Another password for somebody; the old one is not needed."""

    def __init__(self, section: PeopleSection, chosen: PersonRow) -> None:
        super().__init__(tr("Set a password"), width=440, subtitle=chosen.name)
        self.section, self.chosen = section, chosen
        form = FormGrid(columns=1)
        hint = tr("at least {least} characters, or none", least=LEAST_PASSWORD)
        form.add("password", tr("New password"), PasswordEdit(), hint=hint)
        self.put_form(form)
        self.put(Label(tr("Empty: {name} logs in without a password.", name=chosen.name), "muted", wrap=True), None)
        self.main_action(tr("Set the password"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        asked = PasswordRequest(self.chosen.id, self.form.value("password"), self.section.key)
        said = tr("{name} has a new password.", name=self.chosen.name)
        _send(self, lambda desk, now: people.set_password(desk, asked, now), said)


def _send(sheet: PersonSheet | SetPasswordSheet, deed: Callable[[Desk, datetime], object], said: str) -> None:
    """Do a sheet's deed; the sheet stays open where it is refused, the list is fetched anew where not."""
    section, desk, now = sheet.section, sheet.section.room.desk, sheet.section.room.now()
    sheet.busy()

    def done(_kept: object) -> None:
        sheet.finish()
        section.renewed(said)

    section.room.lane.run(lambda: deed(desk, now), done, owner=sheet, refused=sheet.refuse)


def _columns() -> list[Column[PersonRow]]:
    return [
        Column(tr("Name"), lambda p: p.name, width=100, tone=_gone),
        Column(tr("Role"), lambda p: role_words(p.role), width=124, tone=_gone),
        Column(tr("Team"), lambda p: p.team, width=80, tone=_gone, spare=True),
        Column(tr("Log-in name"), lambda p: p.login, width=120, tone=_gone),
        Column(tr("Phone"), lambda p: p.phone, width=120, tone=_gone, spare=True),
        Column("", _state, Kind.BADGE, width=104),
        Column(tr("Customers"), lambda p: p.customers or None, Kind.COUNT, width=84, spare=True),
        Column(tr("Deals"), lambda p: p.deals or None, Kind.COUNT, width=64, spare=True),
    ]


def _gone(person: PersonRow) -> str:
    return "" if person.active else "muted"


def _state(person: PersonRow) -> Mark:
    if not person.active:
        return Mark(tr("has left"), "neutral")
    return Mark(tr("password"), "accent") if person.has_password else Mark(tr("no password"), "warning")
