"""The versions of a template: which one is shown, what happened to it, and the steps of its life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.versions import SHIPPED, Sample, Version, after_withdrawing, holding
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.services.papers.template_versions import (
    ApproveRequest,
    TemplateKept,
    TemplateRequest,
    TriedRequest,
    VersionStands,
    WithdrawRequest,
    approve,
    keep_template,
    tried,
    withdraw,
)
from salescenter.ui.kit.buttons import DangerButton, OutlinedButton
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.labels import ElidedLabel
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.settings.version_sheets import ApproveSheet, KeepSheet, WithdrawSheet
from salescenter.ui.settings.version_words import life_words, version_words


class VersionBar(QWidget):
    """`picked` is sent when another version is chosen, `changed` (what is said of it) after a step of its life."""

    picked = Signal()
    changed = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._key = uuid4().hex
        self._rows: tuple[Version, ...] = ()
        self._next = 0
        self.version = ComboBox()
        self.version.setAccessibleName(tr("Version"))
        self.version.setMinimumWidth(336)
        self.version.edited.connect(self._pick)
        self.life = ElidedLabel("", "muted")
        self.approve = OutlinedButton(tr("Approve …"), self.ask_approval)
        self.withdraw = DangerButton(tr("Withdraw …"), self.ask_withdrawal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.life)

    def show_versions(self, rows: tuple[Version, ...]) -> None:
        """Show these; the one just kept or changed, else the one in force, is chosen."""
        self._rows, today = rows, self._room.now().date()
        self.version.set_choices([(one.version, version_words(one, rows, today)) for one in rows])
        held = holding(rows, today) or rows[-1]
        numbers = [one.version for one in rows]
        self.version.put(self._next if self._next in numbers else held.version)
        self._next = 0
        self.show_life(edited=False)

    def chosen(self) -> Version:
        """Return the version that is chosen."""
        return next((one for one in self._rows if one.version == self.version.value()), self._rows[-1])

    def is_kept(self, text: str) -> bool:
        """Say whether a text is that of one of the versions."""
        return any(text == one.text for one in self._rows)

    def show_life(self, *, edited: bool) -> None:
        """Say what happened to the version; a text that was changed since is none that could be approved."""
        one, mine = self.chosen(), may(self._room.desk.who.role, Step.APPROVE_TEMPLATE)
        self.life.say(" · ".join(filter(None, (self._waits(one), life_words(one, self._room.now().date())))))
        own = one.version != SHIPPED and one.withdrawn is None
        self.approve.setVisible(own and one.approved is None)
        self.withdraw.setVisible(own)
        self.approve.setEnabled(mine and not edited)
        self.withdraw.setEnabled(mine)
        why = "" if mine else tr("A sales manager approves and withdraws.")
        self.approve.setToolTip(why or (tr("Keep what you changed as a version first.") if edited else ""))
        self.withdraw.setToolTip(why)

    def _waits(self, one: Version) -> str:
        """Name the draft that is ready for approval while another version is shown."""
        ready = (row for row in self._rows if not (row.approved or row.withdrawn or row.untried()))
        waits = next((row for row in ready if row.version > one.version), None)
        return tr("Version {version} waits for approval: choose it above.", version=waits.version) if waits else ""

    def ask_to_keep(self, kind: str, text: str) -> None:
        """Ask what is new in a text, and keep it as a version."""
        def keep(name: str, sheet: Sheet) -> None:
            asked = TemplateRequest(kind, name, text, self._key)
            self._do(lambda: keep_template(self._room.desk, asked, self._room.now()), self._kept, sheet)

        KeepSheet(keep).stand_over(self.window())

    def ask_approval(self) -> None:
        """Ask from which day on the version that is chosen is in force."""
        one = self.chosen()

        def approved(stands: VersionStands) -> str:
            return tr("Version {version} is approved.", version=stands.version)

        def press(since: date, sheet: Sheet) -> None:
            asked = ApproveRequest(one.id, since, self._key)
            self._do(lambda: approve(self._room.desk, asked, self._room.now()), approved, sheet)

        ApproveSheet(one, lambda: self._room.now().date(), press).stand_over(self.window())

    def ask_withdrawal(self) -> None:
        """Ask why the version that is chosen is withdrawn."""
        one = self.chosen()

        def press(reason: str, sheet: Sheet) -> None:
            asked = WithdrawRequest(one.id, reason, self._key)
            self._do(lambda: withdraw(self._room.desk, asked, self._room.now()), _withdrawn, sheet)

        then = after_withdrawing(self._rows, one, self._room.now().date())
        WithdrawSheet(one, then, press).stand_over(self.window())

    def note_tried(self, sample: Sample, told: Callable[[Version], object]) -> None:
        """Note that somebody looked at the paper of the chosen version on a kind of deal."""
        one = self.chosen()
        if sample in one.tried or one.approved or one.withdrawn or one.version == SHIPPED:
            return
        asked = TriedRequest(one.id, sample)

        def done(_: VersionStands) -> None:
            self._next = one.version
            now = replace(one, tried=one.tried | {sample})
            self.show_versions(tuple(now if row.id == one.id else row for row in self._rows))
            told(now)

        self._room.lane.run(lambda: tried(self._room.desk, asked, self._room.now()), done, owner=self)

    def _do(self, deed: Callable[[], object], said: Callable[..., str], sheet: Sheet) -> None:
        sheet.busy()

        def done(result: object) -> None:
            self._key = uuid4().hex
            self._next = getattr(result, "version", 0)
            sheet.finish()
            self.changed.emit(said(result))

        self._room.lane.run(deed, done, owner=sheet, refused=sheet.refuse)

    def _kept(self, kept: TemplateKept) -> str:
        return tr("Version {version} is kept as a draft. Try it on the sample deals.", version=kept.version)

    def _pick(self) -> None:
        self.show_life(edited=False)
        self.picked.emit()


def _withdrawn(stands: VersionStands) -> str:
    if stands.holds == SHIPPED:
        return tr("Version {version} is withdrawn; the shipped version holds.", version=stands.version)
    return tr("Version {version} is withdrawn; version {holds} holds.", version=stands.version, holds=stands.holds)
