"""The cashier's page: receipts between two days, arrears, money to give back, the day's cash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.money_words import kind_words, method_words
from salescenter.services.payments.lists import (
    ArrearRow,
    BackRow,
    DayCash,
    ReceiptRow,
    arrears,
    day_cash,
    receipts,
    to_give_back,
)
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.deal_papers import show_receipt
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.house_papers import show_house_paper
from salescenter.ui.kit.labels import Label, TitleLabel
from salescenter.ui.kit.panel import hold, row
from salescenter.ui.kit.paper_job import Wanted
from salescenter.ui.kit.performing import work_on
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.reprint_many import ReprintMany
from salescenter.ui.kit.room import Room
from salescenter.ui.payments import tables
from salescenter.ui.payments.countering import CloseDaySheet, RefundSheet, ReopenDaySheet, ReprintSheet, VoidSheet

MONTH = timedelta(days=30)


class PaymentsPage(QWidget):
    """Four lists of money, one at a time."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._make_head()
        self._make_tables()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(150)
        self._soon.timeout.connect(self.load)
        self._lay()
        self._wire()
        begins_in(self, self.stack.currentWidget)
        self.show_view("receipts")

    def _make_head(self) -> None:
        self.views = ChipGroup([
            ("receipts", tr("Receipts")), ("arrears", tr("Arrears")), ("refunds", tr("To give back")),
            ("cash", tr("The day's cash")),
        ])  # fmt: skip
        self.views.in_one_line()
        self.to = Label("–")
        self.sums = Label("", "strong", wrap=True)
        today = self.room.now().date()
        self.first, self.last = (DayEdit(lambda: self.room.now().date()) for _ in range(2))
        for edit, day in ((self.first, today - MONTH), (self.last, today)):
            edit.put(day)
            edit.setFixedWidth(116)
            edit.edited.connect(self.load)

    def _make_tables(self) -> None:
        self.receipts: RecordTable[ReceiptRow] = tables.receipts(self.room)
        self.arrears: RecordTable[ArrearRow] = tables.arrears(self.room)
        self.refunds: RecordTable[BackRow] = tables.refunds(self.room)
        self.cash: RecordTable[ReceiptRow] = tables.receipts(self.room)
        self.stack = QStackedWidget()
        self._tables: tuple[RecordTable[Any], ...] = (self.receipts, self.arrears, self.refunds, self.cash)
        for table in self._tables:
            self.stack.addWidget(table)
        self._actions = {
            "receipts": self._receipt_actions(),
            "arrears": self._arrear_actions(),
            "refunds": self._refund_actions(),
            "cash": self._cash_actions(),
        }

    def _lay(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 8)
        self.setMinimumSize(760, 360)
        layout.addLayout(row(TitleLabel(tr("Payments")), self.views, None, self.first, self.to, self.last))
        actions = row(*self._actions.values(), self.sums)
        actions.setStretch(actions.count() - 1, 1)
        layout.addLayout(actions)
        layout.addWidget(self.stack, 1)

    def _wire(self) -> None:
        self.views.edited.connect(self.load)
        for name, table in (("receipts", self.receipts), ("arrears", self.arrears), ("refunds", self.refunds)):
            buttons = self._actions[name]
            buttons.setEnabled(False)  # until a line is chosen to act on
            table.picked.connect(lambda line, buttons=buttons: buttons.setEnabled(line is not None))
        for table in (self.receipts, self.cash):
            table.opened.connect(lambda line: show_receipt(self.room, line.number))
        self.arrears.opened.connect(lambda line: self.room.perform(Step.RECEIVE_MONEY, line.unit))
        self.refunds.opened.connect(lambda _: self._refund())
        self.room.bulletin.arrived.connect(lambda _: self._soon.start())

    def show_view(self, name: str) -> None:
        """Show one of the four lists."""
        self.views.put(name)
        self.load()

    def show_argument(self, argument: object) -> None:
        """Show a list by its name, the receipt of a number, or the day's cash where nothing is named."""
        if not argument:
            self.show_view("cash")
        elif argument in self._actions:
            self.show_view(str(argument))
        else:
            show_receipt(self.room, str(argument))

    def load(self) -> None:
        """Look the shown list up."""
        name = str(self.views.value() or "receipts")
        for key, actions in self._actions.items():
            actions.setVisible(key == name)
        self.stack.setCurrentIndex(list(self._actions).index(name))
        for piece in (self.first, self.to):
            piece.setVisible(name == "receipts")
        self.last.setVisible(name in ("receipts", "cash"))
        self.sums.say("")
        self._tables[self.stack.currentIndex()].begin_loading()
        self._loaders()[name]()

    def status(self) -> str:
        """Say what was received in the list shown."""
        return self.sums.text()

    def _loaders(self) -> dict[str, Callable[[], None]]:
        desk, today = self.room.desk, self.room.now().date()
        first, last = self.first.value() or today - MONTH, self.last.value() or today
        run = self.room.lane.run

        def back(rows: tuple[BackRow, ...]) -> None:
            self.refunds.set_rows(rows)
            self.refunds.choose_first()

        def newest(rows: tuple[ReceiptRow, ...]) -> None:
            self.receipts.set_rows(rows[::-1])
            self.receipts.choose_first()

        def owing(rows: tuple[ArrearRow, ...]) -> None:
            self.arrears.set_rows(rows)
            self.arrears.choose_first()

        return {
            "receipts": lambda: _ignore(run(lambda: receipts(desk, first, last), newest, owner=self)),
            "arrears": lambda: _ignore(run(lambda: arrears(desk, today), owing, owner=self)),
            "refunds": lambda: _ignore(run(lambda: to_give_back(desk, today), back, owner=self)),
            "cash": lambda: _ignore(run(lambda: day_cash(desk, last), self._show_cash, owner=self)),
        }

    def _show_cash(self, cash: DayCash) -> None:
        self.cash.set_rows(cash.receipts)
        self.cash.choose_first()
        parts = [f"{method_words(method)} {formats.money(amount)}" for method, amount in cash.by_method]
        parts += [f"{kind_words(kind)} {formats.money(amount)}" for kind, amount in cash.by_kind]
        closed = tr("closed by {who}", who=cash.closed_by) if cash.closed_at else tr("not closed yet")
        total = tr("{day}: {total}", day=formats.day(cash.day, self.room.now().date()), total=formats.money(cash.total))
        self.sums.say(" · ".join([total, *parts, closed]))

    def _receipt_actions(self) -> QWidget:
        return hold(
            row(
                FilledButton(tr("Show"), self._show),
                self._reprint_button(self.receipts),
                OutlinedButton(tr("Void …"), self._void),
            )
        )

    def _arrear_actions(self) -> QWidget:
        return hold(
            row(
                FilledButton(tr("Receive money"), self._receive),
                OutlinedButton(tr("Payment reminder …"), self._remind, key="F8"),
                OutlinedButton(tr("Remind many …"), lambda: self.room.go("papers", PaperKind.DUNNING)),
            )
        )

    def _refund_actions(self) -> QWidget:
        return hold(row(FilledButton(tr("Give money back …"), self._refund)))

    def _cash_actions(self) -> QWidget:
        return hold(
            row(
                FilledButton(tr("Close the day …"), self._close),
                OutlinedButton(tr("Open the day again …"), self._reopen),
                self._reprint_button(self.cash),
            )
        )

    def _show(self) -> None:
        if (line := self.receipts.current()) is not None:
            show_receipt(self.room, line.number)

    def _reprint_button(self, table: RecordTable[ReceiptRow]) -> OutlinedButton:
        button = OutlinedButton(tr("Reprint …"), lambda: self._reprint(table.selected()))
        button.setToolTip(tr("Several are chosen with Shift or Ctrl, all with Ctrl+A."))
        return button

    def _reprint(self, lines: list[ReceiptRow]) -> None:
        """Print receipts again: one with its own sheet, several as one job."""
        if len(lines) == 1:
            ReprintSheet(self.room, lines[0]).stand_over(self.window())
        elif lines:
            wanted = [Wanted(PaperKind.RECEIPT, one.number, one.unit, one.deal) for one in lines]
            ReprintMany(self.room, wanted).stand_over(self.window())

    def _void(self) -> None:
        if (line := self.receipts.current()) is not None:
            sheet = VoidSheet(self.room, line)
            sheet.stand_over(self.window())
            work_on(self.room, sheet, line.unit)

    def _receive(self) -> None:
        if (line := self.arrears.current()) is not None:
            self.room.perform(Step.RECEIVE_MONEY, line.unit)

    def print_page(self) -> None:
        """F8: what the list shown prints of the line chosen."""
        (self._remind if self.views.value() == "arrears" else self._show)()

    def _remind(self) -> None:
        if (line := self.arrears.current()) is not None:
            show_house_paper(self.room, PaperKind.DUNNING, line.deal)

    def _refund(self) -> None:
        if (deal := self.refunds.current()) is not None:
            RefundSheet(self.room, deal).stand_over(self.window())

    def _reopen(self) -> None:
        ReopenDaySheet(self.room, self.last.value() or self.room.now().date()).stand_over(self.window())

    def _close(self) -> None:
        CloseDaySheet(self.room, self.last.value() or self.room.now().date()).stand_over(self.window())


def _ignore(_ticket: object) -> None:
    """A list that is asked for again takes the later answer: lanes answer in order."""
