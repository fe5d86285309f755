"""Templates of contracts: kept in versions, in force from a day, tried on a deal before they are kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from salescenter.domain.errors import Refusal
from salescenter.domain.papers.contract import ContractPaper, template_faults
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.domain.refusals import NotYours
from salescenter.print.contract import contract_pdf
from salescenter.print.subscription import subscription_pdf
from salescenter.services.papers import contracts
from salescenter.services.papers.contracts import COMPLETED, PRESALE, SUBSCRIPTION, TemplateRequest
from salescenter.services.papers.example import example_paper
from tests.services.reception_house import NINE, Reception

TODAY = NINE.date()
TEXT = "# 买卖合同\n出卖人：{{出卖人}}\n买受人：{{买受人姓名}}\n总价{{总价}}元。\n{{@付款计划}}\n"


def kept(here: Reception, text: str = TEXT, since: date | None = TODAY, kind: str = PRESALE) -> contracts.TemplateKept:
    return contracts.keep_template(here.desk("boss"), TemplateRequest(kind, "修订", text, since), here.later(seconds=1))


def text_on(here: Reception, day: date, kind: str = PRESALE) -> str:
    with here.house.engine.connect() as connection:
        return contracts.in_force(connection, 1, kind, day)


def test_the_shipped_template_holds_until_the_house_writes_its_own(both: Reception) -> None:
    assert text_on(both, TODAY) == contracts.shipped(PRESALE)
    kept(both, since=TODAY + timedelta(days=10))
    assert text_on(both, TODAY + timedelta(days=9)) == contracts.shipped(PRESALE)
    assert text_on(both, TODAY + timedelta(days=10)) == TEXT
    assert text_on(both, TODAY + timedelta(days=10), COMPLETED) == contracts.shipped(COMPLETED)


def test_each_keeping_is_a_new_version_and_the_old_ones_stay(both: Reception) -> None:
    assert [kept(both).version, kept(both, TEXT + "补充。", None).version] == [1, 2]
    rows = contracts.templates(both.desk("boss"), PRESALE)
    assert [(row.version, row.since) for row in rows] == [(2, None), (1, TODAY), (0, None)]
    assert text_on(both, TODAY) == TEXT
    assert kept(both, kind=SUBSCRIPTION).version == 1


def test_of_two_versions_of_one_day_the_later_holds(both: Reception) -> None:
    kept(both)
    kept(both, TEXT + "补充。")
    assert text_on(both, TODAY) == TEXT + "补充。"


def test_a_faulty_template_is_refused_and_nothing_is_kept(both: Reception) -> None:
    wrong = TEXT + "{{#if 贷款种类}}\n{{没有这个}}\n"
    assert {(fault.line, fault.code) for fault in template_faults(wrong)} == {(6, "not-closed")}
    with pytest.raises(Refusal):
        kept(both, wrong)
    assert len(contracts.templates(both.desk("boss"), PRESALE)) == 1


def test_only_who_may_edit_templates_keeps_one(both: Reception) -> None:
    with pytest.raises(NotYours):
        contracts.keep_template(both.desk("a"), TemplateRequest(PRESALE, "x", TEXT, TODAY), both.now)


@pytest.mark.parametrize("kind", [PRESALE, COMPLETED, SUBSCRIPTION])
def test_a_template_is_tried_on_a_fictional_deal_where_the_house_has_none(both: Reception, kind: str) -> None:
    found = example_paper(both.desk("boss"), kind, contracts.shipped(kind), NINE)
    if isinstance(found, SubscriptionPaper):
        assert kind == SUBSCRIPTION
        assert subscription_pdf(found)
    else:
        assert isinstance(found, ContractPaper)
        assert found.draft
        assert ("现售" in found.edition) is (kind == COMPLETED)
        assert contract_pdf(found)
