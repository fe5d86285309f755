"""The house's rules: each with what it means, in force from a day; what was, is and will be in force below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from salescenter.domain.house_rules import HouseRules
from salescenter.domain.money import Money
from salescenter.i18n import mark, tr
from salescenter.services import settings
from salescenter.services.settings import Dated, SettingsRequest
from salescenter.ui.kit import formats
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import MoneyEdit, PercentEdit, Tick, WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind
from salescenter.ui.kit.room import Room
from salescenter.ui.settings.rate_edit import TenThousandthEdit
from salescenter.ui.settings.section import SectionView

RULES: dict[str, tuple[str, str]] = {
    "hold_days": (mark("A consultant may hold for, days"), mark("Longer holds need a manager's leave.")),
    "hold_days_manager": (mark("With a manager's leave, days"), mark("Nobody may hold a unit longer.")),
    "small_deposit_days": (mark("A small deposit keeps a unit for, days"), mark("Then the unit is free again.")),
    "least_small_deposit": (mark("Least small deposit"), ""),
    "days_to_sign": (mark("From subscription to contract, days"), mark("The day to sign by is proposed from it.")),
    "extend_days": (mark("Without leave a signing day moves by, days"), mark("Later ones need a manager's leave.")),
    "least_deposit": (mark("Least deposit"), mark("Less is refused when a unit is subscribed.")),
    "deposit_cap": (mark("A deposit is at most"), mark("The law allows 20% of the price.")),
    "filing_days": (mark("File a contract within, days"), mark("The law allows 30 days.")),
    "warn_days": (mark("Remind before a signing day, days"), mark("It appears in the list of what waits.")),
    "overdue_red_days": (mark("Arrears are red after, days"), ""),
    "late_fee_rate": (mark("Late fee a day, in ten-thousandths"), mark("1 is 0.01% of what is overdue.")),
    "dunning_days": (mark("A reminder gives to pay, days"), mark("From the day it is made out.")),
    "statement_days": (mark("A statement counts as agreed after, days"), mark("Unless the buyer answers.")),
    "handover_days": (mark("A handover notice gives to come, days"), mark("From the first day it names.")),
    "refund_alone": (mark("A cashier gives back alone up to"), mark("More needs a manager's leave.")),
    "price_list_until": (
        mark("The price list is in force until"), mark("Afterwards nothing is sold by it. Empty: no end.")),
    "floor_rate": (mark("The floor price is at least"), mark("Of the list price; 0% where units have their own.")),
    "scan_days": (mark("A signed contract is scanned within, days"), mark("It appears in the list of what waits.")),
    "scan_megabytes": (mark("A scan is at most, megabytes"), mark("Larger files are not taken.")),
    "keep_vouchers": (mark("Receipts are kept, years"), mark("The law asks for 30 at least.")),
    "keep_deals": (mark("Papers of a deal are kept, years"), mark("From the year the deal ended. 0: for good.")),
    "keep_office": (mark("Quotations and slips are kept, years"), mark("0: for good.")),
    "lock_minutes": (
        mark("Lock a desk nobody touches after, minutes"), mark("0: never. Ctrl+L locks at once.")),
    "loan_age": (mark("A loan ends at the latest at the age of"), mark("Later ends are warned of. 0: not looked at.")),
    "need_consent": (mark("Personal data consent before a deal"), ""),
    "need_first_visit": (mark("Buyers must be on record as visitors or callers"), ""),
    "guard_owners": (mark("Another consultant's protected customer may not be sold to"), ""),
    "need_floor_price": (mark("A unit without a floor price may not be sold"), ""),
    "review_returned": (mark("A unit given back needs its price approved again"), ""),
    "refuse_loan_age": (mark("A loan that ends at a later age is refused, not only warned of"), ""),
    "scan_to_sign": (mark("A contract is signed only with the signed subscription on file"), ""),
    "scan_to_file": (mark("A contract is filed only with the signed contract on file"), ""),
    "annex_alone": (mark("Parking and storage may be sold without a home"), ""),
}  # fmt: skip
"""Every rule a house decides, with its words and what follows from it; ticks come last."""

Editor = Callable[[Room], QWidget]


def _whole(_room: Room) -> QWidget:
    return WholeEdit()


_EDITORS: dict[str, Editor] = {
    "deposit_cap": lambda _: PercentEdit(),
    "floor_rate": lambda _: PercentEdit(),
    "late_fee_rate": lambda _: TenThousandthEdit(),
    "price_list_until": lambda room: DayEdit(lambda: room.now().date()),
    "least_small_deposit": lambda _: MoneyEdit(),
    "least_deposit": lambda _: MoneyEdit(),
    "refund_alone": lambda _: MoneyEdit(),
}
"""How a rule is asked for, where it is neither a tick nor a number of days."""


class RulesSection(SectionView):
    """All rules on one form; only what was changed is written, from the day said."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("House rules", context="settings"),
            tr("What this house decides for itself. A change holds from its day on; deals agreed before keep theirs."),
        )
        self.grid, self.ticks = self.form(columns=3), self.form(columns=2)
        self._usual = {f.name: getattr(HouseRules(), f.name) for f in fields(HouseRules)}
        for name, (words, meaning) in RULES.items():
            if isinstance(self._usual[name], bool):
                self.ticks.add(name, "", Tick(tr(words)))
            else:
                editor = _EDITORS.get(name, _whole)(room)
                required = name != "price_list_until"
                self.grid.add(name, tr(words), editor, hint=tr(meaning) if meaning else "", required=required)
        self.since = self.form(columns=3)
        self.since.add("since", tr("In force from"), DayEdit(lambda: room.now().date()), required=True)
        panel, kept = Panel(), Panel(tr("What was changed"))
        panel.put(self.grid, self.ticks, self.since)
        self.table = self._changes()
        kept.put(self.table)
        self.put(panel, kept)
        self._before: dict[str, Any] = {}
        self.main_action(tr("Keep the rules"), self._keep)
        self.keep_drafts(rules=self.grid, ticks=self.ticks)

    def _changes(self) -> RecordTable[Dated]:
        made: RecordTable[Dated] = RecordTable(
            [
                Column(tr("In force from"), lambda one: one.since, Kind.DAY, width=120),
                Column(tr("Rule"), lambda one: tr(RULES[one.name][0])),
                Column(tr("Value"), lambda one: said(one.name, one.value), width=180),
                Column("", self._when, width=110),
            ],
            now=self.room.now,
            empty=EmptyState(tr("Nothing was changed yet"), tr("The usual rules of the trade are in force.")),
        )
        made.setMinimumHeight(220)
        return made

    def load(self) -> None:
        """Look up what is in force today and what was ever changed."""
        desk, today = self.room.desk, self.room.now().date()
        self.fetch(
            lambda: (settings.rules_of(desk, today), settings.dated(desk, tuple(RULES))),
            lambda found: self._show(*found),
        )

    def _show(self, rules: HouseRules, changed: tuple[Dated, ...]) -> None:
        for name in RULES:
            self._form_of(name).put(**{name: getattr(rules, name)})
        self.since.put(since=self.room.now().date())
        self._before = self._said()
        self.table.set_rows(changed)

    def _said(self) -> dict[str, Any]:
        return {name: plain(self._form_of(name).value(name)) for name in RULES}

    def _form_of(self, name: str) -> FormGrid:
        return self.ticks if isinstance(self._usual[name], bool) else self.grid

    def _keep(self) -> None:
        if not self.check():
            return
        changed = {name: value for name, value in self._said().items() if value != self._before[name]}
        if not changed:
            self.say(tr("Nothing was changed."), "", "neutral")
            return
        asked = SettingsRequest(changed, self.since.value("since"), self.key)
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: settings.change_all(desk, asked, now), tr("The rules are kept."))

    def _when(self, one: Dated) -> str:
        today = self.room.now().date()
        if one.since > today:
            return tr("to come")
        later = [other for other in self.table.rows() if other.name == one.name and one.since < other.since <= today]
        return "" if later else tr("in force")


def plain(value: Any) -> Any:
    """Write a value as a setting keeps it: fen, decimal text, ISO day."""
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, Decimal):
        return str(value.normalize()) if value else "0"
    return value.isoformat() if isinstance(value, date) else value


def said(name: str, value: Any) -> str:
    """Write a kept value for the eye."""
    usual = getattr(HouseRules(), name)
    if isinstance(usual, bool):
        return tr("yes") if value else tr("no")
    if isinstance(usual, Money):
        return formats.money(Money(int(value)))
    if name == "late_fee_rate":
        return f"{(Decimal(str(value)) * 10_000).normalize():f}‱"
    if isinstance(usual, Decimal):
        return formats.percent(Decimal(str(value)))
    return str(value) if value is not None else formats.NOTHING
