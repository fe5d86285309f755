"""The cashier's sheets on what was written: reprint, void, give back, close the day and open it again."""

from __future__ import annotations

from datetime import date

from salescenter.domain.receipts import Method
from salescenter.domain.refusals import NeedsApproval
from salescenter.domain.units import Step
from salescenter.i18n import tr, trn
from salescenter.money_words import kind_words, method_words
from salescenter.services.approvals import ApprovalRequest
from salescenter.services.papers.voiding import about_to_be_void
from salescenter.services.payments.closing import DayClosedAndSealed, close_and_seal
from salescenter.services.payments.lists import BackRow, CloseDayRequest, ReceiptRow, ReopenDayRequest, reopen_day
from salescenter.services.payments.receipts import RefundRequest, VoidRequest, refund, void
from salescenter.ui.kit import formats
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.deal_papers import show_receipt
from salescenter.ui.kit.editors import LineEdit, MoneyEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.one_deed import OneDeed
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.void_list import name_voids
from salescenter.ui.kit.words import step_words

BACK = (Method.TRANSFER, Method.CASH, Method.CARD, Method.CHEQUE)


def _reason() -> FormGrid:
    form = FormGrid(columns=1)
    form.add("reason", tr("Reason"), LineEdit(), required=True)
    return form


class ReprintSheet(Sheet):
    """Print a receipt again; the print says that it is a reprint, which one, and why."""

    def __init__(self, room: Room, line: ReceiptRow) -> None:
        super().__init__(tr("Reprint receipt {number}", number=line.number), width=440)
        form = _reason()
        self.put_form(form)
        form.keep_draft(room.drafts, f"reprint-{line.number}")
        self.room, self.line = room, line
        self.main_action(tr("Show the reprint"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if self.form.check():
            show_receipt(self.room, self.line.number, self.form.value("reason"))
            self.finish()


class VoidSheet(OneDeed):
    """Void a receipt by a counter-entry."""

    def __init__(self, room: Room, line: ReceiptRow) -> None:
        super().__init__(room, Step.VOID_RECEIPT, width=480, subtitle=line.number)
        self.line = line
        said = tr(
            "{kind} {amount} from {payer}. A counter-entry takes a new number; this one is never used again.",
            kind=kind_words(line.kind),
            amount=formats.money(line.amount),
            payer=line.payer,
        )
        self.put(Label(said, wrap=True))
        form = _reason()
        self.put_form(form)
        form.keep_draft(room.drafts, f"void-{line.number}")
        self.add_action(tr("Not now"), self.reject)
        self.danger_action(tr("Void the receipt"), self._press)
        desk, now = room.desk, room.now()
        self.load(
            lambda: about_to_be_void(desk, line.deal or 0, Step.VOID_RECEIPT, now, counters=line.number),
            lambda void: name_voids(self, void),
        )

    def wanted(self, trouble: Exception) -> tuple[ApprovalRequest, str] | None:
        """A receipt of a closed day may be voided with a manager's leave."""
        if not isinstance(trouble, NeedsApproval):
            return None
        line = self.line
        asked = ApprovalRequest(line.unit, Step.VOID_RECEIPT, {"receipt": line.number, "amount": line.amount.fen})
        return asked, f"{line.code} · {step_words(Step.VOID_RECEIPT)} {line.number} · {formats.money(line.amount)}"

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        asked = VoidRequest(self.line.id, self.form.value("reason"), self.key)
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: void(desk, asked, now), lambda done: show_receipt(self.room, done.number))


class RefundSheet(OneDeed):
    """Give money of a closed deal back."""

    def __init__(self, room: Room, deal: BackRow) -> None:
        super().__init__(room, Step.REFUND, subtitle=f"{deal.code} {deal.buyer}")
        self.deal = deal
        form = FormGrid(columns=2)
        form.add("amount", tr("Amount"), MoneyEdit(), required=True)
        form.add("payee", tr("Payee"), LineEdit(), required=True)
        form.add("method", tr("Method"), ChipGroup([(m.value, method_words(m)) for m in BACK]), span=2, required=True)
        form.add("reason", tr("Reason"), LineEdit(), span=2, required=True)
        form.put(amount=deal.back, payee=deal.buyer, method=Method.TRANSFER.value)
        self.put_form(form)
        form.keep_draft(room.drafts, f"refund-{deal.id}-{deal.received.fen}")
        self.main_action(tr("Give back and print"), self._press)

    def wanted(self, trouble: Exception) -> tuple[ApprovalRequest, str] | None:
        """More than the house lets a cashier give back alone may be given back with a manager's leave."""
        if not isinstance(trouble, NeedsApproval):
            return None
        assert self.form is not None
        deal, amount = self.deal, self.form.value("amount")
        asked = ApprovalRequest(deal.unit, Step.REFUND, {"refund": amount.fen, "deal": deal.number})
        return asked, f"{deal.code} · {deal.number} · {step_words(Step.REFUND)} {formats.money(amount)}"

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        said = self.form.values()
        asked = RefundRequest(
            self.deal.id, said["amount"], Method(said["method"]), said["payee"], said["reason"], self.key
        )
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: refund(desk, asked, now), lambda done: show_receipt(self.room, done.number))


class CloseDaySheet(OneDeed):
    """Close a day's cash."""

    def __init__(self, room: Room, day: date) -> None:
        super().__init__(room, Step.CLOSE_DAY, width=440, subtitle=f"{day}")
        self.day = day
        self.put(Label(tr("After the close no money can be received on this day."), wrap=True))
        self.main_action(tr("Close the day"), self._press)

    def _press(self) -> None:
        asked, desk, now = CloseDayRequest(self.day, self.key), self.room.desk, self.room.now()
        self.send(lambda: close_and_seal(desk, asked, now), self._closed)

    def _closed(self, done: DayClosedAndSealed) -> None:
        said = trn("Closed: {count} receipt, {total}", "Closed: {count} receipts, {total}", count=done.day.count,
                   total=formats.money(done.day.total))  # fmt: skip
        sealed = tr("Seal of the history, for the day's paper: {code}", code=done.code)
        self.room.say(f"{said} · {sealed}" if done.code else said)


class ReopenDaySheet(OneDeed):
    """Open a closed day again (反日结), with the reason; a manager's."""

    def __init__(self, room: Room, day: date) -> None:
        super().__init__(room, Step.CLOSE_DAY, width=440, title=tr("Open the day again"), subtitle=f"{day}")
        self.day, self.fields = day, _reason()
        self.put(Label(tr("Opens the day again, so that what was forgotten can be entered."), wrap=True))
        self.put_form(self.fields)
        self.fields.keep_draft(room.drafts, f"reopen-{day}")
        self.main_action(tr("Open the day again"), self._press)

    def wanted(self, trouble: Exception) -> tuple[ApprovalRequest, str] | None:
        """A cashier opens the day again with a manager's leave."""
        if not isinstance(trouble, NeedsApproval):
            return None
        asked = ApprovalRequest(None, Step.CLOSE_DAY, {"day": self.day.isoformat()})
        return asked, f"{tr('Open the day again')} · {self.day}"

    def _press(self) -> None:
        if not self.fields.check():
            return
        asked = ReopenDayRequest(self.day, self.fields.value("reason"), self.key)
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: reopen_day(desk, asked, now), lambda _: self.room.say(tr("The day is open again.")))
