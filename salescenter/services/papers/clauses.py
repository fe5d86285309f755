"""What a project answers once for all its contracts: days, rates, standards, choices (合同条款约定)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from salescenter.data.estate import project
from salescenter.domain.papers.fields import CLAUSES
from salescenter.domain.refusals import NotFound
from salescenter.domain.units import Step
from salescenter.services.work import Desk, Work, deed


@dataclass(frozen=True, slots=True)
class Clause:
    """One blank of the form: its field name in templates, what this project answers, and the trade's default."""

    name: str
    said: str
    default: str


@dataclass(frozen=True, slots=True)
class ClausesRequest:
    """Answers by field name; those not named stay as they were."""

    said: Mapping[str, str]
    key: str = ""


@dataclass(frozen=True, slots=True)
class ClausesKept:
    """So many answers were changed."""

    count: int


def clauses_of(desk: Desk) -> tuple[Clause, ...]:
    """List every clause field in the form's order."""
    with desk.reading() as connection:
        facts = connection.scalar(select(project.c.facts).where(project.c.id == desk.project)) or {}
    own = facts.get("clauses", {})
    return tuple(Clause(name, str(own.get(name, default)), default) for name, default in CLAUSES.items())


@deed(Step.EDIT_TEMPLATES, ClausesKept)
def keep(work: Work, asked: ClausesRequest) -> ClausesKept:
    """Keep the project's answers; contracts printed before stay as they were printed."""
    if unknown := [name for name in asked.said if name not in CLAUSES]:
        raise NotFound(what="clause", sought=unknown[0])
    facts = dict(work.connection.scalar(select(project.c.facts).where(project.c.id == work.project)) or {})
    before = {name: facts.get("clauses", {}).get(name, default) for name, default in CLAUSES.items()}
    changed = {name: text.strip() for name, text in asked.said.items() if text.strip() != before[name]}
    if not changed:
        return ClausesKept(0)
    facts["clauses"] = {name: text for name, text in (before | changed).items() if text != CLAUSES[name]}
    work.connection.execute(project.update().where(project.c.id == work.project).values(facts=facts))
    old = {name: before[name] for name in changed}
    work.note(Step.EDIT_TEMPLATES, "clauses", work.project, before=old, after=changed)
    return ClausesKept(len(changed))
