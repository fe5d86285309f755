"""For how many years each kind of paper is kept: what is in force, who says so, and a sheet to say otherwise."""

from __future__ import annotations

from collections.abc import Callable

from salescenter.domain.papers.retention import MOST_YEARS, Law
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr, trn
from salescenter.services.papers import retention
from salescenter.services.papers.retention import KindTerm, TermRequest
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.editors import WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.one_deed import OneDeed
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column
from salescenter.ui.kit.room import Room

SOURCES: dict[Law, str] = {
    Law.ACCOUNTS: mark("Accounting archives (2015), art. 14: vouchers 30 years, lists of destruction for good"),
    Law.LAUNDERING: mark("Law against money laundering (2024), art. 34, 42, 64, and the rule of 2025: "
                         "customers and deals 10 years"),
    Law.PRIVACY: mark("No least years; personal data no longer than needed (art. 19)"),
}


def _law(one: KindTerm) -> str:
    return tr(SOURCES[one.law])


class TermsByKind(Panel):
    """One line a kind; Enter or the button opens the sheet for whoever changes settings."""

    def __init__(self, room: Room, changed: Callable[[], object]) -> None:
        super().__init__(tr("Terms by kind"))
        self.room, self._changed = room, changed
        self.table: RecordTable[KindTerm] = RecordTable(
            [
                Column(tr("Paper"), lambda one: paper_words(one.kind), width=170),
                Column(tr("Kept"), lambda one: years_words(one.years), width=90),
                Column(tr("Said by"), _said_by, width=130),
                Column(tr("What the law asks"), _law, tone=lambda _: "muted", tip=_law),
            ],
            now=room.now, key=lambda one: one.kind,
        )  # fmt: skip
        self.table.setMinimumHeight(240)
        self.table.opened.connect(lambda _: self.set_term())
        self.table.picked.connect(lambda _: self._offer())
        self.button = OutlinedButton(tr("Set the years …"), self.set_term)
        self.put(self.table, row(self.button, None))
        self._offer()

    def show_terms(self, found: tuple[KindTerm, ...]) -> None:
        """Show the terms in force."""
        self.table.set_rows(found)
        self.table.choose_first()
        self._offer()

    def set_term(self) -> None:
        """Open the sheet for the chosen kind."""
        one = self.table.current()
        if one is not None and self._may(one):
            sheet = TermSheet(self.room, one)
            sheet.finished_with.connect(lambda _: self._changed())
            sheet.stand_over(self.window())

    def _offer(self) -> None:
        one = self.table.current()
        self.button.setEnabled(one is not None and self._may(one))

    def _may(self, one: KindTerm) -> bool:
        return may(self.room.desk.who.role, Step.EDIT_SETTINGS) and one.least <= MOST_YEARS


class TermSheet(OneDeed):
    """The years of one kind; empty is what the house rules say of its like."""

    def __init__(self, room: Room, one: KindTerm) -> None:
        super().__init__(room, Step.EDIT_SETTINGS, width=480, title=tr("Keeping of papers", context="settings"),
                         subtitle=paper_words(one.kind))  # fmt: skip
        self._one = one
        form = FormGrid(columns=1)
        form.add("years", tr("Kept for, years"), WholeEdit(),
                 hint=tr("0: for good. Empty: as the house rules say of its like."))  # fmt: skip
        if one.own:
            form.put(years=one.years)
        self.put_form(form)
        self.put(Label(tr(SOURCES[one.law]), "muted", wrap=True), None)
        self.main_action(tr("Keep the years"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if self.form.check():
            asked = TermRequest(self._one.kind, self.form.value("years"), self.key)
            desk, now = self.room.desk, self.room.now()
            self.send(lambda: retention.set_term(desk, asked, now))


def years_words(years: int) -> str:
    """Say for how long: 30 years, or for good."""
    return trn("{count} year", "{count} years", count=years) if years else tr("for good")


def _said_by(one: KindTerm) -> str:
    return tr("of this kind") if one.own else tr("house rules") if one.least <= MOST_YEARS else tr("the law")
