"""How long papers are kept (保管期限): by what they are to the house, in years, from the end of a year on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from salescenter.domain.house_rules import HouseRules
from salescenter.domain.papers.check import PaperKind


class Shelf(StrEnum):
    """What a paper is to the house; the value names the house rule that says for how many years it is kept.

    会计档案管理办法 (2015, 财政部、国家档案局令第79号) art. 14: a term is for good (永久) or of years, and begins on
    the first day after the accounting year; its table keeps vouchers (原始凭证) 30 years. No rule that we know
    names a term for a seller's contracts and slips: they are kept for good until the house decides.
    """

    VOUCHER = "keep_vouchers"  # 原始凭证
    DEAL = "keep_deals"        # 买卖档案
    OFFICE = "keep_office"     # 一般单据
    GOOD = "for-good"          # 永久: no house rule shortens it; art. 14's table keeps lists of destruction for good


_K = PaperKind
SHELF: dict[PaperKind, Shelf] = {
    **dict.fromkeys(PaperKind, Shelf.DEAL),
    **dict.fromkeys((_K.RECEIPT, _K.SETTLEMENT, _K.MEASURING), Shelf.VOUCHER),
    **dict.fromkeys((_K.QUOTATION, _K.REGISTRATION, _K.GRID, _K.LISTING, _K.COSTS, _K.CHECKLIST, _K.LABELS),
                    Shelf.OFFICE),
    _K.DESTRUCTION: Shelf.GOOD,
}  # fmt: skip
"""What each kind is: whatever a deal signed or was told stands on its shelf; what bound nobody is the office's."""


class Held(StrEnum):
    """Why papers are not let go yet, whatever their term says."""

    DEAL = "deal"      # 交易未了结: it lives, and is not handed over
    MONEY = "money"    # 款项未结清: it is owed something, or something is to be given back
    SEIZED = "seized"  # 查封: the unit is in a dispute
    DAY = "day"        # 未日结: the day of the receipt was never closed
    LATER = "later"    # 一号多份: another print or scan of the same number is still within its years
    TERM = "term"      # 年限未满: what was past its years when it was listed is not any more
    LISTED = "listed"  # 已列入其他清册: it stands on a list that is not carried out yet


def years_kept(kind: PaperKind, rules: HouseRules) -> int:
    """Return for how many years papers of a kind are kept; 0 for good."""
    return 0 if SHELF[kind] is Shelf.GOOD else int(getattr(rules, SHELF[kind].value))


def longest(kinds: Iterable[PaperKind], rules: HouseRules) -> int:
    """Return for how many years a file of these kinds is kept, as long as what is kept longest; 0 for good."""
    years = [years_kept(kind, rules) for kind in kinds]
    return max(years, default=0) if all(years) else 0


def kept_until(year: int, years: int) -> date | None:
    """Return the last day on which what closed in a year is kept; none: for good."""
    return date(year + years, 12, 31) if years else None
