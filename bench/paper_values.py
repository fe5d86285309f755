"""Papers to measure with: each number another contract or receipt."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from salescenter.domain.amounts_in_words import digit_boxes, in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.deal import Buyer, DueLine, Estate, Home, Payment, Price, Seller, Terms
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper

TEMPLATES = Path(__file__).resolve().parent.parent / "resources" / "templates"
PLACES = "亿仟佰拾万仟佰拾元角分"
DAY = date(2026, 2, 24)
MADE = datetime(2026, 2, 24, 15, 42)  # noqa: DTZ001  papers carry local time


def terms(turn: int) -> Terms:
    """Return a deal with a loan, two buyers."""
    price, deposit = Money.yuan(2_340_482 + turn), Money.yuan(20_000)
    loan = Money.yuan(1_630_000)
    down = price - loan
    schedule = (
        DueLine("定金", deposit, date(2026, 2, 24)), DueLine("首付余款", down - deposit, date(2026, 3, 3)),
        DueLine("商业贷款", loan, None, "银行放款"),
    )  # fmt: skip
    return Terms(
        Seller("云栖置业有限公司", "临江市青禾区云栖路88号", "310000", "91330100MA2XXXXX0X", "浙房开字第1234号"),
        Estate("云栖花园", "云栖花园一期住宅项目", "出让", "临江市青禾区云栖路以北", presale_permit="临房预许字第018"),
        Home(f"3号楼1单元{turn}", "3号楼", "1单元", "12", str(turn), "三室两厅", "南北", "住宅", "剪力墙",
             gross=Decimal("107.62"), inner=Decimal("85.77"), shared=Decimal("21.85")),
        (Buyer(f"欧阳䶮{turn}", id_number="33010119900307663X"), Buyer("𬭚小明", id_number="330101199211216642")),
        Price(price, in_words(price), Money.yuan("21747.65"), deposit=deposit, deposit_words=in_words(deposit)),
        Payment("贷款", schedule, down, in_words(down), date(2026, 3, 3), "30.36", loan, in_words(loan), "商业贷款"),
        handover=date(2027, 6, 30),
    )  # fmt: skip


def contract(turn: int) -> ContractPaper:
    """Return a presale contract of 15 pages."""
    text = (TEMPLATES / "contract_presale.txt").read_text("utf-8")
    return ContractPaper(f"HT2026-{turn:04d}", terms(turn), text, MADE)


def receipt(turn: int) -> ReceiptPaper:
    """Return a receipt of one item."""
    total = Money.yuan(20_000) + Money(turn * 137)
    return ReceiptPaper(
        number=f"SJ2026{turn:06d}", day=date(2026, 2, 24), house="云栖置业有限公司",
        payer=f"欧阳䶮{turn}",
        lines=(ReceiptLine("定金", total, "认购定金"),), total=total, words=in_words(total),
        boxes=digit_boxes(total, PLACES), made=MADE, project="云栖花园", room=f"3号楼1单元{turn % 3000}", area="107.62",
        phone="138****5521", deal=f"RG2026-{turn:04d}", method="转账", remark="银行回单",
        cashier="李娜", check="7K3QX9AB",
    )  # fmt: skip
