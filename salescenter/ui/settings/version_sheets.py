"""The sheets of a template's life: keep it as a version, approve it for a day, withdraw it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from salescenter.domain.papers.versions import SHIPPED, Version
from salescenter.i18n import tr
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.sheet import Sheet


class KeepSheet(Sheet):
    """What is new in the version; it is kept as a draft that nothing uses yet."""

    def __init__(self, keep: Callable[[str, Sheet], object]) -> None:
        super().__init__(tr("Keep as a new version"), width=460)
        self._keep = keep
        form = FormGrid(columns=1)
        form.add("name", tr("What is new in it"), LineEdit(), required=True)
        self.put_form(form)
        self.put(Label(tr("It is a draft first: try it on the deals, then have it approved."), "muted", wrap=True))
        self.put(None)
        self.main_action(tr("Keep the version"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if self.form.check():
            self._keep(self.form.value("name"), self)


class ApproveSheet(Sheet):
    """From which day on a version is in force."""

    def __init__(self, one: Version, today: Callable[[], date], approve: Callable[[date, Sheet], object]) -> None:
        super().__init__(tr("Approve version {version}", version=one.version), width=500, subtitle=one.name)
        self._approve = approve
        form = FormGrid(columns=1)
        form.add("since", tr("In force from"), DayEdit(today), required=True)
        form.put(since=today())
        self.put_form(form)
        self.put(Label(tr("From that day on new papers are made from it. Contracts drafted before keep their version."),
                       "muted", wrap=True))  # fmt: skip
        self.put(None)
        self.main_action(tr("Approve the version"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if self.form.check():
            self._approve(self.form.value("since"), self)


class WithdrawSheet(Sheet):
    """Why a version is withdrawn, and which one holds then."""

    def __init__(self, one: Version, then: Version | None, withdraw: Callable[[str, Sheet], object]) -> None:
        super().__init__(tr("Withdraw version {version}", version=one.version), width=500, subtitle=one.name)
        self._withdraw = withdraw
        form = FormGrid(columns=1)
        form.add("reason", tr("Reason"), LineEdit(), required=True)
        self.put_form(form)
        self.says = Label(_then_words(then), "warning" if then is None else "muted", wrap=True)
        self.put(self.says, None)
        self.danger_action(tr("Withdraw the version"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if self.form.check():
            self._withdraw(self.form.value("reason"), self)


def _then_words(then: Version | None) -> str:
    if then is None:
        return tr("No version would hold then. Have another version approved first.")
    if then.version == SHIPPED:
        return tr("Then the shipped version holds.")
    return tr("Then version {version} holds: {name}.", version=then.version, name=then.name)
