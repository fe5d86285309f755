"""The price as it builds up and the schedule that pays it, worked out anew at every change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.errors import Weather
from salescenter.i18n import tr
from salescenter.money_words import item_words
from salescenter.services.quotations import Quote
from salescenter.ui.kit import formats
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.labels import SectionLabel
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.room import Room


class PriceView(QWidget):
    """Build-up, schedule and loans of a quotation."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.banner = Banner(tone="warning")
        self.price, self.dues, self.loans = FactsTable(), FactsTable(), FactsTable()
        self._loans_label = SectionLabel(tr("Loans"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for piece in (
            self.banner,
            SectionLabel(tr("Price")),
            self.price,
            SectionLabel(tr("Schedule")),
            self.dues,
            self._loans_label,
            self.loans,
        ):
            layout.addWidget(piece)
        layout.addStretch(1)
        self._loans_label.hide()

    def refuse(self, trouble: Exception, again: Callable[[], object]) -> None:
        """Say why there is no such price, or why it is not known yet; the last good one stays below."""
        self.banner.not_loaded(trouble, again if isinstance(trouble, Weather) else None)

    def show_quote(self, said: Quote) -> None:
        """Show a price that can be had."""
        self.banner.close_it()
        if said.warning is not None:
            self.banner.refuse(said.warning)
        today = self.room.now().date()
        lines = [Fact(tr("List price"), formats.money(said.list_total))]
        lines += [Fact(line.name, formats.money(line.after - line.before)) for line in said.build_up.lines]
        lines.append(Fact(tr("Total"), formats.money(said.build_up.total), strong=True))
        if said.build_up.unit_price:
            lines.append(Fact(tr("Unit price"), formats.money(said.build_up.unit_price)))
        self.price.show_facts(lines)
        self.dues.show_facts(
            [Fact(_due(one.item, one.due, one.condition, today), formats.money(one.amount)) for one in said.dues]
        )
        self._loans_label.setVisible(bool(said.loans))
        self.loans.setVisible(bool(said.loans))
        self.loans.show_facts(_loans(said))


def _due(item: str, day: date | None, condition: str, today: date) -> str:
    when = formats.day(day, today) if day else condition or tr("when the bank pays")
    return f"{item_words(item)}  {when}"


def _loans(said: Quote) -> list[Fact]:
    facts = []
    for one in said.loans:
        name = item_words(f"loan-{one.loan.kind}")
        rate = formats.percent(one.loan.rate, 3)
        facts += [
            Fact(
                tr("{loan}, {years} years at {rate}", loan=name, years=one.loan.years, rate=rate),
                formats.money(one.loan.amount),
            ),
            Fact(tr("Equal payments a month"), formats.money(one.equal_payment.first)),
            Fact(tr("Equal principal: first month"), formats.money(one.equal_principal.first)),
        ]
    if len(said.loans) > 1:
        facts.append(Fact(tr("Together a month"), formats.money(said.monthly), strong=True))
    if said.loans:
        facts.append(Fact(tr("Proof of income at least"), formats.money(said.income)))
    return facts
