"""The card beside the grid: why this colour and what comes next, the steps, facts, price, money, history, papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.i18n import tr
from salescenter.money_words import item_words
from salescenter.services.papers.titles import paper_words as kind_of_paper
from salescenter.ui.floorplan.card_facts import history_moment, history_text, price_facts, unit_facts
from salescenter.ui.floorplan.card_steps import Steps
from salescenter.ui.floorplan.card_widgets import Line, LinesTable, PaidBar, Sentence
from salescenter.ui.floorplan.grounds import FLAG_ORDER
from salescenter.ui.floorplan.why import why
from salescenter.ui.kit import formats, late
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.facts import FactsTable
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.labels import Badge, ElidedLabel, SectionLabel
from salescenter.ui.kit.panel import Card, column, hold, row, scrolled
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.state_badge import StateBadge
from salescenter.ui.kit.terms import flag_words

if TYPE_CHECKING:
    from salescenter.services.card_values import DealView, DueView, PaperLine, UnitCard

ASK_AFTER = 40
"""Milliseconds the walk must rest on a unit before its card is asked for: a held arrow key asks for none."""

HISTORY_SHOWN = 30


class UnitCardView(Card):
    """Shows one unit; `show_unit` may be called at every step of a walk."""

    arrived = Signal(object)  # the UnitCard shown

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._room = room
        self._wanted = 0
        self._private = False
        self.card: UnitCard | None = None
        self._title, self._badge = ElidedLabel("", "title"), StateBadge(UnitState.NOT_RELEASED)
        self._flags = QHBoxLayout()
        self._flags.setSpacing(4)
        self.sentence, self.steps = Sentence(), Steps(self.perform)
        self._facts, self._prices = FactsTable(), FactsTable()
        self._paid, self._dues = PaidBar(), LinesTable(figures=(1, 2))
        self._history, self._papers = LinesTable(), FlowLayout(gap=6)
        self._parts: dict[str, QWidget] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(ASK_AFTER)
        self._soon.timeout.connect(self._ask)
        self._build()

    def show_unit(self, unit: int, name: str, state: UnitState) -> None:
        """Turn to a unit (id): name and state at once, the rest when it was read."""
        self._wanted = unit
        self._title.say(name)
        self._badge.show_state(state)
        self.steps.switch(False)
        self._soon.start()

    def set_private(self, private: bool) -> None:
        """Show no more than a customer may see, or all again."""
        self._private = private
        if self.card is not None:
            self._show(self.card)

    def said(self) -> str:
        """Return everything the card says, line by line."""
        facts = (f"{fact.label} {fact.value}" for fact in (*self._facts.facts(), *self._prices.facts()))
        tables = [table for table, part in ((self._dues, "money"), (self._history, "history"))
                  if not self._parts[part].isHidden()]  # fmt: skip
        lines = (" ".join(line.cells) for table in tables for line in table.lines())
        return "\n".join((self._title.whole(), self.sentence.text(), self.steps.closed_text(), *facts, *lines))

    def perform(self, step: Step) -> None:
        """Start a step on the unit shown."""
        if self.card is not None and self.card.id == self._wanted:
            self._room.perform(step, self.card.id)

    def take_focus(self) -> None:
        """Put the keyboard on the first step."""
        self.steps.setFocus(Qt.FocusReason.TabFocusReason)

    def main_step(self) -> None:
        """Start the main step (F6)."""
        if self.card is not None and self.card.main_step is not None:
            self.perform(self.card.main_step)

    def _ask(self) -> None:
        unit, now, desk = self._wanted, self._room.now(), self._room.desk
        self._room.lane.run(lambda: late.card(desk, unit, now), self._show_if_wanted, owner=self, refused=self._gone)

    def _gone(self, trouble: Refusal | Weather) -> None:
        self._room.refuse(trouble)

    def _show_if_wanted(self, card: UnitCard) -> None:
        if card.id == self._wanted:
            self._show(card)

    def _show(self, card: UnitCard) -> None:
        self.card = card
        now, private = self._room.now(), self._private
        self._badge.show_state(card.state)
        self._show_flags(card.flags)
        self.sentence.say(why(card, now, private=private))
        self.steps.show_offers(card.offers, card.main_step, private=private)
        self.steps.switch(True)
        self._facts.show_facts(unit_facts(card, private=private))
        self._prices.show_facts(price_facts(card, private=private))
        self._show_money(None if private else card.deal)
        lines = [Line((history_moment(line, now), history_text(line))) for line in card.history[:HISTORY_SHOWN]]
        self._history.show_lines(lines)
        self._show_papers(() if private else card.papers)
        self._parts["history"].setVisible(bool(lines) and not private)
        self._parts["papers"].setVisible(bool(card.papers) and not private)
        self.arrived.emit(card)

    def _show_flags(self, flags: Flag) -> None:
        _empty(self._flags)
        for flag in FLAG_ORDER:
            if flag in flags:
                self._flags.addWidget(Badge(flag_words(flag), "warning"))

    def _show_money(self, deal: DealView | None) -> None:
        self._parts["money"].setVisible(deal is not None and bool(deal.dues))
        if deal is None:
            return
        received, total = formats.money(deal.received), formats.money(deal.total)
        said = tr("Received {received} of {total}", received=received, total=total)
        self._paid.show_share(deal.received.fen / deal.total.fen if deal.total else 0.0, said)
        self._dues.show_lines([self._due_line(due) for due in deal.dues])

    def _due_line(self, due: DueView) -> Line:
        today = self._room.now().date()
        when = formats.day(due.due, today) if due.due else tr("on release") if due.loan else ""
        if due.paid >= due.amount:
            more = f" +{len(due.receipts) - 1}" if len(due.receipts) > 1 else ""
            said, tone = f"✓ {due.receipts[0] if due.receipts else ''}{more}", "accent"
        elif due.paid:
            said, tone = tr("{amount} paid", amount=formats.money(due.paid)), "warning"
        elif due.due is not None and due.due < today:
            said, tone = formats.days_left(due.due, today), "danger"
        else:
            said, tone = "", ""
        return Line((item_words(due.item), when, formats.money(due.amount), said), tone)

    def _show_papers(self, papers: tuple[PaperLine, ...]) -> None:
        while (item := self._papers.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for paper in papers:
            self._papers.addWidget(LinkButton(paper_words(paper), self._opener(paper)))

    def _opener(self, paper: PaperLine) -> Callable[[], None]:
        def ask() -> None:
            desk, now, room = self._room.desk, self._room.now(), self._room
            room.papers.run(lambda: late.archived(desk, paper.id, now), room.show_paper, owner=self, refused=self._gone)

        return ask

    def _build(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        papers = hold(self._papers)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        papers.setSizePolicy(policy)
        self._parts = {
            "money": hold(column(SectionLabel(tr("Payment")), self._paid, self._dues, gap=6)),
            "history": hold(column(SectionLabel(tr("History")), self._history, gap=4)),
            "papers": hold(column(SectionLabel(tr("Papers")), papers, gap=4)),
        }
        for part in self._parts.values():
            part.hide()
        head = row(self._title, self._flags, self._badge)
        inside = column(head, self.sentence, self.steps, self._facts, self._prices, *self._parts.values(), None, gap=14)
        inside.setContentsMargins(16, 14, 16, 16)
        self.put(scrolled(hold(inside)))


def paper_words(paper: PaperLine) -> str:
    """Name a printed paper: its kind, number, and the copy where it is a reprint."""
    said = f"{kind_of_paper(PaperKind(paper.kind))} {paper.number}".strip()
    return said if paper.copy == 1 else tr("{paper}, copy {copy}", paper=said, copy=paper.copy)


def _empty(layout: QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
