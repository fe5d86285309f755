"""The forms that sell: small deposit (小订), subscription (认购), change of unit (换房)."""

from __future__ import annotations

from decimal import Decimal

from salescenter.domain.money import ZERO
from salescenter.domain.receipts import Method
from salescenter.domain.refusals import BelowFloorPrice, DiscountTooDeep
from salescenter.domain.shares import WHOLE
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.money_words import method_words
from salescenter.services.approvals import ApprovalRequest
from salescenter.services.card import card as load_card
from salescenter.services.card import unit_coded
from salescenter.services.card_values import DealView, UnitCard
from salescenter.services.deals import changing, opening
from salescenter.services.deals.choices import DealChoices
from salescenter.services.deals.requests import (
    ChangeUnitRequest,
    Opened,
    Payment,
    ReserveRequest,
    Split,
    SubscribeRequest,
)
from salescenter.ui.deals.people import BuyersEdit, Chosen, first_buyer
from salescenter.ui.deals.step_sheet import StepSheet
from salescenter.ui.deals.summary import staying, unit_facts
from salescenter.ui.deals.terms import TermsEdit
from salescenter.ui.kit import formats
from salescenter.ui.kit.asking import ask_approval
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.deal_papers import show_receipt, show_subscription
from salescenter.ui.kit.editors import LineEdit, MoneyEdit, PercentEdit, WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import SectionLabel
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import WIDE

HALF = Decimal("0.5")
METHODS = (Method.CARD, Method.TRANSFER, Method.CASH, Method.MOBILE, Method.CHEQUE)


def add_payment(form: FormGrid, *, required: bool = False) -> None:
    """Add the fields of money handed over."""
    form.next_line()
    form.add("paid", tr("Money received now"), MoneyEdit(), span=2, required=required)
    form.add("method", tr("Method"), ChipGroup([(m.value, method_words(m)) for m in METHODS]), span=4)
    form.add("payer", tr("Payer"), LineEdit(), span=2)
    form.add("slip", tr("Slip number"), LineEdit(), span=2)
    form.put(method=Method.CARD.value)


def add_people(form: FormGrid, room: Room, offered: DealChoices) -> None:
    """Add buyers and consultant; whoever sits here sells unless another is chosen."""
    form.add("buyers", tr("Buyers and their shares"), BuyersEdit(room, offered.consent), span=6, required=True)
    sellers = [(seller.id, seller.name) for seller in offered.sellers]
    form.add("seller", tr("Consultant"), ComboBox(sellers), span=2, required=True)
    form.add("second", tr("Second consultant"), ComboBox(sellers), span=2)
    form.add("share", tr("Part of the second"), PercentEdit(), span=2, hint=tr("the first has the rest"))
    form.put(share=HALF)
    if room.desk.who.id in [seller.id for seller in offered.sellers]:
        form.put(seller=room.desk.who.id)


def payment_of(form: FormGrid) -> Payment | None:
    """The money handed over, if any; the first buyer pays unless another payer is named."""
    if not form.value("paid"):
        return None
    buyers = form.field("buyers").editor
    first = buyers.chosen[0].name if isinstance(buyers, BuyersEdit) and buyers.chosen else ""
    return Payment(form.value("paid"), Method(form.value("method")), form.value("payer") or first, form.value("slip"))


def splits_of(form: FormGrid) -> tuple[Split, ...]:
    """The consultants of the deal."""
    first, second = form.value("seller"), form.value("second")
    if second and second != first:
        share = int((form.value("share") or 0) * WHOLE)
        return Split(first, WHOLE - share), Split(second, share)
    return (Split(first, WHOLE),)


def put_people_of(form: FormGrid, deal: DealView, offered: DealChoices) -> None:
    """Show the buyers of a deal that is there already, and whose it is."""
    editor = form.field("buyers").editor
    assert isinstance(editor, BuyersEdit)
    editor.put([(Chosen(b.customer, b.name, ""), b.share) for b in deal.buyers])
    numbers = {seller.name: seller.id for seller in offered.sellers}
    sold = [(numbers.get(name), share) for name, share in deal.consultants]
    for field, (number, _) in zip(("seller", "second"), sold, strict=False):
        form.put(**{field: number})
    if len(sold) > 1:
        form.put(share=Decimal(sold[1][1]) / WHOLE)


def price_wanted(unit: int, terms: TermsEdit) -> tuple[ApprovalRequest, str] | None:
    """What to ask a manager for where a price is beyond one's own limits, and in words; None before it is known."""
    if terms.said is None:
        return None
    total = terms.said.build_up.total
    asked = ApprovalRequest(unit, Step.SUBSCRIBE, {"fen": total.fen})
    return asked, tr("Sell at a total of {total}", total=formats.money(total))


class ReserveSheet(StepSheet):
    """A small deposit keeps a unit for a few days."""

    def __init__(self, room: Room, unit: int) -> None:
        super().__init__(room, Step.RESERVE, unit)

    def fill(self, card: UnitCard, offered: DealChoices) -> None:
        """Build the form."""
        form = FormGrid(columns=6)
        add_people(form, self.room, offered)
        add_payment(form, required=True)
        form.add("days", tr("Kept for (days)"), WholeEdit(), span=2, required=True)
        form.put(paid=offered.rules.least_small_deposit, days=offered.rules.small_deposit_days)
        self.put(unit_facts(card, self.room.now().date()))
        self.put_form(form)
        form.keep_draft(self.room.drafts, f"reserve-{self.unit_id}")
        self.main_action(tr("Take the small deposit"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        assert self.card is not None
        paid = payment_of(self.form)
        if not self.form.check() or paid is None:
            return
        asked = ReserveRequest(
            self.unit_id,
            self.card.revision,
            self.form.value("buyers"),
            splits_of(self.form),
            paid,
            self.form.value("days"),
            self.key,
        )
        now = self.room.now()
        self.send(lambda: opening.reserve(self.room.desk, asked, now), self._done)

    def _done(self, opened: Opened) -> None:
        self.room.say(tr("{number} opened, receipt {receipt}", number=opened.number, receipt=opened.receipt_number))
        show_receipt(self.room, opened.receipt_number)


class SubscribeSheet(StepSheet):
    """The subscription: who buys, at which price, by which plan, and the deposit paid now."""

    def __init__(self, room: Room, unit: int) -> None:
        super().__init__(room, Step.SUBSCRIBE, unit, width=WIDE + 160)

    def fill(self, card: UnitCard, offered: DealChoices) -> None:
        """Build the form."""
        self.terms = TermsEdit(self.room, card, offered)
        form = FormGrid(columns=6)
        add_people(form, self.room, offered)
        add_payment(form)
        if card.deal is not None:  # a small deposit was paid: its people and money go along
            put_people_of(form, card.deal, offered)
        self.put(unit_facts(card, self.room.now().date()))
        self.put_form(form)
        self.put(SectionLabel(tr("Price and payment")), self.terms)
        self.terms.form.finished.connect(self.press_main)
        self.terms.borrower = lambda: first_buyer(form.value("buyers"))
        form.changed.connect(self.terms.work_out_soon)
        form.put(paid=self._least_now(card))
        form.keep_draft(self.room.drafts, f"subscribe-{self.unit_id}")
        self.terms.form.keep_draft(self.room.drafts, f"subscribe-terms-{self.unit_id}")
        self.terms.work_out()
        self.main_action(tr("Subscribe"), self._press)
        self.add_action(tr("Ask for approval"), self._ask)

    def _least_now(self, card: UnitCard) -> object:
        agreed = self.terms.form.value("deposit") or ZERO
        received = card.deal.received if card.deal else ZERO
        return max(agreed - received, ZERO) or None

    def _press(self) -> None:
        assert self.form is not None
        assert self.card is not None
        if not (self.form.check() and self.terms.form.check()):
            return
        desk, now = self.room.desk, self.room.now()
        asked = SubscribeRequest(
            self.unit_id,
            self.card.revision,
            self.form.value("buyers"),
            splits_of(self.form),
            self.terms.terms(),
            payment_of(self.form),
            self.key,
        )
        self.send(lambda: opening.subscribe_with_approval(desk, asked, now), self._done)

    def _ask(self) -> None:
        if (wanted := price_wanted(self.unit_id, self.terms)) is not None:
            ask_approval(self.room, self, *wanted)

    def _done(self, opened: Opened) -> None:
        self.terms.form.drop_draft()
        self.room.say(tr("Subscribed under {number}", number=opened.number))
        show_subscription(self.room, opened.deal)
        if opened.receipt_number:
            show_receipt(self.room, opened.receipt_number)


class ChangeUnitSheet(StepSheet):
    """The buyers move to another unit; terms are agreed anew, the money goes along."""

    goal: UnitCard | None = None
    terms: TermsEdit | None = None

    def __init__(self, room: Room, unit: int) -> None:
        super().__init__(room, Step.CHANGE_UNIT, unit, width=WIDE + 160)

    def fill(self, card: UnitCard, offered: DealChoices) -> None:
        """Build the form."""
        form = FormGrid(columns=6)
        form.add("code", tr("New unit"), LineEdit(placeholder="3-1-1201"), span=2, required=True)
        form.add("reason", tr("Reason"), LineEdit(), span=4, required=True)
        form.field("code").editor.editingFinished.connect(self._look)  # type: ignore[attr-defined]
        self.put(unit_facts(card, self.room.now().date()), *staying(card))
        self.put_form(form)
        form.keep_draft(self.room.drafts, f"change-unit-{self.unit_id}")
        self.main_action(tr("Change the unit"), self._press)
        self._look()

    def _look(self) -> None:
        assert self.form is not None
        code, now = self.form.value("code"), self.room.now()
        if not code or (self.goal is not None and self.goal.code == code):
            return
        desk = self.room.desk
        self.room.lane.run(
            lambda: load_card(desk, unit_coded(desk, code), now), self._found, owner=self, refused=self.refuse
        )

    def _found(self, goal: UnitCard) -> None:
        assert self.choices is not None
        self.goal = goal
        if self.terms is not None:
            self.terms.deleteLater()
        self.terms = TermsEdit(self.room, goal, self.choices)
        self.terms.form.finished.connect(self.press_main)
        buyers = self.card.deal.buyers if self.card is not None and self.card.deal is not None else ()
        self.terms.borrower = lambda: buyers[0].customer if buyers else None
        self.terms.form.keep_draft(self.room.drafts, f"change-unit-{self.unit_id}-terms-{goal.id}")
        self.terms.work_out()
        self.put(SectionLabel(tr("Price and payment of {code}", code=goal.code)), self.terms)

    def wanted(self, trouble: Exception) -> tuple[ApprovalRequest, str] | None:
        """A price below one's own limits may be granted for the unit that is wanted."""
        if not isinstance(trouble, DiscountTooDeep | BelowFloorPrice) or self.goal is None or self.terms is None:
            return None
        return price_wanted(self.goal.id, self.terms)

    def _press(self) -> None:
        assert self.form is not None
        assert self.card is not None
        if not self.form.check():
            return
        if self.goal is None or self.terms is None:
            self._look()
            return
        if not self.terms.form.check():
            return
        asked = ChangeUnitRequest(
            self.unit_id,
            self.card.revision,
            self.goal.id,
            self.goal.revision,
            self.terms.terms(),
            self.form.value("reason"),
            self.key,
        )
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: changing.change_unit_with_approval(desk, asked, now), self._done)

    def _done(self, changed: changing.UnitChanged) -> None:
        if self.terms is not None:
            self.terms.form.drop_draft()
        self.room.say(tr("Changed; the new deal is {number}", number=changed.number))
        show_subscription(self.room, changed.deal)
