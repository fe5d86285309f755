"""Binding an annex to a home (随房) in the estate, and what stands against it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from salescenter.data import annexes
from salescenter.data.estate import unit
from salescenter.domain.refusals import NotFound
from salescenter.domain.sale_refusals import HasAnnexes, NotAnAnnex
from salescenter.domain.units import ANNEXES, DEAL_STATES, UnitState, Use
from salescenter.services.deals.annexes import check_home
from salescenter.services.work import Work


def home_coded(work: Work, code: str) -> int | None:
    """Return the home of a code, which an annex is to be bound to; no code is no home."""
    if not (said := code.strip()):
        return None
    mine = (unit.c.project_id == work.project, unit.c.code == said, unit.c.use == Use.HOME)
    found = work.connection.scalar(select(unit.c.id).where(*mine))
    if found is None:
        raise NotFound(what="home", sought=said, field="bound_to")
    return int(found)


def check_binding(work: Work, row: Any, use: Use, home: int | None) -> None:
    """Refuse to bind what is no annex, or what others buy than the home; and to make a home with annexes anything else.

    Unbinding is always open: whoever bought an annex may keep it without the home.
    """
    if home is not None and use not in ANNEXES:
        raise NotAnAnnex(field="bound_to", unit=row.code, use=use)
    if use is not Use.HOME and (bound := annexes.annexes_of(work.connection, row.id)):
        raise HasAnnexes(field="use", unit=row.code, annexes=tuple(one.code for one in bound))
    if home is not None and UnitState(row.state) in DEAL_STATES:
        check_home(work, row.code, home, UnitState(row.state), annexes.buyers_of(work.connection, row.id))
