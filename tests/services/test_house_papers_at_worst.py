"""Every paper the house gathers keeps to its sheet with the longest lawful names, the largest amounts, the longest lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

import pytest

from salescenter.domain.amounts_in_words import MOST
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.plans import STANDARD
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import UnitState
from salescenter.print.batch import house_pdf
from salescenter.services.papers.house import HOUSE
from tests.houses import Estate
from tests.print import reading
from tests.print.harsh import worst
from tests.services.test_house_papers import ANY_SIGNED, made

MONTHS = 720
"""The instalments of sixty years."""


@pytest.fixture
def signed(small: Estate) -> Estate:
    """A signed contract in instalments, its home measured."""
    small.carried_to(UnitState.SIGNED, plan=STANDARD[PlanKind.INSTALMENTS].kind)
    small.alter("1-101", measured_area=Decimal("97.00"), measured_inner=Decimal("78.00"))
    small.later(days=25)
    return small


def test_no_letter_form_list_or_cover_has_a_letter_astray_at_its_worst(signed: Estate) -> None:
    for kind in ANY_SIGNED:
        for lang in ("zh_CN", "en")[:1 + HOUSE[kind].english]:
            assert reading.astray(house_pdf(eased(worst(made(signed, kind, lang=lang))))) == [], (kind, lang)


def test_a_list_of_sixty_years_goes_on_over_its_pages_with_no_row_cut(signed: Estate) -> None:
    printed = house_pdf(longer(worst(made(signed, PaperKind.PERFORMANCE)), MONTHS))
    assert reading.astray(printed) == []
    assert len(reading.pages(printed)) > 10


def longer(value: Any, rows: int) -> Any:
    """Return a paper whose tables have so many rows."""
    return remade(value, lambda name, one: tuple(islice(cycle(one), rows)) if name == "rows" and one else one)


def eased(value: Any) -> Any:
    """Return a paper that adds its amounts up with amounts whose sum can still be said in words."""
    return remade(value, lambda _, one: Money.yuan("99999999999.99") if one == MOST else one)


def remade(value: Any, change: Callable[[str, Any], Any], name: str = "") -> Any:
    """Return a value with everything in it changed, by its name in whatever holds it."""
    value = change(name, value)
    if isinstance(value, Money):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: remade(getattr(value, one.name), change, one.name) for one in fields(value)})
    if isinstance(value, Mapping):
        return {key: remade(one, change, name) for key, one in value.items()}
    return tuple(remade(one, change) for one in value) if type(value) is tuple else value
