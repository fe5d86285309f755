"""The trade's words for kinds of money, methods, plans and schedule lines; papers and screens say them alike."""

from __future__ import annotations

from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.schedules import PlanKind
from salescenter.i18n import mark, tr

_KINDS = {
    MoneyKind.SINCERITY: mark("Sincerity money"),
    MoneyKind.SMALL_DEPOSIT: mark("Small deposit"),
    MoneyKind.DEPOSIT: mark("Deposit"),
    MoneyKind.PRICE: mark("House price"),
    MoneyKind.LOAN: mark("Bank loan"),
    MoneyKind.AREA_DIFFERENCE: mark("Area difference"),
    MoneyKind.LATE_FEE: mark("Late fee"),
    MoneyKind.COLLECTED: mark("Collected fees"),
    MoneyKind.REFUND: mark("Refund"),
}

_METHODS = {
    Method.CASH: mark("Cash"),
    Method.CARD: mark("Card"),
    Method.TRANSFER: mark("Transfer"),
    Method.CHEQUE: mark("Cheque"),
    Method.MOBILE: mark("Mobile payment"),
    Method.BANK_LOAN: mark("Bank release"),
    Method.CARRIED: mark("Carried over"),
}

_PLANS = {
    PlanKind.ONE_OFF: mark("One-off payment"),
    PlanKind.INSTALMENTS: mark("Instalments"),
    PlanKind.MORTGAGE: mark("Mortgage"),
    PlanKind.PROVIDENT: mark("Provident fund loan"),
    PlanKind.COMBINED: mark("Combined loan"),
}

_ITEMS = {
    "deposit": mark("Deposit"),
    "price": mark("House price"),
    "down-payment": mark("Down payment"),
    "instalment-1": mark("First instalment"),
    "instalment-2": mark("Second instalment"),
    "instalment-3": mark("Last instalment"),
    "loan-commercial": mark("Commercial loan"),
    "loan-provident": mark("Provident fund loan"),
}


def kind_words(kind: MoneyKind, lang: str | None = None) -> str:
    """Name a kind of money: 定金, 房款, ..."""
    return tr(_KINDS[kind], lang=lang)


def method_words(method: Method, lang: str | None = None) -> str:
    """Name a way of paying: 现金, 转账, ..."""
    return tr(_METHODS[method], lang=lang)


def plan_words(kind: PlanKind | str, lang: str | None = None) -> str:
    """Name a payment plan: 一次性付款, 按揭贷款, ...; empty where none was chosen yet."""
    return tr(_PLANS[PlanKind(kind)], lang=lang) if kind else ""


def item_words(item: str, lang: str | None = None) -> str:
    """Name a line of a schedule; a name the house typed itself is said as it stands."""
    return tr(_ITEMS[item], lang=lang) if item in _ITEMS else item
