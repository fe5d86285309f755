"""A receipt (收款收据) as it will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind, code_text


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One item (款项): its name in the paper's language (定金, 房款, ...), amount, and what it is for."""

    name: str
    amount: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reprint:
    """Says that this is not the first print: which one it is (1 = first reprint), and why."""

    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Voided:
    """Says that the receipt no longer counts: since when, why, and which counter-entry (红冲) says so."""

    on: date
    reason: str
    by_number: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """Everything on a receipt.

    `words` is the total in capitals without 人民币 (domain.amounts_in_words.in_words); `boxes` fill the digit
    boxes named by `places`, one entry a box (digit_boxes with the same places). `area` is printed as given,
    square metres with two places. A refund or counter-entry has a negative total and its own `title`.
    """

    number: str
    day: date
    house: str                     # 收款单位, the developer
    payer: str                     # 交款人, all names
    lines: tuple[ReceiptLine, ...]
    total: Money
    words: str
    boxes: tuple[str, ...]
    made: datetime                 # when it was issued: the date in the file's properties
    places: str = "亿仟佰拾万仟佰拾元角分"
    project: str = ""
    room: str = ""                 # 房号
    area: str = ""                 # 建筑面积, "128.56"
    phone: str = ""
    deal: str = ""                 # 认购书或合同编号
    method: str = ""               # 付款方式, in the paper's language
    slip: str = ""                 # 票据号码: bank slip, POS number or cheque
    remark: str = ""
    cashier: str = ""              # 收款员
    handler: str = ""              # 经手人
    copy: str = ""                 # 联次, such as 第二联 客户
    title: str = ""                # instead of 收款收据, such as 退款单
    check: str = ""                # domain.papers.check.check_value
    reprint: Reprint | None = None
    voided: Voided | None = None
    lang: str = "zh_CN"

    def code(self) -> str:
        """What its QR code says."""
        return code_text(PaperKind.RECEIPT, self.number, self.total.fen, self.check)
