"""How figures are written on the screen: money, areas, days and moments, the same everywhere."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from salescenter.domain.money import Money
from salescenter.i18n import mark, spoken, tr, trn

NOTHING = "—"
"""What stands where there is no figure."""

_WAN, _YI = Decimal(10_000), Decimal(100_000_000)
_WEEKDAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))


def money(amount: Money | None) -> str:
    """Write an amount in full: `2,340,482.47`; a negative one with a true minus."""
    return NOTHING if amount is None else str(amount).replace("-", "−")


def money_short(amount: Money | None) -> str:
    """Write an amount for a summary: `234.0万`, `4.62亿`; English counts `2.34 m` and `462 m`."""
    if amount is None:
        return NOTHING
    yuan = Decimal(amount.fen) / 100
    written = _in_wan(yuan) if spoken() == "zh_CN" else _in_millions(yuan)
    return written.replace("-", "−")


def area(square_metres: Decimal | None, *, unit: bool = False) -> str:
    """Write an area with two decimals: `107.62`, with `unit` `107.62㎡`."""
    if square_metres is None:
        return NOTHING
    return f"{square_metres:,.2f}" + ("㎡" if unit else "")


def count(number: int | None) -> str:
    """Write a whole number with its thousands apart."""
    return NOTHING if number is None else f"{number:,}".replace("-", "−")


def percent(share: Decimal | None, places: int = 1) -> str:
    """Write a share (0.632) as `63.2%`."""
    if share is None:
        return NOTHING
    step = Decimal(1).scaleb(-places)
    return f"{(share * 100).quantize(step, ROUND_HALF_UP)}%".replace("-", "−")


def day(when: date | None, today: date) -> str:
    """Write a day as `02-24`, with the year when it is not this year."""
    if when is None:
        return NOTHING
    return when.strftime("%m-%d") if when.year == today.year else when.isoformat()


def day_full(when: date | None, today: date) -> str:
    """Write a day with its weekday: `02-24 周二`."""
    return NOTHING if when is None else f"{day(when, today)} {tr(_WEEKDAYS[when.weekday()])}"


def moment(when: datetime | None, now: datetime) -> str:
    """Write a moment as `02-24 15:42`, today's only as `15:42`; both in the zone of `now`."""
    if when is None:
        return NOTHING
    here = when.astimezone(now.tzinfo)
    clock = here.strftime("%H:%M")
    return clock if here.date() == now.date() else f"{day(here.date(), now.date())} {clock}"


def days_left(until: date, today: date) -> str:
    """Write how far a day is: `2 days left`, `today`, `3 days over`."""
    left = (until - today).days
    if left == 0:
        return tr("today")
    if left > 0:
        return trn("{count} day left", "{count} days left", count=left)
    return trn("{count} day over", "{count} days over", count=-left)


def _in_wan(yuan: Decimal) -> str:
    if abs(yuan) >= _YI:
        return f"{_short(yuan / _YI, 2)}亿"
    if abs(yuan) >= _WAN:
        return f"{_short(yuan / _WAN, 1)}万"
    return _short(yuan, 0)


def _in_millions(yuan: Decimal) -> str:
    if abs(yuan) >= 1_000_000:
        return f"{_short(yuan / 1_000_000, 2)} m"
    return _short(yuan, 0)


def _short(figure: Decimal, places: int) -> str:
    return f"{figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"
