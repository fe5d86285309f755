"""The rule of annexes in other words: whoever takes a step on one that goes with a home has that home, as far at least."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from salescenter.domain.units import Step
from tests.houses import Estate

STEPS = {Step.RESERVE, Step.SUBSCRIBE, Step.DRAFT, Step.SIGN, Step.CHANGE_UNIT, Step.CHANGE_BUYER}
"""After each of these the deal of the unit has its home's buyers."""

_AHEAD = text("""
    SELECT a.code FROM unit a JOIN unit h ON h.id = a.bound_to JOIN deal d ON d.unit_id = a.id AND d.living
    WHERE a.id = :unit AND (h.deal_id IS NULL OR h.state < CASE WHEN a.state < 4 THEN a.state ELSE 4 END OR EXISTS (
        SELECT 1 FROM deal_buyer b WHERE b.deal_id = d.id AND b.active AND b.customer_id NOT IN (
            SELECT o.customer_id FROM deal_buyer o WHERE o.deal_id = h.deal_id AND o.active)))
""")


def ahead_of_its_home(estate: Estate, step: Step, request: Any) -> bool:
    """Say whether a step just done left a unit with a deal that its home's buyers have not."""
    unit = getattr(request, "new_unit", getattr(request, "unit", None))
    return step in STEPS and bool(estate.all(_AHEAD.bindparams(unit=unit)))
