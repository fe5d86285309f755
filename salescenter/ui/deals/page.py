"""The register of deals: every deal in one table, the chosen one's facts and steps beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salescenter.domain.money import Money
from salescenter.domain.units import Step, UnitState
from salescenter.i18n import tr, trn
from salescenter.money_words import item_words, plan_words
from salescenter.services.card import card
from salescenter.services.card_values import UnitCard
from salescenter.services.deals.register import DealRow, deals
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import Button, DangerButton, FilledButton, LinkButton, OutlinedButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.deal_papers import show_contract, show_receipt, show_subscription
from salescenter.ui.kit.document_list import DocumentList
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.house_papers import deal_papers_menu
from salescenter.ui.kit.labels import Label, SectionLabel, TitleLabel
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Card, column, hold, row, scrolled
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.void_list import VoidList
from salescenter.ui.kit.words import refusal_words, state_words, step_words

ENDINGS = {Step.CANCEL: "neutral", Step.FORFEIT: "danger", Step.CHANGE_UNIT: "neutral", Step.GIVE_BACK: "neutral"}

NARROW = 1_100
"""Pixels below which the card gives way to the register."""

TAKING = frozenset({Step.CANCEL, Step.FORFEIT})
"""Steps that end a deal: red, and last, away from the main one."""


class DealsPage(QWidget):
    """Deals found by number, contract, unit or buyer."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.search = LineEdit(placeholder=tr("Number, contract, unit or buyer"))
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(320)
        self.which = ChipGroup([("living", tr("Living deals")), ("all", tr("All deals"))])
        self.which.in_one_line().put("living")
        self.table = self._make_table()
        begins_in(self, lambda: self.table)
        self.card = DealCard(room)
        self._lay()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(150)
        self._soon.timeout.connect(self.load)
        self.search.edited.connect(self._soon.start)
        self.which.edited.connect(self.load)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda deal: room.go("floorplan", deal.unit))
        room.bulletin.arrived.connect(self._news)
        self.load()

    def _make_table(self) -> RecordTable[DealRow]:
        empty = EmptyState(
            tr("No deal yet"),
            tr("A deal begins on the grid: choose a free unit and subscribe it."),
            tr("Go to the grid"),
            lambda: self.room.go("floorplan", None),
        )
        today = self.room.now().date()
        return RecordTable(_columns(today), now=self.room.now, key=lambda deal: deal.id, empty=empty)

    def _lay(self) -> None:
        left = QVBoxLayout()
        head = row(TitleLabel(tr("Deals")), self.search, self.which, None)
        head.setStretch(1, 20)  # before the empty end of the line
        left.addLayout(head)
        left.addWidget(self.table, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(left, 1)
        layout.addWidget(self.card)
        self.setMinimumSize(760, 360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.setFixedWidth(304 if self.width() < NARROW else 340)

    def load(self) -> None:
        """Look the deals up."""
        text, living = self.search.value(), self.which.value() == "living"
        desk = self.room.desk
        self.table.begin_loading()
        self.room.lane.run(lambda: deals(desk, text, living_only=living), self._show, owner=self)

    def _show(self, rows: tuple[DealRow, ...]) -> None:
        self.table.set_rows(rows)
        self.card.setVisible(bool(rows))
        self.table.choose_first()
        if self.isVisible():
            self.room.say(self.status())

    def show_argument(self, argument: object) -> None:
        """Show one deal by its number or id."""
        text = str(argument)
        self.which.put("all")
        if isinstance(argument, int):
            self.search.put("")
            desk = self.room.desk

            def show(rows: tuple[DealRow, ...]) -> None:
                self.table.set_rows(rows)
                self.table.select_key(argument)

            self.room.lane.run(lambda: deals(desk), show, owner=self)
            return
        self.search.put(text)
        self.load()

    def status(self) -> str:
        """Count what is shown."""
        rows = self.table.rows()
        total = formats.money(Money.sum(deal.total for deal in rows))
        return trn("{count} deal, {total} yuan", "{count} deals, {total} yuan", count=len(rows), total=total)

    def main_step(self) -> None:
        """F6: the chosen deal's next step."""
        self.card.main_step()

    def print_page(self) -> None:
        """F8: the papers of the chosen deal."""
        self.card.offer_papers()

    def _picked(self, deal: DealRow | None) -> None:
        self.card.show_deal(deal)

    def _news(self, _news: object) -> None:
        self._soon.start()


class DealCard(Card):
    """The chosen deal: what was agreed, what is due, the steps open now and its papers."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.shown: UnitCard | None = None
        self.deal: DealRow | None = None
        self.title, self.say = Label("", "title", wrap=True), Label("", "muted", wrap=True)
        self.facts, self.dues = FactsTable(), FactsTable()
        self.buttons, self.papers = QWidget(), QWidget()
        FlowLayout(self.buttons)
        FlowLayout(self.papers)
        self.void, self.documents = VoidList(room), DocumentList(room)
        self.more = OutlinedButton(tr("Print a paper …"), self.offer_papers, key="F8")
        self._schedule, self._printed = SectionLabel(tr("Schedule")), SectionLabel(tr("Papers"))
        agreed = (self.title, self.say, self.buttons, self.facts, self._schedule, self.dues)
        inside = column(*agreed, self._printed, self.papers, self.more, self.void, self.documents, None)
        inside.setContentsMargins(0, 0, 4, 0)
        self.inside = hold(inside)
        self.put(scrolled(self.inside))
        self.inside.hide()

    def show_deal(self, deal: DealRow | None) -> None:
        """Show another deal."""
        if deal is None:
            self.deal = None
            self.inside.hide()
            return
        desk, now = self.room.desk, self.room.now()
        self.room.lane.run(lambda: card(desk, deal.unit, now), lambda found: self._show(deal, found), owner=self)

    def offer_papers(self) -> None:
        """Offer every paper the deal may have now."""
        if self.deal is not None:
            self.menu = deal_papers_menu(self, self.room, self.deal.id, self.deal.state)
            self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def main_step(self) -> None:
        """Start the step that carries the deal on."""
        if self.shown is not None and self.shown.deal is not None and self.shown.main_step is not None:
            self.room.perform(self.shown.main_step, self.shown.id)

    def _show(self, deal: DealRow, found: UnitCard) -> None:
        self.shown, self.deal = found, deal
        today = self.room.now().date()
        living = found.deal is not None and found.deal.id == deal.id
        self.title.setText(f"{deal.code}  {deal.buyer}")
        self.say.setText(f"{deal.number}  {deal.contract_number}  {_stands(deal)}")
        self.facts.show_facts(_facts(deal, today))
        self._steps(found if living else None)
        view = found.deal if living else None
        lines = view.dues if view else ()
        self.dues.show_facts(
            [
                Fact(
                    f"{item_words(line.item)}  {formats.day(line.due, today) if line.due else line.condition}",
                    f"{formats.money(line.paid)} / {formats.money(line.amount)}",
                    tone="accent" if line.paid == line.amount else _late(line.due, today),
                )
                for line in lines
            ]
        )
        self._schedule.setVisible(bool(lines))
        numbers = list(dict.fromkeys(number for line in lines for number in line.receipts))
        self._papers(deal, numbers)
        self.void.show_deal(deal.id)
        self.documents.show_deal(deal.id)
        self.inside.show()

    def _steps(self, found: UnitCard | None) -> None:
        layout = self.buttons.layout()
        _clear(layout)
        if found is None or layout is None:
            return
        for offer in sorted(found.offers, key=lambda one: (one.step is not found.main_step, one.step in TAKING)):
            main = offer.step is found.main_step
            kind: type[Button] = FilledButton if main else DangerButton if offer.step in TAKING else OutlinedButton
            button = kind(step_words(offer.step), self._starter(offer.step, found.id), key="F6" if main else "")
            if offer.refusal is not None:
                button.setEnabled(False)
                button.setToolTip("\n".join(refusal_words(offer.refusal)))
            layout.addWidget(button)

    def _starter(self, step: Step, unit: int) -> Callable[[], None]:
        return lambda: self.room.perform(step, unit)

    def _papers(self, deal: DealRow, receipts: list[str]) -> None:
        layout = self.papers.layout()
        _clear(layout)
        if layout is None:
            return
        if deal.subscribed is not None:
            layout.addWidget(LinkButton(tr("Subscription"), lambda: show_subscription(self.room, deal.id)))
        if deal.state >= UnitState.DRAFTED:
            layout.addWidget(LinkButton(tr("Contract"), lambda: show_contract(self.room, deal.id)))
        for number in receipts:
            layout.addWidget(LinkButton(tr("Receipt {number}", number=number), self._receipt(number)))
        self._printed.setVisible(layout.count() > 0)

    def _receipt(self, number: str) -> Callable[[], None]:
        return lambda: show_receipt(self.room, number)


def _clear(layout: object) -> None:
    while layout is not None and (taken := layout.takeAt(0)) is not None:  # type: ignore[attr-defined]
        widget = taken.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _late(due: date | None, today: date) -> str:
    return "danger" if due is not None and due < today else ""


def _stands(deal: DealRow) -> str:
    return state_words(deal.state) if deal.living else step_words(Step(deal.ending))


def _facts(deal: DealRow, today: date) -> list[Fact]:
    facts = [
        Fact(tr("Building"), deal.building),
        Fact(tr("Floor area"), formats.area(deal.area, unit=True)),
        Fact(tr("List price"), formats.money(deal.list_total)),
        Fact(tr("Deal total"), formats.money(deal.total), strong=True),
        Fact(tr("Received"), formats.money(deal.received)),
        Fact(tr("Payment plan"), plan_words(deal.plan) or formats.NOTHING),
        Fact(tr("Consultant"), deal.consultant),
    ]
    days = (
        (tr("Subscribed on"), deal.subscribed),
        (tr("Sign by"), deal.sign_by),
        (tr("Signed on"), deal.signed),
        (tr("Ended on"), deal.closed),
    )
    return facts + [Fact(label, formats.day(day, today)) for label, day in days if day]


def _columns(today: date) -> list[Column[DealRow]]:
    return [
        Column(tr("Unit"), lambda d: d.code, width=96),
        Column(tr("Buyer"), lambda d: d.buyer, tip=lambda d: d.buyer),
        Column(tr("State"), _state, Kind.STATE, width=96),
        Column(tr("Consultant"), lambda d: d.consultant, width=84, spare=True),
        Column(tr("Area"), lambda d: d.area, Kind.AREA, width=84, total=True, spare=True),
        Column(tr("Deal total"), lambda d: d.total, Kind.MONEY, width=124, total=True),
        Column(tr("Received"), lambda d: d.received, Kind.MONEY, width=124, total=True, spare=True),
        Column(tr("Subscribed on"), lambda d: d.subscribed, Kind.DAY, width=92, spare=True),
        Column(
            tr("Sign by"),
            lambda d: d.sign_by if d.signed is None and d.living else None,
            Kind.DAY,
            width=84,
            tone=lambda d: _late(d.sign_by, today) if d.signed is None and d.living else "",
        ),
        Column(tr("Signed on"), lambda d: d.signed, Kind.DAY, width=84, spare=True),
        Column(tr("Number"), lambda d: d.contract_number or d.number, width=128, spare=True),
    ]


def _state(deal: DealRow) -> UnitState | Mark:
    """The state in the colour its cell has on the grid; how a deal ended, where it did."""
    return deal.state if deal.living else Mark(step_words(Step(deal.ending)), ENDINGS.get(Step(deal.ending), "neutral"))
