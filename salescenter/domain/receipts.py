"""What money is called on a receipt, and which of it counts towards the price."""

from __future__ import annotations

from enum import StrEnum


class MoneyKind(StrEnum):
    """Kind of money; mandatory on every receipt, because only 定金 carries the deposit penalty."""

    SINCERITY = "sincerity"              # 诚意金
    SMALL_DEPOSIT = "small-deposit"      # 小订金 (订金), returned on demand
    DEPOSIT = "deposit"                  # 定金
    PRICE = "price"                      # 房款
    LOAN = "loan"                        # 按揭款, paid by the bank
    AREA_DIFFERENCE = "area-difference"  # 面积补差
    LATE_FEE = "late-fee"                # 滞纳金
    COLLECTED = "collected"              # 代收费用: deed tax, maintenance fund
    REFUND = "refund"                    # 退款


class Method(StrEnum):
    """How the money came."""

    CASH = "cash"          # 现金
    CARD = "card"          # 刷卡 (POS)
    TRANSFER = "transfer"  # 转账
    CHEQUE = "cheque"      # 支票
    MOBILE = "mobile"      # 扫码
    BANK_LOAN = "bank-loan"  # 银行放款
    CARRIED = "carried"    # 换房转入、转出: carried over from one unit to another


PRICE_KINDS = frozenset({MoneyKind.SMALL_DEPOSIT, MoneyKind.DEPOSIT, MoneyKind.PRICE, MoneyKind.LOAN})
"""Money that pays the price once a deal is subscribed; a small deposit becomes 定金 then (转定)."""

EARLY_KINDS = frozenset({MoneyKind.SINCERITY, MoneyKind.SMALL_DEPOSIT})
"""Money that came before there was a deposit: the subscription turns it into 定金 (诚意金、小订金转定金)."""
