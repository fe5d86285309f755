"""Carries a template through its life in tests: kept, tried on every kind of deal, approved for a day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Engine

from salescenter.data.estate import project
from salescenter.domain.papers.versions import tried_on
from salescenter.services.papers.template_versions import (
    ApproveRequest,
    TemplateKept,
    TemplateRequest,
    TriedRequest,
    approve,
    keep_template,
    tried,
)
from salescenter.services.sample.estate import FACTS
from salescenter.services.work import Desk


def answer_project(engine: Engine) -> None:
    """Let the project answer what the law wants to know of it."""
    with engine.begin() as connection:
        connection.execute(project.update().values(facts=FACTS, developer="云栖置业有限公司"))


def try_all(desk: Desk, kind: str, template: int, now: datetime) -> None:
    for sample in tried_on(kind):
        tried(desk, TriedRequest(template, sample), now)


def approved(desk: Desk, kind: str, text: str, since: date, now: datetime) -> TemplateKept:
    """Keep a text and have it in force from a day."""
    made = keep_template(desk, TemplateRequest(kind, "修订", text), now)
    try_all(desk, kind, made.template, now)
    approve(desk, ApproveRequest(made.template, since), now)
    return made
