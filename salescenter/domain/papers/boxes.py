"""What a form has no room for is refused: a figure beyond its boxes, a buyer, instalment or pledge beyond its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from salescenter.domain.money import Money
from salescenter.domain.papers.deal import Terms
from salescenter.domain.papers.fields import PLACES, SEATS
from salescenter.domain.papers.one_by_one import PARTS, PLEDGES, instalments
from salescenter.domain.papers.template_faults import BoxesTooFew, PartsTooFew, PledgesTooFew, SeatsTooFew
from salescenter.domain.templates import Template, Value, places

_UNITS = {place: 10 ** (len(PLACES) - 1 - at) for at, place in enumerate(PLACES)}
"""What one in each box counts, in fen."""


def demand_boxes(template: Template, values: Mapping[str, Value], terms: Terms) -> None:
    """Refuse (BoxesTooFew) where the boxes a template prints have no place for a figure of their amount."""
    asked = places(template, values)
    for money, amount, block in _moneys(terms):
        single = [place for place in PLACES if f"{money}·{place}" in asked]
        for boxes in (single, block if f"@{money}数位" in asked else ()):
            if boxes and not _fit(amount, boxes):
                raise BoxesTooFew(money=money, amount=amount, boxes="".join(place[0] for place in boxes))


def demand_seats(template: Template, values: Mapping[str, Value], terms: Terms) -> None:
    """Refuse (SeatsTooFew) where a template asks buyers one by one and there are more of them."""
    asked = places(template, values)
    seats = [seat for seat in range(1, SEATS + 1) if f"买受人{seat}·姓名" in asked]
    told = "买受人" in asked or "买受人姓名" in asked
    if seats and not told and len(terms.buyers) > max(seats):
        raise SeatsTooFew(seats=max(seats), buyers=len(terms.buyers))


def demand_parts(template: Template, values: Mapping[str, Value], terms: Terms) -> None:
    """Refuse (PartsTooFew) where a template says this deal's instalments one by one and there are more of them."""
    asked = places(template, values)
    seats = [seat for seat in range(1, PARTS + 1) if asked.get(f"付款期{seat}·金额")]
    due = len(instalments(terms))
    if seats and f"付款期{due}·金额" not in asked and not {"付款期", "@付款计划"} & asked.keys():
        raise PartsTooFew(seats=max(seats), parts=due)


def demand_pledges(template: Template, values: Mapping[str, Value], terms: Terms) -> None:
    """Refuse (PledgesTooFew) where a template asks pledges one by one and there are more of them."""
    asked = places(template, values)
    seats = [seat for seat in range(1, PLEDGES + 1) if f"抵押情况{seat}·抵押权人" in asked]
    if seats and len(terms.mortgages) > max(seats) and "抵押情况" not in asked:
        raise PledgesTooFew(seats=max(seats), pledges=len(terms.mortgages))


def _moneys(terms: Terms) -> Iterator[tuple[str, Money, list[str]]]:
    price = terms.price
    for money, amount, row in (("总价", price.total, price.places), ("定金", price.deposit, price.deposit_places)):
        yield money, amount, list(PLACES[-len(row):])
    yield "首付款", terms.payment.down, []
    yield "贷款额", terms.payment.loan, []


def _fit(amount: Money, boxes: list[str] | tuple[str, ...]) -> bool:
    left = amount.fen
    for place in PLACES:
        figure, rest = divmod(left, _UNITS[place])
        if figure > 9 or (figure and place not in boxes):
            return False
        left = rest
    return True
