"""The slip of a visit that waits for the server: provisional, with everything the form says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from salescenter.domain.masks import mask_phone
from salescenter.domain.papers.registration import Answer, RegistrationPaper
from salescenter.i18n import spoken, tr
from salescenter.reception_words import sheet_words
from salescenter.services.customer_records import cleaned
from salescenter.services.papers.registration import answers_of
from salescenter.services.waiting.visits import WaitingVisit


@dataclass(frozen=True, slots=True)
class _Row:
    """What a registered visit's row would say of it."""

    name: str
    sex: str
    channel: str
    party: int
    level: str
    answers: dict[str, Any]
    note: str
    kind: str
    at: datetime


def provisional_paper(visit: WaitingVisit, now: datetime, lang: str | None = None) -> RegistrationPaper:
    """Make the slip without the server: it has no number yet, and says so."""
    said, asked = lang or spoken(), visit.asked
    facts, day = asked.facts, visit.at.date()
    row = _Row(
        facts.name, facts.sex, asked.channel, max(asked.party, 1 + len(asked.companions)), facts.level,
        dict(asked.answers), asked.note, asked.kind.value, visit.at,
    )
    phones = [mask_phone(phone.digits) for phone in cleaned(facts.phones)]
    note = Answer(
        tr("Provisional", lang=said),
        tr("Taken at {at} while the server was away; the number follows when it is back.", lang=said,
           at=f"{visit.at:%H:%M}"),
        wide=True,
    )
    return RegistrationPaper(
        tr("{sheet} (provisional)", lang=said, sheet=sheet_words(asked.kind, said)), tr("provisional", lang=said),
        day, now, "", visit.project, (*answers_of(row, phones, said), note), visit.consultant_name,
        visit.taker_name if visit.taker else "",  # whoever sat there signs it by hand
        asked.consent, day if asked.consent else None, said,
    )
