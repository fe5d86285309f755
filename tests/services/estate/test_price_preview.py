"""What a price change would do is shown by the same rule the deed uses, and can be taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salescenter.domain.money import Money
from salescenter.domain.units import UnitState
from salescenter.services import release
from salescenter.services.price_preview import ChangeKind, PriceChange, Proposal, proposals
from salescenter.services.release import PriceRequest
from tests.houses import Estate, yuan


def ask(small: Estate, kind: ChangeKind, value: str, *codes: str) -> list[Proposal]:
    ids = [small.seen(code)[0] for code in codes]
    return list(proposals(small.desk("plan"), ids, PriceChange(kind, Decimal(value))))


@pytest.mark.parametrize(
    ("kind", "value", "rate", "total"),
    [
        (ChangeKind.SHARE, "0.03", 10_300, 1_030_000),
        (ChangeKind.SHARE, "-0.015", 9_850, 985_000),
        (ChangeKind.PER_METRE, "-120", 9_880, 988_000),
        (ChangeKind.TO, "10123", 10_123, 1_012_300),
    ],
)
def test_each_kind_of_change(small: Estate, kind: ChangeKind, value: str, rate: int, total: int) -> None:
    (one,) = ask(small, kind, value, "1-101")
    assert (one.rate_after, one.after) == (yuan(rate), yuan(total))
    assert one.difference == yuan(total) - yuan(1_000_000)


def test_unit_prices_are_rounded_to_the_yuan_and_totals_follow_from_them(small: Estate) -> None:
    small.alter("1-101", unit_price=yuan("10033.33"), area=Decimal("99.99"))
    (one,) = ask(small, ChangeKind.SHARE, "0.01", "1-101")
    assert one.rate_after == yuan(10_134)  # 10,133.66
    assert one.after == yuan("1013298.66")  # 99.99 x 10,134


def test_a_shop_is_priced_on_its_inner_area(small: Estate) -> None:
    (one,) = ask(small, ChangeKind.SHARE, "0.1", "1-S1")
    assert (one.rate_after, one.after) == (yuan(13_750), yuan(1_100_000))


def test_a_lump_sum_changes_as_a_whole(small: Estate) -> None:
    (by_share,) = ask(small, ChangeKind.SHARE, "0.1", "P-001")
    (by_metre,) = ask(small, ChangeKind.PER_METRE, "100", "P-001")
    assert (by_share.after, by_share.rate_after) == (yuan(132_000), Money())
    assert by_metre.after == yuan(121_325)
    assert by_share.asked().total == yuan(132_000)


def test_a_price_above_the_filed_one_is_marked(small: Estate) -> None:
    (fine,) = ask(small, ChangeKind.SHARE, "0.05", "1-101")
    (high,) = ask(small, ChangeKind.SHARE, "0.0501", "1-101")
    assert not fine.too_high
    assert high.too_high


def test_a_unit_with_a_deal_is_marked_as_bound(small: Estate) -> None:
    small.carried_to(UnitState.SUBSCRIBED)
    bound, free = ask(small, ChangeKind.SHARE, "0.01", "1-101", "1-102")
    assert (bound.bound, free.bound) == (True, False)


def test_the_deed_writes_exactly_what_was_shown_and_takes_it_back(small: Estate) -> None:
    shown = ask(small, ChangeKind.SHARE, "-0.03", "1-101", "1-S1", "P-001")
    desk = small.desk("plan")
    done = release.set_prices(desk, PriceRequest(tuple(one.asked() for one in shown), "调价", "k"), small.later(seconds=1))
    assert [small.unit(one.code).list_total for one in shown] == [one.after for one in shown]
    back = tuple(one.taken_back(done.revision) for one in shown)
    release.set_prices(desk, PriceRequest(back, "撤回", "k-back"), small.later(seconds=1))
    assert [small.unit(one.code).list_total for one in shown] == [one.before for one in shown]
    assert small.broken() == []
