"""A template on a server: who drafts it cannot approve it, its text never changes, and no approved one slips in."""

from __future__ import annotations

import os

import pytest

from salescenter.domain.papers.needs import PRESALE
from salescenter.domain.refusals import NotYours
from salescenter.domain.units import Step
from salescenter.services.papers import template_versions as versions
from salescenter.services.papers.template_versions import ApproveRequest, TemplateRequest, WithdrawRequest, shipped
from tests.houses import Estate
from tests.services.server.guarded_house import desk_of, house, opened, refused, server
from tests.template_life import answer_project, try_all

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")
OTHER = shipped(PRESALE) + "\n补充：另行约定。\n"


def test_the_office_drafts_and_the_manager_approves_each_by_their_own_door(house: Estate) -> None:
    answer_project(house.house.engine)
    with desk_of(house, "office") as office:
        made = versions.keep_template(office, TemplateRequest(PRESALE, "修订", OTHER), house.now)
        try_all(office, PRESALE, made.template, house.now)
        with pytest.raises(NotYours):
            versions.approve(office, ApproveRequest(made.template, house.today), house.now)
    mine = opened(house, "office", Step.EDIT_TEMPLATES)
    one = f"UPDATE template SET %s WHERE id = {made.template}"
    refused(house, "office", mine, one % "approved_at = 1, since = 1")
    refused(house, "office", mine, one % "withdrawn_at = 1")
    refused(house, "office", mine, one % "text = 'x'")
    refused(house, "office", one % "tried = '[]'")
    refused(house, "office", mine, "INSERT INTO template (project_id, kind, name, version, text, tried, reason, approved_at) "
            "VALUES (1, 'contract_presale', 'x', 99, 'x', '[]', '', 1)")  # fmt: skip
    with desk_of(house, "boss") as boss:
        versions.approve(boss, ApproveRequest(made.template, house.today), house.now)
        newer = versions.keep_template(boss, TemplateRequest(PRESALE, "再修订", OTHER), house.now)
        assert versions.withdraw(boss, WithdrawRequest(newer.template, "有误"), house.now).holds == made.version
    refused(house, "boss", opened(house, "boss", Step.APPROVE_TEMPLATE), one % "text = 'x'")
