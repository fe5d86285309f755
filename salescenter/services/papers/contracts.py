"""Gathering a contract, and the editable templates it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from salescenter.data.deals import deal
from salescenter.data.estate import permit as _permit
from salescenter.data.papers import template
from salescenter.data.record import new_id
from salescenter.domain.papers.check import PaperKind, check_value
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.domain.papers.texts import text_faults
from salescenter.domain.refusals import FieldMalformed, NotFound
from salescenter.domain.units import Step, UnitState
from salescenter.services.papers import archive
from salescenter.services.papers.buyers import tell_buyers
from salescenter.services.papers.terms import Gathered, gather
from salescenter.services.work import Desk, Work, deed

SHIPPED = Path(__file__).resolve().parents[3] / "resources" / "templates"
PRESALE, COMPLETED, SUBSCRIPTION = "contract_presale", "contract_completed", "subscription"


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One version of a template; version 0 is the one the program ships."""

    id: int
    kind: str
    name: str
    version: int
    text: str
    since: date | None


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """A new version of a template, in force from a day, or a draft without one."""

    kind: str
    name: str
    text: str
    since: date | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class TemplateKept:
    """The version was kept."""

    template: int
    version: int


@deed(Step.EDIT_TEMPLATES, TemplateKept)
def keep_template(work: Work, asked: TemplateRequest) -> TemplateKept:
    """Keep a new version; a template with faults is refused, naming the first one's place."""
    if faults := text_faults(asked.kind, asked.text):
        raise FieldMalformed(field="template", value=faults[0].what, why=f"{faults[0].line}:{faults[0].column}")
    t = template.c
    version = 1 + (
        work.connection.scalar(
            select(func.coalesce(func.max(t.version), 0)).where(t.project_id == work.project, t.kind == asked.kind)
        )
        or 0
    )
    written = work.connection.execute(
        insert(template).values(
            project_id=work.project,
            kind=asked.kind,
            name=asked.name,
            version=version,
            text=asked.text,
            since=asked.since,
        )
    )
    work.note(Step.EDIT_TEMPLATES, "template", new_id(written), after={"kind": asked.kind, "version": version})
    return TemplateKept(new_id(written), version)


def templates(desk: Desk, kind: str) -> tuple[TemplateRow, ...]:
    """All versions of a template, newest first, the shipped one last."""
    t = template.c
    with desk.reading() as connection:
        rows = connection.execute(
            select(t.id, t.kind, t.name, t.version, t.text, t.since)
            .where(t.project_id == desk.project, t.kind == kind)
            .order_by(t.version.desc())
        ).all()
    kept = tuple(TemplateRow(r.id, r.kind, r.name, r.version, r.text, r.since) for r in rows)
    return (*kept, TemplateRow(0, kind, kind, 0, shipped(kind), None))


def in_force(connection: Connection, project: int, kind: str, day: date) -> str:
    """The text in force on a day: the newest version whose day has come, else the shipped one."""
    t = template.c
    found = connection.scalar(
        select(t.text)
        .where(t.project_id == project, t.kind == kind, t.since.is_not(None), t.since <= day)
        .order_by(t.since.desc(), t.version.desc())
        .limit(1)
    )
    return found if found is not None else shipped(kind)


def shipped(kind: str) -> str:
    """The template the program ships."""
    return (SHIPPED / f"{kind}.txt").read_text(encoding="utf-8")


def contract_paper(desk: Desk, deal_id: int, now: datetime) -> ContractPaper:
    """Gather a deal's contract; a drafted one is marked as a draft on every page."""
    key = archive.secret(desk, now)
    tell_buyers(desk, deal_id, now)
    with desk.reading() as connection:
        found = gather(connection, deal_id)
        day = found.deal.drafted or now.date()
        kind = COMPLETED if _is_completed(connection, found) else PRESALE
        text = in_force(connection, desk.project, kind, day)
    number = found.deal.contract_number or found.deal.number
    check = check_value(PaperKind.CONTRACT, number, found.deal.total.fen, key)
    edition = "（现售）" if kind == COMPLETED else "（预售）"
    draft = found.deal.state < UnitState.SIGNED
    return ContractPaper(number, found.terms, text, _made(found, now), edition=edition, check=check, draft=draft)


def subscription_paper(desk: Desk, deal_id: int, now: datetime) -> SubscriptionPaper:
    """Gather a deal's subscription agreement (认购书)."""
    key = archive.secret(desk, now)
    tell_buyers(desk, deal_id, now)
    with desk.reading() as connection:
        found = gather(connection, deal_id)
        if found.deal.subscribed is None:
            raise NotFound(what="subscription", sought=found.deal.number)
        text = in_force(connection, desk.project, SUBSCRIPTION, found.deal.subscribed)
    check = check_value(PaperKind.SUBSCRIPTION, found.deal.number, found.deal.total.fen, key)
    return SubscriptionPaper(found.deal.number, found.terms, text, midnight(found.deal.subscribed, now), check=check)


def deal_numbered(desk: Desk, number: str) -> int:
    """Find a deal by its own or its contract's number."""
    with desk.reading() as connection:
        found = connection.scalar(
            select(deal.c.id).where(
                deal.c.project_id == desk.project, (deal.c.number == number) | (deal.c.contract_number == number)
            )
        )
    if found is None:
        raise NotFound(what="deal", sought=number)
    return int(found)


def _is_completed(connection: Connection, found: Gathered) -> bool:
    from_permit = select(_permit.c.kind).where(_permit.c.id == found.unit.permit_id)
    return connection.scalar(from_permit) == "completed"


def _made(found: Gathered, now: datetime) -> datetime:
    return midnight(found.deal.signed or found.deal.drafted or found.deal.subscribed, now)


def midnight(day: date, now: datetime) -> datetime:
    """The moment in the properties of a file: midnight of its day, so that the same paper has the same bytes."""
    return datetime.combine(day, time(), now.tzinfo)
