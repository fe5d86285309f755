"""How long papers are kept (保管期限): by what they are to the house, in years, from the end of a year on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from salescenter.domain.errors import Refusal
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.refusals import OutOfBounds

MOST_YEARS = 200


class Shelf(StrEnum):
    """What a paper is to the house; the value names the house rule that says for how many years it is kept.

    会计档案管理办法 (2015, 财政部、国家档案局令第79号) art. 14: a term is for good (永久) or of years, and begins on
    the first day after the accounting year; its table keeps vouchers (原始凭证) 30 years. No rule that we know
    names the most years of a seller's contracts and slips: they are kept for good until the house decides.

    反洗钱法 (2024 revision, in force from 2025-01-01): art. 34, identity papers of customers and records of their deals
    are kept 10 years at least after the relation ended; art. 64 names developers who sell homes, art. 42 lets the same
    hold for them. 房地产从业机构反洗钱工作管理办法 (建房规〔2025〕2号, in force from 2025-09-01) says so of them by
    itself: no less than ten years.
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


class Law(StrEnum):
    """Who says for how many years papers of a shelf are kept at least."""

    ACCOUNTS = "accounts-law"      # 会计档案管理办法 (2015) art. 14 and its table: 原始凭证 30 years, 销毁清册 永久
    LAUNDERING = "laundering-law"  # 反洗钱法 (2024) art. 34, 42, 64; 房地产从业机构反洗钱工作管理办法 (2025): 10 years
    PRIVACY = "privacy-law"        # 个人信息保护法 art. 19: no least; people's data no longer than they are needed


LEAST: dict[Shelf, tuple[int, Law]] = {
    Shelf.VOUCHER: (30, Law.ACCOUNTS), Shelf.DEAL: (10, Law.LAUNDERING), Shelf.OFFICE: (0, Law.PRIVACY),
    Shelf.GOOD: (MOST_YEARS + 1, Law.ACCOUNTS),
}  # fmt: skip
"""The least years of a shelf and where that stands; for good (0) is always enough."""


class KeptTooShort(Refusal):
    """The law asks for more years than the house wants to keep papers (years, least, law)."""

    code = "kept-too-short"


def demand_lawful(shelf: Shelf, years: int) -> None:
    """Refuse years that are none, or fewer than the law asks for; 0 is for good."""
    least, law = LEAST[shelf]
    if not 0 <= years <= MOST_YEARS:
        raise OutOfBounds(field="years", value=years, least=least, most=MOST_YEARS)
    if 0 < years < least:
        raise KeptTooShort(years=years, least=least, law=law.value)


class Held(StrEnum):
    """Why papers are not let go yet, whatever their term says."""

    DEAL = "deal"      # 交易未了结: it lives, and is not handed over
    MONEY = "money"    # 款项未结清: it is owed something, or something is to be given back
    SEIZED = "seized"  # 查封: the unit is in a dispute
    DAY = "day"        # 未日结: the day of the receipt was never closed
    LATER = "later"    # 一号多份: another print or scan of the same number is still within its years
    TERM = "term"      # 年限未满: what was past its years when it was listed is not any more
    MARKED = "marked"  # 暂缓销毁: somebody said why it is to be kept beyond its years
    LISTED = "listed"  # 已列入其他清册: it stands on a list that is not carried out yet


def years_kept(kind: PaperKind, rules: HouseRules) -> int:
    """Return for how many years papers of a kind are kept, as the house said of it or of its shelf; 0 for good."""
    if SHELF[kind] is Shelf.GOOD:
        return 0
    own = rules.keep_kinds.get(kind.value)
    return int(getattr(rules, SHELF[kind].value)) if own is None else own


def longest(kinds: Iterable[PaperKind], rules: HouseRules) -> int:
    """Return for how many years a file of these kinds is kept, as long as what is kept longest; 0 for good."""
    years = [years_kept(kind, rules) for kind in kinds]
    return max(years, default=0) if all(years) else 0


def kept_until(year: int, years: int) -> date | None:
    """Return the last day on which what closed in a year is kept; none: for good."""
    return date(year + years, 12, 31) if years else None
