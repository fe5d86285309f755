"""What is agreed: discounts in the policy's order, plan, loans and deposit, with the price live beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salescenter.domain.deposits import deposit_cap
from salescenter.domain.errors import Refusal
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import ZERO, Money
from salescenter.domain.plans import STANDARD
from salescenter.domain.policies import loan_rates
from salescenter.domain.prices import Discount, DiscountKind
from salescenter.domain.schedules import LENT_BY, Plan, PlanKind
from salescenter.i18n import tr
from salescenter.money_words import plan_words
from salescenter.services.card_values import UnitCard
from salescenter.services.deals.choices import DealChoices
from salescenter.services.deals.requests import Loan, Terms
from salescenter.services.quotations import Quote, QuoteRequest, quote, usual_loans
from salescenter.ui.deals.price_view import PriceView
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import LineEdit, MoneyEdit, PercentEdit, WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.lane import Trouble
from salescenter.ui.kit.room import Room

PAUSE = 80
"""Milliseconds after the last key before the price is worked out anew."""

_ONE_OFF = STANDARD[PlanKind.ONE_OFF]

USUAL_DEPOSIT = Money(20_000_00)


class TermsEdit(QWidget):
    """The terms of a deal or a quotation; `terms()` gives them, `worked_out` tells each new price."""

    worked_out = Signal(object)

    def __init__(self, room: Room, card: UnitCard, offered: DealChoices, *, signing: bool = True) -> None:
        super().__init__()
        self.room, self.card, self.offered = room, card, offered
        self.said: Quote | None = None
        self.borrower: Callable[[], int | None] = lambda: None  # the customer who would borrow, as chosen by now
        self.home: Callable[[], int] = lambda: 1  # which home of the family's this would be
        self._by_hand = False  # loans typed by the user are kept when the price changes
        self.form = FormGrid(columns=4)
        self._add_fields(offered, signing=signing)
        self.view = PriceView(room)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        left = QVBoxLayout()
        left.addWidget(self.form)
        left.addStretch(1)
        layout.addLayout(left, 3)
        layout.addWidget(self.view, 2)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.work_out)
        self.form.changed.connect(self._edited)
        self._start(offered)

    def _add_fields(self, offered: DealChoices, *, signing: bool) -> None:
        presets = [(_key(one), _said(one)) for one in offered.discounts]
        self.form.add("discounts", tr("Discounts, in the policy's order"), ChipGroup(presets, multi=True), span=4)
        self.form.add("other_name", tr("Other discount"), LineEdit(), span=2)
        self.form.add("other_rate", tr("Rate"), PercentEdit(), hint=tr("98 means 98 %"))
        self.form.add("other_off", tr("Or amount off"), MoneyEdit())
        plans = [(plan.kind.value, plan_words(plan.kind)) for plan in offered.plans]
        self.form.add("plan", tr("Payment plan"), ChipGroup(plans), span=4, required=True)
        self.form.add("down", tr("Down payment at least"), PercentEdit())
        self.form.add("commercial", tr("Commercial loan"), MoneyEdit(), hint=tr("in whole 10,000"))
        self.form.add("provident", tr("Provident fund loan"), MoneyEdit(), hint=tr("in whole 10,000"))
        self.form.add("years", tr("Years"), WholeEdit())
        self.form.add("deposit", tr("Deposit agreed"), MoneyEdit(), span=2, required=True)
        if signing:
            self.form.add("sign_by", tr("Sign by"), DayEdit(lambda: self.room.now().date()), span=2, required=True)

    def _start(self, offered: DealChoices) -> None:
        today = self.room.now().date()
        most = deposit_cap(self.card.facts.list_total, offered.rules.deposit_cap)
        self.form.put(plan=PlanKind.ONE_OFF.value, years=30, deposit=min(USUAL_DEPOSIT, most))
        if "sign_by" in self.form.values():
            self.form.put(sign_by=today + timedelta(days=offered.rules.days_to_sign))
        self._show_loans()
        self.work_out()

    def plan(self) -> Plan:
        """The plan chosen."""
        chosen = self.form.value("plan")
        return next((plan for plan in self.offered.plans if plan.kind == chosen), self.offered.plans[0])

    def discounts(self) -> tuple[Discount, ...]:
        """The discounts chosen, the house's own first, in their order."""
        chosen = set(self.form.value("discounts") or ())
        found = [one for one in self.offered.discounts if _key(one) in chosen]
        name = self.form.value("other_name") or tr("Other discount")
        rate, off = self.form.value("other_rate"), self.form.value("other_off")
        if rate is not None:
            found.append(Discount(name, DiscountKind.RATE, rate))
        if off:
            found.append(Discount(name, DiscountKind.AMOUNT_OFF, Decimal(off.fen) / 100))
        return tuple(found)

    def terms(self) -> Terms:
        """What the form says now."""
        values = self.form.values()
        return Terms(
            self.discounts(), self.plan(), self._loans(values), values["deposit"] or ZERO, values.get("sign_by")
        )

    def work_out_soon(self, of: str = "") -> None:
        """Work the price out anew where other fields of the sheet that it hangs on changed: who buys, as which home."""
        if of in ("buyers", "customer", "home"):
            self._soon.start()

    def work_out(self) -> None:
        """Work the price out in the lane and show it; refusals stand in the view."""
        self._soon.stop()
        today = self.room.now().date()
        asked = QuoteRequest(self.card.id, self.terms(), self.borrower(), self.home())
        by_hand, down, years = self._by_hand, self.form.value("down"), self.form.value("years") or 30

        def job() -> tuple[Terms, Quote]:
            if LENT_BY[asked.terms.plan.kind] and not by_hand:
                bare = quote(self.room.desk, replace(asked, terms=_without_loans(asked.terms)), today)
                loans = usual_loans(bare.build_up.total, asked.terms.plan.kind, today, years, down, home=asked.home)
                fresh = replace(asked, terms=replace(asked.terms, loans=loans))
            else:
                fresh = asked
            return fresh.terms, quote(self.room.desk, fresh, today)

        self.room.lane.run(job, lambda found: self._show(*found), owner=self, refused=self._refused)

    def refuse(self, refusal: Refusal) -> bool:
        """Show a refusal of the deed under the field it names and go there; False where there is none."""
        return self.form.refuse(refusal)

    def _refused(self, trouble: Trouble) -> None:
        """Show beside the last good price why there is none now, and under its field where one is to blame."""
        self._forgive()
        self.view.refuse(trouble, self.work_out)
        self.form.refuse(trouble, lead=False)

    def _forgive(self) -> None:
        for name in (*LoanKind, "years"):
            self.form.field(name).set_error("")

    def _show(self, terms: Terms, said: Quote) -> None:
        self.said = said
        self._forgive()
        if not self._by_hand:
            amounts = {loan.kind: loan.amount for loan in terms.loans}
            self.form.put(commercial=amounts.get(LoanKind.COMMERCIAL), provident=amounts.get(LoanKind.PROVIDENT))
        self.view.show_quote(said)
        self.worked_out.emit(said)

    def _edited(self, name: str) -> None:
        if name in ("commercial", "provident"):
            self._by_hand = True
        if name in ("plan", "down"):
            self._by_hand = False
            self._show_loans()
        self._soon.start()

    def _show_loans(self) -> None:
        lenders = LENT_BY[self.plan().kind]
        self.form.field("commercial").setVisible(LoanKind.COMMERCIAL in lenders)
        self.form.field("provident").setVisible(LoanKind.PROVIDENT in lenders)
        self.form.field("down").setVisible(bool(lenders))
        self.form.field("years").setVisible(bool(lenders))

    def _loans(self, values: dict[str, Any]) -> tuple[Loan, ...]:
        lenders = LENT_BY[self.plan().kind]
        years, rates = values["years"] or 30, loan_rates(self.room.now().date(), self.home())
        wanted = {LoanKind.COMMERCIAL: values["commercial"], LoanKind.PROVIDENT: values["provident"]}
        return tuple(
            Loan(kind, amount, years, rates[kind]) for kind, amount in wanted.items() if kind in lenders and amount
        )


def _without_loans(terms: Terms) -> Terms:
    """The same price paid at once: what is needed to propose loans from it."""
    return replace(terms, loans=(), plan=_ONE_OFF)


def _key(discount: Discount) -> str:
    """Name a discount by what it does: a draft of last week never chooses another one in its place."""
    return f"{discount.kind} {discount.value} {discount.name}"


def _said(discount: Discount) -> str:
    if discount.kind is DiscountKind.RATE:
        percent = f"{discount.value * 100:f}".rstrip("0").rstrip(".")
        return tr("{name} {percent}%", name=discount.name, percent=percent)
    return f"{discount.name} −{discount.value:,}"
