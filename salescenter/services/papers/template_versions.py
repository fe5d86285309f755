"""Versions of the texts papers are made from: drafted, tried on deals, approved for a day, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from salescenter.data.deals import BOUND, deal
from salescenter.data.estate import permit, unit
from salescenter.data.papers import template
from salescenter.data.record import new_id
from salescenter.data.staff import person
from salescenter.domain.papers.needs import COMPLETED, PRESALE
from salescenter.domain.papers.template_faults import LawUnmet, NotTried, NoVersionHolds, VersionDone
from salescenter.domain.papers.texts import text_faults
from salescenter.domain.papers.versions import SHIPPED, Sample, Told, Version, after_withdrawing, holding
from salescenter.domain.refusals import FieldMalformed, NotFound, ReasonMissing
from salescenter.domain.units import Step
from salescenter.services.papers.trials import law_gaps
from salescenter.services.work import Desk, Work, deed

TEXTS = Path(__file__).resolve().parents[3] / "resources" / "templates"


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """A new version of a template, as a draft."""

    kind: str
    name: str
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class TemplateKept:
    """The version was kept."""

    template: int
    version: int


@dataclass(frozen=True, slots=True)
class TriedRequest:
    """A version was tried on one kind of deal: somebody looked at the paper it makes."""

    template: int
    sample: Sample
    key: str = ""


@dataclass(frozen=True, slots=True)
class ApproveRequest:
    """A version is to be in force from a day on."""

    template: int
    since: date
    key: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """A version is to be used no more, from now on, and why."""

    template: int
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class VersionStands:
    """How a version stands after a step: its number, and the number of the one that holds now."""

    version: int
    holds: int


@deed(Step.EDIT_TEMPLATES, TemplateKept)
def keep_template(work: Work, asked: TemplateRequest) -> TemplateKept:
    """Keep a new version as a draft; a template with faults is refused, naming the first one's place."""
    if faults := text_faults(asked.kind, asked.text):
        raise FieldMalformed(field="template", value=faults[0].what, why=f"{faults[0].line}:{faults[0].column}")
    t = template.c
    newest = select(func.coalesce(func.max(t.version), 0)).where(t.project_id == work.project, t.kind == asked.kind)
    version = 1 + (work.connection.scalar(newest) or 0)
    row = {"kind": asked.kind, "name": asked.name, "version": version, "text": asked.text}
    drafted = {"drafted_by": work.desk.who.id, "drafted_at": work.now}
    written = work.connection.execute(insert(template).values(project_id=work.project, **row, **drafted))
    work.note(Step.EDIT_TEMPLATES, "template", new_id(written), after={"kind": asked.kind, "version": version})
    return TemplateKept(new_id(written), version)


@deed(Step.EDIT_TEMPLATES, VersionStands)
def tried(work: Work, asked: TriedRequest) -> VersionStands:
    """Note that a version was tried on a kind of deal."""
    one, others = _find(work, asked.template)
    _demand_open(one)
    samples = sorted({*one.tried, asked.sample})
    if asked.sample not in one.tried:
        _write(work, one, tried=[sample.value for sample in samples])
        work.note(Step.EDIT_TEMPLATES, "template", one.id, after={"tried": asked.sample.value})
    return _stands(one.version, others, work.today)


@deed(Step.APPROVE_TEMPLATE, VersionStands)
def approve(work: Work, asked: ApproveRequest) -> VersionStands:
    """Approve a version for a day; it must have been tried, and say what the law wants of every kind of deal."""
    one, _ = _find(work, asked.template)
    _demand_open(one)
    if asked.since < work.today:
        raise FieldMalformed(field="since", value=asked.since, why="day-past")
    if untried := one.untried():
        raise NotTried(samples=untried)
    if gaps := law_gaps(work.connection, work.project, one.kind, one.text, work.today):
        raise LawUnmet(needs=gaps)
    _write(work, one, since=asked.since, approved_by=work.desk.who.id, approved_at=work.now)
    after = {"kind": one.kind, "version": one.version, "since": asked.since.isoformat()}
    work.note(Step.APPROVE_TEMPLATE, "template", one.id, after=after)
    return _stands(one.version, versions(work.connection, work.project, one.kind), work.today)


@deed(Step.APPROVE_TEMPLATE, VersionStands)
def withdraw(work: Work, asked: WithdrawRequest) -> VersionStands:
    """Withdraw a version, with the reason; refused where the house would then stand without one."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.APPROVE_TEMPLATE)
    one, others = _find(work, asked.template)
    if one.withdrawn is not None:
        raise VersionDone(version=one.version, by=one.withdrawn.by, at=one.withdrawn.at)
    if after_withdrawing(others, one, work.today) is None:
        raise NoVersionHolds(template=one.kind)
    _write(work, one, withdrawn_by=work.desk.who.id, withdrawn_at=work.now, reason=asked.reason.strip())
    after = {"kind": one.kind, "version": one.version, "withdrawn": asked.reason.strip()}
    work.note(Step.APPROVE_TEMPLATE, "template", one.id, after=after)
    return _stands(one.version, versions(work.connection, work.project, one.kind), work.today)


def templates(desk: Desk, kind: str) -> tuple[Version, ...]:
    """All versions of a template, newest first, the shipped one last."""
    with desk.reading() as connection:
        return versions(connection, desk.project, kind)


def versions(connection: Connection, project: int, kind: str) -> tuple[Version, ...]:
    """All versions of a template, newest first, the shipped one last."""
    t = template.c
    rows = connection.execute(select(template).where(t.project_id == project, t.kind == kind)).all()
    people = connection.execute(select(person.c.id, person.c.name)).all() if rows else ()
    names = {one.id: one.name for one in people}
    kept = sorted((_version(row, names) for row in rows), key=lambda one: -one.version)
    return (*kept, Version(0, kind, kind, SHIPPED, shipped(kind)))


def in_force(connection: Connection, project: int, kind: str, day: date) -> Version:
    """The version in force on a day; refuses with NoVersionHolds."""
    found = holding(versions(connection, project, kind), day)
    if found is None:
        raise NoVersionHolds(template=kind)
    return found


def contract_kind(connection: Connection, unit_id: int) -> str:
    """Whether a unit is sold before it is built or as a completed home, by its permit."""
    kind = select(permit.c.kind).join(unit, unit.c.permit_id == permit.c.id).where(unit.c.id == unit_id)
    return COMPLETED if connection.scalar(kind) == "completed" else PRESALE


def bind_version(work: Work, row: Any, day: date) -> None:
    """Bind a deal that is being drafted to the version in force: its contract says the same whatever comes after."""
    held = in_force(work.connection, work.project, contract_kind(work.connection, row.unit_id), day)
    work.connection.execute(update(deal).where(deal.c.id == row.id).values(terms={**row.terms, BOUND: held.id}))


def bound(connection: Connection, row: Any, kind: str, day: date) -> str:
    """The text a deal's contract is made from: the version it was drafted from, before that the one in force."""
    if row.drafted is None or BOUND not in row.terms:
        return in_force(connection, row.project_id, kind, day).text
    t = template.c
    found = connection.scalar(select(t.text).where(t.id == row.terms[BOUND], t.kind == kind))
    return shipped(kind) if found is None else found


@lru_cache(maxsize=32)
def shipped(kind: str) -> str:
    """The template the program ships."""
    return (TEXTS / f"{kind}.txt").read_text(encoding="utf-8")


def _find(work: Work, template_id: int) -> tuple[Version, tuple[Version, ...]]:
    t = template.c
    kind = work.connection.scalar(select(t.kind).where(t.id == template_id, t.project_id == work.project))
    known = versions(work.connection, work.project, kind) if kind else ()
    one = next((one for one in known if one.id == template_id), None)
    if one is None:
        raise NotFound(what="template", sought=template_id)
    return one, known


def _demand_open(one: Version) -> None:
    done = one.withdrawn or one.approved
    if done is not None:
        raise VersionDone(version=one.version, by=done.by, at=done.at)


def _write(work: Work, one: Version, **columns: Any) -> None:
    work.connection.execute(update(template).where(template.c.id == one.id).values(**columns))


def _stands(version: int, known: tuple[Version, ...], day: date) -> VersionStands:
    held = holding(known, day)
    return VersionStands(version, held.version if held is not None else SHIPPED)


def _version(row: Any, names: dict[int, str]) -> Version:
    return Version(
        row.id, row.kind, row.name, row.version, row.text, row.since,
        frozenset(map(Sample, row.tried)),
        _told(names, row.drafted_by, row.drafted_at), _told(names, row.approved_by, row.approved_at),
        _told(names, row.withdrawn_by, row.withdrawn_at), row.reason,
    )  # fmt: skip


def _told(names: dict[int, str], by: int | None, at: datetime | None) -> Told | None:
    return Told(names.get(by or 0, ""), at) if at is not None else None
