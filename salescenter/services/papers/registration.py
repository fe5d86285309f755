"""Gathering a visit or call into the value its registration slip is printed from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from salescenter.data.customer_phones import lines_of
from salescenter.data.customers import customer
from salescenter.data.estate import project
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.data.visits import visit
from salescenter.domain.papers.registration import Answer, RegistrationPaper
from salescenter.domain.refusals import NotFound
from salescenter.i18n import spoken
from salescenter.reception_words import contact_words, field_words, sex_words, sheet_words
from salescenter.services.work import Desk

_ANSWERS = (
    "age", "district", "job", "family", "workplace", "purpose", "introducer", "product", "area", "floor", "budget",
    "payment", "concern", "resistance", "asked",
)
_WIDE = frozenset({"concern", "resistance", "asked"})


def registration_paper(desk: Desk, visit_id: int, now: datetime, lang: str | None = None) -> RegistrationPaper:
    """Gather a registration slip; it is the customer's own paper, so the name stands in full, the phone is masked."""
    said = lang or spoken()
    registrar = person.alias("registrar")
    with desk.reading() as connection:
        row = connection.execute(
            select(
                visit, customer.c.name, customer.c.sex, customer.c.consent_at, customer.c.consent_text,
                person.c.name.label("consultant"), registrar.c.name.label("registrar"),
                project.c.name.label("project"), project.c.developer,
            )
            .join(customer, customer.c.id == visit.c.customer_id)
            .join(project, project.c.id == visit.c.project_id)
            .join(registrar, registrar.c.id == visit.c.registered_by)
            .outerjoin(person, person.c.id == visit.c.consultant_id)
            .where(visit.c.id == visit_id, visit.c.project_id == desk.project)
        ).first()
        if row is None:
            raise NotFound(what="visit", sought=visit_id)
        phones = [line.shown for line in lines_of(connection, row.customer_id)]
    return RegistrationPaper(
        sheet_words(row.kind, said), number_of(row.kind, row.day, visit_id), row.day, now, row.developer, row.project,
        answers_of(row, phones, said), row.consultant or "", row.registrar, row.consent_text, _day(row.consent_at),
        said,
    )


def number_of(kind: str, day: date, visit_id: int) -> str:
    """Return the number a slip carries: V20260224-118."""
    letter = {"visit": "V", "call-in": "C", "call-out": "D"}[kind]
    return f"{letter}{day:%Y%m%d}-{visit_id}"


def answers_of(row: Any, phones: list[str], lang: str) -> tuple[Answer, ...]:
    """Write the fields of a form from a visit's row with its customer's name, sex and masked phones."""
    said: list[tuple[str, str]] = [
        ("name", row.name), ("sex", sex_words(row.sex, lang)), ("phone", " ".join(phones)),
        ("channel", row.channel), ("party", str(row.party)), ("level", row.level),
    ]
    said += [(field, "、".join(row.answers.get(field, ()))) for field in _ANSWERS]
    answers = [Answer(field_words(field, lang), value, wide=field in _WIDE) for field, value in said if value]
    when = f"{contact_words(row.kind, lang)} {row.at.astimezone(CHINA):%H:%M}"
    note = [Answer(field_words("note", lang), row.note, wide=True)] if row.note else []
    return (Answer(field_words("contact", lang), when), *answers, *note)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(CHINA).date() if moment else None
