"""The form that takes money for a deal (收款): what it is for, how it came, which line it pays."""

from __future__ import annotations

from datetime import date

from salescenter.domain.money import ZERO, Money
from salescenter.domain.receipts import PRICE_KINDS, Method, MoneyKind
from salescenter.domain.units import Step, UnitState
from salescenter.i18n import listed, tr
from salescenter.money_words import item_words, kind_words, method_words
from salescenter.services.card import card
from salescenter.services.card_values import DealView, DueView, UnitCard
from salescenter.services.payments.receipts import Receipted, ReceiveRequest, receive
from salescenter.ui.kit import formats
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.deal_papers import show_receipt
from salescenter.ui.kit.editors import LineEdit, MoneyEdit
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.one_deed import OneDeed
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import WIDE

KINDS = (
    MoneyKind.PRICE,
    MoneyKind.DEPOSIT,
    MoneyKind.LOAN,
    MoneyKind.LATE_FEE,
    MoneyKind.AREA_DIFFERENCE,
    MoneyKind.COLLECTED,
)
METHODS = (Method.CARD, Method.TRANSFER, Method.CASH, Method.MOBILE, Method.CHEQUE, Method.BANK_LOAN)


class ReceiveSheet(OneDeed):
    """Take money; the amount proposed is what the next line still owes."""

    def __init__(self, room: Room, unit: int) -> None:
        super().__init__(room, Step.RECEIVE_MONEY, width=WIDE)
        self.unit_id = unit
        self.card: UnitCard | None = None
        now = room.now()
        self.load(lambda: card(room.desk, unit, now), self._fill)

    def _fill(self, found: UnitCard) -> None:
        self.card = found
        deal = found.deal
        if deal is None:
            self.banner.say(tr("No deal lives on {code}: there is nothing to receive money for.", code=found.code))
            return
        today = self.room.now().date()
        form = FormGrid(columns=6)
        form.add(
            "kind", tr("Kind of money"), ChipGroup([(k.value, kind_words(k)) for k in KINDS]), span=6, required=True
        )
        lines = [(line.id, _line(line, today)) for line in deal.dues if line.paid < line.amount]
        form.add("due", tr("For"), ComboBox([(0, tr("oldest due first")), *lines]), span=4)
        form.add("amount", tr("Amount"), MoneyEdit(), span=2, required=True)
        methods = ChipGroup([(m.value, method_words(m)) for m in METHODS])
        form.add("method", tr("Method"), methods, span=6, required=True)
        form.add("payer", tr("Payer"), LineEdit(), span=2, required=True)
        form.add("slip", tr("Slip number"), LineEdit(), span=2)
        form.add("note", tr("Remark"), LineEdit(), span=2)
        form.changed.connect(lambda name: self._follow(form, deal, name))
        self.put_form(form, beside=_schedule(found, deal, today))
        self._propose(form, deal)
        form.keep_draft(self.room.drafts, f"receive-{self.unit_id}")
        self.main_action(tr("Receive and print the receipt"), self._press)

    def _propose(self, form: FormGrid, deal: DealView) -> None:
        next_line = next((line for line in deal.dues if line.paid < line.amount), None)
        kind = MoneyKind.PRICE
        if next_line is None and self.card is not None and self.card.state is UnitState.RESERVED:
            kind = MoneyKind.SMALL_DEPOSIT
        elif next_line is not None:
            kind = MoneyKind.LOAN if next_line.loan else _KIND_OF.get(next_line.item, MoneyKind.PRICE)
        method = Method.BANK_LOAN if kind is MoneyKind.LOAN else Method.CARD
        payer = deal.buyers[0].name if deal.buyers else ""
        amount = next_line.amount - next_line.paid if next_line else None
        form.put(kind=kind.value, due=0, method=method.value, payer=payer, amount=amount)

    def _follow(self, form: FormGrid, deal: DealView, name: str) -> None:
        if name == "due" and form.value("due"):
            line = next(line for line in deal.dues if line.id == form.value("due"))
            form.put(amount=line.amount - line.paid)
        if name == "kind" and form.value("kind") not in [kind.value for kind in PRICE_KINDS]:
            form.put(due=0, amount=None)

    def _press(self) -> None:
        assert self.form is not None
        assert self.card is not None
        assert self.card.deal is not None
        if not self.form.check():
            return
        said = self.form.values()
        asked = ReceiveRequest(
            self.card.deal.id,
            MoneyKind(said["kind"]),
            Method(said["method"]),
            said["amount"],
            said["payer"],
            said["due"] or None,
            said["note"],
            said["slip"],
            self.key,
        )
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: receive(desk, asked, now), self._done)

    def _done(self, written: Receipted) -> None:
        self.room.say(tr("Receipt {number}: {amount} received", number=written.number, amount=written.amount))
        show_receipt(self.room, written.number)


_KIND_OF = {"deposit": MoneyKind.DEPOSIT}


def _schedule(found: UnitCard, deal: DealView, today: date) -> FactsTable:
    table = FactsTable()
    due = Money.sum(line.amount for line in deal.dues)
    facts = [
        Fact(found.code, listed(buyer.name for buyer in deal.buyers), strong=True),
        Fact(tr("Received of total"), f"{formats.money(deal.received)} / {formats.money(due or deal.total)}"),
    ]
    facts += [
        Fact(
            _line(line, today),
            f"{formats.money(line.paid)} / {formats.money(line.amount)}",
            tone="accent" if line.paid == line.amount else _late(line, today),
        )
        for line in deal.dues
    ]
    table.show_facts(facts)
    return table


def _line(line: DueView, today: date) -> str:
    when = (
        formats.day(line.due, today) if line.due else line.condition or (tr("when the bank pays") if line.loan else "")
    )
    left = line.amount - line.paid
    rest = tr("owes {amount}", amount=formats.money(left)) if ZERO < left < line.amount else ""
    return "  ".join(part for part in (item_words(line.item), when, rest) if part)


def _late(line: DueView, today: date) -> str:
    return "danger" if line.due is not None and line.due < today else ""
